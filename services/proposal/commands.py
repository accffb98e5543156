"""Everything that changes something here: one function a command, ``(command, unit of work)``."""

from __future__ import annotations

from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from . import queries
from .model.aspect import Aspect
from .model.candidate import Candidate
from .model.round import Round
from .model.shortlist import Shortlist
from .model.suggested_project import SuggestedProject
from .model.suggestion import OFFICIAL, Suggestion
from .model.unit import Unit
from .model.voted import VotedSubItem


def define_aspect(command: dict[str, Any], uow: UnitOfWork) -> Aspect:
    """Add an aspect to the list."""
    return uow.add(Aspect.define(**command, recorded_at=uow.now))


def register_unit(command: dict[str, Any], uow: UnitOfWork) -> Unit:
    """Add a unit to the register."""
    return uow.add(Unit.register(**command, recorded_at=uow.now))


def open_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Open a round of collection."""
    return uow.add(Round.open(**command, recorded_at=uow.now))


def submit(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Take in a suggestion; a deputy may make one in her own name only."""
    uow.happened(command["happened_on"])
    _know_aspect(command["aspect"], uow)
    _speak_for(command["deputy_id"], uow)
    if command["author_kind"] in OFFICIAL:
        uow.principal.require("clerk", "government")
    return uow.add(Suggestion.submit(**command, recorded_at=uow.now))


def sort(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Accept or return a suggestion."""
    suggestion = uow.get(Suggestion, command["id"])
    if command["aspect"]:
        _know_aspect(command["aspect"], uow)
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


def distil(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Distil a suggested project from suggestions."""
    uow.happened(command["happened_on"])
    _know_aspect(command["aspect"], uow)
    suggestions = uow.all_known(Suggestion, command.pop("suggestion_ids"), "/suggestion_ids")
    project = SuggestedProject.distil(suggestions, **command, recorded_at=uow.now)
    return uow.add(project)


def propose(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Put a candidate project forward."""
    uow.happened(command["happened_on"])
    _know_aspect(command["aspect"], uow)
    uow.known(Unit, command["lead_unit_id"], "/lead_unit_id")
    uow.all_known(SuggestedProject, command["suggested_project_ids"], "/suggested_project_ids")
    return uow.add(Candidate.propose(**command, recorded_at=uow.now))


def give_opinion(command: dict[str, Any], uow: UnitOfWork) -> Candidate:
    """Note an opinion on a candidate; a deputy's in her own name only."""
    _speak_for(command["deputy_id"], uow)
    candidate = uow.get(Candidate, command["id"])
    day = uow.happened(command["happened_on"])
    candidate.give_opinion(command["criterion"], command["text"], command["deputy_id"], day)
    return candidate


def draw_up(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Draw up a shortlist."""
    day = uow.happened(command["happened_on"])
    candidates = uow.all_known(Candidate, command["candidate_ids"], "/candidate_ids")
    return uow.add(
        Shortlist.draw_up(candidates, year=command["year"], day=day, recorded_at=uow.now)
    )


def adopt(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Adopt a shortlist: it is frozen and goes to the vote."""
    shortlist = uow.get(Shortlist, command["id"])
    candidates = uow.all_known(Candidate, shortlist.candidate_ids, "")
    shortlist.adopt(candidates, command["adopted_by"], uow.happened(command["happened_on"]))
    return shortlist


def hear_result(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Take over which sub-items were voted, from the certified result."""
    for candidate in data["candidates"]:
        if not candidate["chosen"]:
            continue
        for item in candidate["sub_items"]:
            if uow.find(VotedSubItem, item["id"]) is None:
                uow.add(
                    VotedSubItem(
                        id=item["id"],
                        project_id=candidate["candidate_id"],
                        project_name=candidate["name"],
                        name=item["name"],
                        year=data["year"],
                        certified_on=data["certified_on"],
                    )
                )


def _speak_for(deputy_id: str | None, uow: UnitOfWork) -> None:
    if deputy_id is not None:
        uow.principal.speak_for(deputy_id, own="deputy", others=("clerk",))


def _know_aspect(code: str, uow: UnitOfWork) -> None:
    if not queries.knows_aspect(uow.session, code):
        raise Invalid(
            "aspect-unknown",
            f"there is no aspect {code}; GET /v1/aspects lists them",
            f"没有代码为 {code} 的方面,可用 GET /v1/aspects 查询",
            [{"pointer": "/aspect", "detail": "is not in the list of aspects"}],
        )
