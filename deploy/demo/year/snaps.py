"""Snap, forward, supervise (随手拍,随时转,随机督): from a photo on the spot to a settled matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import actors, texts
from ..people import Person
from ..request import Lane, Ref, Request, Step, single
from ..scene import Planned, Scene
from . import plans
from .preparation import offices

_FOLDER = Path(__file__).parents[1]
_BEFORE, _AFTER = "photo/before", "photo/after"
#: How many deputies snap something.
_SNAPS = 6


def steps(scene: Scene) -> Iterator[Step]:
    """Photos, then what becomes of each snap; one stays unanswered, and one was not ours."""
    photos = [
        Request(name, actors.CLERK, "/v1/files", {}, photo=_FOLDER / file)
        for name, file in ((_BEFORE, "photo.jpg"), (_AFTER, "photo-after.jpg"))
    ]
    yield Step("随手拍:照片", single(photos))
    yield Step("随手拍:交办、办理、答复、评价、核实", list(_snaps(scene)))


def _snaps(scene: Scene) -> Iterator[Lane]:
    taking = scene.some(scene.rng("snaps"), scene.who.roll, _SNAPS)
    for number, person in enumerate(taking):
        project = scene.projects[number % len(scene.projects)]
        yield _Snap(scene, number, person, project).lane()


class _Snap:
    """One snap and what follows from it."""

    def __init__(self, scene: Scene, number: int, person: Person, project: Planned) -> None:
        self.name = f"snap/{number}"
        self.number, self.person, self.project, self.scene = number, person, project, scene
        self.taken = scene.days.report_meeting + dt.timedelta(days=number)
        self.opinion = Ref(self.name)
        self.office = plans.responsible(scene, project)

    def lane(self) -> Lane:
        """What is done with it, one after the other."""
        lane = [self._taken()]
        if self.number == 1:
            # It came to the wrong office, which says so in time; another one has it from then on.
            lane.append(self._act("return", 1, reason=self._says("不属本单位职责")))
            self.office = next(one for one in offices(self.scene) if one != self.office)
            reason = self._says("改由有关单位办理")
            lane.append(self._act("routing", 1, reason=reason, by=actors.CLERK))
        if self.number != _SNAPS - 1:
            lane += [
                self._act("acceptance", 2),
                self._act("handling", 4, text=self._says("已修复")),
            ]
            lane += self._replied()
        return lane

    def _taken(self) -> Request:
        place = {
            key: value
            for key, value in plans.site(self.scene, self.project).items()
            if key != "division"
        }
        body = {
            "deputy_id": Ref(self.person.name),
            "text": self._says("现场设施损坏,请尽快修复"),
            "kind": "facility",
            # The project is found by the nearest planned site, where the plan has it near.
            "project_id": self.project.id if self.number % 2 else None,
            "place": place,
            "photos": [{"sha256": Ref(_BEFORE, ("sha256",)), "role": "before"}],
            "happened_on": str(self.taken),
        }
        by = actors.deputy(self.person.name)
        return Request(self.name, by, "/v1/snaps", body, patient=True)

    def _replied(self) -> Lane:
        lane = [self._act("reply", 5, text=self._says("已办理,请核实"), result="A")]
        dissatisfied = self.number == 2
        lane.append(self._judged(6, satisfied=not dissatisfied))
        if dissatisfied:
            lane += [
                self._act("handling", 12, text=self._says("已重新修复"), again=True),
                self._act("reply", 14, text=self._says("已重新办理"), result="A", again=True),
                self._judged(15, satisfied=True, again=True),
            ]
        body = {
            "deputy_id": Ref(self.person.name),
            "solved": True,
            "photos": [{"sha256": Ref(_AFTER, ("sha256",)), "role": "after"}],
            "happened_on": self._day(20),
        }
        by, path = actors.deputy(self.person.name), "/v1/opinions/{}/confirmation"
        return [*lane, Request(f"{self.name}/confirmed", by, path, body, (self.opinion,))]

    def _judged(self, after: int, *, satisfied: bool, again: bool = False) -> Request:
        body = {
            "judgement": "satisfied" if satisfied else "not",
            "happened_on": self._day(after),
        }
        if not satisfied:
            body["reason"] = self._says("仍有松动,请再处理")
        name = f"{self.name}/judgement" + ("/again" if again else "")
        by, path = actors.deputy(self.person.name), "/v1/opinions/{}/judgement"
        return Request(name, by, path, body, (self.opinion,))

    def _act(
        self, what: str, after: int, *, by: Any = None, again: bool = False, **said: Any
    ) -> Request:
        body = {"unit_id": Ref(self.office), **said, "happened_on": self._day(after)}
        name = f"{self.name}/{what}" + ("/again" if again else "")
        by = by or actors.unit(self.office)
        return Request(name, by, f"/v1/opinions/{{}}/{what}", body, (self.opinion,))

    def _day(self, after: int) -> str:
        return str(self.taken + dt.timedelta(days=after))

    def _says(self, text: str) -> str:
        return f"{text}。{texts.MARK}"
