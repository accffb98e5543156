"""Up from a suggestion to its project and back, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import NotFound
from services.proposal.service import ProposalService

from ...harness import Harness
from .samples import Collection, certified, completed, looked_back, progressed, scored


@pytest.fixture
def collection(serve: Callable[[Any], Harness]) -> Collection:
    """The service with an aspect and two units."""
    return Collection(serve(ProposalService))


def test_a_suggestion_leads_up_to_its_project_and_down_to_its_score(
    collection: Collection,
) -> None:
    """Answer, suggested project, candidate, shortlist, votes, work, look-back, score."""
    one = collection.accepted()
    project = collection.project([one["id"]])
    collection.handed_over(project["id"])
    collection.answer_together(project["id"])
    candidate = collection.candidate([project["id"]])
    shortlist = collection.shortlisted([candidate["id"]])
    deliver = collection.harness.deliver
    deliver("ballot.result.certified.v1", certified([candidate], []))
    done = completed(candidate) | {"completed_on": "2023-11-18"}
    deliver("supervision.project.progressed.v1", progressed(candidate, "2023-06", 50), version=2)
    deliver("supervision.project.completed.v1", done, version=3)
    deliver("supervision.look-back.recorded.v1", looked_back(candidate))
    deliver("survey.score.published.v1", scored(candidate))
    trace = collection.call("trace_suggestion", one["id"])
    assert trace["suggestion"]["answered_on"] == "2023-02-01"
    assert [a["result"] for a in trace["answers"]] == ["A"]
    (suggested,) = trace["suggested_projects"]
    assert (suggested["id"], suggested["unit_id"]) == (project["id"], collection.unit)
    (found,) = trace["candidates"]
    assert (found["id"], found["through"]) == (candidate["id"], ["suggested-project"])
    assert [s["id"] for s in found["shortlists"]] == [shortlist["id"]]
    assert found["result"]["chosen"] and found["result"]["votes"]["approve"] == 470
    assert (found["project"]["share"], found["project"]["completed_on"]) == (1.0, "2023-11-18")
    assert found["project"]["scores"][0]["top1"] == "125/126"
    assert [back["effective"] for back in found["look_backs"]] == [True]
    assert "text" not in trace["suggestion"] and "deputy_id" not in trace["suggestion"]


def test_a_project_leads_back_to_every_suggestion_behind_it(collection: Collection) -> None:
    """By both ways; not those that were taken out, and to the public no author."""
    ids = [collection.accepted()["id"] for _ in range(3)]
    gone, both, deputys = ids[0], ids[1], collection.accepted(deputy_id=collection.enrolled())["id"]
    project = collection.project([gone, both, deputys])
    removal = {"reason": "合成", "happened_on": "2022-12-12"}
    collection.call("remove_member", project["id"], gone, removal)
    candidate = collection.candidate([project["id"]])
    collection.harness.deliver("ballot.result.certified.v1", certified([candidate], []))
    match = {"sub_item_id": candidate["sub_items"][0]["id"], "happened_on": "2023-03-01"}
    for id_ in (both, ids[2]):
        collection.call("match_suggestion", id_, match)
    trace = collection.call("trace_project", candidate["id"], roles=())
    ways = {s["suggestion"]["id"]: s["through"] for s in trace["suggestions"]}
    assert ways == {
        both: ["match", "suggested-project"],
        ids[2]: ["match"],
        deputys: ["suggested-project"],
    }
    assert trace["project"]["result"]["chosen"]
    assert all(s["suggestion"]["state"] == "accepted" for s in trace["suggestions"])
    assert "deputy_id" not in str(trace)


def test_a_candidate_is_public_once_its_shortlist_is_adopted(collection: Collection) -> None:
    """Before, those inside see it only; nobody sees what does not exist."""
    candidate = collection.candidate([])
    assert collection.call("trace_project", candidate["id"])["suggestions"] == []
    with pytest.raises(NotFound):
        collection.call("trace_project", candidate["id"], roles=())
    collection.shortlisted([candidate["id"]])
    assert collection.call("trace_project", candidate["id"], roles=())["project"]["shortlists"]
    for method in ("trace_project", "trace_suggestion"):
        with pytest.raises(NotFound):
            collection.call(method, str(uuid.uuid4()))


@pytest.mark.parametrize("count", [1, 8])
def test_a_trace_takes_the_same_queries_however_much_there_is(
    collection: Collection, count: int
) -> None:
    """No query per suggestion, project or candidate."""
    ids = [collection.accepted()["id"] for _ in range(count)]
    projects = [collection.project(ids)["id"] for _ in range(count)]
    found = [collection.candidate(projects, f"候选{n}(合成)") for n in range(count)]
    collection.shortlisted([one["id"] for one in found])
    collection.harness.deliver("ballot.result.certified.v1", certified(found[:1], found[1:]))
    seen: list[str] = []
    sa.event.listen(
        collection.harness.engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, *_: seen.append(statement),
    )
    trace = collection.call("trace_suggestion", ids[0])
    assert len(trace["candidates"]) == count
    up = [one for one in seen if one.startswith("SELECT")]
    assert len(up) <= 12, up
    seen.clear()
    assert len(collection.call("trace_project", found[0]["id"], roles=())["suggestions"]) == count
    back = [one for one in seen if one.startswith("SELECT")]
    assert len(back) <= 8, back


def test_the_reserve_pool_is_a_way_too(collection: Collection) -> None:
    """Suggestions of an entry stand behind the candidate that was put forward from it."""
    one = collection.accepted()
    entry = {
        "title": "助餐(合成)",
        "text": "合成",
        "aspect": "elderly-care",
        "suggestion_ids": [one["id"]],
        "happened_on": "2022-12-12",
    }
    pooled = collection.call("add_pool_entry", entry)
    candidate = collection.candidate([], pool_entry_id=pooled["id"])
    (up,) = collection.call("trace_suggestion", one["id"])["candidates"]
    assert (up["id"], up["through"]) == (candidate["id"], ["pool"])
    (back,) = collection.call("trace_project", candidate["id"])["suggestions"]
    assert (back["suggestion"]["id"], back["through"]) == (one["id"], ["pool"])
    assert collection.milestones(one["id"]) == ["accepted", "proposed"]


def test_a_revised_candidate_tells_who_came_to_stand_behind_it(collection: Collection) -> None:
    """Its links follow its suggested projects; nobody is told twice."""
    first, second = collection.accepted()["id"], collection.accepted()["id"]
    projects = [collection.project([id_])["id"] for id_ in (first, second)]
    candidate = collection.candidate(projects[:1])
    revision = {
        "suggested_project_ids": projects[1:],
        "reason": "合成",
        "happened_on": "2022-12-22",
    }
    roles = ("government", "recorder")
    collection.call("revise_candidate", candidate["id"], revision, roles=roles)
    (back,) = collection.call("trace_project", candidate["id"])["suggestions"]
    assert back["suggestion"]["id"] == second
    assert collection.call("trace_suggestion", first)["candidates"] == []
    for id_ in (first, second):
        assert collection.milestones(id_) == ["accepted", "distilled", "proposed"]


def test_the_public_reads_the_title_as_it_was_sorted(collection: Collection) -> None:
    """A correction that nobody has looked at is not published by the back door."""
    one = collection.accepted(by="she")
    candidate = collection.candidate([collection.project([one["id"]])["id"]])
    collection.shortlisted([candidate["id"]])
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "she"}
    correction = {"title": "未经梳理的标题(合成)", "happened_on": "2022-12-05"}
    collection.call("correct_suggestion", one["id"], correction, **her)
    trace = collection.call("trace_project", candidate["id"], roles=())
    assert [s["suggestion"]["title"] for s in trace["suggestions"]] == ["增设老年食堂(合成)"]


def test_an_author_learns_of_a_candidate_when_everybody_does(collection: Collection) -> None:
    """Not while it is proposed, nor from a draft of a shortlist; those inside see both."""
    one = collection.accepted(by="she")
    candidate = collection.candidate([collection.project([one["id"]])["id"]])
    drawn = {"year": 2023, "candidate_ids": [candidate["id"]], "happened_on": "2023-01-10"}
    roles = ("government", "recorder")
    draft = collection.call("draw_up_shortlist", drawn, roles=roles)
    her: dict[str, Any] = {"roles": ("resident",), "subject": "she"}
    unit: dict[str, Any] = {"roles": ("unit",)}

    def lists(**who: Any) -> list[list[str]]:
        found = collection.call("trace_suggestion", one["id"], **who)["candidates"]
        return [[s["id"] for s in c["shortlists"]] for c in found]

    assert lists(**her) == [] and lists(**unit) == [[draft["id"]]]
    second = collection.call("draw_up_shortlist", drawn, roles=roles)
    adoption = {"adopted_by": "市人大常委会(合成)", "happened_on": "2023-01-18"}
    collection.call("adopt_shortlist", second["id"], adoption)
    assert lists(**her) == [[second["id"]]]
    assert [sorted(each) for each in lists(**unit)] == [sorted((draft["id"], second["id"]))]
    collection.harness.deliver("ballot.result.certified.v1", certified([candidate], []))
    public = collection.call("trace_project", candidate["id"], roles=())
    assert [one["id"] for one in public["project"]["shortlists"]] == [second["id"]]
