"""Audiences (测评主体) of a questionnaire, and their answers."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.survey.schemas import answers, forms
from services.survey.schemas import audiences as schemas

from .. import network
from ..resource import call, created, operation, shown

blueprint = Blueprint(
    "audiences", __name__, description="测评主体 Who is asked about satisfaction, how and when"
)


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/audiences",
    body=schemas.AddAudience,
    answer=schemas.Audience,
    status=201,
)
def add_audience(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Add an audience to a questionnaire that is drafted or open."""
    answer = call("survey", "add_audience", str(questionnaire_id), body)
    return created(answer, "/v1/audiences/{id}")


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/audiences",
    answer=schemas.Audiences,
)
def list_audiences(questionnaire_id: Any) -> ResponseReturnValue:
    """List the audiences of a questionnaire."""
    return shown(call("survey", "list_audiences", str(questionnaire_id)))


@operation(blueprint, "GET", "/audiences/<uuid:audience_id>", answer=schemas.Audience)
def get_audience(audience_id: Any) -> ResponseReturnValue:
    """Show an audience; nothing of its answers."""
    return shown(call("survey", "get_audience", str(audience_id)))


@operation(
    blueprint,
    "POST",
    "/audiences/<uuid:audience_id>/opening",
    body=schemas.OpenAudience,
    answer=schemas.Audience,
)
def open_audience(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Open an audience that was added after the opening of its questionnaire."""
    return shown(call("survey", "open_audience", str(audience_id), body))


@operation(
    blueprint,
    "POST",
    "/audiences/<uuid:audience_id>/closing",
    body=schemas.CloseAudience,
    answer=schemas.Audience,
)
def close_audience(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """End the answering of one audience."""
    return shown(call("survey", "close_audience", str(audience_id), body))


@operation(blueprint, "GET", "/audiences/<uuid:audience_id>/form", answer=forms.AudienceForm)
def get_audience_form(audience_id: Any) -> ResponseReturnValue:
    """Show what an audience is asked, as one needs it to ask and to answer."""
    return shown(call("survey", "get_audience_form", str(audience_id)))


@operation(
    blueprint,
    "POST",
    "/audiences/<uuid:audience_id>/answers",
    body=answers.AnswerQuestionnaire,
    answer=answers.AnswerAccepted,
    status=201,
)
def answer_questionnaire(body: dict[str, Any], audience_id: Any) -> ResponseReturnValue:
    """Answer: a deputy as whom her token speaks for, others with what they were given; once."""
    # Open links have limits for each network; the service learns a pseudonym, never an address.
    g.network = network.pseudonym(request, current_app.config["settings"])
    return created(call("survey", "answer_questionnaire", str(audience_id), body))


@operation(
    blueprint,
    "GET",
    "/audiences/<uuid:audience_id>/participation",
    answer=schemas.Participation,
)
def get_participation(audience_id: Any) -> ResponseReturnValue:
    """Show how many of how many have answered; never what."""
    return shown(call("survey", "get_participation", str(audience_id)))


@operation(
    blueprint, "GET", "/audiences/<uuid:audience_id>/outstanding", answer=schemas.Outstanding
)
def get_outstanding(audience_id: Any) -> ResponseReturnValue:
    """Show which deputies on the roll have not answered; nothing else."""
    return shown(call("survey", "get_outstanding", str(audience_id)))
