"""The score as people read it (测评结果): counts, rates as fraction and percentage, grades."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .form import Item
from .questionnaire import Questionnaire
from .score import ItemScore, Rate
from .tally import Tally

#: How percentages are rounded, said with every score.
HALF_UP = "half-up"


def announced(questionnaire: Questionnaire, tally: Tally) -> dict[str, Any]:
    """Everything that came out of a questionnaire; raises Conflict before it is closed.

    A rate is ``part`` of ``whole`` as counted, and its percentage, rounded as ``rounding`` says.
    """
    scores = questionnaire.score(tally)
    places = questionnaire.method.formula.places
    basis = {} if questionnaire.basis is None else {"basis": questionnaire.basis}
    return (
        questionnaire.public_state()
        | basis
        | {
            "version": questionnaire.version,
            "returned": tally.returned,
            "rounding": {"places": places, "rule": HALF_UP},
            "items": [
                _item(item, score, tally.blanks(item.item_id), places) for item, score in scores
            ],
        }
    )


def _item(item: Item, score: ItemScore, blank: int, places: int) -> dict[str, Any]:
    return (
        item.to_data()
        | _changed(score, places)
        | {
            "counts": score.counts,
            "blank": blank,
            "denominator": score.denominator,
            "shares": {code: _rate(share, places) for code, share in score.shares.items()},
            "top1": _rate(score.top1, places),
            "top2": _rate(score.top2, places),
            "grade": score.grade,
        }
    )


def _changed(score: ItemScore, places: int) -> dict[str, Any]:
    """What look-backs at former projects changed, if they did."""
    if not score.look_backs:
        return {}
    return {
        "counted_grade": score.counted_grade,
        "adjusted": {name: _rate(rate, places) for name, rate in score.adjusted.items()},
        "look_backs": score.look_backs,
    }


def _rate(rate: Rate | None, places: int) -> dict[str, Any] | None:
    return None if rate is None else asdict(rate) | {"percent": rate.percent(places)}
