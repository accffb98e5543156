"""Results of answers: only those of the rule, and a day exactly for a promise."""

from __future__ import annotations

import datetime as dt

import pytest

from services.commons.errors import Invalid
from services.commons.results import checked

DAY = dt.date(2023, 5, 16)
A, B = {"code": "A", "promise": False}, {"code": "B", "promise": True}


def test_a_result_is_one_of_the_rule() -> None:
    """It is given back as the rule has it; none is none."""
    assert checked([A, B], "A", None, DAY) is A
    assert checked([A, B], "B", DAY, DAY) is B
    assert checked([A, B], None, None, DAY) is None


@pytest.mark.parametrize(
    ("result", "promised_on", "code"),
    [
        ("C", None, "result-unknown"),
        ("B", None, "promise-unclear"),
        ("A", DAY, "promise-unclear"),
        (None, DAY, "promise-unclear"),
        ("B", DAY - dt.timedelta(days=1), "day-before"),
    ],
)
def test_what_the_rule_does_not_have_is_refused(
    result: str | None, promised_on: dt.date | None, code: str
) -> None:
    """Unknown, a promise without its day, a day without a promise, a day that is over."""
    with pytest.raises(Invalid, match=code):
        checked([A, B], result, promised_on, DAY)
