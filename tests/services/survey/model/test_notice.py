"""What is odd about the answers is told, and changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.survey.model.notice import bursts, doubled, straight_lined
from services.survey.model.scoring import CellCount, Counted

from ..samples import formula, marks


def residents(straight: int, others: int, **more: int) -> Counted:
    """Forms on two lines: the straight ones are satisfied with both, the others dissatisfied."""
    counts = marks(straight, 0, others, **more)
    cell = CellCount(straight + others, {"satisfied": straight}, {"grade:a": counts, "text": {}})
    return Counted("residents", "open", None, None, None, straight + others, {"": cell})


def test_straight_lined_forms_are_told_with_their_weight() -> None:
    """How many, and the rate with and without them."""
    found = straight_lined(formula(), residents(10, 30), "居民", ["grade"], 10)
    (notice,) = found
    assert notice.number == 10
    assert "满意率为 25.00%" in notice.text and "则为 0.00%" in notice.text
    assert list(straight_lined(formula(), residents(0, 30), "居民", ["grade"], 10)) == []


def test_of_a_conditional_line_no_difference_is_told() -> None:
    """Whether those forms had it is not known."""
    group = residents(10, 30, _asked=40)
    (notice,) = straight_lined(formula(), group, "居民", ["grade"], 10)
    assert notice.number == 10 and "%" not in notice.text


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 12))
def test_nobody_is_singled_out(straight: int, others: int, minimum: int) -> None:
    """How many there are is told only where they, and the others, are as many as a cell must be.

    If one form alone is not among them, the marks that stand out on all lines are hers.
    """
    group = residents(straight, others)
    (notice,) = straight_lined(formula(), group, "居民", ["grade"], minimum)
    told = straight >= minimum and (others >= minimum or others == 0)
    assert (notice.number is not None) == told
    assert ("%" in notice.text) == (told and others > 0)
    assert told or f"{straight} 份" not in notice.text.replace(f"{minimum} 份", "")


def test_a_single_mark_of_few_is_not_told() -> None:
    """28 forms all satisfied and one all dissatisfied: whose 29 marks those are, stays open."""
    counts = marks(28, 0, 1)
    straight = {"satisfied": 28, "dissatisfied": 1}
    group = Counted(
        "a", "census", 29, None, None, 29, {"": CellCount(29, straight, {"grade:a": counts})}
    )
    (notice,) = straight_lined(formula(), group, "a", ["grade"], 10)
    assert notice.number is None


def test_a_day_unlike_the_others_is_told() -> None:
    """Many times the usual day; few forms are no burst, nor are days that are all alike."""
    usual = {f"2023-12-0{n}": 10 for n in range(1, 6)}
    assert [one.number for one in bursts("a", usual | {"2023-12-06": 90})] == [90]
    assert list(bursts("a", usual)) == []
    assert list(bursts("a", {"2023-12-01": 0, "2023-12-02": 0, "2023-12-03": 19})) == []


def test_doubles_are_told() -> None:
    """And where there are none, nothing is."""
    assert [one.number for one in doubled("a", 3)] == [3]
    assert list(doubled("a", 0)) == []
