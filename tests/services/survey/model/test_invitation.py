"""Invitations: tokens, flags, reminders."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from services.commons.errors import Conflict
from services.survey.model.invitation import (
    PAGE,
    Invitation,
    InvitationPage,
    Reminder,
    new_token,
    token_hash,
)

DAY = dt.date(2026, 11, 2)
LIMITS = {"reminders": 2, "days_between_reminders": 3}


def test_a_token_has_128_bits_and_only_its_hash_is_kept() -> None:
    """26 characters of base32; a copy with dashes and capitals is the same."""
    token = new_token()
    assert len(token) == 26 and len({new_token() for _ in range(100)}) == 100
    invitation = Invitation("a", 1, "合成-1", "")
    token = invitation.renew()
    assert invitation.token_hash == hashlib.sha256(f"minsheng-invitation|{token}".encode()).digest()
    assert token_hash(f"{token[:6]}-{token[6:]}".upper()) == invitation.token_hash
    assert token not in repr(vars(invitation))


def test_a_new_token_kills_the_old_one() -> None:
    """The hash is another; passed on to another unit there is none at all."""
    invitation = Invitation("a", 1, "合成-1", "")
    old = token_hash(invitation.renew())
    assert invitation.token_hash == old
    invitation.renew()
    assert invitation.token_hash != old
    invitation.pass_on("合成-2")
    assert vars(invitation)["token_hash"] is None
    assert invitation.unit == "合成-2"


def test_flags_stand_in_pages_and_are_set_once() -> None:
    """The keys keep their order whoever answers first."""
    pages = InvitationPage.blank("a", range(1, PAGE + 3))
    assert [(page.page, len(page.answered)) for page in pages] == [(0, PAGE), (1, 2)]
    assert Invitation("a", PAGE, "", "").page == 0 and Invitation("a", PAGE + 1, "", "").page == 1
    last = pages[1]
    order = list(last.answered)
    last.take(PAGE + 2)
    last.take(PAGE + 1)
    assert list(last.answered) == order and all(last.answered.values())
    with pytest.raises(Conflict, match="already-answered"):
        last.take(PAGE + 1)


def test_reminders_have_limits() -> None:
    """Not too soon, and not more rounds than the audience's limits allow."""
    given = {
        "count": 5,
        "reminded_by": "x",
        "reason": "催答",
        "recorded_at": dt.datetime.now(dt.UTC),
    }
    first = Reminder.send("a", [], LIMITS, happened_on=DAY, **given)
    with pytest.raises(Conflict, match="reminder-too-soon"):
        Reminder.send("a", [first], LIMITS, happened_on=DAY + dt.timedelta(2), **given)
    second = Reminder.send("a", [first], LIMITS, happened_on=DAY + dt.timedelta(3), **given)
    assert (first.round, second.round) == (1, 2)
    with pytest.raises(Conflict, match="reminders-spent"):
        Reminder.send("a", [first, second], LIMITS, happened_on=DAY + dt.timedelta(9), **given)
