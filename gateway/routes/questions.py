"""Questions asked at meetings (现场问询)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import meetings as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "questions", __name__, description="现场问询 Asked, answered, asked again, closed"
)


@operation(
    blueprint,
    "GET",
    "/questions",
    query=schemas.QuestionQuery,
    answer=schemas.Question,
    many=True,
)
def list_questions(query: dict[str, Any]) -> ResponseReturnValue:
    """List questions by day."""
    return listed(call("supervision", "list_questions", query))


@operation(blueprint, "GET", "/questions/<uuid:question_id>", answer=schemas.Question)
def get_question(question_id: Any) -> ResponseReturnValue:
    """Show a question with its answers."""
    return shown(call("supervision", "get_question", str(question_id)))


@operation(
    blueprint,
    "POST",
    "/questions/<uuid:question_id>/answers",
    body=schemas.AnswerQuestion,
    answer=schemas.Question,
    status=201,
)
def answer_question(body: dict[str, Any], question_id: Any) -> ResponseReturnValue:
    """Answer, as the unit that was asked."""
    return created(call("supervision", "answer_question", str(question_id), body))


@operation(
    blueprint,
    "POST",
    "/questions/<uuid:question_id>/follow-ups",
    body=schemas.FollowUpQuestion,
    answer=schemas.Question,
    status=201,
)
def follow_up_question(body: dict[str, Any], question_id: Any) -> ResponseReturnValue:
    """Ask again, as the deputy who asked."""
    return created(call("supervision", "follow_up_question", str(question_id), body))


@operation(
    blueprint,
    "POST",
    "/questions/<uuid:question_id>/closing",
    body=schemas.CloseQuestion,
    answer=schemas.Question,
    status=201,
)
def close_question(body: dict[str, Any], question_id: Any) -> ResponseReturnValue:
    """Close a question, as the deputy who asked."""
    return created(call("supervision", "close_question", str(question_id), body))
