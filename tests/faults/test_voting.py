"""An electronic vote in which anything is killed at any moment: no ballot is lost, none doubled."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.postgres import PostgresServer
from deploy.local.system import System
from services.ballot.annex.copying import Mark
from services.ballot.annex.verification import verify
from services.ballot.belenios.archive import Archive
from services.ballot.belenios.board import BALLOT, Event
from services.chassis import streams
from services.commons.canonical import canonical

from ..desk import CLIENT, Desk
from ..services.ballot.voting import NEITHER, NO, YES, Vote
from .hall import Aside, Deputies, Killer, hold

ROLL, PRESENT, VOTING = 22, 21, 20
#: How often each deputy votes: the last ballot counts.
CASTS = 3
CANDIDATES = 3


@pytest.fixture
def city(
    databases: list[PostgresServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A whole system of the test's own, to be broken."""
    chosen = {"MINSHENG_NIGHTLY": "", "MINSHENG_RPC_DEADLINE": "3", "MINSHENG_LOG_LEVEL": "debug"}
    for server in databases:
        chosen["MINSHENG_BALLOT_DATABASE_URL"] = server.create_database("ballots")
    with System(tmp_path_factory.mktemp("city"), chosen=chosen) as system:
        yield system


def test_a_vote_survives_whatever_is_killed(city: System, databases: list[PostgresServer]) -> None:
    """Every cast that was answered stands on the board once, and all counts are a plain count.

    Processes, the broker and the database are killed while deputies vote, and processes while the
    scrutineers close, decrypt and tally; every step that was answered is published.
    """
    desk = Desk(city)
    vote = hold(desk, present=PRESENT, deputies=ROLL, **RULES)
    killer = Killer(city, seed=20230222)
    rng = random.Random(2023)
    choices = [[_marks(rng) for _ in range(CASTS)] for _ in range(VOTING)]
    deputies = Deputies(vote, choices, pause=2.5)
    faults: list[Any] = ["ballotbox", "ballot", "ballotbox", "gateway", "ballotbox"]
    faults += [city.broker, *databases]
    killer.strike(faults)
    finishing = Aside(lambda: _finish(vote, deputies))
    for _ in range(4):
        killer.wait(1.0, 2.0)
        killer.kill("ballotbox", "ballot", "gateway")
    tallied = finishing.join()
    parts = {type(one).__name__ for one in (city.broker, *databases)}
    assert set(killer.killed) == {"ballotbox", "ballot", "gateway", *parts}
    assert sum(desk.repeated.values()) > 0
    _check_board(desk, vote, deputies)
    _check_counts(vote, choices, tallied)
    _check_events(city, tallied["id"])
    _check_logs(city, desk, vote, deputies)


RULES: dict[str, Any] = {
    "candidates": CANDIDATES,
    "choice": "approve-oppose-abstain-up-to",
    "electronic": {"recast": True},
}


def _marks(rng: random.Random) -> tuple[Mark, ...]:
    """Any marks with at most two approvals, as there are two seats."""
    while True:
        marks = tuple(rng.choice((YES, NO, NEITHER)) for _ in range(CANDIDATES))
        if marks.count(YES) <= 2:
            return marks


def _finish(vote: Vote, deputies: Deputies) -> Any:
    deputies.join()
    return vote.finish()


def _check_board(desk: Desk, vote: Vote, deputies: Deputies) -> None:
    """Each ballot stands there once; its receipt holds, and a repeat gives the same one."""
    ballots = [ballot for own in deputies.ballots for ballot in own]
    assert set(deputies.receipts) == {ballot.tracker for ballot in ballots}
    for deputy, own in enumerate(deputies.ballots):
        for ballot in own:
            assert deputies.cast(deputy, ballot) == deputies.receipts[ballot.tracker]
    _, archive = desk.insist("GET", f"/v1/elections/{vote.uuid}/archive")
    _, annex = desk.insist("GET", f"/v1/elections/{vote.uuid}/annex")
    texts = Counter(member.text for member in Archive.from_bytes(archive).members)
    assert [texts[ballot.to_text()] for ballot in ballots] == [1] * len(ballots)
    events = [Event.from_text(text) for text in texts if text.startswith('{"parent"')]
    assert sum(event.type == BALLOT for event in events) == len(ballots)
    receipts = [canonical(one) for one in deputies.receipts.values()]
    claims = list(verify(archive, annex, receipts=receipts))
    assert [str(claim.refused) for claim in claims if not claim.holds] == []


def _check_counts(vote: Vote, choices: list[list[tuple[Mark, ...]]], tallied: Any) -> None:
    """The last ballot of each deputy counts, and just who voted is flagged."""
    assert (tallied["cast"], tallied["issued"], tallied["not_cast"]) == (VOTING, PRESENT, 1)
    last = [own[-1] for own in choices]
    plain = [
        tuple(Counter(marks[n] for marks in last)[mark] for mark in (YES, NO, NEITHER))
        for n in range(CANDIDATES)
    ]
    shown = vote.shown()["verdicts"]
    assert [(one["approve"], one["oppose"], one["abstain"]) for one in shown] == plain
    found = vote.ballot.call("get_voters", vote.uuid, roles=("secretariat",))["voters"]
    assert len(found) == ROLL
    voted = {one["deputy_id"] for one in found if one["voted"]}
    assert voted == set(vote.congress.deputies[:VOTING])


def _check_events(city: System, election: str) -> None:
    """Each step is in the history, under an id of its own however often it was delivered."""
    assert city.broker
    history = streams.read(city.broker.amqp_uri(), "history", "first", until_idle=3)
    events = {event["id"]: event for event in map(json.loads, history)}
    ours = Counter(event["type"] for event in events.values() if event["subject"] == election)
    assert ours == {
        "ballot.election.opened.v1": 1,
        "ballot.election.closed.v1": 1,
        "ballot.election.cosigned.v1": 2,
        "ballot.election.decrypted.v1": 3,
        "ballot.election.tallied.v1": 1,
    }


def _check_logs(city: System, desk: Desk, vote: Vote, deputies: Deputies) -> None:
    """No process wrote who cast, where from, or which ballot, nor when a cast was refused."""
    refused = vote.made(VOTING, YES, NO, NO)
    headers = {
        "Authorization": f"Bearer {desk.tokens.of(vote.congress.deputies[VOTING], ('deputy',))}",
        "Content-Type": "application/json",
        "Idempotency-Key": refused.tracker,
    }
    body = json.dumps({"ballot": refused.to_text()}).encode()
    path = f"/v1/elections/{vote.uuid}/ballots"
    assert desk.insist("POST", path, body, headers)[0] == 409
    assert desk.insist("POST", path, b'{"ballot": "{}"}', headers)[0] == 422
    files = [*city.logs.values(), *(city.folder / "broker").glob("*.log*")]
    text = "".join(file.read_text("utf-8", "replace") for file in files if file.exists())
    assert text.count("operation=cast_ballot status=201") >= VOTING * CASTS
    assert "operation=cast_ballot status=409" in text
    ballots = [refused, *(ballot for own in deputies.ballots for ballot in own)]
    secrets = [CLIENT, *vote.congress.deputies, *vote.credentials]
    for ballot in ballots:
        secrets += [ballot.tracker, ballot.credential, ballot.answers[0].choices[0].alpha]
    assert [one for one in secrets if one in text] == []
