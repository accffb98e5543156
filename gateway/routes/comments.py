"""Comments (意见) written in an assessment: read in groups, reviewed, released."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.survey.schemas import comments as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("comments", __name__, description="意见 What people wrote, by what it says")


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/comments",
    query=schemas.CommentQuery,
    answer=schemas.CommentGroup,
    many=True,
)
def list_comment_groups(query: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """List the comments of a closed questionnaire, those together that say the same."""
    return listed(call("survey", "list_comment_groups", str(questionnaire_id), query))


@operation(
    blueprint,
    "POST",
    "/questionnaires/<uuid:questionnaire_id>/released-comments",
    body=schemas.ReleaseComment,
    answer=schemas.ReleasedComment,
    status=201,
)
def release_comment(body: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """Release a reviewed comment, for the public to read once the score is published."""
    return created(call("survey", "release_comment", str(questionnaire_id), body))


@operation(
    blueprint,
    "POST",
    "/released-comments/<uuid:comment_id>/withdrawal",
    body=schemas.WithdrawComment,
    answer=schemas.ReleasedComment,
)
def withdraw_comment(body: dict[str, Any], comment_id: Any) -> ResponseReturnValue:
    """Take a released comment back."""
    return shown(call("survey", "withdraw_comment", str(comment_id), body))


@operation(
    blueprint,
    "GET",
    "/questionnaires/<uuid:questionnaire_id>/released-comments",
    query=PageQuery,
    answer=schemas.PublishedComment,
    many=True,
)
def list_published_comments(query: dict[str, Any], questionnaire_id: Any) -> ResponseReturnValue:
    """List the released comments, the commonest first; public with the score."""
    return listed(call("survey", "list_published_comments", str(questionnaire_id), query))
