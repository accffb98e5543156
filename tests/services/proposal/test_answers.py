"""Suggested projects handed over and answered: every suggestion gets its own answer, in time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.proposal.service import ProposalService

from ...harness import Harness
from .samples import GOVERNMENT, Collection, as_unit


@pytest.fixture
def collection(serve: Callable[[Any], Harness]) -> Collection:
    """The service with an aspect and two units."""
    return Collection(serve(ProposalService))


def test_an_accepted_suggestion_has_a_deadline_from_that_day(collection: Collection) -> None:
    """Three months by the shipped rule; a Saturday end moves to the Monday behind it."""
    one = collection.accepted("2022-12-01")
    assert (one["answer_due_on"], one["answer_due_provisional"]) == ("2023-03-01", False)
    assert collection.accepted("2022-12-11")["answer_due_on"] == "2023-03-13"
    assert one["version"] == 2
    (set_, _) = collection.harness.events("deadline.set.v1")
    assert set_.data["suggestion_id"] == one["id"] and set_.data["due_on"] == "2023-03-01"


def test_a_returned_suggestion_has_none(collection: Collection) -> None:
    """Its answer is the reason of the return, of which the author is told."""
    made = collection.submitted()
    returned = {"outcome": "returned", "reason": "属于诉讼(合成)", "happened_on": "2022-12-01"}
    sorted_ = collection.call("sort_suggestion", made["id"], returned)
    assert sorted_["answer_due_on"] is None
    assert collection.milestones(made["id"]) == ["returned"]
    assert collection.harness.events("deadline.set.v1") == []


def test_a_handover_sets_the_projects_deadline_and_its_members_anew(
    collection: Collection,
) -> None:
    """The law counts from the handover; nothing of a member's own is lost."""
    ids = [collection.accepted()["id"] for _ in range(2)]
    project = collection.project(ids)
    handed = collection.handed_over(project["id"], document_number="〔2022〕1号(合成)")
    assert handed["answer_due_on"] == "2023-03-15" and handed["unit_id"] == collection.unit
    for id_ in ids:
        assert collection.call("get_suggestion", id_)["answer_due_on"] == "2023-03-15"
        assert collection.milestones(id_) == ["accepted", "distilled", "handed-over"]
    (event,) = collection.harness.events("suggested-project.handed-over.v1")
    assert event.data["answer_due_on"] == "2023-03-15"
    moved = collection.harness.events("deadline.moved.v1")
    assert {one.data["cause"] for one in moved} == {"restarted"} and len(moved) == 2
    with pytest.raises(Conflict) as caught:
        collection.handed_over(project["id"])
    assert caught.value.code == "handed-over-already"


def test_a_late_handover_undoes_no_lateness(collection: Collection) -> None:
    """What is overdue when it is handed over stays overdue."""
    one = collection.accepted("2022-12-01")
    project = collection.project([one["id"]])
    collection.handed_over(project["id"], "2023-04-01")
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-03-01"
    found = {(o["kind"], o["due_on"]) for o in collection.overdue("2023-04-02")}
    assert found == {("suggestion", "2023-03-01")}


def test_a_project_is_handed_to_departments_and_districts_only(collection: Collection) -> None:
    """Not to an organ of the congress, not to nobody, and not to one unit twice."""
    project = collection.project([collection.accepted()["id"]])
    organ = collection.call("register_unit", {"name": "示例委(合成)", "kind": "congress-organ"})
    for unit_id, beside, code in (
        (organ["id"], [], "unit-handles-nothing"),
        (str(uuid.uuid4()), [], "reference-unknown"),
        (collection.unit, [collection.unit], "unit-twice"),
    ):
        with pytest.raises(Invalid) as caught:
            collection.handed_over(project["id"], unit_id=unit_id, co_handling_unit_ids=beside)
        assert caught.value.code == code


def returning(day: str) -> dict[str, str]:
    """A unit's return."""
    return {"reason": "不属本单位职责(合成)", "happened_on": day}


def test_a_wrong_unit_returns_it_in_time_and_another_gets_it(collection: Collection) -> None:
    """Within ten days; the members' clocks run on, and the same unit does not get it again."""
    one = collection.accepted()
    project = collection.project([one["id"]])
    collection.handed_over(project["id"], "2022-12-15", co_handling_unit_ids=[collection.other])
    page = collection.call("list_handovers", project["id"], {})
    lead = next(h for h in page["items"] if h["role"] == "lead")
    assert lead["return_until"] == "2022-12-26"  # the 25th is a Sunday
    returned = collection.call(
        "return_handover", lead["id"], returning("2022-12-26"), **as_unit(collection.unit)
    )
    assert returned["ended_on"] == "2022-12-26"
    back = collection.call("get_suggested_project", project["id"])
    assert (back["unit_id"], back["answer_due_on"]) == (None, None)
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-03-15"
    with pytest.raises(Conflict) as caught:
        collection.handed_over(project["id"], "2022-12-27")
    assert caught.value.code == "unit-returned-it"
    again = collection.handed_over(project["id"], "2022-12-27", unit_id=collection.other)
    assert again["answer_due_on"] == "2023-03-27"
    (late,) = collection.overdue("2023-03-20")
    assert (late["suggestion_id"], late["unit_id"]) == (one["id"], collection.other)
    assert len(collection.harness.events("handover.returned.v1")) == 1


def test_what_comes_back_too_late_stays(collection: Collection) -> None:
    """After its last day the unit must answer; so must it after it has answered."""
    project = collection.project([collection.accepted()["id"]])
    collection.handed_over(project["id"], "2022-12-15")
    (lead,) = collection.call("list_handovers", project["id"], {})["items"]
    with pytest.raises(Conflict) as caught:
        collection.call(
            "return_handover", lead["id"], returning("2022-12-27"), **as_unit(collection.unit)
        )
    assert caught.value.code == "return-too-late"
    collection.answer_together(project["id"], "2022-12-20")
    with pytest.raises(Conflict) as caught:
        collection.call(
            "return_handover", lead["id"], returning("2022-12-21"), **as_unit(collection.unit)
        )
    assert caught.value.code == "project-answered"


def test_a_co_handling_unit_owes_its_opinion(collection: Collection) -> None:
    """Within a month; until then it is overdue, afterwards it is not, and it is asked once."""
    project = collection.project([collection.accepted()["id"]])
    collection.handed_over(project["id"], co_handling_unit_ids=[collection.other])
    page = collection.call("list_handovers", project["id"], {})
    lead, beside = sorted(page["items"], key=lambda one: one["role"] != "lead")
    assert collection.overdue("2023-01-16", kind="opinion") == []  # the 15th is a Sunday
    (late,) = collection.overdue("2023-01-17", kind="opinion")
    assert late["unit_id"] == collection.other
    opinion = {"text": "意见(合成)", "happened_on": "2023-01-18"}
    with pytest.raises(Conflict):
        collection.call("give_handling_opinion", lead["id"], opinion, **as_unit(collection.unit))
    collection.call("give_handling_opinion", beside["id"], opinion, **as_unit(collection.other))
    assert collection.overdue("2023-01-18", kind="opinion") == []
    with pytest.raises(Conflict):
        collection.call("give_handling_opinion", beside["id"], opinion, **as_unit(collection.other))
    (event,) = collection.harness.events("handover.opinion-given.v1")
    assert "意见" not in str(event.data)


def test_every_member_gets_its_own_answer_together_or_apart(collection: Collection) -> None:
    """One text for many, each its row; the one left apart waits on, with its own deadline."""
    deputy = collection.enrolled()
    ids = [collection.accepted()["id"] for _ in range(2)]
    ids.append(collection.accepted(deputy_id=deputy)["id"])
    project = collection.project(ids)
    with pytest.raises(Conflict) as caught:
        collection.answer_together(project["id"])
    assert caught.value.code == "not-handed-over"
    collection.handed_over(project["id"])
    answered = collection.answer_together(project["id"], apart=[ids[0]])
    assert answered["answered_on"] == "2023-02-01"
    assert collection.answers(ids[0]) == []
    for id_ in ids[1:]:
        (answer,) = collection.answers(id_)
        assert answer["project_id"] == project["id"] and answer["number"] == 1
        assert collection.call("get_suggestion", id_)["answered_on"] == "2023-02-01"
    assert collection.answers(ids[2])[0]["deputy_ids"] == [deputy]
    assert collection.answers(ids[1])[0]["to_author"]
    assert [o["suggestion_id"] for o in collection.overdue("2024-01-01")] == [ids[0]]
    collection.answer(ids[0], "2023-02-10", text="另复(合成)")
    assert collection.overdue("2024-01-01") == []
    assert len({a["id"] for id_ in ids for a in collection.answers(id_)}) == 3
    events = collection.harness.events("answer.given.v1")
    assert len(events) == 3 and "答复" not in str([one.data for one in events])
    with pytest.raises(Conflict) as caught:
        collection.answer_together(project["id"], "2023-02-11")
    assert caught.value.code == "nothing-to-answer"


def test_only_accepted_suggestions_are_answered_and_by_known_results(
    collection: Collection,
) -> None:
    """Neither one that waits for sorting, nor by a result that the rule has not."""
    waiting, one = collection.submitted(), collection.accepted()
    with pytest.raises(Conflict):
        collection.answer(waiting["id"])
    for changes, pointer in (
        ({"result": "E"}, "/result"),
        ({"result": "B"}, "/promised_on"),
        ({"result": "A", "promised_on": "2023-11-30"}, "/promised_on"),
        ({"result": "B", "promised_on": "2023-01-01"}, "/promised_on"),
        ({"unit_id": str(uuid.uuid4())}, "/unit_id"),
        ({"text": " "}, "/text"),
    ):
        with pytest.raises(Invalid) as caught:
            collection.answer(one["id"], **changes)
        assert [e["pointer"] for e in caught.value.errors] == [pointer]
    with pytest.raises(NotFound):
        collection.answer(str(uuid.uuid4()))
    assert collection.answers(one["id"]) == []


def test_the_members_apart_must_be_members(collection: Collection) -> None:
    """Another suggestion is refused at its place, and nothing is answered."""
    one, stranger = collection.accepted(), collection.accepted()
    project = collection.project([one["id"]])
    collection.handed_over(project["id"])
    with pytest.raises(Invalid) as caught:
        collection.answer_together(project["id"], apart=[stranger["id"]])
    assert caught.value.errors[0]["pointer"] == "/apart/0"
    assert collection.answers(one["id"]) == []


def test_a_promise_is_due_on_its_day_and_answered_again(collection: Collection) -> None:
    """Answered is not done: a promise has its own deadline, and a second answer meets it."""
    one = collection.accepted()
    collection.answer(one["id"], result="B", promised_on="2023-11-30")
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-11-30"
    assert collection.overdue("2023-11-30") == []
    (late,) = collection.overdue("2023-12-01", kind="promise")
    assert late["suggestion_id"] == one["id"]
    assert collection.overdue("2023-12-01", kind="suggestion") == []
    second = collection.answer(one["id"], "2023-12-05")
    assert second["number"] == 2
    assert collection.overdue("2023-12-05") == []
    assert len(collection.overdue("2023-12-04")) == 1  # as it stood on that day
    with pytest.raises(Conflict) as caught:
        collection.answer(one["id"], "2023-12-06")
    assert caught.value.code == "suggestion-answered"


def judged(judgement: str, **changes: Any) -> dict[str, Any]:
    """What a recipient thinks."""
    return {"judgement": judgement, "happened_on": "2023-02-10"} | changes


def test_who_is_not_satisfied_gets_a_second_answer_in_a_month(collection: Collection) -> None:
    """The deputy says so herself, with a reason; the second answer meets the new deadline."""
    deputy = collection.enrolled()
    one = collection.accepted(deputy_id=deputy)
    answer = collection.answer(one["id"])
    speaks: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": deputy}
    with pytest.raises(Invalid):
        collection.call("judge_answer", answer["id"], judged("not"), **speaks)
    body = judged("not", reason="未说明时限(合成)")
    made = collection.call("judge_answer", answer["id"], body, **speaks)
    assert made["judge"] == deputy
    with pytest.raises(Conflict):
        collection.call("judge_answer", answer["id"], judged("satisfied"), **speaks)
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-03-10"
    (late,) = collection.overdue("2023-03-11", kind="suggestion")
    assert (late["code"], late["unit_id"]) == ("second-answer", collection.unit)
    assert collection.answer(one["id"], "2023-03-01")["number"] == 2
    assert collection.overdue("2023-03-11") == []
    (event,) = collection.harness.events("answer.judged.v1")
    assert deputy not in str(event.data) and "时限" not in str(event.data)


def shared(collection: Collection, **changes: Any) -> tuple[dict[str, Any], list[str]]:
    """A suggestion in two projects, each with a unit of its own."""
    one = collection.accepted(**changes)
    projects = [collection.project([one["id"]])["id"] for _ in range(2)]
    collection.handed_over(projects[0])
    collection.handed_over(projects[1], unit_id=collection.other)
    return one, projects


def test_one_units_answer_does_not_keep_anothers_promise(collection: Collection) -> None:
    """What the first has promised stays due; the second owes nothing more, the first does."""
    one, (first, second) = shared(collection)
    collection.answer_together(first, result="B", promised_on="2023-11-30")
    collection.answer_together(second, "2023-02-02")
    (late,) = collection.overdue("2023-12-01")
    assert (late["kind"], late["unit_id"]) == ("promise", collection.unit)
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-11-30"
    with pytest.raises(Conflict) as caught:
        collection.answer_together(second, "2023-02-03")
    assert caught.value.code == "nothing-to-answer"
    with pytest.raises(Conflict) as caught:
        collection.answer(one["id"], "2023-02-03", unit_id=collection.other)
    assert caught.value.code == "suggestion-answered"
    collection.answer(one["id"], "2023-11-20")
    assert collection.overdue("2023-12-01") == []


def test_each_unit_owes_its_own_second_answer(collection: Collection) -> None:
    """Two answers that do not satisfy: two are due, and one unit's second answer meets its own."""
    deputy = collection.enrolled()
    one, projects = shared(collection, deputy_id=deputy)
    for project, day in zip(projects, ("2023-02-01", "2023-02-02"), strict=True):
        collection.answer_together(project, day)
    speaks: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": deputy}
    for answer, day in zip(
        collection.answers(one["id"]), ("2023-02-10", "2023-02-13"), strict=True
    ):
        body = judged("not", reason="合成", happened_on=day)
        collection.call("judge_answer", answer["id"], body, **speaks)
    owed = {(o["unit_id"], o["due_on"]) for o in collection.overdue("2023-03-20")}
    assert owed == {(collection.unit, "2023-03-10"), (collection.other, "2023-03-13")}
    collection.answer(one["id"], "2023-03-01")
    assert [o["unit_id"] for o in collection.overdue("2023-03-20")] == [collection.other]
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-03-13"
    # A third project, handed over now, neither takes this over nor puts it off.
    third = collection.project([one["id"]], "2023-03-02")["id"]
    collection.handed_over(third, "2023-03-03")
    late = collection.overdue("2023-03-20")
    assert [(o["unit_id"], o["due_on"]) for o in late] == [(collection.other, "2023-03-13")]


def test_only_recipients_judge(collection: Collection) -> None:
    """Another deputy or resident is refused; the author herself is known by her pseudonym."""
    deputy, stranger = collection.enrolled(), collection.enrolled()
    of_deputy = collection.answer(collection.accepted(deputy_id=deputy)["id"])
    of_resident = collection.accepted(by="the-author")
    answer = collection.answer(of_resident["id"])
    for id_, roles, subject, changes in (
        (of_deputy["id"], ("deputy",), stranger, {}),
        (of_deputy["id"], ("deputy",), stranger, {"deputy_id": deputy}),
        (of_deputy["id"], ("clerk",), "office", {"deputy_id": stranger}),
        (answer["id"], ("resident",), "somebody-else", {}),
        (answer["id"], ("deputy",), stranger, {}),
    ):
        with pytest.raises(Forbidden):
            collection.call(
                "judge_answer",
                id_,
                judged("basically", **changes),
                roles=(*roles, "recorder"),
                subject=subject,
            )
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "the-author"}
    made = collection.call("judge_answer", answer["id"], judged("basically"), **her)
    assert made["judge"] == "author"
    assert [one["number"] for one in collection.answers(of_resident["id"])] == [1]
    assert collection.call("list_answers", of_resident["id"], {}, **her)["items"]
    other: dict[str, Any] = {"roles": ("resident",), "subject": "somebody-else"}
    with pytest.raises(NotFound):
        collection.call("list_answers", of_resident["id"], {}, **other)


def test_the_office_judges_only_for_whom_it_enters(collection: Collection) -> None:
    """Not in the name of who made it online; for others, and it is kept who entered it."""
    online = collection.answer(collection.accepted(by="the-author")["id"])
    with pytest.raises(Forbidden) as caught:
        collection.call("judge_answer", online["id"], judged("satisfied"), subject="office")
    assert caught.value.code == "not-a-recipient"
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "the-author"}
    collection.call("judge_answer", online["id"], judged("satisfied"), **her)
    on_paper = collection.answer(collection.accepted()["id"])
    collection.call("judge_answer", on_paper["id"], judged("satisfied"), subject="office")
    deputy = collection.enrolled()
    by_office = collection.answer(collection.accepted(deputy_id=deputy)["id"])
    body = judged("satisfied", deputy_id=deputy)
    collection.call("judge_answer", by_office["id"], body, subject="office")
    by_herself = collection.answer(collection.accepted(deputy_id=deputy)["id"])
    speaks: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": deputy}
    collection.call("judge_answer", by_herself["id"], judged("satisfied"), **speaks)
    entered = {online["id"]: None, on_paper["id"]: "office"}
    entered |= {by_office["id"]: "office", by_herself["id"]: None}
    assert collection.kept("answer_judgements", "answer_id", "recorded_by") == entered
    shown = [collection.call("list_judgements", id_, {})["items"] for id_ in entered]
    assert "recorded_by" not in str(shown) and "office" not in str(shown)


def test_more_time_is_given_once_within_the_rule(collection: Collection) -> None:
    """At most six months from where it was counted, with a reason, before it has run out."""
    one = collection.accepted("2022-12-01")
    extension = {"reason": "涉及多部门(合成)", "happened_on": "2023-02-20"}
    late = extension | {"happened_on": "2023-03-02"}
    with pytest.raises(Conflict) as caught:
        collection.call("extend_deadline", one["id"], late, roles=GOVERNMENT)
    assert caught.value.code == "deadline-passed"
    extended = collection.call("extend_deadline", one["id"], extension, roles=GOVERNMENT)
    assert extended["answer_due_on"] == "2023-06-01"
    with pytest.raises(Conflict) as caught:
        collection.call("extend_deadline", one["id"], extension, roles=GOVERNMENT)
    assert caught.value.code == "deadline-extended"
    assert collection.overdue("2023-06-01") == []
    (overdue,) = collection.overdue("2023-06-02")
    assert overdue["extension_reason"] == "涉及多部门(合成)"
    collection.answer(one["id"], "2023-06-05")
    with pytest.raises(Conflict) as caught:
        collection.call("extend_deadline", one["id"], late | {"happened_on": "2023-06-06"})
    assert caught.value.code == "no-deadline"


def test_members_come_and_go_with_a_reason(collection: Collection) -> None:
    """Who joins after the handover is answered too; who leaves keeps text and deadline."""
    ids = [collection.accepted()["id"] for _ in range(3)]
    project = collection.project(ids[:2])
    collection.handed_over(project["id"])
    adding = {"suggestion_ids": [ids[2]], "reason": "同类(合成)", "happened_on": "2022-12-20"}
    added = collection.call("add_members", project["id"], adding)
    assert added["suggestion_ids"] == sorted(ids)
    assert collection.call("get_suggestion", ids[2])["answer_due_on"] == "2023-03-20"
    with pytest.raises(Conflict):
        collection.call("add_members", project["id"], adding)
    removal = {"reason": "另有所指(合成)", "happened_on": "2022-12-21"}
    removed = collection.call("remove_member", project["id"], ids[0], removal)
    assert removed["suggestion_ids"] == sorted(ids[1:])
    with pytest.raises(Conflict):
        collection.call("remove_member", project["id"], ids[0], removal)
    collection.answer_together(project["id"])
    assert collection.answers(ids[0]) == []
    assert [o["suggestion_id"] for o in collection.overdue("2024-01-01")] == [ids[0]]
    history = collection.call("list_members", project["id"], {})["items"]
    gone = next(one for one in history if one["removed_on"])
    assert gone["suggestion_id"] == ids[0] and gone["removed_because"] == "另有所指(合成)"
    collection.call("remove_member", project["id"], ids[1], removal)
    with pytest.raises(Conflict) as caught:
        collection.call("remove_member", project["id"], ids[2], removal)
    assert caught.value.code == "member-last"
    changes = collection.harness.events("suggested-project.members-changed.v1")
    assert [len(one.data["suggestion_ids"]) for one in changes] == [3, 2, 1]


def test_a_suggestion_in_two_projects_is_answered_by_both(collection: Collection) -> None:
    """Each project's unit answers it; the first answer stops its own clock."""
    one = collection.accepted()
    projects = [collection.project([one["id"]])["id"] for _ in range(2)]
    collection.handed_over(projects[0])
    collection.handed_over(projects[1], "2022-12-16", unit_id=collection.other)
    collection.answer_together(projects[0])
    assert [o["kind"] for o in collection.overdue("2024-01-01")] == ["project"]
    collection.answer_together(projects[1], "2023-02-02")
    assert [a["number"] for a in collection.answers(one["id"])] == [1, 2]
    assert collection.overdue("2024-01-01") == []


def test_a_project_whose_members_were_answered_apart_is_answered(collection: Collection) -> None:
    """By its unit, with the last of them: nothing is due, and it cannot be returned any more."""
    ids = [collection.accepted()["id"] for _ in range(2)]
    project = collection.project(ids)
    collection.handed_over(project["id"])
    collection.answer(ids[0], "2023-01-10")
    assert collection.call("get_suggested_project", project["id"])["answered_on"] is None
    collection.answer(ids[1], "2023-01-12", result="D")
    assert collection.call("get_suggested_project", project["id"])["answered_on"] == "2023-01-12"
    assert collection.overdue("2024-01-01") == []
    (event,) = collection.harness.events("suggested-project.answered.v1")
    assert (event.data["result"], event.data["answers"]) == ("D", 2)
    (lead,) = collection.call("list_handovers", project["id"], {})["items"]
    with pytest.raises(Conflict) as caught:
        collection.call(
            "return_handover", lead["id"], returning("2022-12-20"), **as_unit(collection.unit)
        )
    assert caught.value.code == "project-answered"


def gone(collection: Collection, how: str, id_: str, project_id: str) -> None:
    """Let a suggestion leave those that wait in a project, in January."""
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "she"}
    if how == "withdrawn":
        body = {"code": "solved", "happened_on": "2023-01-10"}
        collection.call("withdraw_suggestion", id_, body, **her)
    elif how == "returned":
        correction = {"text": "改后的文本(合成)", "happened_on": "2023-01-09"}
        collection.call("correct_suggestion", id_, correction, **her)
        sorting = {"outcome": "returned", "reason": "合成", "happened_on": "2023-01-10"}
        collection.call("sort_suggestion", id_, sorting)
    else:
        removal = {"reason": "另有所指(合成)", "happened_on": "2023-01-10"}
        collection.call("remove_member", project_id, id_, removal)


@pytest.mark.parametrize("how", ["withdrawn", "returned", "removed"])
@pytest.mark.parametrize("answered", [False, True])
def test_a_project_without_members_that_wait_is_not_overdue(
    collection: Collection, how: str, answered: bool
) -> None:
    """However the last one went; it counts as answered if one of the others was."""
    first, last = (collection.accepted(by="she")["id"] for _ in range(2))
    project = collection.project([first, last])
    collection.handed_over(project["id"])
    if answered:
        collection.answer(first, "2023-01-05")
    else:
        gone(collection, "withdrawn", first, project["id"])
    assert [o["kind"] for o in collection.overdue("2024-01-01", kind="project")] == ["project"]
    gone(collection, how, last, project["id"])
    assert collection.overdue("2024-01-01", kind="project") == []
    found = collection.call("get_suggested_project", project["id"])
    assert found["answered_on"] == ("2023-01-05" if answered else None)


def test_a_unit_owes_no_answer_for_what_it_had_answered(collection: Collection) -> None:
    """What it answered apart before it got the project is not due again; what others did is."""
    one = collection.accepted()
    collection.answer(one["id"], "2022-12-05")
    for unit_id, due in ((collection.unit, None), (collection.other, "2023-03-15")):
        project = collection.project([one["id"]])
        handed = collection.handed_over(project["id"], unit_id=unit_id)
        assert handed["answer_due_on"] == due


def test_a_unit_acts_for_itself_alone(collection: Collection) -> None:
    """Another one neither answers, returns, speaks beside nor gives more time in its place."""
    one = collection.accepted()
    project = collection.project([one["id"]])
    collection.handed_over(project["id"], co_handling_unit_ids=[collection.other])
    page = collection.call("list_handovers", project["id"], {})
    ids = {each["role"]: each["id"] for each in page["items"]}
    said = {"text": "答复(合成)", "result": "A", "happened_on": "2023-01-05"}
    reason = {"reason": "合成", "happened_on": "2022-12-20"}
    opinion = {"text": "合成", "happened_on": "2022-12-20"}
    apart = said | {"unit_id": collection.unit}
    third = collection.call("register_unit", {"name": "示例局(合成)", "kind": "department"})["id"]
    for method, id_, body, others in (
        ("answer_together", project["id"], said, (collection.other, third)),
        ("answer_suggestion", one["id"], apart, (collection.other, third)),
        ("answer_suggestion", one["id"], said | {"unit_id": third}, (third,)),
        ("return_handover", ids["lead"], reason, (collection.other, third)),
        ("return_handover", ids["co-handling"], reason, (collection.unit, third)),
        ("give_handling_opinion", ids["co-handling"], opinion, (collection.unit, third)),
        ("extend_deadline", one["id"], reason, (collection.other, third)),
        ("extend_project_deadline", project["id"], reason, (collection.other, third)),
    ):
        for other in others:
            with pytest.raises(Forbidden):
                collection.call(method, id_, body, **as_unit(other))
    assert collection.answers(one["id"]) == []
    lead = as_unit(collection.unit)
    collection.call(
        "give_handling_opinion", ids["co-handling"], opinion, **as_unit(collection.other)
    )
    collection.call("extend_project_deadline", project["id"], reason, **lead)
    collection.call("answer_suggestion", one["id"], apart, **lead)


def test_a_unit_answers_what_it_was_given(collection: Collection) -> None:
    """Neither what nobody has, nor what it gave back; but what it promised, wherever that is."""
    one, other = (collection.accepted()["id"] for _ in range(2))
    body = {"text": "合成", "result": "B", "promised_on": "2023-11-30", "happened_on": "2023-01-05"}
    body["unit_id"] = collection.unit
    lead = as_unit(collection.unit)
    extension = {"reason": "合成", "happened_on": "2022-12-09"}
    for method, said in (("answer_suggestion", body), ("extend_deadline", extension)):
        with pytest.raises(Forbidden):
            collection.call(method, one, said, **lead)
    project = collection.project([one, other])
    collection.handed_over(project["id"])
    collection.call("answer_suggestion", one, body, **lead)
    removal = {"reason": "另有所指(合成)", "happened_on": "2023-01-06"}
    collection.call("remove_member", project["id"], one, removal)
    kept = body | {"result": "A", "promised_on": None, "happened_on": "2023-02-01"}
    collection.call("answer_suggestion", one, kept, **lead)
    (handover,) = collection.call("list_handovers", project["id"], {})["items"]
    collection.call("return_handover", handover["id"], returning("2022-12-20"), **lead)
    with pytest.raises(Forbidden) as caught:
        collection.call("answer_suggestion", other, kept, **lead)
    assert caught.value.code == "suggestion-of-others"
    collection.call("answer_suggestion", other, kept, roles=GOVERNMENT)


def test_an_extension_leaves_the_other_units_day_alone(collection: Collection) -> None:
    """A suggestion in two projects is due from the unit that got it last."""
    one, (first, _) = shared(collection)
    extension = {"reason": "合成", "happened_on": "2023-01-20"}
    longer = collection.call(
        "extend_project_deadline", first, extension, **as_unit(collection.unit)
    )
    assert longer["answer_due_on"] == "2023-06-15"
    assert collection.call("get_suggestion", one["id"])["answer_due_on"] == "2023-03-15"


def test_who_acted_is_kept_and_shown_nowhere(collection: Collection) -> None:
    """The unit itself, or who of the government: in the tables, in no view and no event."""
    ids = [collection.accepted()["id"] for _ in range(2)]
    projects = [collection.project([id_])["id"] for id_ in ids]
    for id_ in projects:
        collection.handed_over(id_, co_handling_unit_ids=[collection.other])
    office: dict[str, Any] = {"roles": GOVERNMENT, "subject": "an-official"}
    handovers = [
        one
        for id_ in projects
        for one in collection.call("list_handovers", id_, {})["items"]
        if one["role"] == "co-handling"
    ]
    opinion = {"text": "合成", "happened_on": "2022-12-20"}
    collection.call("give_handling_opinion", handovers[0]["id"], opinion, **office)
    collection.call("return_handover", handovers[1]["id"], returning("2022-12-20"), **office)
    extension = {"reason": "合成", "happened_on": "2023-01-20"}
    collection.call("extend_deadline", ids[0], extension, **office)
    said = {"text": "答复(合成)", "result": "A", "happened_on": "2023-02-01"}
    collection.call("answer_together", projects[0], said, **office)
    collection.answer_together(projects[1])
    assert set(collection.kept("handovers", "id", "opinion_by").values()) == {None, "an-official"}
    assert collection.kept("handovers", "id", "returned_by")[handovers[1]["id"]] == "an-official"
    assert collection.kept("deadlines", "subject_id", "extended_by")[ids[0]] == "an-official"
    given = collection.kept("answers", "suggestion_id", "given_by")
    assert given == {ids[0]: "an-official", ids[1]: collection.unit}
    shown = [collection.answers(id_) for id_ in ids] + [collection.overdue("2024-01-01")]
    shown += [collection.call("list_handovers", id_, {})["items"] for id_ in projects]
    shown += [[event.data for event in collection.harness.events()]]
    names = ("an-official", "given_by", "returned_by", "opinion_by", "extended_by")
    assert [name for name in names if name in str(shown)] == []


@pytest.mark.parametrize("unit", ["working-days", "hours"])
def test_terms_are_data(collection: Collection, unit: str) -> None:
    """An adopted rule in other units, for residents only: deputies then have no clock."""
    term = {
        "code": "answer",
        "name": "答复",
        "amount": 5 if unit == "working-days" else 72,
        "unit": unit,
        "from": "accepted",
        "authors": ["resident"],
        "over_holidays": False,
        "source_text": "合成",
    }
    rule = {
        "kind": "deadlines",
        "title": "期限(合成)",
        "text": "合成",
        "source": "合成",
        "adopted_by": "常委会(合成)",
        "happened_on": "2022-06-01",
        "content": [term],
    }
    collection.call("adopt_rule", rule)
    one = collection.accepted("2022-09-30", happened_on="2022-09-01")
    # National Day: 1 to 7 October 2022 are free, Saturday 8 and Sunday 9 are worked.
    due = "2022-10-12" if unit == "working-days" else "2022-10-03"
    one = collection.call("get_suggestion", one["id"])
    assert one["answer_due_on"] == due
    of_deputy = collection.accepted(deputy_id=collection.enrolled())
    assert of_deputy["answer_due_on"] is None
    (overdue,) = collection.overdue("2022-10-13")
    assert overdue["suggestion_id"] == one["id"]
    for broken in ({"unit": "weeks"}, {"amount": 0}, {"from": "someday"}, {"code": "x"}):
        with pytest.raises(Invalid):
            collection.call("adopt_rule", rule | {"content": [term | broken]})


def test_a_corrected_one_may_be_sorted_again(collection: Collection) -> None:
    """Returned after all, nothing is due any more; withdrawn neither, and neither is answered."""
    first, second = collection.accepted(by="she"), collection.accepted(by="she")
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "she"}
    correction = {"text": "改后的文本(合成)", "happened_on": "2022-12-05"}
    collection.call("correct_suggestion", first["id"], correction, **her)
    returned = {"outcome": "returned", "reason": "合成", "happened_on": "2022-12-06"}
    collection.call("sort_suggestion", first["id"], returned)
    assert collection.milestones(first["id"]) == ["accepted", "returned"]
    withdrawal = {"code": "solved", "happened_on": "2022-12-07"}
    collection.call("withdraw_suggestion", second["id"], withdrawal, **her)
    assert collection.overdue("2024-01-01") == []
    for id_ in (first["id"], second["id"]):
        with pytest.raises(Conflict):
            collection.answer(id_)


def test_each_co_signer_is_answered_and_told(collection: Collection) -> None:
    """The author first; a co-signer may be the one who is not satisfied."""
    author, signer = collection.enrolled(), collection.enrolled()
    one = collection.submitted(deputy_id=author)
    speaks: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": signer}
    signing = {"deputy_id": signer, "happened_on": "2022-11-05"}
    collection.call("cosign_suggestion", one["id"], signing, **speaks)
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    collection.call("sort_suggestion", one["id"], sorting)
    answer = collection.answer(one["id"])
    assert answer["deputy_ids"] == [author, signer] and not answer["to_author"]
    told = collection.harness.events("suggestion.followed-up.v1")[-1]
    assert told.data["recipients"] == {"deputy_ids": [author, signer], "author": False}
    body = judged("not", reason="合成")
    assert collection.call("judge_answer", answer["id"], body, **speaks)["judge"] == signer
    assert len(collection.overdue("2023-03-11")) == 1


def test_a_projects_extension_is_its_members_too(collection: Collection) -> None:
    """Those that still may have it: neither one that was answered, nor one extended before."""
    ids = [collection.accepted()["id"] for _ in range(3)]
    project = collection.project(ids)
    extension = {"reason": "涉及多部门(合成)", "happened_on": "2023-01-20"}
    with pytest.raises(Conflict) as caught:
        collection.call(
            "extend_project_deadline", project["id"], extension, **as_unit(collection.unit)
        )
    assert caught.value.code == "no-deadline"
    collection.handed_over(project["id"])
    collection.answer(ids[0], "2023-01-05")
    sooner = extension | {"happened_on": "2023-01-10"}
    collection.call("extend_deadline", ids[1], sooner, roles=GOVERNMENT)
    longer = collection.call(
        "extend_project_deadline", project["id"], extension, **as_unit(collection.unit)
    )
    assert longer["answer_due_on"] == "2023-06-15"
    assert collection.overdue("2023-06-15") == []
    assert len(collection.overdue("2023-06-16")) == 3  # the project and two members
    assert len(collection.harness.events("deadline.moved.v1")) == 3 + 3  # restarted, extended
    with pytest.raises(Conflict):
        collection.call(
            "extend_project_deadline", project["id"], extension, **as_unit(collection.unit)
        )
