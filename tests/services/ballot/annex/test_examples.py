"""The test vectors of docs/ballot-protocol.md: made anew, verified, and followed from its text."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.ballot.annex import copying
from services.ballot.annex.chain import SPOILED, Chain, written
from services.ballot.annex.copying import Mark
from services.ballot.annex.manifest import Manifest
from services.ballot.annex.opening import opening_from_text
from services.ballot.annex.receipt import Receipt
from services.ballot.annex.verification import STEPS, verify
from services.ballot.belenios.archive import DATA, EVENT, Archive, Member
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.board import BALLOT, SETUP, Board, setup_data
from services.ballot.belenios.election import Election
from services.ballot.belenios.group import Element, Group, group_named
from services.ballot.belenios.trustee import Trustees

from . import examples
from .tool import Tool
from .write_examples import texts

BALLOTS = [f"{example.name}.json" for example in examples.EXAMPLES]


@cache
def read(name: str) -> dict[str, Any]:
    """A file as it is published."""
    content: dict[str, Any] = json.loads((examples.FOLDER / name).read_text("utf-8"))
    return content


def test_the_files_are_what_the_script_writes() -> None:
    """Byte for byte, and there are no others."""
    made = texts()
    found = {path.name: path.read_text("utf-8") for path in examples.FOLDER.iterdir()}
    assert found.keys() == made.keys()
    assert [name for name in made if made[name] != found[name]] == []


@pytest.mark.parametrize("name", BALLOTS)
def test_a_ballot_verifies(name: str) -> None:
    """It is taken, its opening is what was committed to, and all texts belong together."""
    given = read(name)
    election = Election.from_text(given["election"])
    ballot = Ballot.from_text(given["ballot"], election)
    copying.check(election, ballot, given["kind"])
    opened = opening_from_text(given["opened"], election)
    copying.check_opened(election, opened, given["unsigned_hash"], given["kind"])
    assert [[one.m for one in row] for row in opened.openings] == given["plaintext"]
    assert (ballot.tracker, ballot.credential) == (given["tracker"], given["public_credential"])
    manifest = Manifest.from_data(json.loads(given["manifest"]))
    manifest.check_description(election.description)
    assert manifest.credentials == Member(DATA, given["credentials"]).hash
    assert ballot.credential in json.loads(given["credentials"])
    trustees = read(f"{given['group'].lower()}-trustees.json")
    assert manifest.trustees == trustees["hash"]
    made = Trustees.from_text(trustees["trustees"], election.group)
    assert made.election_key == election.public_key == trustees["election_key"]


def test_every_kind_stands_there_in_both_groups() -> None:
    """And blank ballots, cast and merely allowed."""
    kinds = {(one["group"], one["kind"]) for one in map(read, BALLOTS)}
    assert kinds == {(group, kind) for group in ("Ed25519", "BELENIOS-2048") for kind in (1, 2, 3)}
    blanks = [read(name) for name in BALLOTS if '"blank":true' in read(name)["election"]]
    assert {one["marks"] is None for one in blanks} == {True, False}


def test_the_board_verifies() -> None:
    """Its archive and annex hold, its receipt is honoured, and the spoiled ballot opens."""
    board = read("board.json")
    given = read(board["ballot_in"])
    annex = written(board["annex"])
    claims = list(verify(archive_of(members_of(board)), annex, receipts=[board["receipt"]]))
    assert [claim.en for claim in claims if not claim.holds] == []
    assert "every receipt is honoured" in [claim.en for claim in claims]
    assert Receipt.from_text(board["receipt"]).tracker == given["tracker"]
    ((spoiled),) = Chain.from_bytes(annex).of(SPOILED)
    election = Election.from_text(given["election"])
    opened = opening_from_text(board["opened"], election)
    copying.check_opened(election, opened, spoiled["hash"], given["kind"])


def test_the_whole_vote_verifies() -> None:
    """Two ballots with the same marks are the result."""
    board, count = read("board.json"), read("count.json")
    members = [*members_of(board), *(Member(**one) for one in count["members"])]
    annex = written(board["annex"] + count["annex"])
    receipt = Receipt.from_text(board["receipt"])
    mine, tracker = read(board["ballot_in"]), receipt.tracker
    given: dict[str, Any] = {"receipts": [receipt.to_text()], "trackers": [tracker]}
    given["commitments"] = {tracker: mine["unsigned_hash"]}
    claims = list(verify(archive_of(members), annex, **given))
    assert len(claims) == len(STEPS) - 3  # there are no earlier copies and no published roll
    assert [claim.en for claim in claims if not claim.holds] == []
    plaintext = read(board["ballot_in"])["plaintext"]
    doubled = [[2 * m for m in row] for row in plaintext]
    assert json.loads(members[-2].text) == {"result": doubled}


def members_of(board: dict[str, Any]) -> list[Member]:
    """The members of the board up to its first ballot."""
    given, trustees = read(board["ballot_in"]), read(board["trustees_in"])
    data = (given["election"], trustees["trustees"], given["credentials"], board["setup_data"])
    return [
        *(Member(DATA, text) for text in data),
        Member(EVENT, board["setup_event"]),
        Member(DATA, given["ballot"]),
        Member(EVENT, board["ballot_event"]),
    ]


def archive_of(members: Sequence[Member]) -> bytes:
    """Its bytes."""
    return Archive(1677031200, tuple(members)).to_bytes()


@pytest.mark.parametrize("name", [name for name in BALLOTS if name.startswith("belenios-2048")])
def test_a_ballot_is_taken_by_a_program_of_others(
    belenios_tool: str, tmp_path: Path, name: str
) -> None:
    """Debian's tool verifies a board with it, and refuses it with another response."""
    given = read(name)
    trustees = read("belenios-2048-trustees.json")["trustees"]
    response = json.loads(given["ballot"])["answers"][0]["individual_proofs"][0][0]["response"]
    forged = given["ballot"].replace(response, response[:-1] + str((int(response[-1]) + 1) % 10))
    for ballot, holds in ((given["ballot"], True), (forged, False)):
        board, texts = Board(), (given["election"], trustees, given["credentials"])
        members = [*board.append(SETUP, *texts, setup_data(*texts)), *board.append(BALLOT, ballot)]
        judged, said = Tool(belenios_tool, tmp_path).verify(archive_of(members))
        assert judged == holds, said


@pytest.mark.parametrize("name", BALLOTS)
def test_a_ballot_follows_from_the_document(name: str) -> None:
    """A client that knows nothing but the document's formulas makes the same bytes of the same
    random numbers; of the service it only takes the groups.
    """
    given = read(name)
    told = Told(given)
    unsigned = told.unsigned()
    assert unsigned == given["unsigned"]
    assert base64_of(unsigned) == given["unsigned_hash"]
    ballot = told.signed(unsigned)
    assert (ballot, base64_of(ballot)) == (given["ballot"], given["tracker"])
    assert told.opened(unsigned) == given["opened"]


class Told:
    """A deputy's client, as the document tells it."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given, self.random = given, given["random"]
        self.asked = json.loads(given["election"])
        self.group: Group = group_named(self.asked["group"])
        self.g, self.q = self.group.g, self.group.q
        self.y = self.group.parse(self.asked["public_key"])
        halves = [
            f"derive_credential|{self.asked['uuid']}|{i}|{given['private_credential']}"
            for i in (0, 1)
        ]
        hexadecimal = "".join(hashlib.sha256(one.encode()).hexdigest() for one in halves)
        self.x = int(hexadecimal, 16) % self.q
        self.credential = self.text(self.power(self.g, self.x))
        self.hash = base64_of(given["election"])
        self.s0 = f"{self.hash}|{self.credential}"
        self.bits = self.plaintext()
        self.r = [
            [self.drawn(at, i)["r"] for i in range(len(row))] for at, row in enumerate(self.bits)
        ]

    def plaintext(self) -> list[list[int]]:
        """The 0s and 1s of the marks."""
        marks, kind = self.given["marks"], self.given["kind"]
        allowed = self.asked["questions"][0].get("blank", False)
        if marks is None:
            return [[1] + [0] * len(one["answers"]) for one in self.asked["questions"]]
        approved = [int(one == Mark.APPROVE) for one in marks]
        opposed = [int(one == Mark.OPPOSE) for one in marks]
        each = [list(pair) for pair in zip(approved, opposed, strict=True)]
        rows = {1: [approved], 2: each, 3: [*each, approved]}[kind]
        return [[0] * allowed + row for row in rows]

    def drawn(self, at: int, i: int) -> dict[str, Any]:
        """The numbers of one choice: a copy has those of its source."""
        one: dict[str, Any] = self.random["choices"][at][i]
        if "copy_of" in one:
            return self.drawn(*one["copy_of"])
        return {"r": int(one["r"]), "e": one["e"], "c": one["c"]}

    def unsigned(self) -> str:
        """The ballot's text before it is signed."""
        return compact(
            {
                "election_uuid": self.asked["uuid"],
                "election_hash": self.hash,
                "credential": self.credential,
                "answers": [self.answer(at) for at in range(len(self.bits))],
            }
        )

    def answer(self, at: int) -> dict[str, Any]:
        """One question's answer."""
        question, bits, rs = self.asked["questions"][at], self.bits[at], self.r[at]
        choices = [self.encrypted(r, m) for r, m in zip(rs, bits, strict=True)]
        individual = [
            self.proof(
                f"prove|{self.s0}|{one['alpha']},{one['beta']}|",
                [(rs[i], bits[i], 0), (rs[i], bits[i], 1)],
                self.drawn(at, i),
            )
            for i, one in enumerate(choices)
        ]
        s = f"{self.s0}|" + ",".join(f"{one['alpha']},{one['beta']}" for one in choices)
        blank = question.get("blank", False)
        r, m = sum(rs[blank:]), sum(bits[blank:])
        branches = [(r, m, number) for number in range(question["min"], question["max"] + 1)]
        drawn = self.random["answers"][at]
        made = {"choices": choices, "individual_proofs": individual}
        if not blank:
            sums = self.encrypted(r, m)
            prefix = f"prove|{s}|{sums['alpha']},{sums['beta']}|"
            return made | {"overall_proof": self.proof(prefix, branches, drawn["overall"])}
        first = (rs[0], bits[0], 1)
        return made | {
            "overall_proof": self.proof(f"bproof1|{s}|", [first, *branches], drawn["overall"]),
            "blank_proof": self.proof(
                f"bproof0|{s}|", [(rs[0], bits[0], 0), (r, m, 0)], drawn["blank"]
            ),
        }

    def proof(
        self, prefix: str, branches: Sequence[tuple[int, int, int]], drawn: dict[str, Any]
    ) -> list[dict[str, str]]:
        """One of these ciphertexts (its r and m) holds its number M."""
        e, c = [int(one) for one in drawn["e"]], [int(one or 0) for one in drawn["c"]]
        committed = [
            self.text(self.power(self.g, e[k]))
            + ","
            + self.text(
                self.group.mul(self.power(self.y, e[k]), self.power(self.g, (m - number) * c[k]))
            )
            for k, (_, m, number) in enumerate(branches)
        ]
        true = drawn["c"].index(None)
        c[true] = (self.scalar(prefix + ",".join(committed)) - sum(c)) % self.q
        return [
            {"challenge": str(c[k]), "response": str((e[k] - r * c[k]) % self.q)}
            for k, (r, _, _) in enumerate(branches)
        ]

    def signed(self, unsigned: str) -> str:
        """The ballot's text with its signature."""
        e, digest = int(self.random["signature"]["e"]), base64_of(unsigned)
        c = self.scalar(f"sig|{digest}|{self.text(self.power(self.g, e))}")
        proof = {"challenge": str(c), "response": str((e - self.x * c) % self.q)}
        return f'{unsigned[:-1]},"signature":{compact({"hash": digest, "proof": proof})}}}'

    def opened(self, unsigned: str) -> str:
        """What a second device is shown."""
        openings = [
            [{"r": str(r), "m": m} for r, m in zip(rs, bits, strict=True)]
            for rs, bits in zip(self.r, self.bits, strict=True)
        ]
        return compact({"ballot": unsigned, "openings": openings})

    def encrypted(self, r: int, m: int) -> dict[str, str]:
        """A ciphertext."""
        beta = self.group.mul(self.power(self.y, r), self.power(self.g, m))
        return {"alpha": self.text(self.power(self.g, r)), "beta": self.text(beta)}

    def power(self, base: Element, exponent: int) -> Element:
        """A power."""
        return self.group.exp(base, exponent)

    def text(self, element: Element) -> str:
        """How an element is written."""
        return self.group.text(element)

    def scalar(self, text: str) -> int:
        """H."""
        return int(hashlib.sha256(text.encode()).hexdigest(), 16) % self.q


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def base64_of(text: str) -> str:
    """Unpadded base64 of the SHA-256."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
