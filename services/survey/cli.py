"""``minsheng survey``: what operators do with this service's data."""

from __future__ import annotations

import click

from .scorer.command import methods, score
from .transfer.command import import_file


@click.group()
def survey() -> None:
    """Satisfaction assessments (满意度测评)."""


for command in (import_file, methods, score):
    survey.add_command(command)
