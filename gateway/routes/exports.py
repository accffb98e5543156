"""Exports (导出): lists as files, fetched when they are ready."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.sheets import MEDIA_TYPES
from services.proposal.schemas import exports as schemas

from ..resource import call, created, operation, shown

blueprint = Blueprint("exports", __name__, description="导出 Lists as CSV, XLSX, NDJSON")


@operation(
    blueprint, "POST", "/exports", body=schemas.AskForExport, answer=schemas.Export, status=201
)
def ask_for_export(body: dict[str, Any]) -> ResponseReturnValue:
    """Ask for a list as a file; its state tells when it can be fetched."""
    return created(call("proposal", "ask_for_export", body), "/v1/exports/{id}")


@operation(blueprint, "GET", "/exports/<uuid:export_id>", answer=schemas.Export)
def get_export(export_id: Any) -> ResponseReturnValue:
    """Show how far an export is."""
    return shown(call("proposal", "get_export", str(export_id)))


@operation(blueprint, "GET", "/exports/<uuid:export_id>/file", gives=MEDIA_TYPES.values())
def get_export_file(export_id: Any) -> ResponseReturnValue:
    """Fetch the file of an export that is ready; 409 before, and after its seven days."""
    file = call("proposal", "get_export_file", str(export_id))
    pieces = current_app.config["files"].kept(file["key"], file["size"])
    response = Response(pieces, content_type=MEDIA_TYPES[file["format"]])
    response.content_length = file["size"]
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(file["name"])}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(file["sha256"])
    return response.make_conditional(request)
