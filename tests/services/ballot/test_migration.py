"""What an earlier release stored still means the same after the migration."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.ballot.service import BallotService
from services.chassis import database, migrations, settings
from services.commons.canonical import digest

from ...harness import Harness
from .congress import CLOSING, Congress, refusal, session_body, shortlist
from .samples import parameters

METHOD, DRAFT = str(uuid.uuid4()), str(uuid.uuid4())


@pytest.fixture
def migrated_with_data(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Harness]:
    """A database of the release before, with two methods in it, and then migrated."""
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'service.db'}"
    else:
        url = request.getfixturevalue("postgres").create_database(f"b_{uuid.uuid4().hex}")
    chosen = settings.load("ballot", {"MINSHENG_DATABASE_URL": url})
    migrations.upgrade(chosen, "0002")
    engine = database.create_engine(url)
    with engine.begin() as connection:
        for id_, adopted in ((METHOD, "2023-02-20"), (DRAFT, None)):
            connection.execute(
                sa.text(
                    "INSERT INTO ballot_methods (id, title, text, parameters, drafted_on, "
                    "recorded_at, adopted_by, adopted_on, version) "
                    "VALUES (:id, :title, :text, :parameters, :day, :at, :by, :on, 1)"
                ),
                {
                    "id": uuid.UUID(id_).hex if database_kind == "sqlite" else id_,
                    "title": "旧办法(合成)",
                    "text": "合成",
                    "parameters": json.dumps(parameters(seats=2)),
                    "day": "2023-02-10",
                    "at": "2023-02-10 04:00:00",
                    "by": adopted and "大会(合成)",
                    "on": adopted,
                },
            )
    migrations.upgrade(chosen)
    engine.dispose()
    harness = Harness(BallotService, url, tmp_path)
    yield harness
    harness.close()


def test_methods_of_the_release_before(migrated_with_data: Harness) -> None:
    """An adopted one is in force as before; a draft has its life before it."""
    old = migrated_with_data.call("get_ballot_method", METHOD)
    assert (old["stage"], old["missing"], old["discussions"]) == ("adopted", [], [])
    assert old["digest"] == digest({"text": "合成", "parameters": parameters(seats=2)})
    draft = migrated_with_data.call("get_ballot_method", DRAFT)
    assert [one["step"] for one in draft["missing"]] == ["discussed", "submitted", "adopted"]
    congress = Congress(migrated_with_data)
    congress.sign_in(8)
    assert refusal(congress.open, method_id=DRAFT) == "method-not-adopted"
    assert congress.open(method_id=METHOD)["method_digest"] == old["digest"]


def test_a_ballot_that_was_running_can_be_finished(migrated_with_data: Harness) -> None:
    """It was opened when there were no officers, so they may be recorded afterwards."""
    congress = Congress(migrated_with_data)
    bare = congress.service.call("open_session", session_body(ordinal=4))["id"]
    data = shortlist(3)
    congress.service.deliver("proposal.shortlist.adopted.v1", data)
    for deputy in congress.deputies[:8]:
        body = {"deputy_id": deputy, "happened_on": CLOSING}
        congress.service.call("sign_in_deputy", bare, body)
    tables = congress.service.metadata.tables
    id_, day = str(uuid.uuid4()), dt.date.fromisoformat(CLOSING)
    about = {"session_id": bare, "shortlist_id": data["id"], "method_id": METHOD, "year": 2023}
    running = {"roll": 9, "opened_on": day, "recorded_at": dt.datetime.now(dt.UTC)}
    state = {"state": "open", "verdicts": [], "open_seats": 2, "version": 1}
    ids = [one["id"] for one in data["candidates"]]
    first = {"number": 1, "kind": "first", "candidate_ids": ids, "seats": 2, "present": 8}
    with congress.service.engine.begin() as connection:
        row = {"id": id_, "candidates": data["candidates"]} | about | running | state
        connection.execute(sa.insert(tables["ballots"]).values(row))
        of = first | {"ballot_id": id_, "opened_on": day}
        connection.execute(sa.insert(tables["rounds"]).values(of))
    ballot = congress.service.call("get_ballot", id_)
    assert refusal(congress.enter, ballot, 8, 6, 5) == "not-an-officer"
    for subject, role in (("a", "scrutineer"), ("b", "scrutineer"), ("c", "chief-scrutineer")):
        congress.approve(subject, role, session=bare)
    decided = congress.confirm(congress.enter(ballot, 8, 6, 5))
    assert congress.act("certify_ballot", decided, "chief-scrutineer")["state"] == "certified"
