"""What must be there before the cycle begins: aspects, units, rounds, deputies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, catalogue
from ..catalogue import Theme
from ..people import enrolments
from ..request import Lane, Request, Step, single
from ..scene import Scene


def steps(scene: Scene) -> Iterator[Step]:
    """Aspects, units and rounds; then the deputies."""
    yield Step("方面、单位、征集轮次", single([*_aspects(scene), *_units(scene), *_rounds(scene)]))
    yield Step("代表名册", _deputies(scene))


def office(theme: Theme) -> str:
    """The name of the request that registers a theme's office."""
    return f"unit/{theme.office}"


def offices(scene: Scene) -> list[str]:
    """The names of the requests that register the offices."""
    return list(dict.fromkeys(office(theme) for theme in _themes(scene)))


def organ(number: int) -> str:
    """The name of the request that registers an organ of the congress."""
    return f"unit/organ/{number % len(catalogue.ORGANS)}"


def committee(code: str) -> str:
    """The name of the request that registers a district's standing committee."""
    return f"unit/committee/{code}"


def _themes(scene: Scene) -> list[Theme]:
    last = scene.aside
    themes: list[Theme] = []
    while not themes or themes[-1].code != last.code:
        themes.append(catalogue.theme(len(themes)))
    return themes


def _aspects(scene: Scene) -> Iterator[Request]:
    for theme in _themes(scene):
        body = {"code": theme.code, "name": theme.aspect}
        yield Request(f"aspect/{theme.code}", actors.CLERK, "/v1/aspects", body)


def _units(scene: Scene) -> Iterator[Request]:
    for name in offices(scene):
        yield _unit(name, scene.level + name.removeprefix("unit/"), "department")
    for number, title in enumerate(catalogue.ORGANS):
        yield _unit(organ(number), scene.level + title, "congress-organ")
    for code, place in catalogue.districts(scene.figures.code).items():
        yield _unit(committee(code), f"{place}人大常委会", "district")


def _unit(name: str, title: str, kind: str) -> Request:
    return Request(name, actors.CLERK, "/v1/units", {"name": title, "kind": kind})


def _rounds(scene: Scene) -> Iterator[Request]:
    year = scene.figures.year
    first, last = scene.days.collection
    yield _round(year, "concentrated", f"{year}年项目集中征集(演示)", first, last)
    opens, closes = dt.date(year - 1, 1, 1), dt.date(year, 12, 31)
    yield _round(year, "standing", f"{year}年项目常态化征集(演示)", opens, closes)


def _round(year: int, kind: str, name: str, starts_on: dt.date, ends_on: dt.date) -> Request:
    body = {
        "year": year,
        "kind": kind,
        "name": name,
        "starts_on": str(starts_on),
        "ends_on": str(ends_on),
    }
    return Request(f"round/{kind}", actors.CLERK, "/v1/rounds", body)


def _deputies(scene: Scene) -> list[Lane]:
    return enrolments(scene.figures, scene.days, scene.who, scene.rng("names"))
