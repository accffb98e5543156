"""Deputies, households and residents answer while anything is killed: each answer counts once."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from deploy.local.postgres import PostgresServer
from deploy.local.system import System
from services.chassis import database, deadletters, settings, streams
from services.chassis.cloudevents import Event
from services.chassis.secretbox import keys_of
from services.commons import clock
from services.survey.queries.integrity import findings
from services.survey.tables import mapping  # noqa: F401  so that records can be read

from ..chassis.house import until
from ..desk import Desk, midday, rows
from ..services.survey.cycle import decision
from .asking import GROUPS, HOUSEHOLDS, NAMED, RESIDENTS, SECRET, Assessment, Respondents
from .hall import Aside, Killer

DEPUTIES, TEAM, RESIDENT_FORMS = 14, 2, 24
#: How often each of the team answers by name: the last form counts.
TIMES = 6
ZONE = midday()
#: Operations that rest on what was told by events just before.
PATIENT = ("open_questionnaire",)


@pytest.fixture
def system(
    databases: list[PostgresServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A whole system of the test's own, to be broken."""
    chosen = {"MINSHENG_NIGHTLY": "", "MINSHENG_RPC_DEADLINE": "3", "MINSHENG_LOG_LEVEL": "debug"}
    chosen |= {"MINSHENG_DRAIN": "1", "MINSHENG_ZONE": ZONE.key}
    for server in databases:
        for service in ("survey", "supervision"):
            chosen[f"MINSHENG_{service.upper()}_DATABASE_URL"] = server.create_database(service)
    with System(tmp_path_factory.mktemp("city"), chosen=chosen) as running:
        yield running


def test_an_assessment_survives_whatever_is_killed(
    system: System, databases: list[PostgresServer]
) -> None:
    """Every answer that was accepted counts once, no token twice; what follows happens once.

    Processes, the broker and the database are killed while people answer, and the services while
    the score is published and its consequence travels.
    """
    desk = Desk(system, PATIENT)
    asked = Assessment(desk, ZONE, deputies=DEPUTIES, team=TEAM)
    people = Respondents(asked, RESIDENT_FORMS, TIMES, pause=0.5)
    killer = Killer(system, seed=20231205)
    faults: list[Any] = ["survey", "gateway", "survey", "gateway", "survey"]
    faults += [system.broker, *databases]
    killer.strike(faults)
    people.join()
    parts = {type(one).__name__ for one in (system.broker, *databases)}
    assert set(killer.killed) == {"survey", "gateway", *parts}
    assert sum(desk.repeated.values()) > 0
    _check_answers(people)
    _check_noted(asked, people)
    finishing = Aside(lambda: _publish(asked))
    for _ in range(4):
        killer.wait(1.0, 2.0)
        killer.kill("survey", "supervision")
    _check_score(asked, people, finishing.join())
    _check_seals(system, asked)
    _check_consequences(system, asked)
    _check_nothing_elsewhere(system, asked, people)


def _check_answers(people: Respondents) -> None:
    """Of two with one token, or by one deputy, one is accepted; repeats change nothing."""
    for one in people.answered:
        assert people.asked.send(one.form) == (one.status, one.answer), one
    refused = [one for one in people.answered if one.status != 201]
    told = {(one.status, one.answer["type"].rpartition("/")[2]) for one in refused}
    assert told == {(409, "already-answered")}
    once = Counter(
        one.form.given.get("token") or one.form.subject
        for one in people.answered
        if one.status == 201 and one.form.group in (SECRET, HOUSEHOLDS)
    )
    assert once == dict.fromkeys([*people.asked.tokens, *people.asked.deputies], 1)


def _check_noted(asked: Assessment, people: Respondents) -> None:
    """Roll, invitations and link know how many answered, and nobody is missing."""
    counted = Counter(form.group for form in people.counted)
    assert counted == {
        SECRET: DEPUTIES,
        NAMED: TEAM,
        HOUSEHOLDS: len(asked.tokens),
        RESIDENTS: RESIDENT_FORMS,
    }
    for group in GROUPS:
        found = asked.desk.call("get_participation", asked.audiences[group])
        assert found["returned"] == counted[group], group
    for group in (SECRET, NAMED):
        assert asked.desk.call("get_outstanding", asked.audiences[group])["deputy_ids"] == []
    assert asked.desk.call("list_unanswered", asked.audiences[HOUSEHOLDS])["count"] == 0
    (link,) = asked.desk.call("list_links", asked.audiences[RESIDENTS])["items"]
    assert link["total"] == RESIDENT_FORMS


def _publish(asked: Assessment) -> Any:
    """Close, decide, wait for the time; the score as everybody reads it."""
    desk = asked.desk
    desk.call("close_questionnaire", asked.id, {"happened_on": asked.day})
    at = (clock.now() + dt.timedelta(seconds=2)).isoformat()
    desk.call("publish_score", asked.id, decision(publishes_at=at, happened_on=asked.day))
    until(lambda: desk.ask("get_score", asked.id, roles=())[0] == 200, 60)
    return desk.call("get_score", asked.id, roles=())


def _check_score(asked: Assessment, people: Respondents, score: Any) -> None:
    """Every count is a plain count of the forms, and every word is there once."""
    found = {group["group"]: group for group in score["groups"]}
    assert set(found) == set(GROUPS)
    for group in GROUPS:
        lines = {line["item_id"]: line["counts"] for line in found[group]["items"]}
        for number, item in enumerate(asked.items):
            plain = people.marks(group, number)
            assert {mark: n for mark, n in lines[item].items() if n} == plain, group
    words = Counter(
        text["text"]
        for group in asked.desk.listed("list_comment_groups", asked.id)
        for text in group["wordings"]
        for _ in range(text["count"])
    )
    assert words == Counter(form.word for form in people.counted if form.word)
    states = [one["state"] for one in asked.desk.listed("list_publications", asked.id)]
    assert states == ["published"]


def _check_seals(system: System, asked: Assessment) -> None:
    """No count is without its seal, and none contradicts the roll, the invitations or the forms."""
    own = settings.load("survey", system.env)
    engine = database.create_engine(own.database_url)
    try:
        with Session(engine.execution_options(reading=True)) as session:
            assert findings(session, asked.id, keys_of(own)) == []
            sealed = sa.text("SELECT count(*) FROM cell_tallies WHERE seal <> ''")
            assert session.execute(sealed).scalar_one() >= len(GROUPS)
    finally:
        engine.dispose()


def _check_consequences(system: System, asked: Assessment) -> None:
    """The score was told once, each requirement once, and each has one task, told again or not."""
    assert system.broker
    required = list(asked.desk.listed("list_requirements", asked.id))
    assert sorted(one["item_id"] for one in required) == sorted(asked.items)
    until(lambda: not rows(system, "survey", "outbox"), 20)
    _check_tasks(asked, required)
    history = streams.read(system.broker.amqp_uri(), "history", "first", until_idle=3)
    events = {one["id"]: one for one in map(json.loads, history)}.values()
    told = Counter(one["type"] for one in events if one["type"].startswith("survey."))
    assert (told["survey.score.published.v1"], told["survey.questionnaire.opened.v1"]) == (1, 1)
    again = [one for one in events if one["type"] == "survey.rectification.required.v1"]
    assert sorted(one["subject"] for one in again) == sorted(one["id"] for one in required)
    for one in again:
        asked.desk.publish(Event.from_envelope(one))
    _check_tasks(asked, required)
    assert list(deadletters.read(system.broker.amqp_uri(), settings.SERVICES)) == []


def _check_tasks(asked: Assessment, required: list[Any]) -> None:
    ids = sorted(one["id"] for one in required)
    until(lambda: len(list(asked.desk.listed("list_rectifications"))) >= len(ids), 20)
    tasks = list(asked.desk.listed("list_rectifications"))
    assert sorted(one["id"] for one in tasks) == ids
    assert {one["unit_id"] for one in tasks} == {asked.year.unit}


def _check_nothing_elsewhere(system: System, asked: Assessment, people: Respondents) -> None:
    """No token, no word and no key stands in a log or an event."""
    assert system.broker
    history = streams.read(system.broker.amqp_uri(), "history", "first", until_idle=2)
    files = [*system.logs.values(), *(system.folder / "broker").glob("*.log*")]
    logs = "".join(file.read_text("utf-8", "replace") for file in files if file.exists())
    assert logs.count("operation=answer_questionnaire status=201") >= len(people.counted)
    text = logs + "".join(one if isinstance(one, str) else one.decode() for one in history)
    secrets = [*asked.tokens, *(one.form.key for one in people.answered)]
    secrets += [one.form.word for one in people.answered if one.form.word]
    secrets += asked.deputies
    assert [one for one in secrets if one in logs] == []
    assert [one for one in secrets if one in text and one not in asked.deputies] == []
