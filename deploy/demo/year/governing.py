"""Who leads the supervision (组织领导), and what is said and decided at its meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from .implementation import meeting
from .preparation import office, organ

#: How many questions are asked at the report meeting (现场问询).
_QUESTIONS = 4
_ASK = "/v1/meetings/{}/questions"


def steps(scene: Scene) -> Iterator[Step]:
    """The leading group and its scheme; decisions followed up; questions on the spot."""
    yield Step("领导小组、工作方案", [[_leading_group(scene), _scheme(scene)]])
    yield Step("例会议定事项、现场问询", [*_decisions(scene), *_questions(scene)])


def _leading_group(scene: Scene) -> Request:
    members = [
        {"role": "head", "office": "常委会分管副主任(演示)"},
        {"role": "member", "unit_id": Ref(organ(0)), "office": "工作委员会主任(演示)"},
        {"role": "office-head", "unit_id": Ref(organ(0)), "office": "工作委员会副主任(演示)"},
        {"role": "liaison", "unit_id": Ref(organ(1)), "office": "处室负责人(演示)"},
    ]
    body = {
        "name": "深化民生实事项目票决制工作领导小组(演示)",
        "office_unit_id": Ref(organ(0)),
        "members": members,
        "happened_on": str(scene.days.kick_off - dt.timedelta(days=7)),
    }
    return Request("leading-group", actors.CLERK, "/v1/leading-groups", body, patient=True)


def _scheme(scene: Scene) -> Request:
    body = {
        "kind": "scheme",
        "title": "关于深化民生实事项目人大代表票决制工作的方案(演示)",
        "issuer": "人大常委会(演示)",
        "year": scene.figures.year,
        "leading_group_id": Ref("leading-group"),
        "text": f"明确组织领导、工作机制和步骤。{texts.MARK}",
        "happened_on": str(scene.days.kick_off - dt.timedelta(days=5)),
    }
    return Request("document/scheme", actors.CLERK, "/v1/documents", body)


def _decisions(scene: Scene) -> Iterator[Lane]:
    """Each regular meeting decides something for a unit, which carries it out but for the last."""
    months = (4, 6, 10)
    for number, month in enumerate(months):
        day = scene.days.month_end(month)
        project = scene.projects[number % len(scene.projects)]
        name = f"decision/{month}"
        body = {
            "project_id": project.id,
            "text": f"请牵头单位对照计划逐点核实进度。{texts.MARK}",
            "unit_id": Ref(office(project.theme)),
            "due_on": str(day + dt.timedelta(days=30)),
        }
        path = "/v1/meetings/{}/decisions"
        lane = [Request(name, actors.CLERK, path, body, (Ref(meeting(day)),), patient=True)]
        if month != months[-1]:
            done = {
                "outcome": f"已逐点核实。{texts.MARK}",
                "happened_on": str(day + dt.timedelta(days=20)),
            }
            by, path = actors.unit(office(project.theme)), "/v1/decisions/{}/completion"
            lane.append(Request(f"{name}/done", by, path, done, (Ref(name),)))
        yield lane


def _questions(scene: Scene) -> Iterator[Lane]:
    """Asked and answered at the report meeting; one deputy asks again."""
    day, rng = scene.days.report_meeting, scene.rng("questions")
    asking = scene.some(rng, scene.who.roll, _QUESTIONS)
    for number, person in enumerate(asking):
        project = scene.projects[number % len(scene.projects)]
        name, by = f"question/{number}", actors.deputy(person.name)
        body = {
            "project_id": project.id,
            "deputy_id": Ref(person.name),
            "unit_id": Ref(office(project.theme)),
            "text": f"剩余点位何时完成,管护由谁负责?{texts.MARK}",
        }
        unit = actors.unit(office(project.theme))
        answer = {"text": f"年内完成,属地管护。{texts.MARK}", "happened_on": str(day)}
        of = (Ref(name),)
        lane = [
            Request(
                name, by, "/v1/meetings/{}/questions", body, (Ref(meeting(day)),), patient=True
            ),
            Request(f"{name}/answer", unit, "/v1/questions/{}/answers", answer, of),
        ]
        if number == 0:
            again = {"text": f"请列出清单。{texts.MARK}", "happened_on": str(day)}
            later = {
                "text": f"清单已书面报送。{texts.MARK}",
                "happened_on": str(day + dt.timedelta(days=6)),
            }
            lane += [
                Request(f"{name}/again", by, "/v1/questions/{}/follow-ups", again, of),
                Request(f"{name}/later", unit, "/v1/questions/{}/answers", later, of),
            ]
        closing = {"happened_on": str(day + dt.timedelta(days=7))}
        lane.append(Request(f"{name}/closing", by, "/v1/questions/{}/closing", closing, of))
        yield lane
