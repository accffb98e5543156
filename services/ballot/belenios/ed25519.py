"""The group ``Ed25519``: the subgroup of prime order of that curve, on PyNaCl (libsodium).

Elements are the 32 bytes of RFC 8032; Belenios writes them the other way round, as the hexadecimal
digits of the big-endian number.  libsodium refuses a zero exponent and the identity, which are
inputs here, and takes exponents from ``q`` on, which are not: so both are seen to before it is
asked.  It checks the subgroup in every multiplication; versions that let points of twice the order
pass are refused at import.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import CryptoError

from .refused import Refused

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_ONE = bytes([1]) + bytes(31)
_TEXT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_RUNTIME = (CryptoError, RuntimeError)

_multiply = bindings.crypto_scalarmult_ed25519_noclamp
_multiply_base = bindings.crypto_scalarmult_ed25519_base_noclamp
_add = bindings.crypto_core_ed25519_add
_subtract = bindings.crypto_core_ed25519_sub


def _check_library() -> None:
    """Raise ImportError where libsodium takes a point that is not in the subgroup of order q.

    Some versions asked of q·P only that its x is 0, which (0, −1) has, too: the point of order 2.
    Then P + (0, −1), which is P with the other sign of both coordinates, passes for an element.
    """
    y = int.from_bytes(_multiply_base((1).to_bytes(32, "little")), "little")
    sign, y = y >> 255, y % 2**255
    outside = (_P - y | (1 - sign) << 255).to_bytes(32, "little")
    taken = bindings.crypto_core_ed25519_is_valid_point(outside)
    with suppress(*_RUNTIME):
        taken = bool(_multiply((2).to_bytes(32, "little"), outside))
    if taken:
        raise ImportError(
            "this libsodium takes points outside the prime-order subgroup of Ed25519, so no vote "
            "could be verified with it; install PyNaCl 1.6.2 or newer with its own libsodium "
            "(此 libsodium 版本不检查子群,请安装 PyNaCl 1.6.2 或更新版本)"
        )


_check_library()


class Ed25519:
    """See :class:`~services.ballot.belenios.group.Group`."""

    name = "Ed25519"
    q = _Q
    one = _ONE

    def __init__(self) -> None:
        self.g = self.exp_g(1)

    def decode(self, text: str) -> bytes:
        """The bytes that a text writes; whether they are a point is not asked."""
        if not isinstance(text, str) or not _TEXT.fullmatch(text):
            raise _not_in_group()
        return bytes.fromhex(text)[::-1]

    def parse(self, text: str, *, identity: bool = False) -> bytes:
        """An element of the group; Refused otherwise."""
        element = self.decode(text)
        if identity and element == _ONE:
            return element
        if not bindings.crypto_core_ed25519_is_valid_point(element):
            raise _not_in_group()
        return element

    def text(self, element: bytes) -> str:
        """The hexadecimal digits of the big-endian number."""
        return element[::-1].hex()

    def mul(self, a: bytes, b: bytes) -> bytes:
        """The product (the curve's sum)."""
        return _add(a, b)

    def div(self, a: bytes, b: bytes) -> bytes:
        """The quotient."""
        return _subtract(a, b)

    def exp(self, base: bytes, exponent: int) -> bytes:
        """A power (the curve's multiple); Refused if the base is not in the group."""
        exponent %= _Q
        if base == _ONE:
            return _ONE
        if not exponent:
            self.parse(self.text(base))
            return _ONE
        try:
            return _multiply(exponent.to_bytes(32, "little"), base)
        except _RUNTIME as exc:
            raise _not_in_group() from exc

    exp_secret = exp

    def exp_g(self, exponent: int) -> bytes:
        """A power of the generator."""
        exponent %= _Q
        return _multiply_base(exponent.to_bytes(32, "little")) if exponent else _ONE

    def base(self, text: str) -> Base:
        """An element that several exponents are put to; each of them checks that it is one."""
        element = self.decode(text)
        if element == _ONE:
            raise _not_in_group()
        return Base(self, element)

    def shared(self, element: bytes) -> Base:
        """The same for an element that was computed."""
        return Base(self, element)

    def fixed(self, element: bytes) -> Base:
        """An element that thousands of exponents are put to."""
        return Base(self, element)


@dataclass(frozen=True, slots=True)
class Base:
    """One base; libsodium has no tables for others than its own."""

    group: Ed25519
    element: bytes

    def exp(self, exponent: int) -> bytes:
        """The power."""
        return self.group.exp(self.element, exponent)


def _not_in_group() -> Refused:
    return Refused("not-in-group", "this is no element of the group Ed25519", "不是该群的元素")
