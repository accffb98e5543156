"""``minsheng proposal reindex`` and ``cluster``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import click


@click.command()
def reindex() -> None:
    """Make the index of similar suggestions anew, with the synonyms in force today.

    Needed when the synonyms changed.  Searches go on with the old index until the new one is whole.
    """
    from services.chassis import database, settings

    from ..queries.similarity import synonyms_in_force
    from . import building

    own = settings.load("proposal")
    engine = database.create_engine(own.database_url)
    with _progress("索引 index") as progress:
        number = building.reindex(engine, synonyms_in_force(engine, own.today), progress)
    click.echo(f"suggestions in the index: {number}")


@click.command()
@click.option("--year", type=int, required=True, help="Of the projects they are meant for.")
@click.option("--aspect", help="The code of one aspect; without it all.")
def cluster(year: int, aspect: str | None) -> None:
    """Group the suggestions of a year; people then arrange the groups.

    The same input and parameters give the run that is there already.
    """
    from services.chassis import settings
    from services.chassis.store import open_store

    from ..tables import metadata
    from . import runs

    store = open_store(settings.load("proposal"), metadata)
    with _progress("归类 clusters") as progress:
        run, new = runs.run(store, year, aspect, progress=progress)
    click.echo(f"run {run.id}" + ("" if new else " (was there already)"))
    for name, number in {**run.counts, **run.agreement}.items():
        click.echo(f"{name}: {'–' if number is None else number}")


@contextlib.contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
