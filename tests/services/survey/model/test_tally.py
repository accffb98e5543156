"""The counts of a cell: taken and taken back, of every kind of question."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.survey.model.form import Form, Item, Reading
from services.survey.model.method import Option
from services.survey.model.tally import Sums, Tally

ITEM = Item("i", "i", "project", "项目(示例)")
TEXT = {"zh-CN": "题(示例)"}
OPTIONS = [{"code": code, "text": TEXT} for code in ("a", "b", "c")]
FORM = Form.from_data(
    [
        {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
        {"code": "several", "kind": "choices", "text": TEXT, "options": OPTIONS},
        {
            "code": "years",
            "kind": "number",
            "text": TEXT,
            "number": {"min": "0", "max": "100", "decimals": 1, "bins": ["0", "10"]},
        },
    ],
    [ITEM],
    [Option("good", "好"), Option("bad", "差")],
)

marks = st.fixed_dictionaries(
    {
        "grade:i": st.sampled_from(["good", "bad", None]),
        "several": st.none() | st.lists(st.sampled_from("abc"), unique=True, min_size=1),
        "years": st.none() | st.decimals(0, 100, places=1).map(str),
    }
)
readings = st.builds(
    Reading,
    marks=marks,
    cell=st.just(""),
    straight=st.sampled_from([None, "good"]),
    comments=st.just(()),
)


def blank() -> Tally:
    """Before the first answer."""
    return Tally.blank("a", "", FORM)


def test_counts_of_each_kind() -> None:
    """Options, how many chose at all, classes, exact sums, straight-lined forms."""
    tally = blank()
    marks: dict[str, Any] = {"grade:i": "good", "several": ["a", "c"], "years": "12.5"}
    tally.take(FORM, Reading(marks, "", "good", ()))
    tally.take(FORM, Reading({"grade:i": None, "several": None, "years": "0.5"}, "", None, ()))
    assert (tally.returned, tally.straight) == (2, {"good": 1, "bad": 0})
    assert tally.counts["grade:i"] == {"good": 1, "bad": 0}
    assert tally.counts["several"] == {"a": 1, "b": 0, "c": 1, "_answered": 1}
    years = tally.counts["years"]
    assert (years["0"], years["10"], years["_n"]) == (1, 1, 2)
    assert (years["_sum"], years["_squares"]) == ("13", "156.5")


@given(st.lists(readings, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_forms_does_not_matter(given_: list[Reading], chance: Any) -> None:
    """One by one, in another order, or added up first: the same counts, in the same order."""
    one_by_one, shuffled, together = blank(), blank(), blank()
    for reading in given_:
        one_by_one.take(FORM, reading)
    for reading in chance.sample(given_, len(given_)):
        shuffled.take(FORM, reading)
    sums = Sums()
    for reading in given_:
        sums.add(FORM, reading)
    together.add(sums)
    assert _plain(one_by_one) == _plain(shuffled) == _plain(together)
    assert list(one_by_one.counts) == list(together.counts) == list(blank().counts)


@given(st.lists(readings, max_size=4), readings)
def test_taken_back_as_if_it_had_never_come(others: list[Reading], reading: Reading) -> None:
    """What replaces a named form finds the counts without it."""
    without, with_ = blank(), blank()
    with_.take(FORM, reading)
    for other in others:
        without.take(FORM, other)
        with_.take(FORM, other)
    with_.untake(FORM, reading)
    assert _plain(with_) == _plain(without)


def _plain(tally: Tally) -> Any:
    return tally.returned, tally.straight, tally.counts
