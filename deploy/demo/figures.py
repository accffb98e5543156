"""The figures that a replay is made to fit, as read from a figures file.

Only the generator and the comparison know them; nothing of them is ever sent.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXACT, AT_LEAST, ROUNDED = RELATIONS = ("exact", "at_least", "rounded_to_100")

SHARE = "intake.suggestions_matching_voted_share"
COMPLETED = re.compile(r"supervision\.sub_items_completed_by_(\d{4})_(\d{2})_(\d{2})", re.ASCII)
DECLARED = re.compile(r"declared\.[a-z][a-z0-9_]{0,39}", re.ASCII)
#: What every figures file must hold, beside one COMPLETED and any number of DECLARED.
COUNTS = (
    "intake.deputy_suggestions",
    "intake.suggestion_aspects",
    "intake.proposed_project_aspects",
    "ballot.roll",
    "ballot.present",
    "ballot.candidates",
    "ballot.chosen",
    "supervision.projects",
    "supervision.sub_items",
    "supervision.groups",
    "supervision.week.city_deputies",
    "supervision.week.district_deputies",
    "supervision.week.attendances",
    "supervision.week.problems",
    "supervision.week.opinions",
    "supervision.online.city_deputies",
    "supervision.online.projects_covered",
    "supervision.online.opinions",
    "supervision.online.opinions_handled_and_replied",
)


class BadFigures(Exception):
    """The file is no figures file, or no year can have these figures; the message is one line."""


@dataclass(frozen=True)
class Expected:
    """One expected figure; ``relation``: how the actual one must stand to ``value``.

    ``at_least``: 以上 includes the number itself.  ``rounded_to_100``: rounded half up to a
    hundred, as 4.79万 is.
    """

    key: str
    value: float
    relation: str = EXACT

    @property
    def declared(self) -> bool:
        """Whether a department declares it and nothing here backs it."""
        return bool(DECLARED.fullmatch(self.key))

    @property
    def target(self) -> int:
        """The number that a replay is made to have: one that only just fits."""
        if self.relation == ROUNDED and self.value >= 100:
            return int(self.value) - 37
        return math.ceil(self.value)

    def fits(self, actual: float | None) -> bool:
        """Whether the actual figure is the expected one."""
        if actual is None or isinstance(actual, bool):
            return False
        if self.relation == AT_LEAST:
            return actual >= self.value
        if self.relation == ROUNDED:
            return (math.floor(actual) + 50) // 100 * 100 == self.value
        return math.isclose(actual, self.value, rel_tol=0, abs_tol=1e-9)


@dataclass(frozen=True)
class Figures:
    """What a year is expected to have, and whose year it is.

    ``code``: the jurisdiction's by GB/T 2260, six digits; ``place``: its name.
    """

    title: str
    code: str
    place: str
    year: int
    expected: tuple[Expected, ...]

    def of(self, key: str) -> Expected:
        """The expected figure of that key; KeyError without it."""
        for one in self.expected:
            if one.key == key:
                return one
        raise KeyError(key)

    def __getitem__(self, key: str) -> int:
        """The number to be made for ``key``."""
        return self.of(key).target

    @property
    def completed_by(self) -> dt.date:
        """The day for which completion is asked, from the figure's own key."""
        return _completed_by(self.completed_key)

    @property
    def completed_key(self) -> str:
        """The key of the figure of completed sub-items."""
        return next(one.key for one in self.expected if COMPLETED.fullmatch(one.key))

    @property
    def as_of(self) -> dt.date:
        """The day of which the report tells: nothing dated later counts."""
        return dt.date(self.year, 12, 28)

    @property
    def matching(self) -> int:
        """How many of the deputies' suggestions must match, for the share to fit."""
        share, of = self.of(SHARE), self["intake.deputy_suggestions"]
        if share.relation == AT_LEAST:
            # A float times a whole number may come out a hair above the whole number meant.
            return math.ceil(round(share.value * of, 9))
        return round(share.value * of)

    @property
    def declared(self) -> list[Expected]:
        """The figures that departments declare."""
        return [one for one in self.expected if one.declared]


def read(file: Path) -> Figures:
    """The figures of a file; raises BadFigures."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except OSError as exc:
        raise BadFigures(f"{file}: cannot be read ({exc.strerror})") from exc
    except ValueError as exc:
        raise BadFigures(f"{file}: is not JSON ({exc})") from exc
    return of_data(data)


def of_data(data: Any) -> Figures:
    """The figures of a figures file's content; raises BadFigures."""
    try:
        jurisdiction = data["jurisdiction"]
        figures = Figures(
            title=str(data["title"]),
            code=str(jurisdiction["code"]),
            place=str(jurisdiction["name"]),
            year=data["year"],
            expected=tuple(_expected(figure) for figure in data["figures"]),
        )
    except (KeyError, TypeError) as exc:
        raise BadFigures(f"not a figures file: {exc!r} is missing or malformed") from exc
    if not isinstance(figures.year, int) or not re.fullmatch(r"[1-9]\d{5}", figures.code, re.ASCII):
        raise BadFigures("year must be a whole number and jurisdiction.code six digits (GB/T 2260)")
    _check_keys([one.key for one in figures.expected])
    return figures


def _expected(figure: dict[str, Any]) -> Expected:
    key, value = figure["key"], figure["value"]
    relation = figure.get("relation", EXACT)
    if relation not in RELATIONS:
        raise BadFigures(f"{key}: relation must be one of {', '.join(RELATIONS)}")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value < 10**9:
        raise BadFigures(f"{key}: value must be a number from 0")
    if key == SHARE and value > 1:
        raise BadFigures(f"{key}: a share is a number from 0 to 1")
    if key != SHARE and value != int(value):
        raise BadFigures(f"{key}: value must be a whole number")
    if relation == ROUNDED and value % 100:
        raise BadFigures(f"{key}: {value} is not rounded to 100")
    return Expected(key, value, relation)


def _check_keys(keys: list[str]) -> None:
    dates = [key for key in keys if COMPLETED.fullmatch(key)]
    for key in keys:
        if keys.count(key) > 1:
            raise BadFigures(f"{key}: stands twice")
        if not (key in COUNTS or key == SHARE or key in dates or DECLARED.fullmatch(key)):
            raise BadFigures(f"{key}: there is no such figure")
    for key in (*COUNTS, SHARE):
        if key not in keys:
            raise BadFigures(f"{key}: is missing")
    if len(dates) != 1:
        raise BadFigures("one supervision.sub_items_completed_by_YYYY_MM_DD is needed")
    _completed_by(dates[0])


def _completed_by(key: str) -> dt.date:
    match = COMPLETED.fullmatch(key)
    try:
        return dt.date(*(int(part) for part in match.groups())) if match else dt.date.min
    except ValueError as exc:
        raise BadFigures(f"{key}: is no day") from exc
