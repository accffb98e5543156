"""How the year was supervised (监督一览), read through the API like everything shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .client import Caller
from .figures import Figures
from .request import Ref
from .year import former

Line = tuple[str, str]
_RATES = {"responded": "已答复", "solved": "已解决", "satisfied": "满意", "talked": "面商"}


def lines(caller: Caller, figures: Figures) -> list[Line]:
    """The overview, line by line; raises Refused."""
    year, day = figures.year, figures.as_of
    return [
        *_board(caller, f"/v1/board?year={year}&on={day}"),
        *_rates(caller, figures),
        ("逾期 overdue", _overdue(caller, f"/v1/supervision-overdue?on={day}&limit=200")),
        ("年度日历 calendar", _calendar(caller, f"/v1/calendars/{year}?limit=200")),
        ("实事档案馆 archive", _archive(caller)),
        ("回头看与测评依据 basis", _basis(caller)),
    ]


def _board(caller: Caller, path: str) -> Iterator[Line]:
    """The lights, and each project with where it stands."""
    rows = caller.get(path)["items"]
    lights = Counter(row["light"]["name"] for row in rows)
    yield (
        "项目进度榜 board",
        f"{len(rows)} 个项目:" + " · ".join(f"{name} {count}" for name, count in lights.items()),
    )
    for row in rows:
        accepted = sum(item["accepted_on"] is not None for item in row["sub_items"])
        done = f"{row['completion']:.0%}" if row["completion"] is not None else "—"
        yield (
            f"  {row['name']}",
            f"完成率 {done},验收 {accepted}/{len(row['sub_items'])};"
            f"{row['light']['name']}:{row['light']['reason_zh']}",
        )


def _rates(caller: Caller, figures: Figures) -> Iterator[Line]:
    for register, name in (("opinion", "意见建议 opinions"), ("problem", "问题 problems")):
        path = f"/v1/matter-rates?register={register}&year={figures.year}&on={figures.as_of}"
        total = caller.get(path)["total"]
        yield (
            name,
            " · ".join(
                f"{zh} {total[key]['part']}/{total[key]['whole']}" for key, zh in _RATES.items()
            ),
        )


def _overdue(caller: Caller, path: str) -> str:
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = caller.get(path + cursor)
        items += page["items"]
        cursor = f"&cursor={page['next']}" if page["next"] else None
    kinds = Counter(item["kind"] for item in items)
    return f"{len(items)} 项:" + " · ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))


def _calendar(caller: Caller, path: str) -> str:
    entries = caller.get(path)["items"]
    kept = [entry for entry in entries if entry["state"] == "kept"]
    return f"{len(kept)}/{len(entries)} 项安排已办"


def _archive(caller: Caller) -> str:
    years = caller.get("/v1/archive")["years"]
    return ";".join(
        f"{one['year']} 年项目 {one['projects']} 个(完成 {one['completed']}),"
        f"回头看 {one['look_backs']} 次"
        for one in sorted(years, key=lambda one: one["year"])
    )


def _basis(caller: Caller) -> str:
    """What the look-back at a former project did to the score."""
    score = caller.get(f"/v1/questionnaires/{caller.find(Ref('questionnaire'))}/score")
    name = caller.find(Ref(former.PROJECT, ("name",)))
    adjusted = [item for item in score["items"] if item.get("adjusted")]
    return f"“{name}”未持续发挥作用,调整 {len(adjusted)} 项测评结果:" + ";".join(
        f"{item['name']} {item['top1']['percent']} → {item['adjusted']['top1']['percent']}"
        for item in adjusted[:3]
    )
