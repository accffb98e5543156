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


@proposal.command("purge-files")
@click.option(
    "--unattached-for",
    "days",
    type=click.IntRange(min=1),
    required=True,
    help="Days for which a file must have lain there.",
)
@click.option("--dry-run", is_flag=True, help="Only name them.")
def purge_files(days: int, *, dry_run: bool) -> None:
    """Delete uploaded files that no suggestion, draft or earlier version names.

    They are set aside for two minutes first, in case somebody is just attaching one.
    """
    from services.chassis import database, settings
    from services.chassis.discarding import Discarding
    from services.commons.clock import now

    from .queries.attachments import named_files

    own = settings.load("proposal")
    engine, files = database.create_engine(own.database_url), Discarding(own)
    before = now() - dt.timedelta(days=days)

    def named() -> set[str]:
        return database.in_transaction(engine, named_files, reading=True)

    if dry_run:
        found = files.unnamed(before, named)
        for sha256 in found:
            click.echo(sha256)
        click.echo(f"files that nothing names: {len(found)}")
    else:
        click.echo(f"files deleted: {files.discard(before, named)}")


proposal.add_command(import_file)
proposal.add_command(reindex)
proposal.add_command(cluster)
