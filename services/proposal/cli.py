"""``minsheng proposal``: what operators do with this service's data."""

from __future__ import annotations

import click


@click.group()
def proposal() -> None:
    """Suggestions, candidates and shortlists (征集、初定)."""
