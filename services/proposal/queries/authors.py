"""Who may read about a suggestion: those inside, and whoever made it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.database import in_transaction
from services.chassis.secretbox import keys_of
from services.chassis.work import get
from services.commons.errors import Forbidden

from ..model.suggestion import Suggestion

#: Roles that read every suggestion.
INSIDE = frozenset(
    {"deputy", "unit", "clerk", "secretariat", "government", "auditor"},
)


def is_inside(principal: Principal) -> bool:
    """Whether somebody reads every suggestion."""
    return not INSIDE.isdisjoint(principal.roles)


def check_reader(store: Any, suggestion_id: str) -> None:
    """Raise NotFound without the suggestion, Forbidden unless the caller may read about it."""

    def look(session: Session) -> Suggestion:
        return get(session, Suggestion, suggestion_id)

    found = in_transaction(store.engine, look, reading=True)
    principal = store.context.principal
    if is_inside(principal):
        return
    if found.author != keys_of(store.settings).pseudonym(principal.subject):
        raise Forbidden(
            "not-the-author",
            "only who made a suggestion, deputies and offices read this",
            "只有提出人、代表和工作人员可以查看",
        )
