"""Shortlists: drawn up, taken through their stages, adopted."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.candidate import Candidate
from ..model.shortlist import Shortlist, decided
from ..queries.rules import in_force
from ..queries.shortlists import adopted_candidates, other_adopted
from .afterwards import shortlist_adopted


def draw_up(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Draw up a shortlist; it goes through the stages of the rule that is in force that day."""
    day = uow.happened(command["happened_on"])
    _check_free(command["candidate_ids"], command["year"], uow)
    candidates = uow.all_known(Candidate, command["candidate_ids"], "/candidate_ids")
    shortlist = Shortlist.draw_up(
        candidates,
        year=command["year"],
        day=day,
        recorded_at=uow.now,
        seats=command["seats"],
    )
    shortlist.follow(in_force(uow.session, "stages", day))
    return uow.add(shortlist)


def pass_stage(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Note that a shortlist passed a stage, or was given back to the one before."""
    shortlist = _following(command["id"], uow)
    if not shortlist.route.before_adoption(command["stage"]):
        # The government records its own stages, not what the standing committee decides.
        uow.principal.require("clerk", "secretariat")
    ids = command["candidate_ids"]
    if ids is not None and shortlist.adopted_on is None:
        _check_free(ids, shortlist.year, uow)
    shortlist.pass_stage(
        command["stage"],
        command["outcome"],
        uow.happened(command["happened_on"]),
        candidates=None if ids is None else uow.all_known(Candidate, ids, "/candidate_ids"),
        by=uow.principal.subject,
        **{name: command[name] for name in ("body", "person", "document_number", "note")},
    )
    return shortlist


def adopt(command: dict[str, Any], uow: UnitOfWork) -> Shortlist:
    """Adopt a shortlist: it is frozen and goes to the vote."""
    shortlist = _following(command["id"], uow)
    other = other_adopted(uow.session, shortlist)
    candidates = uow.all_known(Candidate, shortlist.candidate_ids, "")
    shortlist.adopt(
        candidates,
        command["adopted_by"],
        uow.happened(command["happened_on"]),
        document_number=command["document_number"],
        recorded_by=uow.principal.subject,
        other=other,
    )
    shortlist_adopted(uow, shortlist)
    return shortlist


def _check_free(ids: list[str], year: int, uow: UnitOfWork) -> None:
    """Raise Invalid if an adopted list of the year has one of them."""
    # What a former release adopted is known by its list only: its candidates got no state.
    if adopted_candidates(uow.session, year).intersection(ids):
        raise decided()


def _following(id_: str, uow: UnitOfWork) -> Shortlist:
    """The shortlist; one drawn up by a former release gets the stages of its day."""
    shortlist = uow.get(Shortlist, id_)
    if shortlist.adopted_on is None:
        shortlist.follow(in_force(uow.session, "stages", shortlist.happened_on))
    return shortlist
