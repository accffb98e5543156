"""What comes back by event: authors are told, once, whatever order the events come in."""

from __future__ import annotations

import itertools
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Invalid, NotFound
from services.proposal.service import ProposalService

from ...harness import Harness, example
from .samples import Collection, certified, completed, looked_back, progressed, scored

Json = dict[str, Any]


@pytest.fixture
def collection(serve: Callable[[Any], Harness]) -> Collection:
    """The service with an aspect and two units."""
    return Collection(serve(ProposalService))


def behind(collection: Collection, count: int = 1, name: str = "助餐服务(合成)") -> list[Any]:
    """A candidate and the suggestions behind it."""
    ids = [collection.accepted()["id"] for _ in range(count)]
    project = collection.project(ids)
    return [collection.candidate([project["id"]], name), ids]


def test_authors_are_told_chosen_or_not_with_reason_and_votes(collection: Collection) -> None:
    """Of every candidate; the same result again tells nobody twice."""
    deputy = collection.enrolled()
    chosen, (mine, *_) = behind(collection, 2)
    of_deputy = collection.accepted(deputy_id=deputy)["id"]
    other = collection.candidate([collection.project([of_deputy])["id"]], "电梯(合成)")
    collection.shortlisted([chosen["id"], other["id"]])
    result = certified([chosen], [other])
    for id_ in (None, None):
        collection.harness.deliver("ballot.result.certified.v1", result, id_=id_)
    told = collection.follow_ups(mine)[-1]
    assert (told["milestone"], told["reason"]) == ("chosen", "passed")
    assert told["votes"] == {"approve": 470, "oppose": 9, "abstain": 10}
    told = collection.follow_ups(of_deputy)[-1]
    assert (told["milestone"], told["project_id"]) == ("not-chosen", other["id"])
    assert told["reason"] == "below-threshold" and told["votes"]["approve"] == 255
    assert collection.milestones(of_deputy) == [
        "accepted",
        "distilled",
        "proposed",
        "shortlisted",
        "not-chosen",
    ]
    events = collection.harness.events("suggestion.followed-up.v1")
    last = next(e for e in events if e.data["milestone"] == "not-chosen")
    assert last.data["recipients"] == {"deputy_ids": [deputy], "author": False}
    assert len([e for e in events if e.data["milestone"] == "chosen"]) == 2


@pytest.mark.parametrize("how", ["returned", "withdrawn"])
def test_nobody_is_told_of_a_project_that_her_suggestion_left(
    collection: Collection, how: str
) -> None:
    """Returned after all, or withdrawn: it is no more behind what was distilled from it."""
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "she"}
    gone, stays = collection.accepted(by="she")["id"], collection.accepted()["id"]
    project = collection.project([gone, stays])
    if how == "returned":
        correction = {"text": "改后的文本(合成)", "happened_on": "2022-12-11"}
        collection.call("correct_suggestion", gone, correction, **her)
        sorting = {"outcome": "returned", "reason": "合成", "happened_on": "2022-12-12"}
        collection.call("sort_suggestion", gone, sorting)
    else:
        body = {"code": "solved", "happened_on": "2022-12-12"}
        collection.call("withdraw_suggestion", gone, body, **her)
    before = collection.milestones(gone)
    candidate = collection.candidate([project["id"]])
    collection.shortlisted([candidate["id"]])
    collection.harness.deliver("ballot.result.certified.v1", certified([], [candidate]))
    assert collection.milestones(gone) == before
    assert collection.milestones(stays)[-1] == "not-chosen"
    behind_it = collection.call("trace_project", candidate["id"])["suggestions"]
    assert [one["suggestion"]["id"] for one in behind_it] == [stays]
    (entry,) = collection.call("list_pool_entries", {"state": "in-pool"})["items"]
    assert entry["suggestion_ids"] == [stays]


def later(candidate: Json) -> list[tuple[str, Json, int]]:
    """Everything that is heard of a project after the vote: type, data, version."""
    done = completed(candidate) | {"completed_on": "2023-11-18"}
    return [
        ("ballot.result.certified.v1", certified([candidate], []), 1),
        ("supervision.project.progressed.v1", progressed(candidate, "2023-04", 20), 2),
        ("supervision.project.progressed.v1", progressed(candidate, "2023-06", 60), 3),
        (
            "supervision.project.progressed.v1",
            progressed(candidate, "2023-06", None, item=1, share=0.8),
            4,
        ),
        ("supervision.project.completed.v1", done, 5),
        ("supervision.look-back.recorded.v1", looked_back(candidate), 1),
        ("survey.score.published.v1", scored(candidate), 1),
    ]


AFTERWARDS = {"chosen", "begun", "half-done", "completed", "looked-back", "scored"}


def test_every_later_milestone_is_told(collection: Collection) -> None:
    """First progress, half done, completed, looked back, scored."""
    candidate, (mine,) = behind(collection)
    heard = later(candidate)
    for type_, data, version in heard[:2]:
        collection.harness.deliver(type_, data, version=version)
    assert set(collection.milestones(mine)) & AFTERWARDS == {"chosen", "begun"}
    for type_, data, version in heard[2:3]:
        collection.harness.deliver(type_, data, version=version)
    assert "half-done" not in collection.milestones(mine)  # 60 % and 0 %: 30 % on the whole
    for type_, data, version in heard[3:]:
        collection.harness.deliver(type_, data, version=version)
    found = {one["milestone"]: one for one in collection.follow_ups(mine)}
    assert found.keys() >= AFTERWARDS
    assert found["looked-back"]["reason"] == "effective"
    assert found["scored"]["reason"] == "satisfied"
    assert found["completed"]["happened_on"] == "2023-11-18"
    assert {found[name]["project_id"] for name in AFTERWARDS} == {candidate["id"]}


@pytest.mark.parametrize("order", [(6, 5, 4, 3, 2, 1, 0), (3, 0, 5, 2, 6, 1, 4)])
def test_disorder_and_repeats_change_nothing(
    collection: Collection, order: tuple[int, ...]
) -> None:
    """In any order and twice: each milestone is told once, and the state is the newest."""
    candidate, (mine,) = behind(collection)
    heard = later(candidate)
    ids = [str(uuid.uuid4()) for _ in heard]
    for number in [*order, *order]:
        type_, data, version = heard[number]
        collection.harness.deliver(type_, data, version=version, id_=ids[number])
    for number in order:  # as another event: the producer's repeat has an id of its own
        type_, data, version = heard[number]
        collection.harness.deliver(type_, data, version=version)
    told = collection.milestones(mine)
    assert len(told) == len(set(told)) and set(told) >= AFTERWARDS
    (traced,) = collection.call("trace_suggestion", mine)["candidates"]
    assert traced["project"]["completed_on"] == "2023-11-18"
    assert len(traced["project"]["scores"]) == 1 and len(traced["look_backs"]) == 1


def test_a_completion_taken_back_shows_as_work_in_progress(collection: Collection) -> None:
    """The newest version of the project's state counts."""
    candidate, (mine,) = behind(collection)
    for type_, data, version in later(candidate)[:5]:
        collection.harness.deliver(type_, data, version=version)
    again = progressed(candidate, "2023-12", 90)
    collection.harness.deliver("supervision.project.progressed.v1", again, version=6)
    (traced,) = collection.call("trace_suggestion", mine)["candidates"]
    assert traced["project"]["completed_on"] is None
    assert traced["project"]["share"] == pytest.approx((0.9 + 0.8) / 2)


def test_who_matches_a_chosen_project_is_told_of_its_work(collection: Collection) -> None:
    """A match counts as standing behind it; every judgement is kept, and told."""
    candidate, _ = behind(collection)
    one = collection.accepted()
    collection.harness.deliver("ballot.result.certified.v1", certified([candidate], []))
    item = candidate["sub_items"][0]["id"]
    for sub_item_id, day in ((None, "2023-03-01"), (item, "2023-03-05")):
        body = {"sub_item_id": sub_item_id, "happened_on": day}
        collection.call("match_suggestion", one["id"], body, subject=f"judge-{day}")
    history = collection.call("list_matches", one["id"], {})["items"]
    assert [(m["sub_item_id"], m["matched_by"]) for m in history] == [
        (None, "judge-2023-03-01"),
        (item, "judge-2023-03-05"),
    ]
    collection.harness.deliver(
        "supervision.project.progressed.v1", progressed(candidate, "2023-04", 20), version=2
    )
    told = collection.follow_ups(one["id"])
    assert [t["milestone"] for t in told] == ["accepted", "matched", "matched", "begun"]
    assert [t["reason"] for t in told[1:3]] == ["matches-none", "matches"]


def test_a_judgement_from_before_the_history_is_kept(collection: Collection) -> None:
    """What only the suggestion's own columns hold goes into the history first."""
    one = collection.accepted()
    harness = collection.harness
    suggestions = harness.metadata.tables["suggestions"]
    with harness.engine.begin() as connection:
        old = {"matched_on": _day("2023-03-01"), "matched_by": "earlier"}
        connection.execute(suggestions.update().where(suggestions.c.id == one["id"]).values(old))
    body = {"sub_item_id": None, "happened_on": "2023-03-05"}
    collection.call("match_suggestion", one["id"], body, subject="later")
    history = collection.call("list_matches", one["id"], {})["items"]
    assert [m["matched_by"] for m in history] == ["earlier", "later"]


def _day(text: str) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(text)


def test_which_milestones_are_told_is_data(collection: Collection) -> None:
    """A rule with one milestone at 20 % and no other."""
    content = [{"code": "fifth", "name": "两成", "when": "progressed", "share": 0.2}]
    rule = {
        "kind": "milestones",
        "title": "节点(合成)",
        "text": "合成",
        "source": "合成",
        "adopted_by": "办公室(合成)",
        "happened_on": "2022-06-01",
        "content": content,
    }
    collection.call("adopt_rule", rule)
    candidate, (mine,) = behind(collection)
    for month, quantity in (("2023-03", 30), ("2023-05", 50), ("2023-06", 60)):
        data = progressed(candidate, month, quantity)
        collection.harness.deliver(
            "supervision.project.progressed.v1", data, version=int(month[-1])
        )
    assert [(t["milestone"], t["happened_on"]) for t in collection.follow_ups(mine)] == [
        ("fifth", "2023-05-28")
    ]
    for broken in ({"when": "someday"}, {"share": 2}, {"code": "Not A Code"}):
        with pytest.raises(Invalid):
            collection.call("adopt_rule", rule | {"content": [content[0] | broken]})


def test_events_of_others_may_grow(collection: Collection) -> None:
    """A reader overlooks what it does not know and names the place of what it cannot read."""
    from services.chassis.store import load
    from services.proposal import readers

    for reader, producer, name in (
        (readers.ResultCertified, "ballot", "result.certified.v1"),
        (readers.ProjectProgressed, "supervision", "project.progressed.v1"),
        (readers.ProjectCompleted, "supervision", "project.completed.v1"),
        (readers.LookBackRecorded, "supervision", "look-back.recorded.v1"),
        (readers.ScorePublished, "survey", "score.published.v1"),
    ):
        data = example(producer, name)
        assert load(reader, data | {"something_new": 1})["id"] == data["id"]
        with pytest.raises(Invalid):
            load(reader, data | {"id": "not an id"})


def test_the_author_reads_her_own_follow_ups_only(collection: Collection) -> None:
    """To another resident there is none."""
    contact = {"name": "合成", "phone": "13800000000"}
    one = collection.accepted(by="she", contact=contact)
    her: dict[str, Any] = {"roles": ("resident",), "subject": "she"}
    assert collection.call("list_follow_ups", one["id"], {}, **her)["items"]
    assert collection.call("trace_suggestion", one["id"], **her)["suggestion"]["id"] == one["id"]
    (event,) = collection.harness.events("suggestion.followed-up.v1")
    assert event.data["recipients"] == {"deputy_ids": [], "author": True}
    assert "13800000000" not in str(event.data)
    with pytest.raises(NotFound):
        collection.call("list_follow_ups", one["id"], {}, roles=("resident",), subject="x")
    with pytest.raises(NotFound):
        collection.call("trace_suggestion", one["id"], roles=("resident",), subject="x")


def test_a_large_result_is_one_transaction_of_seconds(collection: Collection) -> None:
    """13 candidates with 300 suggestions behind each: 3900 authors told, once each."""
    harness = collection.harness
    candidates = [collection.candidate([], f"候选{n}(合成)") for n in range(13)]
    tables = harness.metadata.tables
    template = collection.accepted()
    with harness.engine.begin() as connection:
        suggestions = tables["suggestions"]
        row = connection.execute(
            suggestions.select().where(suggestions.c.id == template["id"])
        ).one()
        made = [str(uuid.uuid4()) for _ in range(13 * 300)]
        same = row._asdict()
        connection.execute(suggestions.insert(), [same | {"id": id_} for id_ in made])
        projects = [str(uuid.uuid4()) for _ in candidates]
        links = [
            {"candidate_id": c["id"], "project_id": p}
            for c, p in zip(candidates, projects, strict=True)
        ]
        connection.execute(tables["candidate_suggested_projects"].insert(), links)
        pairs = zip(made, itertools.cycle(projects), strict=False)
        members = [
            {
                "id": str(uuid.uuid4()),
                "project_id": project,
                "suggestion_id": id_,
                "added_on": _day("2022-12-10"),
                "version": 1,
            }
            for id_, project in pairs
        ]
        connection.execute(tables["suggested_project_suggestions"].insert(), members)
    result = certified(candidates[:10], candidates[10:])
    began = time.monotonic()
    assert collection.harness.deliver("ballot.result.certified.v1", result, id_=str(uuid.uuid4()))
    took = time.monotonic() - began
    assert not collection.milestones(template["id"])[1:]
    told = [
        e.data["milestone"]
        for e in collection.harness.events("suggestion.followed-up.v1")
        if e.data["milestone"] in ("chosen", "not-chosen")
    ]
    assert (told.count("chosen"), told.count("not-chosen")) == (3000, 900)
    assert took < 20, f"{took:.1f} s"
    print(f"{took:.2f} s")


def test_authors_are_told_of_a_candidate_that_goes_back_to_the_pool(collection: Collection) -> None:
    """With a code; the words of whoever gave it back are in no event."""
    candidate, (mine, other) = behind(collection, 2)
    body = {"reason": "用地尚未落实(合成)", "happened_on": "2022-12-28"}
    collection.call("return_candidate_to_pool", candidate["id"], body)
    for id_ in (mine, other):
        told = collection.follow_ups(id_)[-1]
        assert (told["milestone"], told["reason"]) == ("returned-to-pool", "not-put-to-vote")
        assert (told["project_id"], told["about_id"]) == (candidate["id"], candidate["id"])
        assert (told["votes"], told["happened_on"]) == (None, "2022-12-28")
    events = collection.harness.events("suggestion.followed-up.v1")
    assert sum(e.data["milestone"] == "returned-to-pool" for e in events) == 2
    assert not any("用地" in json.dumps(e.data, ensure_ascii=False) for e in events)


def test_what_was_told_on_one_day_stands_in_the_order_of_the_telling(
    collection: Collection,
) -> None:
    """Not in that of random ids."""
    day = "2022-12-20"
    ids = [collection.accepted(day)["id"] for _ in range(5)]
    collection.candidate([collection.project(ids, day)["id"]])
    for id_ in ids:
        assert collection.milestones(id_) == ["accepted", "distilled", "proposed"]
