"""The score of a questionnaire as people and other services are told it (测评结果)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from . import scoring
from .audience import Audience
from .breakdown import Names, breakdowns
from .form import Item
from .questionnaire import Questionnaire
from .result.questions import questions
from .tally import Tally

#: Opened audiences with their counts, in the order in which they were added.
Counts = Sequence[tuple[Audience, Sequence[Tally]]]


def scored(
    questionnaire: Questionnaire,
    counted: Counts,
    *,
    populations: Mapping[str, Mapping[str, int]] | None = None,
    names: Mapping[str, str] | None = None,
    failures: Mapping[str, int] | None = None,
) -> scoring.Score:
    """What came out; raises Conflict while answers are taken.

    ``populations``: by audience, how many people its frame has in each cell; ``names``: of projects
    that have no line; ``failures``: how often in a row something fell below a line before.
    """
    questionnaire.check_closed()
    return scoring.score(
        questionnaire.method.formula,
        [Item(**item) for item in questionnaire.items],
        _groups(counted, populations or {}),
        as_of=questionnaire.closed_on or dt.date.max,
        grade_questions=questionnaire.grade_questions,
        basis=questionnaire.basis,
        names=names,
        failures=failures,
    )


def content(
    questionnaire: Questionnaire, score: scoring.Score, names: Names | None = None
) -> dict[str, Any]:
    """Everything that came out of a questionnaire, as it is published and kept.

    ``score``: as it is read; ``steps``: how it was made; ``told``: what it is compared by;
    ``failures``: how often in a row each thing has now been below a line.  ``names``: of the strata
    that the form does not ask.
    """
    formula, form = questionnaire.method.formula, questionnaire.form
    shown = questionnaire.public_state() | score.to_data() | _basis(questionnaire)
    return {
        "score": shown
        | {
            "follows": questionnaire.follows,
            "questions": list(questions(formula, form, score.groups)),
            "breakdowns": breakdowns(formula, score.groups, form, names),
        },
        "steps": [step.to_data() for step in score.steps],
        "told": questionnaire.public_state() | told(questionnaire, score),
        "failures": score.failures,
    }


def told(questionnaire: Questionnaire, score: scoring.Score) -> dict[str, Any]:
    """What the event of the publication says of it: exact values, without how they were made."""
    return (
        {"follows": questionnaire.follows, "parameters": questionnaire.method.parameters}
        | score.told()
        | _basis(questionnaire)
    )


def _basis(questionnaire: Questionnaire) -> dict[str, Any]:
    return {} if questionnaire.basis is None else {"basis": questionnaire.basis}


def _groups(counted: Counts, populations: Mapping[str, Mapping[str, int]]) -> list[scoring.Counted]:
    """The audiences by group; a group of several frames has no one population."""
    groups: dict[str, list[tuple[Audience, Sequence[Tally]]]] = {}
    for audience, tallies in counted:
        groups.setdefault(audience.group, []).append((audience, tallies))
    return [_group(group, parts, populations) for group, parts in groups.items()]


def _group(
    group: str,
    parts: list[tuple[Audience, Sequence[Tally]]],
    populations: Mapping[str, Mapping[str, int]],
) -> scoring.Counted:
    first = parts[0][0]
    population = populations.get(first.id) if len(parts) == 1 else None
    return replace(scoring.counted(group, parts, population), title=first.title)
