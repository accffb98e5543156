"""Open links and codes at the site (公开链接、民生码)."""

from __future__ import annotations

import base64
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.survey.schemas import invitations as schemas

from ..answering import address
from ..resource import call, created, operation, shown

blueprint = Blueprint("links", __name__, description="民生码 Open links, their codes and posters")

_AUDIENCE = "/audiences/<uuid:audience_id>"
_ONE = "/links/<uuid:link_id>"
_SVG, _PNG = "image/svg+xml", "image/png"


@operation(
    blueprint, "POST", f"{_AUDIENCE}/links", body=schemas.OpenLink, answer=schemas.Link, status=201
)
def open_link(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Open a link, for a site or for a way of spreading it."""
    return created(call("survey", "open_link", str(audience_id), body), "/v1/links/{id}")


@operation(blueprint, "GET", f"{_AUDIENCE}/links", answer=schemas.Links)
def list_links(audience_id: Any) -> ResponseReturnValue:
    """Show the links of an audience, with how many answered by each on which day."""
    return shown(call("survey", "list_links", str(audience_id)))


@operation(blueprint, "GET", _ONE, answer=schemas.Link)
def get_link(link_id: Any) -> ResponseReturnValue:
    """Show a link, with how many answered by it on which day."""
    return shown(call("survey", "get_link", str(link_id)))


@operation(blueprint, "POST", f"{_ONE}/closing", body=schemas.CloseLink, answer=schemas.Link)
def close_link(body: dict[str, Any], link_id: Any) -> ResponseReturnValue:
    """Take no more answers by a link."""
    return shown(call("survey", "close_link", str(link_id), body))


@operation(blueprint, "GET", f"{_ONE}/code", query=schemas.LinkCodeQuery, gives=[_SVG, _PNG])
def get_link_code(query: dict[str, Any], link_id: Any) -> ResponseReturnValue:
    """Get the QR code of a link, as SVG or PNG."""
    kind = query.get("kind", "svg")
    made = call("survey", "draw_link_code", _address(str(link_id), query), kind)
    if kind == "png":
        return Response(base64.b64decode(made["png"]), content_type=_PNG)
    return Response(made["svg"], content_type=_SVG)


@operation(blueprint, "GET", f"{_ONE}/poster", query=schemas.PosterQuery, gives=[_SVG])
def get_link_poster(query: dict[str, Any], link_id: Any) -> ResponseReturnValue:
    """Get a poster to hang up at the site, as SVG of A4's size."""
    made = call("survey", "draw_link_poster", str(link_id), _address(str(link_id), query))
    return Response(made["svg"], content_type=_SVG)


@operation(blueprint, "GET", f"{_AUDIENCE}/screened", answer=schemas.Screened)
def get_screened(audience_id: Any) -> ResponseReturnValue:
    """Show which quotas are full; after the closing how many came too late, by cell."""
    return shown(call("survey", "get_screened", str(audience_id)))


def _address(link_id: str, query: dict[str, Any]) -> str:
    link = call("survey", "get_link", link_id)
    return address(link["audience_id"], query.get("address"), link=link["code"])
