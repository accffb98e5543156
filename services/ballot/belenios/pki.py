"""Public key infrastructure of the trustees: who signs, who reads, and channels between two.

Every trustee has a secret *seed* of 22 base58 characters; her signing and her decryption key are
hashes of it.  Specification, sections "Public key infrastructure" and "Channels".
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .encoding import BASE58, canonical, dumps, encoded, fields, string
from .group import Element, Group
from .proof import Proof, knows, prove_knowledge, random_scalar
from .refused import Refused

#: Bytes that a message may have: the coefficients of fifty trustees come to half of it.
MOST_BYTES = 4_000_000
_SEED = re.compile(rf"[{BASE58}]{{22}}", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_ALGORITHM = "AES-GCM"


class Message(Protocol):
    """Anything that is written as a message of the specification."""

    def to_data(self) -> Any:
        """The message."""


_Message = TypeVar("_Message", bound=Message)


def written(value: _Message, text: str) -> _Message:
    """The value, if it is written just like this; Refused for another order of its fields."""
    if dumps(value.to_data()) != text:
        raise Refused(
            "not-canonical",
            "the fields do not stand in the specification's order",
            "字段顺序与规范不符",
        )
    return value


def make_seed() -> str:
    """A new seed: 128 bits of chance."""
    return "".join(secrets.choice(BASE58) for _ in range(22))


def read_seed(text: str) -> str:
    """A seed as it was typed; Refused if it cannot be one."""
    if not isinstance(text, str) or not _SEED.fullmatch(text):
        raise Refused(
            "bad-seed", "a seed has 22 characters of base 58", "种子应为 22 个 base58 字符"
        )
    return text


def signing_key(group: Group, seed: str) -> int:
    """``sk``, which signs."""
    return _derived(group, "sk", seed)


def decryption_key(group: Group, seed: str) -> int:
    """``dk``, which reads what is sent to its owner; it decrypts no tally."""
    return _derived(group, "dk", seed)


def _derived(group: Group, use: str, seed: str) -> int:
    digest = hashlib.sha256(f"{use}|{seed}".encode()).digest()
    return int.from_bytes(digest, "big") % group.q


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """``signed_msg``: a text and the signature over it."""

    message: str
    signature: Proof

    @classmethod
    def from_data(cls, data: Any, q: int) -> SignedMessage:
        """Read the message; who signed it is not asked."""
        read = fields(data, "message", "signature")
        return cls(string(read["message"]), Proof.from_data(read["signature"], q))

    @classmethod
    def from_text(cls, text: str, q: int) -> SignedMessage:
        """Read the message's JSON."""
        return written(cls.from_data(canonical(text, most=MOST_BYTES), q), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {"message": self.message, "signature": self.signature.to_data()}


def sign(group: Group, sk: int, message: str) -> SignedMessage:
    """Sign a text."""
    return SignedMessage(message, prove_knowledge(group, sk, _signed(message)))


def verify(group: Group, vk: Element, message: str, signature: Proof) -> bool:
    """Whether the owner of a verification key signed the text."""
    encoded(message)
    return knows(group, vk, signature, _signed(message))


def _signed(message: str) -> Callable[[str], str]:
    return lambda commitment: f"sigmsg|{message}|{commitment}"


def encrypt(group: Group, ek: Element, message: str) -> str:
    """``encrypted_msg`` to the owner of an encryption key."""
    r = random_scalar(group)
    secret = group.exp_g(random_scalar(group))
    alpha = group.text(group.exp_g(r))
    beta = group.text(group.mul(group.exp_secret(ek, r), secret))
    sealed = _cipher(group, secret).encrypt(_iv(alpha), encoded(message), None)
    return dumps({"algorithm": _ALGORITHM, "alpha": alpha, "beta": beta, "data": sealed.hex()})


def decrypt(group: Group, dk: int, text: str) -> str:
    """The text of an ``encrypted_msg``; Refused if it was changed or is for somebody else."""
    read = fields(canonical(text, most=MOST_BYTES), "algorithm", "alpha", "beta", "data")
    data = string(read["data"])
    if read["algorithm"] != _ALGORITHM or not _HEX.fullmatch(data):
        raise _unreadable()
    alpha, beta = group.parse(read["alpha"]), group.parse(read["beta"], identity=True)
    secret = group.div(beta, group.exp_secret(alpha, dk))
    try:
        plain = _cipher(group, secret).decrypt(_iv(read["alpha"]), bytes.fromhex(data), None)
        return plain.decode()
    except (InvalidTag, ValueError) as exc:
        raise _unreadable() from exc


def _cipher(group: Group, secret: Element) -> AESGCM:
    return AESGCM(hashlib.sha256(f"key|{group.text(secret)}".encode()).digest())


def _iv(alpha: str) -> bytes:
    """All 32 bytes of the hash: AES-GCM takes nonces of other lengths than twelve."""
    return hashlib.sha256(f"iv|{alpha}".encode()).digest()


def send(group: Group, sk: int, recipient: str, message: str) -> str:
    """What only ``recipient`` (an encryption key) reads, and knows who wrote it."""
    ek = group.parse(recipient)
    signed = sign(group, sk, dumps({"recipient": recipient, "message": message}))
    return encrypt(group, ek, dumps(signed.to_data()))


def receive(group: Group, dk: int, vk: Element, text: str) -> SignedMessage:
    """The ``channel_msg`` that the owner of ``vk`` sent, still signed; Refused otherwise."""
    signed = SignedMessage.from_text(decrypt(group, dk, text), group.q)
    channel_message(group, vk, group.text(group.exp_g(dk)), signed)
    return signed


def channel_message(group: Group, vk: Element, recipient: str, signed: SignedMessage) -> str:
    """What a signed ``channel_msg`` says; Refused for another sender or another recipient."""
    if not verify(group, vk, signed.message, signed.signature):
        raise Refused("bad-signature", "the sender did not sign this message", "消息签名无效")
    read = fields(canonical(signed.message, most=MOST_BYTES), "recipient", "message")
    if read["recipient"] != recipient:
        raise Refused("wrong-recipient", "this message is for somebody else", "消息的收件人不符")
    return string(read["message"])


def _unreadable() -> Refused:
    return Refused("unreadable", "this message cannot be decrypted", "消息无法解密")
