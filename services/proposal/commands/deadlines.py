"""Deadlines: started, extended, met, and computed anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.deadline import START, Clock, Term, term
from services.commons.errors import Conflict

from ..model import deadline
from ..model.deadline import Deadline
from ..model.handover import Handover
from ..model.rule import Rule
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import Suggestion
from ..queries import deadlines as queries
from ..queries.answers import members
from ..queries.rules import in_force
from .references import open_suggestion, speak_for_unit


def start(uow: UnitOfWork, suggestion: Suggestion, what: str, day: dt.date) -> None:
    """Start the clock of one suggestion's answer, if the rule has it start with this step.

    ``what``: ``accepted``, ``handed-over`` or ``judged``.
    """
    start_all(uow, [suggestion], what, day)


def start_all(
    uow: UnitOfWork,
    suggestions: Sequence[Suggestion],
    what: str,
    day: dt.date,
    unit_id: str | None = None,
) -> None:
    """The same for many, ``unit_id`` being who must answer from now on.

    Each unit has a second answer of its own to give: one does not become another's.
    """
    with uow.session.no_autoflush:
        rule, clock = _clock(uow, day)
        waiting = {
            one.suggestion_id: one
            for one in queries.open_of(
                uow.session,
                kind=deadline.SUGGESTION,
                suggestion_id=[one.id for one in suggestions],
            )
            if one.code == _code(what) and (what != deadline.JUDGED or one.unit_id == unit_id)
        }
    for suggestion in suggestions:
        running = waiting.get(suggestion.id)
        if running is None:
            running = _started(uow, suggestion, what, rule, clock, unit_id)
        elif found := _term(rule, suggestion, what):
            running.restart(found, clock)
        if running is not None:
            running.unit_id = unit_id or running.unit_id
            suggestion.answer_by(running.due_on, provisional=running.provisional)


def start_project(
    uow: UnitOfWork, project: SuggestedProject, members: Sequence[Suggestion], lead: Handover
) -> Deadline | None:
    """When the leading unit must have answered: the first day that any of the members has."""
    rule, clock = _clock(uow, lead.happened_on)
    terms = [_term(rule, one, deadline.HANDED_OVER) for one in members]
    known = [one for one in terms if one is not None]
    if not known:
        return None
    return uow.add(
        Deadline.set(
            deadline.PROJECT,
            project.id,
            min(known, key=lambda one: clock.due(one).day),
            clock,
            recorded_at=uow.now,
            project_id=project.id,
            unit_id=lead.unit_id,
        )
    )


def start_opinion(uow: UnitOfWork, handover: Handover) -> None:
    """When a co-handling unit must have told the lead its opinion."""
    rule, clock = _clock(uow, handover.happened_on)
    found = term(rule.content, deadline.OPINION_TERM, deadline.HANDED_OVER)
    if found is not None:
        uow.add(
            Deadline.set(
                deadline.OPINION,
                handover.id,
                found,
                clock,
                recorded_at=uow.now,
                project_id=handover.project_id,
                unit_id=handover.unit_id,
            )
        )


def return_until(uow: UnitOfWork, day: dt.date) -> dt.date | None:
    """The last day on which what is handed over on ``day`` may be returned."""
    rule, clock = _clock(uow, day)
    found = term(rule.content, deadline.RETURN, deadline.HANDED_OVER)
    return clock.due(found).day if found else None


def end(
    uow: UnitOfWork, day: dt.date, *, kind: str | None = None, **which: Collection[str]
) -> None:
    """End the open deadlines of suggestions, projects or others: met, or fallen away."""
    with uow.session.no_autoflush:
        for one in queries.open_of(uow.session, kind=kind, **which):
            one.end(day)


def meet(
    uow: UnitOfWork, suggestion_ids: Collection[str], unit_id: str, day: dt.date
) -> dict[str, Deadline]:
    """End what a unit's answer meets; what is due next from others, by suggestion."""
    left: dict[str, Deadline] = {}
    with uow.session.no_autoflush:
        found = queries.open_of(uow.session, suggestion_id=suggestion_ids)
    for one in found:
        if one.is_met_by(unit_id):
            one.end(day)
        else:
            left.setdefault(one.suggestion_id or "", one)
    return left


def release(uow: UnitOfWork, suggestion_ids: Collection[str], unit_id: str) -> None:
    """The clocks of suggestions run on, but not against a unit that has given them back."""
    kind = deadline.SUGGESTION
    with uow.session.no_autoflush:
        for one in queries.open_of(uow.session, kind=kind, suggestion_id=suggestion_ids):
            if one.unit_id == unit_id:
                one.unit_id = None


def extend(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Give more time for an answer, once, within the rule's limit, with a reason."""
    suggestion = open_suggestion(command["id"], uow)
    day = uow.happened(command["happened_on"])
    kind, ids = deadline.SUGGESTION, [suggestion.id]
    running = _running(uow, queries.open_of(uow.session, kind=kind, suggestion_id=ids))
    _extend(uow, running, suggestion.author_kind, command["reason"], day)
    suggestion.answer_by(running.due_on, provisional=running.provisional)
    return suggestion


def extend_project(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """The same for a suggested project, and for those of its members that may still have it."""
    project = uow.get(SuggestedProject, command["id"])
    day, reason = uow.happened(command["happened_on"]), command["reason"]
    ids = [project.id]
    running = _running(uow, queries.open_of(uow.session, kind=deadline.PROJECT, project_id=ids))
    _extend(uow, running, None, reason, day)
    project.due(running)
    with uow.session.no_autoflush:
        found = {one.id: one for one in members(uow.session, project.suggestion_ids)}
        open_ = queries.open_of(uow.session, kind=deadline.SUGGESTION, suggestion_id=found)
    for one in open_:
        suggestion = found[one.suggestion_id or ""]
        # One that stands in several projects may be due from the unit of another.
        its_own = one.code == deadline.ANSWER and one.unit_id in (None, running.unit_id)
        if its_own and one.extended_on is None and not one.is_over(day):
            _extend(uow, one, suggestion.author_kind, reason, day)
            suggestion.answer_by(one.due_on, provisional=one.provisional)
    return project


def _running(uow: UnitOfWork, found: list[Deadline]) -> Deadline:
    """What runs, for whom it runs: Forbidden for another unit, and before anybody has it."""
    if not found:
        raise Conflict("no-deadline", "no answer to it is due", "目前没有待答复的期限")
    speak_for_unit(uow, found[0].unit_id)
    return found[0]


def _extend(
    uow: UnitOfWork, running: Deadline, author: str | None, reason: str, day: dt.date
) -> None:
    with uow.session.no_autoflush:
        rule, clock = _clock(uow, day)
    longer = term(rule.content, deadline.EXTENSION, START, author)
    if longer is None or running.code != deadline.ANSWER:
        raise Conflict(
            "extension-not-allowed",
            "the rule in force allows no extension of this deadline",
            "现行规则不允许延长该期限",
        )
    running.extend(longer, reason, by=uow.principal.subject, day=day, zone=clock.zone)


def recompute(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Compute provisional deadlines anew, ``limit`` of them by id after ``after``; what changed.

    Repeating it changes nothing until a year's working days are announced.
    """
    looked_at = queries.provisional_after(uow.session, command["after"], command["limit"])
    before = {one.id: one.due_on for one in looked_at}
    moved = [one for one in looked_at if one.recompute(uow.settings.zone)]
    with uow.session.no_autoflush:
        for one in moved:
            _note(uow, one)
    changed = [
        {
            "id": one.id,
            "kind": one.kind,
            "suggestion_id": one.suggestion_id,
            "project_id": one.project_id,
            "was_due_on": before[one.id],
            "due_on": one.due_on,
            "provisional": one.provisional,
        }
        for one in moved
    ]
    return {"changed": changed, "last": looked_at[-1].id if looked_at else None}


def start_missing(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Start the clocks of what was accepted before there were any, from the day of its sorting.

    What the rule of that day gives no term stays without one.
    """
    looked_at = queries.without_clock(uow.session, command["after"], command["limit"])
    for one in looked_at:
        if one.sorted_on is not None:
            start(uow, one, deadline.ACCEPTED, one.sorted_on)
    changed = [
        {
            "id": one.id,
            "kind": deadline.SUGGESTION,
            "suggestion_id": one.id,
            "project_id": None,
            "was_due_on": None,
            "due_on": one.answer_due_on,
            "provisional": one.answer_due_provisional,
        }
        for one in looked_at
        if one.answer_due_on is not None
    ]
    return {"changed": changed, "last": looked_at[-1].id if looked_at else None}


def _note(uow: UnitOfWork, moved: Deadline) -> None:
    """Carry a changed day to whose it is."""
    if moved.kind == deadline.SUGGESTION and moved.suggestion_id:
        suggestion = uow.find(Suggestion, moved.suggestion_id)
        if suggestion is not None:
            suggestion.answer_by(moved.due_on, provisional=moved.provisional)
    elif moved.kind == deadline.PROJECT and moved.project_id:
        project = uow.find(SuggestedProject, moved.project_id)
        if project is not None:
            project.due(moved)


def _clock(uow: UnitOfWork, day: dt.date) -> tuple[Rule, Clock]:
    """The rule of that day, and the clock: hours count from now if it happened today."""
    rule = in_force(uow.session, "deadlines", day)
    instant = uow.now if day == uow.today else None
    return rule, Clock(day, instant, uow.settings.zone, rule.id, rule.digest)


def _term(rule: Rule, suggestion: Suggestion, what: str) -> Term | None:
    return term(rule.content, _code(what), what, suggestion.author_kind)


def _code(what: str) -> str:
    return deadline.SECOND_ANSWER if what == deadline.JUDGED else deadline.ANSWER


def _started(
    uow: UnitOfWork,
    suggestion: Suggestion,
    what: str,
    rule: Rule,
    clock: Clock,
    unit_id: str | None,
) -> Deadline | None:
    """A new deadline; none for what was answered already, but for a second answer."""
    found = _term(rule, suggestion, what)
    if found is None or (suggestion.answered_on is not None and what != deadline.JUDGED):
        return None
    return uow.add(
        Deadline.set(
            deadline.SUGGESTION,
            suggestion.id,
            found,
            clock,
            recorded_at=uow.now,
            suggestion_id=suggestion.id,
            unit_id=unit_id,
        )
    )
