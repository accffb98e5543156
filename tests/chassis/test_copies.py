"""Copies from events: the newest state stays, in whatever order and company it comes."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis import copies, database
from services.survey.tables.heard import heard_deputies

ID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def engine(migrated: Callable[[str], str]) -> sa.Engine:
    """A database with a table of copies."""
    return database.create_engine(migrated("survey"))


def keep(session: Session, version: int) -> None:
    """A copy whose content says of which version it is."""
    row = {"id": ID, "congresses": [str(version)], "enrolled_on": dt.date(2022, 1, version)}
    copies.keep_newest(session, heard_deputies, row | {"version": version})


def kept(engine: sa.Engine) -> tuple[int, list[str], dt.date]:
    """The one copy that is there."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(heard_deputies)).one()
    return row.version, row.congresses, row.enrolled_on


def test_the_newest_state_stays_in_any_order_and_twice(engine: sa.Engine) -> None:
    """All of the copy is of one version, the highest."""
    for order in itertools.permutations((1, 2, 3)):
        with Session(engine) as session, session.begin():
            session.execute(sa.delete(heard_deputies))
            for version in (*order, order[0]):
                keep(session, version)
        assert kept(engine) == (3, ["3"], dt.date(2022, 1, 3))


def test_an_older_state_that_waited_for_a_newer_one_does_not_replace_it(engine: sa.Engine) -> None:
    """Two events at once: the second begins while the first is not committed."""
    with Session(engine) as session, session.begin():
        keep(session, 1)
    older = threading.Thread(
        target=lambda: database.in_transaction(engine, lambda session: keep(session, 2))
    )
    with Session(engine) as session, session.begin():
        keep(session, 3)
        older.start()
        older.join(0.3)
        assert older.is_alive()
    older.join()
    assert kept(engine) == (3, ["3"], dt.date(2022, 1, 3))


def test_a_step_is_new_once(engine: sa.Engine) -> None:
    """Who stores it learns whether it was there."""
    row = {"id": ID, "congresses": [], "enrolled_on": dt.date(2022, 1, 1), "version": 1}
    with Session(engine) as session, session.begin():
        found = [copies.keep_step(session, heard_deputies, row) for _ in range(2)]
    assert found == [True, False]
