"""How the index is built: new documents into segments, small segments into larger ones, all anew.

One process at a time does it, outside every command and query.  Whoever is killed leaves segments
that are not live; the next one sweeps them away.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.chassis import database
from services.chassis.alone import alone
from services.commons.errors import Conflict

from ..tables.findable import HIDDEN, add, replace
from ..tables.similarity import documents, lexicons, segments
from ..tables.suggestions import suggestions
from . import segment, storage
from .grams import Ints
from .segment import Header, build, merge
from .text import BREAK, Lexicon, fingerprint

#: Pending documents that are worth a segment.
ENOUGH = 256
#: Documents of a new segment at most; larger ones come by merging.
NEW = 4096
#: So many segments of about one size become one, or as many of them as fit into one.
FAN = 8
#: Segments of more documents are merged no more; of others any four fit into one.
MERGED = segment.LARGEST // 4
#: Of the texts of which a reindex makes one segment; it takes some sixty times as many bytes.
CHARACTERS = 6_000_000
#: The share of dead documents at which a segment is written anew.
DEAD = 0.25
LOCK = "similarity"

Part = tuple[Header, NDArray[np.void]]


def indexed(lexicon: Lexicon, title: str, text: str) -> str:
    """A suggestion's text as its grams are counted: what the title says counts twice."""
    first = lexicon.normalised(title)
    return BREAK.join((first, first, lexicon.normalised(text)))


def current(session: Session) -> tuple[int, Lexicon | None]:
    """The generation of segments that queries read, and the lexicon it was made with."""
    row = session.connection().execute(sa.select(lexicons)).one_or_none()
    return (row.generation, Lexicon(row.groups, row.phrases)) if row else (0, None)


def is_due(session: Session) -> bool:
    """Whether enough documents are pending."""
    pending = sa.select(documents.c.number).where(documents.c.pending).limit(ENOUGH)
    return len(session.connection().execute(pending).all()) >= ENOUGH


def tend(engine: sa.Engine, groups: Sequence[Sequence[str]], *, thorough: bool = False) -> bool:
    """Put pending documents into segments and merge what is small; False if another is at it.

    ``groups``: the synonyms, where the index has no lexicon yet.  ``thorough``: let nothing of a
    purged document stay in any segment.
    """
    with alone(engine, LOCK) as mine:
        if mine:
            storage.sweep(engine)
            adopt(engine)
            generation, lexicon = _begun(engine, groups)
            while _build_pending(engine, generation, lexicon):
                pass
            alive = _alive(engine)
            while _merge_some(engine, generation, alive):
                pass
            _bury(engine, generation, alive, share=0 if thorough else DEAD)
            storage.sweep(engine)
        return mine


def reindex(
    engine: sa.Engine,
    groups: Sequence[Sequence[str]],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Make the whole index anew with these synonyms; how many documents it has.

    Queries read the old one until the new one is whole.  Raises Conflict while another process
    builds.
    """
    with alone(engine, LOCK) as mine:
        if not mine:
            raise Conflict(
                "index-busy", "the index is being built just now", "索引正在建立,请稍后再试"
            )
        storage.sweep(engine)
        adopt(engine)
        generation, _ = _begun(engine, groups)
        lexicon = Lexicon(groups)
        made, covered = [], []
        total = _count(engine)
        for rows in _all(engine):
            _renew_changed(engine, rows)
            texts = [(row.number, indexed(lexicon, row.title, row.text)) for row in rows]
            header, postings = build(0, texts)
            made.append(storage.write(engine, header, postings, generation + 1))
            covered += [row.number for row in rows]
            progress(len(covered), total)
        database.in_transaction(
            engine, lambda session: _switch(session, generation + 1, lexicon, made, covered)
        )
        storage.sweep(engine)
        return len(covered)


def adopt(engine: sa.Engine) -> None:
    """Take in suggestions that no document stands for, and let go of those that are no more."""
    missing = (
        sa.select(suggestions.c.id, suggestions.c.title, suggestions.c.text, suggestions.c.state)
        .outerjoin(documents, documents.c.suggestion_id == suggestions.c.id)
        .where(documents.c.number.is_(None), suggestions.c.state.not_in(HIDDEN))
        .limit(1000)
    )
    while database.in_transaction(engine, lambda session: _adopt(session, missing)):
        pass
    seen = sa.select(suggestions.c.id).where(suggestions.c.state.not_in(HIDDEN))
    gone = sa.delete(documents).where(documents.c.suggestion_id.not_in(seen))
    database.in_transaction(engine, lambda session: session.execute(gone))


def _adopt(session: Session, missing: sa.Select[Any]) -> int:
    rows = [row._asdict() for row in session.connection().execute(missing)]
    add(session.connection(), rows)
    return len(rows)


def _begun(engine: sa.Engine, groups: Sequence[Sequence[str]]) -> tuple[int, Lexicon]:
    """The current generation and lexicon, which are noted if there are none yet."""

    def work(session: Session) -> tuple[int, Lexicon]:
        generation, lexicon = current(session)
        if lexicon is None:
            lexicon = Lexicon(groups)
            _note(session, generation, lexicon)
        return generation, lexicon

    return database.in_transaction(engine, work)


def _note(session: Session, generation: int, lexicon: Lexicon) -> None:
    connection = session.connection()
    connection.execute(sa.delete(lexicons))
    row = {
        "id": 1,
        "generation": generation,
        "hash": lexicon.hash,
        "groups": lexicon.groups,
        "phrases": lexicon.phrases,
    }
    connection.execute(sa.insert(lexicons), row)


def _build_pending(engine: sa.Engine, generation: int, lexicon: Lexicon) -> bool:
    query = _texts().where(documents.c.pending).limit(NEW)
    rows = _read(engine, query)
    if len(rows) < ENOUGH:
        return False
    header, postings = build(
        0, [(row.number, indexed(lexicon, row.title, row.text)) for row in rows]
    )
    id_ = storage.write(engine, header, postings, generation)

    def finish(session: Session) -> int:
        storage.enliven(session.connection(), [id_], [])
        return storage.settle(session.connection(), [row.number for row in rows])

    return database.in_transaction(engine, finish) > 0


def _merge_some(engine: sa.Engine, generation: int, alive: Ints) -> bool:
    """Merge segments of about one size, if there are enough of them."""
    query = sa.select(segments.c.id, segments.c.size).where(
        segments.c.live, segments.c.generation == generation
    )
    rows = _read(engine, query.order_by(segments.c.id))
    ids = to_merge([(row.id, row.size) for row in rows])
    if ids:
        _rewrite(engine, generation, ids, alive)
    return bool(ids)


def _bury(engine: sa.Engine, generation: int, alive: Ints, share: float) -> None:
    """Write segments anew of which more than a share is dead."""

    def look(session: Session) -> list[int]:
        found = [storage.header(session, id_) for id_ in storage.live(session, generation)]
        return [one.id for one in found if (~np.isin(one.numbers, alive)).mean() > share]

    for id_ in database.in_transaction(engine, look, reading=True):
        _rewrite(engine, generation, [id_], alive)


def _rewrite(engine: sa.Engine, generation: int, ids: list[int], alive: Ints) -> None:
    """Make one segment of several, without the dead."""

    def look(session: Session) -> list[Part]:
        found = [storage.header(session, id_) for id_ in ids]
        return [(one, storage.read_all(session, one)) for one in found]

    header, postings = merge(0, database.in_transaction(engine, look, reading=True), alive)
    new = [storage.write(engine, header, postings, generation)] if len(header) else []
    database.in_transaction(engine, lambda session: storage.enliven(session.connection(), new, ids))


def _alive(engine: sa.Engine) -> Ints:
    """The numbers of all documents; one that comes later is in no segment that is merged now."""
    return np.array([row.number for row in _read(engine, sa.select(documents.c.number))], np.int64)


def to_merge(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Which segments (id, size) to merge next: the first of a tier that is full, while they fit.

    A tier is a size up to :data:`FAN` times the one below.
    """
    tiers: dict[int, list[tuple[int, int]]] = {}
    for id_, size in sizes:
        if size <= MERGED:
            bound, tier = ENOUGH * 2, 0
            while size > bound:
                bound, tier = bound * FAN, tier + 1
            tiers.setdefault(tier, []).append((id_, size))
    full = next((tier for _, tier in sorted(tiers.items()) if len(tier) >= FAN), [])[:FAN]
    ends = itertools.accumulate(size for _, size in full)
    return [id_ for (id_, _), end in zip(full, ends, strict=True) if end <= segment.LARGEST]


def _all(engine: sa.Engine) -> Iterator[list[sa.Row[Any]]]:
    """All documents with what they say, in parts of a segment's size: the fewer, the faster."""
    part: list[sa.Row[Any]] = []
    characters = last = 0
    while rows := _read(engine, _texts().where(documents.c.number > last).limit(NEW)):
        last = rows[-1].number
        for row in rows:
            part.append(row)
            characters += len(row.title) + len(row.text)
            if len(part) == segment.LARGEST or characters > CHARACTERS:
                yield part
                part, characters = [], 0
    if part:
        yield part


def _renew_changed(engine: sa.Engine, rows: Sequence[sa.Row[Any]]) -> None:
    """Give a new number to what was changed behind the index's back; it is pending then."""
    changed = [row for row in rows if fingerprint(row.title, row.text) != row.fingerprint]

    def work(session: Session) -> None:
        for row in changed:
            replace(session.connection(), row._asdict())

    if changed:
        database.in_transaction(engine, work)


def _switch(
    session: Session, generation: int, lexicon: Lexicon, made: Sequence[int], covered: Sequence[int]
) -> None:
    """Let queries read the new generation; what it does not have is pending."""
    connection = session.connection()
    old = storage.live(session, generation - 1)
    storage.enliven(connection, made, old)
    _note(session, generation, lexicon)
    inside = set(covered)
    rows = connection.execute(sa.select(documents.c.number, documents.c.pending)).all()
    storage.settle(connection, [row.number for row in rows if row.pending and row.number in inside])
    missing = [row.number for row in rows if not row.pending and row.number not in inside]
    for start in range(0, len(missing), storage.ROWS):
        part = documents.c.number.in_(missing[start : start + storage.ROWS])
        connection.execute(sa.update(documents).where(part).values(pending=True))


def _count(engine: sa.Engine) -> int:
    query = sa.select(sa.func.count()).select_from(documents)
    return int(_read(engine, query)[0][0])


def _read(engine: sa.Engine, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
    return database.in_transaction(
        engine, lambda session: session.connection().execute(query).all(), reading=True
    )


def _texts() -> sa.Select[Any]:
    said = suggestions.c.id, suggestions.c.title, suggestions.c.text, suggestions.c.state
    return (
        sa.select(documents.c.number, documents.c.fingerprint, *said)
        .join(suggestions, suggestions.c.id == documents.c.suggestion_id)
        .order_by(documents.c.number)
    )
