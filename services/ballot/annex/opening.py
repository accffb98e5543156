"""The text of an opened ballot: what a second device is shown when its voter checks, not casts.

It never goes to the service: who reads it knows the choices.  The ballot in it is spoiled.
"""

from __future__ import annotations

from typing import Any

from services.ballot.belenios.ballot import Ballot, Prepared, most_bytes
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import (
    array,
    canonical,
    dumps,
    fields,
    integer,
    scalar,
    string,
)
from services.ballot.belenios.interval import Opened

_OPENING = 120  # bytes that one takes at most


def opening_to_text(prepared: Prepared) -> str:
    """The unsigned ballot, as a text, and for every ciphertext its randomness and its number."""
    rows = [[{"r": str(one.r), "m": one.m} for one in row] for row in prepared.openings]
    return dumps({"ballot": prepared.ballot.to_text(), "openings": rows})


def opening_from_text(text: str, election: Election) -> Prepared:
    """Read it; Refused unless it is well-formed.  Whether it is true is not asked."""
    ciphertexts = sum(one.ciphertexts for one in election.questions)
    most = 2 * most_bytes(election) + _OPENING * ciphertexts  # the quotes of the ballot are escaped
    read = fields(canonical(text, most=most), "ballot", "openings")
    rows = array(read["openings"], len(election.questions))
    openings = tuple(
        tuple(_opened(one, election.group.q) for one in array(row, question.ciphertexts))
        for question, row in zip(election.questions, rows, strict=True)
    )
    return Prepared(Ballot.from_text(string(read["ballot"]), election), openings)


def _opened(data: Any, q: int) -> Opened:
    read = fields(data, "r", "m")
    return Opened(scalar(read["r"], q), integer(read["m"], most=1))
