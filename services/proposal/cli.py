"""``minsheng proposal``: what operators do with this service's data."""

from __future__ import annotations

import click

from .similarity.cli import cluster, reindex


@click.group()
def proposal() -> None:
    """Suggestions, candidates and shortlists (征集、初定)."""


proposal.add_command(reindex)
proposal.add_command(cluster)
