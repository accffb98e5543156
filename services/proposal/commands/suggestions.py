"""Suggestions: sorted, matched."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import deadline, eligibility
from ..model.acts import Sorting, fresh
from ..model.match import Match
from ..model.suggestion import ACCEPTED, RECLASSIFIED, RETURNED, Suggestion
from ..model.voted import VotedSubItem
from ..queries.acts import count_versions
from ..queries.following import was_matched
from ..queries.rules import in_force
from . import deadlines
from .closing import close_with
from .following import Occasion, tell_all
from .references import know_aspect, open_suggestion


def sort(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Accept, return or reclassify a suggestion, by the checklist in force on that day.

    What was corrected is accepted in the version that If-Match names, or not at all.
    """
    suggestion = open_suggestion(command["id"], uow)
    day, outcome = uow.happened(command["happened_on"]), command["outcome"]
    if outcome == ACCEPTED:
        _know_version(suggestion, uow)
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
    _what_follows(act, suggestion, uow)
    return suggestion


def _know_version(suggestion: Suggestion, uow: UnitOfWork) -> None:
    """Raise Conflict if it says something else than at first, and nobody named what she has read.

    In the transaction, after the suggestion was read: a correction that comes in between makes this
    one be tried again, and the second try finds it here.
    """
    if uow.context.expected_version is None and count_versions(uow.session, suggestion.id):
        raise Conflict(
            "version-needed",
            "this has been corrected; read it again and send If-Match with the version that was"
            " read",
            "该建议已被更正,请重新阅读,并以 If-Match 写明所阅版本",
        )


def _what_follows(act: Sorting, suggestion: Suggestion, uow: UnitOfWork) -> None:
    """The clock of an accepted one starts, that of a returned one ends; the author is told."""
    if act.outcome == RECLASSIFIED:
        return
    if act.outcome == ACCEPTED:
        deadlines.start(uow, suggestion, deadline.ACCEPTED, act.happened_on)
    else:
        deadlines.end(uow, act.happened_on, suggestion_id=[suggestion.id])
    occasion = Occasion(act.outcome, act.happened_on, reason=act.reason_code)
    tell_all(uow, occasion, [suggestion.id], act.id)
    if act.outcome == RETURNED:
        close_with(uow, suggestion.id, act.happened_on)


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
