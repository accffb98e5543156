"""The report: its definition, passages that people write for it, and its way through a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step, single
from ..scene import Scene
from .preparation import office


def steps(scene: Scene) -> Iterator[Step]:
    """Passages, and what the report is asked to say; then it is drafted and deliberated on."""
    yield Step("报告文本", single([*_passages(scene), _definition(scene)]))
    yield Step("报告稿、审议、审议意见", [_life(scene)])


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


def _life(scene: Scene) -> Lane:
    """An edition goes to a meeting, which has an opinion; it is answered and voted on."""
    year, as_of, project = scene.figures.year, scene.figures.as_of, scene.projects[0]
    day, of, unit = str(as_of), (Ref("edition"),), Ref(office(project.theme))
    draft = {"as_of": day, "note": f"报告稿。{texts.MARK}", "happened_on": day}
    meeting = {
        "body": "standing-committee",
        "term": 14,
        "ordinal": 15,
        "held_on": day,
        "happened_on": day,
    }
    opinion = {
        "edition_id": Ref("edition"),
        "number": 1,
        "text": f"请进一步落实往年项目的管护责任。{texts.MARK}",
        "unit_ids": [unit],
        "happened_on": day,
    }
    answer = {
        "unit_id": unit,
        "text": f"已落实管护单位和经费。{texts.MARK}",
        "happened_on": str(scene.days.later),
    }
    by = actors.unit(office(project.theme))
    path, said = "/v1/report-editions/{}/", {"happened_on": day}
    return [
        Request("edition", actors.CLERK, f"/v1/reports/{year}/editions", draft),
        Request("edition/submission", actors.CLERK, path + "submission", meeting, of),
        Request("edition/deliberation", actors.CLERK, path + "deliberation", said, of),
        Request("report-opinion", actors.CLERK, "/v1/report-opinions", opinion),
        Request(
            "report-opinion/answer",
            by,
            "/v1/report-opinions/{}/answers",
            answer,
            (Ref("report-opinion"),),
        ),
    ]
