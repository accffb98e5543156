"""Forms on paper (纸质测评表), entered in pairs, and the statement of the count."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.documents import DOCX, TEXT
from services.survey.schemas import offline as schemas

from ..documents import accepted
from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("paper-forms", __name__, description="纸质测评表 Forms on paper")

_AUDIENCE = "/audiences/<uuid:audience_id>"
_FORM = "/paper-forms/<uuid:form_id>"


@operation(
    blueprint,
    "POST",
    f"{_AUDIENCE}/form-counts",
    body=schemas.FormCounts,
    answer=schemas.OfflineProgress,
)
def count_forms_by_hand(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Note how many forms were handed out and came back, as they were counted by hand."""
    return shown(call("survey", "count_forms_by_hand", str(audience_id), body))


@operation(blueprint, "GET", f"{_AUDIENCE}/form-counts", answer=schemas.OfflineProgress)
def get_offline_progress(audience_id: Any) -> ResponseReturnValue:
    """Show how far the entering is; nothing of the answers before the closing."""
    return shown(call("survey", "get_offline_progress", str(audience_id)))


@operation(
    blueprint,
    "POST",
    f"{_AUDIENCE}/paper-forms",
    body=schemas.EnterPaperForm,
    answer=schemas.PaperForm,
    status=201,
)
def enter_paper_form(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Enter a form; the second time, by somebody else, it is compared and counted."""
    found = call("survey", "enter_paper_form", str(audience_id), body)
    return created(found, "/v1/paper-forms/{id}")


@operation(
    blueprint,
    "GET",
    f"{_AUDIENCE}/paper-forms",
    query=schemas.PaperFormQuery,
    answer=schemas.PaperForm,
    many=True,
)
def list_paper_forms(query: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """List the forms by number; nothing of what they say."""
    return listed(call("survey", "list_paper_forms", str(audience_id), query))


@operation(blueprint, "GET", _FORM, answer=schemas.ComparedPaperForm)
def get_paper_form(form_id: Any) -> ResponseReturnValue:
    """Show a form, and line by line where its two entries differ."""
    return shown(call("survey", "get_paper_form", str(form_id)))


@operation(
    blueprint,
    "POST",
    f"{_FORM}/resolution",
    body=schemas.ResolvePaperForm,
    answer=schemas.PaperForm,
)
def resolve_paper_form(body: dict[str, Any], form_id: Any) -> ResponseReturnValue:
    """Say as a third person what stands on the lines that differ; the form is counted."""
    return shown(call("survey", "resolve_paper_form", str(form_id), body))


@operation(
    blueprint,
    "POST",
    f"{_FORM}/re-entry",
    body=schemas.ExplainOffline,
    answer=schemas.PaperForm,
)
def enter_paper_form_anew(body: dict[str, Any], form_id: Any) -> ResponseReturnValue:
    """Strike out two entries that differ, so that the form is entered anew in a pair."""
    return shown(call("survey", "enter_paper_form_anew", str(form_id), body))


@operation(
    blueprint,
    "POST",
    f"{_FORM}/setting-aside",
    body=schemas.ExplainOffline,
    answer=schemas.PaperForm,
)
def set_paper_form_aside(body: dict[str, Any], form_id: Any) -> ResponseReturnValue:
    """Leave a form out of the count with a reason: returned, and not valid."""
    return shown(call("survey", "set_paper_form_aside", str(form_id), body))


@operation(
    blueprint,
    "POST",
    f"{_FORM}/withdrawal",
    body=schemas.ExplainOffline,
    answer=schemas.PaperForm,
)
def withdraw_paper_form(body: dict[str, Any], form_id: Any) -> ResponseReturnValue:
    """Withdraw a number that was mistaken, for which there is no paper."""
    return shown(call("survey", "withdraw_paper_form", str(form_id), body))


@operation(
    blueprint,
    "GET",
    f"{_AUDIENCE}/count-statement",
    answer=schemas.CountStatement,
    gives=[TEXT, DOCX],
)
def get_count_statement(audience_id: Any) -> ResponseReturnValue:
    """Show the statement of the count to be signed, as data, as text or as DOCX, by Accept."""
    found = call("survey", "get_count_statement", str(audience_id))
    response, _ = accepted(found, "计票报告单")
    response.headers["Cache-Control"] = "private, no-store"
    return response
