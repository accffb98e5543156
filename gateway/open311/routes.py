"""GeoReport v2 at ``/open311/v2``: services, requests and their updates.

Outside the API's document: the specification is GeoReport's own, and so are its errors.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog
from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from services.chassis import logs
from services.chassis.context import Principal
from services.commons.errors import Forbidden, Invalid, NotFound, ServiceError

from .. import problems
from ..auth import BadToken
from ..resource import call
from ..roles import OPEN311_REPORTERS
from . import reading, writing

log = structlog.get_logger()

blueprint = Blueprint("open311", __name__, url_prefix="/open311/v2")

#: An id is a UUID; a request has it at once, so a token is the request's id.
_FORMS = "<any(xml, json):form>"
#: When what discovery tells was last changed, whom to ask, and how to come by an ``api_key``.
_CHANGED = "2026-11-26T00:00:00+08:00"
_CONTACT = "本级人大常委会办事机构 the office of the congress's standing committee"
_KEYS = "代表的访问令牌即 api_key,由办事机构发放 a deputy's access token, issued by the office"
_REQUESTS = ("service_requests", "request")


@blueprint.before_request
def begin() -> None:
    """Name the operation, and answer for no other jurisdiction."""
    g.operation = f"open311_{(request.endpoint or 'unknown').rpartition('.')[2]}"
    asked = request.values.get("jurisdiction_id", "")
    if asked and asked != current_app.config["settings"].jurisdiction:
        raise NotFound(
            "jurisdiction-unknown",
            "jurisdiction_id provided was not found",
            "没有该 jurisdiction_id",
        )


@blueprint.get(f"/discovery.{_FORMS}")
def discovery(form: str) -> Response:
    """Tell what is offered here."""
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": request.host_url + "open311/v2",
        "changeset": _CHANGED,
        "type": "production",
        "formats": ("format", ["text/xml", "application/json"]),
    }
    told = {"changeset": _CHANGED, "contact": _CONTACT, "key_service": _KEYS}
    return writing.single(form, "discovery", told | {"endpoints": ("endpoint", [endpoint])})


@blueprint.get(f"/services.{_FORMS}")
def services(form: str) -> Response:
    """List the kinds of requests."""
    return writing.document(form, ("services", "service"), map(_service, _offered()))


@blueprint.get(f"/services/<code>.{_FORMS}")
def service(code: str, form: str) -> Response:
    """Tell what a kind asks for: nothing beyond what every request has."""
    if code not in {one["code"] for one in _offered()}:
        raise NotFound("service-not-found", "service_code was not found", "没有该 service_code")
    record: dict[str, Any] = {"service_code": code, "attributes": ("attribute", [])}
    return writing.single(form, "service_definition", record)


@blueprint.get(f"/requests.{_FORMS}")
def requests(form: str) -> Response:
    """List requests, by default those of the last ninety days."""
    found = call("supervision", "open311_requests", reading.query_of_requests(request.args))
    return writing.document(form, _REQUESTS, map(_request, found["items"]))


@blueprint.get(f"/requests/<uuid:request_id>.{_FORMS}")
def one_request(request_id: Any, form: str) -> Response:
    """Show one request."""
    found = call("supervision", "open311_request", str(request_id))
    return writing.document(form, _REQUESTS, [_request(found)])


@blueprint.get(f"/tokens/<uuid:request_id>.{_FORMS}")
def token(request_id: Any, form: str) -> Response:
    """Tell the id that belongs to a token: the same."""
    found = call("supervision", "open311_request", str(request_id))
    record = {"service_request_id": found["id"], "token": found["id"]}
    return writing.document(form, _REQUESTS, [record])


@blueprint.get(f"/servicerequestupdates.{_FORMS}")
def updates(form: str) -> Response:
    """List published replies (an extension that clients have agreed upon)."""
    found = call("supervision", "open311_updates", reading.query(request.args))
    names = ("service_request_updates", "request_update")
    return writing.document(form, names, map(_update, found["items"]))


@blueprint.post(f"/requests.{_FORMS}")
def report(form: str) -> Response:
    """Take a deputy's report: a snap, forwarded like every other."""
    g.principal = _reporter()
    given = {name: value for name, value in request.form.items() if name != "api_key"}
    settings = current_app.config["settings"]
    day = settings.today.isoformat()
    body = reading.snap(given, g.principal.subject, day)
    if body["kind"] not in {one["code"] for one in _offered()}:
        raise Invalid("service-unknown", "service_code was not found", "没有该 service_code")
    g.idempotency_key = request.headers.get("Idempotency-Key") or _key(given, day)
    made = call("supervision", "take_snap", body)
    record = {"service_request_id": made["id"], "service_notice": None, "account_id": None}
    return writing.document(form, _REQUESTS, [record], 201)


@blueprint.errorhandler(ServiceError)
def told(exc: ServiceError) -> Response:
    """What is wrong; where our API says 422, GeoReport says 400."""
    status = problems.STATUS.get(exc.kind, 500)
    text = exc.en if g.language == problems.ENGLISH else exc.zh
    pairs = ((reading.told(e["pointer"]), e["detail"]) for e in exc.errors if e.get("pointer"))
    where = "; ".join(": ".join(pair) for pair in pairs)
    return _errors(400 if status == 422 else status, f"{text} ({where})" if where else text)


@blueprint.errorhandler(HTTPException)
def web(exc: HTTPException) -> Response:
    """What Flask refuses."""
    return _errors(exc.code or 500, exc.description or exc.name)


@blueprint.errorhandler(Exception)
def broken(exc: Exception) -> Response:
    """A failure of ours is logged and not told."""
    log.error("request_failed", request_id=g.request_id, **logs.where(exc))
    return _errors(500, "something went wrong on our side")


@blueprint.route("/<path:anything>", methods=["GET", "POST"])
def unknown(anything: str) -> Response:
    """Nothing is there."""
    del anything
    return _errors(404, "there is no such resource; ask with .xml or .json")


def _errors(status: int, description: str) -> Response:
    form = writing.JSON if request.path.endswith(".json") else writing.XML
    return writing.errors(form, status, description)


def _reporter() -> Principal:
    """Who reports: by our token, as ``Authorization`` or as GeoReport's ``api_key``."""
    header = request.headers.get("Authorization", "")
    if not header:
        header = f"Bearer {request.form.get('api_key', '')}"
    try:
        principal: Principal = current_app.config["tokens"].principal(header)
    except BadToken as exc:
        raise Forbidden(
            "token-invalid", f"api_key must be a valid token: {exc}", "api_key 应为有效的访问令牌"
        ) from exc
    principal.require(*OPEN311_REPORTERS)
    return principal


def _key(given: dict[str, str], day: str) -> str:
    """The same report of the same person on one day is the same: its clients know no keys."""
    said = json.dumps([g.principal.subject, day, sorted(given.items())], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _offered() -> list[dict[str, Any]]:
    offered: list[dict[str, Any]] = call("supervision", "open311_services")["items"]
    return offered


def _service(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "service_code": one["code"],
        "service_name": one["name"],
        "description": one["description"],
        "metadata": False,
        "type": "realtime",
        "keywords": None,
        "group": None,
    }


def _request(one: dict[str, Any]) -> dict[str, Any]:
    image = f"{request.host_url}v1/published-photos/{one['photo_id']}/image"
    return {
        "service_request_id": one["id"],
        "status": one["status"],
        "status_notes": one["status_notes"],
        "service_name": one["name"],
        "service_code": one["code"],
        "description": one["description"],
        "agency_responsible": one["agency"],
        "service_notice": None,
        "requested_datetime": one["requested_at"],
        "updated_datetime": one["updated_at"],
        "expected_datetime": one["expected_at"],
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": one["latitude"],
        "long": one["longitude"],
        "media_url": image if one["photo_id"] else None,
    }


def _update(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "update_id": one["id"],
        "service_request_id": one["request_id"],
        "updated_datetime": one["updated_at"],
        "status": one["status"],
        "description": one["description"],
    }
