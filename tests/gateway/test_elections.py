"""Electronic votes at the gateway: what is large passes, what is secret is not logged."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from services.ballot.annex.copying import BOTH, Mark, make_plaintext, prepare, questions
from services.ballot.belenios.ballot import Ballot, sign
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.election import Election
from services.ballot.belenios.group import group_named
from services.chassis import settings

from .test_app import Gateway

UUID = "11111111111111"
ID = "11111111-1111-4111-8111-111111111111"
GROUP = group_named("BELENIOS-2048")
#: Hangzhou's vote of 2023 had 13 candidates, of which 10 could be chosen.
CANDIDATES, SEATS = 13, 10


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application."""
    return Gateway(tmp_path)


def largest_ballot() -> Ballot:
    """A ballot of kind 3 that may be blank, in the larger group: made-up candidates."""
    asked = questions(
        BOTH, [f"候选项目{n}(合成)" for n in range(CANDIDATES)], most=SEATS, least=0, blank=True
    )
    election = Election.made(
        name="票决(合成)",
        description="合成",
        group=GROUP,
        public_key=GROUP.text(GROUP.exp_g(12345)),
        questions=asked,
        uuid=UUID,
    )
    credential = make_credential()
    marks = [Mark.APPROVE] * SEATS + [Mark.OPPOSE] * (CANDIDATES - SEATS)
    plain = make_plaintext(BOTH, marks, blank=True)
    return sign(election, credential, prepare(election, BOTH, credential, plain).ballot)


def test_the_largest_ballot_of_thirteen_candidates_passes(gateway: Gateway) -> None:
    """Byte for byte, within the limit of a body as it is shipped; its key is its tracker."""
    ballot = largest_ballot()
    body = {"ballot": ballot.to_text()}
    assert len(json.dumps(body)) < settings.load("gateway", {}).body_limit
    gateway.answer = {"tracker": ballot.tracker}
    answer = gateway.post(
        f"/v1/elections/{UUID}/ballots", body, "deputy", Idempotency_Key=ballot.tracker
    )
    assert answer.status_code == 201, answer.text
    service, method, args, context = gateway.calls[-1]
    assert (service, method, args) == ("ballotbox", "cast_ballot", (UUID, body))
    assert context.idempotency_key == ballot.tracker


@pytest.mark.parametrize("number", [600, 1000])
def test_the_credentials_of_a_large_congress_pass(gateway: Gateway, number: int) -> None:
    """A list in one body, within the limit as it is shipped."""
    credentials = [public(UUID, make_credential(), GROUP) for _ in range(number)]
    body = {"uuid": UUID, "credentials": credentials, "happened_on": "2023-02-22"}
    assert len(json.dumps(body)) < settings.load("gateway", {}).body_limit
    gateway.answer = {"uuid": UUID, "number": number, "hash": "0" * 64}
    answer = gateway.post(f"/v1/ballots/{ID}/credential-lists", body, "credentials-office")
    assert answer.status_code == 201, answer.text
    assert gateway.calls[-1][2] == (ID, body)


@pytest.mark.parametrize("uuid", ["1111111111111O", UUID + "\n", "1" * 65, "11111111111１11"])
def test_patterns_hold_to_the_last_character(gateway: Gateway, uuid: str) -> None:
    """Neither letters that base58 leaves out, nor a line break at the end, nor other digits."""
    body = {"uuid": uuid, "credentials": ["1"], "happened_on": "2023-02-22"}
    answer = gateway.post(f"/v1/ballots/{ID}/credential-lists", body, "credentials-office")
    assert answer.status_code == 422 and "/uuid" in answer.text


def test_the_document_s_patterns_are_javascript_s() -> None:
    r"""Without Python's own ``\Z`` and ``(?P…)``, which other languages read as letters."""
    document = (Path(__file__).parents[2] / "docs" / "openapi.json").read_text("utf-8")
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', document)
    assert any("HJ-NP" in one for one in patterns)
    assert [one for one in patterns if "\\Z" in json.loads(one) or "(?P" in one] == []


def test_a_receipt_is_asked_for_by_a_whole_tracker(gateway: Gateway) -> None:
    """43 characters of base64, percent-encoded in the query."""
    gateway.answer = {}
    path = f"/v1/elections/{UUID}/receipts"
    tracker = "+/" + "A" * 41
    assert gateway.client.get(path, query_string={"tracker": tracker}).status_code == 200
    assert gateway.calls[-1][2] == (UUID, {"tracker": tracker})
    for bad in ("A" * 42, "A" * 44, "A" * 43 + "=", "A" * 42 + "-"):
        assert gateway.client.get(path, query_string={"tracker": bad}).status_code == 422
