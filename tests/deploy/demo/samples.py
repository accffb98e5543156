"""Figures for tests: the real file, and others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deploy.demo import figures
from deploy.demo.__main__ import HANGZHOU_2023
from deploy.demo.figures import Figures

SMALL_VALUES: dict[str, Any] = {
    "intake.deputy_suggestions": 14,
    "intake.suggestion_aspects": 5,
    "intake.proposed_project_aspects": 3,
    "intake.suggestions_matching_voted_share": 0.5,
    "ballot.roll": 30,
    "ballot.present": 24,
    "ballot.candidates": 6,
    "ballot.chosen": 4,
    "supervision.projects": 4,
    "supervision.sub_items": 9,
    "supervision.sub_items_completed_by_2022_10_31": 7,
    "supervision.groups": 3,
    "supervision.week.city_deputies": 11,
    "supervision.week.district_deputies": 5,
    "supervision.week.attendances": 40,
    "supervision.week.problems": 6,
    "supervision.week.opinions": 13,
    "supervision.online.city_deputies": 8,
    "supervision.online.projects_covered": 3,
    "supervision.online.opinions": 9,
    "supervision.online.opinions_handled_and_replied": 4,
    "declared.repairs": 1234,
}


def data(**changes: Any) -> dict[str, Any]:
    """A small year's figures file, with changes; in keys, two underscores stand for a dot."""
    values = SMALL_VALUES | {name.replace("__", "."): value for name, value in changes.items()}
    return {
        "title": "2022年民生实事项目监督情况的报告",
        "jurisdiction": {"code": "331000", "name": "某市"},
        "year": 2022,
        "figures": [{"key": key, "value": value} for key, value in values.items()],
    }


def small(**changes: Any) -> Figures:
    """A small year's figures, with changes."""
    return figures.of_data(data(**changes))


def hangzhou() -> Figures:
    """The figures of Hangzhou's year 2023."""
    return figures.read(HANGZHOU_2023)


def written(folder: Path, content: Any) -> Path:
    """A figures file with this content."""
    file = folder / "figures.json"
    file.write_text(json.dumps(content), "utf-8")
    return file
