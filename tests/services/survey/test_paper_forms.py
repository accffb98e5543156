"""Paper forms through the service, on both databases: pairs, differences, closing, statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.commons.documents import Document
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.survey.queries.integrity import findings
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import CLOSES
from .offline_cycle import CLERK, enter, lines, on_paper, pair, store, tallies


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service."""
    return serve(SurveyService)


def grades(survey: Harness, audience_id: str) -> list[dict[str, int]]:
    """The counts of the lines, of the one cell."""
    (tally,) = tallies(survey, audience_id).values()
    return list(tally.counts.values())


def close(survey: Harness, audience_id: str) -> Any:
    """Close the audience on its last day."""
    return survey.call("close_audience", audience_id, {"happened_on": CLOSES})


def act(survey: Harness, method: str, form: Any, by: str, **body: Any) -> Any:
    """Do something with a form as somebody."""
    body = {"reason": "核对原件"} | body
    return survey.call(method, form["id"], body, subject=by, roles=CLERK)


def test_a_form_counts_once_after_two_equal_entries(survey: Harness) -> None:
    """Not before; and nothing of its marks is left in its record."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    first = enter(survey, asked, "007", "wang", "satisfied", None, "void")
    assert (first["number"], first["waits_for"]) == ("7", "second")
    assert tallies(survey, audience)[""].returned == 0
    second = enter(survey, asked, "7", "li", "satisfied", None, "void")
    assert (second["state"], second["condition"]) == ("counted", None)
    assert tallies(survey, audience)[""].returned == 1
    assert [sum(count.values()) for count in grades(survey, audience)] == [1, 0, 0]
    table = survey.metadata.tables["paper_forms"]
    with survey.engine.connect() as connection:
        (row,) = connection.execute(table.select())
    assert (row.first, row.second, row.differing) == (None, None, None)


def test_the_second_entry_is_somebody_elses(survey: Harness) -> None:
    """And a third one is refused."""
    asked = on_paper(survey)
    enter(survey, asked, "1", "wang", "satisfied")
    with pytest.raises(Forbidden):
        enter(survey, asked, "1", "wang", "satisfied")
    enter(survey, asked, "1", "li", "satisfied")
    with pytest.raises(Conflict) as refused:
        enter(survey, asked, "1", "zhao", "satisfied")
    assert refused.value.code == "form-entered"


def test_a_repeated_request_is_no_second_entry(survey: Harness) -> None:
    """The same key gives the same answer."""
    asked = on_paper(survey)
    body = {"number": "1", "answers": lines(asked, "satisfied")}
    call = "enter_paper_form", asked["audience_id"], body
    once = survey.call(*call, key="the-same-key", subject="wang")
    assert survey.call(*call, key="the-same-key", subject="wang") == once


def test_differences_are_shown_line_by_line_and_a_third_person_decides(survey: Harness) -> None:
    """Only what differs is shown; the marks before the closing otherwise are not."""
    asked = on_paper(survey)
    enter(survey, asked, "1", "wang", "satisfied", "satisfied")
    form = enter(survey, asked, "1", "li", "satisfied", "dissatisfied")
    assert form["state"] == "differs"
    shown = survey.call("get_paper_form", form["id"], roles=CLERK)
    found = [(one["item_id"], one["first"], one["second"]) for one in shown["differences"]]
    items = [item["item_id"] for item in asked["items"]]
    assert found == [(item, "满意", "不满意") for item in items[1:]]
    given = lines(asked, "satisfied", "dissatisfied")[1:]
    with pytest.raises(Forbidden):
        act(survey, "resolve_paper_form", form, "li", answers=given)
    with pytest.raises(Invalid):
        act(survey, "resolve_paper_form", form, "zhao", answers=given[:1])
    done = act(survey, "resolve_paper_form", form, "zhao", answers=given)
    assert (done["state"], done["decided_by"]) == ("counted", "zhao")
    assert [count["dissatisfied"] for count in grades(survey, asked["audience_id"])] == [0, 1, 1]
    progress = survey.call("get_offline_progress", asked["audience_id"])
    assert (progress["error_rate"], progress["outcomes"]) == ("1/2", None)


def test_both_may_enter_it_anew(survey: Harness) -> None:
    """After their entries are struck out; both errors stay in the rate."""
    asked = on_paper(survey)
    enter(survey, asked, "1", "wang", "satisfied")
    form = enter(survey, asked, "1", "li", "satisfied", "dissatisfied")
    assert act(survey, "enter_paper_form_anew", form, "li")["waits_for"] == "first"
    assert pair(survey, asked, "1", "satisfied")["state"] == "counted"
    progress = survey.call("get_offline_progress", asked["audience_id"])
    assert (progress["pairs"], progress["pairs_different"]) == (2, 1)


def test_closing_waits_for_unmatched_forms(survey: Harness) -> None:
    """They are named; set aside with a reason, they count as returned and not as valid."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    pair(survey, asked, "1", "satisfied")
    waiting = enter(survey, asked, "12", "wang", "satisfied")
    enter(survey, asked, "5", "wang", "satisfied")
    differs = enter(survey, asked, "5", "li", "dissatisfied")
    for attempt in ("close_audience", "close_questionnaire"):
        id_ = audience if attempt == "close_audience" else asked["id"]
        with pytest.raises(Conflict) as refused:
            survey.call(attempt, id_, {"happened_on": CLOSES})
        assert "5, 12" in refused.value.zh
    act(survey, "set_paper_form_aside", differs, "zhao")
    act(survey, "withdraw_paper_form", waiting, "zhao", reason="编号录错,无此票")
    close(survey, audience)
    progress = survey.call("get_offline_progress", audience)
    assert progress["outcomes"] == {
        "marked": 1,
        "blank": 0,
        "void": 0,
        "spoiled": 0,
        "set-aside": 1,
    }
    assert tallies(survey, audience)[""].returned == 2
    with pytest.raises(Conflict):
        enter(survey, asked, "9", "wang", "satisfied")


def test_blank_and_void_forms_are_returned_and_not_valid(survey: Harness) -> None:
    """They lower a rate of those returned and no line has a mark of theirs."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    for number, condition in enumerate(("blank", "void", "spoiled"), start=1):
        for by in ("wang", "li"):
            enter(survey, asked, str(number), by, condition=condition)
    pair(survey, asked, "4", "satisfied")
    assert tallies(survey, audience)[""].returned == 4
    assert [sum(count.values()) for count in grades(survey, audience)] == [1, 1, 1]


def test_issued_and_returned_are_reconciled(survey: Harness) -> None:
    """More returned than issued is a problem that everybody of the office sees."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    progress = survey.call("count_forms_by_hand", audience, {"issued": 1, "handed_in": 2})
    assert [one["code"] for one in progress["problems"]] == [
        "returned-exceeds-issued",
        "entered-differs-from-handed-in",
    ]
    assert survey.call("get_audience", audience)["issued"] == 1


def test_nobody_reads_a_count_before_the_closing(survey: Harness) -> None:
    """Neither the statement nor what forms were found to be."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    form = pair(survey, asked, "1", "satisfied")
    with pytest.raises(NotFound):
        survey.call("get_count_statement", audience)
    answers = [
        survey.call("get_offline_progress", audience),
        survey.call("list_paper_forms", audience, {}),
        survey.call("get_paper_form", form["id"]),
    ]
    assert "satisfied" not in json.dumps(answers)
    assert answers[2]["condition"] is answers[0]["outcomes"] is answers[0]["void_lines"] is None


def test_the_statement_of_the_count(survey: Harness) -> None:
    """Every form and every mark is in it, and the lines to sign on."""
    asked = on_paper(survey)
    audience = asked["audience_id"]
    survey.call("count_forms_by_hand", audience, {"issued": 5, "handed_in": 4})
    pair(survey, asked, "1", "satisfied", "void", None)
    pair(survey, asked, "2", "satisfied", "dissatisfied", None)
    for by in ("wang", "li"):
        enter(survey, asked, "3", by, condition="void")
    aside = enter(survey, asked, "4", "wang", "satisfied")
    act(survey, "set_paper_form_aside", aside, "zhao", reason="水渍,无法辨认")
    close(survey, audience)
    found = survey.call("get_count_statement", audience)
    document = Document.from_data(found["document"])
    text = document.to_text()
    assert "监票人" in text and "水渍" in text and "差错率 0.000%" in text
    table = found["document"]["blocks"][-5]["table"]
    assert table["head"] == ["项目", "满意", "基本满意", "不满意", "空白", "无效"]
    assert [row[1:] for row in table["rows"]] == [
        ["2", "0", "0", "0", "0"],
        ["0", "0", "1", "0", "1"],
        ["0", "0", "0", "2", "0"],
    ]
    assert document.to_docx()


def test_a_line_that_the_form_has_not(survey: Harness) -> None:
    """Or one that stands there twice, or a missing one: nothing is kept."""
    asked = on_paper(survey)
    whole = lines(asked, "satisfied")
    for answers in (whole + whole[:1], whole[:1], [{"question": "other", "value": None}]):
        body = {"number": "1", "answers": answers}
        with pytest.raises(Invalid) as refused:
            survey.call("enter_paper_form", asked["audience_id"], body)
        assert refused.value.errors
    assert survey.call("list_paper_forms", asked["audience_id"], {})["items"] == []


def test_an_audience_that_is_asked_otherwise_takes_no_forms(survey: Harness) -> None:
    """Paper is for the channel offline."""
    from .cycle import hear_deputy, opened

    hear_deputy(survey)
    on = on_paper(survey)
    roll = opened(survey, {})
    with pytest.raises(Conflict) as refused:
        enter(survey, on | {"audience_id": roll["audience_id"]}, "1", "wang", "satisfied")
    assert refused.value.code == "audience-not-offline"


def test_entries_are_sealed(survey: Harness) -> None:
    """Who reads the database does not see what one person entered."""
    asked = on_paper(survey)
    enter(survey, asked, "1", "wang", "dissatisfied")
    table = survey.metadata.tables["paper_forms"]
    with survey.engine.connect() as connection:
        (row,) = connection.execute(table.select())
    assert row.first and b"satisfied" not in row.first


def test_a_hand_in_the_count_of_forms_is_noticed(survey: Harness) -> None:
    """It no longer agrees with the tallies."""
    asked = on_paper(survey)
    pair(survey, asked, "1", "satisfied")

    def found() -> list[str]:
        bound = store(survey)
        with survey.engine.execution_options(reading=True).connect() as connection:
            return [one.sign for one in findings(Session(connection), asked["id"], bound.keys)]

    assert found() == []
    table = survey.metadata.tables["offline_counts"]
    with survey.engine.begin() as connection:
        connection.execute(table.update().values(outcomes={"marked": 9}))
    assert found() == ["returned"]


def test_a_form_that_was_entered_locks_the_questionnaire(survey: Harness) -> None:
    """Even before it is counted: what was entered must fit what was asked."""
    asked = on_paper(survey)
    enter(survey, asked, "1", "wang", "satisfied")
    body = {"title": "改名(合成)", "happened_on": "2023-12-02"}
    with pytest.raises(Conflict) as refused:
        survey.call("revise_questionnaire", asked["id"], body)
    assert refused.value.code == "form-locked"
