"""A sample's marks, weighted to its population where the method says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from services.commons.errors import Invalid

from ..cell import cell_of, parts_of
from ..method import Denominator, Formula, PublicationRule, SampleRule, Weighting
from ..statistics import poststratification, raking
from ..statistics.suppression import Cell, factors_tell
from ..statistics.weight import Weights
from .counted import SAMPLE, Counted
from .figure import rounded
from .problem import Problem
from .words import Words

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
    method: str

    def __add__(self, other: Weighted) -> Weighted:
        parts = {code: part + other.parts[code] for code, part in self.parts.items()}
        return Weighted(parts, self.whole + other.whole, self.method)


def weights_of(formula: Formula, counted: Counted, key: str) -> Weights | Problem | None:
    """The weights of a sample's cells; None where nothing is weighted.

    Where a cell of the frame has no answers its margins are raked instead.
    """
    rule = formula.sample
    if counted.sampling != SAMPLE or rule is None or rule.weighting is Weighting.NONE:
        return None
    returned = {cell: one.asked(key) for cell, one in counted.cells.items()}
    if not any(returned.values()):
        return None
    if formula.denominator_of(counted.group) not in (Denominator.RETURNED, Denominator.VALID):
        zh = "加权须以收回票数或有效票为基数"
        return _refused(counted, "weights go with forms returned or valid marks", zh)
    if counted.population is None and rule.margins is None:
        return _refused(counted, "the frame's people by cell are not known", "缺少抽样框各层人数")
    try:
        weights = _weights(rule, counted, returned)
    except Invalid as refused:
        return _refused(counted, refused.en, refused.zh)
    if _telling(formula, counted, key, weights):
        en = "beside the counted marks, the weighted ones would tell what a few people marked"
        return _refused(counted, en, "与未加权结果相比,会透露少数人的选择")
    return weights


def _weights(rule: SampleRule, counted: Counted, returned: Mapping[str, int]) -> Weights:
    frame = counted.population or {}
    if rule.weighting is Weighting.POST_STRATIFY and frame:
        try:
            return _by_frame(frame, returned, rule.cap)
        except poststratification.EmptyCell:
            pass
    margins: raking.Margins = (
        rule.margins if rule.margins is not None else raking.margins_of(frame, _strata(frame))
    )
    cap = None if rule.cap is None else float(rule.cap)
    return raking.rake(margins, returned, cap)


def _by_frame(
    frame: Mapping[str, int], returned: Mapping[str, int], cap: Fraction | None
) -> Weights:
    """Weights by the frame's cells, also for answers that are counted in finer ones."""
    codes = _strata(frame)
    known = {
        cell: cell_of({code: part for code, part in parts_of(cell).items() if code in codes})
        for cell, answers in returned.items()
        if answers
    }
    sums: dict[str, int] = {}
    for cell, coarse in known.items():
        sums[coarse] = sums.get(coarse, 0) + returned[cell]
    found = poststratification.weights(frame, sums, cap)
    return replace(
        found,
        by_cell={cell: found.by_cell[coarse] for cell, coarse in known.items()},
        capped=tuple(sorted(cell for cell, coarse in known.items() if coarse in found.capped)),
    )


def _strata(cells: Mapping[str, int]) -> list[str]:
    """The questions that make up the cells."""
    codes = (part.partition("=")[0] for cell in cells for part in cell.split("|") if part)
    return list(dict.fromkeys(codes))


def weighted(formula: Formula, counted: Counted, key: str, weights: Weights) -> Weighted:
    """The marks on ``key``, each times the weight of its cell."""
    valid = formula.denominator_of(counted.group) is Denominator.VALID
    parts = dict.fromkeys(formula.counted, Fraction(0))
    whole = Fraction(0)
    for cell, one in counted.cells.items():
        if not one.asked(key):
            continue
        weight = Fraction(weights.by_cell[cell]).limit_denominator(_FINEST)
        marks = {code: int(one.counts[key].get(code, 0)) for code in formula.counted}
        for code, number in marks.items():
            parts[code] += weight * number
        whole += weight * (sum(marks.values()) if valid else one.asked(key))
    answers = max(1, round(whole))
    shares = {code: part / whole if whole else part for code, part in parts.items()}
    exact = {
        code: Fraction(rounded(100 * share, formula.places)) / 100 * answers
        for code, share in shares.items()
    }
    return Weighted(exact, Fraction(answers), weights.method)


def _telling(formula: Formula, counted: Counted, key: str, weights: Weights) -> bool:
    """Whether the weighted marks less the counted ones would be those of too few people."""
    rule = formula.publication or PublicationRule()
    cells = [
        Cell((), one.asked(key), factors=(weights.by_cell[cell],))
        for cell, one in counted.cells.items()
        if one.asked(key)
    ]
    return factors_tell(cells, rule.cell)


def _refused(counted: Counted, en: str, zh: str) -> Problem:
    return Problem(
        "sample-not-weighted",
        counted.group,
        Words(f"{counted.group}:无法加权:{zh}", f"{counted.group} cannot be weighted: {en}"),
    )
