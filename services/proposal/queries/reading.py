"""Who may read what stands beside a suggestion."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.database import in_transaction

from ..model.answer import Answer
from ..model.suggestion import Suggestion
from .answers import get_answer
from .asking import asker
from .suggestions import get_suggestion


def check_reader(store: Any, suggestion_id: str) -> None:
    """Raise NotFound unless the caller of a store may see the suggestion."""
    person = asker(store)

    def look(session: Session) -> Suggestion:
        return get_suggestion(session, suggestion_id, person)

    in_transaction(store.engine, look, reading=True)


def check_reader_of_answer(store: Any, answer_id: str) -> None:
    """Raise NotFound unless there is this answer, to a suggestion that the caller may see."""

    def look(session: Session) -> Answer:
        return get_answer(session, answer_id)

    check_reader(store, in_transaction(store.engine, look, reading=True).suggestion_id)
