"""Look-backs (回头看) at projects of earlier years, on which the assessment also rests."""

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
    """A few of them, in the autumn."""
    yield Step("回头看", single(list(_look_backs(scene))))


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
