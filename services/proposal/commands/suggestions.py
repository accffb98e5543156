"""Suggestions: sorted, matched."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import eligibility
from ..model.acts import Sorting, fresh
from ..model.suggestion import ACCEPTED, RETURNED, Suggestion
from ..model.voted import VotedSubItem
from ..queries.rules import in_force
from .references import know_aspect, open_suggestion


def sort(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Accept, return or reclassify a suggestion, by the checklist in force on that day."""
    suggestion = open_suggestion(command["id"], uow)
    day, outcome = uow.happened(command["happened_on"]), command["outcome"]
    if command["aspect"]:
        know_aspect(command["aspect"], uow, day)
    rule = in_force(uow.session, "eligibility", day)
    finding = eligibility.judge(rule.content, command["checks"], accepting=outcome == ACCEPTED)
    if outcome == RETURNED and command["reason_code"]:
        finding = eligibility.reason_named(rule.content, command["reason_code"])
    if outcome != RETURNED:
        finding = eligibility.Finding()
    before, by = suggestion.aspect, uow.principal.subject
    reason = command["reason"] or finding.reason
    suggestion.sort(outcome, command["aspect"], reason, by=by, day=day, reason_code=finding.code)
    act = fresh(
        Sorting,
        suggestion_id=suggestion.id,
        outcome=outcome,
        aspect_before=before,
        aspect_after=suggestion.aspect,
        reason=reason,
        reason_code=finding.code,
        checks=command["checks"],
        rule_id=rule.id or None,
        rule_digest=rule.digest,
        sorted_by=by,
        happened_on=day,
        recorded_at=uow.now,
    )
    uow.add(act)
    return suggestion


def match(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Note which voted sub-item a suggestion matches, or that none does."""
    suggestion = open_suggestion(command["id"], uow)
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
