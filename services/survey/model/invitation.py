"""Invitations (邀请) with tokens that are used once, and the flags of who has answered.

A token has 128 random bits; only its SHA-256 is kept, so nobody can make a list of valid links out
of the database.  That somebody has answered is a flag, in a page with many others that is rewritten
whole, its keys in their first order: no time, no order, and nothing of what she said.  The page is
all that admission writes; see ``tally`` for what such a shape hides and what it cannot.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

#: Flags in one page: few enough to be rewritten with each answer, enough to hide among.
PAGE = 1_000


def new_token() -> str:
    """A token: 26 letters and digits, 128 bits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def token_hash(token: str) -> bytes:
    """What is kept of a token; case and dashes, which people add, do not matter."""
    return hashlib.sha256(
        b"minsheng-invitation|" + token.replace("-", "").strip().lower().encode()
    ).digest()


@dataclass(eq=False)
class Invitation:
    """One place in an audience's sample: whose it is, her cell, and the hash of the valid token.

    ``number``: from 1, in the order of the sample; it stays when the unit is replaced.
    """

    audience_id: str
    number: int
    unit: str
    cell: str
    token_hash: bytes | None = None

    @property
    def page(self) -> int:
        """Where its flag stands."""
        return (self.number - 1) // PAGE

    def renew(self) -> str:
        """A new token; the one before is worth nothing from now on."""
        token = new_token()
        self.token_hash = token_hash(token)
        return token

    def pass_on(self, unit: str) -> None:
        """Give the place to another unit of the same cell, which gets a token of its own."""
        self.unit, self.token_hash = unit, None


@dataclass(eq=False)
class InvitationPage:
    """Who of some invitations has answered: number → flag."""

    audience_id: str
    page: int
    answered: dict[str, bool]

    @classmethod
    def blank(cls, audience_id: str, numbers: Iterable[int]) -> list[InvitationPage]:
        """The pages before the first answer."""
        pages: dict[int, dict[str, bool]] = {}
        for number in sorted(numbers):
            pages.setdefault((number - 1) // PAGE, {})[str(number)] = False
        return [cls(audience_id, page, answered) for page, answered in pages.items()]

    def has(self, number: int) -> bool:
        """Whether that one has answered."""
        return self.answered[str(number)]

    def take(self, number: int) -> None:
        """Set the flag; Conflict if it is set."""
        if self.has(number):
            raise Conflict(
                "already-answered",
                "this invitation has been used; an answer is final",
                "该邀请已经使用,提交后不可更改",
            )
        self.answered = {**self.answered, str(number): True}


@dataclass(eq=False)
class Reminder(Aggregate):
    """One round of reminders (催答): when, and how many had not answered; nothing of the others."""

    id: str
    audience_id: str
    round: int
    happened_on: dt.date
    count: int
    reminded_by: str
    reason: str
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def send(
        cls, audience_id: str, before: list[Reminder], limits: dict[str, Any], **fields: Any
    ) -> Reminder:
        """The next round; Conflict if it is one too many or too soon by the audience's limits."""
        at_most, days = limits["reminders"], limits["days_between_reminders"]
        if len(before) >= at_most:
            raise Conflict(
                "reminders-spent",
                f"there were {at_most} rounds of reminders, and no more are allowed",
                f"已催答 {at_most} 轮,不得再催",
            )
        last = max((one.happened_on for one in before), default=None)
        if last is not None and (fields["happened_on"] - last).days < days:
            raise Conflict(
                "reminder-too-soon",
                f"the last round was on {last}; wait {days} days",
                f"上一轮催答为 {last},须间隔 {days} 天",
            )
        return cls(new_id(), audience_id, len(before) + 1, **fields)

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}


def not_by_invitation() -> Conflict:
    """What is said where nobody is invited."""
    return Conflict("not-by-invitation", "nobody is invited here", "该测评主体没有受邀名单")
