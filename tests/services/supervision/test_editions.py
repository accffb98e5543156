"""The life of the report: frozen editions, a numbered meeting, its opinions and their answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.commons.canonical import digest
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year, new

MEETING = {"body": "standing-committee", "term": 14, "ordinal": 15, "held_on": "2023-12-28"}
DRAFTED, SUBMITTED, HELD = "2023-12-18", "2023-12-20", "2023-12-28"


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """A year with two projects, an opinion raised online, and its report defined."""
    made = Year(serve(SupervisionService))
    project, _ = made.vote("(合成)甲", "(合成)乙")
    deputy = made.deputy(OWN)
    said = {"project_id": project, "deputy_id": deputy, "text": "(合成)"}
    made.call("raise_opinion", channel="online", **said)
    made.call("define_report", year=2023, title="(合成)报告", completed_by="2023-11-30")
    return made


def draft(year: Year, **more: Any) -> dict[str, Any]:
    """Draft an edition."""
    return year.call("draft_edition", year=2023, happened_on=DRAFTED, **more)


def submitted(year: Year) -> dict[str, Any]:
    """Draft and submit one."""
    return year.call("submit_edition", draft(year)["id"], **MEETING, happened_on=SUBMITTED)


def deliberated(year: Year) -> dict[str, Any]:
    """The same, and the meeting has been."""
    return year.call("deliberate_edition", submitted(year)["id"], happened_on=HELD)


def issued(year: Year, *units: str) -> dict[str, Any]:
    """An opinion of the meeting for some units."""
    return year.call(
        "issue_report_opinion",
        edition_id=deliberated(year)["id"],
        number=1,
        text="(合成)秘密",
        unit_ids=list(units) or [year.unit],
        happened_on=HELD,
    )


def answer(year: Year, opinion: dict[str, Any], unit: str, on: str) -> dict[str, Any]:
    """A unit answers."""
    body = {"unit_id": unit, "text": "(合成)秘密", "happened_on": on}
    found: dict[str, Any] = year.service.call(
        "answer_report_opinion", opinion["id"], body, roles=("unit", "recorder"), subject=unit
    )
    return found


def overdue(year: Year, on: str) -> list[str]:
    """The units of which an answer to an opinion on the report is overdue."""
    asked = {"on": on, "kind": "report-opinion"}
    found = year.service.call("list_supervision_overdue", asked)["items"]
    return [one["unit_id"] for one in found]


def test_an_edition_stays_as_it_was(year: Year) -> None:
    """Records that come later change the live report and no edition; its digest can be checked."""
    made = draft(year, note="(合成)初稿")
    assert (made["number"], made["state"], made["as_of"]) == (1, "drafted", DRAFTED)
    (one,) = year.service.call("list_opinions", {})["items"]
    said = {"project_id": one["project_id"], "deputy_id": one["deputy_id"], "text": "(合成)"}
    later = year.call("raise_opinion", channel="online", **said)
    again = year.service.call("get_edition", made["id"])
    assert again == made
    sealed = {n: made[n] for n in ("year", "as_of", "title", "figures", "markdown")}
    assert digest(sealed) == made["digest"]
    live = year.service.call("get_edition_differences", made["id"], {})["figures"]
    changed = {figure["key"]: figure for figure in live}
    figure = changed["supervision.online.opinions"]
    assert (figure["was"], figure["now"], figure["gone"], figure["come"]) == (
        1,
        2,
        [],
        [later["id"]],
    )
    assert "supervision.projects" not in changed
    document = year.service.call("get_edition_document", made["id"])
    assert document["document"]["title"] == "(合成)报告"


def test_several_drafts_differ_from_one_another(year: Year) -> None:
    """They are numbered within the year; the list leaves out what they say."""
    first = draft(year, as_of="2023-05-01")
    second = draft(year)
    assert (first["number"], second["number"]) == (1, 2)
    against = {"against": second["id"]}
    told = year.service.call("get_edition_differences", first["id"], against)
    (online,) = [f for f in told["figures"] if f["key"] == "supervision.online.opinions"]
    assert (online["was"], online["now"], len(online["come"])) == (0, 1, 1)
    same = year.service.call("get_edition_differences", first["id"], {"against": first["id"]})
    assert same["figures"] == []
    listed = year.service.call("list_editions", {"year": "2023"})["items"]
    assert [one["number"] for one in listed] == [1, 2] and "markdown" not in listed[0]
    assert year.service.call("list_editions", {"year": "2022"})["items"] == []


def test_a_draft_of_days_to_come_or_of_no_report_is_refused(year: Year) -> None:
    """What has not happened by the day of drafting cannot be in it."""
    with pytest.raises(Invalid, match="day-before"):
        draft(year, as_of="2023-12-19")
    with pytest.raises(NotFound, match="report-undefined"):
        year.call("draft_edition", year=2022, happened_on=DRAFTED)


def test_an_edition_goes_to_a_numbered_meeting_once(year: Year) -> None:
    """Not before it was drafted, not to a meeting that was; a second waits until it is back."""
    made = draft(year)
    for change, error in (
        ({"held_on": "2023-12-19"}, "day-before"),
        ({"happened_on": "2023-12-17"}, "day-before"),
        ({"ordinal": 0}, "body-invalid"),
        ({"body": "party"}, "body-invalid"),
    ):
        body = MEETING | {"happened_on": SUBMITTED} | change
        with pytest.raises(Invalid, match=error):
            year.call("submit_edition", made["id"], **body)
    one = year.call("submit_edition", made["id"], **MEETING, happened_on=SUBMITTED)
    with pytest.raises(Invalid, match="day-before"):
        year.call("deliberate_edition", made["id"], happened_on="2023-12-27")
    assert one["meeting"] == MEETING | {"congress": OWN}
    with pytest.raises(Conflict, match="edition-submitted"):
        year.call("submit_edition", made["id"], **MEETING, happened_on=SUBMITTED)
    other = draft(year)
    with pytest.raises(Conflict, match="edition-pending"):
        year.call("submit_edition", other["id"], **MEETING, happened_on=SUBMITTED)
    year.call("withdraw_edition", made["id"], reason="(合成)有误", happened_on=SUBMITTED)
    year.call("submit_edition", other["id"], **MEETING, happened_on=SUBMITTED)
    with pytest.raises(Conflict, match="edition-withdrawn"):
        year.call("deliberate_edition", made["id"], happened_on=HELD)
    assert year.call("deliberate_edition", other["id"], happened_on=HELD)["state"] == "deliberated"
    told = [event.type.split(".")[2] for event in year.service.events() if "edition" in event.type]
    assert told == ["submitted", "withdrawn", "submitted", "deliberated"]


def test_of_two_editions_submitted_at_once_one_goes(year: Year) -> None:
    """Whoever comes second is told, also when neither saw the other."""
    made = [draft(year)["id"] for _ in range(2)]

    def submit(id_: str) -> bool:
        try:
            year.call("submit_edition", id_, **MEETING, happened_on=SUBMITTED)
        except (Conflict, Stale):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, made)) == [False, True]


def test_opinions_are_of_deliberated_editions_and_heard_units(year: Year) -> None:
    """Before the meeting there is nothing to say; a number is used once; units once each."""
    one = submitted(year)
    body = {"edition_id": one["id"], "number": 1, "text": "(合成)", "unit_ids": [year.unit]}
    with pytest.raises(Conflict, match="edition-not-deliberated"):
        year.call("issue_report_opinion", **body, happened_on=HELD)
    year.call("deliberate_edition", one["id"], happened_on=HELD)
    for change, error, kind in (
        ({"unit_ids": [new()]}, "unit-not-heard", Conflict),
        ({"unit_ids": [year.unit] * 2}, "body-invalid", Invalid),
        ({"edition_id": new()}, "reference-unknown", Invalid),
        ({"happened_on": "2023-12-27"}, "day-before", Invalid),
    ):
        with pytest.raises(kind, match=error):
            year.call("issue_report_opinion", **(body | {"happened_on": HELD} | change))
    year.call("issue_report_opinion", **body, happened_on=HELD)
    with pytest.raises(Conflict, match="already-exists"):
        year.call("issue_report_opinion", **body, happened_on=HELD)


def test_each_unit_answers_in_its_term_for_itself(year: Year) -> None:
    """Three months by the shipped rule; who answered is off the list, the other is on it."""
    other = year.hear("proposal.unit.registered.v1", id=new(), name="(合成)二局")["id"]
    opinion = issued(year, year.unit, other)
    assert sorted(opinion["waits_for"]) == sorted([year.unit, other])
    assert overdue(year, "2024-03-28") == []
    assert sorted(overdue(year, "2024-03-29")) == sorted([year.unit, other])
    assert answer(year, opinion, other, "2024-03-01")["state"] == "issued"
    assert overdue(year, "2024-03-29") == [year.unit]
    with pytest.raises(Conflict, match="answer-not-awaited"):
        answer(year, opinion, other, "2024-03-02")
    with pytest.raises(Invalid, match="not-asked"):
        answer(year, opinion, new(), "2024-03-02")
    body = {"unit_id": year.unit, "text": "(合成)", "happened_on": "2024-03-02"}
    with pytest.raises(Forbidden):
        year.service.call(
            "answer_report_opinion", opinion["id"], body, roles=("unit",), subject=other
        )
    with pytest.raises(Conflict, match="answers-missing"):
        year.call("close_report_opinion", opinion["id"], reason="(合成)", happened_on="2024-03-02")
    assert answer(year, opinion, year.unit, "2024-03-03")["state"] == "answered"
    assert overdue(year, "2024-12-31") == []
    assert "秘密" not in str([event.data for event in year.service.events()])


def test_not_satisfied_the_meeting_has_the_units_answer_again(year: Year) -> None:
    """By the adopted rule's share of all members; satisfied, it is closed."""
    opinion = issued(year)
    answer(year, opinion, year.unit, "2024-03-01")

    def vote(approve: int, on: str, **more: int) -> dict[str, Any]:
        heads = {"members": 60, "present": 50, "approve": approve, "oppose": 10, "abstain": 0}
        return year.call("vote_on_answers", opinion["id"], **heads | more, happened_on=on)

    with pytest.raises(Invalid, match="vote-impossible"):
        vote(41, "2024-04-26")
    with pytest.raises(Invalid, match="day-before"):
        vote(30, "2024-02-01")
    again = vote(30, "2024-04-26")
    assert (again["state"], again["round"], again["waits_for"]) == ("issued", 2, [year.unit])
    assert again["votes"][0]["satisfied"] is False and again["votes"][0]["rule_id"] is None
    assert overdue(year, "2024-07-27") == [year.unit]
    with pytest.raises(Conflict, match="answers-missing"):
        vote(31, "2024-05-01")
    answer(year, opinion, year.unit, "2024-06-01")
    done = vote(31, "2024-06-28")
    assert (done["state"], done["closed_on"], len(done["answers"])) == ("closed", "2024-06-28", 2)
    with pytest.raises(Conflict, match="answer-not-awaited"):
        answer(year, opinion, year.unit, "2024-07-01")
    listed = year.service.call("list_report_opinions", {"state": "closed"})["items"]
    assert listed == [done]


def test_the_share_that_satisfies_is_an_adopted_rule(year: Year) -> None:
    """Half of those present, the half itself included, where a body says so."""
    rule = {
        "kind": "answer-votes",
        "title": "(合成)表决办法",
        "text": "(合成)",
        "source": "(合成)",
        "adopted_by": "(合成)常委会",
        "content": {"threshold": {"share": "1/2", "inclusive": True}, "of": "present"},
    }
    adopted = year.call("adopt_supervision_rule", **rule)
    bad = rule | {"content": {"threshold": {"share": "7/0", "inclusive": True}, "of": "present"}}
    with pytest.raises(Invalid, match="body-invalid"):
        year.call("adopt_supervision_rule", **bad)
    opinion = issued(year)
    answer(year, opinion, year.unit, "2024-03-01")
    heads = {"members": 60, "present": 50, "approve": 25, "oppose": 25, "abstain": 0}
    done = year.call("vote_on_answers", opinion["id"], **heads, happened_on="2024-04-26")
    assert done["votes"][0]["rule_id"] == adopted["id"] and done["state"] == "closed"


def test_an_answered_opinion_is_closed_with_a_reason(year: Year) -> None:
    """Where the meeting does not vote."""
    opinion = issued(year)
    answer(year, opinion, year.unit, "2024-03-01")
    body = {"reason": "(合成)不再表决", "happened_on": "2024-04-26"}
    done = year.call("close_report_opinion", opinion["id"], **body)
    assert (done["state"], done["closing_reason"]) == ("closed", "(合成)不再表决")
