"""Elections: hashed as they were received, refused unless every field is what it must be."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.election import Election
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.refused import Refused

from .samples import BLANK, PLAIN, election

BASE: dict[str, Any] = json.loads(election(PLAIN).text)


def test_an_election_is_hashed_as_it_was_received() -> None:
    """Spaces and other escapes count; the text is kept and never written anew."""
    text = json.dumps(BASE)
    at = Election.from_text(text)
    assert at.to_text() == text != election(PLAIN).text
    digest = hashlib.sha256(text.encode()).digest()
    assert at.hash == digest.hex()
    assert base64.b64decode(at.fingerprint + "=") == digest


@pytest.mark.parametrize("group", GROUPS)
def test_what_was_made_is_read_back(group: str) -> None:
    """A new election has all its parts, in either group."""
    at = election(PLAIN, BLANK, group=group)
    assert at.questions == (PLAIN, BLANK)
    assert at.group.text(at.y.element) == at.public_key
    assert at.administrator is None and '"administrator"' not in at.text


def test_optional_fields_are_kept() -> None:
    """Who administers an election may stand in it."""
    text = json.dumps({**BASE, "administrator": "甲", "credential_authority": "乙"})
    at = Election.from_text(text)
    assert (at.administrator, at.credential_authority) == ("甲", "乙")


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"version": 1.0},
        {"group": "RFC-3526-2048"},
        {"group": ["Ed25519"]},
        {"public_key": "00" * 31 + "01"},
        {"public_key": "02" + "00" * 31},
        {"public_key": 5},
        {"questions": []},
        {"questions": {}},
        {"questions": [{}]},
        {"uuid": "short"},
        {"uuid": "0OIl" * 5},
        {"name": None},
        {"administrator": None},
        {"extra": 1},
    ],
)
def test_other_fields_are_refused(changed: dict[str, Any]) -> None:
    """Other versions, groups, keys outside the group (the identity too), unknown fields."""
    with pytest.raises(Refused):
        Election.from_text(json.dumps({**BASE, **changed}))


@pytest.mark.parametrize("name", BASE)
def test_every_field_is_needed(name: str) -> None:
    """Left out or twice, it is refused."""
    less = {key: value for key, value in BASE.items() if key != name}
    twice = f'{json.dumps(BASE)[:-1]}, "{name}": {json.dumps(BASE[name])}}}'
    for text in (json.dumps(less), twice):
        with pytest.raises(Refused):
            Election.from_text(text)


@given(st.data())
def test_whatever_stands_in_a_field_an_election_or_a_refusal_comes_out(data: st.DataObject) -> None:
    """No JSON brings the reader down."""
    plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    anything = st.recursive(plain, lambda one: st.lists(one) | st.dictionaries(st.text(), one))
    read = copy.deepcopy(BASE)
    place = data.draw(st.sampled_from([read, read["questions"][0]]))
    place[data.draw(st.sampled_from(list(place)))] = data.draw(anything)
    text = json.dumps(read, ensure_ascii=data.draw(st.booleans()))
    with suppress(Refused):
        assert Election.from_text(text).text == text


@pytest.mark.parametrize("text", ["", "[]", "{", "NaN", "[" * 100_000, '"\ud800"', " " * 1_000_001])
def test_what_is_no_election_is_refused(text: str) -> None:
    """Malformed, deep, or long: the answer is the same."""
    with pytest.raises(Refused):
        Election.from_text(text)
