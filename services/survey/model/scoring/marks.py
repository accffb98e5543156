"""The marks on one line of the form by one group: rates and grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..method import Denominator, Formula, Measure
from .counted import Counted
from .figure import Figure, Rate, share
from .problem import Problem
from .words import DENOMINATORS, MEAN, Words, option, rate, together


@dataclass(frozen=True)
class Marks:
    """Counted marks (every option of the method), blanks, and what rates are a share of."""

    counts: dict[str, int]
    blank: int
    whole: int
    base: Denominator

    def __add__(self, other: Marks) -> Marks:
        return Marks(
            {code: n + other.counts[code] for code, n in self.counts.items()},
            self.blank + other.blank,
            self.whole + other.whole,
            self.base,
        )


@dataclass(frozen=True)
class Judged:
    """What came out of marks, or of several such outcomes that were weighed.

    ``shares``: of each option that counts; ``rates``: ``top1``, ``top2`` and ``mean`` where options
    have values; ``reason``: why it is this grade.
    """

    shares: dict[str, Figure]
    rates: dict[str, Figure]
    grade: str | None
    reason: Words | None


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
    """Rates and grade of marks that have a denominator."""
    whole_of = DENOMINATORS[marks.base]

    def counted_share(name: str, title: Words, codes: tuple[str, ...]) -> Figure:
        part = sum(marks.counts[code] for code in codes)
        return share(name, title, together(formula, codes), whole_of, Rate(part, marks.whole))

    shares = {
        code: counted_share(f"share:{code}", option(formula, code), (code,))
        for code in formula.counted
    }
    rates = {
        "top1": counted_share("top1", rate(formula, "top1"), formula.top1),
        "top2": counted_share("top2", rate(formula, "top2"), formula.top2),
    }
    if formula.full_mark is not None:
        rates["mean"] = _mean(formula, marks, formula.full_mark, whole_of)
    return Judged(shares, rates, *graded(formula, {c: f.exact for c, f in shares.items()}))


def _mean(formula: Formula, marks: Marks, full: Fraction, whole_of: Words) -> Figure:
    valued = [(marks.counts[o.code], o.value) for o in formula.options if o.counts_in_denominator]
    total = sum((n * value for n, value in valued if value is not None), Fraction(0))
    whole = marks.whole * full
    terms = " + ".join(f"{n} × {value}" for n, value in valued)
    both_whole = total.denominator == whole.denominator == 1
    return Figure(
        Measure.MEAN.value,
        MEAN,
        Words(
            f"各选项票数 × 分值之和 ÷ ({whole_of.zh} × 满分)",
            f"sum of marks × value ÷ ({whole_of.en} × full mark)",
        ),
        Rate(int(total), int(whole)) if both_whole else Rate.of(total / whole),
        f"({terms}) ÷ ({marks.whole} × {full})",
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
