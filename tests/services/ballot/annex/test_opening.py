"""Opened ballots: the text between the voter's device and the one that checks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.annex.opening import opening_from_text, opening_to_text
from services.ballot.belenios.ballot import check_spoiled, make_ballot
from services.ballot.belenios.credential import make_credential
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.refused import Refused
from tests.services.ballot.belenios.samples import BLANK, PLAIN, election

AT = election(BLANK, PLAIN)
PREPARED = make_ballot(AT, make_credential(), [[0, 1, 0], [1, 0, 1]])


def test_an_opening_is_read_as_it_was_written() -> None:
    """The other device has all that it needs to recompute the ballot."""
    text = opening_to_text(PREPARED)
    read = opening_from_text(text, AT)
    assert read == PREPARED and opening_to_text(read) == text
    check_spoiled(AT, read, PREPARED.ballot.unsigned_hash)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(more=1),
        lambda data: data.pop("openings"),
        lambda data: data.update(ballot={}),
        lambda data: data.update(ballot=data["ballot"] + " "),
        lambda data: data["openings"].pop(),
        lambda data: data["openings"][0].pop(),
        lambda data: data["openings"][0][0].update(m=2),
        lambda data: data["openings"][0][0].update(m=True),
        lambda data: data["openings"][0][0].update(r=str(AT.group.q)),
        lambda data: data["openings"][0][0].update(r=5),
        lambda data: data["openings"][0][0].update(r="-5"),
        lambda data: data["openings"][0][0].pop("r"),
    ],
)
def test_what_is_malformed_is_refused(change: Callable[[Any], object]) -> None:
    """Other fields, lengths, numbers."""
    data = json.loads(opening_to_text(PREPARED))
    change(data)
    with pytest.raises(Refused):
        opening_from_text(dumps(data), AT)


@pytest.mark.parametrize("text", ["", "[]", "{", " " * 1_000_000])
def test_what_is_no_opening_is_refused(text: str) -> None:
    """Whatever comes, the answer is a refusal."""
    with pytest.raises(Refused):
        opening_from_text(text, AT)


def test_what_is_long_or_written_otherwise_is_refused() -> None:
    """Spaces between, or more bytes than any opening of this election has."""
    data = json.loads(opening_to_text(PREPARED))
    for text in (json.dumps(data), dumps({**data, "more": "x" * 1_000_000})):
        with pytest.raises(Refused, match="not-canonical|too-long"):
            opening_from_text(text, AT)
