"""The client of the gateway: patience with one key, and problems as one line."""

from __future__ import annotations

import base64
import datetime as dt
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.ballot.client.gateway import Gateway, items
from services.ballot.client.trouble import Trouble

from .test_ceremony import trouble

PROBLEM = {
    "type": "/problems/not-signed-in",
    "title": "内容不符合要求",
    "status": 422,
    "detail": "该代表当日尚未签到",
    "errors": [{"pointer": "/deputy_id", "detail": "has not signed in that day"}],
}


class Server:
    """Answers with what it is told to, one after the other; keeps what it was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: list[tuple[int, Any] | None] = []
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                self._answer()

            def do_POST(self) -> None:  # noqa: N802
                self._answer()

            def log_message(self, *_: Any) -> None:
                pass

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = json.loads(self.rfile.read(length)) if length else None
                served.asked.append((self.command, self.path, dict(self.headers), body))
                answer = served.answers.pop(0)
                if answer is None:  # the connection breaks
                    self.close_connection = True
                    return
                status, data = answer
                text = data if isinstance(data, bytes) else json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server."""
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()


def gateway(server: Server, slept: list[float], **how: Any) -> Gateway:
    """A gateway that only notes how long it would wait."""
    return Gateway(server.url, sleep=slept.append, clock=lambda: sum(slept), **how)


def test_what_was_not_answered_is_sent_again_with_its_key(server: Server) -> None:
    """Busy, late, or cut off: the same request, after growing waits."""
    server.answers = [(503, PROBLEM), (504, PROBLEM), None, (201, {"done": True})]
    slept: list[float] = []
    connection = gateway(server, slept)
    assert connection.post("ballots", {"a": 1}) == {"done": True}
    keys = {headers["Idempotency-Key"] for _, _, headers, _ in server.asked}
    assert len(server.asked) == 4 and len(keys) == 1
    assert slept == sorted(slept) and len(set(slept)) == 3
    assert {body["a"] for _, _, _, body in server.asked} == {1}


def test_patience_ends(server: Server) -> None:
    """Then the problem is told, or that nobody is there."""
    slept: list[float] = []
    server.answers = [(503, PROBLEM)] * 100
    with trouble("not-signed-in"):
        gateway(server, slept, patience=5.0).post("ballots", {})
    assert sum(slept) <= 5.0 < sum(slept) * 2
    server.answers = [None] * 100
    with trouble("no-connection"):
        gateway(server, [], patience=1.0).get("ballots")


def test_a_key_may_be_given(server: Server) -> None:
    """A ballot's is its tracker."""
    server.answers = [(201, {})]
    gateway(server, []).post("elections/u/ballots", {}, key="A" * 43)
    ((_, path, headers, _),) = server.asked
    assert (path, headers["Idempotency-Key"]) == ("/v1/elections/u/ballots", "A" * 43)


def test_a_problem_is_one_line(server: Server) -> None:
    """Chinese first, with the place and the code; not sent again."""
    server.answers = [(422, PROBLEM)]
    with pytest.raises(Trouble) as caught:
        gateway(server, []).post("ballots", {})
    line = str(caught.value)
    assert line.startswith("该代表当日尚未签到") and line.endswith("[not-signed-in]")
    assert "/deputy_id" in line and "\n" not in line and caught.value.status == 422
    assert len(server.asked) == 1 and server.asked[0][2]["Accept-Language"] == "zh-CN"


@pytest.mark.parametrize("answer", [(500, b"<html>"), (302, {}), (200, b"not json"), (404, [])])
def test_what_is_no_answer_of_a_gateway_is_told(server: Server, answer: tuple[int, Any]) -> None:
    """Another server, a proxy's page: never taken for an answer."""
    server.answers = [answer]
    with pytest.raises(Trouble):
        gateway(server, []).get("ballots")


def test_files_and_lists(server: Server) -> None:
    """Bytes as they are; pages one after the other."""
    pages = [{"items": [1, 2], "next": "c"}, {"items": [3], "next": None}]
    server.answers = [(200, b"\x00tar"), (404, PROBLEM), *((200, page) for page in pages)]
    connection = gateway(server, [])
    assert connection.download("elections/u/archive") == b"\x00tar"
    with trouble("not-signed-in"):
        connection.download("elections/u/archive")
    assert list(items(connection, "ballots", limit=2)) == [1, 2, 3]
    assert server.asked[-1][1] == "/v1/ballots?limit=2&cursor=c"


@pytest.mark.parametrize(
    "url",
    ["http://gateway.invalid", "http://192.0.2.7:80", "ftp://127.0.0.1", "127.0.0.1", "http://"],
)
def test_nothing_is_said_in_clear_to_another_machine(url: str) -> None:
    """Unless it is asked for; to this machine itself it may be."""
    with trouble("insecure-gateway"):
        Gateway(url)
    if url.startswith("http://") and len(url) > 7:
        Gateway(url, insecure=True).close()
    for fine in ("https://gateway.invalid", "http://localhost:1", "http://[::1]:1"):
        Gateway(fine).close()


def test_the_environment_is_not_listened_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a proxy nor a password from a file gets between."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server.answers = [(200, {"items": []})]
    assert gateway(server, [], patience=0.0).get("ballots") == {"items": []}


def test_whose_token_it_is() -> None:
    """The subject, as the token says it; whoever has none is told so."""
    claims = base64.urlsafe_b64encode(json.dumps({"sub": "监票人甲"}).encode()).decode().rstrip("=")
    assert Gateway("http://127.0.0.1:1", f"e30.{claims}.c2ln").subject == "监票人甲"
    for token in (None, "nonsense", "a.b.c", "e30.e30.c2ln"):
        with trouble("no-token"):
            _ = Gateway("http://127.0.0.1:1", token).subject


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "synthetic authority")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "ca.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


def test_a_private_authority_is_believed_only_where_it_is_named(tmp_path: Path) -> None:
    """A gateway inside a government network is reached with ``--ca-file``, else refused."""
    certificate, private = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    server = Server(context)
    url = server.url.replace("http://", "https://")
    server.answers = [(200, {"a": 1})]
    try:
        assert Gateway(url, authority=certificate).get("x") == {"a": 1}
        with pytest.raises(Trouble):
            Gateway(url, patience=0.0).get("x")
    finally:
        server.server.shutdown()
        server.server.server_close()
