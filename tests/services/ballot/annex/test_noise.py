"""Any single value changed, anywhere, by whoever keeps the board: it is refused, not stumbled over.

Hashes, parents and the board's signatures are made anew after the change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.annex.chain import Chain
from services.ballot.annex.verification import verify
from services.ballot.belenios.archive import DATA, Member
from services.ballot.belenios.encoding import dumps

from .elections import finished, rechained, steps_of
from .manifests import KEY

VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    2,
    -1,
    10**30,
    1.5,
    float("inf"),
    "",
    "0",
    "１",
    "\ud800",
    "x" * 43,
    "0" * 64,
    "f" * 64,
    [],
    [[]],
    {},
    {"x": 1},
]
Place = tuple[str | int, ...]


def places(value: Any) -> Iterator[Place]:
    """Where the values of some JSON stand, inner ones too."""
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (name,)
            for place in places(inner):
                yield (name, *place)


def changed(value: Any, place: Place, other: Any) -> Any:
    """The same JSON with another value at a place."""
    copy = json.loads(json.dumps(value))
    at = copy
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = other
    return copy


def at(value: Any, place: Place) -> Any:
    """The value at a place."""
    for name in place:
        value = value[name]
    return value


@cache
def steps() -> list[tuple[str, list[str]]]:
    """The events of a finished election."""
    return steps_of(finished().archive)


@settings(max_examples=150)
@given(st.data())
def test_any_value_of_an_archive_matters(data: st.DataObject) -> None:
    """Elections, trustees, credentials, ballots, tally, decryptions, result and what refers."""
    events = [(type_, list(texts)) for type_, texts in steps()]
    step = data.draw(st.sampled_from([i for i, (_, texts) in enumerate(events) if texts]))
    texts = events[step][1]
    index = data.draw(st.integers(0, len(texts) - 1))
    message = json.loads(texts[index])
    place = data.draw(st.sampled_from(list(places(message))))
    other = data.draw(st.sampled_from(VALUES))
    before = Member(DATA, texts[index]).hash
    texts[index] = json.dumps(
        changed(message, place, other),
        ensure_ascii=other == "\ud800",
        separators=(",", ":"),
    )
    if texts[index] == steps()[step][1][index]:
        return
    after = Member(DATA, texts[index]).hash
    texts[index + 1 :] = [text.replace(before, after) for text in texts[index + 1 :]]
    claims = list(verify(rechained(events), None))
    assert not all(claim.holds for claim in claims)


@settings(max_examples=100)
@given(st.data())
def test_any_value_of_an_annex_matters(data: st.DataObject) -> None:
    """Manifest, commitments, co-signatures and decryption proofs."""
    lines = finished().chain.lines
    changed_line = data.draw(st.integers(0, len(lines) - 1))
    chain = Chain(board_key=finished().manifest.board_key)
    for number, line in enumerate(lines):
        payload = line.payload
        if number == changed_line:
            place = data.draw(st.sampled_from(list(places(payload))))
            # What the board cannot sign, no chain holds; that is tested with the chain.
            other = data.draw(st.sampled_from([v for v in VALUES if v not in ("\ud800", 1.5)]))
            if other == float("inf") or dumps(at(payload, place)) == dumps(other):
                return
            payload = changed(payload, place, other)
        chain.append(line.type, payload, KEY)
    claims = list(verify(finished().archive, chain.to_bytes()))
    assert not all(claim.holds for claim in claims)
