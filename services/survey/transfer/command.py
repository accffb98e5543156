"""``minsheng survey import``: files of forms as an operator imports them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.commons.errors import ServiceError
from services.commons.progress import progress
from services.commons.sheets import Fault

if TYPE_CHECKING:  # every call of the command line reads this file
    from services.chassis.store import BoundStore

#: What an operator who imports may do.
ROLES = frozenset({"clerk", "recorder"})


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--audience", required=True, type=click.UUID, help="Whose forms they are.")
@click.option("--sheet", help="The worksheet; the first one without it.")
@click.option("--as", "subject", default="operator", show_default=True, help="Who imports.")
@click.option("--chunk", default=5_000, show_default=True, help="Forms a transaction.")
@click.option("--dry-run", is_flag=True, help="Check, and count nothing.")
def import_file(
    file: Path, audience: object, sheet: str | None, subject: str, chunk: int, dry_run: bool
) -> None:
    """Import filled-in forms from a CSV, XLSX or NDJSON file (docs/survey/offline.md).

    The whole file is checked first; with any fault nothing is counted, and the exit code is 1.
    An import that was ended in the middle is finished by the same command.
    """
    with _store(subject) as store:
        try:
            if dry_run:
                _rehearse(store, str(audience), file, sheet)
            else:
                _import(store, str(audience), file, sheet, max(1, chunk))
        except ServiceError as exc:
            for error in exc.errors:
                click.echo(f"  {error['pointer']}: {error['detail']}", err=True)
            raise click.ClickException(f"{exc.zh} {exc.en}") from exc


def _rehearse(store: BoundStore, audience: str, file: Path, sheet: str | None) -> None:
    from .checking import check
    from .spool import Spool

    with Spool() as spool, progress("检查 checking", None) as step:
        checked = check(store, audience, file, spool, sheet=sheet, step=step)
    _report(checked.report(), checked.rows)
    _counts(checked.rows, new=checked.new, same=checked.same)
    _refuse(checked.fault_count)
    click.echo("仅检查,未计入 checked only, nothing was counted")


def _import(store: BoundStore, audience: str, file: Path, sheet: str | None, chunk: int) -> None:
    from ..commands import answer_imports as commands
    from .checking import hash_of
    from .importing import run

    sha256, size = hash_of(file), file.stat().st_size

    def ask(uow: Any) -> str:
        asked = commands.ask_locally(
            uow,
            audience_id=audience,
            sha256=sha256,
            size=size,
            name=file.name[:255],
            sheet=sheet,
        )
        return asked.id

    id_ = store.apply(ask)
    try:
        with (
            progress("检查 checking", None) as checking,
            progress("计入 counting", None) as writing,
        ):
            ended = run(store, id_, file, chunk=chunk, checking=checking, writing=writing)
    except ServiceError as exc:
        refused = exc
        store.apply(lambda uow: commands.refuse(uow, id_=id_, exc=refused))
        raise
    report = ended.report or {}
    _report(report, ended.rows)
    _counts(ended.rows, new=ended.written, same=ended.same)
    _refuse(report.get("fault_count", 0))
    click.echo(f"导入完成 imported: {ended.id}, 本次导入共计入 counted in all: {ended.written}")


def _report(report: dict[str, Any], rows: int) -> None:
    for name, kind in (("有误 faults", "fault"), ("不同 differences", "difference")):
        _show(name, [Fault(**one) for one in report[f"{kind}s"]], report[f"{kind}_count"])
    if report["alike_count"]:
        click.echo(
            f"连续相同 alike: {report['alike_count']} 处,请核对原件 look at the paper", err=True
        )
    for run in report["alike"]:
        told = f"第 {run['first']} 至 {run['last']} 行 lines, {run['forms']} 张 forms"
        click.echo(f"  {told}", err=True)
    if report["straight"]:
        click.echo(f"各项评价全部相同 straight-lined: {report['straight']} / {rows}", err=True)


def _show(heading: str, faults: Sequence[Fault], count: int) -> None:
    if count:
        click.echo(f"{heading}:", err=True)
    for fault in faults:
        click.echo(f"  {fault.told()}", err=True)
    if count > len(faults):
        click.echo(f"  …… 另有 and {count - len(faults)} 处 more", err=True)


def _counts(rows: int, *, new: int, same: int) -> None:
    click.echo(f"行 rows: {rows}, 新 new: {new}, 相同 same: {same}")


def _refuse(faults: int) -> None:
    if faults:
        raise click.ClickException(f"{faults} 处有误,未计入任何内容 faults; nothing was counted")


@contextmanager
def _store(subject: str) -> Iterator[BoundStore]:
    from services.chassis import settings
    from services.chassis.context import CallContext, Principal
    from services.chassis.store import open_store

    from ..tables import metadata

    store = open_store(settings.load("survey"), metadata)
    store.context = CallContext(principal=Principal(subject, ROLES))
    try:
        yield store
    finally:
        store.engine.dispose()
