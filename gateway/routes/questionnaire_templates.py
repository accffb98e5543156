"""Templates of questionnaires (问卷模板)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.survey.schemas import templates as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "questionnaire-templates", __name__, description="问卷模板 Questions used from year to year"
)


@operation(
    blueprint,
    "POST",
    "/questionnaire-templates",
    body=schemas.DraftTemplate,
    answer=schemas.QuestionnaireTemplate,
    status=201,
)
def draft_questionnaire_template(body: dict[str, Any]) -> ResponseReturnValue:
    """Draft a template, or the next edition of one."""
    answer = call("survey", "draft_questionnaire_template", body)
    return created(answer, "/v1/questionnaire-templates/{id}")


@operation(
    blueprint,
    "GET",
    "/questionnaire-templates",
    query=schemas.TemplateQuery,
    answer=schemas.QuestionnaireTemplate,
    many=True,
)
def list_questionnaire_templates(query: dict[str, Any]) -> ResponseReturnValue:
    """List the templates."""
    return listed(call("survey", "list_questionnaire_templates", query))


@operation(
    blueprint,
    "GET",
    "/questionnaire-templates/<uuid:template_id>",
    answer=schemas.QuestionnaireTemplate,
)
def get_questionnaire_template(template_id: Any) -> ResponseReturnValue:
    """Show an edition of a template."""
    return shown(call("survey", "get_questionnaire_template", str(template_id)))
