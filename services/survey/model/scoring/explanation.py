"""Each step of a score in words (计算说明), taken from the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..method import Aggregation, By, From
from .figure import Figure
from .group_item import GroupItem
from .item import ItemScore
from .marks import Judged
from .outcome import Outcome
from .uncertainty import Sampled
from .words import DENOMINATORS, Words, option

if TYPE_CHECKING:
    from .score import Score


@dataclass(frozen=True)
class Step:
    """``of``: what it is about; ``says``: what was computed."""

    of: Words
    says: Words

    def to_data(self) -> dict[str, dict[str, str]]:
        """As data."""
        return {"of": self.of.to_data(), "says": self.says.to_data()}


def explanation(score: Score) -> list[Step]:
    """Every step, from the marks of a line to what follows; problems last."""
    return [
        *_rules(score),
        *(step for one in score.items for step in _line(score, one)),
        *_upwards(score),
        *(Step(Words("结果运用", "what follows"), one.said) for one in score.consequences),
        *(Step(Words("问题", "problem"), one.says) for one in score.problems),
    ]


def _rules(score: Score) -> Iterator[Step]:
    formula, of = score.formula, Words("测评办法", "method")
    for group in score.groups:
        base = DENOMINATORS[formula.denominator_of(group.group)]
        bases = {
            "应参评 eligible": group.eligible,
            "出席 present": group.present,
            "发出 issued": group.issued,
            "收回 returned": group.returned,
        }
        zh = "、".join(f"{k.split()[0]} {v}" for k, v in bases.items() if v is not None)
        en = ", ".join(f"{k.split()[1]} {v}" for k, v in bases.items() if v is not None)
        called = score.called(group.group)
        yield Step(
            of, Words(f"{called.zh}:{zh};基数:{base.zh}", f"{called.en}: {en}; of: {base.en}")
        )
    yield from (Step(of, said) for said in _weightings(score))
    out = [one.code for one in formula.options if not one.counts_in_denominator]
    if out:
        each = [option(formula, code) for code in out]
        zh, en = "、".join(one.zh for one in each), ", ".join(one.en for one in each)
        yield Step(of, Words(f"{zh}不计入基数", f"not in the denominator: {en}"))
    if formula.groups:
        weights = [(score.called(one.group), one.weight) for one in formula.groups]
        zh = "、".join(f"{called.zh} {weight}" for called, weight in weights)
        en = ", ".join(f"{called.en} {weight}" for called, weight in weights)
        yield Step(of, Words(f"权重:{zh}(合计 1)", f"weights: {en} (together 1)"))
    yield Step(
        of,
        Words(
            f"计算均用分数,仅在显示时四舍五入到 {formula.places} 位小数",
            f"exact fractions throughout; rounded half up to {formula.places} places when shown",
        ),
    )


def _weightings(score: Score) -> dict[Words, None]:
    """How samples were weighted, each way once."""
    sures = [
        (group.group, sure)
        for one in score.items
        for group in one.groups.values()
        for sure in group.sureness.values()
    ]
    found: dict[Words, None] = {}
    for group, sure in sures:
        if isinstance(sure, Sampled) and sure.weights is not None:
            called, said = score.called(group), sure.weights.said()
            found[Words(f"{called.zh}{said.zh}", f"{called.en}: {said.en}")] = None
    return found


def _line(score: Score, one: ItemScore) -> Iterator[Step]:
    of = Words(f"“{one.item.name}”", f'"{one.item.name}"')
    for group in one.groups.values():
        yield from _group(score, of, group, alone=len(score.groups) == 1)
    weighed = len(one.groups) > 1 or score.formula.look_back_source is not None
    if weighed:
        yield from _outcome(score, of, one.outcome)
    elif one.adjusted:
        for figure in one.adjusted.rates.values():
            yield Step(of, figure.said(score.formula.places))
        yield from (Step(of, said) for said in one.outcome.said)


def _group(score: Score, of: Words, group: GroupItem, *, alone: bool) -> Iterator[Step]:
    called = score.called(group.group)
    at = of if alone else Words(f"{of.zh} {called.zh}", f"{of.en} {called.en}")
    if len(group.dimensions) > 1:
        for code, judged in group.dimensions.items():
            part = Words(f"{at.zh} {code}", f"{at.en} {code}")
            yield from _judged(score, part, judged)
    if group.judged is not None:
        yield from _judged(score, at, group.judged)
    for sure in group.sureness.values():
        if sure.open_ended:
            yield Step(at, sure.said(score.formula.places))


def _judged(score: Score, at: Words, judged: Judged) -> Iterator[Step]:
    if judged.shares:
        places, shares = score.formula.places, judged.shares.values()
        zh = "、".join(f"{one.title.zh} {one.rate.percent(places)}%" for one in shares)
        en = ", ".join(f"{one.title.en} {one.rate.percent(places)}%" for one in shares)
        yield Step(at, Words(f"各选项占比:{zh}", f"shares: {en}"))
    for figure in judged.unweighted.values():
        said = figure.said(score.formula.places)
        yield Step(at, Words(f"未加权:{said.zh}", f"unweighted: {said.en}"))
    for figure in judged.rates.values():
        yield Step(at, figure.said(score.formula.places))
    if judged.reason is not None:
        yield Step(at, judged.reason)


def _outcome(score: Score, at: Words, outcome: Outcome) -> Iterator[Step]:
    if outcome.judged is not None:
        yield from _judged(score, at, outcome.judged)
    for said in outcome.said:
        yield Step(at, said)
    if outcome.composite is not None and not _is_a_rate(outcome.composite, outcome.judged):
        yield Step(at, outcome.composite.said(score.formula.places))


def _is_a_rate(composite: Figure, judged: Judged | None) -> bool:
    """Whether the headline is one of the rates, which has been said."""
    rates = judged.rates.values() if judged else ()
    return any(
        replace(one, name=composite.name, title=composite.title) == composite for one in rates
    )


def _upwards(score: Score) -> Iterator[Step]:
    names = {one.item.item_id: one.item.name for one in score.items}
    for project in score.projects:
        if project.aggregation.by is not None:
            of = Words(f"项目“{project.name}”", f'project "{project.name}"')
            yield _made_of(of, project.aggregation, [names[part] for part in project.parts])
            yield from _outcome(score, of, project.outcome)
    if score.overall is not None:
        of = Words("总体", "overall")
        if score.overall.aggregation.made_from is From.PROJECTS:
            names = {one.project_id: one.name for one in score.projects}
        parts = [names[part] for part in score.overall.parts]
        yield _made_of(of, score.overall.aggregation, parts)
        yield from _outcome(score, of, score.overall.outcome)


def _made_of(of: Words, made: Aggregation, parts: list[str]) -> Step:
    zh, en = {
        By.MEAN: ("取平均", "the mean"),
        By.POOLED: ("票数相加后计算", "their marks added up"),
        By.LOWEST: ("取最低者", "the lowest"),
    }[made.by or By.MEAN]
    return Step(of, Words(f"由{'、'.join(parts)}{zh}", f"of {', '.join(parts)}: {en}"))
