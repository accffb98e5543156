"""Snaps, answers and judgements while anything is killed: all is there, once, or still owed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.postgres import PostgresServer
from deploy.local.system import System
from services.chassis import deadletters, settings, streams
from services.chassis.cloudevents import Event

from ..chassis.house import until
from ..desk import Desk, rows
from ..services.supervision.year import Year
from .hall import Aside, Killer
from .snapping import DAY, FATES, City, People, Snap

DEPUTIES, SNAPS = 4, 6
#: When whatever was not done in May is overdue.
LATER = "2023-12-31"
#: Operations that rest on what was told by events just before.
PATIENT = ("get_project", "publish_plan", "check_online")


class TwiceTold(Desk):
    """Tells everything twice, as a relay does that dies between the confirm and the marking."""

    def publish(self, event: Event) -> None:
        """Until it is confirmed, and once more."""
        for _ in range(2):
            until(lambda: self._told(event), 60)

    def _told(self, event: Event) -> bool:
        try:
            super().publish(event)
        except OSError:
            return False
        return True


@pytest.fixture
def system(
    databases: list[PostgresServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A whole system of the test's own, to be broken."""
    chosen = {"MINSHENG_NIGHTLY": "", "MINSHENG_RPC_DEADLINE": "3", "MINSHENG_LOG_LEVEL": "debug"}
    chosen["MINSHENG_DRAIN"] = "1"
    for server in databases:
        chosen["MINSHENG_SUPERVISION_DATABASE_URL"] = server.create_database("supervision")
    with System(tmp_path_factory.mktemp("city"), chosen=chosen) as running:
        yield running


def test_supervision_survives_whatever_is_killed(
    system: System, databases: list[PostgresServer]
) -> None:
    """Every snap that was answered is there once with its photos and its loop, or owed.

    Processes, the broker and the database are killed while deputies snap, units answer, deputies
    judge, and results of other votes are told twice.
    """
    desk = Desk(system, PATIENT)
    people = People(City(desk, DEPUTIES), SNAPS, pause=1.2)
    other = Aside(lambda: _other_votes(TwiceTold(system)))
    killer = Killer(system, seed=20230516)
    faults: list[Any] = ["supervision", "gateway", "supervision", "gateway", "supervision"]
    faults += [system.broker, *databases]
    killer.strike(faults)
    people.join()
    projects = other.join()
    parts = {type(one).__name__ for one in (system.broker, *databases)}
    assert set(killer.killed) == {"supervision", "gateway", *parts}
    assert sum(desk.repeated.values()) > 0
    _check_answers(people)
    _check_snaps(desk, people)
    _check_owed(desk, people)
    _check_projects(desk, projects)
    _check_events(system, people, projects)


def _other_votes(desk: Desk) -> list[str]:
    """Votes of other years; the projects that they choose."""
    year = Year(desk)
    return [id_ for n in range(2019, 2023) for id_ in year.vote(f"(合成)乙{n}", year=n)]


def _check_answers(people: People) -> None:
    """Whoever repeats a request is answered as before."""
    for done in people.done:
        assert people.again(done) == done.answer
    steps = Counter(done.method for done in people.done)
    assert steps["take_snap"] == DEPUTIES * SNAPS
    assert steps["judge_reply"] == sum(snap.fate in ("settled", "again") for snap in people.snaps)


def _check_snaps(desk: Desk, people: People) -> None:
    """Each snap once, with its photos, its opinion, and each step of its loop once."""
    found = {one["id"]: one for one in desk.listed("list_snaps")}
    opinions = [one["id"] for one in desk.listed("list_opinions")]
    assert sorted(found) == sorted(snap.id for snap in people.snaps)
    assert sorted(opinions) == sorted(snap.id for snap in people.snaps if snap.fate != "far")
    shown = Counter(one["subject_id"] for one in desk.listed("list_photos"))
    assert shown == {snap.id: len(snap.photos) for snap in people.snaps}
    for snap in people.snaps:
        one = found[snap.id]
        assert (one["text"], one["deputy_id"]) == (snap.words, snap.deputy)
        assert [photo["sha256"] for photo in one["photos"]] == snap.photos
        if snap.fate != "far":
            _check_loop(desk, snap)


def _check_loop(desk: Desk, snap: Snap) -> None:
    steps = FATES[snap.fate][0]
    history = desk.call("get_opinion_history", snap.id)
    kept = [len(history[name]) for name in ("routings", "replies", "judgements", "acts")]
    judged = "satisfied" in steps or "not" in steps
    assert kept == [1, "reply" in steps, judged, "handle" in steps], snap.fate
    codes = Counter(one["code"] for one in history["deadlines"])
    assert set(codes.values()) == {1}
    running = {one["code"] for one in history["deadlines"] if one["ended_on"] is None}
    assert running == FATES[snap.fate][1]


def _check_owed(desk: Desk, people: People) -> None:
    """What nobody did is on the list once its day has passed, and nothing else of theirs."""
    ids = {snap.id for snap in people.snaps}
    for day, overdue in ((DAY, False), (LATER, True)):
        listed = desk.listed("list_supervision_overdue", on=day)
        found = Counter((one["subject_id"], one["code"]) for one in listed)
        owed = [(snap.id, code) for snap in people.snaps for code in FATES[snap.fate][1]]
        assert {one: n for one, n in found.items() if one[0] in ids} == (
            dict.fromkeys(owed, 1) if overdue else {}
        )


def _check_projects(desk: Desk, projects: list[str]) -> None:
    """Each vote that was told twice adopted its project once."""
    for project in projects:
        until(lambda: desk.ask("get_project", project)[0] == 200)  # noqa: B023
    found = Counter(one["id"] for one in desk.listed("list_projects"))
    assert {project: found[project] for project in projects} == dict.fromkeys(projects, 1)


def _check_events(system: System, people: People, projects: list[str]) -> None:
    """Everything was told, each under one id however often it was delivered; nothing is left."""
    assert system.broker
    uri = system.broker.amqp_uri()
    until(lambda: not rows(system, "supervision", "outbox"), 20)
    history = streams.read(uri, "history", "first", until_idle=3)
    events = {event["id"]: event for event in map(json.loads, history)}.values()
    told = Counter((_about(event), event["type"].removeprefix("supervision.")) for event in events)
    for snap in people.snaps:
        ours = {type_: n for (id_, type_), n in told.items() if id_ == snap.id}
        assert ours == dict.fromkeys(_expected(snap), 1), snap.fate
    assert [told[project, "project.adopted.v1"] for project in projects] == [1] * len(projects)
    assert list(deadletters.read(uri, settings.SERVICES)) == []
    text = json.dumps(list(events), ensure_ascii=False)
    files = [*system.logs.values(), *(system.folder / "broker").glob("*.log*")]
    text += "".join(file.read_text("utf-8", "replace") for file in files if file.exists())
    assert text.count("operation=take_snap status=201") >= DEPUTIES * SNAPS
    assert [one for snap in people.snaps for one in _secrets(snap) if one in text] == []


def _about(event: dict[str, Any]) -> str:
    """The matter that an event is about, or what itself."""
    data = event["data"]
    return str(data.get("matter_id") or data.get("subject_id") or event["subject"])


def _expected(snap: Snap) -> set[str]:
    """The events of a snap that came so far."""
    if snap.fate == "far":
        return {"snap.taken.v1"}
    by_step = {
        "accept": {"routing.accepted.v1"},
        "handle": {"opinion.handled.v1"},
        "reply": {"opinion.replied.v1", "reply.given.v1"},
        "satisfied": {"reply.judged.v1", "matter.closed.v1"},
        "not": {"reply.judged.v1"},
    }
    at_once = {"snap.taken.v1", "snap.assigned.v1", "opinion.raised.v1", "routing.made.v1"}
    return at_once.union(*(by_step[step] for step in FATES[snap.fate][0]))


def _secrets(snap: Snap) -> list[str]:
    return [snap.words, *(str(snap.place[name]) for name in ("longitude", "latitude"))]
