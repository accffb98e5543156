"""Lists in pages."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import database
from services.chassis.columns import Id
from services.chassis.paging import containing, ordered, page
from services.commons.errors import Invalid

_metadata = sa.MetaData()
things = sa.Table(
    "things",
    _metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
)
COLUMNS = (things.c.rank, things.c.name, things.c.day, things.c.id)
QUERY = sa.select(things.c.id).order_by(*COLUMNS)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database with the table."""
    url = f"sqlite:///{tmp_path_factory.mktemp('paging') / 'things.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.create_database(f"p_{uuid.uuid4().hex}")
    made = database.create_engine(url)
    _metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def engine(empty: Any) -> Any:
    """With seven things in it, some alike in all but their id."""
    made = empty
    with made.begin() as connection:
        connection.execute(sa.delete(things))
        for number in range(7):
            row = {"rank": number // 3, "name": "名", "day": dt.date(2023, 1, 1 + number // 5)}
            connection.execute(sa.insert(things).values(id=str(uuid.uuid4()), **row))
    return made


def fetch(engine: Any, **params: Any) -> dict[str, Any]:
    """One page."""
    return database.in_transaction(
        engine, lambda s: page(s, QUERY, {"limit": 2} | params, str), reading=True
    )


def cursor(values: Any) -> str:
    """A cursor that somebody made herself."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def test_every_row_comes_once_in_order(engine: Any) -> None:
    """Over all pages, whatever columns are alike."""
    seen: list[str] = []
    params: dict[str, Any] = {}
    while True:
        found = fetch(engine, **params)
        seen += found["items"]
        if found["next"] is None:
            break
        params = {"cursor": found["next"]}
    with engine.connect() as connection:
        assert seen == list(connection.execute(QUERY).scalars())
    assert len(set(seen)) == 7


def test_rows_that_come_and_go_move_no_other(engine: Any) -> None:
    """The cursor is a place between rows, not a number of rows."""
    first = fetch(engine)
    with engine.begin() as connection:
        connection.execute(sa.delete(things).where(things.c.id == first["items"][0]))
    second = fetch(engine, cursor=first["next"])
    with engine.connect() as connection:
        assert second["items"] == list(connection.execute(QUERY).scalars())[1:3]


ID = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    "given",
    [
        "not base64 !",
        "YWJj",
        cursor({}),
        cursor([]),
        cursor([1, "名", "2023-01-01"]),
        cursor([1, "名", "2023-01-01", "no id"]),
        cursor([1, "名", "no day", ID]),
        cursor([1, "名", 5, ID]),
        cursor(["one", "名", "2023-01-01", ID]),
        cursor([True, "名", "2023-01-01", ID]),
        cursor([10**30, "名", "2023-01-01", ID]),
        cursor([1, 5, "2023-01-01", ID]),
        cursor([1, "\x00", "2023-01-01", ID]),
        cursor([1, "\ud800", "2023-01-01", ID]),
        cursor([1, None, "2023-01-01", ID]),
        cursor([1, [], "2023-01-01", ID]),
    ],
    ids=range(16),
)
def test_a_cursor_that_no_list_gave_is_refused(engine: Any, given: str) -> None:
    """Invalid, on each database, and never a failure of ours."""
    with pytest.raises(Invalid) as caught:
        fetch(engine, cursor=given)
    assert caught.value.code == "cursor-invalid"


SORTS = {"rank": things.c.rank, "day": things.c.day, "id": things.c.id}


def sorted_by(engine: Any, sort: str, **params: Any) -> dict[str, Any]:
    """One page in an order."""
    asked = {"limit": 2, "sort": sort} | params
    query = ordered(sa.select(things.c.id), asked, SORTS, things.c.id, default="rank")
    return database.in_transaction(engine, lambda s: page(s, query, asked, str), reading=True)


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_a_sorted_list_comes_whole_in_either_direction(engine: Any, sort: str) -> None:
    """Every row once, also where the values that it is sorted by are alike."""
    seen: list[str] = []
    params: dict[str, Any] = {}
    while True:
        found = sorted_by(engine, sort, **params)
        seen += found["items"]
        if found["next"] is None:
            break
        params = {"cursor": found["next"]}
    column = SORTS[sort.removeprefix("-")]
    query = sa.select(things.c.id).order_by(column, things.c.id)
    with engine.connect() as connection:
        rising = list(connection.execute(query).scalars())
    assert seen == (rising[::-1] if sort.startswith("-") else rising)


def test_a_cursor_of_another_order_is_refused(engine: Any) -> None:
    """It would begin somewhere else in silence."""
    given = sorted_by(engine, "rank")["next"]
    for sort in ("-rank", "day"):
        with pytest.raises(Invalid):
            sorted_by(engine, sort, cursor=given)
    with pytest.raises(Invalid):
        fetch(engine, cursor=given)


def test_two_directions_make_no_page(engine: Any) -> None:
    """That is a mistake of ours, found at once."""
    query = sa.select(things.c.id).order_by(things.c.rank, things.c.id.desc())
    with pytest.raises(ValueError, match="direction"):
        database.in_transaction(engine, lambda s: page(s, query, {"limit": 2}, str))


@pytest.mark.parametrize(
    ("words", "number"), [("名", 7), ("名 一", 0), ("%", 0), ("  ", 7), ("\u3000名 名", 7)]
)
def test_every_word_must_occur(engine: Any, words: str, number: int) -> None:
    """Blanks of either width set words apart, and a percent sign is only itself."""
    query = containing(sa.select(things.c.id), words, things.c.name, things.c.name)
    with engine.connect() as connection:
        assert len(connection.execute(query).all()) == number
