"""Results that an answer may have (办理结果), by a rule; a promise names its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from .clock import not_before
from .errors import Invalid


def checked(
    results: Iterable[dict[str, Any]],
    result: str | None,
    promised_on: dt.date | None,
    day: dt.date,
) -> dict[str, Any] | None:
    """What the rule says of a result that is given on a day; None for no result.

    Invalid unless the rule has it, with a day exactly for a promise, and not one before ``day``.
    """
    found = next((one for one in results if one["code"] == result), None)
    if result is not None and found is None:
        raise Invalid(
            "result-unknown",
            f"the rule in force has no result {result}",
            f"现行规则没有 {result} 类办理结果",
            [{"pointer": "/result", "detail": "is not in the rule results"}],
        )
    if bool(found and found["promise"]) != (promised_on is not None):
        raise Invalid(
            "promise-unclear",
            "a result that promises something names the day, and no other does",
            "承诺类结果须写明日期,其他结果不得填写",
            [{"pointer": "/promised_on", "detail": "goes with a result that is a promise"}],
        )
    if promised_on is not None:
        not_before(promised_on, day, "/promised_on")
    return found
