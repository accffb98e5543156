"""Queries: candidates by BM25 from segments and pending documents, then ranked and explained.

Everything is read in one snapshot of the database, so what is being built or corrected meanwhile is
seen either before or after, and nothing is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from ..tables.similarity import documents
from ..tables.suggestions import suggestions
from . import storage
from .bm25 import Weights
from .building import current, indexed
from .grams import Ints, grams
from .ranking import COMPARED, Described, distance_km, score
from .segment import Header, build, of
from .text import BREAK, Lexicon, fingerprint
from .words import LONGEST, SHOWN, shared_words

#: Candidates whose texts are compared; more are looked at only where too few of them may be shown.
TURNS = (100, 400, 2000)
#: So many numbers of pending documents make a segment in memory.
RANGE = 1024
#: Bytes of postings that a process keeps: those of some 120,000 suggestions.
CACHE = 64_000_000

Postings = NDArray[np.void]


@dataclass(frozen=True)
class Hit:
    """A similar suggestion: its row, how alike it is from 0 to 1, and why."""

    row: Any
    score: float
    copy: bool
    aspect: bool
    same_division: bool
    distance_km: float | None
    words: list[str]


class _Pending:
    """The pending documents of a range of numbers: texts by number, and their segment."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.header, self.postings = build(0, [])


class Index:
    """The index as one process reads it; keeps in memory what never changes."""

    def __init__(self) -> None:
        self._headers: dict[int, Header] = {}
        self._lexicon: Lexicon | None = None
        self._cache = storage.Cache(CACHE)
        self._pending: dict[int, _Pending] = {}

    def similar(
        self,
        session: Session,
        asked: Any,
        groups: Callable[[], Sequence[Sequence[str]]],
        shown: sa.ColumnElement[bool],
        limit: int,
        *,
        without: str | None = None,
        titles_only: bool = False,
    ) -> list[Hit]:
        """The ``limit`` most similar suggestions that may be ``shown``; copies, then by score.

        ``asked``: an ``Asked``, or a row of the table of suggestions.  ``groups``: gives the
        synonyms for an index that was never built.  ``shown``: a condition on that table.
        ``without``: the suggestion itself.  ``titles_only``: name only words that stand in the
        other's title.  The session reads one :func:`snapshot`.
        """
        lexicon = self._read(session, groups)
        query = described(lexicon, asked)
        print_ = fingerprint(asked.title, asked.text)
        said = grams(indexed(lexicon, asked.title, asked.text))
        weights = Weights(said, list(self._headers.values()))
        whole = weights.own_score(said) or 1.0
        found = []
        for turn in self._turns(session, weights):
            for row in _rows(session, list(turn), shown, without):
                other = described(lexicon, row)
                likeness = score(query, other, turn[row.number] / whole)
                found.append((row.fingerprint == print_, likeness, row, other))
            if len(found) >= limit:
                break
        found.sort(key=lambda one: (not one[0], -one[1], one[2].id))
        said_so = _Said(lexicon, f"{asked.title}\n{asked.text}", titles_only)
        return [_hit(query, said_so, *one) for one in found[:limit]]

    def _read(self, session: Session, groups: Callable[[], Sequence[Sequence[str]]]) -> Lexicon:
        """Bring what is in memory to the state of the snapshot; its lexicon."""
        generation, lexicon = current(session)
        lexicon = lexicon or Lexicon(groups())
        if self._lexicon is None or lexicon.hash != self._lexicon.hash:
            self._lexicon, self._pending = lexicon, {}
        headers = {one.id: one for one in self._read_pending(session, self._lexicon)}
        for id_ in storage.live(session, generation):
            headers[id_] = self._headers.get(id_) or storage.header(session, id_)
        self._headers = headers
        return self._lexicon

    def _read_pending(self, session: Session, lexicon: Lexicon) -> list[Header]:
        """The pending documents as segments of their own, by ranges of numbers.

        Only new ones' texts are read, and only ranges that changed are made anew.
        """
        query = sa.select(documents.c.number, documents.c.suggestion_id).where(documents.c.pending)
        ids = {row.number: row.suggestion_id for row in session.connection().execute(query)}
        known = {number for part in self._pending.values() for number in part.texts}
        new = {ids[number]: number for number in ids if number not in known}
        said = {
            new[row.id]: indexed(lexicon, row.title, row.text) for row in _texts(session, list(new))
        }
        # Nothing was changed yet: the database may fail in the middle of what it is asked.
        ranges = {number // RANGE for number in ids}
        changed = {number // RANGE for number in said.keys() | (known - ids.keys())}
        self._pending = {at: self._pending.get(at, _Pending()) for at in sorted(ranges)}
        for number, text in said.items():
            self._pending[number // RANGE].texts[number] = text
        for at in changed & ranges:
            part = self._pending[at]
            part.texts = {number: text for number, text in part.texts.items() if number in ids}
            part.header, part.postings = build(-1 - at, list(part.texts.items()))
        return [part.header for part in self._pending.values()]

    def _turns(self, session: Session, weights: Weights) -> Iterator[dict[int, float]]:
        """The best candidates (number → score), then the next best, and so on."""

        def read(header: Header, rows: Ints) -> Postings:
            if header.id < 0:
                return of(header, rows, self._pending[-1 - header.id].postings)
            return storage.read(session, header, rows, self._cache)

        numbers, scores = [], []
        for header in self._headers.values():
            each = weights.scores(header, read)
            best = np.argpartition(-each, TURNS[-1])[: TURNS[-1]] if len(each) > TURNS[-1] else ...
            numbers.append(header.numbers[best])
            scores.append(each[best])
        if not numbers:
            return
        all_numbers, all_scores = np.concatenate(numbers), np.concatenate(scores)
        order = np.argsort(-all_scores, kind="stable")
        order = order[all_scores[order] > 0]
        # What was settled only half (see storage.settle) is there twice.
        order = order[np.sort(np.unique(all_numbers[order], return_index=True)[1])]
        start = 0
        for end in TURNS:
            part = order[start:end]
            if len(part):
                yield dict(zip(all_numbers[part].tolist(), all_scores[part].tolist(), strict=True))
            start = end


def described(lexicon: Lexicon, one: Any) -> Described:
    """A suggestion, stored or not yet, as it is compared."""
    title, text = lexicon.normalised(one.title), lexicon.normalised(one.text[:COMPARED])
    place = one.division, one.longitude, one.latitude
    return Described(title, title + BREAK + text, one.aspect, *place)


def snapshot(session: Session) -> None:
    """Let all that is read in this transaction be of one moment; the first thing to do in it.

    SQLite does by itself.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _texts(session: Session, ids: Sequence[str]) -> Iterator[Any]:
    names = suggestions.c.id, suggestions.c.title, suggestions.c.text
    for start in range(0, len(ids), storage.ROWS):
        part = suggestions.c.id.in_(ids[start : start + storage.ROWS])
        yield from session.connection().execute(sa.select(*names).where(part))


def _rows(
    session: Session, numbers: list[int], shown: sa.ColumnElement[bool], without: str | None
) -> Sequence[Any]:
    names = ("id", "title", "text", "year", "state", "aspect", "division", "longitude", "latitude")
    query = (
        sa.select(
            documents.c.number, documents.c.fingerprint, *(suggestions.c[name] for name in names)
        )
        .join(suggestions, suggestions.c.id == documents.c.suggestion_id)
        .where(documents.c.number.in_(numbers), shown)
    )
    if without:
        query = query.where(suggestions.c.id != without)
    return session.connection().execute(query).all()


class _Said:
    """Which words a query shares with what it found, and which of its words have synonyms there."""

    def __init__(self, lexicon: Lexicon, text: str, titles_only: bool) -> None:
        self.lexicon = lexicon
        self.plain = lexicon.plain(text[:LONGEST])
        self.synonyms = lexicon.synonyms(text[:LONGEST])
        self.titles_only = titles_only

    def words(self, row: Any) -> list[str]:
        """As they are written; two that mean the same as ``电瓶车/电动车``."""
        text = row.title if self.titles_only else f"{row.title}\n{row.text[:LONGEST]}"
        runs = shared_words(self.plain, self.lexicon.plain(text))
        theirs = self.lexicon.synonyms(text)
        pairs = [(word, theirs[one]) for one, word in self.synonyms.items() if one in theirs]
        other = [f"{ours}/{their}" for ours, their in pairs if ours != their]
        return (runs[: SHOWN - min(len(other), 2)] + other)[:SHOWN]


def _hit(
    query: Described, said: _Said, copy: bool, likeness: float, row: Any, other: Described
) -> Hit:
    away = distance_km(query, other)
    return Hit(
        row=row,
        score=round(likeness, 3),
        copy=copy,
        aspect=bool(query.aspect) and query.aspect == other.aspect,
        same_division=bool(query.division) and query.division == other.division,
        distance_km=None if away is None else round(away, 1),
        words=said.words(row),
    )
