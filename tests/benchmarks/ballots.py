"""Electronic votes: ballots made, archives verified, casting, and the way to the result.

13 candidates of whom at most 10 are approved, in both groups and all kinds, beside Debian's
``belenios-tool`` where it takes part.  What the proofs alone would allow, and what the operations
of a ballot cost by themselves, are measured in the same run.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from rich.progress import Progress
from rich.table import Table

from services.ballot.belenios.group import GROUPS

from . import ballot_archives as archives
from . import ballot_layers as layers
from . import ballot_system as system
from .ballot_archives import TOOL

SIZES, KINDS = (100, 500), (1, 2, 3)
#: More ballots than these are verified once, fewer ``ROUNDS`` times in turns.
OFTEN, ROUNDS = 100, 3
MINUTE = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What makes it smaller, and the profile."""
    group = parser.add_argument_group("ballots")
    add = group.add_argument
    add("--ballots", type=numbers, default=SIZES, metavar="N,N", help="in archives; the last vote")
    add("--kinds", type=numbers, default=KINDS, metavar="N,N", help="of ballots")
    add("--groups", type=_groups, default=tuple(GROUPS), metavar="NAME,NAME", help="of elections")
    add("--minute", type=float, default=MINUTE, help="seconds within which all vote")
    add("--profile", action="store_true", help="where the time of a ballot goes")


def measure(given: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    """All of it; the arguments are those of :func:`add_arguments` and ``connections``."""
    folder = given.folder / "ballots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    elections = [(group, kind) for group in given.groups for kind in given.kinds]
    found: dict[str, Any] = {"cores": archives.CORES}
    if given.profile:
        found["profile"] = _profile(elections, progress)
    if "Ed25519" in given.groups:
        found["ed25519"] = layers.one_ballot()
    found["archives"] = {
        _name(*one): _archives(folder, *one, given.ballots, progress) for one in elections
    }
    task = progress.add_task("votes on a whole system", total=system.steps(elections))
    found["votes"] = {
        _name(*one): result
        for one, result in system.measure(
            folder,
            elections,
            voters=given.ballots[-1],
            connections=given.connections,
            minute=given.minute,
            advance=lambda: progress.advance(task),
        )
    }
    return found


def tables(results: dict[str, Any]) -> list[Table]:
    """As they are printed."""
    shown = [_profiles(results["profile"])] if "profile" in results else []
    shown += [_ed25519(results["ed25519"])] if "ed25519" in results else []
    shown += [_making(results["archives"]), _verifying(results["archives"])]
    return [*shown, _casting(results["votes"]), _minutes(results["votes"]), _ends(results["votes"])]


def numbers(text: str) -> tuple[int, ...]:
    """An argument of several numbers."""
    return tuple(int(one) for one in text.split(","))


def _profile(elections: list[tuple[str, int]], progress: Progress) -> dict[str, Any]:
    task = progress.add_task("profile", total=len(elections))
    found = {}
    for group, kind in elections:
        found[_name(group, kind)] = layers.profile(group, kind)
        progress.advance(task)
    return found


def _archives(
    folder: Path, group: str, kind: int, sizes: tuple[int, ...], progress: Progress
) -> dict[str, Any]:
    rounds = {size: ROUNDS if size <= OFTEN else 1 for size in sizes}
    total = 1 + sum(1 + one * archives.ways(group) for one in rounds.values())
    task = progress.add_task(f"archives, {_name(group, kind)}", total=total)

    def advance() -> None:
        progress.advance(task)

    found: dict[str, Any] = {"make": archives.making(folder / f"make-{group}-{kind}", group, kind)}
    advance()
    for size in sizes:
        archive = archives.hold(folder / f"{group}-{kind}-{size}", group, kind, size)
        advance()
        found[str(size)] = archives.verifying(archive, group, rounds[size], advance)
    return found


def _profiles(found: dict[str, Any]) -> Table:
    table = _table("Where the time of a ballot goes", "election", "", *layers.LAYERS)
    for name, each in found.items():
        for what, shares in each.items():
            table.add_row(name, what, *(f"{share:.0%}" for share in shares.values()))
    return table


def _ed25519(found: dict[str, Any]) -> Table:
    table = _table("Check one Ed25519 ballot of kind 1", "", "measured")
    prices, counts = found["prices"], found["operations"]
    for name, price in prices.items():
        table.add_row(f"{counts[name]} times {name}, each", f"{price * 1e6:.1f} µs")
    table.add_row("baseline: these operations alone", _ms(found["floor"]))
    table.add_row("the ballot", _ms(found["seconds"]))
    table.add_row("ratio", f"{found['ratio']:.2f}", style="bold")
    reference = ", ".join(f"{price * 1e6:.0f}" for price in layers.REFERENCE.values())
    limit = f"(to reach: {_ms(layers.LIMIT)})"
    table.add_row(f"where they take {reference} µs {limit}", _ms(found["scaled"]))
    return table


def _making(found: dict[str, Any]) -> Table:
    table = _table("Make one ballot", "election", "ours", TOOL, "of which start", "ratio")
    for name, each in found.items():
        made = each["make"]
        theirs = made.get(TOOL)
        rest = (
            (_ms(theirs), _ms(made["start"]), f"{theirs / made['library']:.1f}") if theirs else ()
        )
        table.add_row(name, _ms(made["library"]), *rest)
    return table


def _verifying(found: dict[str, Any]) -> Table:
    columns = ("election", "ballots", "", "seconds", "per ballot", "computing", "ratio")
    table = _table(f"Verify an archive (ratio: {TOOL} ÷ ours)", *columns)
    for name, each in found.items():
        for size, ways in each.items():
            for way, one in ways.items() if size != "make" else ():
                base = ways.get(TOOL)
                row = (name, size, way, f"{one['seconds']:.2f}", _ms(one["seconds"] / int(size)))
                ratio = f"{base['seconds'] / one['seconds']:.1f}" if base and way != TOOL else ""
                table.add_row(*row, f"{one['computing']:.2f} s", ratio)
    return table


def _casting(found: dict[str, Any]) -> Table:
    columns = ("election", "connections", "ballots/s", "ratio", "p50", "p99", "failed")
    programs = ("gateway", "ballotbox")
    table = _table("Cast through the gateway", *columns, "computing each", *programs)
    for name, each in found.items():
        base = each["turns"]["proofs"]
        for connections, one in each["turns"].items():
            if one is base:
                alone = ("baseline: proofs alone", f"{one['per_second']:.1f}", "", "", "", "")
                table.add_row(name, *alone, _ms(one["seconds"]))
                continue
            ratio = f"{one['per_second'] / base['per_second']:.2f}"
            row = (connections, f"{one['per_second']:.1f}", ratio, _ms(one["p50"]), _ms(one["p99"]))
            spent = (_ms(one["programs"].get(program, 0.0)) for program in programs)
            table.add_row(name, *row, f"{one['failed']}", _ms(one["service"]), *spent)
    return table


def _minutes(found: dict[str, Any]) -> Table:
    columns = ("election", "deputies", "seconds", "p50", "p95", "p99", "computing each", "failed")
    table = _table("Everybody votes within a while", *columns)
    for name, each in found.items():
        one = each["minute"]
        times = (_ms(one[f"p{share}"]) for share in (50, 95, 99))
        row = (f"{one['ballots']}", f"{one['seconds']:.0f}", *times)
        table.add_row(name, *row, _ms(one["service"]), f"{one['failed']}")
    return table


def _ends(found: dict[str, Any]) -> Table:
    """Baseline: the trustees' commands begin at the close, with a copy from nothing."""
    columns = ("election", "trustees' commands", "computing s", "elapsed s", "ratio")
    table = _table("From the close to the certified result", *columns)
    for name, each in found.items():
        one = each["result"]
        cold, warm = one["cold"], one["followed"]
        table.add_row(
            name, "baseline: from cold", f"{cold['computing']:.2f}", f"{cold['wall']:.2f}"
        )
        row = ("followed the vote", f"{warm['computing']:.2f}", f"{warm['wall']:.2f}")
        table.add_row(name, *row, f"{cold['computing'] / warm['computing']:.1f}")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _name(group: str, kind: int) -> str:
    return f"{group}, kind {kind}"


def _groups(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= set(GROUPS):
        raise argparse.ArgumentTypeError(f"groups are {', '.join(GROUPS)}")
    return names
