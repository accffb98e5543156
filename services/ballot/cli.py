"""``minsheng ballot``: verifying and comparing archives without any server, and the clients."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .client.commands import COMMANDS
from .client.commands.common import troubles
from .rotating import rotate_keys

if TYPE_CHECKING:
    from services.ballot.annex.verification import Claim

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def ballot() -> None:
    """票决 Secret ballots: make credentials and keys, vote, check, follow, decrypt, verify, audit.

    The credentials office uses "credentials", scrutineers "trustee", deputies "vote" and "check";
    anybody may "follow" a board, "check" a tracker or a receipt, "verify" an archive and "audit"
    two copies of it.  "rehearse" lets a synthetic crowd vote before the day.  Operators seal the
    boards' keys anew with "rotate-keys".
    """


for _command in (*COMMANDS, rotate_keys):
    ballot.add_command(_command)


@ballot.command()
@click.argument("archive", type=_FILE, metavar="FILE.bel")
@click.option("--annex", type=_FILE, help="FILE.annex; take it after the archive.")
@click.option(
    "--belenios-only", is_flag=True, help="There is no annex: judge what Belenios asks for."
)
@click.option(
    "--receipt", "receipts", type=_FILE, multiple=True, help="A receipt that must be honoured."
)
@click.option(
    "--tracker", "trackers", multiple=True, help="The tracker of a ballot that must count."
)
@click.option(
    "--commitment",
    "commitments",
    multiple=True,
    help="What the device showed before it cast the ballot of the --tracker in the same place.",
)
@click.option("--earlier", type=_FILE, help="An earlier copy that the archive must continue.")
@click.option("--earlier-annex", type=_FILE, help="An earlier copy that the annex must continue.")
@click.option(
    "--roll",
    type=_FILE,
    metavar="public-UUID.json",
    help="The public credentials that the office published: the roll must be just these.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=lambda: _cores(),
    show_default="one for each core",
)
def verify(
    archive: Path,
    annex: Path | None,
    belenios_only: bool,
    receipts: tuple[Path, ...],
    trackers: tuple[str, ...],
    commitments: tuple[str, ...],
    earlier: Path | None,
    earlier_annex: Path | None,
    roll: Path | None,
    processes: int,
) -> None:
    """Verify an election: one line per claim; exit code 0 only if everything holds.

    An archive may be verified while the vote goes on.
    """
    from services.ballot.annex import verification

    from .client import office

    if (annex is None) != belenios_only:
        raise click.UsageError("give --annex FILE, or else --belenios-only")
    if annex is None and (receipts or earlier_annex):
        raise click.UsageError("receipts and an earlier annex are held against the --annex")
    if commitments and len(commitments) != len(trackers):
        raise click.UsageError("give one --commitment for each --tracker, in the same order")
    with troubles(), _progress() as progress:
        claims = verification.verify(
            _archive(archive),
            annex.read_bytes() if annex else None,
            receipts=[_text(receipt) for receipt in receipts],
            trackers=trackers,
            commitments=dict(zip(trackers, commitments, strict=False)),
            earlier=_archive(earlier) if earlier else None,
            earlier_annex=earlier_annex.read_bytes() if earlier_annex else None,
            published=office.published(roll) if roll else None,
            processes=processes,
            progress=progress,
        )
        held = [_shown(claim) for claim in claims]
    if not all(held):
        click.echo("不成立:请看 ✘ 各行 it does not hold: see the lines with ✘")
        raise SystemExit(1)
    click.echo("以上各项均成立 all of this holds" + (" (Belenios)" if belenios_only else ""))


@ballot.command()
@click.argument("earlier", type=_FILE)
@click.argument("later", type=_FILE)
@click.option(
    "--annexes",
    type=(_FILE, _FILE),
    metavar="EARLIER.annex LATER.annex",
    help="Their annexes, too.",
)
def audit(earlier: Path, later: Path, annexes: tuple[Path, Path] | None) -> None:
    """Compare two copies of a board: LATER must begin with EARLIER, byte for byte.

    A scrutineer compares her own copy with the one that is published; their annexes likewise.
    """
    from services.ballot.annex.consistency import check_annex_grown, check_grown
    from services.ballot.belenios.refused import Refused

    try:
        added = check_grown(_archive(earlier), _archive(later))
        lines = check_annex_grown(*(one.read_bytes() for one in annexes)) if annexes else None
    except Refused as refused:
        raise click.ClickException(f"{refused.zh} {refused}") from refused
    click.echo(f"一致:后一份增加 {added} 项 consistent: the later copy has {added} members more")
    if lines is not None:
        click.echo(
            f"一致:后一份附件增加 {lines} 行 consistent: the later annex has {lines} lines more"
        )


def _cores() -> int:
    """How many cores this program may use; not every system says so."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shown(claim: Claim) -> bool:
    """Print a claim, its reason below it if it does not hold."""
    note = f" [{claim.note}]" if claim.note else ""
    click.echo(f"{'✔' if claim.holds else '✘'} {claim.zh} {claim.en}{note}")
    if claim.refused:
        click.echo(f"  {claim.refused.zh}\n  {claim.refused}")
    return claim.holds


def _archive(file: Path) -> bytes:
    """A file's bytes; one line of complaint if it is something else than an archive."""
    from services.ballot.belenios.archive import is_archive

    data = file.read_bytes()
    if not is_archive(data):
        raise click.ClickException(f"{file}: 不是 Belenios 档案 this is no Belenios archive")
    return data


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except UnicodeDecodeError as exc:
        raise click.ClickException(f"{file}: 不是文本文件 this is no text") from exc


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, while ballots are checked; nothing where nobody looks.

    It refreshes itself in no thread: processes are started while it is shown.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("选票 ballots"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, refresh=True)

        yield told
