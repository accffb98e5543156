"""The annex: signed lines in a chain."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nacl.signing import SigningKey

from services.ballot.annex.chain import MANIFEST, PAPER, SPOILED, TYPES, Chain
from services.ballot.belenios.refused import Refused
from services.commons.canonical import canonical

from .manifests import KEY, manifest

OTHER = SigningKey(bytes(32))


def annex() -> Chain:
    """Three lines."""
    chain = Chain()
    chain.append(MANIFEST, manifest().to_data(), KEY)
    chain.append(SPOILED, {"hash": "某"}, KEY)
    chain.append(PAPER, {"count": 3}, KEY)
    return chain


def test_an_annex_is_read_as_it_is_written() -> None:
    """All lines come back, and the manifest with them."""
    chain = annex()
    again = Chain.from_bytes(chain.to_bytes())
    assert again.lines == chain.lines and again.manifest == manifest()
    assert again.of(PAPER) == [{"count": 3}]


def test_a_chain_goes_on_from_its_newest_line() -> None:
    """A service that restarts needs only that line and the board's key."""
    chain = annex()
    assert chain.last and chain.board_key
    resumed = Chain.resumed(chain.last.text, chain.board_key)
    chain.take(resumed.append(SPOILED, {"hash": "x"}, KEY))
    assert chain.last.height == 3


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_missing_line_is_refused(left_out: int) -> None:
    """Each line names the one before it."""
    lines = annex().to_bytes().splitlines(keepends=True)
    del lines[left_out]
    with pytest.raises(Refused, match="broken-chain"):
        Chain.from_bytes(b"".join(lines))


def test_lines_of_another_key_are_refused() -> None:
    """The key of the manifest signs them all, the manifest too."""
    chain = annex()
    with pytest.raises(Refused, match="bad-signature"):
        chain.append(PAPER, {"count": 4}, OTHER)
    with pytest.raises(Refused, match="bad-signature"):
        Chain().append(MANIFEST, manifest().to_data(), OTHER)


def test_a_changed_line_is_refused() -> None:
    """A digit more on paper breaks the signature."""
    with pytest.raises(Refused, match="bad-signature"):
        Chain.from_bytes(annex().to_bytes().replace(b'{"count":3}', b'{"count":4}'))


def test_one_manifest_stands_first() -> None:
    """Not a second one, and nothing before it."""
    with pytest.raises(Refused, match="out-of-sequence"):
        annex().append(MANIFEST, manifest().to_data(), KEY)
    with pytest.raises(Refused, match="out-of-sequence"):
        Chain().append(PAPER, {"count": 3}, KEY)
    with pytest.raises(Refused, match="no-manifest"):
        _ = Chain().manifest


@pytest.mark.parametrize(
    "change",
    [
        {"note": "x"},
        {"height": True},
        {"height": 1.5},
        {"type": "note"},
        {"type": ["paper"]},
        {"payload": []},
        {"parent": None},
        {"signature": None},
        {"signature": "A" * 128},
        {"signature": "0" * 126},
    ],
    ids=str,
)
def test_lines_of_another_form_are_refused(change: dict[str, Any]) -> None:
    """Fields, types and digits are as they are described."""
    chain = annex()
    assert chain.last
    text = canonical(json.loads(chain.last.text) | change)
    chain.lines.pop()
    chain.last = chain.lines[-1]
    with pytest.raises(Refused):
        chain.take(text)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b'"height":1', b'"height": 1'),
        lambda data: data.replace(b'"count":3', b'"count":3.0'),
        lambda data: data.replace(b'"count":3', b'"count":1e999'),
        lambda data: data.replace("某".encode(), rb"\u67d0"),
        lambda data: data.replace("某".encode(), rb"\ud800"),
        lambda data: data.replace(b'{"hash":', rb'{"\ud800":'),
        lambda data: data.replace("某".encode(), b"\xff"),
        lambda data: data.replace(b'"count":3', b'"count":3,"count":3'),
        lambda data: b"[" * 100_000,
        lambda data: b"",
        lambda data: b"\n",
    ],
)
def test_texts_written_otherwise_are_refused(spoil: Any) -> None:
    """A line has one text, so that its hash is its only hash."""
    with pytest.raises(Refused):
        Chain.from_bytes(spoil(annex().to_bytes()))


def test_every_type_has_a_line() -> None:
    """All types that are described are taken."""
    chain = Chain()
    for type_ in TYPES:
        payload: dict[str, Any] = manifest().to_data() if type_ == MANIFEST else {}
        chain.append(type_, payload, KEY)
    assert [line.type for line in chain.lines] == list(TYPES)
