"""Candidate projects on both databases: what they say, their versions, their deliberation."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, ServiceError, Stale

from .selection import GOVERNMENT, UNIT, Selection


def refusal(call: Any, *args: Any, **how: Any) -> tuple[str, list[str]]:
    """The code with which a call is refused, and the places."""
    with pytest.raises(ServiceError) as caught:
        call(*args, **how)
    return caught.value.code, [error["pointer"] for error in caught.value.errors]


def test_a_candidate_says_all_that_it_may_say(selection: Selection) -> None:
    """What was sent is shown; the event has no exact place."""
    body = selection.whole()
    made = selection.call("propose_candidate", body, roles=GOVERNMENT)
    assert selection.call("get_candidate", made["id"]) == made
    for name in ("goal", "urgency", "co_unit_ids", "budget", "stages", "supporting", "operation"):
        assert made[name] == body[name]
    assert [one.get("due_on") for one in made["sub_items"]] == ["2023-09-30", None]
    assert made["places"][0]["given_longitude"] == 120.1
    assert made["places"][0]["longitude"] == pytest.approx(120.0953, abs=1e-3)
    assert made["places"][1]["longitude"] is None
    assert (made["state"], made["revision"], made["screening"]) == ("proposed", 1, None)
    (event,) = selection.service.events("candidate.proposed.v1")
    assert event.data["places"][0] == {"division": "330106", "name": "示例社区(合成)"}
    assert "120.1" not in json.dumps(event.data)


def test_a_candidate_of_the_first_release_is_still_one(selection: Selection) -> None:
    """What it does not say is empty."""
    made = selection.propose()
    assert (made["goal"], made["co_unit_ids"], made["places"]) == (None, [], [])
    assert made["budget"]["sources"] == [] and "due_on" not in made["sub_items"][0]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"sources": [{"source": "市财政", "yuan": 1}]}, ["/budget/sources"]),
        ({"years": [{"year": 2023, "yuan": 20_000_000}]}, ["/budget/years"]),
        (
            {"years": [{"year": 2023, "yuan": 1}, {"year": 2024, "yuan": 49_999_999}]},
            ["/budget/years"],
        ),
        ({"years": [{"year": 2024, "yuan": 50_000_000}]}, ["/budget/years"]),
        ({"year_yuan": 50_000_001}, ["/budget/year_yuan"]),
        ({"sources": [{"source": "市财政", "yuan": -1}]}, ["/budget/sources/0/yuan"]),
        ({"years": [{"year": n, "yuan": 1} for n in range(2023, 2034)]}, ["/budget/years"]),
    ],
)
def test_a_budget_adds_up(
    selection: Selection, changes: dict[str, Any], pointers: list[str]
) -> None:
    """By source and by year to the total, and the candidate's year as it says."""
    budget = selection.body()["budget"] | changes
    assert refusal(selection.propose, budget=budget)[1] == pointers
    assert selection.service.events("candidate.proposed.v1") == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"urgency": "at-once"}, "/urgency"),
        ({"co_unit_ids": [str(uuid.UUID(int=7))]}, "/co_unit_ids/0"),
        (
            {"places": [{"division": "330106", "name": "甲", "longitude": 120.0}]},
            "/places/0/latitude",
        ),
        ({"places": [{"division": "330106", "name": "甲", "datum": "BD-10"}]}, "/places/0/datum"),
        ({"places": [{"division": "990106", "name": "甲"}]}, "/places/0/division"),
        ({"goal": "长" * 2001}, "/goal"),
        ({"goal": "a\u0007"}, "/goal"),
        (
            {
                "stages": [
                    {"name": "一", "goal": "甲", "due_on": "2024-01-01"},
                    {"name": "二", "goal": "乙", "due_on": "2023-01-01"},
                ]
            },
            "/stages/1/due_on",
        ),
        (
            {
                "sub_items": [
                    {"name": "甲", "target": 1, "unit_of_measure": "家", "due_on": "2023-02-30"}
                ]
            },
            "/sub_items/0/due_on",
        ),
        ({"due_on": "2022-12-19"}, "/due_on"),
        (
            {
                "sub_items": [
                    {"name": "甲", "target": 1, "unit_of_measure": "家", "due_on": "2023-11-30"},
                    {"name": "乙", "target": 1, "unit_of_measure": "家", "due_on": "2023-12-01"},
                ]
            },
            "/sub_items/1/due_on",
        ),
        (
            {
                "sub_items": [
                    {"name": "甲", "target": 1, "unit_of_measure": "家", "due_on": "2024-12-01"}
                ],
                "stages": [{"name": "二", "goal": "乙", "due_on": "2024-11-30"}],
            },
            "/sub_items/0/due_on",
        ),
        ({"pool_entry_id": str(uuid.UUID(int=7))}, "/pool_entry_id"),
    ],
)
def test_a_bad_candidate_is_refused_at_its_place(
    selection: Selection, changes: dict[str, Any], pointer: str
) -> None:
    """The error says where, and nothing is written."""
    assert refusal(selection.propose, **changes)[1] == [pointer]
    assert selection.call("list_candidates", {})["items"] == []


def test_a_plan_may_be_done_on_its_last_days(selection: Selection) -> None:
    """All money in its year, due when it is put forward; a sub-item as late as the last stage."""
    budget = {"total_yuan": 5, "year_yuan": 5, "funding_source": "财政"}
    item = {"name": "甲", "target": 1, "unit_of_measure": "家", "due_on": "2022-12-20"}
    made = selection.propose(budget=budget, due_on="2022-12-20", sub_items=[item])
    later = [{**made["sub_items"][0], "due_on": "2024-11-30"}]
    early = refusal(selection.revise, made["id"], sub_items=later)
    assert early == ("candidate-inconsistent", ["/sub_items/0/due_on"])
    stages = [{"name": "二", "goal": "乙", "due_on": "2024-11-30"}]
    revised = selection.revise(made["id"], sub_items=later, stages=stages)
    assert revised["sub_items"][0]["due_on"] == "2024-11-30"
    budget = budget | {"total_yuan": 4}
    assert refusal(selection.revise, made["id"], budget=budget)[1] == ["/budget/year_yuan"]


def test_the_lead_unit_does_not_cooperate_with_itself(selection: Selection) -> None:
    """Nor does another stand there twice."""
    assert refusal(selection.propose, co_unit_ids=[selection.lead])[1] == ["/co_unit_ids/0"]
    twice = [selection.other, selection.other]
    assert refusal(selection.propose, co_unit_ids=twice)[1] == ["/co_unit_ids/1"]


def test_lists_are_filtered(selection: Selection) -> None:
    """By year, aspect, lead unit and state."""
    first = selection.propose()
    second = selection.propose(year=2024, aspect="health", lead_unit_id=selection.other)
    for asked, found in (
        ({"year": "2023"}, [first]),
        ({"aspect": "health"}, [second]),
        ({"lead_unit_id": selection.other}, [second]),
        ({"state": "proposed", "year": "2024"}, [second]),
        ({"state": "chosen"}, []),
    ):
        page = selection.call("list_candidates", asked)
        assert [one["id"] for one in page["items"]] == [one["id"] for one in found]


def test_a_revision_keeps_the_former_version(selection: Selection) -> None:
    """Field by field, sub-items by their ids, with the reason."""
    made = selection.call("propose_candidate", selection.whole(), roles=GOVERNMENT)
    kept, gone = made["sub_items"]
    items = [
        {**kept, "target": 150},
        {"name": "助浴", "target": 10, "unit_of_measure": "处"},
    ]
    revised = selection.revise(made["id"], name="老年助餐助浴(合成)", sub_items=items, goal=None)
    assert (revised["revision"], revised["goal"]) == (2, None)
    assert revised["sub_items"][0]["id"] == kept["id"]
    first, second = selection.call("list_candidate_versions", made["id"])["versions"]
    assert (first["number"], first["reason"], first["changes"]) == (1, None, [])
    assert first["content"]["name"] == made["name"]
    assert (second["reason"], second["happened_on"]) == ("核实后调整(合成)", "2022-12-25")
    assert second["changes"] == [
        {"field": "name", "before": made["name"], "after": "老年助餐助浴(合成)"},
        {"field": "goal", "before": made["goal"], "after": None},
    ]
    assert [one["name"] for one in second["sub_items"]["added"]] == ["助浴"]
    assert [one["id"] for one in second["sub_items"]["removed"]] == [gone["id"]]
    (changed,) = second["sub_items"]["changed"]
    assert changed == {
        "id": kept["id"],
        "changes": [{"field": "target", "before": 120, "after": 150}],
    }
    (event,) = selection.service.events("candidate.revised.v1")
    assert event.data["changed"] == ["name", "goal", "sub_items"]
    assert "核实" not in json.dumps(event.data, ensure_ascii=False)


def test_a_revision_must_change_something_and_add_up(selection: Selection) -> None:
    """Nothing new, an unknown sub-item, a day before the last one, a sum that does not fit."""
    made = selection.propose()
    assert refusal(selection.revise, made["id"], name=made["name"])[0] == "nothing-changed"
    unknown = [{"id": str(uuid.uuid4()), "name": "甲", "target": 1, "unit_of_measure": "家"}]
    assert refusal(selection.revise, made["id"], sub_items=unknown)[1] == ["/sub_items/0/id"]
    twice = [{**made["sub_items"][0]}, {**made["sub_items"][0]}]
    assert refusal(selection.revise, made["id"], sub_items=twice)[1] == ["/sub_items/1/id"]
    early = refusal(selection.revise, made["id"], name="乙", happened_on="2022-12-01")
    assert early == ("day-before", ["/happened_on"])
    budget = made["budget"] | {"sources": [{"source": "市财政", "yuan": 3}]}
    assert refusal(selection.revise, made["id"], budget=budget)[1] == ["/budget/sources"]
    assert selection.call("get_candidate", made["id"]) == made


def test_a_stale_revision_is_refused(selection: Selection) -> None:
    """If-Match with an old version changes nothing."""
    made = selection.propose()
    selection.revise(made["id"], goal="甲")
    body = {"goal": "乙", "reason": "合成", "happened_on": "2022-12-26"}
    with pytest.raises(Stale):
        selection.call(
            "revise_candidate", made["id"], body, roles=GOVERNMENT, expected_version=made["version"]
        )


def test_an_adopted_candidate_is_frozen(selection: Selection) -> None:
    """Neither revised nor given back, from the adoption of its shortlist on."""
    made = selection.propose()
    shortlist = selection.drawn(made["id"])
    selection.revise(made["id"], goal="甲", happened_on="2023-01-11")
    selection.adopt(shortlist["id"])
    assert selection.call("get_candidate", made["id"])["state"] == "shortlisted"
    late = {"goal": "乙", "happened_on": "2023-01-19"}
    assert refusal(selection.revise, made["id"], **late)[0] == "candidate-frozen"
    back = {"reason": "合成", "happened_on": "2023-01-19"}
    with pytest.raises(Conflict):
        selection.call("return_candidate_to_pool", made["id"], back)


def answering(
    selection: Selection,
    candidate: dict[str, Any],
    opinion_id: str,
    body: dict[str, Any],
    by: str | None = None,
) -> dict[str, Any]:
    """The candidate with an opinion answered by a unit, the leading one if none is named."""
    ids = candidate["id"], opinion_id
    who: dict[str, Any] = {"roles": UNIT, "subject": by or candidate["lead_unit_id"]}
    found: dict[str, Any] = selection.call("answer_opinion_on_candidate", *ids, body, **who)
    return found


def test_an_opinion_is_answered_by_a_unit_of_the_candidate(selection: Selection) -> None:
    """The leading one, one beside it, or the government; which of them is kept, and not shown."""
    made = selection.propose(co_unit_ids=[selection.other])
    given = {"criterion": "necessity", "text": "合成", "happened_on": "2023-01-05"}
    given["deputy_id"] = str(uuid.uuid4())
    for _ in range(3):
        judged = selection.call("give_opinion_on_candidate", made["id"], given)
    ids = [one["id"] for one in judged["opinions"]]
    answer = {"text": "合成", "adopted": "yes", "happened_on": "2023-01-09"}
    with pytest.raises(Forbidden):
        answering(selection, made, ids[0], answer, by=selection.third)
    answering(selection, made, ids[0], answer)
    answering(selection, made, ids[1], answer, by=selection.other)
    last = selection.call(
        "answer_opinion_on_candidate",
        made["id"],
        ids[2],
        answer,
        roles=GOVERNMENT,
        subject="office",
    )
    assert [one["answer"] for one in last["opinions"]] == [answer] * 3
    table = selection.service.metadata.tables["candidates"]
    with selection.service.engine.connect() as connection:
        kept = connection.execute(sa.select(table.c.opinions)).scalar_one()
    by = [one["answer"]["given_by"] for one in kept]
    assert by == [selection.lead, selection.other, "office"]
    listed = selection.call("list_candidate_opinions", {"year": "2023"})
    assert "given_by" not in str(listed) and "office" not in str(listed)


def test_opinions_have_a_phase_and_are_answered_once(selection: Selection) -> None:
    """By a deputy or a delegation; the events tell neither text nor person."""
    made, deputy = selection.propose(), str(uuid.uuid4())
    given = {
        "criterion": "necessity",
        "text": "很有必要(合成)",
        "deputy_id": deputy,
        "happened_on": "2023-01-05",
    }
    selection.call("give_opinion_on_candidate", made["id"], given)
    by_delegation = {
        "criterion": "feasibility",
        "phase": "in-session",
        "delegation": "示例代表团(合成)",
        "text": "场地要落实(合成)",
        "happened_on": "2023-02-20",
    }
    judged = selection.call("give_opinion_on_candidate", made["id"], by_delegation)
    one, other = judged["opinions"]
    assert (one["phase"], other["phase"]) == ("pre-session", "in-session")
    answer = {"text": "已在预算中安排(合成)", "adopted": "partly", "happened_on": "2023-01-09"}
    answered = answering(selection, made, one["id"], answer)
    assert answered["opinions"][0]["answer"] == answer
    assert refusal(answering, selection, made, one["id"], answer)[0] == "opinion-answered"
    early = answer | {"happened_on": "2023-02-19"}
    found = refusal(answering, selection, made, other["id"], early)
    assert found == ("day-before", ["/happened_on"])
    with pytest.raises(NotFound):
        answering(selection, made, str(uuid.uuid4()), answer)
    events = selection.service.events("candidate.deliberated.v1")
    events += selection.service.events("candidate.opinion-answered.v1")
    assert [event.data["opinion"]["by"] for event in events] == ["deputy", "delegation", "deputy"]
    for event in events:
        told = json.dumps(event.data, ensure_ascii=False)
        assert not any(text in told for text in ("必要", "场地", "预算", deputy, "代表团"))


def test_what_is_unanswered_is_a_list(selection: Selection) -> None:
    """In pages; by phase, criterion and lead unit."""
    made = selection.propose()
    for number in range(3):
        given = {
            "criterion": "necessity",
            "delegation": "示例代表团(合成)",
            "text": f"第{number}条(合成)",
            "happened_on": "2023-01-05",
        }
        last = selection.call("give_opinion_on_candidate", made["id"], given)
    answer = {"text": "合成", "adopted": "yes", "happened_on": "2023-01-09"}
    first = last["opinions"][0]["id"]
    answering(selection, made, first, answer)
    asked = {"year": "2023", "answered": "false", "limit": "1"}
    page = selection.call("list_candidate_opinions", asked)
    rest = selection.call("list_candidate_opinions", asked | {"cursor": page["next"]})
    texts = [one["text"] for one in page["items"] + rest["items"]]
    assert (texts, rest["next"]) == (["第1条(合成)", "第2条(合成)"], None)
    assert page["items"][0]["candidate_id"] == made["id"]
    for other in ({"phase": "in-session"}, {"criterion": "feasibility"}, {"year": "2024"}):
        assert selection.call("list_candidate_opinions", asked | other)["items"] == []
    elsewhere = asked | {"lead_unit_id": selection.other}
    assert selection.call("list_candidate_opinions", elsewhere)["items"] == []
    with pytest.raises(Invalid):
        selection.call("list_candidate_opinions", asked | {"cursor": "x"})


def test_an_opinion_is_of_one_speaker(selection: Selection) -> None:
    """A deputy's or a delegation's, not both and not nobody's, whoever enters it.

    And only its own deputies speak for a delegation.
    """
    made, deputy = selection.propose(), str(uuid.uuid4())
    given = {"criterion": "necessity", "text": "合成", "happened_on": "2023-01-05"}
    both = given | {"deputy_id": deputy, "delegation": "示例代表团"}
    office, herself = ("clerk", "recorder"), ("deputy", "recorder")
    for unclear, who in ((both, office), (given, office), (given, herself)):
        found = refusal(selection.call, "give_opinion_on_candidate", made["id"], unclear, roles=who)
        assert found == ("speaker-unclear", ["/delegation"])
    assert selection.call("get_candidate", made["id"])["opinions"] == []
    mandate = {"congress": "330100", "level": "city", "delegation": "示例代表团"}
    enrolled = {"id": deputy, "mandates": [mandate], "enrolled_on": "2022-01-01"}
    selection.service.deliver("ballot.deputy.enrolled.v1", enrolled)
    roles = ("deputy", "recorder")
    body = given | {"delegation": "示例代表团"}
    selection.call("give_opinion_on_candidate", made["id"], body, roles=roles, subject=deputy)
    for subject, delegation in ((deputy, "另一代表团"), ("nobody", "示例代表团")):
        with pytest.raises(Forbidden):
            selection.call(
                "give_opinion_on_candidate",
                made["id"],
                given | {"delegation": delegation},
                roles=roles,
                subject=subject,
            )


def test_an_opinion_of_the_release_before_is_still_shown_and_answered(
    selection: Selection,
) -> None:
    """It has no phase and names nobody."""
    made = selection.propose()
    former = {
        "id": str(uuid.uuid4()),
        "criterion": "necessity",
        "text": "必要(合成)",
        "deputy_id": None,
        "happened_on": "2023-01-05",
    }
    table = selection.service.metadata.tables["candidates"]
    with selection.service.engine.begin() as connection:
        connection.execute(sa.update(table).values(opinions=[former]))
    (listed,) = selection.call("list_candidate_opinions", {"year": "2023"})["items"]
    assert (listed["text"], listed["deputy_id"]) == ("必要(合成)", None)
    answer = {"text": "合成", "adopted": "yes", "happened_on": "2023-01-09"}
    call = "answer_opinion_on_candidate"
    lead = {"roles": UNIT, "subject": selection.lead}
    done = selection.call(call, made["id"], former["id"], answer, **lead)
    assert done["opinions"][0]["answer"] == answer
    (event,) = selection.service.events("candidate.opinion-answered.v1")
    assert event.data["opinion"]["by"] == "office"


def test_screening_is_exact_and_names_its_rule(selection: Selection) -> None:
    """The weighted mean as a fraction, each principle's mean, the last scores of each body."""
    content = [
        {"code": "universality", "name": "普惠性", "question": "?", "weight": 2, "scale": [0, 5]},
        {"code": "balance", "name": "均衡性", "question": "?", "weight": 1, "scale": [0, 1, 2]},
        {"code": "legality", "name": "合法性", "question": "?", "weight": 0, "scale": [0, 1]},
    ]
    rule = selection.rule("principles", content)
    made = selection.propose()

    def screened(body: str, *scores: int) -> dict[str, Any]:
        given = dict(zip(("universality", "balance", "legality"), scores, strict=True))
        sent = {"scores": given, "body": body, "happened_on": "2022-12-26"}
        found: dict[str, Any] = selection.call(
            "screen_candidate", made["id"], sent, roles=GOVERNMENT
        )
        return found

    screened("甲(合成)", 0, 0, 0)
    screened("乙(合成)", 0, 1, 1)
    standing = screened("甲(合成)", 5, 2, 1)["screening"]
    assert standing["rule"] == {"id": rule["id"], "digest": rule["digest"]}
    assert standing["bodies"] == sorted(["甲(合成)", "乙(合成)"])
    assert [one["mean"] for one in standing["principles"]] == ["5/2", "3/2", "1"]
    assert standing["mean"] == "13/6"
    assert [e.data["standing"]["mean"] for e in selection.service.events("candidate.screened.v1")][
        -1
    ] == "13/6"
    for scores, pointers in (
        ({"universality": 5, "balance": 2}, ["/scores/legality"]),
        ({"universality": 4, "balance": 2, "legality": 1}, ["/scores/universality"]),
        ({"universality": 5, "balance": 2, "legality": 1, "x": 1}, ["/scores/x"]),
    ):
        sent = {"scores": scores, "body": "甲", "happened_on": "2022-12-26"}
        assert refusal(selection.call, "screen_candidate", made["id"], sent)[1] == pointers


def test_the_shipped_principles_are_scored_by(selection: Selection) -> None:
    """Without an adopted rule; the answer says so by an empty id."""
    made = selection.propose()
    rule = selection.call("get_rule_in_force", {"kind": "principles", "on": "2022-12-26"})
    scores = {one["code"]: one["scale"][-1] for one in rule["content"]}
    sent = {"scores": scores, "body": "市发改委(合成)", "happened_on": "2022-12-26"}
    standing = selection.call("screen_candidate", made["id"], sent, roles=GOVERNMENT)["screening"]
    assert standing["rule"] == {"id": None, "digest": rule["digest"]}
    assert (standing["mean"], len(standing["principles"])) == ("5", 11)


def test_a_doubtful_credit_code_is_warned_of_and_kept(selection: Selection) -> None:
    """A failing check is no refusal; a wrong form is one."""
    body = {"name": "示例公司(合成)", "kind": "company", "credit_code": "91110000600037341M"}
    made = selection.call("register_unit", body)
    assert [one["code"] for one in made["warnings"]] == ["credit-code-doubtful"]
    assert selection.call("get_unit", made["id"]) == made
    good = {"name": "另一公司(合成)", "kind": "company", "credit_code": "91110000600037341L"}
    assert selection.call("register_unit", good)["warnings"] == []
    with pytest.raises(Invalid):
        selection.call("register_unit", body | {"credit_code": "9111"})


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stages", []),
        ("stages", [{"code": "a", "name": "甲", "body": "乙", "required": True}]),
        (
            "principles",
            [{"code": "a", "name": "甲", "question": "?", "weight": 0, "scale": [0, 1]}],
        ),
        ("demand", {"months": 0, "weights": {}}),
        ("urgency", [{"code": "a", "name": "甲"}, {"code": "a", "name": "乙"}]),
    ],
)
def test_a_rule_that_nothing_could_be_computed_with_is_refused(
    selection: Selection, kind: str, content: Any
) -> None:
    """At its content."""
    pointers = refusal(selection.rule, kind, content)[1]
    assert pointers and all(one.startswith("/content") for one in pointers)


@pytest.mark.parametrize("kind", ["stages", "principles", "demand", "urgency"])
def test_the_shipped_rules_have_the_form_of_their_kind(selection: Selection, kind: str) -> None:
    """What is shipped can be adopted as it is."""
    rule = selection.call("get_rule_in_force", {"kind": kind})
    assert (rule["id"], rule["version"]) == ("", 0)
    assert selection.rule(kind, rule["content"])["digest"] == rule["digest"]
