"""The entities' rules: progress and completion, groups, visits, opinions, indicators."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid, NotFound, ServiceError
from services.supervision.model.activity import Activity, Visit
from services.supervision.model.group import Group
from services.supervision.model.indicator import Indicator
from services.supervision.model.look_back import LookBack
from services.supervision.model.opinion import Opinion
from services.supervision.model.progress import Reported
from services.supervision.model.project import Project

D = dt.date.fromisoformat
NOW = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)


def project() -> Project:
    """A project with one sub-item in numbers and one without."""
    candidate: dict[str, Any] = {
        "candidate_id": "p",
        "name": "(合成)项目",
        "description": "",
        "aspect": "elderly",
        "lead_unit_id": "u",
        "budget_yuan": 100,
        "due_on": D("2023-11-30"),
        "suggested_project_ids": ["sp"],
        "sub_items": [
            {"id": "numbered", "name": "甲", "target": 100, "unit_of_measure": "家"},
            {"id": "open", "name": "乙", "target": None, "unit_of_measure": "户"},
        ],
    }
    adopted = Project.adopt(
        candidate, year=2023, ballot_id="b", adopted_on=D("2023-02-22"), recorded_at=NOW
    )
    adopted.take_recorded()
    return adopted


def report(
    to: Project,
    item: str,
    on: str,
    quantity: float | None = None,
    share: float | None = None,
    month: str | None = None,
) -> list[str]:
    """Report progress; the types of the events it caused."""
    said = Reported(
        sub_item_id=item,
        month=month or on[:7],
        quantity=quantity,
        share=share,
        text="",
        happened_on=D(on),
    )
    to.report_progress(said, recorded_at=NOW)
    return [event.type for event in to.take_recorded()]


def test_a_project_is_complete_on_the_day_its_last_sub_item_is() -> None:
    """Each step is an event; the last one is also the completion."""
    p = project()
    assert report(p, "numbered", "2023-06-30", 100) == ["project.progressed.v1"]
    assert p.completed_on is None
    last = report(p, "open", "2023-11-18", share=1)
    assert last == ["project.progressed.v1", "project.completed.v1"]
    assert p.completed_on == D("2023-11-18")
    assert report(p, "numbered", "2023-11-20", 130) == ["project.progressed.v1"]


def test_a_correction_takes_completion_back_and_keeps_what_it_replaced() -> None:
    """The same month again replaces; both entries stay; completion follows what stands."""
    p = project()
    report(p, "open", "2023-06-30", share=1)
    report(p, "numbered", "2023-10-31", 1000)
    assert p.completed_on == D("2023-10-31")
    report(p, "numbered", "2023-10-31", 100 - 1)
    assert p.completed_on is None
    assert len(p.progress) == 3
    assert report(p, "numbered", "2023-11-05", 100)[-1] == "project.completed.v1"


@pytest.mark.parametrize(
    ("item", "quantity", "share", "error", "code"),
    [
        ("numbered", None, 0.5, Invalid, "quantity-required"),
        ("numbered", 5, 0.5, Invalid, "quantity-required"),
        ("open", 5, None, Invalid, "share-required"),
        ("open", None, None, Invalid, "share-required"),
        ("other", 5, None, NotFound, "sub-item-unknown"),
    ],
)
def test_progress_needs_the_number_that_its_sub_item_is_counted_in(
    item: str, quantity: float | None, share: float | None, error: type[ServiceError], code: str
) -> None:
    """A target in numbers takes a quantity, one without takes a share."""
    with pytest.raises(error) as caught:
        report(project(), item, "2023-06-30", quantity, share)
    assert caught.value.code == code


@pytest.mark.parametrize("month", ["2023-13", "2023-7", "2023-07"])
def test_progress_is_for_a_month_that_has_begun(month: str) -> None:
    """A month is written YYYY-MM and cannot lie ahead of the day of the progress."""
    with pytest.raises(Invalid):
        report(project(), "numbered", "2023-06-30", 5, month=month)


def test_progress_cannot_precede_the_vote() -> None:
    """Before it was chosen a project has no progress to report."""
    with pytest.raises(Invalid, match="day-before"):
        report(project(), "numbered", "2023-02-21", 5)


def test_a_groups_members_are_named_by_the_id_of_their_kind() -> None:
    """Bodies by unit, deputies by deputy; the wrong or a second id is refused."""
    common: dict[str, Any] = {
        "project_id": "p",
        "name": "一组",
        "liaison_officers": ["处长"],
        "happened_on": D("2023-03-01"),
        "recorded_at": NOW,
    }
    group = Group.form(
        members=[{"kind": "deputy", "deputy_id": "d"}, {"kind": "city-organ", "unit_id": "u"}],
        **common,
    )
    assert (group.ids("unit_id"), group.ids("deputy_id")) == (["u"], ["d"])
    with pytest.raises(Invalid, match="member-misnamed"):
        Group.form(members=[{"kind": "deputy", "unit_id": "u"}], **common)
    with pytest.raises(Invalid, match="member-misnamed"):
        Group.form(members=[{"kind": "deputy", "unit_id": "u", "deputy_id": "d"}], **common)


def test_an_activity_does_not_end_before_it_starts() -> None:
    """Both days count, so one day is enough and a negative stretch is not."""
    common: dict[str, Any] = {
        "year": 2023,
        "kind": "supervision-week",
        "name": "周",
        "starts_on": D("2023-05-15"),
        "happened_on": D("2023-04-01"),
        "recorded_at": NOW,
    }
    Activity.arrange(ends_on=D("2023-05-15"), **common)
    with pytest.raises(Invalid):
        Activity.arrange(ends_on=D("2023-05-14"), **common)


def test_who_attends_a_visit_does_so_on_its_day() -> None:
    """An attendance of another day is refused."""
    visit = Visit.make(
        activity_id=None,
        project_id="p",
        kind="research",
        place=None,
        happened_on=D("2023-05-16"),
        recorded_at=NOW,
    )
    assert visit.attend("d", happened_on=D("2023-05-16"), recorded_at=NOW).visit_id == visit.id
    with pytest.raises(Invalid, match="not-the-visits-day"):
        visit.attend("d", happened_on=D("2023-05-17"), recorded_at=NOW)


def opinion() -> Opinion:
    """An opinion of 12 June."""
    raised = Opinion.raise_(
        project_id="p",
        deputy_id="d",
        channel="online",
        visit_id=None,
        problem_id=None,
        text="(合成)",
        happened_on=D("2023-06-12"),
        recorded_at=NOW,
    )
    assert [event.type for event in raised.take_recorded()] == ["opinion.raised.v1"]
    return raised


def test_handling_and_reply_are_two_facts_in_either_order() -> None:
    """A reply may come before the matter is dealt with; neither is implied by the other."""
    one = opinion()
    one.reply(unit_id="u", text="收悉", happened_on=D("2023-06-13"))
    assert one.handled_on is None
    one.handle(unit_id="u", text="已办", happened_on=D("2023-06-20"))
    assert [one.replied_on, one.handled_on] == [D("2023-06-13"), D("2023-06-20")]
    assert [e.type for e in one.take_recorded()] == ["opinion.replied.v1", "opinion.handled.v1"]


def test_an_opinion_is_handled_once_replied_to_once_and_not_before_it_was_raised() -> None:
    """The second time is a conflict; an earlier day is invalid."""
    one = opinion()
    with pytest.raises(Invalid):
        one.handle(unit_id="u", text="", happened_on=D("2023-06-11"))
    one.handle(unit_id="u", text="", happened_on=D("2023-06-12"))
    one.reply(unit_id="u", text="", happened_on=D("2023-06-12"))
    with pytest.raises(Conflict):
        one.handle(unit_id="u", text="", happened_on=D("2023-06-13"))
    with pytest.raises(Conflict):
        one.reply(unit_id="u", text="", happened_on=D("2023-06-13"))


def test_an_opinions_events_do_not_carry_its_text() -> None:
    """What a deputy wrote is nobody else's business."""
    assert "(合成)" not in str(opinion().public_state())


def test_an_indicator_takes_months_of_its_year_that_have_begun() -> None:
    """Entries keep the order of recording; a foreign or future month is refused."""
    indicator = Indicator.define(
        year=2023,
        key="warnings",
        name="预警",
        unit_of_measure="次",
        declared_by="u",
        happened_on=D("2023-01-01"),
        recorded_at=NOW,
    )
    for value in (500, 50):
        indicator.declare(
            month="2023-02", value=value, happened_on=D("2023-03-01"), recorded_at=NOW
        )
    assert [(e.sequence, e.value) for e in indicator.entries] == [(1, 500), (2, 50)]
    for month in ("2022-12", "2023-04"):
        with pytest.raises(Invalid):
            indicator.declare(month=month, value=1, happened_on=D("2023-03-01"), recorded_at=NOW)


def test_a_look_back_looks_back() -> None:
    """A project of a later year cannot have been looked back at."""
    with pytest.raises(Invalid, match="project-year-later"):
        LookBack.make(
            project_name="旧",
            project_year=2024,
            finding="",
            effective=True,
            happened_on=D("2023-09-01"),
            recorded_at=NOW,
        )
