"""A crowd that rehearses: whose election it votes in, what it repeats, what it tells."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from services.ballot.annex.copying import Mark
from services.ballot.cli import ballot
from services.ballot.client import crowd, gateway
from services.ballot.client.crowd import Outcome, Rehearsal
from services.ballot.client.crowd_file import Deputy, read_deputies
from services.ballot.client.trouble import Trouble
from services.ballot.client.voter import Vote as Election

from ..annex.elections import UUID, Vote
from .desks import Desk
from .test_ceremony import trouble

YES, NEITHER = Mark.APPROVE, Mark.ABSTAIN
#: Each deputy's marks; enough of them for several processes.
TICKS = [(1,), (1, 2), (2, 3), (), (3,), (1, 3), (2,), (1,), (3,)]


class Hall:
    """A gateway with one board behind it, for many deputies; ``refusing`` may answer in its place.

    ``asked``: of each cast the token, the key, and the connection over which it came.
    """

    def __init__(self, vote: Vote) -> None:
        self.desk = Desk(vote)
        self.asked: list[tuple[str, str, int]] = []
        self.refusing: Callable[[str, int], tuple[int, Any] | None] = lambda token, times: None
        self.changing: Callable[[Any], Any] = lambda receipt: receipt
        self.lock = threading.Lock()
        hall = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802
                url = urlsplit(self.path)
                params = {name: int(value[0]) for name, value in parse_qs(url.query).items()}
                self._send(200, hall.desk.get(url.path.removeprefix("/v1/"), **params))

            def do_POST(self) -> None:  # noqa: N802
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(*hall.cast(self.path, self.headers, self.client_address[1], body))

            def log_message(self, *_: Any) -> None:
                pass

            def _send(self, status: int, data: Any) -> None:
                text = json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def cast(self, path: str, headers: Any, connection: int, body: Any) -> tuple[int, Any]:
        """Take a ballot, or refuse it."""
        token, key = headers["Authorization"].removeprefix("Bearer "), headers["Idempotency-Key"]
        with self.lock:
            times = sum(one[1] == key for one in self.asked)
            self.asked.append((token, key, connection))
            refusal = self.refusing(token, times)
            if refusal is not None:
                return refusal
            receipt = self.desk.post(path.removeprefix("/v1/"), body, key=key)
            return 201, self.changing(receipt)


@pytest.fixture
def vote(monkeypatch: pytest.MonkeyPatch) -> Vote:
    """A vote whose name passes for a rehearsal's, with a credential for each deputy."""
    monkeypatch.setattr(crowd, "MARKS", ("票决",))
    return Vote(voters=len(TICKS))


@pytest.fixture
def hall(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """Where it is held; nobody waits long before she sends again."""
    monkeypatch.setattr(gateway, "_FIRST", 0.01)
    made = Hall(vote)
    yield made
    made.server.shutdown()
    made.server.server_close()


def deputies(vote: Vote) -> list[Deputy]:
    """All of them, each with a token of her own."""
    return [
        Deputy(f"token-{number}", vote.credentials[number], approve)
        for number, approve in enumerate(TICKS)
    ]


def marked(vote: Vote) -> list[int]:
    """How many approve each candidate, by a plain count; the vote is told what was meant."""
    for credential, approve in zip(vote.credentials, TICKS, strict=True):
        vote.marks[credential] = [YES if n in approve else NEITHER for n in (1, 2, 3)]
    return [sum(n in approve for approve in TICKS) for n in (1, 2, 3)]


@pytest.mark.parametrize(("connections", "processes"), [(1, 1), (4, 2), (64, 1)])
def test_everybody_votes_once_with_her_own_token(
    vote: Vote, hall: Hall, connections: int, processes: int
) -> None:
    """Over no more connections than were asked for; the sum is that of the marks."""
    made: list[int] = []
    cast: list[int] = []
    done = crowd.rehearse(
        hall.url,
        UUID,
        deputies(vote),
        connections=connections,
        processes=processes,
        making=lambda: made.append(1),
        casting=lambda: cast.append(1),
    )
    assert done.whole and done.cast == len(made) == len(cast) == len(TICKS)
    assert sorted(token for token, _, _ in hall.asked) == sorted(d.token for d in deputies(vote))
    assert len({connection for _, _, connection in hall.asked}) <= connections
    assert len({key for _, key, _ in hall.asked}) == len(TICKS)
    approvals = marked(vote)
    assert [list(row) for row in vote.finish(1, 2)] == [approvals]


@pytest.mark.parametrize("status", [503, 504])
def test_what_is_not_now_is_sent_again_with_the_same_tracker(
    vote: Vote, hall: Hall, status: int
) -> None:
    """And is counted as repeated, not as refused."""
    hall.refusing = lambda token, times: (status, {}) if times < 2 else None
    done = crowd.rehearse(hall.url, UUID, deputies(vote), connections=2)
    assert done.whole and done.to_data()["repeated"] == 2 * len(TICKS)
    keys = [key for _, key, _ in hall.asked]
    assert {keys.count(key) for key in keys} == {3}


def test_who_is_refused_is_counted_by_the_reason(vote: Vote, hall: Hall) -> None:
    """One deputy without a letter, one for whom nobody has time; the others vote."""

    def refusing(token: str, times: int) -> tuple[int, Any] | None:
        if token == "token-1":
            return 403, {"type": "/problems/no-credential-issued", "title": "请联系大会秘书处"}
        return (503, {"type": "/problems/busy"}) if token == "token-2" else None

    hall.refusing = refusing
    done = crowd.rehearse(hall.url, UUID, deputies(vote), patience=0.05)
    assert not done.whole and done.cast == len(TICKS) - 2
    assert done.to_data()["refused"] == {"busy": 1, "no-credential-issued": 1}
    assert [done.outcomes[place].code for place in (0, 1, 2)] == [
        None,
        "no-credential-issued",
        "busy",
    ]


def test_a_receipt_that_the_board_did_not_sign_is_no_vote(vote: Vote, hall: Hall) -> None:
    """Each receipt is checked as a deputy checks hers."""
    hall.changing = lambda receipt: receipt | {"height": receipt["height"] + 1}
    done = crowd.rehearse(hall.url, UUID, deputies(vote)[:2])
    assert done.cast == 0 and done.to_data()["refused"] == {"wrong-event": 2}


@pytest.mark.parametrize("processes", [1, 2])
def test_nobody_votes_if_one_ballot_cannot_be_made(vote: Vote, hall: Hall, processes: int) -> None:
    """Too many marks, or a credential that is on no roll."""
    many = [*deputies(vote)[:-1], dataclasses.replace(deputies(vote)[-1], approve=(1, 2, 3))]
    with trouble("bad-plaintext"):
        crowd.rehearse(hall.url, UUID, many, processes=processes)
    unknown = [*deputies(vote)[:-1], Deputy("t", Vote().credentials[0], (1,))]
    with trouble("unknown-credential"):
        crowd.rehearse(hall.url, UUID, unknown, processes=processes)
    assert hall.asked == []


def test_deputies_may_come_one_after_the_other(
    vote: Vote, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spread evenly over a time: each waits until hers has come, the first not at all."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    hours = 3600.0 * len(TICKS)
    done = crowd.rehearse(hall.url, UUID, deputies(vote), connections=1, within=hours)
    assert done.whole and waited[0] == 0
    assert [round(seconds / 3600) for seconds in waited] == list(range(len(TICKS)))


def _named(vote: Vote, name: str) -> Election:
    election = dataclasses.replace(vote.election, name=name)
    return Election(election, vote.manifest, frozenset())


@pytest.mark.parametrize(
    "name", ["二〇二三年票决(演示)", "票决演练", "合成数据票决", "Rehearsal 1"]
)
def test_a_rehearsal_says_so_in_its_name(name: str) -> None:
    """In Chinese or English, in whatever letters."""
    crowd.check_rehearsal(_named(Vote(), name))


def test_no_crowd_votes_in_a_real_election() -> None:
    """The name is the one that every ballot is bound to; nothing is cast, nor any ballot made."""
    vote = Vote(voters=len(TICKS))
    hall = Hall(vote)
    try:
        made: list[int] = []
        with trouble("not-a-rehearsal"):
            crowd.rehearse(hall.url, UUID, deputies(vote), making=lambda: made.append(1))
        assert hall.asked == [] and made == []
    finally:
        hall.server.shutdown()
        hall.server.server_close()


def _file(folder: Path, *voters: Any) -> Path:
    path = folder / "crowd.json"
    path.write_text(json.dumps({"voters": voters}), "utf-8")
    return path


def test_a_crowds_file_is_read(tmp_path: Path, vote: Vote) -> None:
    """A token or its file; marks or a blank ballot."""
    (tmp_path / "one.token").write_text("secret\n")
    one, two = vote.credentials[:2]
    path = _file(
        tmp_path,
        {"token": "t", "credential": one, "approve": [1, 2], "oppose": [3]},
        {"token_file": "one.token", "credential": two, "blank": True},
    )
    assert read_deputies(path) == [
        Deputy("t", one, (1, 2), (3,)),
        Deputy("secret", two, blank=True),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"approve": None}, "wrong-length"),
        ({"approve": ["1"]}, "wrong-type"),
        ({"approve": [True]}, "wrong-type"),
        ({"blank": True}, "wrong-fields"),
        ({"blank": "yes"}, "wrong-fields"),
        ({"token_file": "x"}, "wrong-fields"),
        ({"name": "x"}, "wrong-fields"),
        ({"credential": "x"}, "bad-credential"),
    ],
)
def test_a_file_that_is_no_crowds_is_told_with_its_place(
    tmp_path: Path, vote: Vote, changes: dict[str, Any], code: str
) -> None:
    """Which of them, and what is wrong."""
    good = {"token": "t", "credential": vote.credentials[0], "approve": [1]}
    with pytest.raises(Trouble, match=r"voters\[1\]") as caught:
        read_deputies(_file(tmp_path, good, good | changes))
    assert caught.value.code == code
    with trouble("no-voters"):
        read_deputies(_file(tmp_path))


def test_percentiles_are_those_of_the_cast_votes() -> None:
    """By the nearest rank; refused votes have no part in them."""
    cast = [Outcome(None, float(n), 0) for n in range(1, 101)]
    done = Rehearsal(UUID, 4, 2, 1.0, 50.0, (*cast, Outcome("busy", 1000.0, 3)))
    data = done.to_data()
    assert data["seconds"] == {"p50": 50.0, "p95": 95.0, "p99": 99.0}
    assert (data["cast"], data["voters"], data["casts_per_second"]) == (100, 101, 2.0)
    assert Rehearsal(UUID, 1, 1, 0.0, 0.0, ()).to_data()["seconds"]["p50"] == 0.0


def test_the_command_tells_and_writes_what_it_measured(
    tmp_path: Path, vote: Vote, hall: Hall
) -> None:
    """Exit code 0 if all votes were cast, 1 otherwise; nothing secret is told either way."""
    voters = [
        {"token": d.token, "credential": d.credential, "approve": list(d.approve)}
        for d in deputies(vote)
    ]
    output = tmp_path / "measured.json"
    arguments = ["rehearse", UUID, "--voters", str(_file(tmp_path, *voters)), "--gateway", hall.url]
    done = CliRunner().invoke(ballot, [*arguments, "--processes", "1", "--json", str(output)])
    assert done.exit_code == 0, done.output
    measured = json.loads(output.read_text("utf-8"))
    assert (measured["cast"], measured["refused"]) == (len(TICKS), {})
    told = done.output + output.read_text("utf-8")
    secrets = [*vote.credentials, *(d.token for d in deputies(vote)), *vote.ballots]
    assert not any(secret in told for secret in secrets)
    hall.refusing = lambda token, times: (409, {"type": "/problems/voted-already"})
    again = CliRunner().invoke(ballot, [*arguments, "--processes", "1"])
    assert again.exit_code == 1 and "voted-already: 9" in again.output
    assert again.stderr == "Error: 9 票未投出 votes were not cast [voted-already]\n"
