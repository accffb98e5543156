"""No reader of the database can tell who gave which mark, on either database.

The proof is by worlds: one database with an open questionnaire is copied, and in each copy the
same deputies answer, with other answers or in another order.  Where all rows of all tables come out
the same, with everything that the database adds by itself (``ctid``, ``xmin`` and the like and the
TOAST tables on PostgreSQL, ``rowid`` on SQLite), nothing read from them can tell the worlds apart,
and so nothing can tell which deputy gave which answer.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.aggregate import new_id
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import DEPUTY, answer, close, form, hear_deputy, hear_project, opened, publish

#: So many that the tally outgrows its page and goes into a TOAST table.
DEPUTIES = 60

#: Of one delegation.
EACH = 20
TEXT = {"zh-CN": "(合成)题"}
WITH_TEXT = [
    {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
    {"code": "why", "kind": "text", "text": TEXT},
]

#: Every deputy's grades: all 27 forms of three lines and three options, over and over.
GRADES = ("satisfied", "basically-satisfied", "dissatisfied")
FORMS = list(itertools.islice(itertools.cycle(itertools.product(GRADES, repeat=3)), DEPUTIES))

Row = dict[str, Any]
Dump = dict[str, list[Row]]


class Worlds:
    """Copies of one database in which a questionnaire has just been opened.

    The first twenty deputies are of one delegation, the next of another, and the last.
    """

    def __init__(
        self,
        request: pytest.FixtureRequest,
        origin: Harness,
        folder: Path,
        *audiences: dict[str, Any],
        **asked: Any,
    ) -> None:
        self.request, self.origin, self.folder = request, origin, folder
        hear_project(origin)
        ids = sorted(new_id() for _ in range(DEPUTIES))
        self.deputies = [
            hear_deputy(origin, delegation=f"第{n // EACH}团(合成)", id=id_)
            for n, id_ in enumerate(ids)
        ]
        self.keys = {deputy: new_id() for deputy in self.deputies}
        self.questionnaire = opened(origin, *audiences, **asked)
        listed = origin.call("list_audiences", self.questionnaire["id"])["items"]
        self.audiences = [one["id"] for one in listed]
        origin.close()

    def world(self) -> Harness:
        """A copy, as it was at the opening."""
        name, url = f"world_{new_id()}", self.origin.settings.database_url
        if url.startswith("sqlite"):
            copy = self.folder / f"{name}.db"
            shutil.copy(str(self.origin.engine.url.database), copy)
            return Harness(SurveyService, f"sqlite:///{copy}", self.folder)
        server = self.request.getfixturevalue("postgres")
        url = server.create_database(name, template=self.origin.engine.url.database)
        return Harness(SurveyService, url, self.folder)

    def answered(self, forms: list[Any], order: list[int] | None = None) -> Dump:
        """All rows of a world in which the n-th deputy gave the n-th form, in that order."""
        world = self.world()
        for n in order or range(DEPUTIES):
            deputy = self.deputies[n]
            answer(world, self.questionnaire, deputy, *forms[n], key=self.keys[deputy])
        found = dump(world)
        world.close()
        return found

    def written(self, forms: list[Any], texts: list[str], *audiences: int) -> Dump:
        """The same of a form with a text, in one audience after the other."""
        world = self.world()
        for n, deputy in enumerate(self.deputies):
            body = form(self.questionnaire, *forms[n])
            body["answers"].append({"question": "why", "value": texts[n]})
            for place in audiences or (0,):
                world.call(
                    "answer_questionnaire",
                    self.audiences[place],
                    body,
                    roles=DEPUTY,
                    subject=deputy,
                    key=f"{place}-{self.keys[deputy]}",
                )
        found = dump(world)
        world.close()
        return found


Make = Callable[..., Worlds]


@pytest.fixture
def make(request: pytest.FixtureRequest, serve: Callable[[Any], Harness], tmp_path: Path) -> Make:
    """A function: audiences and what is asked → worlds of them."""

    def made(*audiences: dict[str, Any], **asked: Any) -> Worlds:
        return Worlds(request, serve(SurveyService), tmp_path, *audiences, **asked)

    return made


@pytest.fixture
def worlds(make: Make) -> Worlds:
    """Sixty deputies, one project with two sub-items, and as many worlds as one asks for."""
    return make()


def test_who_gave_which_answer_leaves_no_trace(worlds: Worlds) -> None:
    """When deputies exchange their answers, not one column of one row comes out different."""
    first = worlds.answered(FORMS)
    exchanged = worlds.answered(FORMS[7:] + FORMS[:7])
    reversed_ = worlds.answered(FORMS[::-1])
    assert ranked(first) == ranked(exchanged) == ranked(reversed_)


def test_the_order_of_answering_leaves_a_trace_only_in_the_keys(worlds: Worlds) -> None:
    """Backwards, everything is the same but the places of the hashed keys.

    Those tell an order of keys, to who knows the keys, and nothing else: neither a deputy nor a
    mark can be computed from them without knowing the key.
    """
    first = worlds.answered(FORMS)
    backwards = worlds.answered(FORMS, order=list(range(DEPUTIES))[::-1])
    assert keys(first) == keys(backwards)
    for world in (first, backwards):
        del world["idempotency"]
    assert ranked(first) == ranked(backwards)


def test_an_answer_changes_two_rows_and_adds_one(worlds: Worlds) -> None:
    """All that answering writes is the roll, the tally and a hashed key without answer and time."""
    untouched, all_ = dump(worlds.world()), worlds.answered(FORMS)
    changed = {table for table in all_ if plain(untouched, table) != plain(all_, table)}
    kept = {"rolls", "cell_tallies", "idempotency"}
    assert {table for table in changed if "toast" not in table} == kept
    for table in ("rolls", "cell_tallies"):
        assert len(all_[table]) == len(untouched[table]) == 1
    added = [row for row in all_["idempotency"] if row not in untouched["idempotency"]]
    assert len(added) == DEPUTIES
    assert {(row["answer"], row["expires_at"]) for row in added} == {(None, None)}
    holding = {table for table in changed for row in all_[table] if worlds.deputies[0] in str(row)}
    assert holding - {"toast of rolls"} == {"rolls"}


def test_flags_and_counters_stand_in_an_order_of_their_own(worlds: Worlds) -> None:
    """Inside the tally's JSON, too, nothing moves: the keys stand as they stood at the opening."""
    before, after = tally(dump(worlds.world())), tally(worlds.answered(FORMS[::-1]))
    assert list(before["answered"]) == list(after["answered"]) == worlds.deputies
    assert list(before["counts"]) == list(after["counts"])
    assert [list(one) for one in before["counts"].values()] == [
        list(one) for one in after["counts"].values()
    ]


def test_the_comparison_sees_a_single_mark(worlds: Worlds) -> None:
    """One deputy judges one line differently, and the worlds differ: in the counts alone."""
    other = [("dissatisfied", *FORMS[0][1:]), *FORMS[1:]]
    first, second = worlds.answered(FORMS), worlds.answered(other)
    differ = {table for table in first if plain(first, table) != plain(second, table)}
    assert {table for table in differ if "toast" not in table} == {"cell_tallies"}


def test_two_copies_around_an_answer_tell_it(worlds: Worlds) -> None:
    """The limit that ``model/tally.py`` states: who reads before and after sees that answer."""
    world = worlds.world()
    before = tally(dump(world))
    answer(world, worlds.questionnaire, worlds.deputies[3], *FORMS[5])
    after = tally(dump(world))
    world.close()
    flagged = [one for one in worlds.deputies if after["answered"][one] != before["answered"][one]]
    given = [
        code
        for line in worlds.questionnaire["items"]
        for code, n in after["counts"][f"grade:{line['item_id']}"].items()
        if n != before["counts"][f"grade:{line['item_id']}"][code]
    ]
    assert (flagged, tuple(given)) == ([worlds.deputies[3]], FORMS[5])


def test_cells_and_comments_leave_no_trace_either(make: Make) -> None:
    """Deputies of one delegation exchange their forms and their texts, and nothing is different.

    Nobody can tell who of a delegation gave which mark, nor who wrote which text, nor which text
    belongs to which mark.
    """
    worlds = make({"by_delegation": True}, questions=WITH_TEXT)
    texts = [f"意见{n:02}(合成)" for n in range(DEPUTIES)]
    first = worlds.written(FORMS, texts)
    assert len(first["cell_tallies"]) == DEPUTIES // EACH
    assert ranked(worlds.written(within(FORMS, 7), within(texts, 3))) == ranked(first)
    between = worlds.written(FORMS[7:] + FORMS[:7], texts)
    differ = {table for table in first if plain(first, table) != plain(between, table)}
    assert {table for table in differ if "toast" not in table} == {"cell_tallies"}


def test_texts_of_all_lengths_leave_no_trace_but_their_place(make: Make) -> None:
    """The limit that ``model/tally.py`` states: all columns are the same, the place may not be."""
    worlds = make(questions=WITH_TEXT)
    texts = ["长" * n + "(合成)" for n in range(DEPUTIES)]
    first, second = (worlds.written(FORMS, one) for one in (texts, texts[::-1]))
    for table in first:
        if "toast" not in table:
            assert plain(first, table) == plain(second, table)
    for world in (first, second):
        del world["comment_pages"]
        world.pop("toast of comment_pages", None)
    assert by_itself(first) == by_itself(second)


def test_a_named_audience_beside_it_tells_nothing_of_the_secret_one(make: Make) -> None:
    """The same deputies answer both: who answered what stands where it must, and only there."""
    worlds = make({}, {"kind": "named", "group": "named"}, questions=WITH_TEXT)
    texts = [f"意见{n:02}(合成)" for n in range(DEPUTIES)]
    secret, exchanged = worlds.written(FORMS, texts), worlds.written(FORMS[::-1], texts[::-1])
    assert ranked(secret) == ranked(exchanged)
    both = worlds.written(FORMS, texts, 1), worlds.written(FORMS[::-1], texts[::-1], 1)
    differ = {table for table in both[0] if plain(both[0], table) != plain(both[1], table)}
    assert {table for table in differ if "toast" not in table} == {"named_answers"}
    assert len(both[0]["named_answers"]) == DEPUTIES
    assert not any(row["texts"] not in ([], "[]") for row in both[0]["comment_pages"])


def test_the_published_score_is_the_same_in_all_worlds(worlds: Worlds) -> None:
    """What counts is how often a mark was given; of sixty answers none is lost."""
    scores = []
    for forms in (FORMS, FORMS[::-1]):
        world = worlds.world()
        for deputy, grades in zip(worlds.deputies, forms, strict=True):
            answer(world, worlds.questionnaire, deputy, *grades)
        close(world, worlds.questionnaire)
        score = publish(world, worlds.questionnaire)
        # The decision has an id of its own in each world.
        scores.append(score | {"publication": score["publication"] | {"id": None}})
        world.close()
    assert scores[0] == scores[1]
    assert [sum(item["counts"].values()) for item in scores[0]["items"]] == [DEPUTIES] * 3


def dump(harness: Harness) -> Dump:
    """Every row of every table, with the database's own columns, in the order it is stored."""
    with harness.engine.connect() as connection:
        tables = _sqlite if harness.engine.dialect.name == "sqlite" else _postgresql
        return {
            name: [dict(row) for row in connection.execute(sa.text(query)).mappings()]
            for name, query in tables(connection)
        }


def _sqlite(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    query = sa.text("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'")
    for name, without_rowid in connection.execute(query).all():
        # Without a rowid the primary key is the order in which rows are stored.
        own, order = ("", "") if without_rowid else ('rowid AS "row id", ', "ORDER BY rowid")
        yield name, f'SELECT {own} * FROM "{name}" {order}'


def _postgresql(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    ours = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')"
    query = f"SELECT relname, relkind, reltoastrelid::regclass::text FROM pg_class WHERE {ours}"
    for name, kind, toast in connection.execute(sa.text(query)).all():
        own = "ctid, xmin, xmax, cmin, cmax, tableoid::regclass::text, " if kind == "r" else ""
        order = "ORDER BY ctid" if kind == "r" else ""
        yield name, f'SELECT {own} * FROM "{name}" {order}'
        if toast != "-":
            yield (
                f"toast of {name}",
                f"SELECT ctid, xmin, xmax, cmin, cmax, * FROM {toast} ORDER BY chunk_id, chunk_seq",
            )


def ranked(found: Dump) -> Dump:
    """A dump with transactions and TOAST values numbered from 0 in their order.

    The server counts them up for all of its databases, so only their order can mean something.
    """
    result = found
    for columns in (("xmin", "xmax"), ("chunk_id",)):
        seen = {row[c] for rows in found.values() for row in rows for c in columns if c in row}
        number = {value: n for n, value in enumerate(sorted(seen, key=int))}
        result = {
            name: [
                row | {c: number[row[c]] for c in columns if c in row and row[c] != "0"}
                for row in rows
            ]
            for name, rows in result.items()
        }
    return result


def within(things: list[Any], by: int) -> list[Any]:
    """The things, moved on by so many places within each delegation."""
    groups = [things[start : start + EACH] for start in range(0, DEPUTIES, EACH)]
    return [thing for group in groups for thing in group[by:] + group[:by]]


def by_itself(found: Dump) -> Dump:
    """A dump whose rows carry no stamps that other tables' writing counts on."""
    return {table: plain(found, table) for table in found}


def plain(found: Dump, table: str) -> list[Row]:
    """A table without what the database adds."""
    own = {"ctid", "xmin", "xmax", "cmin", "cmax", "row id", "chunk_id"}
    return [{name: row[name] for name in row if name not in own} for row in found[table]]


def tally(found: Dump) -> Row:
    """The one roll and its one tally, their JSON read (SQLite keeps it as text)."""
    (roll,), (row,) = found["rolls"], found["cell_tallies"]
    read = {"answered": roll["answered"], "counts": row["counts"]}
    return {name: json.loads(v) if isinstance(v, str) else v for name, v in read.items()}


def keys(found: Dump) -> set[tuple[bytes, bytes]]:
    """The hashed idempotency keys and their fingerprints."""
    rows = found["idempotency"]
    return {(bytes(row["key_hash"]), bytes(row["fingerprint"])) for row in rows}
