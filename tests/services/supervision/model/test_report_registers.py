"""The figures of the registers that grew beside the first: what counts, and as of which day."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.supervision.model.matter_rates import Case
from services.supervision.model.report import registers as g
from services.supervision.model.report.evidence import Evidence
from services.supervision.model.report.figure import Figure
from services.supervision.model.report.figures import compute

from . import sample
from .sample import D

DAY = D("2023-06-01")
LATER = D("2023-12-28")


def ended(
    id_: str, state: str = "open", end: str | None = None, project: str = "p1", **more: Any
) -> g.Ended:
    """A record that ended or not."""
    return g.Ended(
        id_, project, state, more.get("due"), D(end) if end else None, more.get("on", DAY)
    )


def case(id_: str, **stands: Any) -> Case:
    """A matter as it stood on the day."""
    blank: dict[str, Any] = dict.fromkeys((f.name for f in dataclasses.fields(Case)), False)
    nothing = {"unit_id": None, "kind": None, "class_": None, "channel": None, "judgement": None}
    return Case(**blank | nothing | {"id": id_, "project_id": "p1", "year": 2023} | stands)


REGISTERS = g.Registers(
    plans=[ended("plan"), ended("plan-0", project="p0"), ended("plan-2", project="p2", on=LATER)],
    payments=[
        g.Payment("f1", "p1", "released", 500, None, DAY),
        g.Payment("f2", "p1", "spent", 300, None, DAY),
        g.Payment("f3", "p1", "spent", 30, "f2", D("2023-07-01")),
        g.Payment("f4", "p2", "spent", 5, None, DAY),
        g.Payment("f5", "p0", "spent", 9, None, DAY),
        g.Payment("f6", "p1", "spent", 9, None, LATER),
    ],
    owed=[
        g.Owed("o1", "p1", 10, None, DAY),
        g.Owed("o2", "p1", 10, None, DAY),
        g.Owed("o3", "p1", 10, D("2023-07-01"), DAY),
        g.Owed("o4", "p0", 10, None, DAY),
    ],
    deliveries=[
        g.Delivered("d1", "o1", 4, None, DAY),
        g.Delivered("d2", "o1", 6, None, DAY),
        g.Delivered("d3", "o2", 10, None, DAY),
        g.Delivered("d4", "o2", 1, "d3", D("2023-07-01")),
    ],
    decisions=[
        ended("b1", "done", "2023-07-01"),
        ended("b2", "dropped", "2023-07-01"),
        ended("b3"),
        ended("b4", "done", "2023-12-28"),
        ended("b5", "done", "2023-07-01", project="p0"),
    ],
    questions=[ended("q1", "closed", "2023-07-01"), ended("q2"), ended("q3", project="p0")],
    look_backs=[
        g.LookBack("l1", 2021, True, DAY),
        g.LookBack("l2", 2022, False, DAY),
        g.LookBack("l3", 2021, True, D("2022-06-01")),
        g.LookBack("l4", 2021, True, LATER),
    ],
    deadlines=[
        ended("t1", due=D("2023-12-01")),
        ended("t2", due=D("2023-12-27")),
        ended("t3", end="2023-12-20", due=D("2023-12-01")),
        ended("t4", end="2023-12-28", due=D("2023-12-01")),
        ended("t5", project="p0", due=D("2023-12-01")),
    ],
    escalations=[ended("e1", "public"), ended("e2", "inside"), ended("e3", "public", on=LATER)],
    tasks=[
        ended("k1", "done", "2023-07-01"),
        ended("k2"),
        ended("k3", "done", "2023-12-28"),
        ended("k4", "dropped", "2023-07-01"),
        ended("k5", project="p0"),
    ],
    task_checks=[
        g.TaskCheck("c1", "k1", DAY),
        g.TaskCheck("c2", "k1", DAY),
        g.TaskCheck("c3", "k5", DAY),
        g.TaskCheck("c4", "k1", LATER),
    ],
    calendar=[
        ended("y1", "kept", "2023-05-19", due=D("2023-05-31")),
        ended("y2", "open", due=D("2023-08-31")),
        ended("y3", "kept", "2023-12-28", due=D("2023-12-27")),
        ended("y4", "open", due=D("2023-12-31")),
    ],
    messages=[
        g.Message("r1", "p1", DAY, DAY, DAY),
        g.Message("r2", "p1", DAY, LATER, DAY),
        g.Message("r3", "p1", None, None, DAY),
        g.Message("r4", "p0", DAY, DAY, DAY),
    ],
    opinions=[
        case("x1", replied=True, talked=True, published=True, judgement="satisfied", solved=True),
        case("x2", replied=True, judgement="not"),
        case("x3", replied=True, judgement="basically"),
        case("x4"),
        case("x5", project_id="p0", replied=True, solved=True),
    ],
    problems=[case("z1", solved=True), case("z2"), case("z3", project_id="p0")],
    acceptances=[
        g.Acceptance("a1", "i1", 1, False, DAY),
        g.Acceptance("a2", "i1", 2, True, DAY),
        g.Acceptance("a3", "i2", 1, True, DAY),
        g.Acceptance("a4", "i2", 2, False, LATER),
        g.Acceptance("a5", "i3", 1, False, DAY),
        g.Acceptance("a6", "i0", 1, True, DAY),
    ],
    changes=[
        g.Change("h1", "p1", "adjust", False, DAY, DAY),
        g.Change("h2", "p1", "defer", True, LATER, DAY),
        g.Change("h3", "p2", "end", True, None, DAY),
        g.Change("h4", "p0", "end", True, DAY, DAY),
    ],
    lights={"p1": ("red", "红"), "p2": ("green", "绿"), "p0": ("red", "红")},
    snaps=[ended("s1", "taken"), ended("s2", "taken", project="p0")],
    # Whatever project: also of a former one, or of none.
    rectifications=[
        ended("x1", "confirmed", "2023-12-20"),
        ended("x2", "confirmed", "2023-12-28", project="p0"),
        ended("x3", "open", on=LATER),
    ],
)

SUB_ITEMS_ACCEPTED = "supervision.sub_items_accepted_share"
EXPECTED: dict[str, tuple[Any, int]] = {
    "supervision.plans.projects_planned_share": (1 / 2, 2),
    "supervision.funds.released_yuan": (500, 1),
    "supervision.funds.spent_yuan": (35, 2),
    "supervision.resources.delivered_share": (1 / 2, 2),
    "supervision.questions.asked": (2, 2),
    "supervision.questions.closed_share": (1 / 2, 2),
    "supervision.decisions.done_share": (1 / 4, 4),
    "supervision.messages.received": (3, 3),
    "supervision.messages.answered_share": (1 / 2, 2),
    "supervision.opinions.raised": (4, 4),
    "supervision.opinions.responded_share": (3 / 4, 4),
    "supervision.opinions.solved_share": (1 / 4, 4),
    "supervision.opinions.satisfied_share": (2 / 3, 3),
    "supervision.opinions.talked_share": (1 / 4, 4),
    "supervision.opinions.published_share": (1 / 3, 3),
    "supervision.problems.found": (2, 2),
    "supervision.problems.solved_share": (1 / 2, 2),
    "supervision.sub_items_accepted_share": (2 / 3, 3),
    "supervision.changes.effective": (1, 1),
    "supervision.changes.major": (2, 2),
    "supervision.tasks.listed": (4, 4),
    "supervision.tasks.done_share": (1 / 4, 4),
    "supervision.tasks.checks": (2, 2),
    "supervision.calendar.kept_share": (1 / 3, 3),
    "supervision.overdue": (2, 2),
    "supervision.escalations.public": (1, 1),
    "supervision.snaps": (1, 1),
    "look_backs.made": (2, 2),
    "look_backs.effective_share": (1 / 2, 2),
    "assessment.rectifications": (2, 2),
    "assessment.rectifications_confirmed_share": (1 / 2, 2),
}


def figures(registers: g.Registers, **question: Any) -> dict[str, Figure]:
    """The figures of the sample year with these registers."""
    records = dataclasses.replace(sample.records(), registers=registers)
    asked = dataclasses.replace(sample.QUESTION, **question)
    return {figure.key: figure for figure in compute(Evidence(records, asked))}


def test_each_register_gives_the_expected_figures() -> None:
    """Beside records of another year's project, of later days, corrected and withdrawn ones."""
    found = figures(REGISTERS)
    assert {key: (found[key].value, found[key].counted) for key in EXPECTED} == EXPECTED


@pytest.mark.parametrize("key", EXPECTED)
def test_without_records_there_is_nothing_to_count(key: str) -> None:
    """Nought of what is counted, no share of nothing."""
    found = figures(g.Registers())[key]
    of_projects = ("supervision.plans.projects_planned_share", SUB_ITEMS_ACCEPTED)
    if key not in of_projects:
        assert (found.value, found.counted) == ((None if "share" in key else 0), 0)


def test_each_light_that_a_project_shows_has_a_figure() -> None:
    """Of the year's projects alone; what lights there are is a rule's business."""
    found = {key: one.value for key, one in figures(REGISTERS).items() if "lights" in key}
    assert found == {"lights.green": 1, "lights.red": 1}


def test_figures_are_as_of_their_day() -> None:
    """On 30 June nothing was done, corrected, withdrawn or late yet."""
    found = figures(REGISTERS, as_of=D("2023-06-30"))
    assert found["supervision.decisions.done_share"].numerator == 0
    assert found["supervision.funds.spent_yuan"].value == 305
    assert found["supervision.resources.delivered_share"].value == 2 / 3
    assert found["supervision.questions.closed_share"].numerator == 0
    assert found["supervision.overdue"].value == 0


def test_what_is_added_says_so() -> None:
    """In both languages: the paper report has none of these."""
    for figure in figures(REGISTERS).values():
        if figure.key in EXPECTED:
            assert figure.definition_zh.endswith("(本系统补充)")
            assert figure.definition_en.endswith("(added by this system)")
