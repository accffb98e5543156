"""The marks on one line of the form by one group: rates and grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..method import Denominator, Formula, Measure
from .counted import Counted
from .figure import Figure, Rate, ratio
from .problem import Problem
from .weighted import Weighted
from .words import DENOMINATORS, MEAN, Words, called_group, option, rate, together
from .words import grade as called_grade


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
    called, who = DENOMINATORS[base], called_group(formula, counted.group, counted.title)
    if whole is None:
        return Problem(
            "denominator-unknown",
            name,
            Words(
                f"“{name}”:{who.zh}的{called.zh}未填写,无法计算比例,请补填",
                f'"{name}": how many are {called.en} of {who.en} is not known; say it',
            ),
        )
    if whole == 0:
        return Problem(
            "denominator-zero",
            name,
            Words(
                f"“{name}”:{who.zh}的{called.zh}为 0,没有比例和等次",
                f'"{name}": {called.en} of {who.en} are 0; there is neither rate nor grade',
            ),
        )
    if sum(counts[code] for code in formula.counted) > whole:
        return Problem(
            "denominator-too-small",
            name,
            Words(
                f"“{name}”:{who.zh}的票数多于{called.zh}({whole}),请核对",
                f'"{name}": {who.en} gave more marks than {called.en} ({whole}); check them',
            ),
        )
    return Marks(counts, bases.returned - sum(counts.values()), whole, base)


def judged(formula: Formula, marks: Marks) -> Judged:
    """Rates and grade of marks that have a denominator; of a weighted sample both ways."""
    plain = _rates(formula, _Counts(marks.counts, marks.whole, DENOMINATORS[marks.base]))
    if marks.weighted is None:
        return _as_judged(formula, *plain, {})
    base = DENOMINATORS[marks.base]
    called = Words(f"{base.zh}(加权)", f"{base.en} (weighted)")
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
        rate = ratio(part, Fraction(self.whole))
        return Figure(name, title, formula, rate, self.worked(rate, f"{part} ÷ {self.whole}"))

    def worked(self, rate: Rate, counted: str) -> str:
        """The division in numbers; weighted marks were rounded as a share, and are said as one."""
        return counted if isinstance(self.whole, int) else str(rate)


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
    terms = " + ".join(f"{n} × {value}" for n, value in valued)
    result = ratio(total, Fraction(counts.whole) * full)
    return Figure(
        Measure.MEAN.value,
        MEAN,
        Words(
            f"各选项票数 × 分值之和 ÷ ({counts.whole_of.zh} × 满分)",
            f"sum of marks × value ÷ ({counts.whole_of.en} × full mark)",
        ),
        result,
        counts.worked(result, f"({terms}) ÷ ({counts.whole} × {full})"),
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
    called = called_grade(formula, grade)
    return Words(f"等次:{','.join(zh)},为“{called.zh}”", f'grade: {", ".join(en)}: "{called.en}"')
