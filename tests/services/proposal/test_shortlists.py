"""Shortlists on both databases: stages, margin, digest, the document, who sees a draft."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.canonical import digest
from services.commons.errors import Conflict, Forbidden, NotFound, ServiceError

from .selection import GOVERNMENT, Selection
from .test_candidates import refusal

DOCUMENT = Path(__file__).parents[3] / "docs" / "selection.md"
STAGES = [
    ("departments", False, False),
    ("government", True, True),
    ("standing-committee", True, False),
    ("congress", True, False),
]


def strict() -> list[dict[str, Any]]:
    """Stages of which more are required than in the shipped example."""
    return [
        {
            "code": code,
            "name": f"{code}(合成)",
            "body": "示例机关(合成)",
            "required": required,
            "needs_document": document,
            "adopts": code == "standing-committee",
        }
        for code, required, document in STAGES
    ]


def missing(shortlist: dict[str, Any]) -> list[str]:
    """What a shortlist lacks: the stages by their code, the rest by what it is."""
    return [one["stage"] or one["code"] for one in shortlist["missing"]]


def test_the_shipped_stages_ask_for_the_standing_committee_alone(selection: Selection) -> None:
    """Its adoption is that stage, so whoever adopted before goes on as before."""
    drawn = selection.drawn(selection.propose()["id"])
    assert missing(drawn) == ["standing-committee", "adoption-missing"]
    assert (drawn["margin"], drawn["digest"], drawn["candidates"]) == (None, None, None)
    adopted = selection.adopt(drawn["id"])
    assert missing(adopted) == []
    (stage,) = adopted["stages"]
    assert (stage["stage"], stage["body"], stage["happened_on"]) == (
        "standing-committee",
        "市人大常委会(合成)",
        "2023-01-18",
    )
    assert adopted["rule"]["id"] is None


def test_a_list_goes_through_every_stage_in_order(selection: Selection) -> None:
    """Each kept with who, when and the document's number, and the list as it left it."""
    ids = [selection.propose()["id"] for _ in range(3)]
    drawn = selection.drawn(*ids, seats=1)
    selection.stage(drawn["id"], "departments", person="示例负责人(合成)")
    selection.stage(drawn["id"], "deputies", candidate_ids=ids[:2])
    selection.stage(drawn["id"], "government", document_number="示例〔2023〕1号")
    again = refusal(selection.stage, drawn["id"], "deputies")
    assert again[0] == "stage-passed"
    assert refusal(selection.stage, drawn["id"], "congress")[0] == "stage-missing"
    selection.stage(drawn["id"], "party-committee")
    selection.stage(drawn["id"], "standing-committee", happened_on="2023-01-17")
    adopted = selection.adopt(drawn["id"])
    done = selection.stage(drawn["id"], "congress", happened_on="2023-02-20")
    assert [one["stage"] for one in done["stages"]] == [
        "departments",
        "deputies",
        "government",
        "party-committee",
        "standing-committee",
        "congress",
    ]
    assert done["stages"][0]["person"] == "示例负责人(合成)"
    assert done["stages"][2]["document_number"] == "示例〔2023〕1号"
    assert [len(one["candidate_ids"]) for one in done["stages"]] == [3, 2, 2, 2, 2, 2]
    assert done["candidate_ids"] == ids[:2] and done["digest"] == adopted["digest"]
    events = selection.service.events("shortlist.stage-passed.v1")
    assert [event.data["stage"] for event in events] == [one["stage"] for one in done["stages"]]
    assert "示例负责人" not in json.dumps([event.data for event in events], ensure_ascii=False)
    (drew,) = selection.service.events("shortlist.drawn-up.v1")
    assert (drew.data["candidate_ids"], drew.data["seats"]) == (ids, 1)


def test_a_return_opens_the_stage_before(selection: Selection) -> None:
    """It needs its reason; then the earlier stage comes once more."""
    drawn = selection.drawn(selection.propose()["id"])
    selection.stage(drawn["id"], "deputies")
    selection.stage(drawn["id"], "government")
    back = {"outcome": "returned", "happened_on": "2023-01-13"}
    assert refusal(selection.stage, drawn["id"], "party-committee", **back)[1] == ["/note"]
    back["note"] = "补充资金来源(合成)"
    selection.stage(drawn["id"], "party-committee", **back)
    later = {"happened_on": "2023-01-14"}
    assert refusal(selection.stage, drawn["id"], "deputies", **later)[0] == "stage-passed"
    selection.stage(drawn["id"], "government", **later)
    done = selection.stage(drawn["id"], "party-committee", **later)
    assert [one["outcome"] for one in done["stages"]] == [
        "passed",
        "passed",
        "returned",
        "passed",
        "passed",
    ]
    (event,) = selection.service.events("shortlist.stage-returned.v1")
    assert "资金" not in json.dumps(event.data, ensure_ascii=False)


def test_the_government_does_not_speak_for_the_standing_committee(selection: Selection) -> None:
    """Its own stages it records; from the one that adopts on it is the congress's office."""
    drawn = selection.drawn(selection.propose()["id"])
    body = {"body": "示例机关(合成)", "outcome": "passed", "happened_on": "2023-01-12"}
    for stage in ("government", "party-committee"):
        sent = body | {"stage": stage}
        selection.call("pass_shortlist_stage", drawn["id"], sent, roles=GOVERNMENT)
    for stage in ("standing-committee", "congress"):
        sent = body | {"stage": stage}
        with pytest.raises(Forbidden):
            selection.call("pass_shortlist_stage", drawn["id"], sent, roles=GOVERNMENT)


def test_what_the_rule_requires_must_come_first(selection: Selection) -> None:
    """Adoption is refused with what is missing; a document's number where it is needed."""
    rule = selection.rule("stages", strict())
    drawn = selection.drawn(selection.propose()["id"])
    assert drawn["rule"] == {"id": rule["id"], "digest": rule["digest"]}
    assert missing(drawn)[:3] == ["government", "standing-committee", "congress"]
    assert refusal(selection.adopt, drawn["id"]) == ("stage-missing", ["/stage"])
    assert refusal(selection.stage, drawn["id"], "government")[1] == ["/document_number"]
    selection.stage(drawn["id"], "government", document_number="示例〔2023〕1号")
    adopted = selection.adopt(drawn["id"])
    assert missing(adopted) == ["congress"]
    done = selection.stage(drawn["id"], "congress", happened_on="2023-02-20")
    assert missing(done) == []


def test_a_later_rule_does_not_change_a_list_on_its_way(selection: Selection) -> None:
    """It goes on under the stages that were in force when it was drawn up."""
    drawn = selection.drawn(selection.propose()["id"])
    selection.rule("stages", strict(), "2023-01-11")
    assert selection.adopt(drawn["id"])["rule"]["id"] is None


def test_a_list_of_the_release_before_follows_the_stages_of_its_day(selection: Selection) -> None:
    """Its row has none of the new columns."""
    drawn = selection.drawn(selection.propose()["id"])
    table = selection.service.metadata.tables["shortlists"]
    with selection.service.engine.begin() as connection:
        connection.execute(sa.update(table).values(rule=None))
    assert selection.call("get_shortlist", drawn["id"])["rule"] is None
    assert [one["stage"] for one in selection.adopt(drawn["id"])["stages"]] == [
        "standing-committee"
    ]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"stage": "nowhere"}, "/stage"),
        ({"outcome": "perhaps"}, "/outcome"),
        ({"happened_on": "2023-01-09"}, "/happened_on"),
        ({"candidate_ids": []}, "/candidate_ids"),
        ({"candidate_ids": ["11111111-1111-4111-8111-111111111111"]}, "/candidate_ids/0"),
        ({"document_number": "长" * 61}, "/document_number"),
    ],
)
def test_a_bad_stage_is_refused_at_its_place(
    selection: Selection, changes: dict[str, Any], pointer: str
) -> None:
    """The error says where, and the list stays as it was."""
    drawn = selection.drawn(selection.propose()["id"])
    changes = {"stage": "government"} | changes
    assert refusal(selection.stage, drawn["id"], **changes)[1] == [pointer]
    assert selection.call("get_shortlist", drawn["id"]) == drawn


def test_an_adopted_list_changes_no_more(selection: Selection) -> None:
    """No stage before the adoption, no other candidates, no return."""
    one, other = selection.propose()["id"], selection.propose()["id"]
    drawn = selection.drawn(one)
    selection.adopt(drawn["id"])
    day = {"happened_on": "2023-02-20"}
    assert refusal(selection.adopt, drawn["id"], **day)[0] == "shortlist-adopted"
    for changes in ({"candidate_ids": [other]}, {"outcome": "returned", "note": "合成"}):
        code = refusal(selection.stage, drawn["id"], "congress", **day, **changes)[0]
        assert code == "shortlist-adopted"
    assert refusal(selection.stage, drawn["id"], "government", **day)[0] == "stage-passed"


def test_nothing_comes_after_the_adoption_before_it(selection: Selection) -> None:
    """A standing committee that has dealt with the list has not adopted it by that alone."""
    drawn = selection.drawn(selection.propose()["id"])
    selection.stage(drawn["id"], "standing-committee")
    assert refusal(selection.stage, drawn["id"], "congress")[0] == "shortlist-not-adopted"


def test_the_margin_is_shown_and_must_not_be_negative(selection: Selection) -> None:
    """13 candidates for 10 seats are 3/10 more; fewer than seats cannot be adopted."""
    ids = [selection.propose()["id"] for _ in range(13)]
    drawn = selection.drawn(*ids, seats=10)
    assert drawn["margin"] == {"candidates": 13, "seats": 10, "more": 3, "share": "3/10"}
    short = selection.drawn(*ids[:2], seats=3)
    assert "candidates-missing" in missing(short)
    assert refusal(selection.adopt, short["id"])[0] == "candidates-missing"
    for seats in (0, "10", 1.5):
        assert refusal(selection.drawn, ids[0], seats=seats)[1] == ["/seats"]


def test_anybody_can_compute_the_digest_again(selection: Selection) -> None:
    """From what is shown and from the event; also by the lines of docs/selection.md alone."""
    made = selection.call("propose_candidate", selection.whole(), roles=GOVERNMENT)
    plain = selection.propose()
    drawn = selection.drawn(made["id"], plain["id"], seats=1)
    adopted = selection.adopt(drawn["id"])
    shown = selection.call("get_shortlist", drawn["id"], roles=())
    assert shown["candidates"] == adopted["candidates"]
    (event,) = selection.service.events("shortlist.adopted.v1")
    for candidates in (shown["candidates"], event.data["candidates"]):
        assert digest(candidates) == shown["digest"] == event.data["digest"]
    text = DOCUMENT.read_text("utf-8")
    written: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], written)
    candidates = json.loads(json.dumps(event.data["candidates"]))
    assert written["digest"](candidates) == shown["digest"]
    candidates[0]["budget_yuan"] += 1
    assert written["digest"](candidates) != shown["digest"]


def test_the_public_sees_what_was_adopted(selection: Selection) -> None:
    """A draft is for those who work on it."""
    drawn = selection.drawn(selection.propose()["id"])
    for roles in ((), ("resident",)):
        with pytest.raises(NotFound):
            selection.call("get_shortlist", drawn["id"], roles=roles)
        assert selection.call("list_shortlists", {}, roles=roles)["items"] == []
    with pytest.raises(NotFound):
        selection.call("get_shortlist_document", drawn["id"])
    adopted = selection.adopt(drawn["id"])
    assert selection.call("get_shortlist", drawn["id"], roles=()) == adopted
    assert selection.call("list_shortlists", {"year": "2023"}, roles=())["items"] == [adopted]


def test_the_document_is_for_people(selection: Selection) -> None:
    """Names instead of ids, money in 万元, the margin, the stages, and no way out of a cell."""
    body = selection.whole(name="助餐|<b>助浴</b>(合成)")
    made = selection.call("propose_candidate", body, roles=GOVERNMENT)
    drawn = selection.drawn(made["id"], selection.propose()["id"], seats=1)
    selection.stage(drawn["id"], "government", document_number="示例〔2023〕1号")
    adopted = selection.adopt(drawn["id"])
    document = selection.call("get_shortlist_document", drawn["id"], roles=())
    text = document["markdown"]
    assert document["digest"] == adopted["digest"] and adopted["digest"] in text
    assert text.startswith("# 2023年民生实事候选项目清单\n")
    assert "候选项目2项,应选1项,差额1项(占应选数的1)" in text
    rows = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert len(rows) == 1
    assert rows[0].replace("\\|", "").count("|") == 10
    for part in (
        "助餐\\|\\<b\\>助浴",
        "养老",
        "示例甲局(合成)(配合:示例乙局(合成))",
        "食堂(120家,2023-09-30前)",
        "送餐(愿接尽接)",
        "5000万元",
        "2000万元",
    ):
        assert part in rows[0]
    assert "示例〔2023〕1号" in text


def test_a_year_has_one_adopted_shortlist(selection: Selection) -> None:
    """A second one is refused with the id of the first, also if it shares no candidate."""
    first = selection.drawn(selection.propose()["id"])
    second = selection.drawn(selection.propose()["id"])
    later = selection.drawn(selection.propose(year=2024)["id"], year=2024)
    selection.adopt(first["id"])
    with pytest.raises(Conflict) as caught:
        selection.adopt(second["id"])
    assert caught.value.code == "year-adopted" and first["id"] in caught.value.en
    assert selection.call("get_shortlist", second["id"])["adopted_on"] is None
    selection.adopt(later["id"])


def test_of_two_adoptions_at_once_one_succeeds(selection: Selection) -> None:
    """Neither has seen the other's when it began."""
    drawn = [selection.drawn(selection.propose()["id"])["id"] for _ in range(4)]
    gate, refused = threading.Barrier(len(drawn)), []

    def adopt(id_: str) -> None:
        gate.wait()
        try:
            selection.adopt(id_)
        except Conflict as exc:
            refused.append(exc.code)

    threads = [threading.Thread(target=adopt, args=(id_,)) for id_ in drawn]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert refused == ["year-adopted"] * 3
    assert len(selection.call("list_shortlists", {"year": "2023"}, roles=())["items"]) == 1


def test_a_candidate_that_is_decided_comes_on_no_other_list(selection: Selection) -> None:
    """Neither drawn up, nor at a stage, nor by the adoption of a list from before."""
    one, other = selection.propose()["id"], selection.propose()["id"]
    first, before = selection.drawn(one), selection.drawn(one, other)
    free = selection.drawn(other)
    selection.adopt(first["id"])
    assert refusal(selection.drawn, one, other) == ("candidate-decided", ["/candidate_ids"])
    changed = {"candidate_ids": [one, other]}
    assert refusal(selection.stage, free["id"], "government", **changed)[0] == "candidate-decided"
    assert refusal(selection.adopt, before["id"])[0] in ("candidate-decided", "year-adopted")
    table = selection.service.metadata.tables["candidates"]
    for state in ("chosen", "not-chosen"):
        with selection.service.engine.begin() as connection:
            connection.execute(sa.update(table).where(table.c.id == one).values(state=state))
        assert refusal(selection.drawn, one)[0] == "candidate-decided"
        with pytest.raises(ServiceError):
            selection.adopt(before["id"])
        assert selection.call("get_candidate", one)["state"] == state


def test_what_the_release_before_adopted_is_known_by_its_list(selection: Selection) -> None:
    """Its candidates have no state of their own."""
    one = selection.propose()["id"]
    selection.adopt(selection.drawn(one)["id"])
    table = selection.service.metadata.tables["candidates"]
    with selection.service.engine.begin() as connection:
        connection.execute(sa.update(table).values(state="proposed"))
    assert refusal(selection.drawn, one)[0] == "candidate-decided"


def test_shortlists_are_filtered_and_sorted(selection: Selection) -> None:
    """By year, day and whether they were adopted; the public's list by the same."""
    ids = [
        selection.drawn(selection.propose()["id"], happened_on=f"2023-01-{day}")["id"]
        for day in (12, 11, 10)
    ]
    selection.adopt(ids[2])

    def listed(params: dict[str, str], *roles: str) -> list[str]:
        page = selection.call("list_shortlists", params, roles=roles)
        return [one["id"] for one in page["items"]]

    falling = {"sort": "-happened_on"}
    assert listed(falling, "clerk") == ids
    assert listed({"sort": "happened_on"}, "clerk") == ids[::-1]
    assert listed({"sort": "recorded_at"}, "clerk") == ids
    assert listed({"adopted": "true"}, "clerk") == ids[2:]
    assert listed({"adopted": "false"} | falling, "clerk") == ids[:2]
    assert listed({"from": "2023-01-11", "to": "2023-01-11"}, "clerk") == [ids[1]]
    assert listed({"year": "2024"}, "clerk") == []
    assert listed(falling) == ids[2:] and listed({"adopted": "false"}) == []
