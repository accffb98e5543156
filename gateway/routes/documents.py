"""The register of documents (工作方案、工作计划等文件)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.errors import NotFound
from services.commons.photos import MEDIA_TYPES
from services.supervision.schemas import documents as schemas

from ..resource import call, created, listed, operation, shown
from .files import sealed

blueprint = Blueprint("documents", __name__, description="文件 Schemes, plans, notices, bulletins")


@operation(
    blueprint,
    "POST",
    "/documents",
    body=schemas.RegisterDocument,
    answer=schemas.SupervisionDocument,
    status=201,
)
def register_document(body: dict[str, Any]) -> ResponseReturnValue:
    """Enter a document in the register."""
    return created(call("supervision", "register_document", body), "/v1/documents/{id}")


@operation(
    blueprint,
    "GET",
    "/documents",
    query=schemas.DocumentQuery,
    answer=schemas.SupervisionDocument,
    many=True,
)
def list_documents(query: dict[str, Any]) -> ResponseReturnValue:
    """List the documents by day of issue."""
    return listed(call("supervision", "list_documents", query))


@operation(blueprint, "GET", "/documents/<uuid:document_id>", answer=schemas.SupervisionDocument)
def get_document(document_id: Any) -> ResponseReturnValue:
    """Show a document."""
    return shown(call("supervision", "get_document", str(document_id)))


@operation(blueprint, "GET", "/documents/<uuid:document_id>/file", gives=MEDIA_TYPES.values())
def get_document_file(document_id: Any) -> ResponseReturnValue:
    """Get the file of a document."""
    sha256 = call("supervision", "get_document", str(document_id))["sha256"]
    if sha256 is None:
        raise NotFound("file-not-found", "this document is a text", "该文件没有附件,只有正文")
    return sealed(sha256)
