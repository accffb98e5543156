"""An assessment on the whole system, from the method to the report, and what was written of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.environment import SERVICES
from deploy.local.system import System
from services.chassis import database, settings
from tests.desk import Desk, midday

from .assessment import BAD, FAIR, GOOD, LINE, PATIENT, Assessment
from .walk import NAMES, WORDS, Walk
from .written import written

ZONE = midday()


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessment]:
    """A system of its own that tells its logs everything, after the vote."""
    chosen = {"MINSHENG_NIGHTLY": "", "MINSHENG_LOG_LEVEL": "debug", "MINSHENG_DRAIN": "1"}
    chosen["MINSHENG_ZONE"] = ZONE.key
    with System(tmp_path_factory.mktemp("assessed"), chosen=chosen) as system:
        walk = Walk(Desk(system, PATIENT))
        walk.vote()
        yield Assessment(walk, ZONE)


@pytest.fixture(scope="module")
def assessed(assessment: Assessment) -> dict[str, Any]:
    """The whole way; what each step came to."""
    return {step: getattr(assessment, step)() for step in STEPS}


STEPS = ("draft", "ask", "answer", "early", "publish", "rectify", "again", "report")


def test_an_assessment_from_its_method_to_the_report(
    assessment: Assessment, assessed: dict[str, Any]
) -> None:
    """Asked, answered, closed, published; put right, assessed again; all of it in the report."""
    assert [assessed[step]["state"] for step in ("draft", "ask")] == ["draft", "open"]
    assert assessed["answer"] == {"all-deputies": 9, "households": 15, "residents": 2}
    assert assessed["early"] == [404, 404]
    _check_score(assessed["publish"])
    required, task, reported, confirmed, told = assessed["rectify"]
    assert (required["percent"], required["line"], required["times"]) == ("30.00", LINE, 1)
    assert (required["item_id"], required["rectification"]) == (assessment.walk.item, None)
    assert (task["unit_id"], task["state"]) == (assessment.walk.unit, "open")
    assert [one["state"] for one in (reported, confirmed)] == ["reported", "confirmed"]
    assert told["rectification"]["confirmed_on"] == assessment.day
    score, beside = assessed["again"]
    assert [line["item_id"] for line in score["items"]] == [assessment.walk.item]
    assert (score["follows"], score["items"][0]["top1"]["value"]) == (assessment.id, "9/9")
    (line,) = beside["again"]["items"]
    assert [line[when]["top1"]["percent"] for when in ("before", "after")] == ["33.33", "100.00"]
    said = assessed["report"]["markdown"]
    for word in ("30.00%", "再次满意度测评", "住户", "限期整改"):
        assert word in said, word


def _check_score(score: dict[str, Any]) -> None:
    _, line = score["items"]
    assert line["composite"]["percent"] == "30.00"
    returned = {group["group"]: group["returned"] for group in score["groups"]}
    assert returned == {"all-deputies": 9, "households": 15, "residents": 2}
    kinds = {group["group"]: set(group["items"][1]) for group in score["groups"]}
    assert "bounds" in kinds["all-deputies"] and "interval" in kinds["households"]
    assert not {"bounds", "interval"} & kinds["residents"]
    (consequence,) = score["consequences"]
    assert consequence["then"] == ["rectify", "assess-again"]
    assert [one["kind"] for one in score["notices"]] == []


def test_no_token_contact_name_or_word_is_written_elsewhere(
    assessment: Assessment, assessed: dict[str, Any]
) -> None:
    """Not in a log, a metric, an event or a dead letter, nor in another service's database."""
    found = written(assessment.walk.desk.system)
    types = {json.loads(event)["type"] for event in found["events"].splitlines()}
    assert {"survey.rectification.required.v1", "supervision.rectification.confirmed.v1"} <= types
    assert "operation=answer_questionnaire status=201" in found["logs"]
    assert assessed["answer"]
    for where, text in found.items():
        assert _found(text, *_secrets(assessment), WORDS, *NAMES) == [], where


def test_no_database_holds_a_token_or_a_contact_in_the_clear(
    assessment: Assessment, assessed: dict[str, Any]
) -> None:
    """Neither in a column of any service nor in the bytes of its files."""
    assert assessed["answer"]
    system = assessment.walk.desk.system
    for service in SERVICES:
        url = settings.load(service, system.env).database_url
        text = "\n".join(row for _, row in _everything(url))
        assert _found(text, *_secrets(assessment)) == [], service
        # What is looked for is found: words stand where they belong, and only there.
        assert bool(_found(text, WORDS)) == (service in ("survey", "supervision"))
        for file in _files(url):
            assert _found(file.read_bytes(), *_secrets(assessment)) == [], file.name


def test_the_broker_keeps_no_token_contact_or_word_on_its_disk(
    assessment: Assessment, assessed: dict[str, Any]
) -> None:
    """Calls pass through it in the clear, and are written nowhere; events are, and say nothing."""
    assert assessed["answer"]
    folder = assessment.walk.desk.system.folder / "broker"
    kept = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert any(b"survey.score.published.v1" in data for data in kept.values())
    for file, data in kept.items():
        assert _found(data, *_secrets(assessment), WORDS) == [], file.name


def test_no_record_tells_who_marked_what(assessment: Assessment, assessed: dict[str, Any]) -> None:
    """Where a deputy, a household or a key stands, no mark does."""
    assert assessed["answer"]
    system = assessment.walk.desk.system
    people = [*assessment.walk.deputies, *assessment.tokens]
    marked = [
        table
        for table, row in _everything(settings.load("survey", system.env).database_url)
        if any(one in row or one.replace("-", "") in row for one in people)
        and any(f'"{mark}"' in row for mark in (GOOD, FAIR, BAD))
    ]
    assert marked == []


def _secrets(assessment: Assessment) -> list[str]:
    """Tokens, and the contacts of the synthetic households."""
    contacts = [f"139{n:08d}" for n in range(60)] + ["合成户主", "合成路"]
    return [*assessment.tokens.values(), *contacts]


def _found(text: str | bytes, *secrets: str) -> list[str]:
    """Those that stand in it, as they are or as JSON has them."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    return [
        one
        for one in secrets
        if one.encode() in data or json.dumps(one).strip('"').encode() in data
    ]


def _everything(url: str) -> list[tuple[str, str]]:
    """All rows of a database as text, with their tables."""
    engine = database.create_engine(url)
    try:
        with engine.execution_options(reading=True).connect() as connection:
            return [
                (table, "|".join(str(value) for value in row))
                for table in sa.inspect(connection).get_table_names()
                for row in connection.execute(sa.text(f"SELECT * FROM {table}"))
            ]
    finally:
        engine.dispose()


def _files(url: str) -> list[Any]:
    """The files of a database: it, and its log of writes."""
    file = Path(str(sa.make_url(url).database))
    return [one for one in file.parent.glob(f"{file.name}*") if one.is_file()]
