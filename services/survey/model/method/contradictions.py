"""What can contradict itself in a method, with the place in its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from .aggregation import By, From
from .line import Measured
from .option import Denominator, Measure

if TYPE_CHECKING:
    from .formula import Formula

Mistake = tuple[str, str]


def mistakes(formula: Formula) -> Iterator[Mistake]:
    """Every contradiction: its pointer below ``/parameters``, and what is wrong."""
    yield from _options(formula)
    yield from _sums(formula)
    yield from _values(formula)
    if formula.look_back is not None:
        yield from formula.look_back.mistakes(formula.ranking)
    yield from _weights("dimensions", [(d.code, d.weight) for d in formula.dimensions])
    yield from _weights("groups", [(g.group, g.weight) for g in formula.groups])
    yield from _groups(formula)
    yield from _aggregation(formula)
    yield from _thresholds(formula)
    if formula.sample is not None:
        for at, why in formula.sample.mistakes():
            yield f"/sample{at}", why


def _options(formula: Formula) -> Iterator[Mistake]:
    if len(set(formula.codes)) < len(formula.codes):
        yield "/options", "选项代码重复 (a code stands twice)"
    bases = {formula.denominator, *(g.denominator for g in formula.groups if g.denominator)}
    all_count = len(formula.counted) == len(formula.codes)
    if bases != {Denominator.VALID} and not all_count:
        yield (
            "/denominator",
            "只有以有效票为基数时,选项才可不计入基数"
            " (an option can stay out of the denominator only where that is 'valid')",
        )


def _sums(formula: Formula) -> Iterator[Mistake]:
    counted = set(formula.counted)
    sums = [("/rates/top1", formula.top1), ("/rates/top2", formula.top2)]
    sums += [(f"/grades/{n}/sum", step.sum) for n, step in enumerate(formula.grades)]
    for at, codes in sums:
        if not codes or len(set(codes)) < len(codes) or not set(codes) <= counted:
            yield (
                at,
                "须为计入基数的选项代码,且不重复"
                " (codes of options that count in the denominator, each once)",
            )
    if not set(formula.top1) <= set(formula.top2):
        yield "/rates/top2", "须包含 top1 的全部选项 (must contain all of top1)"
    for n, step in enumerate(formula.grades):
        if step.threshold.met_by(0, 1):
            yield f"/grades/{n}/share", "任何结果都达到该比例 (everything reaches it)"
    if formula.otherwise in [step.grade for step in formula.grades]:
        yield "/otherwise", "与已列的等次相同 (is one of the grades above)"
    if not set(formula.grade_names) <= set(formula.ranking):
        yield "/grade_names", "须为本办法的等次 (must be grades of this method)"
    if (formula.otherwise is None) != (not formula.grades):
        yield "/otherwise", "有等次规则时必填,否则为空 (given if and only if grades are)"


def _values(formula: Formula) -> Iterator[Mistake]:
    needs = formula.measure is Measure.MEAN or any(
        group.measure is Measure.MEAN for group in formula.groups
    )
    given = any(option.value is not None for option in formula.options)
    if (needs or given) and formula.full_mark is None:
        yield (
            "/options",
            "计入基数的选项须都有分值,且最高分大于0"
            " (every option that counts needs a value, the highest above 0)",
        )


def _weights(name: str, weights: list[tuple[str, Fraction]]) -> Iterator[Mistake]:
    if not weights:
        return
    codes = [code for code, _ in weights]
    if len(set(codes)) < len(codes):
        yield f"/{name}", "代码重复 (a code stands twice)"
    if any(weight == 0 for _, weight in weights):
        yield f"/{name}", "权重须大于0 (a weight must be above 0)"
    total = sum(weight for _, weight in weights)
    if total != 1:
        yield (
            f"/{name}",
            f"权重之和为 {total},须为 1 (the weights sum to {total} and must sum to 1)",
        )


def _groups(formula: Formula) -> Iterator[Mistake]:
    for n, group in enumerate(formula.groups):
        for at, why in group.mistakes():
            yield f"/groups/{n}{at}", why
    if formula.groups and all(group.is_look_back for group in formula.groups):
        yield "/groups", "至少须有一个测评主体 (somebody must be asked)"
    if sum(group.is_look_back for group in formula.groups) > 1:
        yield "/groups", "回头看只能列一次 (look-backs are one source)"


def _aggregation(formula: Formula) -> Iterator[Mistake]:
    made = {"project": formula.project, "overall": formula.overall}
    for of, aggregation in made.items():
        if aggregation is None:
            continue
        for at, why in aggregation.mistakes(of):
            yield f"/aggregation{at}", why
        deducts = formula.look_back is not None and any(
            one.share is not None for one in formula.look_back.consequences
        )
        if aggregation.by is By.POOLED and formula.look_back_source:
            yield (
                f"/aggregation/{of}/by",
                "回头看计入得分时不能合并票数 (look-backs have no marks that could be pooled)",
            )
        if aggregation.by is By.POOLED and deducts:
            yield (
                f"/aggregation/{of}/by",
                "回头看扣减比例时不能合并票数 (a deduction lowers rates, pooling adds marks)",
            )


def _thresholds(formula: Formula) -> Iterator[Mistake]:
    drawn = set()
    for n, line in enumerate(formula.thresholds):
        at = f"/thresholds/{n}"
        for place, why in line.mistakes(formula.ranking):
            yield f"{at}{place}", why
        for why in _unmeasured(formula, line.measure):
            yield f"{at}/measure", why
        if line.of == "overall" and formula.overall is None:
            yield f"{at}/of", "本办法没有总体结果 (the method makes no overall score)"
        if line.of == "overall" and line.measure is Measured.GRADE and _mean_of_lowest(formula):
            yield (
                f"{at}/measure",
                "项目取最低者而总体取平均,总体没有等次 (the mean of what is lowest has no grade)",
            )
        key = (
            line.of,
            line.measure,
            line.below,
            line.inclusive,
            frozenset(line.grades),
            line.after,
        )
        if key in drawn:
            yield at, "同一界限规定了两次 (the same line is drawn twice)"
        drawn.add(key)
    yield from _looser_when_worse(formula)


def _mean_of_lowest(formula: Formula) -> bool:
    whole = formula.overall
    averaged = whole is not None and (whole.made_from, whole.by) == (From.PROJECTS, By.MEAN)
    return averaged and formula.project.by is By.LOWEST


def _unmeasured(formula: Formula, measure: Measured) -> Iterable[str]:
    """Why a line cannot be held against that measure."""
    if measure is Measured.GRADE and not formula.grades:
        yield "本办法没有等次 (the method gives no grades)"
    if measure is Measured.MEAN and formula.full_mark is None:
        yield "选项没有分值 (the options have no values)"
    if formula.look_back_source and measure is not Measured.COMPOSITE:
        yield "回头看计入得分时,只能用 composite (with look-backs as a source, only composite)"


def _looser_when_worse(formula: Formula) -> Iterator[Mistake]:
    """Of two lines on one measure, the lower one must not leave more time for the same."""
    for n, low in enumerate(formula.thresholds):
        for high in formula.thresholds:
            same = (low.of, low.measure, low.after) == (high.of, high.measure, high.after)
            if not same or low.below is None or high.below is None or low.below >= high.below:
                continue
            for name, time in low.due.items():
                shared = set(low.then) & set(high.then)
                if shared and time > high.due.get(name, time):
                    yield (
                        f"/thresholds/{n}/{name}",
                        "结果更差而期限更长 (a worse result would get more time)",
                    )
