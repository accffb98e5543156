"""What the operators see of an electronic vote: counts, and nothing of a person or a ballot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prometheus_client import REGISTRY, generate_latest

from services.ballot.service import COUNTED
from services.chassis.gauges import Gauges

from ...harness import Harness
from .congress import refusal
from .voting import NO, YES, Vote

Serve = Callable[[Any], Harness]


def sample(name: str, **labels: str) -> float:
    """A sample's value; 0 while it does not exist."""
    return REGISTRY.get_sample_value(name, labels) or 0


def counted(vote: Vote) -> tuple[float, float]:
    """The gauges of the vote, counted anew: cast and issued."""
    assert Gauges(vote.ballot.engine, vote.ballot.settings, COUNTED).refresh()
    labels = {"service": "ballot", "election": vote.uuid}
    return (
        sample("minsheng_ballots_cast", **labels),
        sample("minsheng_credentials_issued", **labels),
    )


def test_open_votes_show_counts_and_closed_ones_nothing(serve: Serve) -> None:
    """How many have cast and how many may, only while the vote is open."""
    vote = Vote(serve, present=8).ready()
    assert counted(vote) == (0, 8)
    gauges = Gauges(vote.ballot.engine, vote.ballot.settings, COUNTED)
    for deputy in range(6):
        vote.vote(deputy, YES, YES, NO)
    assert counted(vote) == (6, 8)
    assert gauges.refresh()
    vote.close()
    assert gauges.refresh()
    labels = {"service": "ballot", "election": vote.uuid}
    assert sample("minsheng_ballots_cast", **labels) == 0
    assert sample("minsheng_credentials_issued", **labels) == 0


def test_refusals_are_counted_by_reason_and_proofs_by_time(serve: Serve) -> None:
    """Proofs are checked once per ballot that is new; a repeat costs none and is no refusal."""
    vote = Vote(serve, present=8).ready()
    proofs = sample("minsheng_ballot_proof_seconds_count")
    again = sample("minsheng_casts_refused_total", code="voted-already")
    wrong = sample("minsheng_casts_refused_total", code="tracker-mismatch")
    ballot = vote.made(0, YES, YES, NO)
    assert vote.cast(0, ballot) == vote.cast(0, ballot)
    assert refusal(vote.cast, 0, vote.made(0, NO, NO, NO)) == "voted-already"
    assert refusal(vote.cast, 1, vote.made(1, YES, NO, NO), key="A" * 43) == "tracker-mismatch"
    assert sample("minsheng_ballot_proof_seconds_count") == proofs + 1
    assert sample("minsheng_casts_refused_total", code="voted-already") == again + 1
    assert sample("minsheng_casts_refused_total", code="tracker-mismatch") == wrong + 1


def test_no_metric_names_a_person_a_credential_or_a_ballot(serve: Serve) -> None:
    """Nothing in the whole page of metrics would link the two, after casts and refusals."""
    vote = Vote(serve, present=8).ready()
    ballots = [vote.made(deputy, YES, NO, NO) for deputy in range(3)]
    for deputy, ballot in enumerate(ballots):
        vote.cast(deputy, ballot)
        refusal(vote.cast, deputy, vote.made(deputy, NO, NO, NO))
    counted(vote)
    page = generate_latest().decode()
    assert f'minsheng_ballots_cast{{election="{vote.uuid}",service="ballot"}} 3.0' in page
    secret = [ballot.tracker for ballot in ballots] + [ballot.credential for ballot in ballots]
    for one in (*vote.congress.deputies, *vote.credentials, *secret):
        assert one not in page
