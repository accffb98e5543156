"""Who asks, as far as this service tells persons apart."""

from __future__ import annotations

from dataclasses import dataclass

#: Those who handle other people's suggestions, or answer them.
STAFF = ("clerk", "secretariat", "government", "auditor")
READERS = (*STAFF, "deputy", "unit")
#: Who enters what was said on paper or by word of mouth.
ENTERING = ("clerk", "government")


@dataclass(frozen=True)
class Asker:
    """Somebody with a token: ``author`` is what stands for her on what she submits herself."""

    subject: str
    roles: frozenset[str]
    author: str

    def has(self, *roles: str) -> bool:
        """Whether she has one of the roles."""
        return not self.roles.isdisjoint(roles)
