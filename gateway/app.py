"""The Flask application: routes, documents and how every failure is told."""

from __future__ import annotations

import http
import importlib
import pkgutil
import re
import time
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from flask import Flask, g, jsonify, request
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from services.chassis import logs, telemetry
from services.chassis.receiving import Receiving
from services.chassis.settings import Settings
from services.chassis.validation import places
from services.commons.errors import ServiceError

from . import open311, problems, routes
from .auth import Tokens
from .resource import Problem, Refused, new_request_id

log = structlog.get_logger()

DESCRIPTION = (
    "民生实事项目人大代表票决制:征集、初定、票决、监督、测评。"
    "Livelihood projects chosen by the deputies' vote."
)


def create_app(settings: Settings, call: Any) -> Flask:
    """The application; ``call(service, method, *args, context=, deadline=)`` reaches services."""
    app = Flask("gateway", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.config.update(
        settings=settings,
        call=call,
        files=Receiving(settings),
        tokens=Tokens(settings),
        API_TITLE="Minsheng 民生",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION, "license": {"name": "Apache-2.0"}},
        },
    )
    api = _Api(app)
    api.spec.components.security_scheme(
        "bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    )
    for module in pkgutil.iter_modules(routes.__path__):
        blueprint = importlib.import_module(f"{routes.__name__}.{module.name}").blueprint
        api.register_blueprint(blueprint, url_prefix="/v1")
    app.register_blueprint(open311.blueprint)
    _documents(app)
    _surroundings(app)
    _failures(app)
    return app


class _Api(Api):
    """flask-smorest's, but every failure is a problem, and no answer goes undocumented."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_responses(self) -> None:
        media = {problems.MEDIA_TYPE: {"schema": Problem}}
        for status in http.HTTPStatus:
            described = {"description": status.phrase, "content": media}
            self.spec.components.response(status.name, described, lazy=True)


def _documents(app: Flask) -> None:
    from .web import docs, survey

    app.add_url_rule("/docs", "docs", docs.page)
    app.add_url_rule("/a/<uuid:audience_id>", "survey", survey.page)
    app.add_url_rule("/a/assets/<name>", "survey-asset", survey.asset)
    app.add_url_rule("/", "home", lambda: jsonify({"name": "minsheng", "documents": "/docs"}))


def _surroundings(app: Flask) -> None:
    """What happens around every request: ids, language, time and one log line."""

    @app.before_request
    def begin() -> Any:
        g.began = time.monotonic()
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if re.fullmatch(r"[A-Za-z0-9_.-]{8,64}", given) else new_request_id()
        parent = request.headers.get("Traceparent", "")
        g.traceparent = (
            parent
            if re.fullmatch(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", parent)
            else ""
        )
        g.language = problems.language(request.headers.get("Accept-Language", ""))
        try:
            unquote_to_bytes(request.query_string).decode()
        except UnicodeDecodeError:
            en, zh = "the query is not UTF-8", "查询参数不是 UTF-8 编码"
            return problems.problem(400, "query-malformed", en, zh, g.language)
        return None

    @app.after_request
    def end(response: Any) -> Any:
        response.headers["X-Request-Id"] = g.request_id
        response.headers["X-Content-Type-Options"] = "nosniff"
        seconds = time.monotonic() - g.began
        name = g.get("operation", "none")
        telemetry.http_seconds.labels(name, str(response.status_code)).observe(seconds)
        log.info(
            "answered",
            operation=name,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            request_id=g.request_id,
        )
        return response


def _failures(app: Flask) -> None:
    """Every failure as a problem; a failure of ours is logged and not told."""

    @app.errorhandler(ServiceError)
    def told(exc: ServiceError) -> Any:
        return problems.response(exc, g.language)

    @app.errorhandler(Refused)
    def refused(exc: Refused) -> Any:
        return exc.response

    @app.errorhandler(HTTPException)
    def web(exc: HTTPException) -> Any:
        code = exc.code or 500
        messages = getattr(exc, "data", {}).get("messages")
        if code == 422 and messages:
            inner = next(iter(messages.values()))
            return problems.problem(
                422,
                "body-invalid",
                "the request does not fit its schema",
                "请求内容不符合要求",
                g.language,
                details=list(places(inner, "")),
            )
        headers = {n: v for n, v in exc.get_headers() if n.lower() not in ("content-type",)}
        title = problems.TITLES.get(code, exc.name)
        return problems.problem(
            code, f"http-{code}", exc.description or exc.name, title, g.language, headers=headers
        )

    @app.errorhandler(Exception)
    def broken(exc: Exception) -> Any:
        log.error("request_failed", request_id=g.request_id, **logs.where(exc))
        return problems.internal(g.language)
