"""The Flask application without its services: checks, documents and how failures are told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.auth import BadToken, Tokens
from gateway.roles import MAY, PUBLIC, ROLES
from services.chassis import development_key, settings
from services.chassis.context import Principal
from services.commons import errors

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


class Gateway:
    """The application with a recording stand-in for the way to the services."""

    def __init__(self, data_dir: Path) -> None:
        self.settings = settings.load("gateway", {"MINSHENG_DATA_DIR": str(data_dir)})
        self.calls: list[tuple[Any, ...]] = []
        self.answer: Any = {"id": "x", "version": 3}
        self.app = create_app(self.settings, self._call)
        self.client: FlaskClient = self.app.test_client()

    def _call(self, service: str, method: str, *args: Any, context: Any, deadline: float) -> Any:
        self.calls.append((service, method, args, context))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def token(self, *roles: str, subject: str = "me", hours: float = 1) -> str:
        """A development token."""
        return development_key.token(self.settings, subject, list(roles), dt.timedelta(hours=hours))

    def post(self, path: str, body: Any, *roles: str, **headers: str) -> Any:
        """POST with a token and a key."""
        given = {"Idempotency-Key": "key-12345", "Authorization": f"Bearer {self.token(*roles)}"}
        sent = given | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=sent)


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application."""
    return Gateway(tmp_path)


ASPECT = {"code": "elderly-care", "name": "养老"}


def test_every_operation_stands_in_the_table_of_roles(gateway: Gateway) -> None:
    """No operation without a line, no line without an operation, no role that does not exist."""
    spec = gateway.client.get("/openapi.json").get_json()
    operations = {
        operation["operationId"]
        for path in spec["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    }
    assert operations == set(MAY)
    assert {role for roles in MAY.values() for role in roles} <= {PUBLIC, *ROLES}


def test_the_committed_document_is_current(gateway: Gateway) -> None:
    """docs/openapi.json is what the gateway serves (``make openapi`` writes it)."""
    served = gateway.client.get("/openapi.json").get_json()
    assert json.loads(DOCUMENT.read_text("utf-8")) == served
    assert served["openapi"] == "3.1.0"


def test_the_page_of_documents_lists_every_path(gateway: Gateway) -> None:
    """/docs needs no other host and names each path."""
    page = gateway.client.get("/docs").get_data(as_text=True)
    spec = gateway.client.get("/openapi.json").get_json()
    assert all(path in page for path in spec["paths"])
    assert "http://" not in page and "https://" not in page


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Authorization": ""}, 401, "token-invalid"),
        ({"Authorization": "Bearer x.y.z"}, 401, "token-invalid"),
        ({"Idempotency-Key": ""}, 400, "idempotency-key-missing"),
        ({"Idempotency-Key": "short"}, 400, "idempotency-key-missing"),
        ({"If-Match": 'W/"a"'}, 400, "if-match-malformed"),
    ],
)
def test_a_request_is_refused_before_any_service_is_asked(
    gateway: Gateway, headers: dict[str, str], status: int, code: str
) -> None:
    """Token, key and version are checked first."""
    sent = {"Idempotency-Key": "key-12345", "Authorization": f"Bearer {gateway.token('clerk')}"}
    response = gateway.client.post("/v1/aspects", json=ASPECT, headers=sent | headers)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.get_json()["type"] == f"/problems/{code}"
    assert gateway.calls == []


def test_an_expired_token_and_a_foreign_key_are_refused(gateway: Gateway) -> None:
    """A token past its time, and one signed by anybody else under the same key id."""
    late = gateway.token("clerk", hours=-1)
    forged = jwt.encode(
        {"sub": "x", "aud": "minsheng", "roles": ["clerk"], "exp": 4_000_000_000},
        "0" * 32,
        "HS256",
        headers={"kid": development_key.KID},
    )
    for token in (late, forged):
        response = gateway.client.post(
            "/v1/aspects",
            json=ASPECT,
            headers={"Idempotency-Key": "key-12345", "Authorization": f"Bearer {token}"},
        )
        assert response.status_code == 401
        assert "WWW-Authenticate" in response.headers


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": ""},
        {"sub": " "},
        {"sub": "x" * 201},
        {"sub": "a\x00b"},
        {"sub": "\ud800"},
        {"sub": 5},
        {"exp": 10**400},
        {"exp": None},
    ],
)
def test_a_token_without_a_usable_subject_or_time_is_refused(
    gateway: Gateway, claims: dict[str, Any]
) -> None:
    """Who asks is written into records, so it must be a name that these can hold: 401, no 500."""
    whole = {"sub": "me", "aud": "minsheng", "roles": ["clerk"], "exp": 4_000_000_000} | claims
    key = (gateway.settings.data_dir / "development-key.pem").read_text()
    parts = jwt.PyJWS().encode(
        json.dumps(whole).encode(), key, "ES256", headers={"kid": development_key.KID}
    )
    headers = {"Authorization": f"Bearer {parts}"}
    response = gateway.client.get("/v1/deputies", headers=headers)
    assert response.status_code == 401
    assert gateway.calls == []


def test_a_role_that_is_missing_is_told(gateway: Gateway) -> None:
    """403 names the roles that may."""
    response = gateway.post("/v1/aspects", ASPECT, "resident", Accept_Language="en")
    assert response.status_code == 403
    assert "clerk" in response.get_json()["detail"]


def test_who_asks_travels_with_the_call(gateway: Gateway) -> None:
    """Principal, key and expected version reach the service; the body goes as it was sent."""
    response = gateway.post("/v1/aspects", ASPECT, "clerk", If_Match='"7"')
    assert response.status_code == 201 and response.headers["ETag"] == '"3"'
    ((service, method, args, context),) = gateway.calls
    assert (service, method, args) == ("proposal", "define_aspect", (ASPECT,))
    assert (context.principal.subject, context.idempotency_key) == ("me", "key-12345")
    assert context.expected_version == 7
    assert context.request_id == response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.Invalid, 422),
        (errors.NotFound, 404),
        (errors.Conflict, 409),
        (errors.Stale, 412),
        (errors.Forbidden, 403),
        (errors.Unavailable, 503),
        (errors.DeadlineExceeded, 504),
        (errors.Internal, 500),
    ],
)
def test_typed_errors_become_problems(gateway: Gateway, error: Any, status: int) -> None:
    """Each error of a service has its status; the text is in the language asked for."""
    gateway.answer = error("a-code", "english", "中文", [{"pointer": "/a", "detail": "b"}])
    chinese = gateway.post("/v1/aspects", ASPECT, "clerk")
    english = gateway.post("/v1/aspects", ASPECT, "clerk", Accept_Language="en-US,en;q=0.9")
    assert (chinese.status_code, english.status_code) == (status, status)
    assert (chinese.get_json()["detail"], english.get_json()["detail"]) == ("中文", "english")
    assert english.get_json()["type"] == "/problems/a-code"
    assert english.headers["Content-Language"] == "en"


def test_a_failure_of_ours_is_not_told(gateway: Gateway) -> None:
    """An unexpected exception gives 500 and not its text."""
    gateway.answer = RuntimeError("password=hunter2")
    response = gateway.post("/v1/aspects", ASPECT, "clerk")
    assert response.status_code == 500
    assert "hunter2" not in response.get_data(as_text=True)


def test_a_body_that_does_not_fit_is_refused_with_pointers_in_chinese(gateway: Gateway) -> None:
    """422 says where and why."""
    response = gateway.post("/v1/aspects", {"code": "Bad Code", "more": 1}, "clerk")
    found = {e["pointer"]: e["detail"] for e in response.get_json()["errors"]}
    assert response.status_code == 422
    assert set(found) == {"/code", "/name", "/more"}
    assert found["/name"].startswith("必填")


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ("a=1", "application/x-www-form-urlencoded", 415),
        ('{"code": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"code": "a", "name": "b", "\\ud800": 1}', "application/json", 400),
        (b'{"code": "a", "name": "b", "\xed\xa0\x80": 1}', "application/json", 400),
        ('{"code": 1e400}', "application/json", 400),
        ('{"code": "a"}'.encode("utf-16"), "application/json", 400),
    ],
)
def test_what_is_no_json_object_is_refused(
    gateway: Gateway, data: Any, kind: str, status: int
) -> None:
    """Malformed, no object, another type or encoding, endless, half a character: never a 500."""
    response = gateway.client.post(
        "/v1/aspects",
        data=data,
        content_type=kind,
        headers={
            "Idempotency-Key": "key-12345",
            "Authorization": f"Bearer {gateway.token('clerk')}",
        },
    )
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(("query", "status"), [(b"q=\xe9", 400), ("q=食堂".encode(), 200)])
def test_a_query_is_utf_8_whether_escaped_or_not(
    gateway: Gateway, query: bytes, status: int
) -> None:
    """What no client should send is its fault: 400, no 500."""
    gateway.answer = {"items": [], "next": None}
    sent = {"QUERY_STRING": query.decode("latin-1")}
    token = {"Authorization": f"Bearer {gateway.token('clerk')}"}
    response = gateway.client.get("/v1/suggestions", environ_overrides=sent, headers=token)
    assert response.status_code == status
    assert "X-Request-Id" in response.headers


def test_unknown_paths_and_methods_are_problems(gateway: Gateway) -> None:
    """404 and 405 in our form; 405 says what is allowed."""
    missing = gateway.client.get("/nowhere")
    method = gateway.client.put("/v1/aspects")
    assert missing.status_code == 404 and method.status_code == 405
    assert missing.content_type == method.content_type == "application/problem+json"
    assert "POST" in method.headers["Allow"]


def test_no_path_of_two_methods_refuses_a_number_by_itself(gateway: Gateway) -> None:
    """The router would answer 405 to a number out of range, which no document allows."""
    ranged = [rule for rule in gateway.app.url_map.iter_rules() if "min=" in rule.rule]
    paths = [rule.rule for rule in ranged]
    assert paths
    assert sorted(set(paths)) == sorted(paths)


def test_a_representation_that_the_client_has_is_not_sent_again(gateway: Gateway) -> None:
    """If-None-Match with the current version gives 304."""
    path = "/v1/units/11111111-1111-4111-8111-111111111111"
    assert gateway.client.get(path).headers["ETag"] == '"3"'
    again = gateway.client.get(path, headers={"If-None-Match": '"3"'})
    assert again.status_code == 304 and again.get_data() == b""
    paths = gateway.client.get("/openapi.json").get_json()["paths"]
    assert "304" in paths["/v1/units/{unit_id}"]["get"]["responses"]
    assert "304" not in paths["/v1/units"]["get"]["responses"]


def test_a_page_links_to_the_next(gateway: Gateway) -> None:
    """Link: rel=next carries the cursor and keeps the filters."""
    gateway.answer = {"items": [], "next": "abc"}
    response = gateway.client.get("/v1/shortlists?year=2023")
    assert response.headers["Link"] == '</v1/shortlists?year=2023&cursor=abc>; rel="next"'


def test_production_refuses_the_development_key(tmp_path: Path) -> None:
    """No token is made, and no gateway starts on it."""
    development = settings.load("gateway", {"MINSHENG_DATA_DIR": str(tmp_path)})
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(development_key.public_jwks(development)))
    environ = {"MINSHENG_DATA_DIR": str(tmp_path), "MINSHENG_ENVIRONMENT": "production"}
    production = settings.load("gateway", environ)
    with pytest.raises(settings.BadSetting):
        development_key.token(production, "me", ["clerk"], dt.timedelta(hours=1))
    with pytest.raises(settings.BadSetting):
        development_key.public_jwks(production)
    with pytest.raises(SystemExit, match="MINSHENG_JWKS is required"):
        create_app(production, None)
    with pytest.raises(SystemExit, match="development key"):
        create_app(settings.load("gateway", environ | {"MINSHENG_JWKS": str(jwks)}), None)


def test_keys_of_an_identity_provider_are_taken_from_a_file(tmp_path: Path) -> None:
    """Its tokens count, in production too, and the development key's do not."""
    there = tmp_path / "provider"
    jwks = tmp_path / "jwks.json"
    elsewhere = settings.load("gateway", {"MINSHENG_DATA_DIR": str(there)})
    keys = json.dumps(development_key.public_jwks(elsewhere))
    keys = keys.replace(development_key.KID, "provider-1")
    jwks.write_text(keys)
    environ = {"MINSHENG_ENVIRONMENT": "production", "MINSHENG_JWKS": str(jwks)}
    tokens = Tokens(settings.load("gateway", environ))
    claims = {"sub": "me", "aud": "minsheng", "roles": ["clerk", "king"], "exp": 4_000_000_000}
    key = (there / "development-key.pem").read_text()
    good = jwt.encode(claims, key, "ES256", headers={"kid": "provider-1"})
    assert tokens.principal(f"Bearer {good}") == Principal("me", frozenset({"clerk"}))
    unknown = jwt.encode(claims, key, "ES256", headers={"kid": development_key.KID})
    with pytest.raises(BadToken):
        tokens.principal(f"Bearer {unknown}")


def test_without_the_identity_providers_server_nobody_is_told_that_a_token_is_bad(
    gateway: Gateway,
) -> None:
    """503: the client may try again with the same token."""
    environ = {"MINSHENG_JWKS": "https://127.0.0.1:1/keys"}
    gateway.app.config["tokens"] = Tokens(settings.load("gateway", environ))
    response = gateway.post("/v1/aspects", ASPECT, "clerk")
    assert response.status_code == 503
    assert response.get_json()["type"] == "/problems/keys-unavailable"
    assert "127.0.0.1" not in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["q=%ff", "q=%e5%85", "%80=1", "limit=5&q=a%c0%80"])
def test_a_query_that_is_no_utf_8_is_refused(gateway: Gateway, query: str) -> None:
    """However it is written; no service is asked with what stands for it."""
    response = gateway.client.get(f"/v1/aspects?{query}")
    assert (response.status_code, response.get_json()["type"]) == (400, "/problems/query-malformed")
    assert gateway.calls == []
    assert gateway.client.get("/v1/units?q=%E5%85%BB+100%25").status_code == 200


def test_what_is_wrong_with_a_text_is_said_in_chinese(gateway: Gateway) -> None:
    """Not that it is out of range."""
    for text, said in (
        ("\u200b", "看不见"),
        ("a\u202eb", "书写方向"),
        ("a\u2028b", "换行"),
        ("a\x00b", "控制字符"),
    ):
        response = gateway.post("/v1/aspects", {"code": "a", "name": text}, "clerk")
        assert said in str(response.get_json()["errors"]), text
