"""Sorting, corrections and withdrawals, on both databases."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.proposal.commands import references

from ...harness import Harness
from .intake import DEPUTY, RESIDENT, body, by_deputy, by_resident, enrolled, sort, vote
from .test_register import adopt

MINE: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
LATER = {"happened_on": "2022-12-05"}
ITEM = {"code": "petition", "text": "信访?(合成)", "refuses_when": True, "reason": "属于信访(合成)"}


def acts(proposal: Harness, id_: str) -> list[dict[str, Any]]:
    """The acts of sorting."""
    found: list[dict[str, Any]] = proposal.call("list_sortings", id_)["items"]
    return found


def test_each_act_of_sorting_is_kept_with_its_rule(proposal: Harness) -> None:
    """Accepted under one aspect, then put under another: both acts, with before and after."""
    made = by_resident(proposal)
    sort(proposal, made["id"], checks={"petition": False, "one-matter": True})
    after = sort(proposal, made["id"], "reclassified", aspect="health", happened_on="2022-12-09")
    assert (after["state"], after["aspect"], after["sorted_on"]) == (
        "accepted",
        "health",
        "2022-12-09",
    )
    first, second = acts(proposal, made["id"])
    assert (first["outcome"], first["aspect_after"], first["rule_id"]) == (
        "accepted",
        "elderly-care",
        None,
    )
    assert first["checks"] == {"petition": False, "one-matter": True}
    assert (second["aspect_before"], second["aspect_after"]) == ("elderly-care", "health")
    assert len(first["rule_digest"]) == 64
    told = [event.data["outcome"] for event in proposal.events("suggestion.sorted.v1")]
    assert told == ["accepted", "reclassified"]


def test_a_reclassification_names_another_aspect(proposal: Harness) -> None:
    """The same one, none, an unknown one, and a returned suggestion are refused."""
    made = by_resident(proposal)
    for changes in ({}, {"aspect": "elderly-care"}, {"aspect": "unknown-one"}):
        with pytest.raises(Invalid):
            sort(proposal, made["id"], "reclassified", **changes)
    assert sort(proposal, made["id"], "reclassified", aspect="health")["sorted_on"] is None
    sort(proposal, made["id"], "returned", reason="合成")
    with pytest.raises(Conflict):
        sort(proposal, made["id"], "reclassified", aspect="elderly-care")


def test_the_checklist_refuses_and_its_reason_reaches_the_author(proposal: Harness) -> None:
    """What an item refuses cannot be accepted; returned, it carries the item's code and wording."""
    made = by_resident(proposal)
    with pytest.raises(Conflict) as caught:
        sort(proposal, made["id"], "accepted", checks={"petition": True})
    assert caught.value.code == "not-eligible"
    sort(proposal, made["id"], "returned", checks={"petition": True})
    (own,) = proposal.call("list_own_suggestions", {}, **MINE)["items"]
    assert own["reason_code"] == "petition" and "信访" in own["reason"]
    (event,) = proposal.events("suggestion.sorted.v1")
    assert event.data["reason_code"] == "petition"
    assert own["reason"] not in repr(event.data)


def test_a_return_may_name_the_item_itself(proposal: Harness) -> None:
    """By its code; a code that the rule does not have is refused, and so is an unknown answer."""
    made = by_resident(proposal)
    for changes in ({"reason_code": "nothing"}, {"checks": {"nothing": True}}, {}):
        with pytest.raises(Invalid):
            sort(proposal, made["id"], "returned", **changes)
    assert sort(proposal, made["id"], "returned", reason_code="burden")["reason_code"] == "burden"


def test_a_rule_may_require_every_answer(proposal: Harness) -> None:
    """Then an acceptance without them is refused, a return is not; the act names the rule."""
    rule = adopt(proposal, "eligibility", {"required": True, "items": [ITEM]})
    made, other = by_resident(proposal), by_resident(proposal)
    with pytest.raises(Invalid) as caught:
        sort(proposal, made["id"])
    assert caught.value.errors[0]["pointer"] == "/checks/petition"
    sort(proposal, made["id"], checks={"petition": False})
    sort(proposal, other["id"], "returned", reason="合成")
    assert {one["rule_id"] for one in acts(proposal, made["id"])} == {rule["id"]}


def test_sortings_are_seen_by_the_author_and_not_by_strangers(proposal: Harness) -> None:
    """Another resident does not even learn that there is such a suggestion."""
    made = by_resident(proposal)
    sort(proposal, made["id"])
    assert proposal.call("list_sortings", made["id"], **MINE)["items"]
    for method in ("list_sortings", "list_suggestion_versions"):
        with pytest.raises(NotFound):
            proposal.call(method, made["id"], roles=RESIDENT, subject="another")


def test_a_correction_keeps_what_was_said_before(proposal: Harness) -> None:
    """Each version with its differences to the next; the event names the fields, not the text."""
    made = by_resident(proposal)
    place = {"division": "330108"}
    proposal.call("correct_suggestion", made["id"], LATER | {"title": "二(合成)"}, **MINE)
    proposal.call("correct_suggestion", made["id"], LATER | {"title": "三(合成)", "place": place})
    first, second = proposal.call("list_suggestion_versions", made["id"], **MINE)["items"]
    assert [first["number"], second["number"]] == [1, 2]
    assert [first["by"], second["by"]] == ["author", "staff"]
    assert first["content"]["title"] == made["title"]
    assert first["differences"] == [
        {"field": "title", "before": made["title"], "after": "二(合成)"}
    ]
    changed = {one["field"] for one in second["differences"]}
    assert {"title", "division", "longitude"} <= changed and "text" not in changed
    event = proposal.events("suggestion.corrected.v1")[-1]
    assert event.data["changed"] == sorted(changed)
    assert event.subject == made["id"]


def test_who_may_correct(proposal: Harness) -> None:
    """The author, who entered it, the clerk; no other deputy, no stranger, and not into nothing."""
    deputy, other = enrolled(proposal), enrolled(proposal)
    made = by_deputy(proposal, deputy)
    change = LATER | {"text": "另文(合成)"}
    for roles, subject, error in (
        (DEPUTY, other, Forbidden),
        (("unit", "recorder"), "x", Forbidden),
        (RESIDENT, "x", NotFound),
    ):
        with pytest.raises(error):
            proposal.call("correct_suggestion", made["id"], change, roles=roles, subject=subject)
    proposal.call("correct_suggestion", made["id"], change, roles=DEPUTY, subject=deputy)
    with pytest.raises(Invalid) as caught:
        proposal.call("correct_suggestion", made["id"], change, roles=DEPUTY, subject=deputy)
    assert caught.value.code == "nothing-changed"
    entered = proposal.call(
        "submit_suggestion", body(channel="letter"), roles=("government", "recorder"), subject="g"
    )
    office: dict[str, Any] = {"roles": ("government", "recorder"), "subject": "g"}
    assert proposal.call("correct_suggestion", entered["id"], change, **office)
    office["subject"] = "another"
    with pytest.raises(Forbidden):
        proposal.call("correct_suggestion", entered["id"], LATER | {"text": "三"}, **office)


def test_a_correction_after_sorting_waits_for_the_sorter(proposal: Harness) -> None:
    """It stays accepted; the public reads what was accepted until somebody sorts it again."""
    made = by_resident(proposal)
    sort(proposal, made["id"])
    change = LATER | {"title": "广告(合成)", "text": "别的文字(合成)"}
    after = proposal.call("correct_suggestion", made["id"], change, **MINE)
    assert after["state"] == "accepted" and after["corrected_after_sorting"]
    public = proposal.call("get_published_suggestion", made["id"])
    assert (public["title"], public["text"]) == (made["title"], made["text"])
    assert proposal.call("list_published_suggestions", {"q": "广告"})["items"] == []
    sort(proposal, made["id"], happened_on="2022-12-06", read=after["version"])
    assert proposal.call("get_published_suggestion", made["id"])["title"] == "广告(合成)"
    again = proposal.call("get_suggestion", made["id"])
    assert not again["corrected_after_sorting"]
    with pytest.raises(Conflict) as caught:
        sort(proposal, made["id"], happened_on="2022-12-06", read=again["version"])
    assert caught.value.code == "suggestion-sorted"
    with pytest.raises(Conflict):
        proposal.call("correct_suggestion", made["id"], LATER | {"aspect": "health"}, **MINE)


def test_a_corrected_text_is_accepted_by_who_has_read_it(proposal: Harness) -> None:
    """Before the first sorting and after: without the version refused, a former one refused."""
    made = by_resident(proposal)
    change = LATER | {"text": "别的文字(合成)"}
    first = proposal.call("correct_suggestion", made["id"], change, **MINE)
    for read, error, code in (
        (None, Conflict, "version-needed"),
        (made["version"], Stale, "version-stale"),
    ):
        with pytest.raises(error) as caught:
            sort(proposal, made["id"], read=read)
        assert caught.value.code == code
    day = {"happened_on": "2022-12-06"}
    accepted = sort(proposal, made["id"], read=first["version"], **day)
    assert accepted["state"] == "accepted"
    change = LATER | {"text": "又改(合成)"}
    proposal.call("correct_suggestion", made["id"], change, **MINE)
    with pytest.raises(Conflict) as caught:
        sort(proposal, made["id"], **day)
    assert caught.value.code == "version-needed"
    sort(proposal, made["id"], "reclassified", aspect="health", **day)


def test_a_correction_in_between_is_not_accepted_with_the_rest(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sorter's transaction has read the first text; tried again, it refuses the second."""
    made = by_resident(proposal)
    if proposal.engine.dialect.name == "sqlite":
        pytest.skip("who writes has the file for herself")
    looked_up = "services.proposal.commands.suggestions.know_aspect"

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(looked_up, references.know_aspect)
        change = LATER | {"text": "广告(合成)"}
        proposal.call("correct_suggestion", made["id"], change, **MINE)

    monkeypatch.setattr(looked_up, overtaken)
    with pytest.raises(Conflict) as caught:
        sort(proposal, made["id"], aspect="health")
    assert caught.value.code == "version-needed"
    found = proposal.call("get_suggestion", made["id"])
    assert (found["state"], found["aspect"]) == ("submitted", "elderly-care")


def test_what_was_returned_may_be_corrected_and_sorted_again(proposal: Harness) -> None:
    """The way out of a return is a correction."""
    made = by_resident(proposal)
    sort(proposal, made["id"], "returned", reason_code="one-matter")
    change = LATER | {"text": "一事(合成)"}
    mended = proposal.call("correct_suggestion", made["id"], change, **MINE)
    again = sort(proposal, made["id"], happened_on="2022-12-06", read=mended["version"])
    assert (again["state"], again["reason"], again["reason_code"]) == ("accepted", None, None)


def test_what_was_withdrawn_leaves_the_lists(proposal: Harness) -> None:
    """Unless it is asked for; its author still sees it, and nobody changes or supports it."""
    made = by_resident(proposal)
    sort(proposal, made["id"])
    why = {"code": "solved", "text": "已解决(合成)"} | LATER
    gone = proposal.call("withdraw_suggestion", made["id"], why, **MINE)
    assert (gone["state"], gone["withdrawn_on"]) == ("withdrawn", "2022-12-05")
    assert proposal.call("list_suggestions", {})["items"] == []
    assert len(proposal.call("list_suggestions", {"state": "withdrawn"})["items"]) == 1
    assert len(proposal.call("list_own_suggestions", {}, **MINE)["items"]) == 1
    with pytest.raises(NotFound):
        proposal.call("get_published_suggestion", made["id"])
    another = MINE | {"subject": "another"}
    for method, args, who in (
        ("withdraw_suggestion", why, MINE),
        ("correct_suggestion", LATER | {"title": "x"}, MINE),
        ("support_suggestion", {}, another),
    ):
        with pytest.raises(Conflict):
            proposal.call(method, made["id"], args, **who)
    with pytest.raises(Conflict):
        sort(proposal, made["id"], "returned", reason="合成", happened_on="2022-12-06")
    (event,) = proposal.events("suggestion.withdrawn.v1")
    assert event.data["withdrawal_code"] == "solved" and "已解决" not in repr(event.data)


def test_nobody_withdraws_anothers(proposal: Harness) -> None:
    """A stranger finds nothing, another deputy is refused; the office may, on her behalf."""
    deputy, other = enrolled(proposal), enrolled(proposal)
    made = by_deputy(proposal, deputy)
    why = {"code": "other"} | LATER
    with pytest.raises(Forbidden):
        proposal.call("withdraw_suggestion", made["id"], why, roles=DEPUTY, subject=other)
    with pytest.raises(NotFound):
        proposal.call("withdraw_suggestion", made["id"], why, roles=RESIDENT, subject=other)
    assert proposal.call("withdraw_suggestion", made["id"], why)["state"] == "withdrawn"


def test_after_the_vote_what_led_to_it_stays(proposal: Harness) -> None:
    """Neither corrected nor withdrawn once the year's projects are voted; the next year's may."""
    made, next_year = by_resident(proposal), by_resident(proposal, year=2024)
    vote(proposal)
    for method, args in (
        ("correct_suggestion", {"title": "晚(合成)"}),
        ("withdraw_suggestion", {"code": "other"}),
    ):
        with pytest.raises(Conflict) as caught:
            proposal.call(method, made["id"], LATER | args, **MINE)
        assert caught.value.code == "year-voted"
        assert proposal.call(method, next_year["id"], LATER | args, **MINE)


def test_corrections_at_once_are_each_a_version(proposal: Harness) -> None:
    """None is lost, and none has another's number."""
    made = by_resident(proposal)
    failed: list[BaseException] = []

    def change(number: int) -> None:
        try:
            said = LATER | {"title": f"第{number}版(合成)"}
            proposal.call("correct_suggestion", made["id"], said, **MINE)
        except BaseException as exc:
            failed.append(exc)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = proposal.call("list_suggestion_versions", made["id"])["items"]
    assert failed == [] and [one["number"] for one in versions] == [1, 2, 3, 4, 5, 6]
    assert all(one["differences"] for one in versions)
