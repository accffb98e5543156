"""What every step of the closed loop needs: the matter, its routing, its deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork, not_found
from services.commons.deadline import PROMISE
from services.commons.errors import Forbidden
from services.commons.handover import LEAD

from ..model import deadline
from ..model.confirmation import Act
from ..model.matter import HANDLED, OPINION, PROBLEM, RAISED, Matter
from ..model.opinion import Opinion, Problem
from ..model.project import Project
from ..model.reply import Reply, Said
from ..model.route import Occasion, ways
from ..model.routing import Routing
from ..queries import existing
from ..queries import matters as queries
from ..queries.deadlines import kept
from ..queries.plans import plan_in_force
from ..queries.rules import in_force
from ..tables import heard
from . import deadlines

Json = dict[str, Any]

CLASSES: dict[str, type[Matter]] = {OPINION: Opinion, PROBLEM: Problem}
#: What a reply settles.
ANSWERED = (
    *(deadline.ACCEPT, deadline.REPLY, deadline.SECOND_REPLY, PROMISE),
    *(deadline.JUDGE, deadline.CLOSE),
)


def taken_up(command: Json, uow: UnitOfWork) -> Matter:
    """The matter that a step is about, and its day checked."""
    if command["register"] not in CLASSES:
        raise not_found(Matter)
    matter = uow.get(CLASSES[command["register"]], command["id"])
    uow.happened(command["happened_on"])
    take_over(uow, matter)
    return matter


def route_first(uow: UnitOfWork, matter: Matter, day: dt.date | None = None) -> Routing:
    """Give a new matter to the unit that the rule names (转办); if not when it came, on a day."""
    day = day or matter.happened_on
    with uow.session.no_autoflush:
        rule = in_force(uow.session, "routing", day)
        project = uow.known(Project, matter.project_id, "/project_id")
        plan = plan_in_force(uow.session, project.id, day)
        occasion = Occasion(
            project_id=project.id,
            aspect=project.aspect,
            kind=matter.kind,
            division=matter.division,
            lead_unit_id=plan.lead_unit_id if plan else project.lead_unit_id,
            tasks=plan.tasks if plan else (),
        )
        # A rule may name a unit that was never registered; what no unit gets is lost.
        *others, last = ways(rule.content, occasion)
        known = (way for way in others if existing.all_heard(uow.session, heard.units, way[:1]))
        unit_id, basis = next(known, last)
    by_rule = {"rule_id": rule.id or None, "rule_digest": rule.digest}
    return give(uow, matter, unit_id, day, basis=basis, reason=None, **by_rule)


def give(
    uow: UnitOfWork,
    matter: Matter,
    unit_id: str,
    day: dt.date,
    *,
    basis: str,
    reason: str | None,
    **more: Any,
) -> Routing:
    """Give it to a unit, and let its days begin."""
    matter.route(unit_id, day)
    until, clock = deadlines.clocked(uow, deadline.RETURN, deadline.ROUTED, day)
    routing = Routing.make(
        matter,
        unit_id,
        LEAD,
        basis=basis,
        reason=reason,
        routed_by=uow.principal.subject,
        return_until=clock.due(until).day if until else None,
        happened_on=day,
        recorded_at=uow.now,
        **more,
    )
    start(uow, matter, deadline.ACCEPT, deadline.ROUTED, day)
    owed = open_of(uow, matter, deadline.REPLY, deadline.SECOND_REPLY)
    for one in owed:  # another unit, not another day: no way round makes lateness undone
        one.unit_id = unit_id
    if not owed:
        start(uow, matter, deadline.REPLY, deadline.ROUTED, day)
    return uow.add(routing)


def start(
    uow: UnitOfWork,
    matter: Matter,
    code: str,
    begins: str,
    day: dt.date,
    *,
    unit: bool = True,
) -> None:
    """Set a deadline of a matter by the rule; ``unit``: its unit must keep it."""
    deadlines.start(
        uow,
        matter.register,
        matter.id,
        code,
        begins,
        day,
        of=matter.class_,
        project_id=matter.project_id,
        unit_id=matter.unit_id if unit else None,
    )


def open_of(uow: UnitOfWork, matter: Matter, *codes: str) -> list[deadline.Deadline]:
    """The open deadlines of a matter, of these terms or of any."""
    with uow.session.no_autoflush:
        found = kept.open_of(uow.session, subject_id=[matter.id])
        # What was set in this transaction is not written yet.
        new = [one for one in uow.session.new if isinstance(one, deadline.Deadline)]
    found += [one for one in new if one.subject_id == matter.id and one.is_open()]
    return [one for one in found if not codes or one.code in codes]


def end(uow: UnitOfWork, matter: Matter, day: dt.date, *codes: str) -> None:
    """End the open deadlines of a matter, of these terms or all."""
    for one in open_of(uow, matter, *codes):
        one.end(day)


def accepted(uow: UnitOfWork, matter: Matter, day: dt.date) -> None:
    """The unit has taken it, in so many words or by acting."""
    end(uow, matter, day, deadline.ACCEPT)
    with uow.session.no_autoflush:
        lead = queries.lead_routing(uow.session, matter.id)
    if lead is not None and lead.unit_id == matter.unit_id:
        lead.accept(day, by=uow.principal.subject)


def again(uow: UnitOfWork, matter: Matter, begins: str, day: dt.date) -> None:
    """The unit must reply again (再次答复); what it promised stays due until it does."""
    end(uow, matter, day, deadline.JUDGE, deadline.CONFIRM)
    if not open_of(uow, matter, deadline.SECOND_REPLY):
        start(uow, matter, deadline.SECOND_REPLY, begins, day)


def note(
    uow: UnitOfWork, matter: Matter, act: str, day: dt.date, *, text: str | None, unit: bool = True
) -> Act:
    """Keep that something was done."""
    return uow.add(
        Act.of(
            matter,
            act,
            unit_id=matter.unit_id if unit else None,
            text=text,
            done_by=uow.principal.subject,
            happened_on=day,
            recorded_at=uow.now,
        )
    )


def by_nobody_concerned(uow: UnitOfWork, matter: Matter) -> None:
    """Forbidden for the deputy who raised it: she does not answer herself."""
    if matter.deputy_id is not None and uow.principal.subject == matter.deputy_id:
        raise Forbidden(
            "answered-by-author",
            "who raised it does not deal with it or answer it herself",
            "提出人不能自行办理或者答复",
        )


def take_over(uow: UnitOfWork, matter: Matter) -> None:
    """Bring a row of the release before into the loop: with a unit, and with a deadline."""
    if matter.state is not None:
        return
    stage = matter.stage
    matter.adopt_state()
    if stage == RAISED:
        route_first(uow, matter)
        return
    matter.unit_id = matter.replied_by or matter.handled_by
    if stage == HANDLED:
        start(uow, matter, deadline.REPLY, deadline.ROUTED, matter.happened_on)
    elif matter.unit_id is not None and matter.replied_on is not None:
        said = Said(matter.reply_text or "", None, None, matter.replied_on)
        more = {"number": 1, "given_by": None, "recorded_at": uow.now}
        uow.add(Reply.give(matter, matter.unit_id, said, **more))


def take_over_all(uow: UnitOfWork, limit: int = 200) -> int:
    """The same for all that the release before left, some at a time; how many."""
    with uow.session.no_autoflush:
        found = queries.outside_the_loop(uow.session, limit)
    for one in found:
        take_over(uow, one)
    return len(found)
