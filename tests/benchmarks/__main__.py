"""``make bench``: everything that is measured, in one run, beside its baseline.

Prints tables and writes ``var/bench/results.json``; ``--only similar`` measures that part alone.
Rounds of ours and of the baseline alternate, so that what else the machine does falls on both; the
ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from . import ballots, events, imports, similar, supervision, survey
from .systems import BASELINE, Bench

CONNECTIONS = (1, 16, 64)
ROUNDS = 5
#: What can be measured alone (``--only``).
PARTS = ("system", "imports", "similar", "ballots", "supervision", "survey")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/bench"))
    parser.add_argument("--requests", type=int, default=600, help="per round and connection count")
    parser.add_argument("--rows", type=int, default=imports.ROWS, help="of bulk imports")
    parser.add_argument("--suggestions", type=int, default=similar.NUMBER, help="to search in")
    parser.add_argument("--only", choices=PARTS, action="append", help="may be given several times")
    parser.add_argument(
        "--connections", type=ballots.numbers, default=CONNECTIONS, metavar="N,N", help="at once"
    )
    parser.add_argument(
        "--years", type=ballots.numbers, default=supervision.YEARS, metavar="N,N", help="of a city"
    )
    parser.add_argument(
        "--answers", type=ballots.numbers, default=survey.ANSWERS, metavar="N,N", help="to a survey"
    )
    ballots.add_arguments(parser)
    given = parser.parse_args()
    parts = given.only or PARTS
    console = Console()
    results: dict[str, Any] = {}
    tables: list[Table] = []
    if "system" in parts:
        results |= _system(given, console)
        tables += _tables(results)
    if "imports" in parts:
        with Progress(console=console) as progress:
            results["imports"] = imports.measure(given.folder / "imports", progress, given.rows)
        tables += _import_tables(results["imports"])
    if "similar" in parts:
        with Progress(console=console) as progress:
            folder = given.folder / "similar"
            results["similar"] = similar.measure(folder, given.suggestions, progress)
        tables += similar.tables(results["similar"])
    if "ballots" in parts:
        with Progress(console=console) as progress:
            results["ballots"] = ballots.measure(given, progress)
        tables += ballots.tables(results["ballots"])
    if "supervision" in parts:
        with Progress(console=console) as progress:
            folder = given.folder / "supervision"
            results["supervision"] = supervision.measure(folder, given.years, progress)
        tables += supervision.tables(results["supervision"])
    if "survey" in parts:
        with Progress(console=console) as progress:
            results["survey"] = survey.measure(
                given.folder / "survey",
                progress,
                answers=given.answers,
                connections=given.connections,
                requests=given.requests,
            )
        tables += survey.tables(results["survey"])
    for table in tables:
        console.print(table)
    file = given.folder / "results.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(results, indent=2))
    console.print(f"written to {file}")


def _system(given: argparse.Namespace, console: Console) -> dict[str, Any]:
    """The whole system beside the baseline."""
    with Bench(given.folder) as bench, Progress(console=console) as progress:
        results: dict[str, Any] = {"memory": bench.memory()}
        results["latency"] = events.latency(bench, progress)
        with bench.only("gateway", "services.proposal", *BASELINE):
            results["post"] = _posts(bench, given.requests, given.connections, progress)
        results["relay"] = events.relay_throughput(bench, progress)
    return results


def _posts(
    bench: Bench, requests: int, at_once: tuple[int, ...], progress: Progress
) -> dict[str, Any]:
    task = progress.add_task("POST of a suggestion", total=len(at_once) * (ROUNDS + 1) * 2)
    found: dict[str, Any] = {}
    for connections in at_once:
        rounds: dict[str, list[dict[str, float]]] = {"minsheng": [], "baseline": []}
        for number in range(ROUNDS + 1):
            for name in rounds:
                result = bench.load(
                    name, connections, requests if connections > 1 else requests // 3
                )
                if number:  # the first round warms up
                    rounds[name].append(result)
                progress.advance(task)
        found[str(connections)] = {name: _median(each) for name, each in rounds.items()}
    return found


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(r[key] for r in rounds) for key in rounds[0]}


def _tables(results: dict[str, Any]) -> list[Table]:
    post = Table(title="POST of a suggestion (SQLite, gateway and service on one machine)")
    for column in ("connections", "", "requests/s", "p50 ms", "p99 ms", "failed"):
        post.add_column(column, justify="right")
    for connections, pair in results["post"].items():
        for name, one in pair.items():
            post.add_row(
                connections,
                name,
                f"{one['per_second']:.0f}",
                f"{one['p50'] * 1000:.1f}",
                f"{one['p99'] * 1000:.1f}",
                f"{one['failed']:.0f}",
            )
        ours, bare = pair["minsheng"], pair["baseline"]
        post.add_row(
            connections,
            "ratio",
            f"{ours['per_second'] / bare['per_second']:.2f}",
            f"{ours['p50'] / bare['p50']:.2f}",
            f"{ours['p99'] / bare['p99']:.2f}",
            "",
            style="bold",
        )
    event = Table(title="Events")
    event.add_column("what")
    event.add_column("measured", justify="right")
    latency, relay = results["latency"], results["relay"]
    event.add_row("commit to effect, idle, p50", f"{latency['p50'] * 1000:.1f} ms")
    event.add_row("commit to effect, idle, p99", f"{latency['p99'] * 1000:.1f} ms")
    event.add_row("relay, outbox to broker, each confirmed", f"{relay['relay']:.0f} events/s")
    event.add_row("baseline: one confirm at a time", f"{relay['baseline']:.0f} events/s")
    event.add_row("ratio", f"{relay['relay'] / relay['baseline']:.1f}")
    memory = Table(title="Memory per process (resident)")
    memory.add_column("process")
    memory.add_column("MB", justify="right")
    for name, size in results["memory"].items():
        memory.add_row(name, f"{size / 1e6:.0f}")
    return [post, event, memory]


def _import_tables(results: dict[str, Any]) -> list[Table]:
    tables = []
    for kind in ("sqlite", "postgresql"):
        table = Table(title=f"{results['rows']:,} suggestions in bulk ({kind})")
        for column in ("", "seconds", "rows/s", "MB at most"):
            table.add_column(column, justify="right" if column else "left")
        for name, one in results[kind].items():
            rate = results["rows"] / one["seconds"]
            memory = f"{one['megabytes']:.0f}" if "megabytes" in one else ""
            table.add_row(name, f"{one['seconds']:.1f}", f"{rate:.0f}", memory)
        tables.append(table)
    return tables


if __name__ == "__main__":
    main()
