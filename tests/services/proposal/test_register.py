"""Aspects, rounds, activities and quotas, on both databases."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid

from ...harness import Harness
from .intake import DEPUTY, RESIDENT, body, by_deputy, by_resident, enrolled, sort


def aspect(proposal: Harness, code: str = "elderly-care") -> str:
    """The id of an aspect."""
    items = proposal.call("list_aspects", {})["items"]
    return str(next(one["id"] for one in items if one["code"] == code))


def opened(proposal: Harness, kind: str, starts_on: str, ends_on: str, **changes: Any) -> str:
    """The id of a round."""
    fields = {"year": 2023, "kind": kind, "name": "征集(合成)"} | changes
    made = proposal.call("open_round", fields | {"starts_on": starts_on, "ends_on": ends_on})
    return str(made["id"])


def held(proposal: Harness, who: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """An activity of the first delegation."""
    fields = {
        "kind": "thematic",
        "title": "民生有约(合成)",
        "organiser_kind": "delegation",
        "organiser": "第一代表团(合成)",
        "starts_on": "2022-10-10",
        "ends_on": "2022-10-12",
        "place": "示例街道(合成)",
        "text": "合成文本",
    }
    made: dict[str, Any] = proposal.call(
        "hold_collection_activity", fields | changes, **(who or {})
    )
    return made


def test_an_aspect_keeps_its_earlier_names(proposal: Harness) -> None:
    """Each day has the name of that day, and the list of a day shows it."""
    id_ = aspect(proposal)
    for name, day in (("养老服务", "2021-01-01"), ("为老服务", "2022-01-01")):
        proposal.call("rename_aspect", id_, {"name": name, "happened_on": day})
    names = {
        day: proposal.call("list_aspects", {"on": day})["items"][0]["name"]
        for day in ("2020-12-31", "2021-01-01", "2021-12-31", "2022-01-01")
    }
    assert list(names.values()) == ["养老", "养老服务", "养老服务", "为老服务"]
    assert proposal.call("get_aspect", id_)["name"] == "为老服务"
    assert [e.data["name"] for e in proposal.events("aspect.renamed.v1")] == [
        "养老服务",
        "为老服务",
    ]


def test_an_aspect_is_not_renamed_before_its_last_renaming(proposal: Harness) -> None:
    """The history stays in order."""
    id_ = aspect(proposal)
    proposal.call("rename_aspect", id_, {"name": "养老服务", "happened_on": "2022-01-01"})
    with pytest.raises(Invalid):
        proposal.call("rename_aspect", id_, {"name": "为老", "happened_on": "2021-01-01"})


def test_a_retired_aspect_takes_nothing_new_from_that_day_on(proposal: Harness) -> None:
    """The day before it still does; what stands under it stays."""
    before = proposal.call("submit_suggestion", body(happened_on="2022-10-31"))
    retirement = {"until": "2022-11-01", "superseded_by": "health"}
    proposal.call("retire_aspect", aspect(proposal), retirement)
    proposal.call("submit_suggestion", body(happened_on="2022-10-31"))
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(happened_on="2022-11-01"))
    assert caught.value.code == "aspect-retired"
    assert proposal.call("get_suggestion", before["id"])["aspect"] == "elderly-care"
    with pytest.raises(Invalid):
        sort(proposal, before["id"], "accepted", aspect="elderly-care")
    listed = proposal.call("list_aspects", {"on": "2022-11-01"})["items"]
    assert [one["code"] for one in listed] == ["health"]
    with pytest.raises(Conflict):
        proposal.call("retire_aspect", aspect(proposal), retirement)
    (event,) = proposal.events("aspect.retired.v1")
    assert event.data["superseded_by"] == "health"


def test_a_retirement_in_the_past_is_recorded_late(proposal: Harness) -> None:
    """It needs the role recorder, as every other day; one still to come needs nothing."""
    id_ = aspect(proposal)
    with pytest.raises(Forbidden) as caught:
        proposal.call("retire_aspect", id_, {"until": "2022-11-01"}, roles=("clerk",))
    assert caught.value.code == "day-too-late"
    proposal.call("retire_aspect", id_, {"until": "2199-01-01"}, roles=("clerk",))
    other = {"until": "2022-11-01"}
    assert (
        proposal.call("retire_aspect", aspect(proposal, "health"), other)["until"] == "2022-11-01"
    )


def test_an_aspect_is_superseded_by_one_that_is_in_use(proposal: Harness) -> None:
    """An unknown successor is refused, and itself."""
    for code in ("nothing", "elderly-care"):
        retirement = {"until": "2023-01-01", "superseded_by": code}
        with pytest.raises(Invalid):
            proposal.call("retire_aspect", aspect(proposal), retirement)


def test_a_suggestion_belongs_to_the_round_that_is_open_on_its_day(proposal: Harness) -> None:
    """The concentrated one before the standing one; none in a year that has no rounds."""
    standing = opened(proposal, "standing", "2022-01-01", "2023-12-31")
    concentrated = opened(proposal, "concentrated", "2022-10-01", "2022-12-31")
    opened(proposal, "concentrated", "2022-01-01", "2023-12-31", year=2024)
    days = {"2022-09-30": standing, "2022-10-01": concentrated, "2022-12-31": concentrated}
    for day, round_id in (days | {"2023-01-01": standing}).items():
        made = proposal.call("submit_suggestion", body(happened_on=day))
        assert made["round_id"] == round_id
    assert proposal.call("submit_suggestion", body(year=2025))["round_id"] is None
    named = proposal.call("submit_suggestion", body(round_id=standing))
    assert named["round_id"] == standing
    event = proposal.events("suggestion.submitted.v1")[-1]
    assert event.data["round_id"] == standing


def test_a_closed_round_takes_nothing(proposal: Harness) -> None:
    """A named round must be open on that day, be one of the year, and exist; the dates are told."""
    closed = opened(proposal, "concentrated", "2022-10-01", "2022-10-31")
    with pytest.raises(Conflict) as caught:
        proposal.call("submit_suggestion", body(round_id=closed))
    assert caught.value.code == "round-closed" and "2022-10-31" in caught.value.en
    assert [e["pointer"] for e in caught.value.errors] == ["/round_id"]
    with pytest.raises(Invalid) as other:
        proposal.call(
            "submit_suggestion", body(round_id=closed, year=2024, happened_on="2022-10-05")
        )
    assert other.value.code == "round-of-another-year"
    with pytest.raises(Invalid):
        proposal.call("submit_suggestion", body(round_id=str(uuid.uuid4())))
    assert proposal.events("suggestion.submitted.v1") == []


def test_between_the_rounds_of_a_year_nothing_is_taken(proposal: Harness) -> None:
    """The nearest round is told; a draft may be begun, and is handed in when one is open."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    opened(proposal, "concentrated", "2022-03-01", "2022-03-31")
    opened(proposal, "concentrated", "2022-10-01", "2022-10-31")
    for day, nearest in (("2022-09-30", "2022-10-31"), ("2022-04-02", "2022-03-31")):
        with pytest.raises(Conflict) as caught:
            by_resident(proposal, happened_on=day)
        assert caught.value.code == "round-closed" and nearest in caught.value.en
        assert [e["pointer"] for e in caught.value.errors] == ["/round_id"]
    draft = by_resident(proposal, draft=True, happened_on="2022-09-30")
    with pytest.raises(Conflict):
        proposal.call("submit_draft", draft["id"], {"happened_on": "2022-09-30"}, **mine)
    done = proposal.call("submit_draft", draft["id"], {"happened_on": "2022-10-01"}, **mine)
    assert done["round_id"] is not None
    assert len(proposal.events("suggestion.submitted.v1")) == 1


@pytest.mark.parametrize("kind", ["standing", "concentrated"])
def test_two_rounds_of_a_kind_are_not_open_on_one_day(proposal: Harness, kind: str) -> None:
    """Neither when they are opened nor when they are moved; of another kind or year they may be."""
    first = opened(proposal, kind, "2022-10-01", "2022-10-31")
    second = opened(proposal, kind, "2022-11-01", "2022-11-30")
    opened(proposal, kind, "2022-10-01", "2022-10-31", year=2024)
    other = {"standing": "concentrated", "concentrated": "standing"}[kind]
    opened(proposal, other, "2022-10-01", "2022-11-30")
    for starts_on, ends_on in (("2022-10-31", "2022-10-31"), ("2022-01-01", "2022-12-31")):
        with pytest.raises(Conflict) as caught:
            opened(proposal, kind, starts_on, ends_on)
        assert caught.value.code == "round-overlaps"
    moved = {
        "starts_on": "2022-10-01",
        "ends_on": "2022-11-01",
        "reason": "延长(合成)",
        "happened_on": "2022-10-30",
    }
    with pytest.raises(Conflict):
        proposal.call("move_round", first, moved)
    assert proposal.call("get_round", first)["ends_on"] == "2022-10-31"
    later = moved | {"starts_on": "2022-11-02", "ends_on": "2022-12-31"}
    proposal.call("move_round", second, later)
    assert proposal.call("move_round", first, moved)["ends_on"] == "2022-11-01"


def test_a_round_is_extended_and_its_earlier_dates_stay(proposal: Harness) -> None:
    """What was closed is open again; what it was before stands in its history."""
    round_id = opened(proposal, "concentrated", "2022-10-01", "2022-10-31")
    moved = {
        "starts_on": "2022-10-01",
        "ends_on": "2022-11-30",
        "reason": "延长(合成)",
        "happened_on": "2022-10-30",
    }
    proposal.call("move_round", round_id, moved)
    assert proposal.call("submit_suggestion", body(round_id=round_id))["round_id"] == round_id
    shown = proposal.call("get_round", round_id)
    assert [one["ends_on"] for one in shown["dates"]] == ["2022-10-31"]
    assert shown["ends_on"] == "2022-11-30"
    with pytest.raises(Invalid):
        proposal.call("move_round", round_id, moved | {"ends_on": "2022-09-30"})
    assert len(proposal.events("round.opened.v1")) == len(proposal.events("round.moved.v1")) == 1


def test_an_activity_counts_the_suggestions_that_were_born_there(proposal: Harness) -> None:
    """Drafts do not count; an unknown activity is refused, and one that was not held yet."""
    deputy = enrolled(proposal)
    activity = held(proposal)
    assert activity["suggestions"] == 0
    for draft in (False, True):
        by_deputy(proposal, deputy, activity_id=activity["id"], draft=draft)
    heard = body(channel="reception", activity_id=activity["id"])
    assert proposal.call("submit_suggestion", heard)["on_behalf"]
    assert proposal.call("get_collection_activity", activity["id"])["suggestions"] == 2
    (listed,) = proposal.call("list_collection_activities", {})["items"]
    assert listed["suggestions"] == 2
    with pytest.raises(Invalid) as caught:
        by_deputy(proposal, deputy, activity_id=str(uuid.uuid4()))
    assert caught.value.errors[0]["pointer"] == "/activity_id"
    with pytest.raises(Invalid):
        by_deputy(proposal, deputy, activity_id=activity["id"], happened_on="2022-10-09")
    (event,) = proposal.events("collection-activity.held.v1")
    assert "text" not in event.data and "place" not in event.data


def test_nobody_counts_for_a_delegation_on_her_own_word(proposal: Harness) -> None:
    """A resident or a department does not say herself that an activity brought it forth."""
    enrolled(proposal)
    activity = held(proposal)
    with pytest.raises(Forbidden) as caught:
        by_resident(proposal, activity_id=activity["id"])
    assert caught.value.code == "activity-of-deputies"
    assert [e["pointer"] for e in caught.value.errors] == ["/activity_id"]
    own = body(author_kind="department", activity_id=activity["id"])
    with pytest.raises(Forbidden):
        proposal.call("submit_suggestion", own, roles=("unit", "recorder"))
    assert proposal.call("get_collection_activity", activity["id"])["suggestions"] == 0


def test_a_deputy_records_activities_of_her_own_delegation(proposal: Harness) -> None:
    """Of no other and of no group; the office of any that is known, and of any group."""
    deputy = enrolled(proposal)
    enrolled(proposal, "第二代表团(合成)")
    her: dict[str, Any] = {"roles": DEPUTY, "subject": deputy}
    assert held(proposal, her)["organiser"] == "第一代表团(合成)"
    held(proposal, organiser="第二代表团(合成)")
    held(proposal, organiser_kind="group", organiser="任何小组(合成)")
    for changes, pointer in (
        ({"organiser": "第二代表团(合成)"}, "/organiser"),
        ({"organiser_kind": "group", "organiser": "小组(合成)"}, "/organiser_kind"),
    ):
        with pytest.raises(Forbidden) as refused:
            held(proposal, her, **changes)
        assert [e["pointer"] for e in refused.value.errors] == [pointer]
    with pytest.raises(Invalid) as caught:
        held(proposal, organiser="第九代表团(合成)")
    assert caught.value.code == "delegation-unknown"
    assert len(proposal.events("collection-activity.held.v1")) == 3


def test_an_activity_does_not_end_before_it_starts(proposal: Harness) -> None:
    """Nor does it lie in the future."""
    enrolled(proposal)
    bad: tuple[dict[str, Any], ...] = (
        {"ends_on": "2022-10-09"},
        {"starts_on": "2199-01-01", "ends_on": "2199-01-02"},
    )
    for changes in bad:
        with pytest.raises(Invalid):
            held(proposal, **changes)


def test_who_has_delivered_is_a_query(proposal: Harness) -> None:
    """By its deputies or at its activities, each suggestion once; returned ones do not count."""
    one, other = "第一代表团(合成)", "第二代表团(合成)"
    deputy, stranger = enrolled(proposal, one), enrolled(proposal, "区(合成)", "330106")
    enrolled(proposal, other)
    own, groups = held(proposal), held(proposal, organiser_kind="group", organiser="小组(合成)")
    made = [
        by_deputy(proposal, deputy),
        by_deputy(proposal, deputy, activity_id=own["id"]),
        proposal.call("submit_suggestion", body(activity_id=own["id"])),
        proposal.call("submit_suggestion", body(activity_id=groups["id"])),
        by_deputy(proposal, stranger),
        by_deputy(proposal, deputy, year=2024),
    ]
    for suggestion in made:
        sort(proposal, suggestion["id"])
    returned = by_deputy(proposal, deputy)
    sort(proposal, returned["id"], "returned", reason="合成")
    by_deputy(proposal, deputy)
    shipped = proposal.call("get_quotas", {"year": "2023"})
    assert [(x["name"], x["owed"], x["delivered"], x["fulfilled"]) for x in shipped["lines"]] == [
        (one, 3, 3, True),
        (other, 3, 0, False),
    ]
    assert shipped["rule_id"] is None
    content = {
        "candidates": 1,
        "counted": "submitted",
        "exceptions": [{"name": one, "candidates": 5}],
        "groups": [{"name": "小组(合成)", "candidates": 1}],
    }
    rule = adopt(proposal, "quotas", content)
    found = proposal.call("get_quotas", {"year": "2023"})
    assert [(x["kind"], x["owed"], x["delivered"]) for x in found["lines"]] == [
        ("delegation", 5, 4),
        ("delegation", 1, 0),
        ("group", 1, 1),
    ]
    assert (found["rule_id"], found["rule_digest"]) == (rule["id"], rule["digest"])
    assert proposal.call("get_quotas", {"year": "2023", "on": "2019-01-01"})["rule_id"] is None


def adopt(proposal: Harness, kind: str, content: Any, day: str = "2022-01-01") -> dict[str, Any]:
    """A rule that was adopted."""
    body = {
        "kind": kind,
        "title": "规则(合成)",
        "text": "合成",
        "source": "合成",
        "content": content,
        "adopted_by": "主任会议(合成)",
        "happened_on": day,
    }
    made: dict[str, Any] = proposal.call("adopt_rule", body)
    return made


def test_which_channels_there_are_is_the_rule_of_the_day(proposal: Harness) -> None:
    """A channel that the adopted rule dropped is refused from its day on."""
    channels = [
        {"code": "kiosk", "name": "自助终端(合成)", "authors": ["resident"], "on_behalf": False}
    ]
    adopt(proposal, "channels", channels, "2022-11-01")
    by_resident(proposal, channel="kiosk")
    by_resident(proposal, channel="site", happened_on="2022-10-31")
    for channel, day in (("site", "2022-11-01"), ("kiosk", "2022-10-31")):
        with pytest.raises(Invalid) as caught:
            by_resident(proposal, channel=channel, happened_on=day)
        assert caught.value.code == "channel-unknown"
    deputy = enrolled(proposal)
    own = body(author_kind="deputy", deputy_id=deputy, channel="kiosk")
    with pytest.raises(Invalid) as refused:
        proposal.call("submit_suggestion", own, roles=DEPUTY, subject=deputy)
    assert refused.value.code == "channel-not-for-author"
