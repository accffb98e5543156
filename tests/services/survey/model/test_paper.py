"""Paper forms by double entry: what is counted, who may decide, and what is left afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict, Forbidden, Invalid
from services.survey.model.paper import (
    BLANK,
    CONDITION,
    COUNTED,
    DIFFERS,
    MARKED,
    VOID,
    VOID_LINE,
    Entry,
    PaperForm,
    check_decided,
)

NOW = dt.datetime(2024, 1, 20, tzinfo=dt.UTC)
FIRST = Entry(MARKED, {"grade:a": "satisfied", "grade:b": None})


def begun() -> PaperForm:
    """A form that Wang has entered."""
    return PaperForm.begin("audience", "017", by="wang", sealed=b"sealed", recorded_at=NOW)


def test_equal_entries_are_counted_and_their_marks_erased() -> None:
    """Two people read the same: that is the form, and only its outcome is kept."""
    form = begun()
    assert waits(form) == "second"
    assert form.enter_second("li", b"sealed", FIRST, Entry(MARKED, dict(FIRST.lines))) == FIRST
    assert (form.state, form.condition, waits(form)) == (COUNTED, MARKED, None)
    assert [form.first, form.second, form.differing] == [None] * 3


def test_the_same_person_cannot_enter_twice() -> None:
    """Neither at once nor after the form is counted."""
    form = begun()
    with pytest.raises(Forbidden) as refused:
        form.enter_second("wang", b"sealed", FIRST, FIRST)
    assert refused.value.code == "entry-same-person"
    form.enter_second("li", b"sealed", FIRST, FIRST)
    with pytest.raises(Conflict):
        form.enter_second("zhao", b"sealed", FIRST, FIRST)


def waits(form: PaperForm) -> str | None:
    """Whose look it waits for now."""
    return form.waits_for


def differing() -> tuple[PaperForm, Entry]:
    """A form on which Li read something else than Wang, and what she read."""
    form = begun()
    second = Entry(MARKED, {"grade:a": "dissatisfied", "grade:b": None})
    assert form.enter_second("li", b"other", FIRST, second) is None
    return form, second


def test_different_entries_wait_for_a_third_person() -> None:
    """Nothing is counted; neither of the two decides; the third says what stands there."""
    form, _ = differing()
    assert (form.state, form.differing, waits(form)) == (DIFFERS, ["grade:a"], "third")
    third = Entry(MARKED, {"grade:a": VOID_LINE})
    for one in ("wang", "li"):
        with pytest.raises(Forbidden) as refused:
            form.resolve(one, "looked again", FIRST, third)
        assert refused.value.code == "third-look-same-person"
    found = form.resolve("zhao", "两处均有勾选", FIRST, third)
    assert found.lines == {"grade:a": VOID_LINE, "grade:b": None}
    assert found.void_lines() == ["grade:a"]
    assert (form.state, form.decided_by, form.first) == (COUNTED, "zhao", None)


@pytest.mark.parametrize("lines", [{}, {"grade:b": None}, {"grade:a": None, "grade:b": None}])
def test_the_third_look_is_at_the_differing_lines(lines: dict[str, Any]) -> None:
    """Fewer, others or more are refused, with the lines that are asked for."""
    form, _ = differing()
    with pytest.raises(Invalid) as refused:
        form.resolve("zhao", "looked", FIRST, Entry(MARKED, lines))
    assert refused.value.errors == [{"pointer": "/answers", "detail": "grade:a"}]
    assert form.state == DIFFERS


def test_where_the_conditions_differ_the_third_person_says_all() -> None:
    """One found it void, one did not: the third look is at the whole form."""
    form = begun()
    assert form.enter_second("li", b"other", FIRST, Entry(VOID)) is None
    assert form.differing == [CONDITION]
    assert form.resolve("zhao", "无法辨认", FIRST, Entry(VOID)) == Entry(VOID)
    assert form.condition == VOID


def test_both_entries_may_be_struck_out() -> None:
    """The form then waits for a pair again, and either may begin."""
    form, second = differing()
    form.enter_anew("li", "录入有误")
    assert (waits(form), form.first, form.differing) == ("first", None, None)
    form.enter_first("li", b"anew")
    with pytest.raises(Forbidden):
        form.enter_second("li", b"sealed", second, second)
    assert form.enter_second("wang", b"sealed", second, second) == second


@pytest.mark.parametrize("end", ["set_aside", "withdraw"])
def test_a_form_may_be_left_out_with_a_reason(end: str) -> None:
    """Then its marks are gone too, and it cannot be decided a second time."""
    form, second = differing()
    getattr(form, end)("zhao", "水渍,无法辨认")
    assert (form.first, form.second, waits(form)) == (None, None, None)
    for again in (form.set_aside, form.withdraw, form.enter_anew):
        with pytest.raises(Conflict):
            again("zhao", "again")
    with pytest.raises(Conflict):
        form.resolve("zhao", "late", FIRST, second)


@pytest.mark.parametrize("end", ["set_aside", "withdraw"])
def test_who_has_seen_a_form_does_not_leave_it_out(end: str) -> None:
    """Nor after she had it entered anew: a mark that one dislikes would be gone."""
    first, (both, _), (anew, _) = begun(), differing(), differing()
    anew.enter_anew("wang", "录入有误")
    for form, by in ((first, "wang"), (both, "wang"), (both, "li"), (anew, "wang")):
        with pytest.raises(Forbidden) as refused:
            getattr(form, end)(by, "不要了")
        assert refused.value.code == "leaving-out-same-person"
    getattr(first, end)("li", "水渍,无法辨认")


def test_lines_belong_to_marked_forms() -> None:
    """A blank form with marks is a mistake of whoever enters it."""
    with pytest.raises(Invalid):
        Entry(BLANK, {"grade:a": "satisfied"})


def test_what_reads_alike_is_the_same() -> None:
    """Order of several choices, blanks and widths of a comment, and how a number is written."""
    one = Entry(MARKED, {"c": ["a", "b"], "t": "路灯 不亮,", "n": 3})
    other = Entry(MARKED, {"c": ["b", "a"], "t": "路灯不亮,", "n": 3.0})
    assert one.differing(other) == []


LINES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]),
    st.one_of(st.none(), st.sampled_from(["x", "y"]), st.just(VOID_LINE)),
)


@given(LINES, LINES)
def test_differences_are_found_from_either_side(one: dict[str, Any], other: dict[str, Any]) -> None:
    """What differs does not hang on who was first, and is never more than what was compared."""
    first, second = Entry(MARKED, one), Entry(MARKED, other)
    assert set(first.differing(second)) == set(second.differing(first))
    assert len(first.differing(second)) < first.compared(second) == second.compared(first)
    assert Entry.from_data(first.to_data()) == first
    decided = first.decided(
        Entry(MARKED, {key: other.get(key) for key in first.differing(second)}),
        first.differing(second),
    )
    assert decided.differing(second) == []


def test_unmatched_forms_are_named() -> None:
    """Whoever closes learns which numbers wait."""
    check_decided([])
    with pytest.raises(Conflict) as refused:
        check_decided(["003", "017"])
    assert "003, 017" in refused.value.zh and refused.value.code == "forms-unmatched"
