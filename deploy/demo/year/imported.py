"""Residents' suggestions that come in a file from elsewhere, by bulk import (批量导入)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..catalogue import Theme
from ..days import between
from ..request import Request, Step, look
from ..scene import Scene
from ..sheet import Sheet
from . import suggestions

NAME = "12345热线导出.csv"
_SOURCE, _OPERATOR = "12345热线(演示)", "demo-operator"


def steps(scene: Scene) -> Iterator[Step]:
    """The file; then its suggestions are found by their numbers, and most of them sorted."""
    sheet = Sheet(NAME, _OPERATOR, list(_rows(scene)))
    path = f"{suggestions.PATH}?q={{}}"
    found = [look(name, actors.CLERK, path, number) for number, name, _ in _all(scene)]
    yield Step("批量导入群众建议", [], sheet)
    yield Step("梳理导入的建议", [[one, *_sorting(scene, n)] for n, one in enumerate(found)])


def accepted(scene: Scene) -> list[tuple[str, Theme]]:
    """Those that are accepted: the name by which they were found, and the theme."""
    return [(name, theme) for n, (_, name, theme) in enumerate(_all(scene)) if n % 5 < 3]


def _all(scene: Scene) -> list[tuple[str, str, Theme]]:
    """Each with its number in the file, the name by which it is found, and its theme."""
    total = 10 + scene.figures["intake.deputy_suggestions"] // 4
    themes = scene.aspects
    numbers = [f"12345-{scene.figures.year - 1}-{n + 1:04}" for n in range(total)]
    return [
        (one, f"{suggestions.IMPORTED}{one}", themes[n % len(themes)])
        for n, one in enumerate(numbers)
    ]


def _sorting(scene: Scene, number: int) -> Iterator[Request]:
    """Three of five are accepted, one is returned, one waits."""
    name, day = _all(scene)[number][1], scene.days.sorting[1]
    if number % 5 < 3:
        yield suggestions.accept(name, day)
    elif number % 5 == 3:
        yield suggestions.give_back(name, day, "petition")


def _rows(scene: Scene) -> Iterator[dict[str, str]]:
    rng, (first, last) = scene.rng("imported"), scene.days.collection
    for place, (number, _, theme) in enumerate(_all(scene)):
        code, division = rng.choice(sorted(scene.divisions.items()))
        title, text = texts.suggestion(theme, division, rng)
        point = suggestions.point(code, rng)
        day: dt.date = between(rng, first, last)
        yield {
            "来源": _SOURCE,
            "来源编号": number,
            "年度": str(scene.figures.year),
            "提出人类别": "单位" if place % 9 == 8 else "群众",
            "渠道": "批量导入",
            "方面": theme.aspect,
            "标题": title,
            "内容": f"{text}来件编号 {number}。",
            "受益人群": texts.beneficiaries(rng),
            "区划代码": code,
            "经度": str(point["longitude"]),
            "纬度": str(point["latitude"]),
            "坐标系": point["datum"],
            "提出日期": str(day),
        }
