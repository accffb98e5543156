"""A database of the release before, brought to this one with what stands in it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import database, migrations, settings
from services.proposal.service import ProposalService

from ...harness import Harness

DAY, NOW = dt.date(2022, 12, 1), dt.datetime(2022, 12, 1, tzinfo=dt.UTC)
SUGGESTIONS = [str(uuid.UUID(int=n, version=4)) for n in (1, 2)]
PROJECT, CHOSEN, WENT, WAITING, SHORTLIST = (str(uuid.UUID(int=n, version=4)) for n in range(3, 8))
COMMON = {"year": 2023, "happened_on": DAY, "recorded_at": NOW, "version": 1}


@pytest.fixture
def url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database at the first revision."""
    if database_kind == "sqlite":
        made = f"sqlite:///{tmp_path / 'proposal.db'}"
    else:
        made = request.getfixturevalue("postgres").create_database(f"m_{uuid.uuid4().hex}")
    loaded = settings.load("proposal", {"MINSHENG_DATABASE_URL": made})
    migrations.upgrade(loaded, "0001")
    return made


def _fill(connection: sa.Connection) -> None:
    """What the release before wrote."""
    tables = sa.MetaData()
    tables.reflect(connection)

    def insert(table: str, **row: Any) -> None:
        found = tables.tables[table]
        fields: dict[str, Any] = {n: v for n, v in (COMMON | row).items() if n in found.c}
        for name in ("id", "lead_unit_id", "project_id"):
            if name in fields and connection.dialect.name == "sqlite":
                fields[name] = fields[name].replace("-", "")
        connection.execute(sa.insert(found), fields)

    for id_ in SUGGESTIONS:
        said: dict[str, Any] = {
            "author_kind": "resident",
            "channel": "site",
            "aspect": "a",
            "title": "合成",
        }
        insert("suggestions", id=id_, **said, text="合成", state="accepted", sorted_on=DAY)
    named = {"title": "合成", "aspect": "a", "text": "合成"}
    insert("suggested_projects", id=PROJECT, **named, suggestion_ids=SUGGESTIONS)
    for id_ in (CHOSEN, WENT, WAITING):
        said = {"name": f"合成 {id_}", "description": "合成", "aspect": "a", "due_on": DAY}
        money = {"total_yuan": 1, "year_yuan": 1, "funding_source": "合成"}
        lists = {"sub_items": [], "suggested_project_ids": [PROJECT], "opinions": []}
        insert("candidates", id=id_, lead_unit_id=PROJECT, **said, **money, **lists)
    shortlist = {"candidate_ids": [CHOSEN, WENT], "candidates": [], "adopted_by": "合成"}
    insert("shortlists", id=SHORTLIST, **shortlist, adopted_on=DAY)
    voted = {"project_id": CHOSEN, "project_name": "合成", "name": "合成", "certified_on": DAY}
    insert("voted_sub_items", id=SHORTLIST, **voted)


def test_what_the_release_before_wrote_is_joined_and_told(url: str, tmp_path: Path) -> None:
    """Members, origins and states of candidates follow from what stood in lists of ids."""
    engine = database.create_engine(url)
    with engine.begin() as connection:
        _fill(connection)
    engine.dispose()
    migrations.upgrade(settings.load("proposal", {"MINSHENG_DATABASE_URL": url}))
    proposal = Harness(ProposalService, url, tmp_path)
    members = proposal.call("list_members", PROJECT, {})["items"]
    assert {one["suggestion_id"] for one in members} == set(SUGGESTIONS)
    states = {one["id"]: one["state"] for one in proposal.call("list_candidates", {})["items"]}
    assert states == {CHOSEN: "chosen", WENT: "shortlisted", WAITING: "proposed"}
    traced = proposal.call("trace_project", CHOSEN)
    assert {one["suggestion"]["id"] for one in traced["suggestions"]} == set(SUGGESTIONS)
    proposal.close()
