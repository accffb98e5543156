"""Suggestions: submitted, sorted, matched."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.suggestion import OFFICIAL, Suggestion
from ..model.voted import VotedSubItem
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
    suggestion.sort(
        command["outcome"],
        command["aspect"],
        command["reason"],
        by=uow.principal.subject,
        day=uow.happened(command["happened_on"]),
    )
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
    suggestion.match(sub_item_id, by=uow.principal.subject, day=day)
    return suggestion
