"""The client: keys, tokens, patience, lanes; against a small server in this process."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import deploy.demo
from deploy.demo import client
from deploy.demo.client import Caller, Refused
from deploy.demo.request import Actor, Ref, Request, Step, look

CLERK = Actor("me", ("clerk",))
Answer = tuple[int, dict[str, Any]]


class Server:
    """Answers what ``answer(path, body, times)`` says; ``times``: this key's calls so far."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.answer: Callable[[str, dict[str, Any], int], Answer] = lambda *_: (201, {"id": "x"})
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                is_json = self.headers["Content-Type"] == "application/json"
                self.reply(json.loads(sent) if is_json else {"bytes": len(sent)})

            def do_GET(self) -> None:
                self.reply({})

            def reply(self, body: dict[str, Any]) -> None:
                status, answer = server.answered(self.path, body, dict(self.headers))
                if status == 0:
                    self.close_connection = True
                    return
                payload = json.dumps(answer).encode()
                if "csv" in answer:
                    payload = answer["csv"].encode("utf-8-sig")
                self.send_response(status)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answered(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        """Note the call and answer it."""
        with self.lock:
            key = headers.get("Idempotency-Key")
            before = sum(h.get("Idempotency-Key") == key for _, _, h in self.calls)
            self.calls.append((path, body, headers))
        return self.answer(path, body, before)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on a free port."""
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def caller(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """A caller of that server, with little patience."""
    monkeypatch.setattr(client, "PATIENCE", 0.6)
    made = Caller(server.url, lambda subject, roles: f"{subject}:{','.join(roles)}", "seed")
    yield made
    made.close()


def _request(name: str, **changes: Any) -> Request:
    given: dict[str, Any] = {"by": CLERK, "path": "/things", "body": {"name": name}}
    return Request(name, **{**given, **changes})


def _perform(caller: Caller, *lanes: list[Request]) -> int:
    done: list[int] = []
    caller.perform(Step("step", list(lanes)), lambda: done.append(1))
    return len(done)


def test_a_file_of_rows_goes_up_as_it_is_and_comes_down_once(
    server: Server, caller: Caller
) -> None:
    """The text of a CSV file in place of the body; the rows of one by their heads."""
    rows = "编号,区划\n合成-1,330102\n"
    assert _perform(caller, [_request("list", csv=rows)]) == 1
    assert server.calls[0][1] == {"bytes": len(rows.encode())}
    assert server.calls[0][2]["Content-Type"] == "text/csv"
    server.answer = lambda *_: (200, {"csv": "序号,链接\n1,http://x/survey/a#token=t\n"})
    found = caller.sheet(_request("sheet", body={"of": Ref("list")}))
    assert found == [{"序号": "1", "链接": "http://x/survey/a#token=t"}]
    assert server.calls[1][1] == {"of": "x"}
    assert server.calls[1][2]["Idempotency-Key"] == _request("sheet").key("seed")
    server.answer = lambda *_: (409, {"detail": "no"})
    with pytest.raises(Refused, match="sheet: POST /things: 409"):
        caller.sheet(_request("sheet"))


def test_a_request_carries_token_key_and_what_earlier_ones_answered(
    server: Server, caller: Caller
) -> None:
    """A reference in path, body and subject becomes the field of the answer."""
    server.answer = lambda path, body, _: (
        201,
        {"id": f"id-{body.get('name')}", "list": [{"n": 7}]},
    )
    first = _request("first")
    second = _request(
        "second",
        by=Actor(Ref("first"), ("deputy",)),
        path="/things/{}/parts",
        of=(Ref("first"),),
        body={"part": Ref("first", ("list", 0, "n")), "all": [Ref("first")]},
    )
    assert _perform(caller, [first, second]) == 2
    path, body, headers = server.calls[1]
    assert path == "/things/id-first/parts"
    assert body == {"part": 7, "all": ["id-first"]}
    assert headers["Authorization"] == "Bearer id-first:deputy"
    assert headers["Idempotency-Key"] == second.key("seed") != first.key("seed")


@pytest.mark.parametrize("status", [503, 504, 0])
def test_what_is_not_now_is_sent_again_with_the_same_key(
    server: Server, caller: Caller, status: int
) -> None:
    """A busy service, a deadline, and a connection that breaks."""
    server.answer = lambda path, body, times: (201, {"id": "x"}) if times > 1 else (status, {})
    assert _perform(caller, [_request("a")]) == 1
    assert len({headers["Idempotency-Key"] for _, _, headers in server.calls}) == 1
    assert len(server.calls) == 3


@pytest.mark.parametrize("status", [404, 409, 422])
def test_only_a_patient_request_waits_for_what_is_not_yet(
    server: Server, caller: Caller, status: int
) -> None:
    """What another service has still to hear of comes; anything else is a mistake and is told."""
    problem = {"title": "no", "detail": "not heard", "errors": [{"pointer": "/a", "detail": "b"}]}
    server.answer = lambda path, body, times: (201, {"id": "x"}) if times else (status, problem)
    assert _perform(caller, [_request("patient", patient=True)]) == 1
    with pytest.raises(Refused, match=rf"^hasty: POST /things: {status} no not heard /a b$"):
        _perform(caller, [_request("hasty")])


def test_patience_ends(server: Server, caller: Caller) -> None:
    """What never comes is told at last."""
    server.answer = lambda *_: (409, {"title": "still not"})
    with pytest.raises(Refused, match="still not"):
        _perform(caller, [_request("patient", patient=True)])
    assert len(server.calls) > 2


def test_an_answer_that_is_not_as_it_must_be_ends_the_replay(
    server: Server, caller: Caller
) -> None:
    """Going on would only give wrong figures."""
    server.answer = lambda *_: (201, {"id": "x", "eligible": 3})
    _perform(caller, [_request("right", expect={"eligible": 3})])
    with pytest.raises(Refused, match="wrong: eligible is 3, not 4"):
        _perform(caller, [_request("wrong", expect={"eligible": 4})])


def test_a_refusal_stops_the_other_lanes(server: Server, caller: Caller) -> None:
    """Nothing more is sent than what was under way."""
    server.answer = lambda path, body, _: (400 if body["name"] == "bad" else 201, {"id": "x"})
    long = [[_request(f"{lane}-{n}") for n in range(200)] for lane in range(7)]
    with pytest.raises(Refused, match="bad"):
        _perform(caller, [_request("bad")], *long)
    assert len(server.calls) < 1400


def test_lanes_go_side_by_side_and_each_in_its_order(server: Server, caller: Caller) -> None:
    """Two lanes meet in the middle; within a lane the order holds."""
    meeting = threading.Barrier(2, timeout=5)

    def answer(path: str, body: dict[str, Any], _: int) -> Answer:
        if body["name"].endswith("2"):
            meeting.wait()
        return 201, {"id": "x"}

    server.answer = answer
    lanes = [[_request(f"{lane}{n}") for n in (1, 2, 3)] for lane in "ab"]
    assert _perform(caller, *lanes) == 6
    for lane in "ab":
        names = [body["name"] for _, body, _ in server.calls if body["name"].startswith(lane)]
        assert names == sorted(names)


def test_a_look_has_no_key_and_its_answer_is_referred_to(server: Server, caller: Caller) -> None:
    """A pair in a path finds the item of a list that has this value."""
    items = [{"id": "1", "role": "lead"}, {"id": "2", "role": "beside"}]
    server.answer = lambda *_: (200, {"items": items})
    seen = look("seen", CLERK, "/things?of={}", "a")
    follow = _request(
        "follow", path="/things/{}", of=(Ref("seen", ("items", ("role", "beside"), "id")),)
    )
    _perform(caller, [seen, follow])
    assert [path for path, _, _ in server.calls] == ["/things?of=a", "/things/2"]
    assert "Idempotency-Key" not in server.calls[0][2]
    assert caller.find(Ref("seen", ("items", -1, "id"))) == "2"


@pytest.mark.parametrize(
    "path", [("items", 5, "id"), ("items", ("role", "nobody"), "id"), ("other",)]
)
def test_a_reference_to_what_is_not_there_is_told(
    server: Server, caller: Caller, path: tuple[Any, ...]
) -> None:
    """In one line, and nothing is sent."""
    server.answer = lambda *_: (200, {"items": [{"id": "1", "role": "lead"}]})
    bad = _request("bad", body={"id": Ref("seen", path)})
    with pytest.raises(Refused, match="^bad: refers to what no answer holds"):
        _perform(caller, [look("seen", CLERK, "/things"), bad])
    assert len(server.calls) == 1


def test_a_photo_is_sent_as_it_is(server: Server, caller: Caller) -> None:
    """Its bytes, with their media type and a key."""
    photo = Path(deploy.demo.__file__).with_name("photo.jpg")
    _perform(caller, [_request("photo", body={}, photo=photo)])
    ((_, body, headers),) = server.calls
    assert body == {"bytes": photo.stat().st_size}
    assert headers["Content-Type"] == "image/jpeg" and headers["Idempotency-Key"]


def test_a_get_that_fails_is_told(server: Server, caller: Caller) -> None:
    """With its path and the problem."""
    server.answer = lambda *_: (200, {"figures": []})
    assert caller.get("/v1/reports/2023/figures") == {"figures": []}
    server.answer = lambda *_: (404, {"title": "nothing here"})
    with pytest.raises(Refused, match="GET /v1/x: 404 nothing here"):
        caller.get("/v1/x")


def test_what_was_read_is_named_by_its_version(server: Server, caller: Caller) -> None:
    """As an ETag; a request that names none has no such header."""
    server.answer = lambda *_: (200, {"id": "x", "version": 4})
    seen = look("seen", CLERK, "/things/{}", "x")
    follow = _request("follow", match=Ref("seen", ("version",)))
    _perform(caller, [seen, follow, _request("plain")])
    assert [headers.get("If-Match") for _, _, headers in server.calls] == [None, '"4"', None]
    assert list(follow.refs()) == [Ref("seen", ("version",))]


def test_a_file_is_fetched_as_what_it_should_be(server: Server, caller: Caller) -> None:
    """Its bytes without a token; another status or media type is a refusal."""
    server.answer = lambda *_: (200, {"id": "x"})
    assert caller.fetch("/file", "text/plain") == b'{"id": "x"}'
    assert "Authorization" not in server.calls[-1][2]
    with pytest.raises(Refused, match="200 text/plain"):
        caller.fetch("/file", "image/jpeg")
    server.answer = lambda *_: (404, {})
    with pytest.raises(Refused, match="404"):
        caller.fetch("/file", "text/plain")
