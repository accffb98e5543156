"""Key files say what they are, and open with their passphrase only."""

from __future__ import annotations

import json

import pytest
from nacl.pwhash import argon2id

from services.ballot.annex.keyfile import (
    BOARD,
    CREDENTIALS_LIST,
    TRUSTEE_SEED,
    seal,
    unseal,
)

from ..belenios.ceremonies import refused

CHEAP = (argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
PASSPHRASE = "杭州市上城区二〇二三年大会"
SECRET = "CK4rbdpoL1iK4ksL61Qhhj"


def sealed(kind: str = TRUSTEE_SEED, secret: str = SECRET) -> str:
    """A key file that costs little."""
    return seal(kind, secret, PASSPHRASE, cost=CHEAP)


@pytest.mark.parametrize("kind", [TRUSTEE_SEED, CREDENTIALS_LIST, BOARD])
def test_a_file_opens_with_its_passphrase(kind: str) -> None:
    """It gives what was sealed, says in two languages what it is, and does not show the secret."""
    text = sealed(kind, "凭证 " + SECRET)
    assert unseal(kind, text, PASSPHRASE) == "凭证 " + SECRET
    data = json.loads(text)
    assert data["kind"] == kind and SECRET not in text
    assert all(data[name][language] for name in ("what", "share") for language in ("zh", "en"))


def test_the_usual_cost_is_argon2ids_moderate_one() -> None:
    """A file made without another cost says so, and opens."""
    text = seal(TRUSTEE_SEED, SECRET, PASSPHRASE)
    made = json.loads(text)["argon2id"]
    assert (made["passes"], made["memory"]) == (3, 2**28)
    assert unseal(TRUSTEE_SEED, text, PASSPHRASE) == SECRET


def test_no_two_files_are_alike() -> None:
    """Salt and nonce are new each time."""
    assert sealed() != sealed()


def test_a_passphrase_may_be_composed_otherwise() -> None:
    """Full-width letters and blanks around it are what another keyboard makes of the same."""
    text = seal(TRUSTEE_SEED, SECRET, "Ａbcdefghijklm", cost=CHEAP)
    assert unseal(TRUSTEE_SEED, text, " Abcdefghijklm ") == SECRET


def test_a_wrong_passphrase_opens_nothing() -> None:
    """Neither does a damaged file."""
    text = sealed()
    with refused("wrong-passphrase"):
        unseal(TRUSTEE_SEED, text, PASSPHRASE + "x")
    data = json.loads(text)
    for changed in (
        data["sealed"][:-2] + ("00" if data["sealed"][-2:] != "00" else "01"),
        data["sealed"][:20],
        "00",
    ):
        with refused("wrong-passphrase"):
            unseal(TRUSTEE_SEED, json.dumps(data | {"sealed": changed}), PASSPHRASE)


def test_a_file_is_of_one_kind() -> None:
    """One cannot be passed for another, not by changing what it says either."""
    text = sealed(BOARD)
    with refused("wrong-kind"):
        unseal(TRUSTEE_SEED, text, PASSPHRASE)
    relabelled = json.dumps(json.loads(text) | {"kind": TRUSTEE_SEED})
    with refused("wrong-kind"):
        unseal(TRUSTEE_SEED, relabelled, PASSPHRASE)
    for kind in ("", "other"):
        with refused("wrong-kind"):
            seal(kind, SECRET, PASSPHRASE, cost=CHEAP)


def test_a_file_cannot_exhaust_the_machine() -> None:
    """Costs beyond a gigabyte or sixteen passes are refused before anything is computed."""
    data = json.loads(sealed())
    for name, cost in (("memory", 2**40), ("passes", 10**6), ("memory", True), ("passes", "3")):
        made = data["argon2id"] | {name: cost}
        with refused("wrong-type"):
            unseal(TRUSTEE_SEED, json.dumps(data | {"argon2id": made}), PASSPHRASE)


def test_what_is_no_key_file_is_refused() -> None:
    """Other fields, other versions, other hexadecimal digits, and what is no JSON."""
    data = json.loads(sealed())
    for changed, code in (
        (data | {"version": 2}, "wrong-kind"),
        (data | {"more": 1}, "wrong-fields"),
        (data | {"sealed": data["sealed"].upper()}, "damaged"),
        (data | {"sealed": 5}, "damaged"),
        (data | {"argon2id": data["argon2id"] | {"salt": "zz"}}, "damaged"),
        (data | {"argon2id": data["argon2id"] | {"salt": "00"}}, "wrong-passphrase|damaged"),
        (data | {"argon2id": data["argon2id"] | {"passes": 0}}, "wrong-passphrase|damaged"),
        (data | {"argon2id": data["argon2id"] | {"memory": 1}}, "wrong-passphrase|damaged"),
    ):
        with refused(code):
            unseal(TRUSTEE_SEED, json.dumps(changed), PASSPHRASE)
    with refused("not-json"):
        unseal(TRUSTEE_SEED, "MZ\x90", PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "short", "  12345678901  "])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    """Twelve characters at least, blanks around it not counted."""
    with refused("short-passphrase"):
        seal(TRUSTEE_SEED, SECRET, passphrase, cost=CHEAP)
