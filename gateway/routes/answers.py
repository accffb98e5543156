"""Answers to suggestions (答复), and what is overdue."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import answers as schemas
from services.proposal.schemas import suggestions

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("answers", __name__, description="答复 To every suggestion, in time")


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/answers",
    body=schemas.AnswerApart,
    answer=schemas.Answer,
    status=201,
)
def answer_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Answer one suggestion by itself, or again."""
    return created(call("proposal", "answer_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/answers",
    query=PageQuery,
    answer=schemas.Answer,
    many=True,
)
def list_answers(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List the answers to a suggestion."""
    return listed(call("proposal", "list_answers", str(suggestion_id), query))


@operation(
    blueprint,
    "POST",
    "/answers/<uuid:answer_id>/judgement",
    body=schemas.JudgeAnswer,
    answer=schemas.Judgement,
    status=201,
)
def judge_answer(body: dict[str, Any], answer_id: Any) -> ResponseReturnValue:
    """Say whether an answer satisfies; if not, another is due."""
    return created(call("proposal", "judge_answer", str(answer_id), body))


@operation(
    blueprint,
    "GET",
    "/answers/<uuid:answer_id>/judgements",
    query=PageQuery,
    answer=schemas.Judgement,
    many=True,
)
def list_judgements(query: dict[str, Any], answer_id: Any) -> ResponseReturnValue:
    """List what the recipients think of an answer."""
    return listed(call("proposal", "list_judgements", str(answer_id), query))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/extension",
    body=schemas.ExtendDeadline,
    answer=suggestions.Suggestion,
)
def extend_deadline(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Give more time for the answer, once (延期)."""
    return shown(call("proposal", "extend_deadline", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/overdue",
    query=schemas.OverdueQuery,
    answer=schemas.Deadline,
    many=True,
)
def list_overdue(query: dict[str, Any]) -> ResponseReturnValue:
    """List what was overdue on a day (逾期)."""
    return listed(call("proposal", "list_overdue", query))
