"""What is done once a night, part by part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.chassis import nightly
from services.survey.tables import metadata


def test_a_part_that_fails_keeps_no_other_from_being_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are done in their order, and the exit code tells that one failed."""
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(tmp_path))
    done: list[str] = []

    def first(_store: Any) -> None:
        done.append("first")

    def broken(_store: Any) -> None:
        raise ValueError("something that must not stand in a log")

    def last(_store: Any) -> None:
        done.append("last")

    assert nightly.run("survey", metadata, first, last) == 0
    assert nightly.run("survey", metadata, first, broken, last) == 1
    assert done == ["first", "last"] * 2
