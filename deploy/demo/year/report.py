"""The report: its definition and passages that people write for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Request, Step, single
from ..scene import Scene


def steps(scene: Scene) -> Iterator[Step]:
    """Passages, and what the report is asked to say."""
    yield Step("报告文本", single([*_passages(scene), _definition(scene)]))


def _passages(scene: Scene) -> Iterator[Request]:
    year, day = scene.figures.year, dt.date(scene.figures.year, 12, 20)
    for number, (section, heading, text) in enumerate(texts.REPORT):
        body = {
            "year": year,
            "section": section,
            "heading": heading,
            "text": text + texts.MARK,
            # Passages stand in the order of their days.
            "happened_on": str(day + dt.timedelta(days=number)),
        }
        yield Request(f"passage/{number}", actors.CLERK, "/v1/report-texts", body)


def _definition(scene: Scene) -> Request:
    body = {
        "year": scene.figures.year,
        "title": f"{scene.figures.title}(演示:人员与文本均为合成)",
        "completed_by": str(scene.figures.completed_by),
        "happened_on": f"{scene.figures.year}-12-20",
    }
    return Request("report", actors.CLERK, "/v1/reports", body)
