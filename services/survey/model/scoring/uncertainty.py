"""How sure a figure is: bounds of a census, the interval of a sample, of others nothing.

A census (普查) has no error of sampling: what those who did not answer could have changed is said
instead.  A group that chose itself (自愿参与) has neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..method import Denominator, Formula, Measure
from ..statistics import bounds
from ..statistics.estimate import Estimate, estimate
from ..statistics.weight import Weights
from .counted import CENSUS, MIXED, OPEN, SAMPLE, Counted
from .figure import Figure, Rate, rounded
from .weighted import SampleWeights, Weighted
from .words import Words, rate

NOTES = {
    CENSUS: Words(
        "全体测评,没有抽样误差;界限为未参评者全部不满意至全部满意",
        "everybody was asked: no sampling error; bounds: all who did not answer dissatisfied, or "
        "all satisfied",
    ),
    SAMPLE: Words(
        "抽样测评,置信区间按威尔逊法并作有限总体校正",
        "a sample: Wilson's interval, corrected for the finite population",
    ),
    MIXED: Words("以多种方式参与,不作推断", "asked in several ways: nothing is inferred from it"),
    OPEN: Words(
        "自愿参与,不代表全体,不作推断",
        "self-selected: it stands for those who answered and for nobody else",
    ),
}


@dataclass(frozen=True)
class Bounds:
    """Of a census: what the rate of all would be, had the others marked the worst or the best."""

    measure: str
    low: Figure
    high: Figure

    @property
    def open_ended(self) -> bool:
        """Whether anything is unsure at all."""
        return self.low.exact != self.high.exact

    def to_data(self, places: int, as_of: dt.date | dt.datetime) -> dict[str, Any]:
        """As data."""
        ends = {"low": self.low.to_data(places, as_of), "high": self.high.to_data(places, as_of)}
        return {"bounds": {"measure": self.measure} | ends}

    def said(self, places: int) -> Words:
        """As one line."""
        low, high = self.low.rate.percent(places), self.high.rate.percent(places)
        return Words(
            f"{self.low.title.zh}无应答界限:{self.low.worked} = {low}% 至 "
            f"{self.high.worked} = {high}%",
            f"{self.low.title.en}, bounds: {self.low.worked} = {low}% to "
            f"{self.high.worked} = {high}%",
        )


@dataclass(frozen=True)
class Sampled:
    """Of a sample: the interval of the rate, weighted as the method says."""

    measure: str
    title: Words
    estimate: Estimate
    weights: SampleWeights | None

    @property
    def open_ended(self) -> bool:
        """Whether anything is unsure at all."""
        return self.estimate.interval.low != self.estimate.interval.high

    def to_data(self, places: int, as_of: dt.date | dt.datetime) -> dict[str, Any]:
        """As data.

        Ends are rounded as percentages are: from more digits the weighted share could be had back,
        and from that what single cells marked.
        """
        one = self.estimate
        ends = {"low": one.interval.low, "high": one.interval.high}
        data: dict[str, Any] = {
            name: {
                "value": str(Fraction(_percent(value, places)) / 100),
                "percent": _percent(value, places),
            }
            for name, value in ends.items()
        }
        data |= {
            "measure": self.measure,
            "confidence": one.confidence,
            "effective_size": round(float(one.n_eff), 4),
            "design_effect": round(float(one.deff), 4),
            "smallest_cell": one.min_cell,
            "weighting": self.weights.weights.method if self.weights else "none",
            "as_of": as_of.isoformat(),
        }
        return {"interval": data}

    def said(self, places: int) -> Words:
        """As one line."""
        one = self.estimate
        low, high = (_percent(end, places) for end in (one.interval.low, one.interval.high))
        percent, size = f"{100 * one.confidence:g}%", f"{float(one.n_eff):.1f}"
        return Words(
            f"{self.title.zh}的 {percent} 置信区间:{low}% 至 {high}%(有效样本量 {size})",
            f"{self.title.en}, {percent} interval: {low}% to {high}% (effective size {size})",
        )


def uncertainty(
    formula: Formula,
    counted: Counted,
    key: str,
    weights: SampleWeights | None,
    weighted: Weighted | None,
) -> Bounds | Sampled | None:
    """What can be said of the headline rate; of a mean score, of the first rate."""
    measure = Measure.TOP2 if formula.measure is Measure.TOP2 else Measure.TOP1
    codes = formula.top2 if measure is Measure.TOP2 else formula.top1
    if counted.sampling == CENSUS:
        return _bounds(formula, counted, key, measure, codes)
    if counted.sampling == SAMPLE:
        share = sum(weighted.parts[code] for code in codes) / weighted.whole if weighted else None
        found = _estimate(formula, counted, key, codes, weights, share)
        return None if found is None else Sampled(measure, rate(formula, measure), found, weights)
    return None


def _bounds(
    formula: Formula, counted: Counted, key: str, measure: str, codes: tuple[str, ...]
) -> Bounds | None:
    base, counts = counted.base(key), counted.counts(key)
    part = sum(int(counts.get(code, 0)) for code in codes)
    # Whoever answered and was not asked this has nothing to add; of the others nobody knows.
    answered = base.returned
    eligible = (base.eligible or 0) - (counted.having(key) - answered)
    if formula.denominator_of(counted.group) is Denominator.VALID:
        # Who left the line blank has not answered it; who abstained has, and stays out.
        answered = sum(int(counts.get(code, 0)) for code in formula.counted)
        eligible -= sum(
            int(counts.get(code, 0)) for code in formula.codes if code not in formula.counted
        )
    if eligible <= 0 or not part <= answered <= eligible:
        return None
    low, high = bounds.nonresponse(part, answered, eligible)
    away = eligible - answered
    title = rate(formula, measure)
    worst = Words("未参评者均不计入分子", "those who did not answer are not in the part")
    best = Words("未参评者均计入分子", "those who did not answer are in the part")
    whole = eligible
    return Bounds(
        measure,
        Figure("low", title, worst, Rate(int(low * whole), whole), f"{part} ÷ {whole}"),
        Figure("high", title, best, Rate(int(high * whole), whole), f"({part} + {away}) ÷ {whole}"),
    )


def _estimate(
    formula: Formula,
    counted: Counted,
    key: str,
    codes: tuple[str, ...],
    weights: SampleWeights | None,
    share: Fraction | None,
) -> Estimate | None:
    """By the share as it is published: its interval tells nothing more."""
    counts, forms = counted.counts(key), counted.having(key)
    marks = sum(int(counts.get(code, 0)) for code in formula.counted)
    valid = formula.denominator_of(counted.group) is Denominator.VALID
    answers = marks if valid else counted.asked(key)
    if not answers:
        return None
    part = sum(int(counts.get(code, 0)) for code in codes)
    known = counted.population
    people = sum(known.values()) if known else counted.base(key).eligible
    return estimate(
        Fraction(part, answers) if share is None else share,
        answers,
        weights.weights if weights else Weights.equal({"": forms}),
        weights.returned if weights else {"": forms},
        confidence=float(formula.sample.confidence) if formula.sample else 0.95,
        population=people if people is not None and people >= forms else None,
    )


def _percent(value: float, places: int) -> str:
    return rounded(100 * Fraction(value), places)
