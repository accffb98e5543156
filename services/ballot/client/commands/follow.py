"""``minsheng ballot follow``: anybody's verified copy of a board, as it grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import FOLDER, connected, follower, processes, troubles, wait, waiting, wrote

if TYPE_CHECKING:
    from ..follower import Follower
    from ..gateway import Gateway

_UNTIL = {"now": None, "end": "EndBallots", "result": "Result"}


def until_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--until`` and ``--poll``."""
    command = click.option(
        "--until",
        type=click.Choice(list(_UNTIL)),
        default="result",
        show_default=True,
        help="跟踪到何时为止 When to stop: at once, at the end of the voting, or at the result.",
    )(command)
    return click.option(
        "--poll", default=2.0, show_default=True, help="Seconds between two looks."
    )(command)


@click.command()
@click.argument("uuid")
@click.option(
    "--folder", type=FOLDER, required=True, help="副本所在的文件夹 Where your copy is kept."
)
@processes
@until_option
@click.option("--afresh", is_flag=True, help="Verify all ballots again, from the first.")
@connected(token=False)
def follow(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    processes: int,
    until: str,
    poll: float,
    afresh: bool,
) -> None:
    """跟踪公告板,逐项验证 Follow a board and verify it as it grows.

    Fails, and keeps the copy, if anything that was there changed or does not hold.  The copy
    (UUID.bel and UUID.annex) is public.
    """
    followed(gateway, uuid, folder, processes, until, poll, afresh=afresh)


def followed(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    count: int,
    until: str,
    poll: float,
    *,
    afresh: bool = False,
) -> None:
    """Follow, and say where it ended."""
    from ..copy import locked
    from ..follower import follow as follow_until

    with troubles(), locked(folder):
        at = follower(folder, uuid, count, afresh=afresh)
        with waiting() as say:

            def pause(one: Follower, grown: int) -> None:
                say(f"已验证 verified: {one.copy.verified} 票 ballots, {one.stage}")
                wait(poll)

            follow_until(gateway, at, until=_UNTIL[until], pause=pause)
    wrote(at.copy.archive_path, "公告板副本,", "a copy of the board: 可以公开 public")
    wrote(at.copy.annex_path, "附件副本,", "a copy of its annex: 可以公开 public")
    head = at.copy.entries[-1]
    click.echo(
        f"已验证 verified: {at.copy.verified} 票 ballots, {at.stage}, "
        f"{head.event.height} {head.hash}"
    )
