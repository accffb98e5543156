"""Frames at the command line: large lists, the end of contacts, new keys."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import click

from services.commons.errors import ServiceError


@click.command("frame")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--frame", "frame_id", type=click.UUID, required=True, help="An announced frame.")
@click.option("--sheet", help="The worksheet; the first one without it.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today without it.")
@click.option("--as", "subject", default="operator", show_default=True, help="Who loads it.")
@click.option("--check", is_flag=True, help="Only tell what is wrong with it.")
def frame(
    file: Path,
    frame_id: object,
    sheet: str | None,
    day: dt.datetime | None,
    subject: str,
    *,
    check: bool,
) -> None:
    """Load the list of a sampling frame from a CSV or XLSX file (docs/survey/audiences.md).

    It is checked first; with any fault nothing is loaded, all places are told and the exit code
    is 1.  Repeating the command after it was ended in the middle is safe.
    """
    from services.chassis import settings
    from services.chassis.context import CallContext, Principal
    from services.chassis.store import open_store

    from . import loading
    from .commands import frames
    from .queries.frames import get_frame
    from .schemas.frames import SamplingFrame
    from .tables import metadata

    store = open_store(settings.load("survey"), metadata)
    store.context = CallContext(principal=Principal(subject, frozenset({"clerk", "recorder"})))
    on = day.date() if day else store.settings.today
    try:
        shown = store.read(get_frame, str(frame_id), answer=SamplingFrame)
        read = loading.from_file(file, shown["strata"], store.keys, sheet=sheet)
        if not check:
            command = {"id": str(frame_id), "happened_on": on}
            store.apply(lambda uow: frames.load(dict(command), uow, read.units).id)
    except ServiceError as exc:
        for error in exc.errors:
            click.echo(f"  {error['pointer']}: {error['detail']}", err=True)
        raise click.ClickException(f"{exc.zh} {exc.en}") from exc
    finally:
        store.engine.dispose()
    for cell, count in read.cells.items():
        click.echo(f"{count:>9}  {cell or '-'}")
    done = "仅检查,未载入 checked only" if check else "已载入 loaded"
    click.echo(f"{done}: {len(read.units)} 行 rows, SHA-256 {read.sha256}")


@click.command("purge-contacts")
@click.option("--frame", "frame_id", type=click.UUID, help="Those of one frame, at once.")
def purge_contacts(frame_id: object) -> None:
    """Delete how to reach who was in a sample, and who of them answered.

    Without --frame those whose time is over, as every night.  Who read contacts stays on record.
    """
    from services.chassis import settings
    from services.chassis.store import open_store

    from .commands import frames
    from .tables import metadata

    store = open_store(settings.load("survey"), metadata)
    work = partial(frames.purge, frame_id=str(frame_id)) if frame_id else frames.purge_due
    try:
        gone = store.apply(work)
    except ServiceError as exc:
        raise click.ClickException(f"{exc.zh} {exc.en}") from exc
    finally:
        store.engine.dispose()
    click.echo(f"contacts deleted: {gone}")


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything anew with the first key, so that an older key can go (not the last).

    Contacts, the counts, published scores, entries of forms on paper that wait.
    """
    from services.chassis import settings
    from services.chassis.store import open_store

    from .commands import frames, sealing
    from .tables import metadata

    store = open_store(settings.load("survey"), metadata)
    click.echo(f"contacts sealed anew: {frames.seal_all_anew(store)}")
    click.echo(f"audiences whose counts were sealed anew: {sealing.seal_all_anew(store)}")
    store.engine.dispose()
