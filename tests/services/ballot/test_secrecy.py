"""Nothing that could open or link a ballot stands anywhere after an election, on either database.

A whole election is held whose secrets are all known here: private credentials, seeds and keys,
randomness, choices, and who cast what.  Then everything that was written is searched for them.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import prometheus_client
import pytest
import sqlalchemy as sa
import structlog

from services.ballot.annex.copying import make_plaintext, prepare
from services.ballot.belenios.ballot import Ballot, sign
from services.ballot.belenios.credential import public, secret
from services.ballot.belenios.encoding import dumps, encoded, sha256_hex
from services.ballot.belenios.pki import decryption_key, signing_key
from services.chassis.secretbox import keys_of
from services.commons.errors import ServiceError

from ..survey.test_unlinkable import Dump, dump, ranked
from .stages import AGAIN, Stages, rows, signed, ticks
from .voting import NEITHER, NO, OFFICE, TRUSTEES, YES, Vote

RULES: Any = {
    "choice": "approve-oppose-abstain-up-to",
    "electronic": {"overvote": "prevented", "recast": True},
}
MARKS = ([YES, YES, NO], [NO, YES, NEITHER], [YES, NO, NO], [NEITHER] * 3, [YES, YES, NO], [NO] * 3)


@dataclass
class Held:
    """An election that was held, and what only a test knows of it."""

    vote: Vote
    secrets: dict[str, str] = field(default_factory=dict)
    cast: list[tuple[int, Ballot]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def know(self, what: str, value: Any) -> None:
        """Remember something that must stand nowhere."""
        self.secrets[str(value)] = what

    def prepared(self, deputy: int, marks: Any) -> Ballot:
        """A ballot of hers; its choices and randomness are known from now on."""
        vote = self.vote
        plain = make_plaintext(vote.kind, marks)
        made = prepare(vote.election, vote.kind, vote.credentials[deputy], plain)
        self.know("plaintext choices", dumps(plain))
        for row in made.openings:
            for opened in row:
                self.know("randomness", opened.r)
                self.know("randomness", f"{opened.r:x}")
        return sign(vote.election, vote.credentials[deputy], made.ballot)

    def refused(self, call: Any, *args: Any, **how: Any) -> None:
        """Something that must fail: all that is told of it."""
        with pytest.raises(ServiceError) as caught:
            call(*args, **how)
        error = caught.value
        self.errors.append(json.dumps([error.code, error.en, error.zh, error.errors]))


def hold(vote: Vote) -> Held:
    """An election with recasts, a spoiled ballot, a false decryption and many refusals."""
    held = Held(vote)
    for deputy, marks in enumerate(MARKS):
        ballot = held.prepared(deputy, marks)
        vote.cast(deputy, ballot)
        held.cast.append((deputy, ballot))
    again = held.prepared(2, [YES, NEITHER, NEITHER])
    vote.cast(2, again)
    vote.cast(2, again)
    held.cast.append((2, again))
    opened = held.prepared(6, MARKS[0])
    body, how = {"hash": opened.unsigned_hash}, {"subject": vote.congress.deputies[6]}
    vote.box.call("spoil_ballot", vote.uuid, body, roles=("deputy",), **how)
    held.refused(vote.cast, 6, opened)
    data = json.loads(held.prepared(7, MARKS[1]).to_text())
    data["answers"][0]["individual_proofs"][0][0]["challenge"] = "1"
    for text in (signed(vote, 7, data), "{", dumps(data)[:200]):
        body = {"ballot": text}
        how = {"roles": ("deputy",), "subject": vote.congress.deputies[7], "key": None}
        held.refused(vote.box.call, "cast_ballot", vote.uuid, body, **how)
    held.refused(vote.cast, 8, held.prepared(8, MARKS[2]))
    held.refused(vote.cast, 0, held.prepared(7, MARKS[2]))
    withdrawn = {"credential": public(vote.uuid, vote.credentials[7], vote.group)}
    vote.box.call("withdraw_credential", vote.uuid, withdrawn, roles=OFFICE)
    held.refused(vote.cast, 7, held.prepared(7, MARKS[2]))
    vote.close()
    held.refused(vote.cast, 6, held.prepared(6, MARKS[2]))
    for subject in TRUSTEES:
        vote.cosign(subject)
    held.refused(vote.decrypt, "b", vote.decryption("b", key=98765432109876543210))
    for subject in TRUSTEES:
        vote.decrypt(subject)
    vote.tally()
    assert vote.broken() == []
    return held


def know_keys(held: Held) -> None:
    """All keys of the office, the scrutineers, and the board."""
    vote = held.vote
    for credential in vote.credentials:
        held.know("private credential", credential)
        held.know("private credential", credential.replace("-", ""))
        for uuid in vote.uuids:
            held.know("private credential's number", secret(uuid, credential, vote.group))
    for subject, seed in vote.seeds.items():
        held.know("seed", seed)
        held.know("signing key", signing_key(vote.group, seed))
        held.know("decryption key", decryption_key(vote.group, seed))
        held.know("private key", vote.private_key(subject))
    board = board_key(vote)
    held.know("board key", board.hex())
    held.know("board key", base64.b64encode(board).decode().rstrip("="))
    held.know("board key", board.decode("latin-1"))


def board_key(vote: Vote) -> bytes:
    """The key that signs receipts, which is kept sealed."""
    table = vote.ballot.metadata.tables["elections"]
    with vote.ballot.engine.connect() as connection:
        sealed = connection.execute(sa.select(table.c.board_key)).scalar_one()
    opened: str = keys_of(vote.ballot.settings).open(sealed)
    return bytes.fromhex(opened)


def cells(value: Any) -> Iterator[str]:
    """A value of a row as texts: bytes in every way in which they could hold something."""
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        yield from (raw.hex(), raw.decode("latin-1"), base64.b64encode(raw).decode())
    elif isinstance(value, str):
        yield value
    else:
        yield json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))


def lines(vote: Vote) -> list[tuple[str, str]]:
    """Every row of every table, each with the name of its table."""
    return [
        (table, " ".join(text for value in row.values() for text in cells(value)))
        for table, all_ in dump(vote.ballot).items()
        for row in all_
    ]


@pytest.fixture
def written(
    stage: Stages, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> tuple[Held, list[tuple[str, str]]]:
    """An election that was held, and everything that was written on the way, line by line."""
    vote = stage(**RULES)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "sqlalchemy.engine")
    with structlog.testing.capture_logs() as logged:
        held = hold(vote)
    know_keys(held)
    out, err = capfd.readouterr()
    found = lines(vote)
    found += [("event", json.dumps(one.data, ensure_ascii=False)) for one in vote.ballot.events()]
    found += [("log", json.dumps(one, default=str)) for one in logged]
    found += [("log", record.getMessage()) for record in caplog.records]
    found += [("printed", line) for line in (out + err).splitlines()]
    found += [("error", one) for one in held.errors]
    metrics = prometheus_client.generate_latest().decode()
    found += [("metrics", line) for line in metrics.splitlines()]
    return held, found


def test_no_secret_is_written(written: Any) -> None:
    """No private credential, seed, key, randomness or choice; the board's key only sealed."""
    held, found = written
    assert {"elections", "board_members", "outbox", "idempotency", "event", "error", "log"} <= {
        where for where, _ in found
    }
    leaks = {
        (where, what)
        for where, line in found
        for value, what in held.secrets.items()
        if value in line
    }
    assert leaks == set()
    assert len(held.secrets) > 200


def test_no_secret_is_in_the_files(written: Any) -> None:
    """Nor in a page that SQLite has freed, or its log."""
    held, _ = written
    url = str(held.vote.ballot.settings.database_url)
    if not url.startswith("sqlite"):
        pytest.skip("the files are PostgreSQL's own, and its server holds other databases too")
    name = Path(url.removeprefix("sqlite:///"))
    raw = b"".join(one.read_bytes() for one in name.parent.glob(f"{name.name}*"))
    assert sha256_hex(encoded(held.cast[0][1].to_text())).encode() in raw
    assert [what for value, what in held.secrets.items() if value.encode("latin-1") in raw] == []


def marks_of(vote: Vote, ballot: Ballot) -> list[str]:
    """All by which a ballot or its credential is known on the board."""
    hash_ = sha256_hex(encoded(ballot.to_text()))
    credential = ballot.credential
    return [
        *(ballot.tracker, hash_, base64.b64encode(bytes.fromhex(hash_)).decode()),
        *(ballot.unsigned_hash, credential, sha256_hex(encoded(credential))),
        *(one.alpha for one in ballot.answers[0].choices),
        *(sha256_hex(encoded(one.alpha)) for one in ballot.answers[0].choices),
    ]


def test_no_line_holds_a_person_and_a_ballot(written: Any) -> None:
    """Neither the one who cast it nor anybody else, by id or name."""
    held, found = written
    vote = held.vote
    ids = vote.congress.deputies
    # SQLite keeps ids without their dashes.
    people = [*ids, *(one.replace("-", "") for one in ids), *(f"代表{n}(合成)" for n in range(9))]
    trackers = [mark for _, ballot in held.cast for mark in marks_of(vote, ballot)]
    for where, line in found:
        if any(one in line for one in trackers):
            assert not any(one in line for one in people), where
    assert any(one in line for one in trackers for _, line in found)
    assert any(one in line for one in people for _, line in found)


def test_casting_writes_only_what_is_public_and_the_flag(stage: Stages) -> None:
    """No outbox, no idempotency key, no inbox: what others write there has a time and an order."""
    vote = stage(**AGAIN)
    before = rows(vote)
    for marks in (ticks(0), ticks(1)):
        vote.vote(0, *marks)
    how = {"roles": ("deputy",), "subject": vote.congress.deputies[0]}
    vote.box.call("spoil_ballot", vote.uuid, {"hash": "A" * 43}, **how)
    after = rows(vote)
    assert {table for table in after if after[table] != before[table]} == {
        *("annex_lines", "board_members", "elections", "public_credentials"),
        *("openings", "seen_alphas", "spoiled_ballots", "turnouts"),
    }


def cast_by(stage: Stages, vote: Vote, ballots: list[Ballot], logins: list[int]) -> Dump:
    """The database of a world in which these logins cast these ballots, in this order."""
    world = stage.twin(vote)
    for login, ballot in zip(logins, ballots, strict=True):
        world.cast(login, ballot)
    world.close()
    found = dump(world.ballot)
    world.ballot.close()
    world.box.close()
    return timeless(ranked(found))


def timeless(found: Dump) -> Dump:
    """Without what any two closings differ in: their instant, and the ids of their messages."""
    del found["outbox"], found["idempotency"]
    for name in ("toast of outbox", "toast of idempotency"):
        found.pop(name, None)
    return found


@pytest.mark.parametrize("rules", [RULES, RULES | {"choice": "tick-up-to"}], ids=["both", "ticks"])
def test_who_cast_which_ballot_leaves_no_trace(stage: Stages, rules: Any) -> None:
    """When deputies exchange their logins, not one column of one row comes out different.

    The columns that the database adds by itself are among them.
    """
    vote = stage(**rules)
    if rules["choice"] == "tick-up-to":
        ballots = [vote.made(n, *ticks(n % 3)) for n in range(6)]
    else:
        ballots = [vote.made(n, *marks) for n, marks in enumerate(MARKS)]
    first = cast_by(stage, vote, ballots, [0, 1, 2, 3, 4, 5])
    assert first == cast_by(stage, vote, ballots, [5, 4, 3, 2, 1, 0])
    assert first == cast_by(stage, vote, ballots, [3, 0, 5, 1, 4, 2])


def test_the_order_of_casting_is_only_on_the_board(stage: Stages) -> None:
    """Who came first cannot be read from the flags, the credentials handed out or the roll."""
    vote = stage(**RULES)
    ballots = [vote.made(n, *marks) for n, marks in enumerate(MARKS)]
    order = list(range(6))
    first = cast_by(stage, vote, ballots, order)
    backwards = cast_by(stage, vote, ballots[::-1], order[::-1])
    differ = {table for table in first if first[table] != backwards[table]}
    of_people = ("turnouts", "credential_issues", "sign_ins", "deputies", "mandates")
    assert not differ & set(of_people)
    assert "board_members" in differ


def test_the_comparison_sees_who_has_voted(stage: Stages) -> None:
    """One other deputy votes, and the worlds differ: in the flags alone."""
    vote = stage(**RULES)
    ballots = [vote.made(n, *marks) for n, marks in enumerate(MARKS)]
    first = cast_by(stage, vote, ballots, [0, 1, 2, 3, 4, 5])
    other = cast_by(stage, vote, ballots, [0, 1, 2, 3, 4, 6])
    assert {table for table in first if first[table] != other[table]} == {"turnouts"}
