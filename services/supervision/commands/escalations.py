"""What stays overdue comes to the rungs of the ladder (督办), once each."""

from __future__ import annotations

from services.chassis.work import UnitOfWork

from ..model.escalation import Escalation, Step, due_steps
from ..queries import escalations as queries
from ..queries.rules import in_force


def escalate(uow: UnitOfWork, after: str, limit: int = 500) -> tuple[int, str | None]:
    """Raise what has come to a rung by today, deadlines by id after one; how many, where to go on.

    Repeating it raises nothing twice.
    """
    today = uow.today
    rule = in_force(uow.session, "escalation", today)
    ladder = [Step.of(one) for one in rule.content]
    with uow.session.no_autoflush:
        found = queries.overdue_after(uow.session, after, today, limit)
        taken = queries.taken(uow.session, [one.id for one in found])
    raised = 0
    for one in found:
        steps = due_steps(one, ladder, taken.get(one.id, frozenset()), today, uow.settings.zone)
        for step, day in steps:
            uow.add(
                Escalation.raised(
                    one,
                    step,
                    happened_on=day,
                    recorded_at=uow.now,
                    rule_id=rule.id or None,
                    rule_digest=rule.digest,
                )
            )
        raised += len(steps)
    return raised, found[-1].id if found else None
