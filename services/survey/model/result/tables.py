"""A score as tables (导出): what a CSV file holds, and the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.commons.canonical import canonical
from services.commons.sheets import NUMBER, Field, Table

from ..scoring.consequence import FOLLOWS
from .shown import Score, grades, groups, headline, options, percent, scored

Json = dict[str, Any]

_KINDS = {
    "project": "项目",
    "sub-item": "子项",
    "former-project": "往年项目",
    "former-sub-item": "往年子项",
}
_SAMPLING = {"census": "全体", "sample": "抽样", "open": "自愿参与", "mixed": "多种方式"}
_LINE = (
    Field("item_id", "项目编号"),
    Field("item_kind", "类别", labels=_KINDS),
    Field("item_name", "项目"),
)


def counts(score: Score, parameters: Json, graded: str = "grade") -> Table:
    """Each group, line, question and option with its count; then by stratum, after suppression.

    This is the table of ``score.csv``: one row for each count.  ``graded``: the code of the form's
    only grade question; a form with several dimensions has a row for each of them.
    """
    fields = (
        Field("audience", "测评主体", labels={one["group"]: one["name"] for one in groups(score)}),
        Field("stratum", "分层问题", labels=_strata(score)),
        Field("cell", "分层"),
        Field("cell_name", "分层名称"),
        *_LINE,
        Field("question", "问题"),
        Field("option", "选项", labels=options(parameters) | {"blank": "空白"}),
        Field("option_name", "选项名称"),
        Field("number", "份数", NUMBER),
        Field("suppressed", "是否隐去", NUMBER),
        Field("denominator", "基数", NUMBER),
        Field("percent", "百分比", NUMBER),
    )
    marks = options(parameters) | {"blank": "空白"}
    named = {one["question"]: one["names"] for one in score.get("questions") or []}
    rows = [*_counted(score, graded), *_asked_otherwise(score), *_broken_down(score)]
    for row in (one for one in rows if "option" in one):
        code = row["option"]
        row["option_name"] = named.get(row["question"], marks).get(code, code)
    return Table.of("counts", "计数", fields, rows)


def workbook(score: Score, parameters: Json, graded: str = "grade") -> list[Table]:
    """The sheets: lines, groups, projects, counts, breakdowns, notices, definitions."""
    return [
        _items(score, parameters),
        _groups(score),
        _projects(score),
        counts(score, parameters, graded),
        _consequences(score),
        _notices(score),
        _definitions(score, parameters),
    ]


def _strata(score: Score) -> dict[str, str]:
    return {one["stratum"]: one["title"] for one in score.get("breakdowns") or []}


def _line(item: Json) -> Json:
    return {"item_id": item["item_id"], "item_kind": item["kind"], "item_name": item["name"]}


def _counted(score: Score, graded: str) -> Iterator[Json]:
    for group, item in scored(score):
        told = {"audience": group["group"], "suppressed": 0} | _line(item)
        for one in item.get("dimensions") or [item | {"code": graded}]:
            shares = one.get("shares") or {}
            for code, number in one["counts"].items():
                share = shares.get(code)
                yield told | {
                    "question": one["code"],
                    "option": code,
                    "number": number,
                    "denominator": one["denominator"] if share else None,
                    "percent": percent(share),
                }
            yield told | {"question": one["code"], "option": "blank", "number": one["blank"]}


def _asked_otherwise(score: Score) -> Iterator[Json]:
    """The other questions: choices, ratings, numbers in their bins."""
    names = {item["item_id"]: item for item in score["items"]}
    for one in score.get("questions") or []:
        item = names.get(one.get("item_id") or "")
        told = {"audience": one["group"], "question": one["question"]}
        told |= _line(item) if item else {}
        if one["counts"] is None:
            yield told | {"suppressed": 1}
        for code, number in (one["counts"] or {}).items():
            yield told | {"option": code, "number": number, "suppressed": 0}


def _broken_down(score: Score) -> Iterator[Json]:
    names = {item["item_id"]: item for item in score["items"]}
    for table in score.get("breakdowns") or []:
        for cell in table["cells"]:
            told = {"audience": table["group"], "stratum": table["stratum"]}
            told |= {"cell": cell["code"], "cell_name": cell["title"]}
            for line in cell["items"]:
                item = names.get(line.get("item_id") or "")
                about = told | (_line(item) if item else {}) | {"question": line["question"]}
                hidden = line.get("counts") is None
                if hidden:
                    yield about | {"suppressed": 1}
                for code, number in (line.get("counts") or {}).items():
                    yield about | {"option": code, "number": number, "suppressed": 0}


def _items(score: Score, parameters: Json) -> Table:
    named = options(parameters)
    marks = {code: Field(f"n{place}", name, NUMBER) for place, (code, name) in _numbered(named)}
    fields = (
        Field("audience", "测评主体"),
        *_LINE,
        *marks.values(),
        Field("blank", "空白", NUMBER),
        Field("denominator", "基数", NUMBER),
        Field("top1", "满意率%", NUMBER),
        Field("top2", "满意和基本满意率%", NUMBER),
        Field("mean", "均值", NUMBER),
        Field("unweighted", "不加权满意率%", NUMBER),
        Field("headline", "主要指标%", NUMBER),
        Field("low", "下限%", NUMBER),
        Field("high", "上限%", NUMBER),
        Field("grade", "等次", labels=grades(parameters)),
    )
    rows = []
    for group, item in scored(score):
        low, high = _range(item)
        rows.append(
            {"audience": group["name"], "low": low, "high": high, "grade": item["grade"]}
            | _line(item)
            | {field.key: item["counts"].get(code) for code, field in marks.items()}
            | {name: item[name] for name in ("blank", "denominator")}
            | {name: percent(item.get(name)) for name in ("top1", "top2", "mean")}
            | {"headline": percent(headline(item))}
            | {"unweighted": percent((item.get("unweighted") or {}).get("top1"))}
        )
    return Table.of("items", "逐项", fields, rows)


def _numbered(named: dict[str, str]) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate(named.items(), start=1)


def _range(item: Json) -> tuple[float | None, float | None]:
    """The interval of a sample, or the bounds of a census, as they are printed."""
    found = item.get("interval") or item.get("bounds")
    return (percent(found["low"]), percent(found["high"])) if found else (None, None)


def _groups(score: Score) -> Table:
    numbers = {
        "eligible": "应参加",
        "present": "到会",
        "issued": "发出",
        "returned": "收回",
    }
    fields = (
        Field("audience", "测评主体"),
        Field("name", "名称"),
        Field("sampling", "方式", labels=_SAMPLING),
        *(Field(key, name, NUMBER) for key, name in numbers.items()),
        Field("response_rate", "收回率%", NUMBER),
        Field("note", "说明"),
    )
    rows = [
        {"audience": one["group"], "name": one["name"], "sampling": one["sampling"]}
        | {key: one.get(key) for key in numbers}
        | {"response_rate": percent(one.get("response_rate")), "note": one.get("note")}
        for one in groups(score)
    ]
    return Table.of("groups", "测评主体", fields, rows)


def _projects(score: Score) -> Table:
    fields = (
        Field("item_id", "项目编号"),
        Field("item_name", "项目"),
        Field("headline", "主要指标%", NUMBER),
        Field("exact", "精确值"),
        Field("grade", "等次"),
    )
    rows = [_whole(one["project_id"], one["name"], one) for one in score.get("projects") or []]
    if score.get("overall"):
        rows.append(_whole(None, "总体", score["overall"]))
    return Table.of("projects", "项目与总体", fields, rows)


def _whole(item_id: str | None, name: str, one: Json) -> Json:
    return {
        "item_id": item_id,
        "item_name": name,
        "headline": percent(headline(one)),
        "exact": (headline(one) or {}).get("value"),
        "grade": one.get("grade"),
    }


def _consequences(score: Score) -> Table:
    fields = (
        Field("item_id", "项目编号"),
        Field("item_name", "项目"),
        Field("measure", "指标"),
        Field("value", "值"),
        Field("grade", "等次"),
        Field("times", "第几次", NUMBER),
        Field("line", "标准线"),
        Field("then", "后果"),
    )
    rows = [
        one
        | {"item_name": one["name"], "then": "、".join(FOLLOWS[code].zh for code in one["then"])}
        | {"line": one["below"] or "、".join(one["grades"])}
        for one in score.get("consequences") or []
    ]
    return Table.of("consequences", "后果", fields, rows)


def _notices(score: Score) -> Table:
    fields = (
        Field("audience", "测评主体"),
        Field("kind", "类别"),
        Field("number", "数量", NUMBER),
        Field("text", "说明"),
    )
    return Table.of("notices", "提示", fields, score.get("notices") or [])


def _definitions(score: Score, parameters: Json) -> Table:
    """What each figure is, and the method word for word."""
    fields = (Field("name", "名称"), Field("definition", "定义"))
    told = [
        ("测评", score["title"]),
        ("年度", str(score["year"])),
        ("测评办法", score["method"]["title"]),
        ("办法编号", score["method"]["id"]),
        ("办法参数", canonical(parameters)),
        ("四舍五入", f"百分比保留 {score['rounding']['places']} 位小数,仅在打印时舍入一次"),
        ("截至", str(score.get("as_of") or score.get("published_on") or "")),
        ("隐去", "分层人数、被问到的人数少于办法规定的最小数,或可由其余推出时,不予公布"),
    ]
    seen = dict.fromkeys((one["name"], one["formula"]["zh-CN"]) for one in _figures(score))
    rows = [{"name": name, "definition": text} for name, text in (*told, *seen)]
    return Table.of("definitions", "方法与定义", fields, rows)


def _figures(part: Any) -> Iterator[Json]:
    """Every figure of a score that says by which formula it was computed."""
    if isinstance(part, dict):
        if "formula" in part and "name" in part:
            yield part
        for one in part.values():
            yield from _figures(one)
    elif isinstance(part, list):
        for one in part:
            yield from _figures(one)
