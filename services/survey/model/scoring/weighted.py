"""A sample's marks, weighted to its population where the method says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.commons.errors import Invalid

from ..cell import cell_of, parts_of
from ..method import Denominator, Formula, PublicationRule, SampleRule, Weighting
from ..statistics import poststratification, raking
from ..statistics.suppression import Cell, factors_tell
from ..statistics.weight import Number, Weights
from .counted import SAMPLE, Counted
from .figure import rounded
from .problem import Problem
from .words import Words, called_group

#: Raked weights come out of rounds of floats; from here on they are exact again.
_FINEST = 10**9


@dataclass(frozen=True)
class Weighted:
    """Marks per option and what they are a share of, each answer times its weight.

    Marks are whole numbers, so that out of a weighted share to many digits those of single cells
    could be worked out.  Shares are therefore rounded here, to the places of the method, and what
    they are a share of to a whole number of answers.
    """

    parts: dict[str, Fraction]
    whole: Fraction

    def __add__(self, other: Weighted) -> Weighted:
        parts = {code: part + other.parts[code] for code, part in self.parts.items()}
        return Weighted(parts, self.whole + other.whole)


@dataclass(frozen=True)
class SampleWeights:
    """Weights of a sample on one line.

    ``by_cell``: of what was counted.  ``weights``: of the cells that the frame knows, which may be
    fewer than were asked about, with ``returned`` forms each.  ``empty``: how many cells of the
    frame have no forms, because of which the margins were raked instead.
    """

    by_cell: Mapping[str, Number]
    weights: Weights
    returned: Mapping[str, int]
    empty: int = 0

    def said(self) -> Words:
        """By which way, and what became of the method's own."""
        zh, en = _WAYS[self.weights.method]
        if self.empty:
            zh = f"抽样框有 {self.empty} 层无人作答,不能事后分层,改用{zh}"
            en = f"{self.empty} cells of the frame have no answers, so instead of each cell: {en}"
        if cut := len(self.weights.capped):
            zh += f",{cut} 层的权数截至上限"
            en += f"; the weights of {cut} cells are cut to the cap"
        if self.weights.deviation > _MISSED:
            missed = f"{float(self.weights.deviation):.2%}"
            zh += f",边际最多相差 {missed}"
            en += f"; margins are missed by up to {missed}"
        return Words(f"加权:{zh}", f"weights: {en}")


_WAYS = {
    "post-stratify": Words("各层按抽样框人数事后分层", "each cell by its people in the frame"),
    "rake": Words("按各分层问题的人数迭代比例加权", "raked to the people of each stratum"),
}
#: What a margin may be missed by without a word.
_MISSED = 1e-4


def weights_of(formula: Formula, counted: Counted, key: str) -> SampleWeights | Problem | None:
    """The weights of a sample's cells on ``key``; None where nothing is weighted.

    A form weighs what its stratum has of the people, whether its answers led to ``key`` or not:
    those who were asked are a part of the people that is not known by itself.  Strata that only
    the form asks, and the frame does not know, carry no weights.  Where a cell of the frame has no
    answers its margins are raked instead.
    """
    rule = formula.sample
    if counted.sampling != SAMPLE or rule is None or rule.weighting is Weighting.NONE:
        return None
    if not counted.asked(key):
        return None
    if formula.denominator_of(counted.group) not in (Denominator.RETURNED, Denominator.VALID):
        zh = "加权须以收回票数或有效票为基数,请修改测评办法"
        return _refused(formula, counted, "weights go with forms returned or valid marks", zh)
    if counted.population is None and rule.margins is None:
        zh = "缺少抽样框各层人数;请由抽样框抽取样本,或在测评办法中写明边际 (margins) 或不加权"
        en = "the frame's people by cell are not known; draw the sample from a frame, or write "
        return _refused(formula, counted, f"{en}margins or no weighting into the method", zh)
    try:
        weights = _weights(rule, counted, key)
    except Invalid as refused:
        where = "、".join(f"{one['pointer']} {one['detail']}" for one in refused.errors)
        more = f"({where})" if where else ""
        return _refused(formula, counted, f"{refused.en}{more}", f"{refused.zh}{more}")
    if _telling(formula, counted, key, weights.by_cell):
        en = "beside the counted marks, the weighted ones would tell what a few people marked"
        return _refused(formula, counted, en, "与未加权结果相比,会透露少数人的选择")
    return weights


def _weights(rule: SampleRule, counted: Counted, key: str) -> SampleWeights:
    known: Mapping[str, int] = counted.population or {}
    if rule.weighting is Weighting.RAKE and rule.margins is not None:
        strata: Collection[str] = rule.margins
    else:
        strata = {code for cell in known for code in parts_of(cell)}
    frame_cell = {
        cell: cell_of({code: part for code, part in parts_of(cell).items() if code in strata})
        for cell in counted.cells
    }
    returned: dict[str, int] = {}
    for cell, one in counted.cells.items():
        known_as = frame_cell[cell]
        returned[known_as] = returned.get(known_as, 0) + one.having(key)
    weights, empty = _of_frame(rule, known, strata, returned)
    by_cell = {c: weights.by_cell[f] for c, f in frame_cell.items() if f in weights.by_cell}
    return SampleWeights(by_cell, weights, returned, empty)


def _of_frame(
    rule: SampleRule,
    known: Mapping[str, int],
    strata: Collection[str],
    returned: Mapping[str, int],
) -> tuple[Weights, int]:
    """The weights of the frame's cells; and how many are empty where that changed the way."""
    empty = 0
    if rule.weighting is Weighting.POST_STRATIFY or not strata:
        try:
            return poststratification.weights(known, returned, rule.cap), 0
        except poststratification.EmptyCell as refused:
            empty = len(refused.errors)
    margins: raking.Margins = (
        raking.margins_of(known, sorted(strata)) if rule.margins is None else rule.margins
    )
    cap = None if rule.cap is None else float(rule.cap)
    return raking.rake(margins, returned, cap), empty


def weighted(formula: Formula, counted: Counted, key: str, weights: SampleWeights) -> Weighted:
    """The marks on ``key``, each times the weight of its cell.

    Sums of options are rounded, the best first, and a share is the step from one to the next: so
    the rates are the exact ones rounded once, and all shares together never more than the whole.
    """
    valid = formula.denominator_of(counted.group) is Denominator.VALID
    parts = dict.fromkeys(_best_first(formula), Fraction(0))
    whole = Fraction(0)
    for cell, one in counted.cells.items():
        if not one.asked(key):
            continue
        weight = Fraction(weights.by_cell[cell]).limit_denominator(_FINEST)
        marks = {code: int(one.counts[key].get(code, 0)) for code in parts}
        for code, number in marks.items():
            parts[code] += weight * number
        whole += weight * (sum(marks.values()) if valid else one.asked(key))
    answers, below, summed = Fraction(max(1, round(whole))), Fraction(0), Fraction(0)
    shares = {}
    for code, part in parts.items():
        summed += part
        upto = Fraction(rounded(100 * summed / whole, formula.places)) / 100 if whole else below
        shares[code], below = (upto - below) * answers, upto
    return Weighted(shares, answers)


def _best_first(formula: Formula) -> list[str]:
    """The options that count: those of the first rate, those that the second adds, the others."""
    return list(dict.fromkeys([*formula.top1, *formula.top2, *formula.counted]))


def _telling(formula: Formula, counted: Counted, key: str, by_cell: Mapping[str, Number]) -> bool:
    """Whether the weighted marks less the counted ones would be those of too few people."""
    rule = formula.publication or PublicationRule()
    cells = [
        Cell((), one.asked(key), factors=(by_cell[cell],))
        for cell, one in counted.cells.items()
        if one.asked(key)
    ]
    return factors_tell(cells, rule.cell)


def _refused(formula: Formula, counted: Counted, en: str, zh: str) -> Problem:
    called = called_group(formula, counted.group, counted.title)
    return Problem(
        "sample-not-weighted",
        counted.group,
        Words(f"{called.zh}:无法加权:{zh}", f"{called.en} cannot be weighted: {en}"),
    )
