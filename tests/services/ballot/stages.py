"""Votes prepared once and copied for each test, and what their databases hold."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.ballot.annex.copying import Mark
from services.ballot.belenios.credential import secret
from services.ballot.belenios.encoding import dumps, encoded, sha256_base64
from services.ballot.belenios.proof import prove_knowledge
from services.ballot.service import BallotService
from services.commons.aggregate import new_id
from services.commons.errors import ServiceError

from ...harness import Harness
from .voting import NEITHER, YES, Box, Vote

Rows = dict[str, list[Any]]

#: The smallest kind of ballot, which may not be blank; without recast and with it.
TICKS: dict[str, Any] = {"choice": "tick-up-to", "electronic": {"overvote": "prevented"}}
AGAIN = TICKS | {"electronic": {"overvote": "prevented", "recast": True}}


class Stages:
    """Prepared votes by their rules; each test takes copies, with databases of their own."""

    def __init__(
        self, request: pytest.FixtureRequest, kept: dict[Any, Vote], migrated: Callable[[str], str]
    ) -> None:
        self.request, self.kept, self.migrated = request, kept, migrated
        self.kind = request.getfixturevalue("database_kind")
        self.made: list[Harness] = []

    def __call__(self, prepare: Callable[[Vote], Any] = Vote.ready, **rules: Any) -> Vote:
        """A vote of a congress with these rules, taken as far as ``prepare`` takes it."""
        key = self.kind, prepare.__qualname__, repr(sorted(rules.items()))
        if key not in self.kept:
            folder = self.request.getfixturevalue("tmp_path_factory").mktemp("stage")
            url = self._copied(self.migrated("ballot"), folder)
            vote = Vote(lambda cls: Harness(cls, url, folder), **rules)
            prepare(vote)
            vote.ballot.close()
            vote.box.close()
            self.kept[key] = vote
        return self.twin(self.kept[key])

    def twin(self, vote: Vote) -> Vote:
        """A copy of a vote on a copy of its database; nobody may be using the original."""
        vote.ballot.close()
        vote.box.close()
        folder = vote.ballot.settings.data_dir
        ballot = Harness(
            BallotService, self._copied(str(vote.ballot.settings.database_url), folder), folder
        )
        other = copy.copy(vote)
        other.ballot, other.box = ballot, Box(ballot)
        other.congress = copy.copy(vote.congress)
        other.congress.service = ballot
        other.credentials, other.polynomials = list(vote.credentials), dict(vote.polynomials)
        other.seeds = dict(vote.seeds)
        self.made += [other.ballot, other.box]
        return other

    def close(self) -> None:
        """Let all databases go."""
        for harness in self.made:
            harness.close()

    def _copied(self, url: str, folder: Path) -> str:
        name = f"stage_{new_id()}"
        if url.startswith("sqlite"):
            shutil.copy(url.removeprefix("sqlite:///"), folder / f"{name}.db")
            return f"sqlite:///{folder / name}.db"
        server = self.request.getfixturevalue("postgres")
        made: str = server.create_database(name, template=url.rpartition("/")[2])
        return made


def rows(vote: Vote, *but: str) -> Rows:
    """Every row of every table, in some fixed order."""
    found: Rows = {}
    with vote.ballot.engine.connect() as connection:
        for name, table in vote.ballot.metadata.tables.items():
            if name not in but:
                all_ = connection.execute(sa.select(table)).all()
                found[name] = sorted(tuple(map(repr, row)) for row in all_)
    return found


@contextmanager
def refused(vote: Vote, code: str, kind: type[ServiceError] = ServiceError) -> Any:
    """What is done inside is refused with this code, in both languages, and nothing is written."""
    before = rows(vote)
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.code == code, f"{caught.value.code}: {caught.value.en}"
    assert caught.value.zh
    assert rows(vote) == before


def signed(vote: Vote, deputy: int, data: dict[str, Any]) -> str:
    """The text of a ballot, whatever its data are, under a true signature of its voter."""
    unsigned = {name: value for name, value in data.items() if name != "signature"}
    digest = sha256_base64(encoded(dumps(unsigned)))
    exponent = secret(vote.uuid, vote.credentials[deputy], vote.group)
    proof = prove_knowledge(vote.group, exponent, lambda a: f"sig|{digest}|{a}")
    return dumps(unsigned | {"signature": {"hash": digest, "proof": proof.to_data()}})


def send(vote: Vote, deputy: int, text: str, **how: Any) -> Any:
    """Cast a text with a deputy's login, under the key that its bytes give."""
    given = {"roles": ("deputy",), "subject": vote.congress.deputies[deputy]} | how
    given.setdefault("key", sha256_base64(text.encode("utf-8", "replace")))
    return vote.box.call("cast_ballot", vote.uuid, {"ballot": text}, **given)


def counted(vote: Vote) -> list[Sequence[int]]:
    """Approve, oppose and abstain of every candidate, as the ballot shows them."""
    return [(one["approve"], one["oppose"], one["abstain"]) for one in vote.shown()["verdicts"]]


def ticks(*chosen: int, of: int = 3) -> list[Mark]:
    """The marks of a ballot on which these projects are ticked, by their places from 0."""
    return [YES if n in chosen else NEITHER for n in range(of)]
