"""The assessment in the report (满意度测评): who was asked, what came out, what follows.

Everything comes from published scores as they were told; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from services.commons.documents import Block, Table

from ..exact import rounded
from .evidence import Evidence
from .narrative import Narrative, Rectified, Score
from .wording import ADDED, day, one_line, percent

_GRADES = {
    "satisfied": "满意",
    "basically-satisfied": "基本满意",
    "dissatisfied": "不满意",
    "abstain": "弃权",
}
_DEPUTIES = "all-deputies"
_RATES = {"top1": "满意率", "top2": "满意和基本满意率", "mean": "均值", "composite": "综合得分"}
#: How a group was chosen; a census has no sampling error, and of volunteers nothing can be said.
_SAMPLING = {
    "census": "全体(普查)",
    "sample": "抽样",
    "mixed": "多种方式,不推断总体",
    "open": "自愿参加,不推断总体",
}
_THEN = {
    "rectify": "限期整改",
    "report-again": "重新报告",
    "assess-again": "再次测评",
    "self-criticism": "作出书面检查",
}


def blocks(evidence: Evidence, narrative: Narrative) -> Sequence[Block]:
    """The scores of the year's assessments, in the order of their publication."""
    known = {one.id: one for one in evidence.dated(narrative.scores)}
    mine = [one for one in known.values() if one.year == evidence.question.year]
    found = [
        block
        for score in sorted(mine, key=lambda one: (one.happened_on, one.id))
        for block in _told(score, known, evidence, narrative)
    ]
    return found or [f"{ADDED}截至本报告所据日期,尚未收到当年的满意度测评结果。"]


def first_of(evidence: Evidence, narrative: Narrative) -> Score | None:
    """The year's last assessment that repeats no other one."""
    year = evidence.question.year
    dated = (one for one in evidence.dated(narrative.scores) if one.year == year)
    whole = [one for one in dated if one.follows is None]
    return max(whole, key=lambda one: (one.happened_on, one.id), default=None)


def fraction(text: str | None) -> tuple[int, int] | None:
    """A fraction as it was told: 122/126 → (122, 126)."""
    part, _, whole = (text or "").partition("/")
    return (int(part), int(whole)) if part.isdigit() and whole.isdigit() and int(whole) else None


def _told(
    score: Score, known: Mapping[str, Score], evidence: Evidence, narrative: Narrative
) -> Iterator[Block]:
    yield _leading(score)
    if score.groups:
        yield _groups(score)
        yield _by_group(score)
    if score.projects:
        yield _projects(score)
    yield from _overall(score, known, evidence)
    yield from _again(score, known)
    if score.consequences:
        yield _consequences(score, evidence, narrative)


def _leading(score: Score) -> Table:
    """The marks of the leading group."""
    codes = [code for code in _GRADES if any(code in item["counts"] for item in score.items)]
    rows = [
        (
            one_line(item["name"]),
            *(str(item["counts"].get(code, 0)) for code in codes),
            str(item["denominator"]),
            _rate(item, "top1"),
            _rate(item, "top2"),
            _grade(item["grade"]) + _counted(item),
        )
        for item in score.items
    ]
    head = ("测评对象", *(_GRADES[c] for c in codes), "分母", "满意率", "满意和基本满意率", "等次")
    again = "再次" if score.follows else ""
    heading = (
        f"{ADDED}{again}满意度测评:{_asked(score)},收回{score.returned}份;"
        f"测评办法:《{one_line(score.method_title)}》;结果于{day(score.happened_on)}公布。"
        + _basis(score)
    )
    return Table(heading, head, tuple(rows))


def _asked(score: Score) -> str:
    """Whom the leading figures speak of, and of how many where that is known."""
    first = score.groups[0] if score.groups else None
    who = "代表" if first is None or first["group"] == _DEPUTIES else one_line(first["name"])
    if score.eligible is None:
        return f"{who}应参加人数不详"
    return f"应参加{who}{score.eligible}名"


def _basis(score: Score) -> str:
    """That look-backs at former projects changed something, if they did (测评依据)."""
    touched = sum(bool(item.get("look_backs")) for item in score.items)
    if not touched:
        return ""
    return f"按测评办法,往年项目“回头看”的结果影响其中{touched}项,原值和调整后的值一并列出。"


def _groups(score: Score) -> Table:
    """Each body of people asked, with its own base."""
    rows = [
        (
            one_line(group["name"]),
            _SAMPLING.get(group["sampling"], "—"),
            _number(group["eligible"]),
            _number(group["issued"]),
            str(group["returned"]),
            _response(group),
            _short(group["weight"]),
        )
        for group in score.groups
    ]
    head = ("测评主体", "方式", "应参加", "发出", "收回", "回收率", "权重")
    return Table(f"{ADDED}各测评主体分别计算,互不合并基数。", head, tuple(rows))


def _response(group: Mapping[str, Any]) -> str:
    """Forms returned of all who may answer; in a sample, of those to whom one was issued."""
    whole = group["issued"] if group["sampling"] == "sample" else group["eligible"]
    return percent(group["returned"], whole) if whole else "—"


def _by_group(score: Score) -> Table:
    """Each line's rate in every group, with what can be said of its uncertainty."""
    names = {item["item_id"]: one_line(item["name"]) for item in score.items}
    found = {
        (group["group"], item["item_id"]): item for group in score.groups for item in group["items"]
    }
    composite = {item["item_id"]: item.get("composite") for item in score.items}
    measure = _measure(score)
    weighed = any(composite.values())
    rows = [
        (
            name,
            *(_uncertain(found.get((group["group"], id_)), measure) for group in score.groups),
            *((_short(composite[id_]),) if weighed else ()),
        )
        for id_, name in names.items()
    ]
    head = (
        "测评对象",
        *(f"{one_line(group['name'])}{_RATES[measure]}" for group in score.groups),
        *(("综合",) if weighed else ()),
    )
    about = (
        f"{ADDED}全体参加的,括注未参加者全部不满意和全部满意时的界限;"
        "抽样的,括注置信区间;自愿参加的,二者均不适用。"
    )
    return Table(about, head, tuple(rows))


def _measure(score: Score) -> str:
    """Which rate is told of the groups: the one of which it is known how sure it is."""
    known = (
        item.get("bounds") or item.get("interval")
        for group in score.groups
        for item in group["items"]
    )
    return next((one["measure"] for one in known if one), "top1")


def _uncertain(item: Mapping[str, Any] | None, measure: str) -> str:
    """A group's rate of a line, with what can be said of it."""
    counted = fraction(item[measure]) if item else None
    if item is None or counted is None:
        return "—"
    # What was weighted has other numbers than those of the forms.
    plain = counted[1] == item["denominator"]
    told = (
        percent(*counted) if plain else f"加权{_part(Fraction(*counted))}({item['denominator']}份)"
    )
    interval, bounds = item.get("interval"), item.get("bounds")
    if interval:
        sure = rounded(100 * Fraction(interval["confidence"]), 0)
        ends = "至".join(_part(Fraction(str(interval[end]))) for end in ("low", "high"))
        return f"{told};{sure}%置信区间{ends}"
    if bounds and bounds["low"] != bounds["high"]:
        return f"{told};界限{_short(bounds['low'])}至{_short(bounds['high'])}"
    return told


def _projects(score: Score) -> Table:
    rows = [
        (one_line(one["name"]), _short(one["composite"]), _grade(one["grade"]))
        for one in score.projects
    ]
    measure = _RATES.get(score.projects[0]["measure"], "结果")
    return Table(f"{ADDED}各项目按测评办法汇总:", ("项目", measure, "等次"), tuple(rows))


def _overall(score: Score, known: Mapping[str, Score], evidence: Evidence) -> Iterator[str]:
    """The whole, and the whole of the year before beside it."""
    if score.overall is None:
        return
    grade = score.overall["grade"]
    before = [
        one
        for one in known.values()
        if one.year == evidence.question.year - 1 and one.overall and one.follows is None
    ]
    last = max(before, key=lambda one: (one.happened_on, one.id), default=None)
    yield (
        f"{ADDED}总体{_RATES.get(score.overall['measure'], '结果')}:"
        f"{_short(score.overall['composite'])}"
        + (f",等次为{_grade(grade)}" if grade else "")
        + (
            f";上年为{_short(last.overall['composite'])}"
            f"(测评办法:《{one_line(last.method_title)}》)"
            if last and last.overall
            else ""
        )
        + "。"
    )


def _again(score: Score, known: Mapping[str, Score]) -> Iterator[str]:
    """A repeated assessment beside the one before it."""
    before = known.get(score.follows) if score.follows else None
    if before is None:
        return
    was = {item["item_id"]: _headline(item) for item in before.items}
    told = [
        f"“{one_line(item['name'])}”由{was[item['item_id']]}变为{_headline(item)}"
        for item in score.items
        if item.get("item_id") in was
    ]
    if told:
        yield f"{ADDED}再次测评与前次相比:{';'.join(told)}。"


def _headline(item: Mapping[str, Any]) -> str:
    return _short(item.get("composite") or item["top1"])


def _consequences(score: Score, evidence: Evidence, narrative: Narrative) -> Table:
    """What fell below an adopted line, what follows, and how far that has come."""
    tasks = {
        one.item_id: one
        for one in evidence.dated(narrative.rectifications)
        if one.questionnaire_id == score.id
    }
    rows = [
        (
            one_line(one["name"]),
            _measured(one),
            _line(one),
            f"第{one['times']}次",
            "、".join(_THEN.get(code, code) for code in one["then"]),
            _standing(tasks.get(one["item_id"]), evidence, narrative),
        )
        for one in score.consequences
    ]
    head = ("低于规定标准的对象", "结果", "标准", "次数", "按办法应当", "办理情况")
    return Table(f"{ADDED}结果运用:", head, tuple(rows))


def _measured(one: Mapping[str, Any]) -> str:
    if one["measure"] == "grade":
        return f"等次{_grade(one['grade'])}"
    return f"{_RATES.get(one['measure'], '结果')}{one['percent']}%"


def _line(one: Mapping[str, Any]) -> str:
    if one["below"] is None:
        return "—"
    # What is inclusive fails just on the line, too.
    return ("高于" if one["inclusive"] else "不低于") + _part(Fraction(one["below"]))


def _standing(task: Rectified | None, evidence: Evidence, narrative: Narrative) -> str:
    if task is None:
        return "—"
    unit = one_line(narrative.units.get(task.unit_id or "", "待明确责任单位"))
    last = task.last_on(evidence.question.as_of)
    if last is None:
        return f"{unit}:整改中"
    kind, on = last
    told = {
        "report": f"{unit}:{day(on)}已报告,待确认",
        "return": f"{unit}:{day(on)}报告退回,继续整改",
        "confirmation": f"{unit}:{day(on)}确认整改到位",
    }
    return told[kind]


def _rate(item: Mapping[str, Any], name: str) -> str:
    """A rate as it was counted, and what look-backs at former projects left of it."""
    counted, left = fraction(item[name]), fraction((item.get("adjusted") or {}).get(name))
    if counted is None:
        return "—"
    told = percent(*counted)
    return told if left is None else f"{told},回头看后为{percent(*left)}"


def _counted(item: Mapping[str, Any]) -> str:
    """What the grade was by the marks alone, where look-backs changed it."""
    counted = item.get("counted_grade")
    if not item.get("look_backs") or counted in (None, item["grade"]):
        return ""
    return f"(计票为{_grade(counted)})"


def _grade(code: str | None) -> str:
    return _GRADES.get(code or "", one_line(code or "—"))


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)


def _short(text: str | None) -> str:
    """An exact fraction as a percentage; many of them are too long to be written out."""
    return "—" if text is None else _part(Fraction(text))


def _part(value: Fraction) -> str:
    return f"{rounded(100 * value, 1)}%"
