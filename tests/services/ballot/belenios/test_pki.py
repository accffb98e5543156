"""Signatures, encryption and channels between trustees."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import ED25519, GROUPS, Element, Group
from services.ballot.belenios.pki import (
    SignedMessage,
    channel_message,
    decrypt,
    decryption_key,
    encrypt,
    make_seed,
    read_seed,
    receive,
    send,
    sign,
    signing_key,
    verify,
)
from services.ballot.belenios.proof import Proof

from .ceremonies import refused

EACH_GROUP = pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
SEED, OTHER = "CK4rbdpoL1iK4ksL61Qhhj", "WDaaqDHCvNNuW87HNnusiL"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)


def public(
    group: Group, seed: str, derive: Callable[[Group, str], int] = decryption_key
) -> Element:
    """The public key of a seed."""
    return group.exp_g(derive(group, seed))


def test_a_seed_is_22_characters_of_base_58() -> None:
    """A made one is read; one that was typed wrong is refused."""
    assert read_seed(make_seed()) != make_seed()
    for text in ("", SEED[:-1], SEED + "a", "0" + SEED[1:], SEED[:-1] + "l", SEED + "\n"):
        with refused("bad-seed"):
            read_seed(text)


@EACH_GROUP
@given(message=TEXTS)
def test_a_signature_is_for_one_key_and_one_text(group: Group, message: str) -> None:
    """It holds for both and for nothing else."""
    signed = sign(group, signing_key(group, SEED), message)
    vk, other = (public(group, seed, signing_key) for seed in (SEED, OTHER))
    assert verify(group, vk, message, signed.signature)
    assert not verify(group, other, message, signed.signature)
    assert not verify(group, vk, message + "x", signed.signature)
    changed = Proof(signed.signature.challenge, (signed.signature.response + 1) % group.q)
    assert not verify(group, vk, message, changed)


@EACH_GROUP
@given(message=TEXTS)
def test_what_is_encrypted_only_its_recipient_reads(group: Group, message: str) -> None:
    """The right key opens it, another does not."""
    text = encrypt(group, public(group, SEED), message)
    assert decrypt(group, decryption_key(group, SEED), text) == message
    with refused("unreadable"):
        decrypt(group, decryption_key(group, OTHER), text)


@pytest.mark.parametrize("part", ["alpha", "beta", "data", "algorithm"])
def test_a_changed_ciphertext_is_refused(part: str) -> None:
    """Every part of an encrypted message is authenticated."""
    group = ED25519
    data = json.loads(encrypt(group, public(group, SEED), "text"))
    changed = {
        "alpha": group.text(group.exp_g(5)),
        "beta": group.text(group.exp_g(5)),
        "data": data["data"][:-2] + ("00" if data["data"][-2:] != "00" else "01"),
        "algorithm": "AES-CCM",
    }
    data[part] = changed[part]
    with refused("unreadable"):
        decrypt(group, decryption_key(group, SEED), dumps(data))


def test_a_ciphertext_off_the_group_is_refused() -> None:
    """The identity and points of small order would give away the key modulo the cofactor."""
    group = ED25519
    data = json.loads(encrypt(group, public(group, SEED), "text"))
    for alpha in ("00" * 31 + "01", "00" * 32, "7f" + "ff" * 30 + "ec"):
        with refused("not-in-group"):
            decrypt(group, decryption_key(group, SEED), dumps(data | {"alpha": alpha}))


@EACH_GROUP
def test_a_channel_has_one_sender_and_one_recipient(group: Group) -> None:
    """What another signed, or what was meant for another, is refused."""
    sk, dk = signing_key(group, SEED), decryption_key(group, OTHER)
    vk, ek = public(group, SEED, signing_key), public(group, OTHER)
    sent = send(group, sk, group.text(ek), "份额")
    signed = receive(group, dk, vk, sent)
    assert channel_message(group, vk, group.text(ek), signed) == "份额"
    with refused("bad-signature"):
        receive(group, dk, public(group, OTHER, signing_key), sent)
    forwarded = encrypt(group, public(group, SEED), dumps(signed.to_data()))
    with refused("wrong-recipient"):
        receive(group, decryption_key(group, SEED), vk, forwarded)


def test_signed_messages_have_one_form() -> None:
    """Other orders, blanks and further fields are refused, and numbers from q on."""
    group = ED25519
    data = sign(group, signing_key(group, SEED), "text").to_data()
    assert SignedMessage.from_text(dumps(data), group.q).to_data() == data
    swapped = dict(reversed(data.items()))
    beyond = data | {"signature": data["signature"] | {"challenge": str(group.q)}}
    for text, code in (
        (dumps(swapped), "not-canonical"),
        (json.dumps(data), "not-canonical"),
        (dumps(data | {"more": 1}), "wrong-fields"),
        (dumps(beyond), "bad-scalar"),
    ):
        with refused(code):
            SignedMessage.from_text(text, group.q)
