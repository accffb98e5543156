"""What was entered of a paper form, as the counts see it."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Invalid
from services.survey.model.paper import BLANK, MARKED, VOID_LINE, Entry
from services.survey.model.transcript import (
    described,
    invalid_reading,
    on_paper,
    reading_of,
    void_of,
)

from ..offline_sample import AGE, ITEMS, USED, WHICH, form, household


def lines(**changed: Any) -> dict[str, Any]:
    """All lines of the household form."""
    grades = {f"grade:{id_}": "satisfied" for id_ in ITEMS}
    once = {"age": "old", "used": "yes", "which": ["park"], "stars": 4, "visits": "2.5"}
    return grades | once | {"remark": None} | changed


def test_paper_may_leave_blank_what_a_page_requires() -> None:
    """But not the strata, without which nobody knows in which cell it counts."""
    paper = on_paper(household())
    found = reading_of(paper, Entry(MARKED, lines(used=None, which=None)))
    assert found is not None
    assert (found.cell, found.marks["used"], "which" in found.marks) == ("age=old", None, False)
    assert found.straight == "satisfied"
    with pytest.raises(Invalid):
        reading_of(paper, Entry(MARKED, lines(age=None)))


def test_a_void_line_is_counted_as_no_mark() -> None:
    """And known as void where it was asked at all."""
    paper = on_paper(household())
    said = lines(used="no", which=VOID_LINE, stars=VOID_LINE, **{f"grade:{ITEMS[0]}": VOID_LINE})
    entry = Entry(MARKED, said)
    found = reading_of(paper, entry)
    assert found is not None and found.marks["stars"] is None and found.straight is None
    assert set(void_of(entry, found)) == {"stars", f"grade:{ITEMS[0]}"}


def test_an_answer_where_nothing_was_asked_is_refused() -> None:
    """The teller must say that it is void; nobody guesses which mark was meant."""
    with pytest.raises(Invalid) as refused:
        reading_of(on_paper(form(USED, WHICH)), Entry(MARKED, {"used": "no", "which": ["park"]}))
    assert [one["pointer"] for one in refused.value.errors] == ["/answers/1"]


def test_a_line_that_was_forgotten_is_refused() -> None:
    """A blank line is entered as a blank."""
    with pytest.raises(Invalid) as refused:
        reading_of(on_paper(form()), Entry(MARKED, {f"grade:{ITEMS[0]}": "satisfied"}))
    assert refused.value.code == "answers-malformed"


def test_an_invalid_form_is_returned_without_a_mark() -> None:
    """With strata it is no answer at all: nobody knows whose."""
    plain = form()
    assert reading_of(on_paper(plain), Entry(BLANK)) is None
    found = invalid_reading(plain)
    assert found is not None and set(found.marks.values()) == {None} and len(found.marks) == 6
    assert found.straight is None
    assert invalid_reading(form(AGE)) is None


def test_differences_are_told_in_the_words_of_the_form() -> None:
    """Both languages of the codes are for programs; people see the options' names."""
    asked = household()
    first, second = Entry(MARKED, lines()), Entry(MARKED, lines(which=["canteen", "park"]))
    told = described(asked, "which", first, second)
    assert (told["name"], told["first"], told["second"]) == ("使用过哪些", "公园", "食堂、公园")
    told = described(asked, f"grade:{ITEMS[1]}", first, Entry(MARKED, {f"grade:{ITEMS[1]}": None}))
    assert (told["name"], told["first"], told["second"]) == ("项目2 总体评价", "满意", "空白")
    assert described(asked, "", first, Entry(BLANK))["second"] == "空白票"
