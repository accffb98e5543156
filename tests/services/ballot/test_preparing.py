"""Before the opening of an electronic vote: the register of credentials, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.belenios.credential import make_credential, public
from services.commons.errors import Conflict, Forbidden, Invalid

from . import congress
from .congress import CLOSING
from .stages import TICKS, Stages, refused, ticks
from .test_ceremonies import nothing, registered, started
from .test_refused_ballots import MINUS_ONE, OFF_CURVE
from .voting import CHIEF, OFFICE, SCRUTINEER, Vote


def register(vote: Vote, uuid: str, credentials: list[str], **how: Any) -> Any:
    """Register texts as the credentials of an election."""
    body = {"uuid": uuid, "credentials": credentials, "happened_on": CLOSING}
    return vote.box.call("register_credentials", vote.id, body, **({"roles": OFFICE} | how))


def made(vote: Vote, uuid: str, number: int = 9) -> list[str]:
    """So many new credentials."""
    return [public(uuid, make_credential(), vote.group) for _ in range(number)]


def test_lists_that_are_no_roll(stage: Stages) -> None:
    """Of another election, with doubles, off the group, too many, or leaving too few on paper."""
    vote = stage(nothing, **TICKS)
    here = made(vote, vote.uuid, 10)
    identity = vote.group.text(vote.group.one)
    lists: list[tuple[str, list[str]]] = [
        ("repeated-credential", [*here[:8], here[0]]),
        ("not-in-group", [*here[:8], MINUS_ONE]),
        ("not-in-group", [*here[:8], OFF_CURVE]),
        ("not-in-group", [*here[:8], identity]),
        ("not-in-group", [*here[:8], here[8].upper()]),
        ("too-many-credentials", here),
        *[("too-few-papers", here[:n]) for n in (8, 7, 6)],
        ("body-invalid", []),
    ]
    for code, credentials in lists:
        with refused(vote, code, Invalid):
            register(vote, vote.uuid, credentials)
    with refused(vote, "unknown-election", Invalid):
        register(vote, "A" * 14, here[:9])
    with refused(vote, "role-missing", Forbidden):
        register(vote, vote.uuid, here[:9], roles=SCRUTINEER)
    register(vote, vote.uuid, here[:5])


def test_every_election_has_as_many(stage: Stages) -> None:
    """They are derived from the same private ones; until all are there a list may be replaced."""
    vote = stage(nothing, **TICKS)
    first, second, third = vote.uuids
    register(vote, first, made(vote, first, 5))
    register(vote, first, made(vote, first, 9))
    with refused(vote, "other-number", Invalid):
        register(vote, second, made(vote, second, 5))
    register(vote, second, made(vote, second, 9))
    with refused(vote, "other-number", Invalid):
        register(vote, first, made(vote, first, 5))
    latest = made(vote, first)
    kept = register(vote, first, latest)
    assert vote.shown()["state"] == "drafted"
    register(vote, third, made(vote, third, 9))
    assert vote.shown()["state"] == "registered"
    with refused(vote, "ballot-state", Conflict):
        register(vote, first, made(vote, first))
    assert register(vote, first, latest) == kept
    vote.make_keys()
    vote.open()
    assert vote.manifest["credentials"] == kept["hash"]
    assert vote.manifest["roll"] == 9


@pytest.mark.parametrize("prepare", [nothing, registered, started])
def test_no_opening_before_the_keys_are_there(stage: Stages, prepare: Any) -> None:
    """The refusal says what the ballot is and what it should be."""
    vote = stage(prepare, **TICKS)
    state = vote.shown()["state"]
    with refused(vote, "ballot-state", Conflict) as caught:
        vote.open()
    assert state in caught.value.en
    assert "keys-made" in caught.value.en


def with_keys(vote: Vote) -> None:
    """All is there but the opening."""
    vote.register_all()
    vote.make_keys()


def test_who_opens(stage: Stages) -> None:
    """The chief scrutineer or her deputy, once."""
    vote = stage(with_keys, **TICKS)
    for subject in ("a", "t", "p", "nobody"):
        with refused(vote, "not-an-officer", Forbidden):
            vote.open(subject=subject)
    vote.open(subject="d")
    with refused(vote, "ballot-state", Conflict):
        vote.open()


def test_no_opening_without_a_quorum(stage: Stages) -> None:
    """Two thirds of all deputies; how many are needed is told, and once they are there it opens."""
    vote = stage(with_keys, **TICKS, present=5)
    with refused(vote, "no-quorum", Conflict) as caught:
        vote.open()
    assert "5 of 9" in caught.value.en
    assert "6 are needed" in caught.value.en
    body = {"deputy_id": vote.congress.deputies[5], "happened_on": CLOSING}
    vote.ballot.call("sign_in_deputy", vote.congress.session, body)
    vote.open()


def test_no_opening_without_a_chief_scrutineer(
    stage: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody must be there to certify."""
    monkeypatch.setitem(congress.OFFICERS, "c", "scrutineer")

    def without_chief(vote: Vote) -> None:
        with_keys(vote)

    vote = stage(without_chief, **TICKS)
    with refused(vote, "scrutineers-missing", Conflict) as caught:
        vote.open(subject="d", roles=CHIEF)
    assert "chief scrutineer" in caught.value.en


def test_credentials_are_handed_out_once_to_who_is_there(stage: Stages) -> None:
    """Not before the keys are made, not to the absent, not to a stranger, not twice."""
    early = stage(registered, **TICKS)
    with refused(early, "ballot-state", Conflict):
        early.issue(early.present[0])
    vote = stage(with_keys, **TICKS)
    given = vote.issue(vote.present[0])
    assert vote.issue(vote.present[0]) == given
    with refused(vote, "not-signed-in", Invalid):
        vote.issue(vote.congress.deputies[8])
    with refused(vote, "reference-unknown", Invalid):
        vote.issue(vote.id)


def five_credentials(vote: Vote) -> None:
    """Five vote electronically, the others on paper."""
    vote.register_all(5)
    vote.make_keys()
    vote.open()


def test_no_more_credentials_are_handed_out_than_were_made(stage: Stages) -> None:
    """Whoever comes later votes on paper."""
    vote = stage(five_credentials, **TICKS)
    for deputy in vote.present[:5]:
        vote.issue(deputy)
    with refused(vote, "no-credential-left", Conflict):
        vote.issue(vote.present[5])


def test_a_deputy_who_joined_after_the_roll_was_frozen(stage: Stages) -> None:
    """She is not counted as present either, so a credential in her hand would void the vote."""
    vote = stage(Vote.ready, **TICKS)
    late = vote.congress.enrol(10)["id"]
    body = {"deputy_id": late, "happened_on": CLOSING}
    vote.ballot.call("sign_in_deputy", vote.congress.session, body)
    with refused(vote, "not-on-roll", Invalid):
        vote.issue(late)
    for deputy in range(6):
        vote.vote(deputy, *ticks(0))
    assert vote.finish()["state"] == "tallied"
