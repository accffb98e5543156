"""What docs/survey/scoring.md shows is what the command prints, and its tables are complete."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.chassis.cli import main
from services.survey import methods
from services.survey.schemas.methods import AssessmentParameters
from services.survey.scorer.sheet_file import BASE_NAMES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "survey" / "scoring.md").read_text("utf-8")
_RUN = re.compile(r"<!-- run -->\n```sh\nminsheng (.*?)\n```\n\n```text\n(.*?)```", re.S)


def test_the_example_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word."""
    monkeypatch.chdir(ROOT)
    ((command, shown),) = _RUN.findall(TEXT)
    printed = CliRunner().invoke(main, shlex.split(command))
    assert printed.exit_code == 0, printed.output
    assert [line.rstrip() for line in printed.stdout.splitlines()] == shown.splitlines()


def test_every_parameter_is_in_the_table() -> None:
    """Each part of a method, and each base of a sheet with its Chinese name."""
    named = set(re.findall(r"`([a-z0-9_]+)`", TEXT))
    assert AssessmentParameters().fields.keys() <= named
    assert BASE_NAMES.keys() <= named
    assert all(names[0] in TEXT for names in BASE_NAMES.values())


def test_every_shipped_method_is_in_the_table() -> None:
    """With its title, and no other."""
    rows = dict(
        re.findall(r"^\| `([a-z0-9-]+)` \| (.*?) \|$", TEXT.partition("## Shipped")[2], re.M)
    )
    assert rows == {name: methods.shipped(name)["title"] for name in methods.names()}
