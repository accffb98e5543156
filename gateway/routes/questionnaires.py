"""Questionnaires (满意度测评)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.survey.schemas import questionnaires as schemas
from services.survey.schemas import scores

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("questionnaires", __name__, description="满意度测评 How satisfied people are")


@operation(
    blueprint,
    "POST",
    "/questionnaires",
    body=schemas.DraftQuestionnaire,
    answer=schemas.Questionnaire,
    status=201,
)
def draft_questionnaire(body: dict[str, Any]) -> ResponseReturnValue:
    """Draft a questionnaire; audiences are added to it before it is opened."""
    return created(call("survey", "draft_questionnaire", body), "/v1/questionnaires/{id}")


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/revisions",
    body=schemas.ReviseQuestionnaire,
    answer=schemas.Questionnaire,
)
def revise_questionnaire(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Change what is asked, as long as nobody has answered."""
    return shown(call("survey", "revise_questionnaire", str(questionnaire_id), body))


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/opening",
    body=schemas.ActOnQuestionnaire,
    answer=schemas.Questionnaire,
)
def open_questionnaire(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Open it to its audiences: lines, grounds and rolls are frozen."""
    return shown(call("survey", "open_questionnaire", str(questionnaire_id), body))


@operation(
    blueprint,
    "GET",
    "/questionnaires",
    query=schemas.QuestionnaireQuery,
    answer=schemas.Questionnaire,
    many=True,
)
def list_questionnaires(query: dict[str, Any]) -> ResponseReturnValue:
    """List the questionnaires."""
    return listed(call("survey", "list_questionnaires", query))


@operation(
    blueprint, "GET", "/questionnaires/<uuid:questionnaire_id>", answer=schemas.Questionnaire
)
def get_questionnaire(questionnaire_id: Any) -> ResponseReturnValue:
    """Show a questionnaire and its lines; nothing of the answers."""
    return shown(call("survey", "get_questionnaire", str(questionnaire_id)))


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/closing",
    body=schemas.ActOnQuestionnaire,
    answer=schemas.Questionnaire,
)
def close_questionnaire(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Close a questionnaire and all its audiences; only then counts can be read."""
    return shown(call("survey", "close_questionnaire", str(questionnaire_id), body))


@operation(blueprint, "GET", "/questionnaires/<uuid:questionnaire_id>/score", answer=scores.Score)
def get_score(questionnaire_id: Any) -> ResponseReturnValue:
    """Show the score, once it is published; to who prepares that, from the closing on."""
    return shown(call("survey", "get_score", str(questionnaire_id)))
