"""The groups that elections are held in, behind one small interface.

A group has prime order ``q`` and a generator ``g`` and is written multiplicatively, as in the
specification.  Elements are opaque; in messages they are texts, and what is hashed is the text.
"""

from __future__ import annotations

from typing import Any, Protocol

from .belenios_2048 import Belenios2048
from .ed25519 import Ed25519
from .refused import Refused

#: An element, as its group holds it.
Element = Any


class Base(Protocol):
    """An element with what makes its powers cheap."""

    @property
    def element(self) -> Element:
        """The element itself."""

    def exp(self, exponent: int) -> Element:
        """Its power; Refused if it turns out not to be in the group."""


class Group(Protocol):
    """What the protocol asks of a group.  Exponents are reduced modulo ``q``."""

    @property
    def name(self) -> str:
        """Its name in messages and hashes."""

    @property
    def q(self) -> int:
        """Its order, a prime."""

    @property
    def g(self) -> Element:
        """The generator."""

    @property
    def one(self) -> Element:
        """The identity."""

    def decode(self, text: str) -> Element:
        """The element of a text that was parsed before: whether it is one is not asked again."""

    def parse(self, text: str, *, identity: bool = False) -> Element:
        """The element that a text writes; Refused if it is none, or the identity unasked."""

    def text(self, element: Element) -> str:
        """How an element is written."""

    def mul(self, a: Element, b: Element) -> Element:
        """The product of two elements."""

    def div(self, a: Element, b: Element) -> Element:
        """The quotient of two elements."""

    def exp(self, base: Element, exponent: int) -> Element:
        """A power."""

    def exp_secret(self, base: Element, exponent: int) -> Element:
        """A power with a secret exponent; slower where that helps, without a promise."""

    def exp_g(self, exponent: int) -> Element:
        """A power of the generator."""

    def base(self, text: str) -> Base:
        """A written element, not the identity, for several powers.

        Refused if it is not in the group, here or at its first power: take at least one.
        """

    def shared(self, element: Element) -> Base:
        """The same for an element that was computed."""

    def fixed(self, element: Element) -> Base:
        """The same for thousands of powers: it may cost some milliseconds and megabytes."""


ED25519: Group = Ed25519()
BELENIOS_2048: Group = Belenios2048()
GROUPS: dict[str, Group] = {group.name: group for group in (ED25519, BELENIOS_2048)}


def group_named(name: Any) -> Group:
    """The group of this name; Refused if there is none."""
    if isinstance(name, str) and name in GROUPS:
        return GROUPS[name]
    known = ", ".join(GROUPS)
    raise Refused("unknown-group", f"the group must be one of {known}", f"群应为其中之一:{known}")
