"""Ballots of ours, judged by Debian's ``belenios-tool``, and its ballots, judged by us."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from services.ballot.annex.copying import (
    BOTH,
    KINDS,
    SOME,
    Mark,
    check,
    make_blank,
    make_plaintext,
    prepare,
    questions,
)
from services.ballot.belenios import credential as credentials
from services.ballot.belenios.ballot import Ballot, check_ballot, make_ballot, sign
from services.ballot.belenios.election import Election
from services.ballot.belenios.question import Question
from services.ballot.belenios.refused import Refused

from .samples import UUID
from .stock_tool import StockTool

pytestmark = pytest.mark.usefixtures("belenios_tool")

EACH_KIND = pytest.mark.parametrize("kind", KINDS)
MAYBE_BLANK = pytest.mark.parametrize("blank", [False, True])
CANDIDATES = ("农贸市场", "口袋公园", "老旧小区", "社区食堂")
SECRETS = [credentials.make_credential() for _ in range(4)]


def set_up(tool: StockTool, asked: Sequence[Question]) -> Election:
    """An election of these questions, its key made by the tool."""
    data = [one.to_data() for one in asked]
    template = {"description": "示例", "name": "票决", "questions": data}
    return Election.from_text(tool.set_up(UUID, json.dumps(template, ensure_ascii=False)))


def marked(kind: int, most: int) -> list[Mark]:
    """Marks that are allowed, at random."""
    random = Random()
    marks = [Mark.ABSTAIN if kind == SOME else random.choice((Mark.OPPOSE, Mark.ABSTAIN))] * 4
    for i in random.sample(range(4), random.randint(1, most)):
        marks[i] = Mark.APPROVE
    return marks


def publics(at: Election) -> list[str]:
    """The public credentials of SECRETS."""
    return [credentials.public(at.uuid, one, at.group) for one in SECRETS]


@EACH_KIND
@MAYBE_BLANK
def test_the_tool_takes_our_ballots(tmp_path: Path, kind: int, blank: bool) -> None:
    """Random ballots of every kind, the blank one among them, pass its verification."""
    tool = StockTool(tmp_path)
    at = set_up(tool, questions(kind, CANDIDATES, most=3, least=1, blank=blank))
    tool.open(publics(at))
    for i, secret in enumerate(SECRETS):
        plaintext = make_plaintext(kind, marked(kind, 3), blank=blank)
        if blank and not i:
            plaintext = make_blank(at)
        ballot = sign(at, secret, prepare(at, kind, secret, plaintext).ballot)
        check(at, ballot, kind)
        tool.add(ballot.to_text())
    passed, verdict = tool.verify()
    assert passed, verdict


@MAYBE_BLANK
def test_we_take_the_tools_ballots(tmp_path: Path, blank: bool) -> None:
    """Ballots that it made with a credential of its own, a blank one among them, hold."""
    tool = StockTool(tmp_path)
    at = set_up(tool, questions(SOME, CANDIDATES, most=3, least=1, blank=blank))
    secret, public = tool.credential(UUID)
    tool.open([public])
    plaintexts = [make_plaintext(SOME, marked(SOME, 3), blank=blank) for _ in range(3)]
    for plaintext in [*plaintexts, *([make_blank(at)] if blank else [])]:
        text = tool.vote(secret, plaintext)
        ballot = Ballot.from_text(text, at)
        check_ballot(at, ballot)
        assert ballot.credential == public and ballot.to_text() == text


@MAYBE_BLANK
@pytest.mark.parametrize("part", ["overall_proof", "individual_proofs", "choices"])
def test_both_refuse_a_forged_ballot(tmp_path: Path, blank: bool, part: str) -> None:
    """Signed by its voter, but with a part of its answer turned round."""
    tool = StockTool(tmp_path)
    at = set_up(tool, questions(BOTH, CANDIDATES, most=3, blank=blank))
    tool.open(publics(at))
    row = [[0] * one.ciphertexts for one in at.questions]
    ballot = make_ballot(at, SECRETS[0], row).ballot
    last = ballot.answers[-1]
    turned = replace(last, **{part: getattr(last, part)[::-1]})
    forged = sign(at, SECRETS[0], replace(ballot, answers=(*ballot.answers[:-1], turned)))
    with pytest.raises(Refused, match="bad-proof"):
        check_ballot(at, forged)
    tool.add(forged.to_text())
    passed, verdict = tool.verify()
    assert not passed and "invalid ballot" in verdict
