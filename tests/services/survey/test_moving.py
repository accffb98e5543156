"""What the release before kept: its questionnaires go on, and its scores stay what they were."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import database, migrations, settings
from services.chassis.columns import Id, Json, UtcDateTime
from services.chassis.secretbox import keys_of
from services.commons.aggregate import new_id
from services.commons.errors import Conflict
from services.survey.migrations import moving
from services.survey.queries.integrity import findings
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import CLOSES, DRAFTED, OPENS, answer, close, publish
from .samples import CITY, NOON, zhenhai

METHOD, RUNNING, OVER = new_id(), new_id(), new_id()
ITEMS = [
    {"item_id": new_id(), "project_id": new_id(), "kind": "project", "name": name}
    for name in ("甲(合成)", "乙(合成)")
]
DEPUTIES = sorted(new_id() for _ in range(3))


@pytest.fixture
def url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'survey.db'}"
    else:
        yield request.getfixturevalue("postgres").create_database(f"v_{uuid.uuid4().hex}")


@pytest.fixture
def survey(url: str, tmp_path: Path) -> Iterator[Harness]:
    """The service on what the release before has left: one that runs, one that is published."""
    values = {"MINSHENG_DATABASE_URL": url, "MINSHENG_DATA_DIR": str(tmp_path)}
    own = settings.load("survey", values)
    migrations.upgrade(own, "0002")
    engine = database.create_engine(url)
    with engine.begin() as connection:
        _fill(connection)
    migrations.upgrade(own)
    keys = keys_of(own)
    with engine.begin() as connection:
        assert moving.move(connection, keys.mark) == 0
    engine.dispose()
    harness = Harness(SurveyService, url, tmp_path)
    yield harness
    harness.close()


def test_a_questionnaire_that_runs_goes_on(survey: Harness) -> None:
    """Who has answered has, who has not still can, and the counts of both add up."""
    (audience,) = survey.call("list_audiences", RUNNING)["items"]
    assert (audience["group"], audience["kind"], audience["state"]) == (
        "all-deputies",
        "secret",
        "open",
    )
    shown = survey.call("get_questionnaire", RUNNING) | {"audience_id": audience["id"]}
    assert (shown["drafted_on"], shown["form_version"]) == (DRAFTED, 1)
    outstanding = survey.call("get_outstanding", audience["id"])
    assert outstanding["deputy_ids"] == DEPUTIES[1:]
    with pytest.raises(Conflict):
        answer(survey, shown, DEPUTIES[0], "dissatisfied")
    answer(survey, shown, DEPUTIES[1], "dissatisfied")
    close(survey, shown)
    score = publish(survey, shown)
    assert [list(item["counts"].values()) for item in score["items"]] == [[1, 0, 1], [0, 0, 1]]
    assert _findings(survey, RUNNING) == []


def test_a_score_that_is_published_stays_what_it_was(survey: Harness) -> None:
    """Counts, denominators and grades."""
    score = survey.call("get_score", OVER, roles=())
    first, second = score["items"]
    assert (score["eligible"], score["returned"], score["state"]) == (3, 2, "published")
    assert list(first["counts"].values()) == [2, 0, 0]
    assert (first["grade"], second["grade"], second["blank"]) == ("satisfied", "dissatisfied", 1)
    assert _findings(survey, OVER) == []


def _findings(survey: Harness, id_: str) -> list[Any]:
    with sa.orm.Session(survey.engine) as session:
        return findings(session, id_, keys_of(survey.settings))


def _fill(connection: sa.Connection) -> None:
    """The rows that the release before wrote."""
    day = dt.date.fromisoformat
    _row(
        connection,
        "assessment_methods",
        id=METHOD,
        title="办法(合成)",
        text="合成文本",
        parameters=zhenhai(inclusive=True),
        drafted_on=day("2023-11-01"),
        recorded_at=NOON,
        adopted_by="主任会议(合成)",
        adopted_on=day("2023-11-20"),
        version=2,
    )
    for id_, ended in ((RUNNING, None), (OVER, day(CLOSES))):
        _row(
            connection,
            "questionnaires",
            id=id_,
            year=2023,
            title="满意度测评(合成)",
            congress=CITY,
            audience="all-deputies",
            method_id=METHOD,
            opens_on=day(OPENS),
            closes_on=day(CLOSES),
            items=ITEMS,
            look_backs=[],
            eligible=3,
            opened_on=day(DRAFTED),
            recorded_at=NOON,
            closed_on=ended,
            published_on=ended,
            version=3 if ended else 1,
        )
    for id_, answered, marks in ((RUNNING, 1, ((1, 0), (0, 0))), (OVER, 2, ((2, 0), (0, 1)))):
        counts = {
            item["item_id"]: {"satisfied": good, "basically-satisfied": 0, "dissatisfied": bad}
            for item, (good, bad) in zip(ITEMS, marks, strict=True)
        }
        flags = {deputy: n < answered for n, deputy in enumerate(DEPUTIES)}
        _row(connection, "tallies", questionnaire_id=id_, answered=flags, counts=counts)


def _row(connection: sa.Connection, table: str, **values: Any) -> None:
    """A row, without this release's tables."""
    types: dict[type, Any] = {dict: Json(), list: Json(), dt.datetime: UtcDateTime()}
    columns = [
        sa.column(name, Id if name.endswith("id") else types.get(type(value)))
        for name, value in values.items()
    ]
    connection.execute(sa.insert(sa.table(table, *columns)).values(values))
