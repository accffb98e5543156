"""Task lists (任务清单), what meetings decide, and what deputies ask there (现场问询)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from .implementation import meeting
from .preparation import office

#: How many questions are asked at the report meeting (现场问询).
_QUESTIONS = 4
_TASKS = (
    ("site", "重点点位:示范点位(演示)"),
    ("link", "重点环节:材料与质量(演示)"),
    ("problem", "重点问题:后续管护(演示)"),
)
_ASK = "/v1/meetings/{}/questions"


def steps(scene: Scene) -> Iterator[Step]:
    """Task lists; decisions followed up; questions on the spot."""
    yield Step("任务清单", list(_task_items(scene)))
    yield Step("例会议定事项、现场问询", [*_decisions(scene), *_questions(scene)])


def _task_items(scene: Scene) -> Iterator[Lane]:
    """Each project's key site, link and problem (重点点位、环节、问题), seen to by its group."""
    _, last = scene.days.week
    for project in scene.projects[: scene.figures["supervision.groups"]]:
        for kind, name in _TASKS:
            item = f"task/{kind}/{project.name}"
            body = {
                "project_id": project.id,
                "kind": kind,
                "name": name,
                "site_code": "site-1" if kind == "site" else None,
                "group_id": Ref(f"group/{project.name}"),
                "due_on": str(scene.figures.completed_by),
                "happened_on": str(scene.days.kick_off),
            }
            check = {
                "finding": f"已查看,较上月好转。{texts.MARK}",
                "standing": "better",
                "happened_on": str(last),
            }
            done = {
                "outcome": f"已落实。{texts.MARK}",
                "happened_on": str(scene.days.report_meeting),
            }
            of = (Ref(item),)
            yield [
                Request(item, actors.CLERK, "/v1/task-items", body),
                Request(f"{item}/check", actors.CLERK, "/v1/task-items/{}/checks", check, of),
                Request(f"{item}/done", actors.CLERK, "/v1/task-items/{}/completion", done, of),
            ]


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
