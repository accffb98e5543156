"""``minsheng survey score`` and ``minsheng survey methods``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from services.commons.clock import civil_day, now
from services.commons.errors import ServiceError

if TYPE_CHECKING:  # every call of the command line reads this file
    from .count_table import CountTable
    from .method_file import MethodFile


@click.command("score")
@click.option("--method", required=True, metavar="FILE|NAME", help="A file, or a shipped method.")
@click.option(
    "--tally",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The counts: JSON, CSV or XLSX.",
)
@click.option("--sheet", help="The worksheet; the first one without it.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As of which day the counts are; today, unless the file says it.",
)
@click.option("--json", "as_json", is_flag=True, help="As data instead of tables.")
@click.option("--language", type=click.Choice(["zh-CN", "en"]), default="zh-CN", show_default=True)
def score(
    method: str,
    tally: Path,
    sheet: str | None,
    as_of: dt.datetime | None,
    as_json: bool,
    language: str,
) -> None:
    """Score a table of counts by a method, and explain each step (docs/survey/scoring.md).

    It needs no server.  Exit code 2, with one line for each mistake, when method or counts are not
    right, or a figure that the method wants cannot be made.
    """
    from .method_file import read_method
    from .report import Report

    try:
        adopted = read_method(method)
        table = _read(tally, adopted, sheet)
        day = as_of.date() if as_of else table.as_of or civil_day(now())
        found = table.scored(adopted.formula, day)
    except ServiceError as exc:
        _refuse(_line(exc, language))
    if as_json:
        named = {"title": table.title, "method": {"title": adopted.title, "source": adopted.source}}
        click.echo(json.dumps(named | found.to_data(steps=True), ensure_ascii=False, indent=2))
    else:
        click.echo(Report(found, adopted, table, language).text(), nl=False)
    if found.problems:
        _refuse("\n".join(f"{one.code}: {one.says.say(language)}" for one in found.problems))


@click.command("methods")
@click.argument("name", required=False)
def methods(name: str | None) -> None:
    """List the shipped methods, or print the one of that NAME, e.g. to change it in a file."""
    from .. import methods as shipped

    if name is None:
        for one in shipped.names():
            click.echo(f"{one}\t{shipped.shipped(one)['title']}")
    elif name in shipped.names():
        click.echo(json.dumps(shipped.shipped(name), ensure_ascii=False, indent=2))
    else:
        _refuse(f"method-unknown: {name}; {', '.join(shipped.names())}")


def _read(path: Path, method: MethodFile, sheet: str | None) -> CountTable:
    """By its content and name: JSON, or else a sheet."""
    from .json_file import read_counts
    from .sheet_file import read_sheet

    if path.suffix.lower() == ".json":
        return read_counts(path, method.formula)
    return read_sheet(path, method.formula, sheet)


def _line(exc: ServiceError, language: str) -> str:
    """What is wrong and where, in one line."""
    said = exc.en if language == "en" else exc.zh
    places = [f"{one['pointer']}: {one['detail']}" for one in exc.errors]
    return "; ".join([f"{exc.code}: {said}", *places])


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    raise SystemExit(2)
