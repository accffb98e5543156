"""Audiences on both databases: adding, opening, revising, answering, closing; who has answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.secretbox import keys_of
from services.commons.aggregate import new_id
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.survey.model.audience import Audience
from services.survey.queries.comments import comments_of
from services.survey.queries.integrity import findings
from services.survey.service import SurveyService

from ...harness import Harness
from . import sampled
from .cycle import (
    CLOSES,
    DEPUTY,
    DRAFTED,
    adopted_method,
    answer,
    audience_body,
    close,
    form,
    hear_deputy,
    hear_project,
    opened,
    publish,
    questionnaire_body,
)
from .records import kept, tallies

NAMED = {"kind": "named", "replaceable": True}
TEXT = {"zh-CN": "(合成)题"}
AGES = [{"code": code, "text": TEXT} for code in ("young", "old")]
STRATIFIED = [
    {
        "code": "age",
        "kind": "choice",
        "text": TEXT,
        "options": AGES,
        "stratum": True,
        "required": True,
    },
    {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
    {"code": "why", "kind": "text", "text": TEXT},
]


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def stratified(
    questionnaire: dict[str, Any], age: str, grade: str, why: str | None
) -> dict[str, Any]:
    """A form with a stratum, grades and a text."""
    filled = form(questionnaire, grade)
    once = [{"question": "age", "value": age}, {"question": "why", "value": why}]
    return filled | {"answers": [*once, *filled["answers"]]}


def as_deputy(deputy: str) -> dict[str, Any]:
    """How a deputy calls."""
    return {"roles": DEPUTY, "subject": deputy}


def counts(survey: Harness, audience_id: str) -> dict[str, int]:
    """By grade, over all cells and lines; read from the tables."""
    total: dict[str, int] = {}
    for tally in tallies(survey, audience_id):
        for key, count in tally["counts"].items():
            if key.startswith("grade"):
                total = {code: total.get(code, 0) + n for code, n in count.items()}
    return total


def test_a_draft_is_seen_by_who_prepares_it(survey: Harness) -> None:
    """The public sees neither a draft nor its audiences, nor a form before the opening."""
    hear_deputy(survey)
    drafted = survey.call("draft_questionnaire", questionnaire_body(adopted_method(survey)))
    added = survey.call("add_audience", drafted["id"], audience_body())
    assert (drafted["state"], drafted["items"], added["state"]) == ("draft", [], "draft")
    for method, id_ in (
        ("get_questionnaire", drafted["id"]),
        ("get_audience", added["id"]),
        ("get_audience_form", added["id"]),
    ):
        with pytest.raises(NotFound):
            survey.call(method, id_, roles=())
    assert survey.call("list_questionnaires", {}, roles=())["items"] == []
    assert survey.call("list_audiences", drafted["id"], roles=())["items"] == []
    assert survey.call("list_audiences", drafted["id"])["items"] == [added]
    survey.call("open_questionnaire", drafted["id"], {"happened_on": DRAFTED})
    shown = survey.call("get_audience_form", added["id"], roles=())
    assert [one["kind"] for one in shown["items"]] == ["project", "sub-item", "sub-item"]
    assert [one["code"] for one in shown["questions"]] == ["grade"]
    first = shown["grades"][0]
    assert (first["code"], first["name_zh"]) == ("satisfied", "满意")
    assert (shown["form_version"], shown["state"]) == (1, "open")


def test_every_channel_can_be_set_up(survey: Harness) -> None:
    """Beside the roll: invitations, an open link, paper; each with its own days and base."""
    hear_deputy(survey)
    anonymous = {"kind": "anonymous", "group": "residents"}
    audiences: list[dict[str, Any]] = [
        {},
        anonymous | {"channel": "invitation", "sampling": "sample"},
        anonymous | {"channel": "open", "sampling": "open", "closes_on": "2023-12-20"},
        anonymous | {"channel": "offline", "sampling": "census", "eligible": 29, "present": 28},
    ]
    draft = survey.call("draft_questionnaire", questionnaire_body(adopted_method(survey)))
    added = [survey.call("add_audience", draft["id"], audience_body(**one)) for one in audiences]
    sample = {"drawing_id": sampled.drawn(survey)["id"]}
    survey.call("use_sample", added[1]["id"], sample)
    questionnaire = survey.call("open_questionnaire", draft["id"], {"happened_on": DRAFTED})
    found = survey.call("list_audiences", questionnaire["id"], roles=())["items"]
    assert [one["channel"] for one in found] == ["roll", "invitation", "open", "offline"]
    assert [one["eligible"] for one in found] == [1, 60, None, 29]
    assert (questionnaire["eligible"], questionnaire["closes_on"]) == (1, "2023-12-20")
    (event,) = survey.events("questionnaire.opened.v1")
    assert [one["group"] for one in event.data["audiences"]] == ["all-deputies"] + 3 * ["residents"]
    with pytest.raises(Conflict) as refused:
        answer(survey, questionnaire | {"audience_id": found[3]["id"]}, new_id(), "satisfied")
    assert refused.value.code == "channel-takes-no-answers"


def test_audiences_can_be_added_while_it_is_open(survey: Harness) -> None:
    """They are opened on their own; not once it is closed."""
    member = hear_deputy(survey)
    hear_deputy(survey)
    questionnaire = opened(survey)
    body = audience_body(
        group="standing-committee", deputies=[member], kind="named", closes_on="2023-12-15"
    )
    added = survey.call("add_audience", questionnaire["id"], body)
    with pytest.raises(Conflict):
        answer(survey, questionnaire | {"audience_id": added["id"]}, member, "satisfied")
    day = {"happened_on": "2023-12-02"}
    assert survey.call("open_audience", added["id"], day)["eligible"] == 1
    answer(survey, questionnaire | {"audience_id": added["id"]}, member, "satisfied")
    shown = survey.call("get_questionnaire", questionnaire["id"])
    assert (shown["closes_on"], shown["eligible"]) == ("2023-12-15", 2)
    survey.call("close_questionnaire", questionnaire["id"], {"happened_on": "2023-12-15"})
    with pytest.raises(Conflict):
        survey.call("add_audience", questionnaire["id"], body)


def test_a_roll_names_deputies_of_the_register(survey: Harness) -> None:
    """An unknown one, one of another congress, and one named twice are refused at their place."""
    deputy, other = hear_deputy(survey), hear_deputy(survey, congress="330102")
    drafted = survey.call("draft_questionnaire", questionnaire_body(adopted_method(survey)))
    for ids, at in (([new_id()], 0), ([deputy, other], 1), ([deputy, deputy], 1)):
        with pytest.raises(Invalid) as refused:
            survey.call("add_audience", drafted["id"], audience_body(deputies=ids, kind="named"))
        assert [e["pointer"] for e in refused.value.errors] == [f"/deputies/{at}"]
    with pytest.raises(Invalid):
        survey.call("add_audience", drafted["id"], audience_body(deputies=[]))


def test_an_audience_may_be_asked_about_some_lines(survey: Harness) -> None:
    """Its form has only these, and its answers too; unknown ones are refused at their place."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey)
    some = questionnaire["items"][1:2]
    body = audience_body(group="supervision-group", deputies=deputies[:1], kind="named")
    with pytest.raises(Invalid) as refused:
        survey.call("add_audience", questionnaire["id"], body | {"item_ids": [new_id()]})
    assert [error["pointer"] for error in refused.value.errors] == ["/item_ids/0"]
    ids = [one["item_id"] for one in some]
    added = survey.call("add_audience", questionnaire["id"], body | {"item_ids": ids})
    survey.call("open_audience", added["id"], {"happened_on": DRAFTED})
    (shown,) = survey.call("get_audience_form", added["id"], roles=())["items"]
    assert shown == some[0] | {"project_name": questionnaire["items"][0]["name"]}
    there = questionnaire | {"audience_id": added["id"]}
    with pytest.raises(Invalid):
        answer(survey, there, deputies[0], "satisfied")
    answer(survey, there | {"items": some}, deputies[0], "satisfied")
    assert counts(survey, added["id"])["satisfied"] == 1


def test_only_named_lines_are_drafted(survey: Harness) -> None:
    """A questionnaire on some lines has these; an unknown one is refused at its place."""
    hear_deputy(survey)
    all_ = opened(survey)["items"]
    with pytest.raises(Invalid) as refused:
        opened(survey, item_ids=[all_[0]["item_id"], new_id()])
    assert [error["pointer"] for error in refused.value.errors] == ["/item_ids/1"]
    assert opened(survey, item_ids=[all_[2]["item_id"]])["items"] == all_[2:]
    assert opened(survey, item_kinds=["sub-item"])["items"] == all_[1:]


def test_a_second_questionnaire_follows_the_first(survey: Harness) -> None:
    """About lines of the first, once that is closed; the event says which it follows."""
    hear_deputy(survey)
    first = opened(survey)
    lines = [first["items"][1]["item_id"]]
    with pytest.raises(Conflict):
        opened(survey, follows=first["id"], item_ids=lines)
    close(survey, first)
    with pytest.raises(Invalid) as refused:
        opened(survey, follows=first["id"], item_ids=lines, year=2022)
    assert [error["pointer"] for error in refused.value.errors] == ["/year"]
    second = opened(survey, follows=first["id"], item_ids=lines)
    assert second["items"] == first["items"][1:2]
    assert survey.events("questionnaire.opened.v1")[-1].data["follows"] == first["id"]


def test_a_named_answer_replaces_the_one_before(survey: Harness) -> None:
    """While it may; the counts hold the last one only, and so does the record of names."""
    deputy, other = hear_deputy(survey), hear_deputy(survey)
    questionnaire = opened(survey, NAMED)
    for grade in ("satisfied", "dissatisfied", "dissatisfied"):
        answer(survey, questionnaire, deputy, grade)
    answer(survey, questionnaire, other, "satisfied")
    expected = {"satisfied": 3, "basically-satisfied": 0, "dissatisfied": 3}
    assert counts(survey, questionnaire["audience_id"]) == expected
    assert {one["respondent"] for one in kept(survey, "named_answers")} == {deputy, other}
    participation = survey.call("get_participation", questionnaire["audience_id"])
    assert (participation["returned"], participation["eligible"]) == (2, 2)
    close(survey, questionnaire)
    with pytest.raises(Conflict):
        answer(survey, questionnaire, deputy, "satisfied")


def test_a_repeated_request_does_not_bring_back_what_was_replaced(survey: Harness) -> None:
    """The first request, sent again after the second one, changes nothing."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey, NAMED)
    answer(survey, questionnaire, deputy, "satisfied", key="key-00001")
    answer(survey, questionnaire, deputy, "dissatisfied", key="key-00002")
    answer(survey, questionnaire, deputy, "satisfied", key="key-00001")
    found = counts(survey, questionnaire["audience_id"])
    assert (found["satisfied"], found["dissatisfied"]) == (0, 3)


def test_a_named_answer_is_final_where_it_may_not_be_replaced(survey: Harness) -> None:
    """The rule is the audience's."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey, {"kind": "named"})
    answer(survey, questionnaire, deputy, "satisfied")
    with pytest.raises(Conflict) as refused:
        answer(survey, questionnaire, deputy, "dissatisfied")
    assert refused.value.code == "already-answered"
    assert counts(survey, questionnaire["audience_id"])["satisfied"] == 3


def test_a_form_is_revised_until_somebody_answers_it(survey: Harness) -> None:
    """Who has loaded the old form is told; after the first answer nothing changes."""
    deputy, other = hear_deputy(survey), hear_deputy(survey)
    questionnaire = opened(survey)
    body = {"questions": STRATIFIED, "happened_on": "2023-12-01"}
    revised = survey.call("revise_questionnaire", questionnaire["id"], body)
    assert (revised["form_version"], len(revised["questions"])) == (2, 3)
    with pytest.raises(Conflict) as changed:
        answer(survey, questionnaire, deputy, "satisfied")
    assert changed.value.code == "form-changed"
    to, who = questionnaire["audience_id"], as_deputy(deputy)
    current = questionnaire | {"form_version": 2}
    survey.call("answer_questionnaire", to, stratified(current, "old", "satisfied", None), **who)
    with pytest.raises(Conflict) as locked:
        survey.call("revise_questionnaire", questionnaire["id"], body)
    assert locked.value.code == "form-locked"
    bad = stratified(current, "old", "satisfied", None)
    bad["answers"].append({"question": "else", "value": "secret words"})
    with pytest.raises(Invalid) as refused:
        survey.call("answer_questionnaire", to, bad, roles=DEPUTY, subject=other)
    assert "secret words" not in str(vars(refused.value))


def test_bad_questions_are_refused_at_their_place(survey: Harness) -> None:
    """When they are drafted and when they are revised."""
    twice = [STRATIFIED[1], STRATIFIED[1]]
    body = questionnaire_body(adopted_method(survey), questions=twice)
    with pytest.raises(Invalid) as refused:
        survey.call("draft_questionnaire", body)
    assert [error["pointer"] for error in refused.value.errors] == ["/questions/1/code"]


def test_secret_answers_are_not_told_apart_by_what_is_asked(survey: Harness) -> None:
    """A stratum that is asked splits the counts of a named audience and not of a secret one."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    audiences = [{}, {"kind": "named", "group": "named"}]
    questionnaire = opened(survey, *audiences, questions=STRATIFIED)
    ids = [one["id"] for one in survey.call("list_audiences", questionnaire["id"])["items"]]
    for audience_id in ids:
        for deputy, age in zip(deputies, ("young", "old"), strict=True):
            body = stratified(questionnaire, age, "satisfied", f"{age}(合成)")
            who = as_deputy(deputy)
            survey.call("answer_questionnaire", audience_id, body, **who)
    secret, named = (tallies(survey, audience_id) for audience_id in ids)
    assert [(one["cell"], one["returned"]) for one in secret] == [("", 2)]
    assert [(one["cell"], one["returned"]) for one in named] == [("age=old", 1), ("age=young", 1)]
    assert secret[0]["counts"]["age"] == {"young": 1, "old": 1}


def test_comments_stand_sorted_and_without_a_name(survey: Harness) -> None:
    """On pages in the secret kind; in the named kind with the form that they are part of."""
    deputies = [hear_deputy(survey) for _ in range(3)]
    audiences = [{}, {"kind": "named", "group": "named"}]
    questionnaire = opened(survey, *audiences, questions=STRATIFIED)
    asked = survey.call("list_audiences", questionnaire["id"])["items"]
    for audience in asked:
        for deputy, why in zip(deputies, ("丙(合成)", "甲(合成)", None), strict=True):
            body = stratified(questionnaire, "old", "satisfied", why)
            survey.call("answer_questionnaire", audience["id"], body, roles=DEPUTY, subject=deputy)
    (page,) = kept(survey, "comment_pages")
    assert page["texts"] == sorted(["丙(合成)", "甲(合成)"])
    assert page["audience_id"] == asked[0]["id"]
    with sa.orm.Session(survey.engine) as session:
        for one in asked:
            audience = session.get_one(Audience, one["id"])
            found = list(comments_of(session, audience))
            assert found == [("why", text) for text in sorted(["丙(合成)", "甲(合成)"])]


def test_delegations_are_counted_apart_where_they_are_large(survey: Harness) -> None:
    """The register says the cell; the small delegations are one, of ten members at least."""
    sizes = {"东团(合成)": 11, "西团(合成)": 6, "北团(合成)": 5}
    deputies = {
        name: [hear_deputy(survey, delegation=name) for _ in range(size)]
        for name, size in sizes.items()
    }
    questionnaire = opened(survey, {"by_delegation": True})
    for members in deputies.values():
        for deputy in members[:2]:
            answer(survey, questionnaire, deputy, "satisfied")
    found = tallies(survey, questionnaire["audience_id"])
    assert [(one["cell"], one["returned"]) for one in found] == [
        ("delegation=other", 4),
        ("delegation=东团(合成)", 2),
    ]
    close(survey, questionnaire)
    assert publish(survey, questionnaire)["items"][0]["counts"]["satisfied"] == 6


def test_who_has_not_answered_is_known_and_nothing_else(survey: Harness) -> None:
    """Participation and the outstanding say no more than numbers and ids."""
    deputies = sorted(hear_deputy(survey) for _ in range(3))
    questionnaire = opened(survey)
    audience = questionnaire["audience_id"]
    answer(survey, questionnaire, deputies[1], "dissatisfied")
    outstanding = survey.call("get_outstanding", audience)
    assert outstanding == {
        "audience_id": audience,
        "deputy_ids": [deputies[0], deputies[2]],
    }
    said = survey.call("get_participation", audience)
    assert said == {
        "audience_id": audience,
        "state": "open",
        "eligible": 3,
        "issued": None,
        "present": None,
        "returned": 1,
    }
    paper = {"channel": "offline", "kind": "anonymous", "group": "residents"}
    other = survey.call("add_audience", questionnaire["id"], audience_body(**paper))
    with pytest.raises(Conflict) as refused:
        survey.call("get_outstanding", other["id"])
    assert refused.value.code == "no-roll"


def test_only_a_deputy_answers_on_a_roll(survey: Harness) -> None:
    """Nobody without a token, nobody in another role."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    for roles in ((), ("resident", "recorder"), ("clerk", "recorder")):
        with pytest.raises(Forbidden):
            answer(survey, questionnaire, deputy, "satisfied", roles=(*roles, "recorder"))


def test_audiences_close_on_their_own_days(survey: Harness) -> None:
    """Each by itself, with the number present; what is left is closed with the questionnaire."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey, {}, {"group": "again", "closes_on": "2023-12-15"})
    first, second = survey.call("list_audiences", questionnaire["id"])["items"]
    answer(survey, questionnaire, deputies[0], "satisfied")
    body = {"happened_on": CLOSES}
    for impossible in (0, 3):
        with pytest.raises(Invalid) as refused:
            survey.call("close_audience", first["id"], body | {"present": impossible})
        assert [error["pointer"] for error in refused.value.errors] == ["/present"]
    closed = survey.call("close_audience", first["id"], body | {"present": 1})
    assert (closed["state"], closed["present"]) == ("closed", 1)
    with pytest.raises(Conflict) as running:
        survey.call("close_questionnaire", questionnaire["id"], body)
    assert running.value.code == "questionnaire-running"
    answer(survey, questionnaire | {"audience_id": second["id"]}, deputies[0], "satisfied")
    survey.call("close_questionnaire", questionnaire["id"], {"happened_on": "2023-12-15"})
    states = [one["state"] for one in survey.call("list_audiences", questionnaire["id"])["items"]]
    assert states == ["closed", "closed"]


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("UPDATE cell_tallies SET counts = :counts", "seal"),
        ("UPDATE cell_tallies SET returned = returned + 1", "returned"),
        ("DELETE FROM cell_tallies", "cells"),
        ("UPDATE named_answers SET reading = :reading", "named"),
        ("DELETE FROM named_answers", "named"),
    ],
)
def test_a_hand_in_the_database_is_noticed(survey: Harness, change: str, sign: str) -> None:
    """Whatever record it changes; untouched there is nothing to find."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey, NAMED)
    for grade in ("dissatisfied", "satisfied"):
        answer(survey, questionnaire, deputies[0], grade)
    answer(survey, questionnaire, deputies[1], "satisfied")
    assert _signs(survey, questionnaire) == set()
    (tally,) = tallies(survey, questionnaire["audience_id"])
    better = {
        key: count | {"satisfied": 0, "dissatisfied": 2} for key, count in tally["counts"].items()
    }
    reading = kept(survey, "named_answers")[0]["reading"]
    marks = dict.fromkeys(reading["marks"], "basically-satisfied")
    given = {"counts": better, "reading": reading | {"marks": marks}}
    with survey.engine.begin() as connection:
        used = {name: json.dumps(value) for name, value in given.items() if f":{name}" in change}
        connection.execute(sa.text(change), used)
    assert sign in _signs(survey, questionnaire)


def _signs(survey: Harness, questionnaire: dict[str, Any]) -> set[str]:
    with sa.orm.Session(survey.engine) as session:
        found = findings(session, questionnaire["id"], keys_of(survey.settings))
    return {one.sign.value for one in found}
