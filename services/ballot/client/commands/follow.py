"""``minsheng ballot follow``: anybody's verified copy of a board, as it grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import (
    FOLDER,
    afresh_option,
    connected,
    counting,
    processes,
    roll_option,
    troubles,
    wait,
    wrote,
)

if TYPE_CHECKING:
    from ..follower import Follower
    from ..gateway import Gateway

_UNTIL = {"now": None, "end": "EndBallots", "result": "Result"}


def until(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options ``--until``, with this default, and ``--poll``."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "--until",
            type=click.Choice(list(_UNTIL)),
            default=default,
            show_default=True,
            help="跟踪到何时为止 When to stop: at once, at the end of the voting, at the result.",
        )(command)
        return click.option(
            "--poll", default=2.0, show_default=True, help="Seconds between two looks."
        )(command)

    return decorated


@click.command()
@click.argument("uuid")
@click.option(
    "--folder", type=FOLDER, required=True, help="副本所在的文件夹 Where your copy is kept."
)
@processes
@until("result")
@afresh_option
@roll_option
@connected(token=False)
def follow(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    processes: int,
    until: str,
    poll: float,
    afresh: bool,
    roll: Path | None,
) -> None:
    """跟踪公告板,逐项验证 Follow a board and verify it as it grows.

    Fails, and keeps the copy, if anything that was there changed or does not hold.  The copy
    (UUID.bel and UUID.annex) is public.
    """
    followed(gateway, uuid, folder, processes, until, poll, afresh=afresh, roll=roll)


def followed(
    gateway: Gateway,
    uuid: str,
    folder: Path,
    count: int,
    until: str,
    poll: float,
    *,
    afresh: bool = False,
    roll: Path | None = None,
    judge: Callable[[Follower], None] = lambda follower: None,
) -> None:
    """Follow, and say where it ended; ``judge`` has the first look."""
    from .. import office
    from ..copy import locked
    from ..follower import Follower
    from ..follower import follow as follow_until

    def pause(one: Follower, grown: int) -> None:
        wait(f"已验证 verified: {one.copy.verified} 票 ballots, {one.stage}", poll)

    with troubles(), locked(folder), counting() as progress:
        at = Follower(
            folder,
            uuid,
            processes=count,
            afresh=afresh,
            published=office.published(roll) if roll else None,
            progress=progress,
        )
        follow_until(gateway, at, until=_UNTIL[until], pause=pause, judge=judge)
    wrote(at.copy.archive_path, "公告板副本,", "a copy of the board: 可以公开 public")
    wrote(at.copy.annex_path, "附件副本,", "a copy of its annex: 可以公开 public")
    head = at.copy.entries[-1]
    click.echo(
        f"已验证 verified: {at.copy.verified} 票 ballots, {at.stage}, "
        f"{head.event.height} {head.hash}"
    )
    click.echo(f"监票人公钥 trustees: {at.case.manifest.trustees}")
