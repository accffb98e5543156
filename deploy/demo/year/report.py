"""The report: its definition, passages that people write for it, look-backs at earlier years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, catalogue, texts
from ..request import Request, Step, single
from ..scene import Scene

_FINDINGS = (
    ("设施仍在使用,管护责任已落实。", True),
    ("使用率较高,建议增加开放时间。", True),
    ("部分点位维护不及时,应补充管护经费。", False),
)


def steps(scene: Scene) -> Iterator[Step]:
    """Look-backs (回头看), passages, and what the report is asked to say."""
    requests = [*_look_backs(scene), *_passages(scene), _definition(scene)]
    yield Step("回头看、报告文本", single(requests))


def _look_backs(scene: Scene) -> Iterator[Request]:
    for number, (finding, effective) in enumerate(_FINDINGS):
        body = {
            "project_name": catalogue.theme(number).project + "(往年,演示)",
            "project_year": scene.figures.year - 1 - number % 2,
            "finding": finding + texts.MARK,
            "effective": effective,
            "happened_on": str(dt.date(scene.figures.year, 9, 12 + number)),
        }
        yield Request(f"look-back/{number}", actors.CLERK, "/v1/look-backs", body)


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
