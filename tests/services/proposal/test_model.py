"""The model of collection and preliminary selection."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.proposal.model.candidate import Candidate
from services.proposal.model.shortlist import Shortlist
from services.proposal.model.suggested_project import SuggestedProject
from services.proposal.model.suggestion import Suggestion

NOW = dt.datetime(2022, 12, 1, tzinfo=dt.UTC)
DAY = dt.date(2022, 11, 1)


def suggestion(**changes: Any) -> Suggestion:
    """A resident's suggestion."""
    fields: dict[str, Any] = {
        "year": 2023,
        "author_kind": "resident",
        "deputy_id": None,
        "channel": "site",
        "aspect": "elderly-care",
        "title": "增设老年食堂(合成)",
        "text": "合成文本",
        "place": {"division": "330106"},
        "happened_on": DAY,
        "recorded_at": NOW,
    }
    return Suggestion.submit(**fields | changes)


def candidate(year: int = 2023) -> Candidate:
    """A candidate with one sub-item."""
    return Candidate.propose(
        year=year,
        name="助餐(合成)",
        description="合成",
        aspect="elderly-care",
        lead_unit_id="11111111-1111-4111-8111-111111111111",
        budget={"total_yuan": 1, "year_yuan": 1, "funding_source": "财政"},
        due_on=dt.date(2023, 11, 30),
        sub_items=[{"name": "食堂", "target": 120, "unit_of_measure": "家"}],
        suggested_project_ids=[],
        happened_on=DAY,
        recorded_at=NOW,
    )


def test_a_submitted_suggestion_records_its_event_for_the_district_it_concerns() -> None:
    """The event is addressed to the district of the place and carries no text."""
    one = suggestion()
    (event,) = one.take_recorded()
    assert (event.type, event.concerns) == ("suggestion.submitted.v1", ("330106",))
    assert "text" not in one.public_state()
    assert one.take_recorded() == []


@pytest.mark.parametrize(
    "changes", [{"author_kind": "deputy"}, {"deputy_id": "11111111-1111-4111-8111-111111111111"}]
)
def test_only_a_deputys_suggestion_names_a_deputy(changes: dict[str, Any]) -> None:
    """A deputy's suggestion without a deputy is refused, and a resident's with one."""
    with pytest.raises(Invalid) as caught:
        suggestion(**changes)
    assert caught.value.code == "author-unclear"


def test_sorting_happens_once_and_a_return_needs_a_reason() -> None:
    """A return without a reason is refused; a second sorting too."""
    one = suggestion()
    with pytest.raises(Invalid):
        one.sort("returned", None, None, by="office", day=DAY)
    assert one.state == "submitted"
    one.sort("accepted", "health", None, by="office", day=DAY)
    assert (one.state, one.aspect, one.sorted_on) == ("accepted", "health", DAY)
    with pytest.raises(Conflict):
        one.sort("accepted", None, None, by="office", day=DAY)


def test_sorting_cannot_precede_the_suggestion() -> None:
    """A day before the suggestion was made is refused."""
    with pytest.raises(Invalid):
        suggestion().sort("accepted", None, None, by="x", day=DAY - dt.timedelta(days=1))


def test_a_match_is_a_judgement_that_may_be_revised() -> None:
    """Only accepted suggestions are matched; None means somebody looked and found nothing."""
    one = suggestion()
    with pytest.raises(Conflict):
        one.match(None, by="office", day=DAY)
    one.sort("accepted", None, None, by="office", day=DAY)
    assert one.public_state()["matched"] is None
    one.match(None, by="office", day=DAY)
    assert one.public_state()["matched"] == {"sub_item_id": None, "matched_on": "2022-11-01"}
    one.match("22222222-2222-4222-8222-222222222222", by="office", day=DAY)
    assert one.matched_sub_item == "22222222-2222-4222-8222-222222222222"


def test_projects_are_distilled_from_accepted_suggestions_and_merge_none_away() -> None:
    """One suggestion may flow into several projects; each keeps its own record."""
    one, other = suggestion(), suggestion()
    fields: dict[str, Any] = {
        "year": 2023,
        "title": "助餐",
        "aspect": "elderly-care",
        "text": "合成",
        "happened_on": DAY,
        "recorded_at": NOW,
    }
    with pytest.raises(Conflict):
        SuggestedProject.distil([one, other], **fields)
    for each in (one, other):
        each.sort("accepted", None, None, by="office", day=DAY)
    first = SuggestedProject.distil([one, other], **fields)
    second = SuggestedProject.distil([one], **fields)
    assert first.suggestion_ids == sorted([one.id, other.id])
    assert second.suggestion_ids == [one.id]


def test_an_adopted_shortlist_is_frozen() -> None:
    """What the event carries is the candidates as they were at the adoption."""
    first = candidate()
    shortlist = Shortlist.draw_up([first], year=2023, day=DAY, recorded_at=NOW)
    shortlist.adopt([first], "常委会(合成)", DAY)
    first.name = "改名"
    assert shortlist.public_state()["candidates"][0]["name"] == "助餐(合成)"
    with pytest.raises(Conflict):
        shortlist.adopt([first], "常委会(合成)", DAY)


def test_a_shortlist_holds_one_years_candidates() -> None:
    """A candidate of another year is refused."""
    with pytest.raises(Invalid):
        Shortlist.draw_up([candidate(2024)], year=2023, day=DAY, recorded_at=NOW)


@pytest.mark.parametrize("state", ["shortlisted", "chosen", "not-chosen", "returned"])
def test_only_a_proposed_candidate_is_adopted(state: str) -> None:
    """Whatever came of it meanwhile stays as it is."""
    first = candidate()
    shortlist = Shortlist.draw_up([first], year=2023, day=DAY, recorded_at=NOW)
    first.state = state
    with pytest.raises(Invalid):
        shortlist.adopt([first], "常委会(合成)", DAY)
    with pytest.raises(Conflict):
        first.shortlist()
    assert (first.state, shortlist.adopted_on) == (state, None)
