"""``minsheng proposal import``: bulk import as an operator sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.commons.errors import ServiceError
from services.commons.progress import progress

if TYPE_CHECKING:  # every call of the command line reads this file
    from services.chassis.store import BoundStore

    from .importing import Checked

#: What an operator who imports may do: speak for others, and record late.
ROLES = frozenset({"clerk", "recorder"})


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", help="The worksheet; the first one without it.")
@click.option("--source", default="", help="Where rows come from that do not say it themselves.")
@click.option("--as", "subject", default="operator", show_default=True, help="Who imports.")
@click.option("--chunk", default=500, show_default=True, help="Rows a transaction.")
@click.option("--dry-run", is_flag=True, help="Check, and write nothing.")
def import_file(
    file: Path, sheet: str | None, source: str, subject: str, chunk: int, dry_run: bool
) -> None:
    """Import suggestions from a CSV, XLSX or NDJSON file (docs/import.md).

    The whole file is checked first; with any fault nothing is written, and the exit code is 1.
    An import that was ended in the middle is finished by the same command.
    """
    from . import importing

    with _store(subject) as store:
        try:
            with progress("检查 checking", None) as step:
                checked = importing.check(store, file, sheet=sheet, source=source, step=step)
        except ServiceError as exc:
            for error in exc.errors:
                click.echo(f"  {error['pointer']}: {error['detail']}", err=True)
            raise click.ClickException(f"{exc.zh} {exc.en}") from exc
        _report(checked)
        if checked.fault_count:
            raise click.ClickException(
                f"{checked.fault_count} 处有误,未写入任何内容 faults; nothing was written"
            )
        if dry_run:
            click.echo("仅检查,未写入 checked only, nothing was written")
            return
        with progress("写入 writing", checked.new) as step:
            run = importing.write(store, checked, file.name, chunk=max(1, chunk), step=step)
        click.echo(f"导入完成 imported: {run.id}, 本文件共写入 written in all: {run.written}")


def _report(checked: Checked) -> None:
    for heading, faults, count in (
        ("有误 faults", checked.faults, checked.fault_count),
        ("不同 differences", checked.differences, checked.difference_count),
    ):
        if count:
            click.echo(f"{heading}:", err=True)
        for fault in faults:
            click.echo(f"  {fault.told()}", err=True)
        if count > len(faults):
            click.echo(f"  …… 另有 and {count - len(faults)} 处 more", err=True)
    click.echo(
        f"行 rows: {checked.rows}, 新 new: {checked.new}, 相同 same: {checked.same}, "
        f"不同 different: {checked.difference_count}, 有误 faults: {checked.fault_count}"
    )


@contextmanager
def _store(subject: str) -> Iterator[BoundStore]:
    from services.chassis import database, settings
    from services.chassis.context import CallContext, Principal
    from services.chassis.relay import Relay
    from services.chassis.store import BoundStore

    from ..tables import metadata

    one = settings.load("proposal")
    engine = database.create_engine(one.database_url)
    context = CallContext(principal=Principal(subject, ROLES))
    relay = Relay(engine, one, metadata)
    try:
        yield BoundStore(engine, metadata, one, context, relay=relay)
    finally:
        engine.dispose()
