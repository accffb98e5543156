"""The marks on one line of the form by one group: rates and grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..method import Denominator, Formula, Measure
from .counted import Counted
from .figure import Figure, ratio, shown, worked
from .problem import Problem
from .weighted import Weighted
from .words import DENOMINATORS, MEAN, Words, option, rate, together


@dataclass(frozen=True)
class Marks:
    """Counted marks (every option of the method), blanks, and what rates are a share of.

    ``weighted``: of a sample that is weighted, the same times the weights.
    """

    counts: dict[str, int]
    blank: int
    whole: int
    base: Denominator
    weighted: Weighted | None = None

    def __add__(self, other: Marks) -> Marks:
        return Marks(
            {code: n + other.counts[code] for code, n in self.counts.items()},
            self.blank + other.blank,
            self.whole + other.whole,
            self.base,
            self.weighted + other.weighted if self.weighted and other.weighted else None,
        )


@dataclass(frozen=True)
class Judged:
    """What came out of marks, or of several such outcomes that were weighed.

    ``shares``: of each option that counts; ``rates``: ``top1``, ``top2`` and ``mean`` where options
    have values; ``reason``: why it is this grade; ``unweighted``: the rates as counted, where the
    others are weighted to a population.
    """

    shares: dict[str, Figure]
    rates: dict[str, Figure]
    grade: str | None
    reason: Words | None
    unweighted: dict[str, Figure] = field(default_factory=dict)


def marks_on(formula: Formula, counted: Counted, key: str, name: str) -> Marks | Problem:
    """The marks of a group on ``key``, or why there is nothing to divide by; ``name``: the line's.

    Marks that are more than the denominator are a problem, for no rate is above 1.
    """
    found = counted.counts(key)
    counts = {code: int(found.get(code, 0)) for code in formula.codes}
    base = formula.denominator_of(counted.group)
    bases = counted.base(key)
    whole = {
        Denominator.ELIGIBLE: bases.eligible,
        Denominator.PRESENT: bases.present,
        Denominator.ISSUED: bases.issued,
        Denominator.RETURNED: bases.returned,
        Denominator.VALID: sum(counts[code] for code in formula.counted),
    }[base]
    called = DENOMINATORS[base]
    of, group = name, counted.group
    if whole is None:
        return Problem(
            "denominator-unknown",
            of,
            Words(
                f"“{of}”:{group} 的{called.zh}未填写,无法计算比例",
                f'"{of}": how many are {called.en} in {group} is not known; say it',
            ),
        )
    if whole == 0:
        return Problem(
            "denominator-zero",
            of,
            Words(
                f"“{of}”:{group} 的{called.zh}为 0,无比例和等次",
                f'"{of}": {called.en} of {group} are 0; there is neither rate nor grade',
            ),
        )
    if sum(counts[code] for code in formula.counted) > whole:
        return Problem(
            "denominator-too-small",
            of,
            Words(
                f"“{of}”:{group} 的票数多于{called.zh}({whole})",
                f'"{of}": {group} gave more marks than {called.en} ({whole})',
            ),
        )
    return Marks(counts, bases.returned - sum(counts.values()), whole, base)


def judged(formula: Formula, marks: Marks) -> Judged:
    """Rates and grade of marks that have a denominator; of a weighted sample both ways."""
    plain = _rates(formula, _Counts(marks.counts, marks.whole, DENOMINATORS[marks.base]))
    if marks.weighted is None:
        return _as_judged(formula, *plain, {})
    base = DENOMINATORS[marks.base]
    called = Words(f"加权{base.zh}", f"weighted {base.en}")
    counts = _Counts(marks.weighted.parts, marks.weighted.whole, called)
    return _as_judged(formula, *_rates(formula, counts), plain[1])


@dataclass(frozen=True)
class _Counts:
    """Marks as counted, or as weighted, and what they are a share of."""

    parts: Mapping[str, int] | Mapping[str, Fraction]
    whole: int | Fraction
    whole_of: Words

    def share(self, name: str, title: Words, of: Words, codes: Iterable[str]) -> Figure:
        part = sum((Fraction(self.parts[code]) for code in codes), Fraction(0))
        formula = Words(f"{of.zh} ÷ {self.whole_of.zh}", f"{of.en} ÷ {self.whole_of.en}")
        return Figure(
            name, title, formula, ratio(part, Fraction(self.whole)), worked(part, self.whole)
        )


def _rates(formula: Formula, counts: _Counts) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """The shares of the options that count, and the rates."""
    shares = {
        code: counts.share(
            f"share:{code}", option(formula, code), together(formula, [code]), [code]
        )
        for code in formula.counted
    }
    rates = {
        name: counts.share(name, rate(formula, name), together(formula, codes), codes)
        for name, codes in (("top1", formula.top1), ("top2", formula.top2))
    }
    if formula.full_mark is not None:
        rates["mean"] = _mean(formula, counts, formula.full_mark)
    return shares, rates


def _as_judged(
    formula: Formula,
    shares: dict[str, Figure],
    rates: dict[str, Figure],
    unweighted: dict[str, Figure],
) -> Judged:
    grade, reason = graded(formula, {code: one.exact for code, one in shares.items()})
    return Judged(shares, rates, grade, reason, unweighted)


def _mean(formula: Formula, counts: _Counts, full: Fraction) -> Figure:
    valued = [
        (counts.parts[one.code], one.value)
        for one in formula.options
        if one.counts_in_denominator and one.value is not None
    ]
    total = sum((Fraction(n) * value for n, value in valued), Fraction(0))
    terms = " + ".join(f"{shown(n)} × {value}" for n, value in valued)
    return Figure(
        Measure.MEAN.value,
        MEAN,
        Words(
            f"各选项票数 × 分值之和 ÷ ({counts.whole_of.zh} × 满分)",
            f"sum of marks × value ÷ ({counts.whole_of.en} × full mark)",
        ),
        ratio(total, Fraction(counts.whole) * full),
        f"({terms}) ÷ ({shown(counts.whole)} × {full})",
    )


def graded(formula: Formula, shares: Mapping[str, Fraction]) -> tuple[str | None, Words | None]:
    """The grade by the first step that is met, and why; shares are of the options that count."""
    tried_zh, tried_en = [], []
    for step in formula.grades:
        part = sum((shares[code] for code in step.sum), Fraction(0))
        met = step.threshold.met_by(part.numerator, part.denominator)
        sign = {(True, True): "≥", (True, False): ">", (False, True): "<", (False, False): "≤"}
        compared = f"{part} {sign[met, step.threshold.inclusive]} {step.threshold.share}"
        codes = together(formula, step.sum)
        tried_zh.append(f"{codes.zh} {compared}")
        tried_en.append(f"{codes.en} {compared}")
        if met:
            break
    else:
        if formula.otherwise is None:
            return None, None
        return formula.otherwise, _reason(formula, formula.otherwise, tried_zh, tried_en)
    return step.grade, _reason(formula, step.grade, tried_zh, tried_en)


def _reason(formula: Formula, grade: str, zh: list[str], en: list[str]) -> Words:
    called = option(formula, grade)
    return Words(f"等次:{','.join(zh)},为“{called.zh}”", f'grade: {", ".join(en)}: "{called.en}"')
