"""The annual report in Chinese, as a document, in the order that such reports have.

The sentences around the figures are this module's; the evaluation and the recommendations are
passages that people recorded.  What the paper form does not have is marked 「本系统补充」.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.commons.charts import Chart
from services.commons.documents import Block, Document, Heading

from . import assessment, supplement
from .evidence import Evidence
from .figure import DECLARED, Figure
from .narrative import Meeting, Narrative, Passage
from .wording import ADDED, day, numeral, one_line, paragraphs

_MEMBERS = {
    "city-organ": "本级人大机关部门",
    "district-committee": "下级人大常委会",
    "deputy": "人大代表",
}


def write(
    evidence: Evidence,
    figures: Sequence[Figure],
    narrative: Narrative,
    charts: Sequence[Chart] = (),
) -> Document:
    """The report; ``figures``, ``charts`` and ``evidence`` must belong to the same question."""
    by_key = {figure.key: figure for figure in figures}
    drawn = {chart.key: chart for chart in charts}
    blocks: list[Block] = [
        f"{ADDED}本报告依据截至{day(evidence.question.as_of)}的逐条记录生成,各数字的口径见附录。",
        Heading(2, "一、监督工作情况"),
        *_opening(evidence, by_key, narrative),
        *_chart(drawn, "ballot", "completion"),
        Heading(3, "(一)统筹联动,组建监督力量"),
        *_organisation(evidence, by_key, narrative),
        Heading(3, "(二)全周期推进,征集、票决、监督、回头看相衔接"),
        *_cycle(evidence, by_key, narrative),
        *_chart(drawn, "aspects"),
        Heading(3, "(三)代表日常履职与线上监督"),
        *_online(evidence, by_key, narrative),
        *_chart(drawn, "months", "satisfaction"),
        Heading(2, "二、关于项目总体评价"),
        *_passages(evidence, narrative, "evaluation"),
        Heading(2, "三、意见建议"),
        *_passages(evidence, narrative, "recommendation"),
        "以上报告,请予审议。",
        *supplement.beside(figures),
        *_chart(drawn, "years"),
        Heading(2, f"附录:数字口径{ADDED}"),
        *supplement.sources(figures),
    ]
    return Document(
        title=one_line(narrative.title),
        subtitle=_meeting_line(evidence, narrative),
        blocks=tuple(blocks),
        signed_by="",
        signed_on=evidence.question.as_of,
    )


def _chart(drawn: dict[str, Chart], *keys: str) -> Iterator[Chart]:
    yield from (drawn[key] for key in keys if key in drawn)


def _meeting_line(evidence: Evidence, narrative: Narrative) -> str:
    held = _meetings(evidence, narrative, "standing-committee")
    return f"({day(held[-1].happened_on)}在{one_line(held[-1].name)}上)" if held else ""


def _meetings(evidence: Evidence, narrative: Narrative, kind: str) -> list[Meeting]:
    """The year's meetings of a kind, in order."""
    found = [
        meeting
        for meeting in evidence.dated(narrative.meetings)
        if meeting.kind == kind and meeting.happened_on.year == evidence.question.year
    ]
    return sorted(found, key=lambda meeting: meeting.happened_on)


def _opening(
    evidence: Evidence, figures: dict[str, Figure], narrative: Narrative
) -> Iterator[Block]:
    total = figures["supervision.sub_items"].value
    by = evidence.question.completed_by
    done = figures[f"supervision.sub_items_completed_by_{by:%Y_%m_%d}"].value
    yield (
        f"{evidence.question.year}年经代表票决确定民生实事项目"
        f"{figures['supervision.projects'].value}项,分为子项{total}个。"
        f"以{day(by)}为限,达到目标的子项有{done}个"
        + (",子项全部完成。" if done == total and total else ",其余仍在推进。")
    )
    for passage in _recorded(evidence, narrative, "work"):
        yield Heading(4, one_line(passage.heading))
        yield from paragraphs(passage.text)
    yield from supplement.ballot(evidence, figures)
    yield from supplement.progress(evidence, narrative)


def _organisation(
    evidence: Evidence, figures: dict[str, Figure], narrative: Narrative
) -> Iterator[str]:
    kinds = [member["kind"] for group in evidence.groups for member in group.members]
    members = "、".join(f"{name}{kinds.count(kind)}名(个)" for kind, name in _MEMBERS.items())
    officers = sum(len(group.liaison_officers) for group in evidence.groups)
    yield (
        f"围绕{figures['supervision.projects'].value}项项目,"
        f"组建监督小组{figures['supervision.groups'].value}个,一个小组跟一项项目。"
        f"{ADDED}各小组成员合计:{members};联络员{officers}名。"
    )
    for kind, name in (("kick-off", "部署会"), ("regular", "工作例会")):
        held = _meetings(evidence, narrative, kind)
        if held:
            days = "、".join(day(meeting.happened_on) for meeting in held)
            yield f"当年召开{name}{len(held)}次({days})。"


def _cycle(evidence: Evidence, figures: dict[str, Figure], narrative: Narrative) -> Iterator[str]:
    share = figures["intake.suggestions_matching_voted_share"]
    matching = (
        f"相吻合的建议占{supplement.value_of(share)}" if share.denominator else "尚无可对照的建议"
    )
    yield (
        f"在征集阶段,梳理采纳代表建议{figures['intake.deputy_suggestions'].value}条,"
        f"分属{figures['intake.suggestion_aspects'].value}个方面;据此凝练的建议项目分属"
        f"{figures['intake.proposed_project_aspects'].value}个方面。"
        f"逐条对照,与票决确定的子项{matching}"
        f"({ADDED}分母为全部已采纳的代表建议)。"
    )
    weeks = sorted(evidence.weeks.values(), key=lambda week: week.starts_on)
    days = "、".join(f"{day(week.starts_on)}至{day(week.ends_on)}" for week in weeks)
    week = {name: figures[f"supervision.week.{name}"].value for name in _WEEK}
    yield (
        f"代表监督周({days or '当年未安排'})里,有本级人大代表{week['city_deputies']}名、"
        f"下级人大代表{week['district_deputies']}名到项目现场,"
        f"参加调研、明察暗访合计{week['attendances']}人次,"
        f"记录问题{week['problems']}个、意见建议{week['opinions']}条。"
    )
    for meeting in _meetings(evidence, narrative, "report-meeting"):
        yield f"{day(meeting.happened_on)}召开{one_line(meeting.name)},听取进展并现场问询。"
    yield from _look_backs(evidence, narrative)


_WEEK = ("city_deputies", "district_deputies", "attendances", "problems", "opinions")


def _look_backs(evidence: Evidence, narrative: Narrative) -> Iterator[str]:
    year = evidence.question.year
    made = [
        look_back
        for look_back in evidence.dated(narrative.look_backs)
        if look_back.happened_on.year == year
    ]
    if not made:
        return
    effective = sum(look_back.effective for look_back in made)
    yield f"对往年项目开展“回头看”{len(made)}项,其中持续发挥效用的{effective}项:"
    for one in sorted(made, key=lambda made: (made.happened_on, made.project_name)):
        yield f"{one.project_year}年“{one_line(one.project_name)}”:{one_line(one.finding)}"


def _online(
    evidence: Evidence, figures: dict[str, Figure], narrative: Narrative
) -> Iterator[Block]:
    online = {name: figures[f"supervision.online.{name}"].value for name in _ONLINE}
    yield (
        f"当年有本级人大代表{online['city_deputies']}名在线监督,"
        f"范围覆盖{online['projects_covered']}项项目,提交意见建议{online['opinions']}条;"
        f"其中既经处理又已答复代表本人的有{online['opinions_handled_and_replied']}条。"
        f"{ADDED}尚待处理或答复的有{online['opinions_open']}条。"
    )
    declared = [f for f in figures.values() if f.kind == DECLARED]
    if declared:
        names = {f"declared.{i.key}": i for i in evidence.indicators}
        yield (
            "有关单位申报的指标(非本系统记录):"
            + ";".join(
                f"{one_line(narrative.units.get(names[f.key].declared_by, '有关单位'))}申报"
                f"“{one_line(names[f.key].name)}”{f.value}"
                for f in declared
            )
            + "。"
        )
    yield from assessment.blocks(evidence, narrative)


_ONLINE = (
    "city_deputies",
    "projects_covered",
    "opinions",
    "opinions_handled_and_replied",
    "opinions_open",
)


def _recorded(evidence: Evidence, narrative: Narrative, section: str) -> list[Passage]:
    found = [p for p in evidence.dated(narrative.passages) if p.section == section]
    return sorted(found, key=lambda p: (p.happened_on, p.recorded_at, p.heading))


def _passages(evidence: Evidence, narrative: Narrative, section: str) -> Iterator[Block]:
    passages = _recorded(evidence, narrative, section)
    if not passages:
        yield f"{ADDED}尚未记录本部分的文本。"
    for place, passage in enumerate(passages, start=1):
        yield Heading(3, f"({numeral(place)}){one_line(passage.heading)}")
        project = evidence.projects.get(passage.project_id or "")
        if project:
            yield f"(所涉项目:{one_line(project.name)})"
        yield from paragraphs(passage.text)
