"""``minsheng survey``: what operators do with this service's data."""

from __future__ import annotations

import click

from .frame_cli import frame, purge_contacts, rotate_keys
from .scorer.command import methods, score
from .transfer.command import import_file


@click.group()
def survey() -> None:
    """Satisfaction assessments (满意度测评)."""


for command in (frame, import_file, methods, purge_contacts, rotate_keys, score):
    survey.add_command(command)
