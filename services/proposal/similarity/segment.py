"""A part of the index: the postings of a few documents up to tens of thousands, never changed.

Postings of a gram are pairs (position in the segment, how often), in the order of positions; they
follow one another in the order of grams, and ``counts`` says how many each gram has.  So one
sorted list of grams, which a process keeps in memory, finds any gram's bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .grams import Ints, grams

#: A position must fit into 16 bits.
LARGEST = 65_536
POSTING = np.dtype([("position", "<u2"), ("often", "u1")])
_MOST_OFTEN = 255

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Header:
    """What of a segment is kept in memory.

    ``numbers``: the documents', by position; ``lengths``: their grams; ``grams``, sorted, and
    ``counts``: in how many documents each is.
    """

    id: int
    numbers: Ints
    lengths: NDArray[np.uint16]
    grams: Ints
    counts: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def starts(self) -> Ints:
        """Where each gram's postings begin, and the last ones end."""
        return np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])

    def rows(self, wanted: Ints) -> Ints:
        """The row of each wanted gram in :attr:`grams`; -1 where no document has it."""
        if not len(self.grams):
            return np.full(len(wanted), -1)
        found = np.searchsorted(self.grams, wanted)
        found[found == len(self.grams)] = 0
        return np.where(self.grams[found] == wanted, found, -1)


def build(id_: int, documents: Sequence[tuple[int, str]]) -> tuple[Header, NDArray[np.void]]:
    """A segment of documents (number, normalised text), and its postings.

    ValueError if they are more than :data:`LARGEST`.
    """
    _fits(len(documents))
    each = [grams(text) for _, text in documents]
    lengths = [len(one) for one in each]
    said = np.concatenate(each) if each else np.zeros(0, np.int64)
    positions = np.repeat(np.arange(len(each)), lengths)
    numbers = np.array([number for number, _ in documents], np.int64)
    # Counted on whole keys: a gram takes 42 bits, a position 16.
    keys, often = np.unique((said << 16) | positions, return_counts=True)
    return _segment(id_, numbers, np.array(lengths, np.int64), keys, often)


def merge(
    id_: int, parts: Iterable[tuple[Header, NDArray[np.void]]], alive: Ints
) -> tuple[Header, NDArray[np.void]]:
    """One segment of several, without the documents that are not ``alive``.

    ValueError if they are more than :data:`LARGEST`.
    """
    numbers, lengths, keys, often = [], [], [], []
    first = 0
    for header, postings in parts:
        kept = np.isin(header.numbers, alive)
        places = np.where(kept, first + np.cumsum(kept) - 1, -1)
        first += int(kept.sum())
        _fits(first)
        place = places[postings["position"]]
        there = place >= 0
        keys.append(((np.repeat(header.grams, header.counts) << 16) | place)[there])
        often.append(postings["often"][there].astype(np.int64))
        numbers.append(header.numbers[kept])
        lengths.append(header.lengths[kept].astype(np.int64))
    all_keys, all_often = np.concatenate(keys), np.concatenate(often)
    order = np.argsort(all_keys, kind="stable")
    return _segment(
        id_,
        np.concatenate(numbers),
        np.concatenate(lengths),
        all_keys[order],
        all_often[order],
    )


def of(header: Header, rows: Ints, postings: NDArray[np.void]) -> NDArray[np.void]:
    """The postings of some rows of a segment whose postings are all at hand."""
    spans = zip(header.starts[rows], header.starts[rows + 1], strict=True)
    return np.concatenate([postings[start:end] for start, end in spans])


def _fits(size: int) -> None:
    """A position beyond the limit would count as one of the next gram."""
    if size > LARGEST:
        raise ValueError(f"{size} documents are more than a segment can hold")


def _segment(
    id_: int, numbers: Ints, lengths: Ints, keys: Ints, often: Ints
) -> tuple[Header, NDArray[np.void]]:
    postings = np.empty(len(keys), POSTING)
    postings["position"] = keys & 0xFFFF
    postings["often"] = np.minimum(often, _MOST_OFTEN)
    found, counts = np.unique(keys >> 16, return_counts=True)
    lengths = np.minimum(lengths, 0xFFFF)
    header = Header(id_, numbers, lengths.astype(np.uint16), found, counts.astype(np.uint32))
    return header, postings
