"""The result (票决结果): each candidate's verdict with its reason, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.commons.errors import NotFound

from .outcome import Outcome, Standing
from .reason import in_words

if TYPE_CHECKING:
    from .ballot import Ballot
    from .round import Round

_COUNTS = ("approve", "oppose", "abstain")
#: What the event leaves to the ballot's own record.
_NOT_CERTIFIED = ("reason_zh", "reason_en")


def verdicts(ballot: Ballot, outcome: Outcome) -> list[dict[str, Any]]:
    """One verdict a candidate in the order of the shortlist, from the round that settled it."""
    return [
        _verdict(ballot, candidate, outcome.standings[candidate["id"]])
        for candidate in ballot.candidates
    ]


def certified(ballot: Ballot) -> dict[str, Any]:
    """What ``result.certified.v1`` adds to the ballot's public state.

    ``present`` is of the first round, in which all candidates stood; each round has its own.
    """
    held = [one for one in ballot.rounds if one.is_confirmed]
    return {
        "certified_on": ballot.certified_on and ballot.certified_on.isoformat(),
        "roll": ballot.roll,
        "present": held[0].present,
        "seats": ballot.method.rules.seats,
        "vacant_seats": ballot.open_seats,
        "method": ballot.method.reference(),
        "rounds": [_round(one) for one in held],
        "candidates": [
            _certified_candidate(candidate, verdict)
            for candidate, verdict in zip(ballot.candidates, ballot.verdicts, strict=True)
        ],
    }


def published(ballot: Ballot) -> dict[str, Any]:
    """The certified result as the public reads it, with the reasons in words.

    Raises NotFound before it is certified: a count that nobody has signed is no result.
    """
    if ballot.certified_on is None:
        raise NotFound(
            "result-not-certified", "the result is not certified yet", "票决结果尚未确认公布"
        )
    told = {"candidates": ballot.verdicts, "vacancy": ballot.vacancy}
    return ballot.public_state() | certified(ballot) | told


def announced(ballot: Ballot) -> dict[str, Any]:
    """What ``result.announced.v1`` adds to the ballot's public state."""
    return {
        "number": ballot.announcement_number,
        "signed_by": ballot.announcement_signed_by,
        "announced_on": ballot.announced_on and ballot.announced_on.isoformat(),
        "seats": ballot.method.rules.seats,
        "vacant_seats": ballot.open_seats,
        "candidates": [
            {name: verdict[name] for name in ("candidate_id", "name", "chosen")}
            for verdict in ballot.verdicts
        ],
    }


def _verdict(ballot: Ballot, candidate: dict[str, Any], standing: Standing) -> dict[str, Any]:
    voted = ballot.rounds[standing.round - 1].voted
    marks = next(m for m in voted.count.candidates if m.candidate_id == candidate["id"])
    zh, en = in_words(standing.reason, marks, ballot.method.rules, ballot.roll, voted)
    return {
        "candidate_id": candidate["id"],
        "name": candidate["name"],
        "chosen": standing.reason.is_chosen,
        "reason": standing.reason.value,
        "reason_zh": zh,
        "reason_en": en,
        "round": standing.round,
        **{name: getattr(marks, name) for name in _COUNTS},
    }


def _certified_candidate(candidate: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    about = {name: value for name, value in candidate.items() if name not in ("id", "year")}
    told = {name: value for name, value in verdict.items() if name not in _NOT_CERTIFIED}
    return about | told


def _round(one: Round) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "opened_on": one.opened_on.isoformat(),
        "seats": one.seats,
        "present": one.present,
        **(one.count or {}),
    }
