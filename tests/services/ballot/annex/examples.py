"""The test vectors of docs/ballot-protocol.md: ballots, and the keys that they are made for.

Everything in them is made up.  What would be left to chance follows from a name and a counter
instead; the protocol draws all of it with two functions of the module ``secrets``.  The module
``write_examples`` writes them.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from services.ballot.annex import copying
from services.ballot.annex.copying import BOTH, EACH, SOME, Mark
from services.ballot.annex.manifest import Candidate, Manifest
from services.ballot.annex.opening import opening_to_text
from services.ballot.belenios.archive import DATA, Member
from services.ballot.belenios.ballot import Prepared, sign
from services.ballot.belenios.credential import (
    make_credential,
    public,
    public_credentials_to_text,
    secret,
)
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import BASE58
from services.ballot.belenios.group import GROUPS
from services.commons.canonical import canonical
from tests.services.ballot.belenios.ceremonies import Ceremony, hold

from .manifests import manifest

FOLDER = Path(__file__).parents[4] / "docs" / "examples" / "ballot"
ABOUT = (
    "Synthetic test vectors: the credentials, seeds and keys in here belong to nobody and are"
    " published; never use them. 合成的测试数据:其中的凭证、种子和密钥均已公开,不得使用。"
)
YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN


@dataclass
class Chance:
    """Numbers that follow from a name; ``drawn``: all of them, in the order of their use."""

    name: str
    drawn: list[int] = field(default_factory=list)

    def randbelow(self, limit: int) -> int:
        """As ``secrets.randbelow``: SHA-512 of the name and how many came before."""
        seed = f"minsheng-example|{self.name}|{len(self.drawn)}"
        self.drawn.append(int.from_bytes(hashlib.sha512(seed.encode()).digest(), "big") % limit)
        return self.drawn[-1]

    def choice(self, letters: Sequence[str]) -> str:
        """As ``secrets.choice``."""
        return letters[self.randbelow(len(letters))]


@contextmanager
def chance(name: str) -> Iterator[Chance]:
    """Nothing is left to chance meanwhile."""
    made, before = Chance(name), (secrets.randbelow, secrets.choice)
    secrets.randbelow, secrets.choice = made.randbelow, made.choice  # type: ignore[assignment]
    try:
        yield made
    finally:
        secrets.randbelow, secrets.choice = before


@dataclass(frozen=True)
class Example:
    """One ballot: its election, and what its voter marked; ``marks`` None for a blank one."""

    group: str
    kind: int
    marks: tuple[Mark, ...] | None
    most: int
    suffix: str = ""

    @property
    def blank(self) -> bool:
        """Whether its election allows blank ballots."""
        return bool(self.suffix)

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"{self.group.lower()}-kind-{self.kind}{self.suffix}"

    @property
    def candidates(self) -> int:
        """How many projects are voted on."""
        return 3 if self.marks is None else len(self.marks)

    @property
    def plaintext(self) -> list[list[int]]:
        """The 0s and 1s."""
        if self.marks is None:
            return copying.make_blank(self.election)
        return copying.make_plaintext(self.kind, self.marks, blank=self.blank)

    @property
    def credentials(self) -> list[str]:
        """The private credentials of three deputies; the first one votes."""
        with chance(f"{self.name} credentials"):
            return [make_credential() for _ in range(3)]

    @property
    def roll(self) -> str:
        """The list of the public ones."""
        group, uuid = GROUPS[self.group], self.manifest_uuid
        return public_credentials_to_text(sorted(public(uuid, c, group) for c in self.credentials))

    @property
    def manifest_uuid(self) -> str:
        """The election's identifier."""
        with chance(f"{self.name} uuid"):
            return "".join(secrets.choice(BASE58) for _ in range(14))

    @property
    def manifest(self) -> Manifest:
        """What it is about."""
        names = [f"示例项目{i}" for i in range(1, self.candidates + 1)]
        return manifest(
            uuid=self.manifest_uuid,
            kind=self.kind,
            candidates=tuple(Candidate(str(i), name) for i, name in enumerate(names, 1)),
            seats=self.most,
            max=self.candidates if self.kind == EACH else self.most,
            blank=self.blank,
            roll=3,
            credentials=Member(DATA, self.roll).hash,
            trustees=ceremony(self.group).trustees.hash,
            threshold=2,
            least_ballots=2,
        )

    @property
    def election(self) -> Election:
        """What is asked."""
        made = self.manifest
        return Election.made(
            name="示例票决",
            description=made.description("示例票决"),
            group=GROUPS[self.group],
            public_key=ceremony(self.group).trustees.election_key,
            questions=copying.questions(
                self.kind,
                [one.name for one in made.candidates],
                most=made.max,
                least=made.min,
                blank=made.blank,
            ),
            uuid=made.uuid,
        )

    def prepare(self, voter: int = 0) -> Prepared:
        """The ballot, unsigned."""
        return copying.prepare(self.election, self.kind, self.credentials[voter], self.plaintext)


EXAMPLES = (
    Example("Ed25519", SOME, (YES, NEITHER, YES, YES, NEITHER, YES, *[YES] * 6, NEITHER), 10),
    Example("Ed25519", SOME, None, 2, "-blank"),
    Example("Ed25519", EACH, (YES, NO, NEITHER), 2),
    Example("Ed25519", BOTH, (YES, NO, YES), 2),
    Example("Ed25519", BOTH, (NO, NEITHER, YES), 2, "-blank-allowed"),
    Example("BELENIOS-2048", SOME, (NEITHER, YES, YES), 2),
    Example("BELENIOS-2048", EACH, (NO, YES, NEITHER), 2),
    Example("BELENIOS-2048", BOTH, (YES, NEITHER, NO), 2),
    Example("BELENIOS-2048", BOTH, None, 2, "-blank"),
)


@cache
def ceremony(group: str) -> Ceremony:
    """The keys of two of three scrutineers."""
    with chance(f"{group} ceremony"):
        return hold(GROUPS[group], 3, 2)


def files() -> dict[str, dict[str, Any]]:
    """All files of ballots and trustees: what each holds, by its name."""
    made = {f"{group.lower()}-trustees": of_trustees(group) for group in GROUPS}
    made |= {example.name: of_ballot(example) for example in EXAMPLES}
    return {f"{name}.json": content for name, content in made.items()}


def of_trustees(group: str) -> dict[str, Any]:
    """What the scrutineers published, and their seeds."""
    trustees = ceremony(group).trustees
    return {
        "about": ABOUT,
        "group": group,
        "seeds": list(ceremony(group).seeds),
        "trustees": trustees.to_text(),
        "hash": trustees.hash,
        "election_key": trustees.election_key,
    }


def of_ballot(example: Example) -> dict[str, Any]:
    """One ballot from the marks to the tracker."""
    election, credential = example.election, example.credentials[0]
    with chance(example.name) as drawn:
        prepared = example.prepare()
        ballot = sign(election, credential, prepared.ballot)
    return {
        "about": ABOUT,
        "group": example.group,
        "kind": example.kind,
        "election": election.text,
        "election_hash": election.fingerprint,
        "manifest": canonical(example.manifest.to_data()),
        "credentials": example.roll,
        "private_credential": credential,
        "secret": str(secret(election.uuid, credential, election.group)),
        "public_credential": public(election.uuid, credential, election.group),
        "marks": None if example.marks is None else [str(one) for one in example.marks],
        "plaintext": example.plaintext,
        "random": _random(example, iter(drawn.drawn)),
        "unsigned": prepared.ballot.to_text(),
        "unsigned_hash": prepared.ballot.unsigned_hash,
        "opened": opening_to_text(prepared),
        "ballot": ballot.to_text(),
        "tracker": ballot.tracker,
    }


def copies(kind: int, plaintext: Sequence[Sequence[int]], blank: bool) -> dict[Any, Any]:
    """Which choices are copied, and from where: (question, choice), from 0."""
    last = len(plaintext) - 1
    found = {(at, 0): (0, 0) for at in range(1, last + 1) if blank}
    if kind == BOTH:
        found |= {(last, i + blank): (i, int(blank)) for i in range(last)}
    return found


def _random(example: Example, drawn: Iterator[int]) -> dict[str, Any]:
    """The numbers that were drawn, where they were used.

    What is drawn and not used stands as null (the true branch's challenge) or not at all (copies).
    """
    plaintext, asked = example.plaintext, example.election.questions
    copied = copies(example.kind, plaintext, example.blank)
    choices: list[list[dict[str, Any]]] = []
    for at, row in enumerate(plaintext):
        made = [{"r": str(1 + next(drawn))} | _proof(drawn, 2, m) for m in row]
        choices.append(
            [
                {"copy_of": list(copied[at, i])} if (at, i) in copied else one
                for i, one in enumerate(made)
            ]
        )
    answers = []
    for row, question in zip(plaintext, asked, strict=True):
        is_blank = bool(question.blank and row[0])
        total = sum(row[question.blank :]) - question.min + question.blank
        answer = {"overall": _proof(drawn, question.overall, 0 if is_blank else total)}
        answers.append(
            answer | ({"blank": _proof(drawn, 2, int(is_blank))} if question.blank else {})
        )
    made_random = {"choices": choices, "answers": answers, "signature": {"e": str(next(drawn))}}
    assert next(drawn, None) is None
    return made_random


def _proof(drawn: Iterator[int], branches: int, true: int) -> dict[str, Any]:
    e = [str(next(drawn)) for _ in range(branches)]
    c = [str(next(drawn)) for _ in range(branches)]
    return {"e": e, "c": [None if at == true else one for at, one in enumerate(c)]}


def written(content: dict[str, Any]) -> str:
    """A file's text."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
