"""``minsheng ballot check``: an opened ballot on a second device, a tracker, a receipt; offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, troubles

if TYPE_CHECKING:
    from ..tracking import Place

_WORDS = {"approve": "赞成 approve", "oppose": "反对 oppose", "abstain": "弃权 abstain"}
_NOT_MARKED = "未选 not chosen"


@click.command()
@click.argument("opened", type=FILE, required=False, metavar="[OPENED.json]")
@click.option(
    "--commitment",
    help="第一台设备在您决定投出或查验之前显示的承诺码"
    " What the first device showed before you chose to cast or to check.",
)
@click.option("--tracker", help="在公告板副本中查找的追踪码 A tracker to be looked for.")
@click.option("--receipt", type=FILE, help="回执 A receipt (public).")
@click.option("--archive", type=FILE, metavar="FILE.bel", help="公告板副本 A copy of the board.")
@click.option("--annex", type=FILE, help="附件副本 A copy of its annex.")
def check(
    opened: Path | None,
    commitment: str | None,
    tracker: str | None,
    receipt: Path | None,
    archive: Path | None,
    annex: Path | None,
) -> None:
    """查验已公开的票;查找追踪码;核对回执 Check an opened ballot, a tracker or a receipt.

    Needs no network.  OPENED.json is shown in words; that ballot can never be cast.  Do this on
    another device than the one that made it, and give it the --commitment that you wrote down.
    A ballot that was cast must be the one whose commitment you were shown: give it here as well.
    """
    if sum(one is not None for one in (opened, tracker, receipt)) != 1:
        raise click.UsageError("give one of OPENED.json, --tracker, --receipt")
    with troubles():
        if opened is not None:
            _show_opened(opened, commitment, archive)
        elif archive is None or (receipt is not None and annex is None):
            raise click.UsageError("--tracker needs --archive; --receipt needs --annex as well")
        elif tracker is not None:
            _show_tracker(tracker, archive, commitment)
        elif receipt is not None and annex is not None:
            from ..tracking import check_receipt

            _show(check_receipt(receipt, archive, annex), commitment)


def _show_opened(path: Path, commitment: str | None, archive: Path | None) -> None:
    from ..tracking import election_text
    from ..trouble import Trouble
    from ..voter import read_opened

    read = read_opened(path, commitment)
    if archive is not None and election_text(archive) != read.vote.election.text:
        raise Trouble("other-election", "该票属于另一次票决", "this ballot is another election's")
    click.echo(f"票决 election: {read.vote.election.name}  {read.vote.election.fingerprint}")
    click.echo(f"承诺 commitment: {read.hash}")
    if read.marks is None:
        click.echo("空白票 a blank ballot")
    else:
        for number, (name, mark) in enumerate(
            zip(read.vote.candidates, read.marks, strict=True), 1
        ):
            word = _WORDS[mark.value]
            if read.vote.manifest.kind == 1 and mark.value == "abstain":
                word = _NOT_MARKED
            click.echo(f"{number:4} {name}: {word}")
    if commitment is None:
        click.echo("未与第一台设备显示的承诺核对 not compared with a commitment that you noted")
    if archive is None:
        click.echo(
            "未用 --archive 核对:这里的票决信息出自第一台设备自己的文件 not compared with an"
            " --archive: the election shown here is what the first device's own file says"
        )
    click.echo("此票已公开,永远不能投出 this ballot was opened and can never be cast")


def _show_tracker(tracker: str, archive: Path, commitment: str | None) -> None:
    from ..tracking import find
    from ..trouble import Trouble

    place = find(archive, tracker)
    if place is None:
        raise Trouble("not-on-board", "该追踪码不在此副本中", "this tracker is not in this copy")
    _show(place, commitment)


def _show(place: Place, commitment: str | None) -> None:
    if commitment is not None:
        place.check(commitment)
    click.echo(f"{place.tracker}: 高度 height {place.height}, {place.event}")
    same = (
        "与所给相同 the one that you gave" if commitment else "请与您记下的比较 compare with yours"
    )
    click.echo(f"承诺 commitment: {place.commitment} {same}")
    if place.replaced:
        click.echo("之后已重投,此票不计 a later ballot of the same credential counts instead")
    else:
        click.echo("此票计入 this ballot counts")
