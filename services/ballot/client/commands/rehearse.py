"""``minsheng ballot rehearse``: a crowd of synthetic deputies; rehearsals and load tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, NEW_FILE, insecure_option, processes, troubles, wrote

if TYPE_CHECKING:
    from ..crowd import Rehearsal


@click.command()
@click.argument("uuid")
@click.option(
    "--voters",
    type=FILE,
    required=True,
    help="演练用的合成代表:登录令牌、凭证、填票 Synthetic deputies, as JSON:"
    ' {"voters": [{"token": "…", "credential": "…", "approve": [1, 3], "oppose": [2]}, …]};'
    ' also "token_file" in place of "token", "blank": true in place of the marks.',
)
@click.option(
    "--gateway",
    "url",
    required=True,
    envvar="MINSHENG_GATEWAY_URL",
    metavar="URL",
    help="网关地址 The gateway, e.g. https://…",
)
@insecure_option
@click.option("--connections", type=click.IntRange(1, 1000), default=16, show_default=True)
@processes
@click.option(
    "--within",
    type=click.FloatRange(0, 3600),
    default=0.0,
    help="在多少秒内陆续投票 Spread the deputies over so many seconds; default: all at once.",
)
@click.option(
    "--patience",
    type=click.FloatRange(0, 3600),
    default=60.0,
    show_default=True,
    help="一票重发多少秒为止 Seconds for which one vote is sent again.",
)
@click.option("--json", "output", type=NEW_FILE, help="结果写入文件 Write what was measured, too.")
def rehearse(
    uuid: str,
    voters: Path,
    url: str,
    insecure: bool,
    connections: int,
    processes: int,
    within: float,
    patience: float,
    output: Path | None,
) -> None:
    """演练:许多合成代表同时投票 Let many synthetic deputies vote at once.

    For rehearsals before the day and for load tests, with SYNTHETIC votes only: the election's name
    must hold 演练, 演示, 合成, rehearsal or synthetic.  On the day nobody may hold such a file.
    Exit code 1 if any vote was not cast.
    """
    from .. import crowd, files
    from ..crowd_file import read_deputies

    with troubles():
        deputies = read_deputies(voters)
        with _progress(len(deputies)) as (making, casting):
            done = crowd.rehearse(
                url,
                uuid,
                deputies,
                insecure=insecure,
                connections=connections,
                processes=processes,
                within=within,
                patience=patience,
                making=making,
                casting=casting,
            )
        _show(done)
        if output is not None:
            text = json.dumps(done.to_data(), ensure_ascii=False, indent=1) + "\n"
            files.write(output, text, secret=False)
            wrote(output, "演练结果,", "what was measured: 可以公开 public")
    if not done.whole:
        why = ", ".join(done.to_data()["refused"])
        raise click.ClickException(
            f"{len(done.outcomes) - done.cast} 票未投出 votes were not cast [{why}]"
        )


def _show(done: Rehearsal) -> None:
    data = done.to_data()
    rows = [
        ("合成代表 synthetic deputies", f"{data['voters']}"),
        ("制票 ballots made", f"{data['making_seconds']:.1f} s, {done.processes} 进程 processes"),
        ("已投 cast", f"{data['cast']}, {done.connections} 连接 connections"),
        *((f"未投 not cast: {code}", f"{number}") for code, number in data["refused"].items()),
        ("重发 sent again", f"{data['repeated']}"),
        ("用时 took", f"{data['casting_seconds']:.1f} s"),
        ("每秒 casts per second", f"{data['casts_per_second']:.1f}"),
        *((f"{name}", f"{seconds * 1000:.0f} ms") for name, seconds in data["seconds"].items()),
    ]
    for label, text in rows:
        click.echo(f"{label}: {text}")


@contextmanager
def _progress(total: int) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Two bars on a terminal, for making and casting; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield (lambda: None), (lambda: None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # It refreshes itself in no thread: processes are started while it is shown.
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        tasks = [progress.add_task(title, total=total) for title in ("制票 making", "投票 casting")]

        def told(task: int) -> Callable[[], None]:
            return lambda: progress.update(tasks[task], advance=1, refresh=True)

        yield told(0), told(1)
