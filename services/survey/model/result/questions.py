"""What was answered to questions that are no grades: choices, ratings, numbers in their bins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..form import Form, Kind
from ..form.localised import CHINESE
from ..scoring import Counted


def questions(form: Form, groups: Sequence[Counted]) -> Iterator[dict[str, Any]]:
    """Of each group and key, by the order of the form.

    Not of the strata: how many are in a part of a group the breakdowns tell, or suppress.
    """
    told = {
        one.code: one
        for one in form.questions
        if one.countable and one.kind is not Kind.GRADE and not one.stratum
    }
    keys = form.keys()
    for group in groups:
        for key in keys:
            code, _, item_id = key.partition(":")
            if code in told and group.asks(key):
                counted = group.counts(key)
                yield {
                    "group": group.group,
                    "question": code,
                    "kind": told[code].kind.value,
                    "text": told[code].text.texts[CHINESE],
                    "item_id": item_id or None,
                    "asked": group.asked(key),
                    "counts": {o: int(n) for o, n in counted.items() if not o.startswith("_")},
                }
