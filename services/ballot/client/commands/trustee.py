"""``minsheng ballot trustee``: a scrutineer who holds a share of the key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import (
    FOLDER,
    afresh_option,
    connected,
    counting,
    passphrase_file,
    passphrase_from,
    processes,
    roll_option,
    troubles,
    wait,
    wrote,
)
from .follow import followed
from .follow import until as until_option

if TYPE_CHECKING:
    from ..follower import Follower
    from ..gateway import Gateway
    from ..trustee_state import State

_folder = click.option(
    "--folder",
    type=FOLDER,
    required=True,
    help="您本人电脑上的文件夹,不得交给他人 A folder on your own computer; share it with nobody.",
)
_SECRET = "密,不得交给任何人 SECRET, share it with nobody"  # noqa: S105 - no password


@click.group()
def trustee() -> None:
    """监票人:密钥生成、跟踪、会签、解密 A scrutineer, on her own computer.

    The folder holds her key file and her record (both secret: they never leave it) and her copy of
    the board (public).  Losing a key is survivable while enough other scrutineers have theirs;
    a record must never be restored from an older copy.
    """


@trustee.command()
@click.argument("ballot_id")
@_folder
@passphrase_file
@click.option("--poll", default=2.0, show_default=True, help="Seconds between two looks.")
@connected()
def ceremony(
    gateway: Gateway, ballot_id: str, folder: Path, passphrase_file: Path | None, poll: float
) -> None:
    """参加密钥生成,直到完成;中断后再次运行即可继续 Take part in the key ceremony until it is done.

    Run it again if it was interrupted: it goes on where it was.
    """
    from .. import method as methods
    from ..ceremony import hold
    from ..copy import locked
    from ..trustee_state import key_path

    def pause(shown: dict[str, Any]) -> None:
        wait(f"密钥生成 {shown['step']}:等待 waiting for {shown['missing']}", poll)

    with troubles(), locked(folder):
        method = methods.of_ballot(gateway, ballot_id)
        click.echo(f"票决办法 ballot method: {method.title}  {method.digest}")
        state = hold(gateway, folder, ballot_id, passphrase_from(passphrase_file), pause)
    wrote(key_path(folder, ballot_id, state.attempt), "您的密钥,", f"your key: {_SECRET}")
    wrote(state.path, "您的工作记录,", f"your record: {_SECRET}")
    click.echo(f"密钥已生成并试解密 the keys are made and rehearsed: {state.seen['trustees']}")


@trustee.command("follow")
@click.argument("uuid")
@_folder
@processes
@until_option("end")
@roll_option
@connected()
def follow_board(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    processes: int,
    until: str,
    poll: float,
    roll: Path | None,
) -> None:
    """投票期间跟踪并验证公告板 Follow and verify the board during the vote.

    First of all it checks that the election has the keys that you made, and that its numbers are
    those of the ballot method.  Then co-signing and decrypting take no time.
    """
    from ..trustee import check_election
    from ..trustee_state import newest_state

    def judge(at: Follower) -> None:
        state = newest_state(folder, at.case.manifest.ballot_id, None)
        check_election(gateway, at.case, state)
        click.echo("公钥是您参与生成的 the keys are those that you took part in making", err=True)

    followed(gateway, uuid, folder, processes, until, poll, roll=roll, judge=judge)


@trustee.command()
@click.argument("uuid")
@_folder
@processes
@afresh_option
@passphrase_file
@connected()
def cosign(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    processes: int,
    afresh: bool,
    passphrase_file: Path | None,
) -> None:
    """会签投票截止 Sign the end of the voting, from your own copy after it verified whole."""
    from ..copy import locked
    from ..trustee import cosign_end

    with troubles(), locked(folder):
        at, state = _opened(gateway, uuid, folder, processes, afresh, passphrase_file)
        _show(at)
        end = cosign_end(gateway, at, state)
    click.echo(f"已会签截止记录 you signed the end {end}")


@trustee.command()
@click.argument("uuid")
@_folder
@processes
@afresh_option
@passphrase_file
@connected()
def decrypt(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    processes: int,
    afresh: bool,
    passphrase_file: Path | None,
) -> None:
    """部分解密:每次票决只解密一个汇总 Decrypt the one aggregate of an election, ever."""
    from ..copy import locked
    from ..trustee import decrypt_tally

    with troubles(), locked(folder):
        at, state = _opened(gateway, uuid, folder, processes, afresh, passphrase_file)
        tally = decrypt_tally(gateway, at, state)
    click.echo(f"已提交部分解密 you decrypted the tally {tally}")


def _show(at: Follower) -> None:
    """What she is about to sign the end of; she compares it with what the congress decided."""
    election, manifest = at.case.election, at.case.manifest
    for label, text in (
        ("票决 election", f"{election.name}  {election.fingerprint}"),
        ("票决办法 ballot method", f"{manifest.method.title}  {manifest.method.hash}"),
        ("应选 seats", f"{manifest.seats} / {len(manifest.candidates)}"),
        ("名册 roll", f"{manifest.roll}"),
        ("最少票数 least ballots", f"{manifest.least_ballots}"),
        ("计入 ballots that count", f"{len(at.case.counted)}"),
    ):
        click.echo(f"{label}: {text}")


def _opened(
    gateway: Gateway, uuid: str, folder: Path, count: int, afresh: bool, passphrase: Path | None
) -> tuple[Follower, State]:
    from ..follower import Follower
    from ..trustee_state import newest_state

    with counting() as progress:
        at = Follower(folder, uuid, processes=count, afresh=afresh, progress=progress)
        at.update(gateway)
    ballot_id = at.case.manifest.ballot_id
    return at, newest_state(folder, ballot_id, passphrase_from(passphrase))
