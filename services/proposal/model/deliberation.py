"""Deliberation (审议): opinions on a candidate and the answers to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.commons.aggregate import new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

#: What deputies look at before a session (必要性、可行性、财政保障能力).
CRITERIA = ("necessity", "feasibility", "fiscal-capacity")
#: Before the session (会前), and at it (会上).
PRE_SESSION, IN_SESSION = PHASES = ("pre-session", "in-session")
#: Whether the answer takes the opinion up (采纳、部分采纳、未采纳).
TAKEN_UP = ("yes", "partly", "no")


def opinion(
    criterion: str,
    text: str,
    deputy_id: str | None,
    day: dt.date,
    *,
    delegation: str | None,
    phase: str,
) -> dict[str, Any]:
    """What a deputy or a delegation thinks of one criterion (审议意见).

    Invalid if both speak, or neither; an earlier release kept opinions that name nobody.
    """
    if (deputy_id is None) == (delegation is None):
        raise Invalid(
            "speaker-unclear",
            "an opinion is a deputy's or a delegation's: it names one of them, not both",
            "审议意见由代表或代表团提出,须填写其中一项,不能同时填写",
            [{"pointer": "/delegation", "detail": "is needed just where there is no deputy_id"}],
        )
    return {
        "id": new_id(),
        "criterion": criterion,
        "phase": phase,
        "text": text,
        "deputy_id": deputy_id,
        "delegation": delegation,
        "happened_on": day.isoformat(),
        "answer": None,
    }


def answer(text: str, adopted: str, day: dt.date, *, by: str) -> dict[str, Any]:
    """An answer to an opinion; ``given_by``: who acted for the unit, which no view shows."""
    return {"text": text, "adopted": adopted, "happened_on": day.isoformat(), "given_by": by}


def answered(one: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """The opinion with its answer; Conflict the second time, Invalid before it was given."""
    if one.get("answer"):
        raise Conflict(
            "opinion-answered", "this opinion has been answered already", "该审议意见已经答复"
        )
    given, asked = (dt.date.fromisoformat(each["happened_on"]) for each in (said, one))
    not_before(given, asked)
    return one | {"answer": said}


def told(one: dict[str, Any]) -> dict[str, Any]:
    """What an event says of an opinion: neither its text nor whose it is."""
    by = "deputy" if one["deputy_id"] else "delegation" if one.get("delegation") else "office"
    return {
        "id": one["id"],
        "criterion": one["criterion"],
        "phase": one.get("phase", PRE_SESSION),
        "by": by,
        "happened_on": one["happened_on"],
    }
