"""Deputies who snap, units that deal with it and answer, deputies who judge the answers."""

from __future__ import annotations

import queue
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from ..desk import PATIENCE, Desk
from ..services.supervision.pictures import photos, picture
from ..services.supervision.plan_sample import content
from ..services.supervision.year import OWN, Year

DAY = "2023-05-16"
DEPUTY, UNIT = ("deputy", "recorder"), ("unit", "recorder")
#: The planned site of the sample, and a place that is near none.
SITE, FAR = (120.13, 30.26), (120.6, 30.6)
#: How far each snap goes: what is done about it, and what is owed in the end.
FATES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "far": ((), {"assign"}),
    "left": ((), {"accept", "reply"}),
    "accepted": (("accept",), {"reply"}),
    "answered": (("accept", "handle", "reply"), {"judge"}),
    "settled": (("accept", "handle", "reply", "satisfied"), set()),
    "again": (("accept", "handle", "reply", "not"), {"second-reply"}),
}


@dataclass
class Snap:
    """One that a deputy takes, and what came of it."""

    deputy: str
    number: int
    fate: str
    pictures: list[bytes]
    id: str = ""
    photos: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What she says; words like these stand in no log and no event."""
        return f"(合成)言语标记{self.number}"

    @property
    def place(self) -> dict[str, Any]:
        """Where; digits like these stand in no log and no event."""
        longitude, latitude = FAR if self.fate == "far" else SITE
        shift = self.number / 1e7 + 77e-6
        return {
            "longitude": round(longitude + shift, 7),
            "latitude": round(latitude + shift, 7),
            "datum": "GCJ-02",
        }


@dataclass(frozen=True)
class Done:
    """A call that was answered."""

    method: str
    args: tuple[Any, ...]
    how: dict[str, Any]
    answer: Any


class City:
    """A project with a planned site, its unit, and deputies; all of them heard of."""

    def __init__(self, desk: Desk, deputies: int) -> None:
        self.desk, self.year = desk, Year(desk)
        self.unit = self.year.unit
        (self.project,) = self.year.vote("(合成)甲")
        (item,) = desk.call("get_project", self.project)["sub_items"]
        plan = content(self.unit, item["id"])
        self.year.call("publish_plan", self.project, content=plan, happened_on="2023-03-01")
        self.deputies = [self.year.deputy(OWN) for _ in range(deputies)]
        for deputy in self.deputies:
            self.year.call("check_online", deputy_id=deputy, project_id=self.project)


class People:
    """Each deputy with two threads: what she snaps, and what is done about it."""

    def __init__(self, city: City, snaps: int, pause: float) -> None:
        self.city, self.desk, self.pause = city, city.desk, pause
        self.snaps = self._planned(snaps)
        self.done: list[Done] = []
        self.failures: list[str] = []
        self._threads = []
        for deputy in city.deputies:
            own = [snap for snap in self.snaps if snap.deputy == deputy]
            taken: queue.Queue[Snap] = queue.Queue()
            for work in (self._snap, self._answer):
                self._threads.append(threading.Thread(target=self._run, args=(work, own, taken)))
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        """Whether somebody is still at work."""
        return any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        """Wait until all is done; nobody may have been refused."""
        for thread in self._threads:
            thread.join(2 * PATIENCE)
        assert not self.busy
        assert not self.failures, self.failures[:3]

    def again(self, done: Done) -> Any:
        """Ask once more, with the same key."""
        return self.desk.call(done.method, *done.args, **done.how)

    def _planned(self, snaps: int) -> list[Snap]:
        fates = list(FATES)
        planned = []
        for number in range(snaps * len(self.city.deputies)):
            deputy = self.city.deputies[number // snaps]
            fate = fates[number % len(fates)]
            shown = [picture(10 * number + n) for n in range(1 + number % 2)]
            planned.append(Snap(deputy, number, fate, shown))
        return planned

    def _run(self, work: Any, own: list[Snap], taken: queue.Queue[Snap]) -> None:
        try:
            work(own, taken)
        except BaseException as exc:
            self.failures.append(repr(exc))

    def _snap(self, own: list[Snap], taken: queue.Queue[Snap]) -> None:
        rng = random.Random(own[0].number)
        for snap in own:
            time.sleep(rng.uniform(0, 2 * self.pause))
            snap.photos = [self.desk.upload(one, snap.deputy, DEPUTY) for one in snap.pictures]
            body = {
                "deputy_id": snap.deputy,
                "text": snap.words,
                "place": snap.place,
                "photos": photos(*snap.photos, place=snap.place),
                "happened_on": DAY,
            }
            made = self._do("take_snap", body, subject=snap.deputy, roles=DEPUTY, snap=snap)
            snap.id = made["id"]
            taken.put(snap)

    def _answer(self, own: list[Snap], taken: queue.Queue[Snap]) -> None:
        for _ in own:
            snap = taken.get(timeout=2 * PATIENCE)
            for step in FATES[snap.fate][0]:
                method, body, who = self._step(step, snap)
                self._do(method, snap.id, {"happened_on": DAY} | body, **who, snap=snap)

    def _step(self, step: str, snap: Snap) -> tuple[str, dict[str, Any], dict[str, Any]]:
        unit = {"unit_id": self.city.unit}
        by_unit = {"subject": self.city.unit, "roles": UNIT}
        steps: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
            "accept": ("accept_opinion", unit, by_unit),
            "handle": ("handle_opinion", unit | {"text": snap.words}, by_unit),
            "reply": ("reply_to_opinion", unit | {"text": snap.words, "result": "C"}, by_unit),
        }
        judged = {"judgement": step, "reason": snap.words}
        herself = {"subject": snap.deputy, "roles": DEPUTY}
        return steps.get(step, ("judge_reply", judged, herself))

    def _do(self, method: str, *args: Any, snap: Snap, **how: Any) -> Any:
        """Ask until there is an answer, with a key of this one call."""
        how["key"] = f"{method}-of-snap-{snap.number}"
        answer = self.desk.call(method, *args, **how)
        self.done.append(Done(method, args, how, answer))
        return answer
