"""How the index is built beside everything else: segments, merges, reindex, kills."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from services.chassis import database
from services.commons.errors import Conflict
from services.proposal.model.suggestion import Suggestion
from services.proposal.rules import shipped
from services.proposal.similarity import building, search, segment, storage
from services.proposal.tables import findable
from services.proposal.tables import similarity as tables
from services.proposal.tables.suggestions import suggestions

from ....benchmarks import corpus
from .conftest import Office

SHIPPED = shipped("synonyms")["content"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of a few documents, blocks of a few postings."""
    monkeypatch.setattr(building, "ENOUGH", 20)
    monkeypatch.setattr(building, "NEW", 60)
    monkeypatch.setattr(building, "FAN", 3)
    monkeypatch.setattr(storage, "BLOCK", 50)
    monkeypatch.setattr(storage, "ROWS", 40)


def fill(office: Office, number: int, *, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of synthetic suggestions, as an import writes them."""
    rows = list(corpus.rows(number, seed))
    with office.engine.begin() as connection:
        connection.execute(sa.insert(suggestions), rows)
        findable.add(connection, rows)
    return rows


def answers(office: Office) -> list[list[str]]:
    """What some queries find."""
    return [office.ids(one["text"], title=one["title"], limit=10) for one in corpus.labelled()[:15]]


def counted(office: Office, query: Any) -> int:
    """The number that a query gives."""
    with office.engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def pending(office: Office) -> int:
    """How many documents wait."""
    query = sa.select(sa.func.count()).where(tables.documents.c.pending)
    return counted(office, query)


def live(office: Office) -> int:
    """How many segments there are."""
    return counted(office, sa.select(sa.func.count()).where(tables.segments.c.live))


def test_the_answers_are_the_same_in_segments(office: Office) -> None:
    """Pending, in many segments, merged: the same suggestions in the same order."""
    fill(office, 200)
    before = answers(office)
    assert live(office) == 0 and pending(office) == 200
    assert building.tend(office.engine, SHIPPED)
    assert pending(office) < building.ENOUGH and 0 < live(office) <= 3
    assert answers(office) == before
    fill(office, 7, seed=2)
    building.reindex(office.engine, SHIPPED)
    assert pending(office) == 0
    assert len(answers(office)) == len(before)


def test_however_many_are_pending_all_are_found(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an import that nobody has tended yet, and while it is being tended."""
    monkeypatch.setattr(search, "RANGE", 16)
    rows = fill(office, 100)
    monkeypatch.setattr(building, "NEW", 30)
    for settled in (False, True):
        if settled:
            lexicon = building._begun(office.engine, SHIPPED)
            assert building._build_pending(office.engine, *lexicon)
        for row in rows[::9]:
            assert office.ids(row["text"], title=row["title"])[0] == row["id"]


def test_what_changed_meanwhile_is_right(office: Office) -> None:
    """In a segment by its old text: found by the new one only; withdrawn: not at all."""
    rows = fill(office, 100)
    building.tend(office.engine, SHIPPED)
    one, gone, purged = (row["id"] for row in rows[:3])

    def work(session: Any) -> None:
        session.get(Suggestion, one).text = "独一无二的麒麟"
        session.get(Suggestion, gone).state = "withdrawn"
        session.delete(session.get(Suggestion, purged))

    database.in_transaction(office.engine, work)
    for _ in range(2):
        assert office.ids("独一无二的麒麟")[0] == one
        for row in rows[1:3]:
            assert row["id"] not in office.ids(row["text"], title=row["title"], limit=20)
        building.reindex(office.engine, SHIPPED)
    numbers = tables.documents.c
    assert counted(office, sa.select(sa.func.count(numbers.number))) == 98


def test_merging_leaves_the_dead_out(office: Office) -> None:
    """What was purged is in no posting any more."""
    for seed in range(3):
        rows = fill(office, 20, seed=seed)
        building.tend(office.engine, SHIPPED)
        if seed == 0:
            purge(office, rows[0])
    (header,) = headers(office)
    assert len(header) == 59


def test_large_segments_are_merged_as_far_as_they_fit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of eight with ten thousand each, six become one; every document keeps its own grams."""
    monkeypatch.setattr(building, "FAN", 8)
    monkeypatch.setattr(storage, "BLOCK", 600)
    documents = [(n, "老年" if n % 2 else "食堂") for n in range(80_000)]
    ids = []
    for start in range(0, 80_000, 10_000):
        made = segment.build(0, documents[start : start + 10_000])
        ids.append(storage.write(office.engine, *made, 0))
    with office.engine.begin() as connection:
        storage.enliven(connection, ids, [])
    assert building._merge_some(office.engine, 0, np.arange(80_000))
    assert not building._merge_some(office.engine, 0, np.arange(80_000))
    assert [len(header) for header in headers(office)] == [10_000, 10_000, 60_000]
    expected, _ = segment.build(0, documents[:60_000])
    assert np.array_equal(headers(office)[-1].grams, expected.grams)
    assert np.array_equal(headers(office)[-1].counts, expected.counts)


def test_at_night_the_dead_leave_every_segment(office: Office) -> None:
    """By day only where they are many; a segment of nothing else goes."""
    rows = fill(office, 40)
    building.tend(office.engine, SHIPPED)
    purge(office, *rows[:3])
    building.tend(office.engine, SHIPPED)
    assert [len(header) for header in headers(office)] == [40]
    building.tend(office.engine, SHIPPED, thorough=True)
    assert [len(header) for header in headers(office)] == [37]
    purge(office, *rows[3:15])
    building.tend(office.engine, SHIPPED)
    assert [len(header) for header in headers(office)] == [25]
    purge(office, *rows[15:])
    building.tend(office.engine, SHIPPED)
    assert headers(office) == [] and office.ids(rows[0]["text"]) == []


def purge(office: Office, *rows: dict[str, Any]) -> None:
    """Delete suggestions as a purge does."""

    def work(session: Any) -> None:
        for row in rows:
            session.delete(session.get(Suggestion, row["id"]))

    database.in_transaction(office.engine, work)


def headers(office: Office) -> list[Any]:
    """The live segments' headers."""

    def work(session: Any) -> list[Any]:
        return [storage.header(session, id_) for id_ in storage.live(session, 0)]

    return database.in_transaction(office.engine, work, reading=True)


def test_new_synonyms_count_after_a_reindex(office: Office) -> None:
    """Until then queries go on with those the index was made with."""
    made = office.submit("石榴树", "院子里种石榴", aspect="transport")
    fill(office, 40)
    building.tend(office.engine, SHIPPED)
    assert office.ids("石榴")[0] == made
    rule = {
        "kind": "synonyms",
        "title": "同义词(合成)",
        "text": "合成",
        "source": "合成",
        "content": [["石榴", "榭榍"]],
        "adopted_by": "合成",
        "happened_on": "2022-01-01",
    }
    office.harness.call("adopt_rule", rule)
    assert made not in office.ids("榭榍")
    building.reindex(office.engine, [["石榴", "榭榍"]])
    assert office.ids("榭榍")[0] == made


def test_reindex_takes_in_what_nobody_told(office: Office) -> None:
    """Rows that were there before the index, and texts changed behind its back."""
    rows = list(corpus.rows(30, 3))
    with office.engine.begin() as connection:
        connection.execute(sa.insert(suggestions), rows)
    assert building.reindex(office.engine, SHIPPED) == 30
    change = sa.update(suggestions).where(suggestions.c.id == rows[0]["id"])
    with office.engine.begin() as connection:
        connection.execute(change.values(text="独一无二的麒麟"))
    building.reindex(office.engine, SHIPPED)
    assert office.ids("独一无二的麒麟")[0] == rows[0]["id"]


def test_progress_is_told(office: Office) -> None:
    """How many are done, of how many."""
    fill(office, 30)
    told: list[tuple[int, int]] = []
    building.reindex(office.engine, SHIPPED, lambda done, total: told.append((done, total)))
    assert told[-1] == (30, 30)


@pytest.mark.parametrize("step", ["write", "enliven", "settle", "sweep"])
@pytest.mark.parametrize("work", ["tend", "reindex"])
def test_a_builder_that_is_killed_harms_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str, work: str
) -> None:
    """Wherever it dies: queries find all, and the next one ends with a whole index."""
    fill(office, 70)
    before = answers(office)
    original = getattr(storage, step)
    calls = []

    def dying(*args: Any) -> Any:
        calls.append(step)
        if step == "write":
            original(*args)  # its blocks are there, and nobody knows of them
        if step != "sweep" or len(calls) > 1:
            raise KeyboardInterrupt
        return original(*args)

    with monkeypatch.context() as patched:
        patched.setattr(storage, step, dying)
        with pytest.raises(KeyboardInterrupt):
            getattr(building, work)(office.engine, SHIPPED)
    assert answers(office) == before
    getattr(building, work)(office.engine, SHIPPED)
    assert answers(office) == before
    blocks = sa.select(sa.func.count(sa.distinct(tables.blocks.c.segment_id)))
    assert counted(office, blocks) == live(office)


def test_one_builds_at_a_time(office: Office) -> None:
    """A second one leaves; a reindex says that it could not."""
    from services.chassis.alone import alone

    fill(office, 30)
    with alone(office.engine, building.LOCK) as mine:
        assert mine
        assert not building.tend(office.engine, SHIPPED)
        with pytest.raises(Conflict):
            building.reindex(office.engine, SHIPPED)
    assert building.tend(office.engine, SHIPPED)


def test_many_write_while_it_is_built(office: Office) -> None:
    """Concurrent submissions, corrections and builds: no deadlock, nothing lost, nothing twice."""
    from services.proposal.similarity.text import fingerprint

    made: list[str] = []
    failed: list[BaseException] = []

    def submit(seed: int) -> None:
        try:
            for row in corpus.rows(40, 100 + seed):
                row["id"] = str(uuid.uuid4())

                def write(session: Any, row: dict[str, Any] = row) -> None:
                    session.connection().execute(sa.insert(suggestions), row)
                    findable.add(session.connection(), [row])

                def correct(session: Any, row: dict[str, Any] = row) -> None:
                    session.get(Suggestion, row["id"]).text = row["text"] + "更正"

                database.in_transaction(office.engine, write)
                database.in_transaction(office.engine, correct)
                made.append(row["id"])
        except BaseException as exc:
            failed.append(exc)

    threads = [threading.Thread(target=submit, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        building.tend(office.engine, SHIPPED)
    assert not failed
    building.tend(office.engine, SHIPPED)
    with office.engine.connect() as connection:
        rows = connection.execute(
            sa.select(tables.documents, suggestions.c.title, suggestions.c.text).join(
                suggestions, suggestions.c.id == tables.documents.c.suggestion_id
            )
        ).all()
    assert sorted(row.suggestion_id for row in rows) == sorted(made)
    assert all(row.fingerprint == fingerprint(row.title, row.text) for row in rows)
    inside = {number for header in headers(office) for number in header.numbers.tolist()}
    assert {row.number for row in rows if not row.pending} <= inside
