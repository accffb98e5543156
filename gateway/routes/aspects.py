"""Aspects (方面)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import register as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "aspects", __name__, description="方面 Aspects that suggestions are sorted by"
)


@operation(
    blueprint, "POST", "/aspects", body=schemas.DefineAspect, answer=schemas.Aspect, status=201
)
def define_aspect(body: dict[str, Any]) -> ResponseReturnValue:
    """Define an aspect."""
    return created(call("proposal", "define_aspect", body), "/v1/aspects/{id}")


@operation(
    blueprint, "GET", "/aspects", query=schemas.AspectQuery, answer=schemas.Aspect, many=True
)
def list_aspects(query: dict[str, Any]) -> ResponseReturnValue:
    """List the aspects, all or those of a day."""
    return listed(call("proposal", "list_aspects", query))


@operation(blueprint, "GET", "/aspects/<uuid:aspect_id>", answer=schemas.Aspect)
def get_aspect(aspect_id: Any) -> ResponseReturnValue:
    """Show an aspect with its earlier names."""
    return shown(call("proposal", "get_aspect", str(aspect_id)))


@operation(
    blueprint,
    "POST",
    "/aspects/<uuid:aspect_id>/renaming",
    body=schemas.RenameAspect,
    answer=schemas.Aspect,
)
def rename_aspect(body: dict[str, Any], aspect_id: Any) -> ResponseReturnValue:
    """Give an aspect another name from a day on."""
    return shown(call("proposal", "rename_aspect", str(aspect_id), body))


@operation(
    blueprint,
    "POST",
    "/aspects/<uuid:aspect_id>/retirement",
    body=schemas.RetireAspect,
    answer=schemas.Aspect,
)
def retire_aspect(body: dict[str, Any], aspect_id: Any) -> ResponseReturnValue:
    """Take nothing new under an aspect from a day on."""
    return shown(call("proposal", "retire_aspect", str(aspect_id), body))
