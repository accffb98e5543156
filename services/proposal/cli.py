"""``minsheng proposal``: what operators do with this service's data."""

from __future__ import annotations

import click


@click.group()
def proposal() -> None:
    """Suggestions, candidates and shortlists (征集、初定)."""


@proposal.command("recompute-deadlines")
def recompute_deadlines() -> None:
    """Count anew what hangs on working days that were not announced yet, e.g. every night.

    Prints what changed; repeating it changes nothing.
    """
    from .recomputing import recomputed

    total = 0
    for one in recomputed():
        total += 1
        certain = "provisional" if one["provisional"] else "certain"
        whose = one["suggestion_id"] or one["project_id"]
        click.echo(f"{one['kind']} {whose}: {one['was_due_on']} -> {one['due_on']} ({certain})")
    click.echo(f"deadlines changed: {total}")
