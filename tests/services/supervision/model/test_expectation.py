"""What links of the chain should have: of how many, how many have it, which have not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.supervision.model.report import registers as g
from services.supervision.model.report.evidence import Evidence
from services.supervision.model.report.expectation import EXPECTATIONS, Expected, each_has
from services.supervision.model.report.narrative import Narrative
from services.supervision.model.report.records import Records

from . import sample
from .sample import D
from .test_report_registers import DAY, LATER, ended

REGISTERS = g.Registers(
    plans=[ended("plan"), ended("late", project="p2", on=LATER)],
    tasks=[ended("k1"), ended("k2"), ended("k0", project="p0")],
    task_checks=[g.TaskCheck("c1", "k1", DAY), g.TaskCheck("c2", "k2", LATER)],
    rectifications=[ended("x1", "confirmed", "2023-12-20"), ended("x2", on=LATER), ended("x3")],
    calendar=[
        ended("y1", "kept", "2023-05-19", due=D("2023-05-31")),
        ended("y2", due=D("2023-08-31")),
        ended("y3", "dropped", "2023-07-01", due=D("2023-08-31")),
        ended("y4", "kept", "2023-12-28", due=D("2023-12-01")),
        ended("y5", due=D("2023-12-31")),
    ],
)


def look(code: str, **question: Any) -> Expected:
    """An expectation of the sample year."""
    records = dataclasses.replace(sample.records(), registers=REGISTERS)
    asked = dataclasses.replace(sample.QUESTION, **question)
    return EXPECTATIONS[code].look(Evidence(records, asked), Narrative(title=""))


@pytest.mark.parametrize(
    ("code", "of", "missing"),
    [
        ("plans-published", 2, ("p2",)),
        ("tasks-listed", 2, ("p2",)),
        ("tasks-checked", 2, ("k2",)),
        ("calendar-kept", 3, ("y2", "y4")),
        ("rectifications-confirmed", 2, ("x3",)),
        ("groups-formed", 2, ()),
    ],
)
def test_what_is_missing_is_named(code: str, of: int, missing: tuple[str, ...]) -> None:
    """As of the day: what came later is missing still."""
    found = look(code)
    assert (found.of, found.met, found.missing) == (of, of - len(missing), missing)


def test_every_expectation_is_defined_in_both_languages_and_stands_empty_records() -> None:
    """None fails where there is nothing; none then claims to be met."""
    nothing = Evidence(Records(), sample.QUESTION)
    for one in EXPECTATIONS.values():
        assert one.zh and one.en
        found = one.look(nothing, Narrative(title=""))
        assert found.met == 0 and found.missing == ()
        assert found.of == (1 if one.subject == "year" else 0)


def test_each_thing_counts_once() -> None:
    """Named twice it is one; having it without being expected adds nothing."""
    assert each_has(["a", "b", "a"], ["b", "c"]) == Expected(2, 1, ("a",))
