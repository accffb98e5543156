"""Releasing comments for the public, reviewed, and taking them back."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.comment import ReleasedComment
from ..model.questionnaire import Questionnaire
from ..queries import comment_groups as queries


def release(command: dict[str, Any], uow: UnitOfWork) -> ReleasedComment:
    """Let the public read a reviewed comment, from the publication of the score on."""
    questionnaire = uow.get(Questionnaire, command["id"], locked=True)
    group = queries.group_named(uow.session, questionnaire, command["key"], command["group"])
    if queries.standing_on(uow.session, questionnaire.id, group.code):
        raise Conflict("comment-released", "this is released already", "该意见已经公开")
    return uow.add(
        ReleasedComment.release(
            questionnaire.id,
            group,
            text=command["text"],
            by=uow.principal.subject,
            on=uow.happened(command["happened_on"]),
            recorded_at=uow.now,
        )
    )


def withdraw(command: dict[str, Any], uow: UnitOfWork) -> ReleasedComment:
    """Take a released comment back."""
    released = uow.get(ReleasedComment, command["id"])
    released.withdraw(command["reason"], uow.happened(command["happened_on"]))
    return released
