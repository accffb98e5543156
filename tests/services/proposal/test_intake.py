"""How suggestions come in, on both databases: authors, drafts, places, and what is refused."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.place_schemas import Place
from services.chassis.store import load
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.commons.places import DATUMS, metres, to_wgs84
from services.proposal.schemas.suggestions import SubmitSuggestion

from ...harness import Harness
from .intake import DEPUTY, RESIDENT, body, by_deputy, by_resident, enrolled, sort


def test_staff_enter_what_was_said_or_written(proposal: Harness) -> None:
    """Hotline, letters and receptions are entered on behalf; nobody enters them for herself."""
    for channel in ("hotline", "letter", "reception"):
        made = proposal.call("submit_suggestion", body(channel=channel))
        assert made["on_behalf"]
        with pytest.raises(Forbidden) as caught:
            by_resident(proposal, channel=channel)
        assert caught.value.code == "channel-on-behalf"
    assert not by_resident(proposal)["on_behalf"]


def test_whoever_submits_stands_there_as_a_pseudonym(proposal: Harness) -> None:
    """Neither rows nor events nor answers carry the subject; the same person has the same one."""
    for _ in range(2):
        by_resident(proposal, "resident-7")
    by_resident(proposal, "resident-8")
    with proposal.engine.connect() as connection:
        rows = connection.execute(proposal.metadata.tables["suggestions"].select()).all()
    assert len({row.author for row in rows}) == 2
    assert "resident-7" not in repr(rows) + repr(proposal.events())


@pytest.mark.parametrize(
    ("changes", "roles"),
    [
        ({"author_kind": "department"}, RESIDENT),
        ({"author_kind": "organisation"}, RESIDENT),
        ({"author_kind": "department"}, DEPUTY),
        ({"author_kind": "resident"}, DEPUTY),
    ],
)
def test_nobody_speaks_in_a_capacity_that_is_not_hers(
    proposal: Harness, changes: dict[str, Any], roles: tuple[str, ...]
) -> None:
    """A resident is no department, a deputy's role is no resident's."""
    with pytest.raises(Forbidden):
        proposal.call("submit_suggestion", body(**changes), roles=roles)


def test_who_names_another_as_author_is_told_so(proposal: Harness) -> None:
    """That the author is the problem, and where; not which roles the office has."""
    deputy, other = enrolled(proposal), enrolled(proposal)
    for changes, roles, subject, pointer in (
        ({"author_kind": "deputy", "deputy_id": deputy}, RESIDENT, "resident-1", "/author_kind"),
        ({"deputy_id": deputy}, RESIDENT, "resident-1", "/deputy_id"),
        ({"author_kind": "deputy", "deputy_id": deputy}, DEPUTY, other, "/deputy_id"),
        ({"author_kind": "department"}, DEPUTY, other, "/author_kind"),
    ):
        with pytest.raises(Forbidden) as caught:
            proposal.call("submit_suggestion", body(**changes), roles=roles, subject=subject)
        assert caught.value.code == "author-of-others"
        assert [e["pointer"] for e in caught.value.errors] == [pointer]


def test_a_deputy_must_be_known_and_may_only_not_have_been_heard_yet(proposal: Harness) -> None:
    """A forged id is refused for the office too; the answer says that it may be too early."""
    deputy = str(uuid.uuid4())
    own = body(author_kind="deputy", deputy_id=deputy)
    for roles, subject in ((DEPUTY, deputy), (("clerk", "recorder"), "office")):
        with pytest.raises(Invalid) as caught:
            proposal.call("submit_suggestion", own, roles=roles, subject=subject)
        assert caught.value.code == "deputy-unknown" and "yet" in caught.value.en
    known, other = enrolled(proposal), enrolled(proposal)
    with pytest.raises(Forbidden):
        proposal.call(
            "submit_suggestion",
            body(author_kind="deputy", deputy_id=known),
            roles=DEPUTY,
            subject=other,
        )


def test_a_draft_is_its_authors_alone(proposal: Harness) -> None:
    """Nobody else sees it, sorts it, joins it or hears of it; then it is submitted."""
    draft = by_resident(proposal, draft=True)
    id_ = draft["id"]
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    assert draft["state"] == "draft" and draft["round_id"] is None
    assert proposal.call("get_suggestion", id_, **mine)["title"] == draft["title"]
    for roles in (("clerk", "recorder"), DEPUTY, RESIDENT, ("auditor",)):
        with pytest.raises(NotFound):
            proposal.call("get_suggestion", id_, roles=roles, subject="another")
    strangers: dict[str, Any] = {"roles": RESIDENT, "subject": "another"}
    day = {"happened_on": "2022-11-03"}
    for method, args in (
        ("submit_draft", day),
        ("correct_suggestion", day | {"title": "别的(合成)"}),
        ("withdraw_suggestion", day | {"code": "other"}),
        ("support_suggestion", {}),
        ("give_contact", {"contact": None}),
    ):
        with pytest.raises(NotFound):
            proposal.call(method, id_, args, **strangers)
    with pytest.raises(NotFound):
        sort(proposal, id_)
    assert proposal.call("list_suggestions", {})["items"] == []
    assert proposal.call("list_published_suggestions", {})["items"] == []
    with pytest.raises(NotFound):
        proposal.call("get_published_suggestion", id_)
    proposal.call("correct_suggestion", id_, day | {"title": "改过(合成)"}, **mine)
    assert proposal.events("suggestion.submitted.v1") == []
    assert proposal.call("list_suggestion_versions", id_, **mine)["items"] == []
    done = proposal.call("submit_draft", id_, day, **mine)
    assert (done["state"], done["happened_on"]) == ("submitted", "2022-11-03")
    (event,) = proposal.events("suggestion.submitted.v1")
    assert (event.data["title"], event.version) == ("改过(合成)", done["version"])
    with pytest.raises(Conflict):
        proposal.call("submit_draft", id_, day, **mine)


def test_a_draft_that_is_thrown_away_is_gone(proposal: Harness) -> None:
    """With its contact; nothing has been told."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    draft = by_resident(proposal, draft=True, contact={"phone": "13800000000"})
    why = {"code": "mistaken", "happened_on": "2022-11-02"}
    proposal.call("withdraw_suggestion", draft["id"], why, **mine)
    with pytest.raises(NotFound):
        proposal.call("get_suggestion", draft["id"], **mine)
    with proposal.engine.connect() as connection:
        assert connection.execute(proposal.metadata.tables["contacts"].select()).all() == []
    assert [e for e in proposal.events() if e.subject == draft["id"]] == []


def test_what_a_draft_said_lies_nowhere_after_it_was_thrown_away(proposal: Harness) -> None:
    """Not in the answers that are kept for a repeat either; a repeat is answered nevertheless."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    said = {"title": "私密标题", "text": "私密正文", "beneficiaries": "私密人群", "draft": True}
    sent = body(**said)
    made = proposal.call("submit_suggestion", sent, key="begin-it", **mine)
    change = {"text": "私密更正", "happened_on": "2022-11-02"}
    after = proposal.call("correct_suggestion", made["id"], change, key="mend-it", **mine)
    assert after["text"] == "私密更正"
    # Done once, whoever asks how often; what is told is what is there now.
    assert proposal.call("submit_suggestion", sent, key="begin-it", **mine) == after
    assert proposal.call("correct_suggestion", made["id"], change, key="mend-it", **mine) == after
    assert len(proposal.call("list_own_suggestions", {}, **mine)["items"]) == 1
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", sent | {"title": "另一"}, key="begin-it", **mine)
    assert caught.value.code == "idempotency-key-reused"
    why = {"code": "mistaken", "happened_on": "2022-11-02"}
    gone = proposal.call("withdraw_suggestion", made["id"], why, key="drop-it", **mine)
    assert gone["id"] == made["id"] and gone["text"] == gone["title"] == ""
    assert proposal.call("withdraw_suggestion", made["id"], why, key="drop-it", **mine) == gone
    with pytest.raises(NotFound):
        proposal.call("submit_suggestion", sent, key="begin-it", **mine)
    with pytest.raises(NotFound):
        proposal.call("correct_suggestion", made["id"], change, key="mend-it", **mine)
    with proposal.engine.connect() as connection:
        for table in proposal.metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            assert not any("私密" in str(value) for row in rows for value in row), table.name
        kept = connection.execute(proposal.metadata.tables["idempotency"].select()).all()
    assert [row.answer for row in kept].count({"anew": made["id"]}) == 2


def test_a_draft_entered_on_behalf_is_seen_by_who_entered_it(proposal: Harness) -> None:
    """Another clerk does not find it, in lists and by its id."""
    office: dict[str, Any] = {"roles": ("clerk", "recorder"), "subject": "office-1"}
    draft = proposal.call("submit_suggestion", body(channel="letter", draft=True), **office)
    assert len(proposal.call("list_own_suggestions", {}, **office)["items"]) == 1
    with pytest.raises(NotFound):
        proposal.call("get_suggestion", draft["id"], subject="office-2")
    assert proposal.call("submit_draft", draft["id"], {"happened_on": "2022-11-02"}, **office)


def test_what_a_draft_refers_to_must_hold_when_it_is_submitted(proposal: Harness) -> None:
    """An aspect that was retired meanwhile is refused then, and the draft can be corrected."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    draft = by_resident(proposal, draft=True)
    (aspect, *_) = proposal.call("list_aspects", {})["items"]
    proposal.call("retire_aspect", aspect["id"], {"until": "2022-11-02"})
    day = {"happened_on": "2022-11-02"}
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_draft", draft["id"], day, **mine)
    assert caught.value.code == "aspect-retired"
    proposal.call("correct_suggestion", draft["id"], day | {"aspect": "health"}, **mine)
    assert proposal.call("submit_draft", draft["id"], day, **mine)["aspect"] == "health"


def test_an_author_finds_her_own_and_nobody_elses(proposal: Harness) -> None:
    """Drafts too, and why one was returned; a resident does not see another's by its id."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    first = by_resident(proposal)
    by_resident(proposal, draft=True)
    other = by_resident(proposal, "resident-2")
    sort(proposal, first["id"], "returned", reason="不属于征集范围(合成)")
    own = proposal.call("list_own_suggestions", {}, **mine)["items"]
    assert {one["state"] for one in own} == {"draft", "returned"}
    assert [o["reason"] for o in own if o["state"] == "returned"] == ["不属于征集范围(合成)"]
    assert len(proposal.call("list_own_suggestions", {"state": "draft"}, **mine)["items"]) == 1
    assert proposal.call("get_suggestion", first["id"], **mine)
    with pytest.raises(NotFound):
        proposal.call("get_suggestion", other["id"], **mine)


def test_a_deputy_finds_what_the_office_entered_for_her(proposal: Harness) -> None:
    """By her id in the register; a token whose subject is no id finds nothing."""
    deputy = enrolled(proposal)
    by_deputy(proposal, deputy)
    entered = body(author_kind="deputy", deputy_id=deputy, channel="letter")
    proposal.call("submit_suggestion", entered)
    own = proposal.call("list_own_suggestions", {}, roles=DEPUTY, subject=deputy)["items"]
    assert [one["on_behalf"] for one in own].count(True) == 1 and len(own) == 2
    assert proposal.call("list_own_suggestions", {}, roles=DEPUTY, subject="x")["items"] == []


@pytest.mark.parametrize("datum", DATUMS)
def test_a_point_is_kept_as_given_and_in_wgs_84(proposal: Harness, datum: str) -> None:
    """The sender's datum stays beside what everybody computes with."""
    given_point = {"longitude": 120.1551, "latitude": 30.2741, "datum": datum}
    made = proposal.call("submit_suggestion", body(place={"division": "330106"} | given_point))
    assert (made["given_longitude"], made["given_latitude"]) == (120.1551, 30.2741)
    assert made["datum"] == datum
    assert (made["longitude"], made["latitude"]) == to_wgs84((120.1551, 30.2741), datum)
    (event,) = proposal.events("suggestion.submitted.v1")
    assert not {"longitude", "latitude", "given_longitude"} & event.data.keys()


@given(
    longitude=st.floats(75, 134),
    latitude=st.floats(18, 53),
    datum=st.sampled_from(DATUMS),
)
def test_any_place_in_china_is_within_a_few_hundred_metres_of_what_was_given(
    longitude: float, latitude: float, datum: str
) -> None:
    """No datum throws a point far away."""
    place = {"division": "330106", "longitude": longitude, "latitude": latitude, "datum": datum}
    read = load(Place, place)
    point = read["longitude"], read["latitude"]
    assert metres(to_wgs84(point, datum), point) < 3000


@given(st.floats(73, 90), st.floats(3, 54), st.sampled_from(DATUMS))
def test_swapped_coordinates_are_told_apart(longitude: float, latitude: float, datum: str) -> None:
    """What lies in China the other way round gets the hint; what lies nowhere near it does not."""
    place = {"division": "330106", "datum": datum}
    with pytest.raises(Invalid) as caught:
        load(Place, place | {"longitude": latitude, "latitude": longitude})
    assert "swapped" in caught.value.errors[0]["detail"]
    with pytest.raises(Invalid) as nowhere:
        load(Place, place | {"longitude": -longitude, "latitude": latitude})
    assert "China" in nowhere.value.errors[0]["detail"]
    assert "swapped" not in nowhere.value.errors[0]["detail"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=130))
def test_a_title_is_taken_as_text_or_refused_at_its_place(text: str) -> None:
    """Whatever is sent: no blank one, no control character, at most 120 characters."""
    found = SubmitSuggestion().validate(body(title=text))
    if found:
        assert found.keys() == {"title"}
    else:
        title = load(SubmitSuggestion, body(title=text))["title"]
        assert title and title == title.strip() and len(title) <= 120
        assert not any(ord(c) < 32 and c not in "\t\n\r" for c in title)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": "甲\x00乙"}, "/title"),
        ({"text": "长" * 10_001}, "/text"),
        ({"text": "甲\x07乙"}, "/text"),
        ({"beneficiaries": "长" * 201}, "/beneficiaries"),
        ({"channel": "Hot Line"}, "/channel"),
        ({"channel": "pigeon"}, "/channel"),
        ({"aspect": "Elderly"}, "/aspect"),
        ({"author_kind": "king"}, "/author_kind"),
        ({"place": {"division": "160000"}}, "/place/division"),
        ({"place": {"division": "330106", "longitude": 120.1}}, "/place/latitude"),
        ({"place": {"division": "330106", "latitude": 30.1}}, "/place/longitude"),
        ({"place": {"division": "330106", "longitude": 1e9, "latitude": 1}}, "/place/longitude"),
        ({"place": {"division": "330106", "datum": "CGCS"}}, "/place/datum"),
        ({"place": {"division": "330106", "longitude": 0, "latitude": 0}}, "/place/longitude"),
        ({"place": {"division": "330106", "longitude": 30, "latitude": 80}}, "/place/longitude"),
        ({"title": "\u200b\u2060"}, "/title"),
        ({"text": "甲\u202e乙"}, "/text"),
        ({"contact": {}}, "/contact"),
        ({"contact": {"phone": "call me"}}, "/contact/phone"),
        ({"contact": {"email": "nobody"}}, "/contact/email"),
        ({"draft": "yes"}, "/draft"),
        ({"state": "accepted"}, "/state"),
        ({"author": "0" * 64}, "/author"),
        ({"entered_by": "x"}, "/entered_by"),
        ({"supporters": 1000}, "/supporters"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(
    proposal: Harness, changes: dict[str, Any], pointer: str
) -> None:
    """And nothing is written, neither a row nor an event."""
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(**changes))
    assert [e["pointer"] for e in caught.value.errors] == [pointer]
    with proposal.engine.connect() as connection:
        assert connection.execute(proposal.metadata.tables["suggestions"].select()).all() == []
    assert proposal.events("suggestion.submitted.v1") == []


def test_a_stale_if_match_changes_nothing(proposal: Harness) -> None:
    """A correction of what has changed meanwhile is refused."""
    made = by_resident(proposal)
    sort(proposal, made["id"])
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    change = {"title": "改过(合成)", "happened_on": "2022-12-02"}
    with pytest.raises(Stale):
        proposal.call("correct_suggestion", made["id"], change, expected_version=1, **mine)
    assert proposal.call("get_suggestion", made["id"])["title"] == made["title"]


def test_a_phone_number_has_the_form_of_one() -> None:
    """Mobile, with an area code, international; nothing else."""
    for phone in ("13800000000", "138 0000 0000", "+86-13800000000", "0571-87000000", "87000000"):
        assert load(SubmitSuggestion, body(contact={"phone": phone}))["contact"] == {"phone": phone}
    for phone in ("12345", "1380000000", "13800000000a", "138000000001", "a@b.cn", "0" * 40):
        with pytest.raises(Invalid):
            load(SubmitSuggestion, body(contact={"phone": phone}))
