"""A score as charts (图): bars for each line and grade, groups, years and congresses."""

from __future__ import annotations

from typing import Any

from services.commons.charts import BARS, Chart, Series

from .shown import Score, groups, headline, options, percent, scored

Json = dict[str, Any]

_RATES = {"top1": "满意率", "top2": "满意和基本满意率"}


def charts(score: Score, parameters: Json) -> list[Chart]:
    """The charts of one score; each group has one of its own."""
    made = [_grades(score, parameters, group) for group in groups(score)]
    if len(made) > 1:
        made.append(_groups(score))
    tables = [_stratum(score, table) for table in score.get("breakdowns") or []]
    return made + [one for one in tables if any(v is not None for v in one.series[0].values)]


def _grades(score: Score, parameters: Json, group: Json) -> Chart:
    lines = [item for one, item in scored(score) if one is group]
    return Chart(
        key=f"grades-{group['group']}",
        kind=BARS,
        title=f"{score['title']}:{group['name']}",
        unit="%",
        categories=tuple(item["name"] for item in lines),
        series=tuple(
            Series(name, tuple(percent(item["shares"].get(code)) for item in lines))
            for code, name in options(parameters).items()
            if any(code in item["shares"] for item in lines)
        ),
    )


def _groups(score: Score) -> Chart:
    """The headline of each line, by who was asked; a group that was not asked has no bar."""
    told = {(one["group"], item["item_id"]): item for one, item in scored(score)}
    lines = score["items"]
    return Chart(
        key="groups",
        kind=BARS,
        title=f"{score['title']}:各测评主体",
        unit="%",
        categories=tuple(item["name"] for item in lines),
        series=tuple(
            Series(
                group["name"],
                tuple(_headline(told.get((group["group"], item["item_id"]))) for item in lines),
            )
            for group in groups(score)
        ),
    )


def _stratum(score: Score, table: Json) -> Chart:
    """The rates of each part of a group over all lines; none where any of them is suppressed."""
    named = {one["group"]: one["name"] for one in groups(score)}
    graded = {
        line["question"] for cell in table["cells"] for line in cell["items"] if "top1" in line
    }
    parts = [(cell["title"], _pooled(cell, graded)) for cell in table["cells"]]
    title = table["title"].rstrip("?\N{FULLWIDTH QUESTION MARK}")
    return Chart(
        key=f"stratum-{table['group']}-{table['stratum']}",
        kind=BARS,
        title=f"{score['title']}:{named[table['group']]}(按“{title}”分层)",
        unit="%",
        categories=tuple(f"{name}{'' if rates else '(未公布)'}" for name, rates in parts),
        series=tuple(
            Series(name, tuple(rates.get(code) for _, rates in parts))
            for code, name in _RATES.items()
        ),
    )


def _pooled(cell: Json, graded: set[str]) -> dict[str, float]:
    """The rates of a part over all graded lines; empty where there are none to tell."""
    lines = [line for line in cell["items"] if line["question"] in graded]
    if any(line["counts"] is None for line in lines):
        return {}
    return {
        code: 100 * sum(one["part"] for one in rates) / sum(one["whole"] for one in rates)
        for code in _RATES
        if (rates := [line[code] for line in lines if line[code]])
    }


def _headline(item: Json | None) -> float | None:
    return None if item is None else percent(headline(item))


def compared(key: str, title: str, comparison: Json, *, by: str) -> Chart:
    """A comparison's scores side by side; ``by``: ``year`` or ``congress``.

    One that was not made as the first was is marked, so that nobody takes it for a comparison.
    """
    scores = comparison["scores"]
    series = [
        Series(name, tuple(percent(one["pooled"].get(code)) for one in scores))
        for code, name in _RATES.items()
    ]
    if any(one["overall"] for one in scores):
        series.append(Series("总体", tuple(percent(one["overall"]) for one in scores)))
    return Chart(
        key=key,
        kind=BARS,
        title=title,
        unit="%",
        categories=tuple(_called(one, by) for one in scores),
        series=tuple(series),
    )


def _called(one: Json, by: str) -> str:
    name = f"{one['year']}年" if by == "year" else one["congress"]
    again = "(再次)" if one["follows"] else ""
    return f"{name}{again}" + ("" if one["comparable"] else "(不可比)")
