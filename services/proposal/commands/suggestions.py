"""Suggestions: submitted, sorted, matched."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import deadline
from ..model.match import Match
from ..model.suggestion import ACCEPTED, OFFICIAL, Suggestion
from ..model.voted import VotedSubItem
from ..queries.following import was_matched
from . import deadlines
from .following import Occasion, tell_all
from .references import know_aspect, speak_for


def submit(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Take in a suggestion; a deputy may make one in her own name only."""
    uow.happened(command["happened_on"])
    know_aspect(command["aspect"], uow)
    speak_for(command["deputy_id"], uow)
    if command["author_kind"] in OFFICIAL:
        uow.principal.require("clerk", "government")
    return uow.add(Suggestion.submit(**command, recorded_at=uow.now))


def sort(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Accept or return a suggestion."""
    suggestion = uow.get(Suggestion, command["id"])
    if command["aspect"]:
        know_aspect(command["aspect"], uow)
    day = uow.happened(command["happened_on"])
    suggestion.sort(
        command["outcome"],
        command["aspect"],
        command["reason"],
        by=uow.principal.subject,
        day=day,
    )
    if suggestion.state == ACCEPTED:
        deadlines.start(uow, suggestion, deadline.ACCEPTED, day)
    tell_all(uow, Occasion(suggestion.state, day), [suggestion.id], suggestion.id)
    return suggestion


def match(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Note which voted sub-item a suggestion matches, or that none does."""
    suggestion = uow.get(Suggestion, command["id"])
    sub_item_id = command["sub_item_id"]
    if sub_item_id and uow.find(VotedSubItem, sub_item_id) is None:
        raise Conflict(
            "sub-item-not-voted",
            "this is no sub-item of a project that was chosen (as far as is known here)",
            "该子项不属于已票决的项目(或结果尚未送达)",
        )
    day = uow.happened(command["happened_on"])
    _keep_earlier(uow, suggestion)
    suggestion.match(sub_item_id, by=uow.principal.subject, day=day)
    judged = uow.add(
        Match.judge(
            suggestion_id=suggestion.id,
            sub_item_id=sub_item_id,
            matched_on=day,
            matched_by=uow.principal.subject,
            recorded_at=uow.now,
        )
    )
    reason = "matches" if sub_item_id else "matches-none"
    tell_all(uow, Occasion("matched", day, reason=reason), [suggestion.id], judged.id)
    return suggestion


def _keep_earlier(uow: UnitOfWork, suggestion: Suggestion) -> None:
    """Put a judgement from before there was a history into it, else it would be lost."""
    if suggestion.matched_on is None or was_matched(uow.session, suggestion.id):
        return
    uow.add(
        Match.judge(
            suggestion_id=suggestion.id,
            sub_item_id=suggestion.matched_sub_item,
            matched_on=suggestion.matched_on,
            matched_by=suggestion.matched_by or "",
            recorded_at=uow.now - dt.timedelta(seconds=1),
        )
    )
