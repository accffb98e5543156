"""The calendar: drawn from the rule, kept by what is recorded, overdue until then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.supervision import nightly
from services.supervision.service import SupervisionService

from ...harness import Harness, example
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def drawn(year: Year) -> dict[tuple[str, int], dict[str, Any]]:
    """The entries of 2023, drawn on 1 March, by part and ordinal."""
    year.service.call("draw_calendar", 2023, {"happened_on": "2023-03-01"})
    return entries(year)


def entries(year: Year, **params: str) -> dict[tuple[str, int], dict[str, Any]]:
    """The entries of 2023 by part and ordinal."""
    found = year.service.call("list_calendar", 2023, {"limit": "200"} | params)["items"]
    return {(one["part"], one["ordinal"]): one for one in found}


def overdue(year: Year, on: str) -> set[str]:
    """The entries that were overdue on a day."""
    params = {"on": on, "kind": "calendar", "limit": "200"}
    found = year.service.call("list_supervision_overdue", params)["items"]
    return {one["subject_id"] for one in found}


def test_a_year_is_drawn_from_the_rule_once(year: Year) -> None:
    """Five parts once, the monthly ones each month; drawn again, nothing is added."""
    found = drawn(year)
    counts: dict[str, int] = {}
    for part, _ in found:
        counts[part] = counts.get(part, 0) + 1
    assert {part: counts[part] for part in ("supervision-week", "online", "inspection")} == {
        "supervision-week": 1,
        "online": 10,
        "inspection": 4,
    }
    week = found["supervision-week", 1]
    assert (week["starts_on"], week["due_on"]) == ("2023-05-10", "2023-05-20")
    assert found["online", 4]["due_on"] == "2023-06-30"
    again = year.service.call("draw_calendar", 2023, {"happened_on": "2023-03-02"})
    assert (again["drawn"], again["there"]) == (0, len(found))


def test_what_was_over_when_it_is_drawn_is_not_drawn(year: Year) -> None:
    """Nothing is overdue from its first day on."""
    year.service.call("draw_calendar", 2023, {"happened_on": "2023-06-10"})
    assert min(one["due_on"] for one in entries(year).values()) == "2023-06-30"
    assert overdue(year, "2023-06-30") == set()


def test_an_adopted_calendar_takes_the_examples_place(year: Year) -> None:
    """Its digest is noted; a part that ends before it begins is refused."""
    part = {
        "code": "only", "name": "(合成)例会", "must": "meeting", "of": "regular", "months": [2],
        "from_day": 1, "day": 31, "lead_days": 3, "source_text": "(合成)",
    }  # fmt: skip
    rule = {"kind": "calendar", "title": "(合成)", "text": "(合成)", "source": "(合成)"}
    rule |= {"adopted_by": "(示例)常委会", "happened_on": "2023-01-05"}
    for wrong in ({"from_day": 31, "day": 1}, {"of": "bulletin"}, {"months": [2, 2]}):
        with pytest.raises(Invalid):
            year.service.call("adopt_supervision_rule", rule | {"content": [part | wrong]})
    adopted = year.service.call("adopt_supervision_rule", rule | {"content": [part]})
    year.service.call("draw_calendar", 2023, {"happened_on": "2023-01-10"})
    (entry,) = entries(year).values()
    assert (entry["due_on"], entry["rule_id"]) == ("2023-02-28", adopted["id"])
    assert entry["rule_digest"] == adopted["digest"]


def test_what_is_recorded_keeps_the_entry_within_whose_days_it_was(year: Year) -> None:
    """A meeting, an activity, a document, a check, a look-back, a score: each its own entry."""
    found = drawn(year)
    (project_id,) = year.vote("(合成)甲")
    meeting = year.call(
        "record_meeting", kind="report-meeting", name="(合成)", happened_on="2023-08-10"
    )
    week = year.week()
    deputy = year.deputy(OWN)
    check = year.call(
        "check_online", deputy_id=deputy, project_id=project_id, happened_on="2023-06-01"
    )
    year.call("check_online", deputy_id=deputy, project_id=project_id, happened_on="2023-06-02")
    bulletin = year.call(
        "register_document",
        kind="bulletin",
        title="(合成)通报",
        issuer="(示例)",
        year=2023,
        text="(合成)",
        happened_on="2023-07-15",
    )
    back = year.call(
        "record_look_back",
        project_name="(合成)旧项目",
        project_year=2021,
        finding="(合成)",
        effective=True,
        happened_on="2023-10-11",
    )
    score = year.hear(
        "survey.score.published.v1",
        **example("survey", "score.published.v1") | {"id": new(), "published_on": "2023-12-20"},
    )
    kept = entries(year, state="kept")
    assert {key: one["kept_by"] for key, one in kept.items()} == {
        ("report-meeting", 1): meeting["id"],
        ("supervision-week", 1): week,
        ("online", 4): check["id"],
        ("bulletin", 5): bulletin["id"],
        ("look-back", 1): back["id"],
        ("assessment", 1): score["id"],
    }
    late = overdue(year, "2024-01-15")
    assert late == {one["id"] for key, one in found.items() if key not in kept}


def test_what_came_late_keeps_an_entry_only_if_somebody_says_so(year: Year) -> None:
    """It was overdue until that day; a meeting of another kind does not keep it."""
    found = drawn(year)
    entry = found["report-meeting", 1]
    held = {"name": "(合成)", "happened_on": "2023-09-04"}
    late = year.call("record_meeting", kind="report-meeting", **held)
    other = year.call("record_meeting", kind="kick-off", **held)
    assert entry["id"] in overdue(year, "2023-09-04")
    day = {"happened_on": "2023-09-05"}
    with pytest.raises(Invalid, match="other-kind"):
        year.call("keep_calendar_entry", entry["id"], kept_by=other["id"], **day)
    with pytest.raises(Invalid, match="reference-unknown"):
        year.call("keep_calendar_entry", entry["id"], kept_by=new(), **day)
    with pytest.raises(Invalid, match="note-missing"):
        year.call("keep_calendar_entry", entry["id"], **day)
    kept = year.call("keep_calendar_entry", entry["id"], kept_by=late["id"], **day)
    assert (kept["state"], kept["ended_on"]) == ("kept", "2023-09-05")
    assert entry["id"] in overdue(year, "2023-09-04")
    assert entry["id"] not in overdue(year, "2023-09-05")
    with pytest.raises(Conflict, match="entry-ended"):
        year.call("drop_calendar_entry", entry["id"], reason="(合成)", **day)


def test_an_entry_is_moved_with_a_reason_and_its_deadline_with_it(year: Year) -> None:
    """The days before stay on record; so does one that was dropped."""
    found = drawn(year)
    entry = found["supervision-week", 1]
    days = {"starts_on": "2023-06-12", "due_on": "2023-06-16", "reason": "(合成)汛期"}
    moved = year.call("move_calendar_entry", entry["id"], **days, happened_on="2023-05-08")
    assert [one["due_on"] for one in moved["moves"]] == ["2023-05-20"]
    assert entry["id"] not in overdue(year, "2023-06-16")
    assert entry["id"] in overdue(year, "2023-06-17")
    (event,) = year.service.events("deadline.moved.v1")
    assert (event.data["cause"], event.data["was_due_on"]) == ("agreed", "2023-05-20")
    wrong = days | {"due_on": "2023-06-11"}
    with pytest.raises(Invalid, match="day-before"):
        year.call("move_calendar_entry", entry["id"], **wrong, happened_on="2023-05-09")
    day = {"happened_on": "2023-06-13"}
    year.call("drop_calendar_entry", entry["id"], reason="(合成)取消", **day)
    assert entry["id"] not in overdue(year, "2023-12-31")


def test_an_entry_made_by_hand_is_the_next_of_its_part(year: Year) -> None:
    """It has no rule, and begins in the year in whose calendar it is."""
    drawn(year)
    body = {
        "part": "report-meeting",
        "name": "(合成)加开",
        "must": "meeting",
        "of": "report-meeting",
        "starts_on": "2023-10-01",
        "due_on": "2023-10-31",
    }
    made = year.call("enter_in_calendar", year=2023, **body)
    assert (made["ordinal"], made["rule_digest"]) == (2, None)
    with pytest.raises(Invalid, match="other-year"):
        year.call("enter_in_calendar", year=2024, **body)


def test_reminders_come_once_and_again_after_a_move(year: Year) -> None:
    """At night, for what is open and due soon; a second night adds nothing."""
    found = drawn(year)
    due = found["regular", 1]
    year.call("drop_calendar_entry", due["id"], reason="(合成)", happened_on="2023-03-05")
    store = year.service._service("nightly", _nobody()).store
    nightly.remind(store)
    nightly.remind(store)
    events = year.service.events("reminder.due.v1")
    told = [event.data["id"] for event in events]
    assert sorted(told) == sorted(one["id"] for one in found.values() if one != due)
    moved = {"starts_on": "2023-07-01", "due_on": "2023-07-09", "reason": "(合成)"}
    week = found["supervision-week", 1]
    year.call("move_calendar_entry", week["id"], **moved)
    nightly.remind(store)
    assert [e.data["id"] for e in year.service.events("reminder.due.v1")][len(told) :] == [
        week["id"]
    ]


def _nobody() -> Any:
    from services.chassis.context import CallContext

    return CallContext()


@pytest.mark.parametrize("number", [1, 1000000])
def test_a_year_that_is_none_is_refused(year: Year, number: int) -> None:
    """Neither drawn nor listed."""
    with pytest.raises(Invalid):
        year.service.call("draw_calendar", number, {"happened_on": "2023-03-01"})
    with pytest.raises(Invalid):
        year.service.call("list_calendar", number, {})
