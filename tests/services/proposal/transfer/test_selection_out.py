"""What the selection and the answers leave behind, as sheets, on both databases."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from services.commons.errors import Invalid
from services.proposal.schemas import exports as schemas
from services.proposal.service import ProposalService
from services.proposal.transfer.lists import LISTS

from ....harness import Harness
from ..intake import enrolled
from ..selection import GOVERNMENT, Selection
from .test_exporting import ask, written

DAY = {"happened_on": "2022-12-20"}


@pytest.fixture
def selection(serve: Callable[[Any], Harness]) -> Selection:
    """Something in every list."""
    made = Selection(serve(ProposalService))
    suggestion = made.accepted()
    project = made.distilled(suggestion)
    over = {"unit_id": made.lead, "happened_on": "2022-12-12"}
    made.call("hand_over_suggested_project", project, over)
    answer = {"text": "答复(合成)", "result": "A", "unit_id": made.other, **DAY}
    made.call("answer_suggestion", suggestion, answer, roles=GOVERNMENT)
    made.accepted(title="未答复(合成)")
    activity = {
        "kind": "research",
        "title": "调研(合成)",
        "organiser_kind": "delegation",
        "organiser": "示例代表团",
        "starts_on": "2022-11-01",
        "ends_on": "2022-11-02",
        "place": "示例街道",
        "text": "合成",
    }
    enrolled(made.service, "示例代表团")
    made.call("hold_collection_activity", activity)
    made.waiting(suggested_project_ids=[project])
    candidate = made.call("propose_candidate", made.whole(), roles=GOVERNMENT)
    for number, phase in enumerate(("pre-session", "in-session")):
        opinion = {
            "criterion": "necessity",
            "phase": phase,
            "delegation": "示例代表团",
            "text": f"意见{number}(合成)",
            "happened_on": "2023-01-05",
        }
        deliberated = made.call("give_opinion_on_candidate", candidate["id"], opinion)
    reply = {"text": "采纳(合成)", "adopted": "yes", "happened_on": "2023-01-06"}
    first = deliberated["opinions"][0]["id"]
    made.call("answer_opinion_on_candidate", candidate["id"], first, reply, roles=GOVERNMENT)
    made.adopt(made.drawn(candidate["id"], seats=1)["id"])
    return made


def rows(selection: Selection, list_: str, **filters: Any) -> list[dict[str, Any]]:
    """A list's rows by the keys of its columns."""
    data = written(selection.service, "ndjson", list_, **filters)
    return [json.loads(line) for line in data.splitlines()]


def test_the_lists_that_may_be_asked_for_are_those_that_there_are() -> None:
    """The schema at the boundary names them, in the order in which they are told."""
    assert tuple(LISTS) == schemas.LISTS


@pytest.mark.parametrize("list_", [name for name in LISTS if name != "suggestions"])
def test_every_row_goes_out_under_chinese_headings(selection: Selection, list_: str) -> None:
    """The same rows in each format, each with its id."""
    filters = {"year": 2023} if list_ == "candidate-opinions" else {}
    expected = rows(selection, list_, **filters)
    assert expected and all(one["id"] for one in expected)
    names = [column.names[0] for column in LISTS[list_].columns]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in name) for name in names)
    text = written(selection.service, "csv", list_, **filters).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    assert (header, len(lines)) == (names, len(expected))
    book = load_workbook(io.BytesIO(written(selection.service, "xlsx", list_, **filters)))
    assert book.active is not None and book.active.max_row == len(expected) + 1


def test_a_candidate_goes_out_with_its_money_and_its_units(selection: Selection) -> None:
    """A line for each source and year; what it aims at, how urgent it is, where it stands."""
    (one,) = rows(selection, "candidates")
    assert (one["goal"], one["urgency"]) == ("让老年人吃得上热饭(合成)", "important")
    assert (one["lead_unit_id"], one["co_unit_ids"]) == (selection.lead, selection.other)
    assert one["sources"].splitlines() == ["市财政 30000000", "区财政 20000000"]
    assert one["years"].splitlines() == ["2023 20000000", "2024 30000000"]
    assert one["state"] == "shortlisted"


def test_opinions_go_out_one_by_one_with_their_answers(selection: Selection) -> None:
    """Filtered as the list is; a year is needed as there."""
    one, two = rows(selection, "candidate-opinions", year=2023)
    assert (one["text"], one["answer"], one["adopted"]) == ("意见0(合成)", "采纳(合成)", "yes")
    assert (one["answered_on"], one["candidate"]) == ("2023-01-06", "社区老年助餐(合成)")
    assert (two["phase"], two["answer"], two["answered_on"]) == ("in-session", None, None)
    filters = {"year": 2023, "answered": "false", "lead_unit_id": selection.lead}
    assert rows(selection, "candidate-opinions", **filters) == [two]
    assert rows(selection, "candidate-opinions", year=2024) == []
    with pytest.raises(Invalid) as caught:
        ask(selection.service, "csv", "candidate-opinions")
    assert caught.value.errors[0]["pointer"] == "/filters/year"


def test_answers_go_out_with_what_they_answer(selection: Selection) -> None:
    """By unit, result, day, and the suggestion's year and aspect."""
    (one,) = rows(selection, "answers")
    assert (one["title"], one["text"]) == ("增设老年食堂(合成)", "答复(合成)")
    assert (one["unit_id"], one["number"], one["result"]) == (selection.other, 1, "A")
    for filters, number in (
        ({"year": 2023, "aspect": "elderly-care", "sort": "-recorded_at"}, 1),
        ({"year": 2024}, 0),
        ({"aspect": "health"}, 0),
        ({"unit_id": selection.lead}, 0),
        ({"result": "B"}, 0),
        ({"from": "2022-12-21"}, 0),
        ({"to": "2022-12-20", "result": "A"}, 1),
    ):
        assert len(rows(selection, "answers", **filters)) == number


def test_the_other_lists_say_what_they_show(selection: Selection) -> None:
    """Pool, shortlists, activities, what is overdue, suggested projects."""
    (entry,) = rows(selection, "pool-entries", q="助餐", sort="-title")
    assert (entry["suggestions"], entry["state"]) == (1, "in-pool")
    (shortlist,) = rows(selection, "shortlists", adopted="true")
    assert (shortlist["seats"], shortlist["adopted_on"]) == (1, "2023-01-18")
    (activity,) = rows(selection, "collection-activities", kind="research")
    assert (activity["place"], activity["suggestions"]) == ("示例街道", 0)
    late = rows(selection, "overdue", kind="suggestion")
    assert late and {one["provisional"] for one in late} <= {"是", "否"}
    with pytest.raises(Invalid) as caught:
        ask(selection.service, "csv", "overdue", kind="sorting")  # never a file without rows
    assert caught.value.errors[0]["pointer"] == "/filters/kind"
    (project,) = rows(selection, "suggested-projects", unit_id=selection.lead)
    assert project["handed_over_on"] == "2022-12-12"
    assert rows(selection, "shortlists", adopted="false") == []
