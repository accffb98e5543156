"""The register of documents."""

from __future__ import annotations

from typing import Any

from services.chassis.files import Files
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import calendar
from ..model.document import Document
from ..model.group import Group
from ..model.leading_group import LeadingGroup
from ..queries import existing
from . import references
from .calendar import fulfil
from .files import known_file

Json = dict[str, Any]


def know_file(body: Any, files: Files) -> None:
    """Raise Invalid unless the file of a document has been uploaded; before the transaction."""
    sha256 = body.get("sha256") if isinstance(body, dict) else None
    if isinstance(sha256, str):
        known_file(files, sha256, "/sha256")


def register_document(command: Json, uow: UnitOfWork) -> Document:
    """Enter a document; one that takes the place of another does so alone."""
    uow.happened(command["happened_on"])
    if command["project_id"] is not None:
        references.project(uow, command["project_id"])
    references.own(uow, Group, command["group_id"], "/group_id")
    references.own(uow, LeadingGroup, command["leading_group_id"], "/leading_group_id")
    replaced = references.own(uow, Document, command["replaces_id"], "/replaces_id")
    if replaced is not None and existing.is_replaced(uow.session, replaced.id):
        raise Conflict(
            "replaced-already",
            "another document has taken the place of that one",
            "该文件已被另一文件代替",
            [{"pointer": "/replaces_id", "detail": "is replaced already"}],
        )
    document = uow.add(Document.register(**command, recorded_at=uow.now))
    day = document.happened_on
    fulfil(uow, calendar.DOCUMENT, document.kind, document.id, day, day)
    return document
