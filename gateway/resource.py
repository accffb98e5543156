"""What every route does alike: check token, role, headers and body; call a service; answer."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import http
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import structlog
from flask import Flask, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser

from services.chassis import codec, logs
from services.chassis.context import CallContext, Principal
from services.commons.errors import Forbidden, ServiceError

from . import problems, uploads
from .auth import BadToken
from .roles import MAY, PUBLIC

log = structlog.get_logger()

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "made by the client, the same when it repeats the request; a UUID is best",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "the ETag that the client has seen; 412 if the thing has changed since",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
}
CONTENT_DIGEST = {
    "in": "header",
    "name": "Content-Digest",
    "required": False,
    "description": "RFC 9530; 422 if the bytes that arrive have another SHA-256",
    "schema": {"type": "string", "pattern": "^sha-256=:[A-Za-z0-9+/]{43}=:$"},
}
READ_PROBLEMS = (400, 401, 403, 404, 422, 500, 503, 504)
WRITE_PROBLEMS = (400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 429, 500, 503, 504)


_NO_FILES = ("application/json", "application/x-www-form-urlencoded")


class ProblemDetail(Schema):
    """One place of a problem."""

    pointer = fields.String(metadata={"description": "JSON pointer (RFC 6901) into the body"})
    detail = fields.String()


class Problem(Schema):
    """A problem (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(ProblemDetail))


class Refused(Exception):
    """The request does not get as far as a service; holds the response."""

    def __init__(self, response: Any) -> None:
        super().__init__(response.status)
        self.response = response


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    answer: type[Schema] | None = None,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    status: int = 200,
    many: bool = False,
    changes: bool = True,
    takes: Iterable[str] = (),
    gives: Iterable[str] = (),
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Register a function as one operation of the API; its name is the operation's id.

    ``body``: the schema of the JSON body; ``query``: of the query's parameters; ``many``: the
    answer is a page of ``answer``.  The function gets what was given, plain, and calls a service.
    ``changes``: False for a POST that only asks, with more than a request line holds, and so needs
    no Idempotency-Key.  ``takes``: the body is not JSON but a file of these media types, and the
    function gets it as an Upload; ``gives``: so is the answer, and not ``answer``, or by Accept
    the one or the other.
    """

    def register(
        function: Callable[..., ResponseReturnValue],
    ) -> Callable[..., ResponseReturnValue]:
        name = function.__name__

        @functools.wraps(function)
        def respond(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            # The loaded arguments only prove the request valid; services get it as it was sent.
            given = [g.body] if body or takes else []
            given += [request.args.to_dict()] if query else []
            return function(*given, **kwargs)

        blueprint.ARGUMENTS_PARSER = _PARSER
        wrapped: Any = respond
        if answer:
            wrapped = blueprint.response(status, _page(answer) if many else answer)(wrapped)
        if query:
            wrapped = blueprint.arguments(query(), location="query", as_kwargs=False)(wrapped)
        if body:
            wrapped = blueprint.arguments(body(), location="json")(wrapped)
        public = PUBLIC in MAY[name]
        codes = WRITE_PROBLEMS if method == "POST" else READ_PROBLEMS
        responses: dict[int, Any] = {code: http.HTTPStatus(code).name for code in codes}
        if method == "GET" and not many and (not answer or "version" in answer().fields):
            responses[304] = {"description": "the client has this version (If-None-Match)"}
        described: dict[str, Any] = {"responses": responses}
        if gives:
            responses[status] = {"description": "the file", "content": {kind: {} for kind in gives}}
        if takes:
            files: dict[str, Any] = {kind: {"schema": {}} for kind in takes}
            described["requestBody"] = {"required": True, "content": files}
        if _writes(method, changes):
            described["parameters"] = [IDEMPOTENCY_KEY, CONTENT_DIGEST if takes else IF_MATCH]
        wrapped = blueprint.doc(
            operationId=name, security=[] if public else [{"bearer": []}], **described
        )(wrapped)
        guarded = _guard(name, method, wrapped, file=bool(takes), changes=changes)
        blueprint.route(path, methods=[method])(guarded)
        return guarded

    return register


def call(service: str, method: str, *args: Any) -> Any:
    """Call a service on behalf of who asks."""
    return caller()(service, method, *args)


def caller() -> Callable[..., Any]:
    """What :func:`call` is in this request, also after it: for an answer that is streamed.

    A stream is read in another green thread than the one that made it, so Flask's context can not
    go with it (``stream_with_context`` fails at the stream's end).
    """
    deadline: float = current_app.config["settings"].rpc_deadline
    invoke = current_app.config["call"]
    asking = CallContext(
        principal=g.get("principal", Principal()),
        request_id=g.request_id,
        traceparent=g.traceparent,
        idempotency_key=g.get("idempotency_key"),
        expected_version=g.get("expected_version"),
        network=g.get("network", ""),
    )

    def invoked(service: str, method: str, *args: Any) -> Any:
        context = dataclasses.replace(asking, deadline=time.time() + deadline)
        return invoke(service, method, *args, context=context, deadline=deadline)

    return invoked


def streamed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same; a failure on the way is logged, and raised so that the connection is cut."""
    name, request_id = g.operation, g.request_id

    def watched() -> Iterator[bytes]:
        try:
            yield from pieces
        except Exception as exc:
            log.warning("stream_broken", operation=name, request_id=request_id, **logs.where(exc))
            raise

    return watched()


def created(thing: dict[str, Any], path: str = "") -> ResponseReturnValue:
    """201 with the representation, its ETag and where it is."""
    response = shown(thing)
    response.status_code = 201
    if path:
        response.headers["Location"] = path.format(**thing)
    return response


def shown(thing: dict[str, Any]) -> Any:
    """200 with the representation and its ETag; 304 if the client has it."""
    response = jsonify(thing)
    if "version" in thing:
        response.set_etag(str(thing["version"]))
        if request.method == "GET":
            response.make_conditional(request)
    return response


def listed(page: dict[str, Any]) -> Any:
    """200 with one page, and a Link to the next."""
    response = jsonify(page)
    if page.get("next"):
        args = request.args.to_dict() | {"cursor": page["next"]}
        response.headers["Link"] = f'<{request.path}?{urllib.parse.urlencode(args)}>; rel="next"'
    return response


@functools.cache
def _page(answer: type[Schema]) -> type[Schema]:
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(answer), required=True),
            "next": fields.String(
                required=True,
                allow_none=True,
                metadata={"description": "the cursor of the next page; null on the last"},
            ),
        },
        name=answer.__name__ + "Page",
    )


def _writes(method: str, changes: bool) -> bool:
    return method == "POST" and changes


def _guard(
    name: str, method: str, function: Any, *, file: bool = False, changes: bool = True
) -> Any:
    """The checks that come before the body is looked at."""
    allowed = MAY[name]

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        g.operation = name
        _authenticate(allowed)
        if _writes(method, changes):
            _read_headers()
        if file:
            with _file_body() as g.body:
                return function(*args, **kwargs)
        if method == "POST":
            g.body = _json_body()
        return function(*args, **kwargs)

    return guarded


def admitted(app: Flask, name: str, environ: dict[str, Any]) -> bool:
    """Whether a request gets past the checks that need no body; its answer says why not."""
    with app.request_context(environ):
        if app.preprocess_request() is not None:
            return False
        try:
            _authenticate(MAY[name])
            _read_headers()
        except (Refused, ServiceError):
            return False
    return True


def _authenticate(allowed: tuple[str, ...]) -> None:
    header = request.headers.get("Authorization", "")
    if PUBLIC in allowed and not header:
        return
    try:
        g.principal = current_app.config["tokens"].principal(header)
    except BadToken as exc:
        raise Refused(
            _bad(
                401,
                "token-invalid",
                str(exc),
                "需要有效的访问令牌(Authorization: Bearer …)",
                headers={"WWW-Authenticate": 'Bearer realm="minsheng"'},
            )
        ) from exc
    if PUBLIC not in allowed and not g.principal.roles.intersection(allowed):
        raise Forbidden(
            "role-missing",
            f"this needs one of the roles {', '.join(allowed)}",
            f"需要以下角色之一:{'、'.join(allowed)}",
        )


def _read_headers() -> None:
    key = request.headers.get("Idempotency-Key", "")
    if not (8 <= len(key) <= 200 and key.isascii() and all(33 <= ord(c) <= 126 for c in key)):
        raise Refused(
            _bad(
                400,
                "idempotency-key-missing",
                "send an Idempotency-Key header of 8 to 200 visible ASCII characters",
                "请发送 Idempotency-Key 请求头(8 至 200 个可见 ASCII 字符)",
            )
        )
    g.idempotency_key = key
    expected = request.headers.get("If-Match")
    if expected is not None:
        digits = expected.strip('"')
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise Refused(
                _bad(
                    400,
                    "if-match-malformed",
                    'If-Match is an ETag like "3"',
                    'If-Match 应为 "3" 这样的 ETag',
                )
            )
        g.expected_version = int(digits)


def _json_body() -> Any:
    """The body as plain data, read once and strictly."""
    if not request.is_json:
        raise Refused(_bad(415, "not-json", "send application/json", "请以 application/json 发送"))
    try:
        return codec.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Refused(
            _bad(400, "json-malformed", "the body is not JSON", "请求内容不是有效的 JSON")
        ) from None


@contextlib.contextmanager
def _file_body() -> Iterator[uploads.Upload]:
    """The body as a file on disk; where the server has not received it, that is done here."""
    if request.mimetype in _NO_FILES or request.mimetype.startswith("multipart/"):
        raise Refused(
            _bad(
                415,
                "not-a-file",
                "send the bytes of the file itself, e.g. as image/jpeg",
                "请直接发送文件内容,例如 Content-Type: image/jpeg",
            )
        )
    upload = request.environ.get(uploads.RECEIVED)
    if upload:
        yield upload
        return
    settings = current_app.config["settings"]
    with uploads.received(request.stream, request.content_length, settings) as upload:
        yield upload


class _Parser(FlaskParser):
    """webargs' parser on the body that has been read already."""

    def _raw_load_json(self, req: Any) -> Any:
        return g.body


_PARSER = _Parser()


def _bad(status: int, code: str, en: str, zh: str, headers: dict[str, str] | None = None) -> Any:
    return problems.problem(status, code, en, zh, g.language, headers=headers)


def new_request_id() -> str:
    """An id for a request that came without one."""
    return str(uuid.uuid4())
