"""Segments in the database: written in small transactions, live at once, read by blocks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.chassis import database

from ..tables.similarity import blocks, documents, segments
from .grams import Ints
from .segment import POSTING, Header

#: Postings in one row: its bytes stay below those that PostgreSQL would move out of the page.
BLOCK = 600
#: Rows written or deleted in one transaction, so that nobody waits long for SQLite's one writer.
ROWS = 400

_BLOCKS = (
    sa.select(blocks.c.place, blocks.c.data)
    .where(blocks.c.segment_id == sa.bindparam("segment_id"))
    .where(blocks.c.place.in_(sa.bindparam("places", expanding=True)))
)


class Cache:
    """The blocks that were read last, within ``size`` bytes: segments never change."""

    def __init__(self, size: int) -> None:
        self.left = size
        self._blocks: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def blocks(self, session: Session, segment_id: int, places: list[int]) -> list[bytes]:
        """Blocks of a segment, in order."""
        found = {}
        for place in places:
            key = segment_id, place
            if key in self._blocks:
                self._blocks.move_to_end(key)
                found[place] = self._blocks[key]
        missing = [place for place in places if place not in found]
        if missing:
            asked = {"segment_id": segment_id, "places": missing}
            for row in session.connection().execute(_BLOCKS, asked):
                found[row.place] = bytes(row.data)
                self._keep((segment_id, row.place), found[row.place])
        return [found[place] for place in places]

    def _keep(self, key: tuple[int, int], data: bytes) -> None:
        self._blocks[key] = data
        self.left -= len(data)
        while self.left < 0:
            self.left += len(self._blocks.popitem(last=False)[1])


def read(session: Session, header: Header, rows: Ints, cache: Cache) -> NDArray[np.void]:
    """The postings of some rows of a segment (ascending), one after another."""
    starts, ends = header.starts[rows], header.starts[rows + 1]
    firsts, lasts = starts // BLOCK, (ends - 1) // BLOCK
    spans = [np.arange(*span) for span in zip(firsts, lasts + 1, strict=True)]
    places = np.unique(np.concatenate(spans))
    found = cache.blocks(session, header.id, places.tolist())
    postings = np.frombuffer(b"".join(found), POSTING)
    # Where a block begins in what was read; all but a segment's last are full.
    begins = np.searchsorted(places, firsts) * BLOCK
    first = begins + starts % BLOCK
    counts = ends - starts
    offsets = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    wanted: NDArray[np.void] = postings[np.arange(counts.sum()) + offsets]
    return wanted


def read_all(session: Session, header: Header) -> NDArray[np.void]:
    """All postings of a segment."""
    query = sa.select(blocks.c.data).where(blocks.c.segment_id == header.id)
    found = session.connection().execute(query.order_by(blocks.c.place)).scalars()
    return np.frombuffer(b"".join(found), POSTING)


def live(session: Session, generation: int) -> list[int]:
    """The ids of the segments that queries read."""
    query = sa.select(segments.c.id).where(segments.c.live, segments.c.generation == generation)
    return list(session.connection().execute(query.order_by(segments.c.id)).scalars())


def header(session: Session, id_: int) -> Header:
    """A segment's header."""
    query = sa.select(segments).where(segments.c.id == id_)
    row = session.connection().execute(query).one()
    return Header(
        id_,
        np.frombuffer(row.numbers, np.int64),
        np.frombuffer(row.lengths, np.uint16),
        np.frombuffer(row.grams, np.int64),
        np.frombuffer(row.counts, np.uint32),
    )


def write(engine: sa.Engine, made: Header, postings: NDArray[np.void], generation: int) -> int:
    """Store a segment that no query reads yet; its id."""
    row = {
        "generation": generation,
        "live": False,
        "size": len(made),
        "numbers": made.numbers.tobytes(),
        "lengths": made.lengths.tobytes(),
        "grams": made.grams.tobytes(),
        "counts": made.counts.tobytes(),
    }
    insert = sa.insert(segments).values(row).returning(segments.c.id)
    id_ = database.in_transaction(engine, lambda session: session.execute(insert).scalar_one())
    data = [
        {"segment_id": id_, "place": place, "data": postings[start : start + BLOCK].tobytes()}
        for place, start in enumerate(range(0, len(postings), BLOCK))
    ]
    for start in range(0, len(data), ROWS):
        _execute(engine, sa.insert(blocks), data[start : start + ROWS])
    return int(id_)


def enliven(connection: sa.Connection, new: Sequence[int], old: Sequence[int]) -> None:
    """Let queries read the new segments instead of the old ones."""
    for ids, value in ((new, True), (old, False)):
        change = sa.update(segments).where(segments.c.id.in_(ids)).values(live=value)
        connection.execute(change)


def settle(connection: sa.Connection, numbers: Sequence[int]) -> int:
    """Note that documents are in a segment now; of how many.

    Whoever changes one just now holds its row and is not waited for: the document counts as
    pending a little longer, and is found all the same.
    """
    settled = 0
    for start in range(0, len(numbers), ROWS):
        wanted = sa.select(documents.c.number).where(
            documents.c.number.in_(numbers[start : start + ROWS]), documents.c.pending
        )
        free = list(connection.execute(wanted.with_for_update(skip_locked=True)).scalars())
        change = sa.update(documents).where(documents.c.number.in_(free)).values(pending=False)
        connection.execute(change)
        settled += len(free)
    return settled


def sweep(engine: sa.Engine) -> None:
    """Delete segments that are not live, and what a killed process left of one."""
    query = sa.select(segments.c.id).where(~segments.c.live)
    ids = database.in_transaction(
        engine, lambda session: list(session.execute(query).scalars()), reading=True
    )
    for id_ in ids:
        while _cut(engine, id_):
            pass
        _execute(engine, sa.delete(segments).where(segments.c.id == id_))


def _cut(engine: sa.Engine, id_: int) -> bool:
    """Delete some blocks of a segment, the last ones; whether there were any."""
    places = sa.select(blocks.c.place).where(blocks.c.segment_id == id_)
    places = places.order_by(blocks.c.place.desc()).limit(ROWS)

    def work(session: Session) -> bool:
        connection = session.connection()
        last = connection.execute(places).scalars().all()
        if last:
            rows = blocks.c.segment_id == id_, blocks.c.place >= last[-1]
            connection.execute(sa.delete(blocks).where(*rows))
        return bool(last)

    return database.in_transaction(engine, work)


def _execute(engine: sa.Engine, statement: Any, rows: Any = None) -> None:
    database.in_transaction(
        engine, lambda session: session.connection().execute(statement, rows) and None
    )
