"""The score as people read it (测评结果): counts, rates as fraction and percentage, grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from .audience import Audience
from .form import Item
from .form import Kind as QuestionKind
from .questionnaire import Questionnaire
from .score import ItemScore, Rate, score_item, with_basis
from .tally import Tally, returned

#: How percentages are rounded, said with every score.
HALF_UP = "half-up"


def scored(
    questionnaire: Questionnaire, counted: Sequence[tuple[Audience, Sequence[Tally]]]
) -> list[tuple[Item, ItemScore]]:
    """What came out for the leading group, item by item; Conflict while answers are taken."""
    questionnaire.check_closed()
    formula, form = questionnaire.method.formula, questionnaire.form
    tallies = _leading(questionnaire, counted)
    grade = next(
        question.code for question in form.questions if question.kind is QuestionKind.GRADE
    )
    scores = []
    for item in form.items:
        key = f"{grade}:{item.item_id}"
        marks = {
            code: sum(tally.counts.get(key, {}).get(code, 0) for tally in tallies)
            for code in formula.codes
        }
        score = score_item(
            formula,
            marks,
            eligible=questionnaire.eligible or 0,
            returned=returned(tallies),
        )
        basis = questionnaire.basis or []
        scores.append((item, with_basis(formula, score, item.item_id, basis)))
    return scores


def told(
    questionnaire: Questionnaire, counted: Sequence[tuple[Audience, Sequence[Tally]]]
) -> dict[str, Any]:
    """What the event of the publication says of it."""
    basis = {} if questionnaire.basis is None else {"basis": questionnaire.basis}
    return basis | {
        "returned": returned(_leading(questionnaire, counted)),
        "items": [
            item.to_data() | _as_data(score) for item, score in scored(questionnaire, counted)
        ],
    }


def announced(
    questionnaire: Questionnaire, counted: Sequence[tuple[Audience, Sequence[Tally]]]
) -> dict[str, Any]:
    """Everything that came out of a questionnaire; raises Conflict before it is closed.

    A rate is ``part`` of ``whole`` as counted, and its percentage, rounded as ``rounding`` says.
    """
    scores = scored(questionnaire, counted)
    answered = returned(_leading(questionnaire, counted))
    places = questionnaire.method.formula.places
    basis = {} if questionnaire.basis is None else {"basis": questionnaire.basis}
    return (
        questionnaire.public_state()
        | basis
        | {
            "version": questionnaire.version,
            "returned": answered,
            "rounding": {"places": places, "rule": HALF_UP},
            "items": [_item(item, score, answered, places) for item, score in scores],
        }
    )


def _leading(
    questionnaire: Questionnaire, counted: Sequence[tuple[Audience, Sequence[Tally]]]
) -> list[Tally]:
    return [
        tally
        for audience, tallies in counted
        if audience.group == questionnaire.audience
        for tally in tallies
    ]


def _item(item: Item, score: ItemScore, answered: int, places: int) -> dict[str, Any]:
    return (
        item.to_data()
        | _changed(score, places)
        | {
            "counts": score.counts,
            "blank": answered - sum(score.counts.values()),
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


def _as_data(score: ItemScore) -> dict[str, Any]:
    changed = {
        "counted_grade": score.counted_grade,
        "adjusted": {name: str(rate) for name, rate in score.adjusted.items()},
        "look_backs": score.look_backs,
    }
    return (changed if score.look_backs else {}) | {
        "counts": score.counts,
        "denominator": score.denominator,
        "top1": score.top1 and str(score.top1),
        "top2": score.top2 and str(score.top2),
        "grade": score.grade,
    }
