"""Elections of ours before Debian's ``belenios-tool``, and its elections before us."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from services.ballot.annex.copying import KINDS
from services.ballot.annex.verification import verify
from services.ballot.belenios import board as events

from .elections import Vote, signed
from .tool import Tool

GROUP = "BELENIOS-2048"


@pytest.fixture
def tool(belenios_tool: str, tmp_path: Path) -> Tool:
    """The program in an empty folder."""
    return Tool(belenios_tool, tmp_path)


def test_it_is_the_release_that_judges_ballots(tool: Tool) -> None:
    """Debian's 2.0: later ones do not wait for their own check."""
    assert tool.run("--version").startswith("2.0")


@pytest.mark.parametrize("single", [True, False], ids=["single", "threshold"])
@pytest.mark.parametrize("blank", [False, True], ids=["", "blank"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_verifies_our_elections(tool: Tool, kind: int, blank: bool, single: bool) -> None:
    """Random votes of every kind, a recast among them, hold for it and for us."""
    vote = Vote(GROUP, kind=kind, blank=blank, voters=3, size=3, single=single)
    for voter in (0, 1, 0):
        vote.vote(voter)
    if blank:
        vote.vote_blank(2)
    holds, said = tool.verify(vote.archive)
    assert holds, said
    # All three decrypt, though two are enough where there is a threshold.
    vote.finish(1, 2, 3)
    holds, said = tool.verify(vote.archive)
    assert holds, said
    claims = list(verify(vote.archive, None if single else vote.annex))
    assert all(claim.holds for claim in claims)


def test_some_of_many_trustees_are_enough_for_it(tool: Tool) -> None:
    """The last three of five."""
    vote = Vote(GROUP, voters=2, size=5, threshold=3)
    vote.vote(0)
    vote.finish(2, 4, 5)
    holds, said = tool.verify(vote.archive)
    assert holds, said
    assert all(claim.holds for claim in verify(vote.archive, vote.annex))


def test_a_forged_ballot_is_refused_by_both(tool: Tool) -> None:
    """Its signature holds and a proof does not; unforged it would be taken."""
    vote = Vote(GROUP)
    assert tool.verify(vote.archive)[0]
    data = json.loads(vote.prepare(0).to_text())
    proof = data["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) ^ 1)
    vote.put(events.BALLOT, signed(vote, 0, data))
    holds, _ = tool.verify(vote.archive)
    claims = list(verify(vote.archive, vote.annex))
    assert not holds
    assert [claim.refused.code for claim in claims if claim.refused] == ["bad-proof"]


def test_its_elections_hold_for_us(tool: Tool) -> None:
    """Random votes under keys and credentials of its own; a plain count is the result."""
    votes = [random.choice([[1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]) for _ in range(3)]
    archive = tool.hold([[vote] for vote in votes], trustees=2, recast=1)
    claims = list(verify(archive, None))
    assert all(claim.holds for claim in claims), claims
    assert claims[-1].note == str([sum(column) for column in zip(*votes, strict=True)])
    assert claims[-1].en.startswith("the result")


def test_its_threshold_elections_are_refused_with_the_reason(tool: Tool) -> None:
    """Release 2.0 does not have its trustees sign what they agreed on."""
    archive = tool.hold_threshold()
    assert tool.verify(archive)[0]
    last = list(verify(archive, None))[-1]
    assert last.refused and last.refused.code == "older-threshold"
    assert "before 3.x" in last.refused.en
