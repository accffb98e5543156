"""What this system adds to the report, each block marked: counts, denominators, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.commons.documents import Block, Heading, Table

from ..monthly import standing
from . import records as r
from .evidence import Evidence
from .figure import DECLARED, SHARE, Figure
from .narrative import Narrative
from .wording import ADDED, day, number, one_line, percent

#: The ballot's reasons in short; a code that came later is left out.
_REASONS = {
    "passed": "达到要求",
    "most-approvals": "得票较多",
    "fewer-approvals": "达到要求,但得票较少",
    "below-threshold": "未达到要求",
    "no-approval": "无赞成票",
    "won-run-off": "再次投票得票较多",
    "lost-run-off": "再次投票得票较少",
}


def ballot(evidence: Evidence, figures: dict[str, Figure]) -> list[Block]:
    """The vote: who was there, by what method, and every candidate's counts."""
    if not evidence.results:
        return [f"{ADDED}截至本报告所据日期,尚未收到当年的票决结果。"]
    return [_summary(figures), *(_counts(result) for result in evidence.results)]


def _summary(figures: dict[str, Figure]) -> str:
    roll, present, candidates, chosen = (
        figures[f"ballot.{name}"].value for name in ("roll", "present", "candidates", "chosen")
    )
    return (
        f"{ADDED}票决会议应到代表{roll}名,实到{present}名;候选项目{candidates}项,确定{chosen}项。"
    )


def _counts(result: r.Result) -> Table:
    return Table(
        f"{ADDED}票决办法:《{one_line(result.method_title)}》;"
        f"结果于{day(result.happened_on)}确认,各候选项目得票如下。",
        ("候选项目", "轮次", "赞成", "反对", "弃权", "结果", "理由"),
        tuple(
            (
                one_line(candidate["name"]),
                *(str(candidate[told]) for told in ("round", "approve", "oppose", "abstain")),
                "确定" if candidate["chosen"] else "未确定",
                _REASONS.get(candidate["reason"], "—"),
            )
            for candidate in result.candidates
        ),
    )


def progress(evidence: Evidence, narrative: Narrative) -> list[Block]:
    """Where every sub-item stands."""
    rows = []
    order = sorted(
        evidence.sub_items.values(),
        key=lambda i: (evidence.projects[i.project_id].name, i.project_id, i.position),
    )
    for item in order:
        project = evidence.projects[item.project_id]
        done = evidence.completions.get(item.id)
        rows.append(
            (
                one_line(project.name),
                one_line(narrative.units.get(project.lead_unit_id, "—")),
                one_line(item.name),
                _target(item),
                _latest(evidence.progress[item.id], item),
                day(done.happened_on) if done else "未完成",
            )
        )
    if not rows:
        return []
    head = ("项目", "牵头单位", "子项", "目标", "累计进展", "完成日期")
    return [Table(f"{ADDED}各子项进展(据逐月填报):", head, tuple(rows))]


def _target(item: r.SubItem) -> str:
    if item.target is None:
        return "愿接尽接"
    return number(item.target) + one_line(item.unit_of_measure)


def _latest(entries: Sequence[r.Progress], item: r.SubItem) -> str:
    """The standing entry of the latest month: a quantity with its unit, or a share in per cent."""
    entry = max(standing(entries, lambda _: None), key=lambda e: e.month, default=None)
    if entry is None:
        return "未填报"
    if item.target is None:
        return f"{100 * (entry.share or 0):.0f}%"
    return number(entry.quantity or 0) + one_line(item.unit_of_measure)


def beside(figures: Sequence[Figure]) -> Iterator[Block]:
    """Every figure that has one with the year before, and the difference."""
    rows = tuple(
        (figure.title, value_of(figure), value_of(figure.previous), _more(figure))
        for figure in figures
        if figure.previous is not None
    )
    if rows:
        yield Heading(2, f"附表:与上年比较{ADDED}")
        yield "上年数字按上年同日计。"
        yield Table("", ("数字", "本年", "上年", "增减"), rows)


def _more(figure: Figure) -> str:
    if figure.difference is None:
        return "—"
    if figure.kind == SHARE:
        return f"{100 * figure.difference:+.1f}个百分点"
    return f"{figure.difference:+g}" if figure.difference else "0"


def sources(figures: Sequence[Figure]) -> Iterator[Table]:
    """Every figure with its definition and the fingerprint of what was counted."""
    rows = tuple(
        (
            figure.key,
            value_of(figure),
            figure.definition_zh,
            str(figure.counted),
            figure.hash[:16],
        )
        for figure in figures
    )
    yield Table("", ("数字", "数值", "口径", "计入记录数", "记录指纹(前16位)"), rows)


def value_of(figure: Figure) -> str:
    """A figure's value as the report writes it."""
    if figure.kind == SHARE:
        return percent(figure.numerator or 0, figure.denominator or 0)
    shown = number(figure.value or 0)
    return shown + "(申报)" if figure.kind == DECLARED else shown
