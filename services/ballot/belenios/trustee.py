"""``trustees``: everybody whose keys make up the election's key.

A ``Single`` trustee must decrypt; of a ``Pedersen`` group, ``threshold`` must.  Trustees are
numbered from 1 over all keys, in order; that number is a partial decryption's ``owner``.
Specification, section "Trustees".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .certificate import MOST_TRUSTEES
from .encoding import array, canonical, dumps, encoded, sha256_hex
from .group import Group
from .pki import MOST_BYTES, written
from .refused import Refused
from .threshold import ThresholdParameters, check_parameters
from .trustee_key import TrusteePublicKey, check_key

Item = TrusteePublicKey | ThresholdParameters

__all__ = ["Item", "Trustees", "TrusteePublicKey"]


@dataclass(frozen=True, slots=True)
class Trustees:
    """``trustees``, checked: signatures, certificates, coefficients, proofs of knowledge."""

    items: tuple[Item, ...]
    election_key: str

    @classmethod
    def made(cls, group: Group, items: Sequence[Item]) -> Trustees:
        """From their parts; Refused if one does not hold, or the keys' product is the identity."""
        if not items:
            raise Refused("no-trustees", "there are no trustees", "没有监票人")
        product = group.one
        for item in items:
            product = group.mul(product, _checked(group, item))
        text = group.text(product)
        group.parse(text)
        trustees = cls(tuple(items), text)
        single = [item.public_key for item in items if isinstance(item, TrusteePublicKey)]
        if len(set(single)) < len(single):
            raise Refused("same-key", "two trustees have the same key", "两位监票人使用同一公钥")
        return trustees

    @classmethod
    def from_text(cls, text: str, group: Group) -> Trustees:
        """Read the message's JSON and check everything in it."""
        data = array(canonical(text, most=MOST_BYTES), most=MOST_TRUSTEES)
        return written(cls.made(group, [_item(one, group.q) for one in data]), text)

    @property
    def verification_keys(self) -> tuple[TrusteePublicKey, ...]:
        """All keys; the owner of the first is 1."""
        keys: list[TrusteePublicKey] = []
        for item in self.items:
            keys.extend(_keys(item))
        return tuple(keys)

    @property
    def groups(self) -> tuple[tuple[Item, tuple[int, ...]], ...]:
        """Every item with the numbers of its owners."""
        made, first = [], 1
        for item in self.items:
            after = first + len(_keys(item))
            made.append((item, tuple(range(first, after))))
            first = after
        return tuple(made)

    @property
    def hash(self) -> str:
        """The name of the message in an archive: SHA-256 in hexadecimal digits."""
        return sha256_hex(encoded(self.to_text()))

    def to_data(self) -> list[Any]:
        """The message."""
        return [[_KINDS[type(item)], item.to_data()] for item in self.items]

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


_KINDS = {TrusteePublicKey: "Single", ThresholdParameters: "Pedersen"}


def _item(data: Any, q: int) -> Item:
    kind, value = array(data, 2)
    if kind == "Single":
        return TrusteePublicKey.from_data(value, q)
    if kind == "Pedersen":
        return ThresholdParameters.from_data(value, q)
    raise Refused("unknown-trustee", 'a trustee is "Single" or "Pedersen"', "未知的监票人类型")


def _keys(item: Item) -> tuple[TrusteePublicKey, ...]:
    return (item,) if isinstance(item, TrusteePublicKey) else item.verification_keys


def _checked(group: Group, item: Item) -> Any:
    if isinstance(item, TrusteePublicKey):
        if item.signature is not None:
            raise Refused("wrong-fields", "a single trustee's key has no signature", "字段不符")
        return check_key(group, item)
    return check_parameters(group, item)
