"""The closed loop of opinions and problems on both databases, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.supervision import nightly
from services.supervision.service import SupervisionService

from ...harness import Harness
from .loop_sample import DAY, Json, Loop
from .pictures import photos, picture, uploaded
from .plan_sample import content
from .year import OWN, new


@pytest.fixture
def loop(serve: Callable[[Any], Harness]) -> Loop:
    """A service with a project, its unit, another unit and a deputy."""
    return Loop(serve(SupervisionService))


def nights(loop: Loop) -> BoundStore:
    """The store as the nightly process has it."""
    return BoundStore(loop.service.engine, loop.service.metadata, loop.service.settings)


def test_what_is_raised_is_with_a_unit_at_once_and_has_its_days(loop: Loop) -> None:
    """Routed by the shipped rule to the project's lead unit, to be accepted and replied to."""
    made = loop.raised(kind="safety")
    assert (made["state"], made["unit_id"], made["class"]) == ("routed", loop.unit, "major")
    history = loop.history(made)
    (routing,) = history["routings"]
    assert (routing["basis"], routing["role"], routing["rule_id"]) == ("lead", "lead", None)
    assert routing["return_until"] == "2023-05-26"
    due = {one["code"]: one["due_on"] for one in history["deadlines"]}
    assert due == {"accept": "2023-05-19", "reply": "2023-06-06"}
    (told,) = loop.service.events("routing.made.v1")
    assert told.data["matter_id"] == made["id"]
    with pytest.raises(Invalid, match="kind-unknown"):
        loop.raised(kind="weather")


def test_the_rule_routes_by_kind_and_place_and_the_plans_tasks_by_division(loop: Loop) -> None:
    """The first case that fits and whose unit is known; then the district's; then the lead."""
    item = loop.service.call("get_project", loop.project)["sub_items"][0]["id"]
    district = loop.a_unit()
    units = [{"unit_id": loop.unit, "role": "lead"}]
    units += [{"unit_id": district, "role": "district", "division": "330106"}]
    task = {"code": "t1", "division": "330106", "unit_id": district, "sub_item_id": item}
    loop.year.call(
        "publish_plan",
        loop.project,
        valid_from="2023-03-01",
        content=content(loop.unit, item, units=units, tasks=[task | {"share": 0.5}]),
        happened_on="2023-03-01",
    )
    place = {"division": "330106"}
    assert loop.raised(place=place)["unit_id"] == district
    assert loop.raised(place={"division": "330105"})["unit_id"] == loop.unit
    case: dict[str, Any] = {"divisions": [], "project_ids": [], "aspects": []}
    cases = [
        case | {"kinds": ["safety"], "unit_id": new()},
        case | {"kinds": ["safety"], "unit_id": loop.other},
    ]
    loop.adopt("routing", lambda shipped: shipped | {"rules": cases})
    made = loop.raised(kind="safety", place=place)
    assert made["unit_id"] == loop.other
    assert loop.history(made)["routings"][0]["basis"] == "rule:2"
    assert loop.raised(kind="funds", place=place)["unit_id"] == district


def test_a_unit_accepts_in_words_or_by_acting(loop: Loop) -> None:
    """What it deals with unaccepted it has accepted; the term to accept ends either way."""
    said, done = loop.raised(), loop.raised()
    taken = loop.step("accept_matter", said, unit_id=loop.unit)
    assert (taken["state"], taken["accepted_on"]) == ("accepted", DAY)
    with pytest.raises(Conflict, match="already-accepted"):
        loop.step("accept_matter", said, unit_id=loop.unit)
    acted = loop.step("handle_matter", done, unit_id=loop.unit, text="(合成)")
    assert (acted["state"], acted["accepted_on"]) == ("handled", DAY)
    for one in (said, done):
        assert "accept" not in loop.open_codes(one)
        assert loop.history(one)["routings"][0]["accepted_on"] == DAY


def test_a_wrong_unit_returns_it_in_time_and_the_deputys_day_goes_on(loop: Loop) -> None:
    """Nobody has it then, the office is to route it; not to who returned it; the day stays."""
    made = loop.raised()
    back = loop.step("return_matter", made, unit_id=loop.unit, reason="(合成)不属本单位")
    assert (back["state"], back["unit_id"]) == ("returned", None)
    open_ = {one["code"]: one for one in loop.history(made)["deadlines"] if not one["ended_on"]}
    assert set(open_) == {"reply", "route"}
    assert open_["reply"]["unit_id"] is None
    with pytest.raises(Conflict, match="not-routed"):
        loop.step("handle_matter", made, unit_id=loop.unit, text="(合成)")
    with pytest.raises(Conflict, match="unit-returned-it"):
        loop.route(made, loop.unit)
    anew = loop.route(made, loop.other)
    assert (anew["state"], anew["unit_id"]) == ("routed", loop.other)
    again = {one["code"]: one for one in loop.history(made)["deadlines"] if not one["ended_on"]}
    assert set(again) == {"reply", "accept"}
    assert again["reply"]["unit_id"] == loop.other
    assert again["reply"]["due_on"] == open_["reply"]["due_on"]


def test_it_cannot_be_returned_late_or_once_it_has_been_dealt_with(loop: Loop) -> None:
    """The rule gives ten days, and nobody returns what she has done."""
    late, done = loop.raised(), loop.raised()
    with pytest.raises(Conflict, match="return-too-late"):
        loop.step(
            "return_matter", late, unit_id=loop.unit, reason="(合成)", happened_on="2023-05-27"
        )
    loop.step("handle_matter", done, unit_id=loop.unit, text="(合成)")
    with pytest.raises(Conflict, match="already-handled"):
        loop.step("return_matter", done, unit_id=loop.unit, reason="(合成)")


def test_a_promise_has_its_own_day_and_is_answered_again(loop: Loop) -> None:
    """However satisfied the deputy is, it stays open until what was promised is answered."""
    made = loop.raised()
    with pytest.raises(Invalid, match="promise-unclear"):
        loop.reply(made, result="B")
    with pytest.raises(Invalid, match="result-unknown"):
        loop.reply(made, result="Z")
    promised = loop.reply(made, result="B", promised_on="2023-09-30")
    assert (promised["state"], promised["promised_on"]) == ("replied", "2023-09-30")
    content_ = loop.judge(made, "satisfied")
    assert content_["state"] == "replied"
    assert loop.open_codes(made) == {"promise"}
    with pytest.raises(Conflict, match="still-owed-promise"):
        loop.close(made)
    kept = loop.reply(made, result="A", happened_on="2023-09-20")
    assert (kept["replies"], kept["judgement"], kept["replied_on"]) == (2, None, DAY)
    assert loop.open_codes(made) == {"judge", "confirm"}
    loop.judge(made, "basically", happened_on="2023-09-21")
    with pytest.raises(Conflict, match="still-owed-confirmation"):
        loop.close(made, happened_on="2023-09-22")
    done = loop.confirm(made, waiver="(合成)无法拍照", happened_on="2023-09-23")
    assert (done["state"], done["closed_on"]) == ("closed", "2023-09-23")
    assert loop.open_codes(made) == set()
    assert [one["number"] for one in loop.history(made)["replies"]] == [1, 2]
    (closed,) = loop.service.events("matter.closed.v1")
    assert closed.data["confirmed_on"] == "2023-09-23"


def test_a_deputy_who_is_not_satisfied_says_why_and_is_answered_again(loop: Loop) -> None:
    """Within a month; the same loop once more, the first reply kept."""
    made = loop.raised()
    loop.reply(made, result="C")
    with pytest.raises(Invalid, match="reason-missing"):
        loop.judge(made, "not")
    again = loop.judge(made, "not", reason="(合成)没有说明时间")
    assert (again["state"], again["round"]) == ("accepted", 2)
    (due,) = [one for one in loop.history(made)["deadlines"] if not one["ended_on"]]
    assert (due["code"], due["due_on"], due["unit_id"]) == ("second-reply", "2023-06-16", loop.unit)
    loop.step("handle_matter", made, unit_id=loop.unit, text="(合成)再办")
    second = loop.reply(made, result="C", happened_on="2023-06-01")
    assert (second["replies"], second["reply_text"]) == (2, "(合成)答复")
    closed = loop.judge(made, "satisfied", happened_on="2023-06-02")
    assert closed["state"] == "closed"
    assert [one["act"] for one in loop.history(made)["acts"]] == ["handling"]


def test_what_was_settled_is_opened_again_with_a_reason(loop: Loop) -> None:
    """By the deputy whose it is, or the office; by no other deputy."""
    made = loop.raised()
    loop.reply(made, result="C")
    loop.close(made)
    body = {"reason": "(合成)又坏了", "happened_on": "2023-06-20"}
    with pytest.raises(Forbidden):
        loop.as_deputy(loop.year.deputy(OWN), "reopen_matter", "opinion", made["id"], body)
    again = loop.as_deputy(loop.deputy, "reopen_matter", "opinion", made["id"], body)
    assert (again["state"], again["closed_on"], again["round"]) == ("accepted", None, 2)
    assert loop.open_codes(made) == {"second-reply"}
    with pytest.raises(Conflict, match="not-closed"):
        loop.as_deputy(loop.deputy, "reopen_matter", "opinion", made["id"], body)


def test_nobody_answers_what_is_not_hers_to_answer(loop: Loop) -> None:
    """Not the author, no other unit; no other deputy judges, and none twice."""
    made = loop.raised()
    answer = {"unit_id": loop.unit, "text": "(合成)", "happened_on": DAY}
    for method in ("handle_opinion", "reply_to_opinion"):
        with pytest.raises(Forbidden, match="answered-by-author"):
            loop.service.call(
                method, made["id"], answer, roles=("government", "recorder"), subject=loop.deputy
            )
        with pytest.raises(Forbidden, match="matter-of-another-unit"):
            loop.as_unit(loop.other, method, made["id"], answer | {"unit_id": loop.other})
    with pytest.raises(Conflict, match="not-replied"):
        loop.judge(made, "satisfied")
    loop.reply(made, result="C")
    with pytest.raises(Forbidden, match="judged-by-another"):
        loop.judge(made, "satisfied", by=loop.year.deputy(OWN))
    with pytest.raises(Forbidden, match="judged-by-another"):
        loop.year.call(
            "judge_reply", made["id"], deputy_id=loop.year.deputy(OWN), judgement="satisfied"
        )
    loop.judge(made, "satisfied")
    with pytest.raises(Conflict, match="matter-closed"):
        loop.judge(made, "not", reason="(合成)")
    with pytest.raises(Conflict, match="matter-closed"):
        loop.reply(made, result="C")


def test_one_reply_is_judged_once(loop: Loop) -> None:
    """Also where a promise keeps the matter open."""
    made = loop.raised()
    loop.reply(made, result="B", promised_on="2023-09-30")
    loop.judge(made, "satisfied")
    with pytest.raises(Conflict, match="already-judged"):
        loop.judge(made, "satisfied")


def test_of_two_who_close_at_once_one_is_told(loop: Loop) -> None:
    """By the version that she saw, and without one by the state."""
    made = loop.raised()
    with pytest.raises(Conflict, match="still-owed-reply"):
        loop.close(made)
    version = loop.reply(made, result="C")["version"]
    body = {"reason": "(合成)", "happened_on": DAY}
    call = ("close_matter", "opinion", made["id"], body)
    loop.service.call(*call, expected_version=version)
    with pytest.raises(Stale):
        loop.service.call(*call, expected_version=version)
    with pytest.raises(Conflict, match="matter-closed"):
        loop.service.call(*call)


def test_a_solution_is_confirmed_by_somebody_else_with_a_photo_or_a_waiver(loop: Loop) -> None:
    """Not by the unit, nor by who acted for it; what is not solved begins anew."""
    made = loop.raised()
    loop.year.call("reply_to_opinion", made["id"], unit_id=loop.unit, text="(合成)", result="A")
    with pytest.raises(Forbidden, match="confirmed-by-handler"):
        loop.year.call("confirm_solution", "opinion", made["id"], unit_id=loop.unit, solved=True)
    with pytest.raises(Forbidden, match="confirmed-by-handler"):
        loop.year.call("confirm_solution", "opinion", made["id"], solved=True, waiver="(合成)")
    with pytest.raises(Invalid, match="after-photo-missing"):
        loop.confirm(made)
    before = photos(uploaded(loop.service, picture(1)), role="before")
    with pytest.raises(Invalid, match="after-photo-missing"):
        loop.confirm(made, photos=before)
    with pytest.raises(Invalid, match="reason-missing"):
        loop.confirm(made, solved=False)
    again = loop.confirm(made, solved=False, text="(合成)仍然漏水")
    assert (again["state"], again["claimed_on"], again["round"]) == ("accepted", None, 2)
    assert loop.open_codes(made) == {"second-reply"}
    loop.reply(made, result="A")
    after = photos(uploaded(loop.service, picture(2)), role="after")
    confirmed = loop.confirm(made, photos=after)
    assert (confirmed["confirmed_on"], confirmed["state"]) == (DAY, "replied")
    with pytest.raises(Conflict, match="nothing-to-confirm"):
        loop.confirm(made, photos=after)
    assert [one["role"] for one in loop.history(made)["photos"]] == ["after"]
    assert loop.judge(made, "basically")["state"] == "closed"


def test_who_dealt_with_it_confirms_in_nobodys_name(loop: Loop) -> None:
    """Whoever entered the handling or the reply, and a unit beside the lead, confirm nothing."""
    made = loop.raised()
    beside = loop.a_unit()
    loop.route(made, loop.unit, [beside])
    roles = ("government", "clerk", "recorder")
    said: Json = {"unit_id": loop.unit, "text": "(合成)", "happened_on": DAY}

    def official(subject: str, method: str, **body: Any) -> Json:
        args = ("opinion", made["id"], said | body)
        answer: Json = loop.service.call(method, *args, roles=roles, subject=subject)
        return answer

    def confirms(subject: str, **whose: str) -> Json:
        body = {"happened_on": DAY, "solved": True, "waiver": "(合成)"} | whose
        args = ("confirm_solution", "opinion", made["id"], body)
        answer: Json = loop.service.call(*args, roles=roles, subject=subject)
        return answer

    official("an-official", "handle_matter")
    official("another", "reply_to_matter", result="A")
    for subject in ("an-official", "another"):
        for whose in ({"unit_id": loop.other}, {"deputy_id": loop.deputy}, {}):
            with pytest.raises(Forbidden, match="confirmed-by-handler"):
                confirms(subject, **whose)
    with pytest.raises(Forbidden, match="confirmed-by-handler"):
        confirms("a-third", unit_id=beside)
    assert confirms("a-third", unit_id=loop.other)["confirmed_on"] == DAY


def test_another_unit_deals_with_it_itself(loop: Loop) -> None:
    """What the unit before said to have put right, the next one has not; the claim lapses."""
    loop.register = "problem"
    made = loop.year.call("record_problem", project_id=loop.project, text="(合成)")
    handling = {"unit_id": loop.unit, "text": "(合成)"}
    assert loop.step("handle_matter", made, **handling)["claimed_on"] == DAY
    moved = loop.route(made, loop.other)
    assert (moved["state"], moved["claimed_on"]) == ("routed", None)
    assert loop.open_codes(made) == {"accept", "reply"}
    with pytest.raises(Conflict, match="nothing-to-confirm"):
        loop.confirm(made, waiver="(合成)")
    again = loop.step("handle_matter", made, **handling | {"unit_id": loop.other})
    assert (again["state"], again["claimed_on"]) == ("handled", DAY)
    assert loop.confirm(made, waiver="(合成)")["state"] == "closed"


def test_a_problem_is_put_right_and_confirmed_by_somebody_else(loop: Loop) -> None:
    """Found, routed, rectified, confirmed, closed; the reply is not needed."""
    made = loop.year.call("record_problem", project_id=loop.project, text="(合成)", kind="safety")
    assert (made["state"], made["unit_id"]) == ("routed", loop.unit)
    loop.register = "problem"
    rectified = loop.step("handle_matter", made, unit_id=loop.unit, text="(合成)已整改")
    assert (rectified["state"], rectified["handled_on"]) == ("handled", DAY)
    assert loop.open_codes(made) == {"confirm"}
    with pytest.raises(NotFound):
        loop.judge(made, "satisfied")
    done = loop.confirm(made, waiver="(合成)")
    assert (done["state"], done["closed_on"]) == ("closed", DAY)
    told = [event.type for event in loop.service.events() if ".problem." in event.type]
    assert told == ["supervision.problem.found.v1", "supervision.problem.rectified.v1"]


def test_a_problem_that_cannot_be_put_right_is_answered_and_closed_by_the_office(
    loop: Loop,
) -> None:
    """The unit replies why; the office settles it with a reason."""
    made = loop.year.call("record_problem", project_id=loop.project, text="(合成)")
    loop.register = "problem"
    loop.reply(made, result="C")
    assert loop.open_codes(made) == {"close"}
    assert loop.close(made)["state"] == "closed"


def test_a_problem_that_was_answered_only_waits_for_the_office(loop: Loop) -> None:
    """It stays on the overdue list until the office settles it or it is put right after all."""
    loop.register = "problem"
    made = loop.year.call("record_problem", project_id=loop.project, text="(合成)")
    loop.reply(made, result="C")
    assert loop.open_codes(made) == {"close"}
    assert made["id"] in loop.overdue("2024-01-01", kind="problem")
    loop.step("handle_matter", made, unit_id=loop.unit, text="(合成)")
    assert loop.open_codes(made) == {"confirm"}
    loop.confirm(made, waiver="(合成)")
    assert loop.open_codes(made) == set()


def test_a_co_handling_unit_gives_its_opinion_in_a_month_or_returns_it(loop: Loop) -> None:
    """Beside the lead; each named once; what it owes falls away when the lead has replied."""
    made, third = loop.raised(), loop.a_unit()
    with pytest.raises(Invalid, match="unit-twice"):
        loop.route(made, loop.unit, [loop.unit])
    with pytest.raises(Conflict, match="has-it-already"):
        loop.route(made, loop.unit)
    loop.route(made, loop.unit, [loop.other, third])
    with pytest.raises(Conflict, match="has-it-already"):
        loop.route(made, loop.unit, [third])
    lead, *beside = loop.history(made)["routings"]
    by_unit = {one["unit_id"]: one for one in (lead, *beside)}
    body = {"text": "(合成)秘密", "happened_on": DAY}
    with pytest.raises(Forbidden):
        loop.as_unit(third, "give_co_opinion", by_unit[loop.other]["id"], body)
    given = loop.as_unit(loop.other, "give_co_opinion", by_unit[loop.other]["id"], body)
    assert given["opinion_on"] == DAY
    for one in (loop.other, loop.unit):
        with pytest.raises(Conflict, match="opinion-not-asked"):
            loop.as_unit(one, "give_co_opinion", by_unit[one]["id"], body)
    assert loop.overdue("2023-07-01", kind="co-handling") == [by_unit[third]["id"]]
    loop.step("return_matter", made, unit_id=third, reason="(合成)")
    assert loop.overdue("2023-07-01", kind="co-handling") == []
    assert loop.get(made)["unit_id"] == loop.unit
    loop.reply(made, result="C")
    for unit, beside in ((loop.unit, [third]), (third, [])):
        with pytest.raises(Conflict, match="already-replied"):
            loop.route(made, unit, beside)


def test_more_time_is_given_once_before_it_has_run_out(loop: Loop) -> None:
    """By the unit that has it, within the rule's three months."""
    made, late = loop.raised(), loop.raised()
    body = {"reason": "(合成)涉及面广", "happened_on": DAY}
    with pytest.raises(Forbidden):
        loop.as_unit(loop.other, "extend_matter", "opinion", made["id"], body)
    loop.as_unit(loop.unit, "extend_matter", "opinion", made["id"], body)
    (due,) = [
        one
        for one in loop.history(made)["deadlines"]
        if one["code"] == "extension" or one["extended_on"]
    ]
    assert (due["due_on"], due["extended_on"]) == ("2023-08-16", DAY)
    with pytest.raises(Conflict, match="deadline-extended"):
        loop.as_unit(loop.unit, "extend_matter", "opinion", made["id"], body)
    with pytest.raises(Conflict, match="deadline-passed"):
        loop.step("extend_matter", late, reason="(合成)", happened_on="2023-06-20")
    loop.reply(late, result="C")
    with pytest.raises(Conflict, match="no-deadline"):
        loop.step("extend_matter", late, reason="(合成)")


def test_identical_matters_are_handled_together_and_answered_apart(loop: Loop) -> None:
    """One act of handling, and each its own reply, deadline and judgement; none is merged away."""
    one, two, third = loop.raised(), loop.raised(), loop.raised()
    loop.route(third, loop.other)
    body = {"register": "opinion", "name": "(合成)并案", "reason": "(合成)同一路口"}
    with pytest.raises(Conflict, match="joint-of-several-units"):
        loop.year.call("form_joint_handling", **body, member_ids=[one["id"], third["id"]])
    joint = loop.year.call("form_joint_handling", **body, member_ids=[one["id"], two["id"]])
    with pytest.raises(Conflict, match="joint-not-possible"):
        loop.year.call("form_joint_handling", **body, member_ids=[one["id"], two["id"]])
    loop.year.call("handle_jointly", joint["id"], text="(合成)一并办理")
    assert {loop.get(each)["state"] for each in (one, two)} == {"handled"}
    with pytest.raises(Conflict, match="nothing-to-handle"):
        loop.year.call("handle_jointly", joint["id"], text="(合成)")
    loop.reply(one, result="C")
    assert loop.get(two)["replied_on"] is None
    assert "reply" in loop.open_codes(two)
    left = loop.year.call("release_member", joint["id"], member_id=two["id"], reason="(合成)不同")
    assert left["member_ids"] == [one["id"]]
    assert loop.get(two)["joint_id"] is None
    assert loop.service.call("list_joint_handlings", {"unit_id": loop.unit})["items"] == [left]
    assert loop.service.call("get_joint_handling", joint["id"]) == left
    with pytest.raises(NotFound):
        loop.service.call("get_joint_handling", new())


def test_what_stays_overdue_comes_to_each_rung_once_and_the_public_sees_the_list(
    loop: Loop,
) -> None:
    """Reminder, leader, public; whoever has no role sees the public rung alone, and no person."""
    made, kept = loop.raised(), loop.raised()
    loop.reply(kept, result="C")
    for _ in range(2):
        nightly.escalate(nights(loop))
    found = loop.service.call("list_escalations", {"open": "true"})["items"]
    of_reply = {one["step"]: one["happened_on"] for one in found if one["code"] == "reply"}
    assert of_reply == {"reminder": "2023-05-24", "leader": "2023-05-30", "public": "2023-06-13"}
    assert {one["subject_id"] for one in found} == {made["id"]}
    public = loop.service.call("list_escalations", {}, roles=())["items"]
    assert [one["step"] for one in public] == ["public"]
    assert loop.service.call("list_escalations", {"step": "leader"}, roles=())["items"] == []
    assert not {"deputy_id", "text"} & set(public[0])
    assert len(loop.service.events("escalation.raised.v1")) == len(found)
    loop.reply(made, result="C", happened_on="2023-08-01")
    assert loop.service.call("list_escalations", {"open": "true"})["items"] == []
    assert len(loop.service.call("list_escalations", {"open": "false"})["items"]) == len(found)


def test_rows_of_the_release_before_are_taken_into_the_loop_at_night(loop: Loop) -> None:
    """What it left unanswered gets its unit and its day; what it answered can be judged."""
    raised, answered = loop.raised(), loop.raised()
    loop.reply(answered, result="C")
    with loop.service.engine.begin() as connection:
        tables = loop.service.metadata.tables
        empty = {"state": None, "unit_id": None, "round": None, "class": None}
        more = {"handled_round": None, "replies": None, "result": None, "routed_on": None}
        connection.execute(sa.update(tables["opinions"]).values(empty | more))
        for name in ("routings", "deadlines", "replies"):
            connection.execute(sa.delete(tables[name]))
    assert [loop.get(one)["state"] for one in (raised, answered)] == ["raised", "replied"]
    nightly.take_over(nights(loop))
    assert [loop.get(one)["unit_id"] for one in (raised, answered)] == [loop.unit, loop.unit]
    assert loop.open_codes(raised) == {"accept", "reply"}
    assert loop.judge(answered, "satisfied")["state"] == "closed"


def test_the_three_rates_differ_and_are_as_of_a_day(loop: Loop) -> None:
    """Answered, solved and satisfied are not the same; what came later does not count before."""
    solved, content_, open_, refused = (loop.raised() for _ in range(4))
    loop.reply(solved, result="A")
    loop.confirm(solved, waiver="(合成)", happened_on="2023-05-20")
    loop.reply(content_, result="C")
    loop.judge(content_, "satisfied")
    loop.reply(refused, result="A")
    loop.confirm(refused, waiver="(合成)", happened_on="2023-05-20")
    loop.judge(refused, "not", reason="(合成)", happened_on="2023-05-21")
    loop.step("talk_about_matter", open_, text="(合成)当面沟通")
    loop.step("publish_matter", solved, text="(合成)网站")
    total = loop.rates("2023-12-31")["total"]
    parts = {name: (one["part"], one["whole"]) for name, one in total.items()}
    assert parts == {
        "responded": (3, 4),
        "solved": (1, 4),
        "satisfied": (1, 2),
        "talked": (1, 4),
        "published": (1, 3),
    }
    assert total["solved"]["share"] == 0.25
    before = loop.rates("2023-05-20")
    assert (before["total"]["solved"]["part"], before["as_of"]) == (2, "2023-05-20")
    (group,) = loop.rates("2023-12-31", by="unit")["groups"]
    assert (group["key"], group["rates"]) == (loop.unit, total)
    assert loop.rates("2023-12-31", year="2022")["total"]["responded"]["share"] is None
    assert set(before["definitions"]) == set(total)


def test_no_words_and_no_deputy_stand_in_the_loops_events(loop: Loop) -> None:
    """What people wrote stays here; a judgement does not say whose it is."""
    made = loop.raised(text="(合成)秘密")
    loop.step("return_matter", made, unit_id=loop.unit, reason="秘密")
    loop.route(made, loop.other)
    loop.step("handle_matter", made, unit_id=loop.other, text="秘密")
    loop.step(
        "reply_to_matter", made, unit_id=loop.other, text="秘密", result="A", by_unit=loop.other
    )
    loop.confirm(made, waiver="秘密")
    loop.judge(made, "not", reason="秘密")
    events = loop.service.events()
    assert "秘密" not in str([one.data for one in events])
    alone = [one.data for one in events if ".reply." in one.type or ".confirmation." in one.type]
    assert loop.deputy not in str(alone)


def test_a_repeated_step_is_done_once(loop: Loop) -> None:
    """The same key gives the same answer, and one reply."""
    made = loop.raised()
    body = {"unit_id": loop.unit, "text": "(合成)", "happened_on": DAY, "result": "C"}
    first = loop.service.call("reply_to_matter", "opinion", made["id"], body, key="key-00001")
    again = loop.service.call("reply_to_matter", "opinion", made["id"], body, key="key-00001")
    assert again == first
    assert len(loop.history(made)["replies"]) == 1


def test_what_is_of_no_register_or_unknown_is_not_found(loop: Loop) -> None:
    """Registers are two."""
    body = {"unit_id": loop.unit, "happened_on": DAY}
    for register, id_ in (("suggestion", loop.raised()["id"]), ("problem", new())):
        with pytest.raises(NotFound):
            loop.service.call("accept_matter", register, id_, body)
        with pytest.raises(NotFound):
            loop.service.call("get_matter_history", register, id_)


def test_days_do_not_go_backwards(loop: Loop) -> None:
    """No step lies before the one that it follows."""
    made = loop.raised()
    early = (dt.date.fromisoformat(DAY) - dt.timedelta(days=1)).isoformat()
    for method, body in (
        ("accept_matter", {"unit_id": loop.unit}),
        ("handle_matter", {"unit_id": loop.unit, "text": "(合成)"}),
        ("reply_to_matter", {"unit_id": loop.unit, "text": "(合成)"}),
        ("return_matter", {"unit_id": loop.unit, "reason": "(合成)"}),
    ):
        with pytest.raises(Invalid, match="day-before"):
            loop.step(method, made, **body, happened_on=early)
    loop.reply(made, result="C")
    with pytest.raises(Invalid, match="day-before"):
        loop.judge(made, "satisfied", happened_on=early)
    with pytest.raises(Invalid, match="day-before"):
        loop.close(made, happened_on=early)


def test_a_later_round_does_not_begin_before_the_earlier_ended(loop: Loop) -> None:
    """No second reply before the judgement that asks for it, no closing before the latest reply."""
    made = loop.raised()
    days = [f"2023-05-{day}" for day in (16, 17, 18, 19, 20, 21)]
    loop.reply(made, happened_on=days[1], result="C")
    loop.judge(made, "not", reason="(合成)", happened_on=days[2])
    for method in ("handle_matter", "reply_to_matter"):
        with pytest.raises(Invalid, match="day-before"):
            loop.step(method, made, unit_id=loop.unit, text="(合成)", happened_on=days[1])
    promise = {"result": "B", "promised_on": "2023-09-30"}
    loop.reply(made, happened_on=days[4], **promise)
    with pytest.raises(Invalid, match="day-before"):
        loop.reply(made, happened_on=days[3], result="C")
    loop.reply(made, happened_on=days[4], result="C")
    with pytest.raises(Invalid, match="day-before"):
        loop.close(made, happened_on=days[3])
    loop.close(made, happened_on=days[4])
    loop.year.call("reopen_matter", "opinion", made["id"], reason="(合成)", happened_on=days[5])
    with pytest.raises(Invalid, match="day-before"):
        loop.reply(made, happened_on=days[4], result="C")


def test_what_came_back_is_not_given_on_before_it_came_back(loop: Loop) -> None:
    """The office routes it anew on that day or later."""
    made = loop.raised()
    loop.step("return_matter", made, unit_id=loop.unit, reason="(合成)", happened_on="2023-05-18")
    with pytest.raises(Invalid, match="day-before"):
        loop.route(made, loop.other)


def test_a_co_handling_unit_says_nothing_after_the_end(loop: Loop) -> None:
    """Its opinion is for the lead, who has replied."""
    made = loop.raised()
    loop.route(made, loop.unit, [loop.other])
    beside = next(one for one in loop.history(made)["routings"] if one["role"] == "co-handling")
    loop.reply(made, result="C")
    body = {"text": "(合成)", "happened_on": DAY}
    for match in ("already-replied", "matter-closed"):
        with pytest.raises(Conflict, match=match):
            loop.as_unit(loop.other, "give_co_opinion", beside["id"], body)
        if match == "already-replied":
            loop.close(made)


@pytest.mark.parametrize(
    ("code", "begins"), [("reply", "routed"), ("second-reply", "judged"), ("judge", "replied")]
)
def test_no_rule_is_adopted_by_which_something_is_never_overdue(
    loop: Loop, code: str, begins: str
) -> None:
    """Every term on which the overdue list stands must be there, for both classes."""

    def without(terms: list[Json]) -> list[Json]:
        return [one for one in terms if (one["code"], one["from"]) != (code, begins)]

    with pytest.raises(Invalid) as refused:
        loop.adopt("deadlines", without)
    assert f"{code} from {begins}" in str(refused.value.errors)

    def general_alone(terms: list[Json]) -> list[Json]:
        found = [one for one in terms if (one["code"], one["from"]) == (code, begins)]
        return [*without(terms), found[0] | {"classes": ["general"]}]

    with pytest.raises(Invalid) as refused:
        loop.adopt("deadlines", general_alone)
    assert f"{code} from {begins}" in str(refused.value.errors)


def test_what_is_closed_or_to_be_dealt_with_again_is_listed_so(loop: Loop) -> None:
    """Closed on a reply alone is not open; handled, answered and judged wanting is."""

    def listed(open_: str) -> set[str]:
        found = loop.service.call("list_opinions", {"open": open_})["items"]
        return {one["id"] for one in found}

    closed, again = loop.raised(), loop.raised()
    loop.reply(closed, result="C")
    loop.judge(closed, "satisfied")
    loop.step("handle_matter", again, unit_id=loop.unit, text="(合成)")
    loop.reply(again, result="C")
    assert (listed("true"), listed("false")) == (set(), {closed["id"], again["id"]})
    loop.judge(again, "not", reason="(合成)")
    assert (listed("true"), listed("false")) == ({again["id"]}, {closed["id"]})
