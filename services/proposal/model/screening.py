"""Screening: how a candidate scores by the principles (普惠性、均衡性、公益性…) in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from services.commons.aggregate import new_id
from services.commons.errors import Invalid

from .rule import Rule


def screening(rule: Rule, scores: Mapping[str, int], body: str, day: dt.date) -> dict[str, Any]:
    """One body's scores by the principles of a rule; Invalid unless each has one of its scale."""
    mistakes = list(_mistakes(rule, scores))
    if mistakes:
        raise Invalid(
            "scores-do-not-fit",
            "every principle in force needs one score of its scale",
            "每项评价原则均须在其分值范围内打分",
            [{"pointer": f"/scores/{code}", "detail": why} for code, why in mistakes],
        )
    return {
        "id": new_id(),
        "body": body,
        "scores": dict(scores),
        "principles": [{n: one[n] for n in ("code", "name", "weight")} for one in rule.content],
        "rule": {"id": rule.id or None, "digest": rule.digest},
        "happened_on": day.isoformat(),
    }


def standing(screenings: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """How a candidate stands: the weighted mean and each principle's, exact, ``"10/3"``.

    Under the rule of the latest screening alone, since scores by different principles have no
    mean; of each body the last one counts.
    """
    if not screenings:
        return None
    rule, principles = screenings[-1]["rule"], screenings[-1]["principles"]
    by_body = {one["body"]: one for one in screenings if one["rule"]["digest"] == rule["digest"]}
    means = {
        code: Fraction(sum(one["scores"][code] for one in by_body.values()), len(by_body))
        for code in (principle["code"] for principle in principles)
    }
    weights = {one["code"]: one["weight"] for one in principles}
    whole = sum(weights.values())
    mean = sum((weights[code] * means[code] for code in means), Fraction()) / whole
    return {
        "rule": rule,
        "bodies": sorted(by_body),
        "principles": [one | {"mean": str(means[one["code"]])} for one in principles],
        "mean": str(mean),
    }


def _mistakes(rule: Rule, scores: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    scales = {one["code"]: one["scale"] for one in rule.content}
    for code, scale in scales.items():
        if code not in scores:
            yield code, "缺少此项 (missing)"
        elif scores[code] not in scale:
            yield code, f"应为其中之一 (one of): {', '.join(map(str, scale))}"
    for code in scores:
        if code not in scales:
            yield code, "没有此项原则 (no such principle)"
