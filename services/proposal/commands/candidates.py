"""Candidate projects: put forward, revised, deliberated on, screened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from ..model import deliberation
from ..model.candidate import Candidate
from ..model.pool_entry import PoolEntry
from ..model.suggested_project import SuggestedProject
from ..model.unit import Unit
from ..queries.rules import in_force
from ..queries.shortlists import is_frozen
from .afterwards import candidate_changed, candidate_proposed, candidate_returned
from .pool import return_to_pool
from .references import know_aspect, speak_for, speak_for_delegation, speak_for_unit


def propose(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Put a candidate project forward, perhaps one that waited in the reserve pool."""
    day = uow.happened(command["happened_on"])
    _know(command, day, uow)
    entry = None
    if command["pool_entry_id"]:
        entry = uow.known(PoolEntry, command["pool_entry_id"], "/pool_entry_id")
        command["suggested_project_ids"] = (
            command["suggested_project_ids"] or entry.suggested_project_ids
        )
    candidate = uow.add(Candidate.propose(**command, recorded_at=uow.now))
    if entry:
        entry.put_forward(candidate.id, day)
    candidate_proposed(uow, candidate)
    return candidate


def revise(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Change a candidate; the version that was there before is kept."""
    candidate = _open(command.pop("id"), uow)
    day = uow.happened(command.pop("happened_on"))
    reason = command.pop("reason")
    _know(command, day, uow)
    by = uow.principal.subject
    uow.add(candidate.revise(command, reason=reason, by=by, day=day, recorded_at=uow.now))
    candidate_changed(uow, candidate, day)
    return candidate


def give_opinion(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Note an opinion on a candidate; a deputy's in her own name only, or her delegation's."""
    speak_for(command["deputy_id"], uow)
    speak_for_delegation(command["delegation"], uow)
    candidate = uow.get(Candidate, command["id"])
    candidate.give_opinion(
        command["criterion"],
        command["text"],
        command["deputy_id"],
        uow.happened(command["happened_on"]),
        delegation=command["delegation"],
        phase=command["phase"],
    )
    return candidate


def answer_opinion(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Note the answer of a unit that leads or helps, or the government's, to an opinion."""
    candidate = uow.get(Candidate, command["id"])
    speak_for_unit(uow, candidate.lead_unit_id, *candidate.co_unit_ids)
    day = uow.happened(command["happened_on"])
    answer = deliberation.answer(command["text"], command["adopted"], day, by=uow.principal.subject)
    candidate.answer_opinion(command["opinion_id"], answer)
    return candidate


def screen(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Note a body's scores by the principles in force on that day."""
    candidate = uow.get(Candidate, command["id"])
    day = uow.happened(command["happened_on"])
    rule = in_force(uow.session, "principles", day)
    candidate.screen(rule, command["scores"], command["body"], day)
    return candidate


def give_back(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Give a candidate that does not come to the vote back to the pool, and tell the authors."""
    candidate = _open(command["id"], uow)
    day = uow.happened(command["happened_on"])
    candidate.give_back()
    return_to_pool(uow, candidate, day, command["reason"])
    candidate_returned(uow, candidate, day)
    return candidate


def _open(id_: str, uow: UnitOfWork) -> Candidate:
    """The candidate, unless it is frozen; one adopted by a former release has no state yet."""
    candidate = uow.get(Candidate, id_)
    if is_frozen(uow.session, candidate.id, candidate.year):
        raise Conflict(
            "candidate-frozen",
            "the candidate stands on an adopted shortlist and is frozen",
            "该候选项目已列入通过的清单,不能再修订",
        )
    return candidate


def _know(fields: dict[str, Any], day: dt.date, uow: UnitOfWork) -> None:
    """Raise Invalid unless everything exists that a body refers to."""
    if "aspect" in fields:
        know_aspect(fields["aspect"], uow, day)
    if "lead_unit_id" in fields:
        uow.known(Unit, fields["lead_unit_id"], "/lead_unit_id")
    uow.all_known(Unit, fields.get("co_unit_ids", ()), "/co_unit_ids")
    projects = fields.get("suggested_project_ids", ())
    uow.all_known(SuggestedProject, projects, "/suggested_project_ids")
    urgency = fields.get("urgency")
    if urgency:
        codes = [one["code"] for one in in_force(uow.session, "urgency", day).content]
        if urgency not in codes:
            raise Invalid(
                "urgency-unknown",
                f"the rule in force has {', '.join(codes)}",
                f"现行规则中的轻重缓急代码为:{'、'.join(codes)}",
                [{"pointer": "/urgency", "detail": "is no code of the rule in force"}],
            )
