"""What was submitted and waits to be sorted (梳理) for longer than the rule allows.

No row is kept of it: the rule in force on the day that is asked for gives, for each kind of author,
the last day of submission from which the term has run out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.database import in_transaction
from services.chassis.paging import ordered
from services.commons.clock import SHANGHAI
from services.commons.deadline import Term, term

from ..model import deadline
from ..model.suggestion import AUTHORS, SUBMITTED, Suggestion
from ..tables.suggestions import suggestions
from . import deadlines
from .rules import in_force

Query = sa.Select[Any]


@dataclass(frozen=True)
class Unsorted:
    """What waited too long on a day; ``terms``: by when each kind of author's is to be sorted."""

    on: dt.date
    zone: ZoneInfo
    terms: dict[str, Term]

    @classmethod
    def by_rule(cls, session: Session, on: dt.date, zone: ZoneInfo) -> Unsorted:
        """By the rule in force on that day."""
        content = in_force(session, "deadlines", on).content
        code, begins = deadline.SORTING_TERM, deadline.SUBMITTED
        found = {author: term(content, code, begins, author) for author in AUTHORS}
        return cls(on, zone, {author: term for author, term in found.items() if term is not None})

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        """A condition on ``suggestions``."""
        c = suggestions.c
        each = [
            sa.and_(c.author_kind == author, c.happened_on <= term.run_out(self.on, self.zone))
            for author, term in self.terms.items()
        ]
        return sa.and_(c.state == SUBMITTED, sa.or_(sa.false(), *each))

    def listed(self, params: dict[str, Any]) -> Query:
        """The suggestions, what waits longest first unless sorted otherwise.

        None for a unit, since the office sorts.
        """
        query = sa.select(Suggestion).where(self.condition)
        if "unit_id" in params:
            query = query.where(sa.false())
        for name in ("year", "aspect"):
            if name in params:
                query = query.where(suggestions.c[name] == params[name])
        return ordered(query, params, _SORTED, suggestions.c.id, default="starts_on")

    def as_deadline(self, one: dict[str, Any]) -> dict[str, Any]:
        """A suggestion's deadline, in the form of those that are kept."""
        begun = dt.date.fromisoformat(one["happened_on"])
        due = self.terms[one["author_kind"]].due(begun, None, self.zone)
        return {
            "id": one["id"],
            "kind": deadline.SORTING,
            "code": deadline.SORTING_TERM,
            "subject_id": one["id"],
            "suggestion_id": one["id"],
            "project_id": None,
            "unit_id": None,
            "starts_on": one["happened_on"],
            "due_on": due.day.isoformat(),
            "due_at": due.at.isoformat() if due.at else None,
            "provisional": due.provisional,
            "extended_on": None,
            "extension_reason": None,
            "ended_on": None,
            "version": one["version"],
        }


#: The last day stands in no column; for each kind of author it is the later the later it begins.
_SORTED = {
    "due_on": suggestions.c.happened_on,
    "starts_on": suggestions.c.happened_on,
    "id": suggestions.c.id,
}


def unsorted_on(store: Any, on: dt.date) -> Unsorted:
    """The same, by the database and in the zone of a store."""
    zone = store.settings.zone
    return in_transaction(
        store.engine, lambda session: Unsorted.by_rule(session, on, zone), reading=True
    )


def count_overdue(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
    """How many of each kind are overdue, with what waits to be sorted, for the metric."""
    # From the end of a day hours are the same number of days in every zone.
    late = Unsorted.by_rule(session, today, SHANGHAI).condition
    query = sa.select(sa.func.count()).select_from(suggestions).where(late)
    found = float(session.scalar(query) or 0)
    return deadlines.count_overdue(session, today) | {(deadline.SORTING,): found}
