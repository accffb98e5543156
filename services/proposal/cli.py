"""``minsheng proposal``: what operators do with this service's data."""

from __future__ import annotations

import datetime as dt
from functools import partial

import click

from .similarity.cli import cluster, reindex
from .transfer.command import import_file


@click.group()
def proposal() -> None:
    """Suggestions, candidates and shortlists (征集、初定)."""


@proposal.command("recompute-deadlines")
def recompute_deadlines() -> None:
    """Count anew what hangs on working days that were not announced yet, e.g. every night.

    Also starts the clocks of what was accepted before this release.  Prints what changed; repeating
    it changes nothing.
    """
    from .recomputing import recomputed

    total = 0
    for one in recomputed():
        total += 1
        certain = "provisional" if one["provisional"] else "certain"
        whose = one["suggestion_id"] or one["project_id"]
        before = one["was_due_on"] or "none"
        click.echo(f"{one['kind']} {whose}: {before} -> {one['due_on']} ({certain})")
    click.echo(f"deadlines changed: {total}")


@proposal.command("purge-contacts")
@click.option("--year", type=int, help="Those of the suggestions for a year.")
@click.option(
    "--before",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Those of the suggestions that were made before a day.",
)
@click.option("--suggestion", type=click.UUID, help="That of one suggestion.")
def purge_contacts(year: int | None, before: dt.datetime | None, suggestion: object) -> None:
    """Delete how to reach authors; what they said, and who read their contacts, stays."""
    from services.chassis import database, settings

    from .tables.contacts import purge

    if sum(one is not None for one in (year, before, suggestion)) != 1:
        raise click.UsageError("give one of --year, --before and --suggestion")
    day = before.date() if before else None
    one = str(suggestion) if suggestion else None
    engine = database.create_engine(settings.load("proposal").database_url)
    gone = database.in_transaction(
        engine, lambda session: purge(session, year=year, before=day, suggestion=one)
    )
    click.echo(f"contacts deleted: {gone}")


@proposal.command("rotate-keys")
def rotate_keys() -> None:
    """Seal every contact anew with the first key, so that an older key can go (not the last)."""
    from services.chassis import database, settings
    from services.chassis.secretbox import keys_of

    from .tables.contacts import seal_anew

    chosen = settings.load("proposal")
    keys, engine = keys_of(chosen), database.create_engine(chosen.database_url)
    count, last = 0, None
    while done := database.in_transaction(engine, partial(seal_anew, keys=keys, after=last)):
        count, last = count + len(done), done[-1]
    click.echo(f"contacts sealed anew: {count}")


proposal.add_command(import_file)
proposal.add_command(reindex)
proposal.add_command(cluster)
