"""The reserve pool on both databases: what waits, what comes back, and what is wanted most."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Conflict

from ...harness import example
from .selection import GOVERNMENT, Selection
from .test_candidates import refusal


def result(
    selection: Selection, *candidates: tuple[dict[str, Any], bool], id_: str | None = None
) -> bool:
    """Let the certified result arrive."""
    data = example("ballot", "result.certified.v1")
    chosen, other = data["candidates"]
    data["candidates"] = [
        {**(chosen if wins else other), "candidate_id": one["id"], "name": one["name"]}
        for one, wins in candidates
    ]
    return selection.service.deliver("ballot.result.certified.v1", data, id_=id_)


def test_an_entry_has_the_suggestions_of_its_projects(selection: Selection) -> None:
    """Each once; the event has neither text nor the suggestions' ids."""
    one, two, three = (selection.accepted() for _ in range(3))
    project = selection.distilled(one, two)
    entry = selection.waiting(suggestion_ids=[two, three], suggested_project_ids=[project])
    assert entry["suggestion_ids"] == sorted([one, two, three])
    assert (entry["state"], entry["added_on"]) == ("in-pool", "2022-12-15")
    assert selection.call("get_pool_entry", entry["id"]) == entry
    (event,) = selection.service.events("pool-entry.added.v1")
    assert event.data["suggestions"] == 3 and one not in json.dumps(event.data)


def test_an_entry_leaves_out_what_its_projects_lost(selection: Selection) -> None:
    """What was withdrawn after the distilling gives no ground for waiting."""
    one, two = selection.accepted(), selection.accepted()
    project = selection.distilled(one, two)
    body = {"code": "solved", "happened_on": "2022-12-12"}
    selection.call("withdraw_suggestion", one, body)
    assert selection.waiting(suggested_project_ids=[project])["suggestion_ids"] == [two]


def test_only_accepted_suggestions_stand_behind_an_entry(selection: Selection) -> None:
    """One that was returned is refused, one that does not exist too."""
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "health",
        "title": "合成",
        "text": "合成",
        "happened_on": "2022-11-01",
    }
    made = selection.call("submit_suggestion", body)["id"]
    assert refusal(selection.waiting, suggestion_ids=[made])[0] == "suggestion-not-accepted"
    nobody = str(uuid.uuid4())
    for name in ("suggestion_ids", "suggested_project_ids", "candidate_ids"):
        assert refusal(selection.waiting, **{name: [nobody]})[1] == [f"/{name}/0"]
    assert refusal(selection.waiting, aspect="nowhere")[1] == ["/aspect"]


def test_an_entry_lives_on_until_it_is_chosen(selection: Selection) -> None:
    """Put forward, not chosen, waiting with the reason, put forward again, chosen."""
    project = selection.distilled(selection.accepted())
    entry = selection.waiting(suggested_project_ids=[project])
    first = selection.propose(pool_entry_id=entry["id"])
    assert first["suggested_project_ids"] == [project]
    with pytest.raises(Conflict):
        selection.propose(pool_entry_id=entry["id"])
    result(selection, (first, False))
    assert selection.call("get_candidate", first["id"])["state"] == "not-chosen"
    waiting = selection.call("get_pool_entry", entry["id"])
    assert (waiting["state"], waiting["candidate_ids"]) == ("in-pool", [first["id"]])
    assert waiting["history"][-1]["reason"] == "赞成票未达到规定的比例"
    second = selection.propose(
        year=2024, pool_entry_id=entry["id"], happened_on="2023-12-20", due_on="2024-11-30"
    )
    result(selection, (second, True))
    done = selection.call("get_pool_entry", entry["id"])
    assert (done["state"], done["candidate_ids"]) == ("chosen", [first["id"], second["id"]])
    assert [one["step"] for one in done["history"]] == [
        "added",
        "put-forward",
        "returned",
        "put-forward",
        "chosen",
    ]
    types = [e.type.split(".")[2] for e in selection.service.events() if "pool-entry" in e.type]
    assert types == [one["step"] for one in done["history"]]


def test_a_candidate_that_never_waited_gets_an_entry(selection: Selection) -> None:
    """When it is not chosen: from its own words and suggestions; a second hearing adds nothing."""
    suggestion = selection.accepted()
    project = selection.distilled(suggestion)
    lost, won = selection.propose(suggested_project_ids=[project]), selection.propose()
    assert result(selection, (won, True), (lost, False))
    assert result(selection, (won, True), (lost, False))
    (entry,) = selection.call("list_pool_entries", {"state": "in-pool"})["items"]
    assert (entry["title"], entry["candidate_ids"]) == (lost["name"], [lost["id"]])
    assert entry["suggestion_ids"] == [suggestion]
    assert entry["history"][0]["reason"]
    assert selection.call("get_candidate", lost["id"])["pool_entry_id"] == entry["id"]
    assert selection.call("get_candidate", won["id"])["state"] == "chosen"


def test_a_candidate_is_given_back_by_hand(selection: Selection) -> None:
    """It comes to no vote any more; its entry waits again with the reason."""
    entry = selection.waiting()
    made = selection.propose(pool_entry_id=entry["id"])
    body = {"reason": "资金尚未落实(合成)", "happened_on": "2023-01-05"}
    back = selection.call("return_candidate_to_pool", made["id"], body, roles=GOVERNMENT)
    assert back["state"] == "returned"
    waiting = selection.call("get_pool_entry", entry["id"])
    assert (waiting["state"], waiting["history"][-1]["reason"]) == ("in-pool", body["reason"])
    assert refusal(selection.drawn, made["id"])[0] == "candidate-returned"
    (event,) = selection.service.events("pool-entry.returned.v1")
    assert "资金" not in json.dumps(event.data, ensure_ascii=False)


def test_an_entry_is_extended_and_taken_out_with_a_reason(selection: Selection) -> None:
    """What was taken out is put forward no more; a change counts as one."""
    entry, more = selection.waiting(), selection.accepted()
    body = {"suggestion_ids": [more], "happened_on": "2022-12-16"}
    extended = selection.call("extend_pool_entry", entry["id"], body)
    assert extended["suggestion_ids"] == [more] and extended["version"] > entry["version"]
    assert selection.call("extend_pool_entry", entry["id"], body)["suggestion_ids"] == [more]
    early = {"reason": "已由其他项目解决(合成)", "happened_on": "2022-12-01"}
    assert refusal(selection.call, "remove_pool_entry", entry["id"], early)[0] == "day-before"
    removed = selection.call(
        "remove_pool_entry", entry["id"], early | {"happened_on": "2022-12-17"}
    )
    assert (removed["state"], removed["history"][-1]["reason"]) == ("removed", early["reason"])
    assert refusal(selection.propose, pool_entry_id=entry["id"])[0] == "pool-entry-state"
    found = selection.call("list_pool_entries", {"state": "removed", "aspect": "elderly-care"})
    assert [one["id"] for one in found["items"]] == [entry["id"]]


def counted(selection: Selection, id_: str, supporters: int, cosigners: int) -> None:
    """Give a suggestion its supports and co-signatures."""
    table = selection.service.metadata.tables["suggestions"]
    values = {"supporters": supporters, "cosigners": cosigners}
    with selection.service.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == id_).values(values))


def test_what_waits_is_ordered_by_present_demand_with_why(selection: Selection) -> None:
    """Supports, recent suggestions, places, co-signatures: in numbers and in words."""
    old = selection.accepted(happened_on="2021-06-01")
    recent = selection.accepted(place={"division": "330102"})
    counted(selection, old, 7, 0)
    counted(selection, recent, 2, 4)
    wanted = selection.waiting(suggestion_ids=[old, recent], happened_on="2022-12-16")
    quiet = selection.waiting(suggestion_ids=[recent])
    empty = selection.waiting(aspect="health")
    pool = selection.call("get_reserve_pool", {"on": "2023-01-01"})
    assert [one["id"] for one in pool["items"]] == [wanted["id"], quiet["id"], empty["id"]]
    first = pool["items"][0]
    assert {one["code"]: one["points"] for one in first["reasons"]} == {
        "supporters": 9,
        "recent": 5,
        "places": 20,
        "cosigners": 12,
    }
    assert (first["score"], first["rank"], first["suggestions"]) == (46, 1, 2)
    assert first["reasons"][1]["zh"] == "近 12 个月的建议 1 件 × 5 = 5"
    assert (pool["total"], pool["next"], pool["rule"]["id"]) == (3, None, None)
    assert "按件分别计数" in pool["note_zh"]
    assert pool["items"][2]["score"] == 0
    of_aspect = selection.call("get_reserve_pool", {"on": "2023-01-01", "aspect": "health"})
    assert [one["id"] for one in of_aspect["items"]] == [empty["id"]]
    page = selection.call("get_reserve_pool", {"on": "2023-01-01", "limit": "1", "after": "1"})
    assert [(one["rank"], one["id"]) for one in page["items"]] == [(2, quiet["id"])]
    assert page["next"] == 2


def test_the_day_decides_what_counts(selection: Selection) -> None:
    """Neither an entry nor a suggestion from after it, nor a rule; what left the pool is gone."""
    late = selection.accepted(happened_on="2022-11-20")
    entry = selection.waiting(suggestion_ids=[late])
    assert selection.call("get_reserve_pool", {"on": "2022-12-14"})["items"] == []
    weights = {"supporters": 0, "recent": 100, "places": 0, "cosigners": 0}
    rule = selection.rule("demand", {"months": 1, "weights": weights}, "2022-12-18")
    for day, score, id_ in (
        ("2022-12-17", 15, None),
        ("2022-12-18", 100, rule["id"]),
        ("2022-12-20", 0, rule["id"]),
    ):
        pool = selection.call("get_reserve_pool", {"on": day})
        assert ([one["score"] for one in pool["items"]], pool["rule"]["id"]) == ([score], id_)
    selection.propose(pool_entry_id=entry["id"])
    assert selection.call("get_reserve_pool", {"on": "2023-01-01"})["items"] == []


def test_the_number_of_statements_does_not_grow(selection: Selection) -> None:
    """However many entries wait: the rule, the total, the page."""
    suggestion = selection.accepted()
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    sa.event.listen(selection.service.engine, "before_cursor_execute", note)
    seen = []
    for _ in range(3):
        selection.waiting(suggestion_ids=[suggestion])
        statements.clear()
        selection.call("get_reserve_pool", {"on": "2023-01-01"})
        seen.append(sum("SELECT" in one for one in statements))
    assert seen == [3, 3, 3]


def test_two_thousand_entries_are_ordered_at_once(selection: Selection) -> None:
    """With fifty suggestions each: every row counted, in well under the deadline of a call."""
    tables, now = selection.service.metadata.tables, dt.datetime.now(dt.UTC)
    day = dt.date(2022, 12, 1)
    suggestions = [str(uuid.UUID(int=n + 1)) for n in range(5000)]
    entries = [str(uuid.UUID(int=n + 1)) for n in range(2000)]
    fixed = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "health",
        "title": "合成",
        "text": "合成",
        "state": "accepted",
        "happened_on": day,
        "recorded_at": now,
        "version": 1,
        "cosigners": 0,
    }
    of_entry = {
        "title": "合成",
        "text": "合成",
        "aspect": "health",
        "suggested_project_ids": [],
        "candidate_ids": [],
        "state": "in-pool",
        "added_on": day,
        "history": [],
        "recorded_at": now,
        "version": 1,
    }
    with selection.service.engine.begin() as connection:
        rows = [
            {**fixed, "id": id_, "supporters": n % 7, "division": f"3301{n % 13:02d}"}
            for n, id_ in enumerate(suggestions)
        ]
        connection.execute(sa.insert(tables["suggestions"]), rows)
        made = [{**of_entry, "id": id_} for id_ in entries]
        connection.execute(sa.insert(tables["pool_entries"]), made)
        links = [
            {"entry_id": id_, "suggestion_id": suggestions[(n * 17 + k) % 5000]}
            for n, id_ in enumerate(entries)
            for k in range(50)
        ]
        connection.execute(sa.insert(tables["pool_suggestions"]), links)
    began = dt.datetime.now(dt.UTC)
    pool = selection.call("get_reserve_pool", {"on": "2023-01-01", "limit": "200"})
    took = (dt.datetime.now(dt.UTC) - began).total_seconds()
    assert (pool["total"], len(pool["items"])) == (2000, 200)
    expected = max(sum((n * 17 + k) % 5000 % 7 for k in range(50)) for n in range(2000))
    assert pool["items"][0]["score"] == expected + 50 * 5 + 13 * 10
    scores = [one["score"] for one in pool["items"]]
    assert scores == sorted(scores, reverse=True)
    assert took < 3, took
