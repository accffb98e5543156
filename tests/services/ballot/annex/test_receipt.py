"""Receipts, and the signatures that they carry."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from services.ballot.annex import signing
from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.refused import Refused
from tests.services.ballot.belenios.archives import THRESHOLD_ED25519, entries

from .manifests import KEY

ENTRIES = entries(THRESHOLD_ED25519.read_bytes())
BOARD = signing.public(KEY)
RECEIPT = Receipt.made("uTRT9mVxBfxQEG", ENTRIES[3], KEY)
#: C2SP/wycheproof, testvectors_v1 (Apache-2.0).
WYCHEPROOF = Path(__file__).parent / "vectors" / "wycheproof-ed25519_test.json"


def test_a_receipt_names_its_event() -> None:
    """Read again, it is the same and holds."""
    again = Receipt.from_text(RECEIPT.to_text())
    again.check(BOARD)
    assert again == RECEIPT
    assert (again.event, again.height) == (ENTRIES[3].hash, 3)


def test_receipts_are_for_ballots_only() -> None:
    """Neither the Setup nor the end has one."""
    for entry in (ENTRIES[0], ENTRIES[101]):
        with pytest.raises(ValueError):
            Receipt.made("uTRT9mVxBfxQEG", entry, KEY)


@pytest.mark.parametrize("field", ["uuid", "height", "parent", "tracker"])
def test_a_receipt_for_something_else_is_refused(field: str) -> None:
    """The board signed this election, this ballot and this place, and no other."""
    other = Receipt.made("zTRT9mVxBfxQEG", ENTRIES[4], KEY)
    changed = dataclasses.replace(RECEIPT, **{field: getattr(other, field)})
    with pytest.raises(Refused, match="bad-signature"):
        changed.check(BOARD)


def test_another_board_gave_no_receipt() -> None:
    """Its key does not verify it."""
    with pytest.raises(Refused, match="bad-signature"):
        RECEIPT.check(signing.public(SigningKey(bytes(32))))


@pytest.mark.parametrize(
    "change",
    [
        {"event": "0" * 64},
        {"height": 4},
        {"height": -1},
        {"parent": "0" * 64},
        {"tracker": "x" * 43},
        {"tracker": RECEIPT.tracker[:-1] + "F"},
        {"tracker": RECEIPT.tracker + "="},
        {"tracker": 1},
        {"uuid": "a b"},
        {"note": ""},
    ],
    ids=str,
)
def test_receipts_that_cannot_be_are_refused(change: dict[str, Any]) -> None:
    """The event follows from tracker and place, and each has one spelling."""
    with pytest.raises(Refused):
        Receipt.from_text(json.dumps(RECEIPT.to_data() | change))


def test_signatures_are_judged_as_wycheproof_judges_them() -> None:
    """All 151 cases: malleable, truncated and otherwise wrong signatures are refused."""
    count = 0
    for group in json.loads(WYCHEPROOF.read_text())["testGroups"]:
        key = group["publicKey"]["pk"]
        for case in group["tests"]:
            count += 1
            holds = True
            try:
                signing.check(key, bytes.fromhex(case["msg"]), case["sig"])
            except Refused:
                holds = False
            assert holds == (case["result"] == "valid"), (case["tcId"], case["comment"])
    assert count == 151
