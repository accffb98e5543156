"""Answers that come at the same moment, too late, or again; many at once from a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from services.chassis import database
from services.chassis.context import CallContext
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, ServiceError
from services.survey.commands.counting import count_many
from services.survey.commands.forms import form_of
from services.survey.model.audience import Audience
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import CLOSES, answer, close, form, hear_deputy, hear_project, opened, publish
from .records import kept, tallies

PAPER = {"channel": "offline", "kind": "anonymous", "group": "residents", "eligible": 300}


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What came of acts that begin at the same moment, errors included."""
    found: list[Any] = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def do(place: int) -> None:
        barrier.wait()
        try:
            found[place] = acts[place]()
        except ServiceError as exc:
            found[place] = exc

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_answers_of_one_deputy_at_the_same_moment_one_counts(survey: Harness) -> None:
    """The other one hears that she has answered; with the same key both are the same one."""
    for keys in (("key-00001", "key-00002"), ("key-00003", "key-00003")):
        deputy = hear_deputy(survey)
        questionnaire = opened(survey)
        act = partial(answer, survey, questionnaire, deputy)
        found = at_once(
            partial(act, "satisfied", key=keys[0]), partial(act, "dissatisfied", key=keys[1])
        )
        refused = [one for one in found if isinstance(one, ServiceError)]
        assert [one.code for one in refused] == (["already-answered"] if len(set(keys)) > 1 else [])
        (tally,) = tallies(survey, questionnaire["audience_id"])
        assert tally["returned"] == 1
        assert [sum(count.values()) for count in tally["counts"].values()] == [1, 1, 1]


def test_replacing_at_the_same_moment_leaves_one(survey: Harness) -> None:
    """One of the forms stands, whole, in the counts and under her name."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey, {"kind": "named", "replaceable": True})
    grades = ["satisfied", "basically-satisfied", "dissatisfied"]
    found = at_once(*(partial(answer, survey, questionnaire, deputy, one) for one in grades))
    assert found == [{"accepted": True}] * 3
    (tally,) = tallies(survey, questionnaire["audience_id"])
    (named,) = kept(survey, "named_answers")
    stands = set(named["reading"]["marks"].values())
    assert len(stands) == 1 and tally["returned"] == 1
    counted = [{code for code, n in one.items() if n} for one in tally["counts"].values()]
    assert counted == [stands] * 3


def test_an_answer_at_the_moment_of_the_closing_counts_or_is_refused(survey: Harness) -> None:
    """It is in the score exactly if it was accepted."""
    deputies = [hear_deputy(survey) for _ in range(4)]
    questionnaire = opened(survey)
    answered, *others = at_once(
        partial(close, survey, questionnaire),
        *(partial(answer, survey, questionnaire, deputy, "satisfied") for deputy in deputies),
    )
    assert answered["state"] == "closed"
    accepted = [one for one in others if one == {"accepted": True}]
    refused = [one.code for one in others if isinstance(one, ServiceError)]
    assert refused == ["questionnaire-not-open"] * (4 - len(accepted))
    assert publish(survey, questionnaire)["items"][0]["counts"]["satisfied"] == len(accepted)


def test_a_revision_at_the_moment_of_an_answer(survey: Harness) -> None:
    """Either the answer is to the old form, and that stays, or the form is new, and it is not."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    body = {"title": "改名(合成)", "happened_on": "2023-12-01"}
    answered, revised = at_once(
        partial(answer, survey, questionnaire, deputy, "satisfied"),
        partial(survey.call, "revise_questionnaire", questionnaire["id"], body),
    )
    (tally,) = tallies(survey, questionnaire["audience_id"])
    if answered == {"accepted": True}:
        assert isinstance(revised, Conflict) and revised.code in ("form-locked", "version-stale")
        assert tally["returned"] == 1
    else:
        assert answered.code == "form-changed" and revised["form_version"] == 2
        assert tally["returned"] == 0


def test_many_forms_are_counted_at_once(survey: Harness) -> None:
    """As one by one, with each record changed once."""
    hear_deputy(survey)
    questionnaire = opened(survey, PAPER)
    bodies = [form(questionnaire, grade) for grade in ("satisfied", "dissatisfied", "satisfied")]

    def work(session: Any) -> int:
        uow = UnitOfWork(session, CallContext(), survey.settings)
        audience = uow.get(Audience, questionnaire["audience_id"], locked=True)
        asked = form_of(uow, audience)
        readings = (asked.read(body["answers"], form_version=1) for body in bodies * 100)
        return count_many(uow, audience, readings)

    assert database.in_transaction(survey.engine, work) == 300
    (tally,) = tallies(survey, questionnaire["audience_id"])
    assert tally["returned"] == 300
    expected = {"satisfied": 200, "basically-satisfied": 0, "dissatisfied": 100}
    assert list(tally["counts"].values()) == [expected] * 3
    survey.call("close_questionnaire", questionnaire["id"], {"happened_on": CLOSES})
    assert publish(survey, questionnaire)["items"][0]["counts"]["satisfied"] == 200


def test_an_answer_too_long_or_of_no_shape_is_refused(survey: Harness) -> None:
    """At its place, and nothing of it is repeated."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    for value in ("words " * 1000, {"words": 1}, [["words"]], 1e300, True):
        body = form(questionnaire, "satisfied")
        body["answers"][1]["value"] = value
        with pytest.raises(ServiceError) as refused:
            survey.call(
                "answer_questionnaire",
                questionnaire["audience_id"],
                body,
                roles=("deputy", "recorder"),
                subject=deputy,
            )
        assert [error["pointer"] for error in refused.value.errors] == ["/answers/1/value"]
        assert "words" not in str(vars(refused.value))
    assert answer(survey, questionnaire, deputy, "satisfied") == {"accepted": True}
