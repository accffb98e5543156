"""The count of forms, and what does not agree in it."""

from __future__ import annotations

from fractions import Fraction

from services.survey.model.offline_count import OfflineCount
from services.survey.model.paper import MARKED, SET_ASIDE, VOID


def codes(count: OfflineCount, undecided: int = 0) -> list[str]:
    """The codes of what does not agree."""
    return [one["code"] for one in count.problems(undecided)]


def test_issued_and_returned_agree() -> None:
    """Zhanyi 2019: 28 issued, 28 returned."""
    count = OfflineCount(audience_id="a", issued=28, handed_in=28)
    count.decided({MARKED: 26, VOID: 1, SET_ASIDE: 1}, {"grade:a": 2})
    assert (count.returned, count.valid, count.void_lines) == (28, 26, {"grade:a": 2})
    assert codes(count) == []


def test_more_returned_than_issued_is_a_problem() -> None:
    """Counted by hand, by the entries, or with those that still wait."""
    assert codes(OfflineCount(audience_id="a")) == ["issued-unknown"]
    count = OfflineCount(audience_id="a", issued=2)
    count.decided({MARKED: 2}, {})
    assert codes(count) == []
    assert codes(count, undecided=1) == ["returned-exceeds-issued"]
    assert codes(OfflineCount(audience_id="a", issued=2, handed_in=3)) == [
        "returned-exceeds-issued",
        "entered-differs-from-handed-in",
    ]


def test_the_error_rate_is_of_lines() -> None:
    """One line in 46 was read differently."""
    count = OfflineCount(audience_id="a")
    assert not count.error_rate
    count.paired(23, 0)
    count.paired(23, 1)
    assert (count.pairs, count.pairs_different) == (2, 1)
    assert count.lines_different == 1 and Fraction(1, 46) == count.error_rate
