"""Editions of the annual report (报告稿), and the meeting that one goes to."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.documents import DOCX
from services.supervision.schemas import editions as schemas

from ..resource import call, created, listed, operation, shown
from .reports import as_docx

blueprint = Blueprint(
    "report_editions", __name__, description="报告稿 Frozen, submitted, deliberated on"
)


@operation(
    blueprint,
    "POST",
    "/reports/<int:year>/editions",
    body=schemas.DraftEdition,
    answer=schemas.Edition,
    status=201,
)
def draft_edition(body: dict[str, Any], year: int) -> ResponseReturnValue:
    """Draft an edition: what the report says as of a day, frozen."""
    made = call("supervision", "draft_edition", body | {"year": year})
    return created(made, "/v1/report-editions/{id}")


@operation(
    blueprint,
    "GET",
    "/reports/<int:year>/editions",
    query=schemas.EditionQuery,
    answer=schemas.EditionBrief,
    many=True,
)
def list_editions(query: dict[str, Any], year: int) -> ResponseReturnValue:
    """List the editions of a year's report by number."""
    return listed(call("supervision", "list_editions", query | {"year": str(year)}))


@operation(blueprint, "GET", "/report-editions/<uuid:edition_id>", answer=schemas.Edition)
def get_edition(edition_id: Any) -> ResponseReturnValue:
    """Show an edition as it was frozen."""
    return shown(call("supervision", "get_edition", str(edition_id)))


@operation(blueprint, "GET", "/report-editions/<uuid:edition_id>/document", gives=[DOCX])
def get_edition_document(edition_id: Any) -> ResponseReturnValue:
    """Get an edition as DOCX."""
    return as_docx(call("supervision", "get_edition_document", str(edition_id)))


@operation(
    blueprint,
    "GET",
    "/report-editions/<uuid:edition_id>/differences",
    query=schemas.DifferenceQuery,
    answer=schemas.EditionDifferences,
)
def get_edition_differences(query: dict[str, Any], edition_id: Any) -> ResponseReturnValue:
    """Show what differs from another edition, or has changed since."""
    return shown(call("supervision", "get_edition_differences", str(edition_id), query))


@operation(
    blueprint,
    "POST",
    "/report-editions/<uuid:edition_id>/submission",
    body=schemas.SubmitEdition,
    answer=schemas.EditionBrief,
)
def submit_edition(body: dict[str, Any], edition_id: Any) -> ResponseReturnValue:
    """Submit an edition to a numbered meeting (提请审议)."""
    return shown(call("supervision", "submit_edition", str(edition_id), body))


@operation(
    blueprint,
    "POST",
    "/report-editions/<uuid:edition_id>/withdrawal",
    body=schemas.WithdrawEdition,
    answer=schemas.EditionBrief,
)
def withdraw_edition(body: dict[str, Any], edition_id: Any) -> ResponseReturnValue:
    """Take a submitted edition back, with a reason."""
    return shown(call("supervision", "withdraw_edition", str(edition_id), body))


@operation(
    blueprint,
    "POST",
    "/report-editions/<uuid:edition_id>/deliberation",
    body=schemas.DeliberateEdition,
    answer=schemas.EditionBrief,
)
def deliberate_edition(body: dict[str, Any], edition_id: Any) -> ResponseReturnValue:
    """Note that the meeting has deliberated on it (审议)."""
    return shown(call("supervision", "deliberate_edition", str(edition_id), body))
