"""Authors are told: of every step of their suggestion, and of what stands on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.chassis.work import UnitOfWork

from ..model.follow_up import SORTING, FollowUp
from ..queries.answers import recipients
from ..queries.following import told
from ..queries.rules import in_force


@dataclass(frozen=True)
class Occasion:
    """Something that happened, of which the rule ``milestones`` says whether authors are told.

    ``share``: how far the project is; a milestone that names one is reached from there on.
    """

    when: str
    day: dt.date
    project_id: str | None = None
    reason: str | None = None
    votes: dict[str, int] | None = None
    share: float = 0.0


def tell(uow: UnitOfWork, occasion: Occasion, about: Mapping[str, str]) -> None:
    """Tell the authors of suggestions: ``about``: suggestion → what it is about.

    Each is told once of the same milestone of the same thing, however often this is asked for.
    """
    if not about:
        return
    with uow.session.no_autoflush:
        milestones = _reached(uow, occasion)
        before = told(uow.session, set(about.values()), milestones) if milestones else set()
        sorting = occasion.when in SORTING
        whom = recipients(uow.session, about.keys(), sorting=sorting) if milestones else {}
    for suggestion_id in sorted(whom):
        for milestone in milestones:
            about_id = about[suggestion_id]
            if (about_id, suggestion_id, milestone) in before:
                continue
            uow.add(
                FollowUp.tell(
                    suggestion_id=suggestion_id,
                    milestone=milestone,
                    about_id=about_id,
                    project_id=occasion.project_id,
                    reason=occasion.reason,
                    votes=occasion.votes,
                    deputy_ids=whom[suggestion_id].deputy_ids,
                    to_author=whom[suggestion_id].reachable,
                    happened_on=occasion.day,
                    recorded_at=uow.now,
                )
            )


def tell_all(
    uow: UnitOfWork, occasion: Occasion, suggestion_ids: Collection[str], about_id: str
) -> None:
    """The same where it is one thing for all of them."""
    tell(uow, occasion, dict.fromkeys(suggestion_ids, about_id))


def _reached(uow: UnitOfWork, occasion: Occasion) -> list[str]:
    rule = in_force(uow.session, "milestones", occasion.day)
    return [
        one["code"]
        for one in rule.content
        if one["when"] == occasion.when and (one["share"] is None or occasion.share >= one["share"])
    ]
