"""``minsheng ballot trustee``: a scrutineer who holds a share of the key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import (
    FOLDER,
    connected,
    follower,
    passphrase_file,
    passphrase_from,
    processes,
    troubles,
    wait,
    waiting,
    wrote,
)
from .follow import followed, until_option

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
    from ..ceremony import hold
    from ..copy import locked
    from ..trustee_state import key_path

    with troubles(), locked(folder), waiting() as say:

        def pause(shown: dict[str, Any]) -> None:
            say(f"密钥生成 {shown['step']}:等待 waiting for {shown['missing']}")
            wait(poll)

        state = hold(gateway, folder, ballot_id, passphrase_from(passphrase_file), pause)
    wrote(key_path(folder, ballot_id, state.attempt), "您的密钥,", f"your key: {_SECRET}")
    wrote(state.path, "您的工作记录,", f"your record: {_SECRET}")
    click.echo(f"密钥已生成并试解密 the keys are made and rehearsed: {state.seen['trustees']}")


@trustee.command("follow")
@click.argument("uuid")
@_folder
@processes
@until_option
@connected()
def follow_board(
    gateway: Gateway, uuid: str, folder: Path, processes: int, until: str, poll: float
) -> None:
    """投票期间跟踪并验证公告板 Follow and verify the board during the vote.

    Then co-signing and decrypting take no time.
    """
    followed(gateway, uuid, folder, processes, until, poll)


@trustee.command()
@click.argument("uuid")
@_folder
@processes
@passphrase_file
@connected()
def cosign(
    gateway: Gateway, uuid: str, folder: Path, processes: int, passphrase_file: Path | None
) -> None:
    """会签投票截止 Sign the end of the voting, from your own copy after it verified whole."""
    from ..copy import locked
    from ..trustee import cosign_end

    with troubles(), locked(folder):
        at, state = _opened(gateway, uuid, folder, processes, passphrase_file)
        end = cosign_end(gateway, at, state)
    click.echo(f"已会签截止记录 you signed the end {end}")


@trustee.command()
@click.argument("uuid")
@_folder
@processes
@passphrase_file
@connected()
def decrypt(
    gateway: Gateway, uuid: str, folder: Path, processes: int, passphrase_file: Path | None
) -> None:
    """部分解密:每次票决只解密一个汇总 Decrypt the one aggregate of an election, ever."""
    from ..copy import locked
    from ..trustee import decrypt_tally

    with troubles(), locked(folder):
        at, state = _opened(gateway, uuid, folder, processes, passphrase_file)
        tally = decrypt_tally(gateway, at, state)
    click.echo(f"已提交部分解密 you decrypted the tally {tally}")


def _opened(
    gateway: Gateway, uuid: str, folder: Path, count: int, passphrase: Path | None
) -> tuple[Follower, State]:
    from ..trustee_state import newest_state

    at = follower(folder, uuid, count)
    at.update(gateway)
    ballot_id = at.case.manifest.ballot_id
    return at, newest_state(folder, ballot_id, passphrase_from(passphrase))
