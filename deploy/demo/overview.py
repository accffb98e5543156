"""What the intake holds at the end (征集初定一览), read through the API like everything shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import texts
from .client import Caller
from .figures import Figures
from .request import Ref
from .scene import Scene
from .year import collection, preselection

#: A line: what it is about, and what the API answered.
Line = tuple[str, str]
_MOST_ASPECTS, _TOP = 5, 3
_GRADES = {"satisfied": "满意", "basically-satisfied": "基本满意", "dissatisfied": "不满意"}


def lines(caller: Caller, scene: Scene) -> list[Line]:
    """The overview, line by line; raises Refused."""
    year = scene.figures.year
    return [
        ("建议,按渠道 by channel", _statistic(caller, year, "channel")),
        ("建议,按方面 by aspect", _statistic(caller, year, "aspect", _MOST_ASPECTS)),
        ("与票决吻合 matching", _matching(caller, year)),
        ("相似与归类 similar", _likeness(caller, scene)),
        ("团组任务 quotas", _quotas(caller, scene.figures)),
        ("候选清单 shortlist", _shortlist(caller)),
        *_pool(caller, scene),
        ("逾期未复 overdue", _overdue(caller, scene.figures)),
        *_traces(caller, scene),
    ]


def _statistic(caller: Caller, year: int, by: str, most: int | None = None) -> str:
    found = caller.get(f"/v1/statistics/suggestions?year={year}&by={by}")
    groups = found["groups"]
    shown = [f"{group['name'] or group['key'] or '—'} {group['count']}" for group in groups[:most]]
    more = sum(group["count"] for group in groups[len(shown) :])
    rest = [f"其他 {more}"] if more else []
    return f"共 {found['total']} 件:{' · '.join([*shown, *rest])}"


def _matching(caller: Caller, year: int) -> str:
    """In the words of reports, of each denominator: what share is claimed depends on it."""
    found = caller.get(f"/v1/statistics/matching?year={year}&author_kind=deputy")
    names = {"judged": "已比对", "accepted": "已采纳"}
    shares = [one for one in found["shares"] if one["denominator"] in names]
    return "代表建议:" + ";".join(
        f"占{names[one['denominator']]}的 {one['fraction']} = {one['percent']}({one['wording']})"
        for one in shares
    )


def _likeness(caller: Caller, scene: Scene) -> str:
    """The likest of one suggestion with the reasons, and how many clusters the last run found."""
    id_ = caller.find(Ref(collection.counted(scene)[0][0]))
    runs = _all(caller, f"/v1/cluster-runs?year={scene.figures.year}")
    counts = runs[-1]["counts"]
    text = f"{counts['suggestions']} 件归为 {counts['clusters']} 类(人工调整 {counts['moves']} 次)"
    similar = caller.get(f"/v1/suggestions/{id_}/similar")["items"]
    if not similar:
        return text
    shared = (word for word in similar[0]["reasons"]["words"] if word not in texts.MARK)
    words = "、".join(list(shared)[:_TOP])
    return f"{text};某件的相似建议 {len(similar)} 件,最似者“{similar[0]['title']}”(同词 {words})"


def _quotas(caller: Caller, figures: Figures) -> str:
    found = caller.get(f"/v1/quotas?year={figures.year}&on={figures.as_of}")["lines"]
    done = [one for one in found if one["fulfilled"]]
    text = f"{len(done)}/{len(found)} 个团组完成"
    lacking = [one for one in found if not one["fulfilled"]]
    short = (f"{one['name']} {one['delivered']}/{one['owed']}" for one in lacking[:_TOP])
    return text + (f";未完成:{'、'.join(short)}" if lacking else "")


def _shortlist(caller: Caller) -> str:
    id_ = caller.find(Ref(preselection.SHORTLIST))
    found = caller.get(f"/v1/shortlists/{id_}")
    margin, stages = found["margin"], found["stages"]
    returned = sum(one["outcome"] == "returned" for one in stages)
    return (
        f"{margin['candidates']} 选 {margin['seats']},差额 {margin['more']};"
        f"经 {len(stages) - returned} 次通过、{returned} 次退回,"
        f"{found['adopted_on']} 通过;SHA-256 {found['digest'][:12]}…"
    )


def _pool(caller: Caller, scene: Scene) -> Iterator[Line]:
    found = caller.get(f"/v1/reserve-pool?on={scene.days.matching}&limit={_TOP}")
    yield "储备库 reserve pool", f"{found['total']} 项在库,按需求居前 the most wanted:"
    for one in found["items"]:
        why = " + ".join(reason["zh"] for reason in one["reasons"] if reason["points"])
        yield f"  {one['rank']}. {one['title']}", f"{one['score']} 分 = {why or '—'}"


def _overdue(caller: Caller, figures: Figures) -> str:
    found = _all(caller, f"/v1/overdue?on={figures.as_of}")
    # What waits to be sorted stands in a list of its own.
    found += _all(caller, f"/v1/overdue?on={figures.as_of}&kind=sorting")
    kinds = {
        "suggestion": "建议",
        "project": "建议项目",
        "promise": "承诺",
        "opinion": "协办意见",
        "sorting": "未梳理",
    }
    counts = [f"{name} {sum(one['kind'] == kind for one in found)}" for kind, name in kinds.items()]
    return f"截至 {figures.as_of} 共 {len(found)} 项:{' · '.join(counts)}"


def _traces(caller: Caller, scene: Scene) -> Iterator[Line]:
    """One suggestion up to its project, with what its author was told; one project back."""
    project = scene.projects[0]
    back = caller.get(f"/v1/trace/projects/{caller.find(project.id)}")
    ways = _ways(back["suggestions"])
    behind = {one["suggestion"]["id"] for one in back["suggestions"]}
    ids = [caller.find(Ref(name)) for name, _ in collection.counted(scene)]
    own = [id_ for id_ in ids if id_ in behind]
    if own:
        yield "一件建议的去向 one suggestion, up", _trace(caller, own[0], caller.find(project.id))
    yield "一个项目的来处 one project, back", f"{back['project']['name']}:{ways}"


def _trace(caller: Caller, id_: str, project_id: str) -> str:
    found = caller.get(f"/v1/trace/suggestions/{id_}")
    told = _all(caller, f"/v1/suggestions/{id_}/follow-ups?")
    candidate = next(one for one in found["candidates"] if one["id"] == project_id)
    work = candidate["project"] or {"share": 0.0, "scores": []}
    grades = "、".join(_GRADES.get(one["grade"], "—") for one in work["scores"])
    return (
        f"{found['suggestion']['title']} → 建议项目 {len(found['suggested_projects'])}、"
        f"答复 {len(found['answers'])} → {candidate['name']}(进度 {work['share']:.0%},"
        f"测评 {grades or '—'});告知提出人 {len(told)} 次"
    )


def _ways(behind: Sequence[dict[str, Any]]) -> str:
    names = {"suggested-project": "经建议项目", "pool": "经储备库", "match": "经比对"}
    counts = [
        f"{name} {sum(way in one['through'] for one in behind)}" for way, name in names.items()
    ]
    return f"背后建议 {len(behind)} 件({'、'.join(counts)})"


def _all(caller: Caller, path: str) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = caller.get(f"{path}&limit=200{cursor}")
        items += page["items"]
        if not page["next"]:
            return items
        cursor = f"&cursor={page['next']}"
