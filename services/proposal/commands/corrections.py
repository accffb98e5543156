"""What authors do with their suggestions afterwards: correct them, take them back."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.clock import not_before
from services.commons.errors import Conflict

from ..model.acts import SuggestionVersion, fresh
from ..model.contact import Contact
from ..model.suggestion import DRAFT, Suggestion
from ..queries.acts import count_versions
from ..queries.asking import asker
from ..queries.intake import voted
from . import deadlines
from .closing import close_with
from .references import know_aspect, open_suggestion


def correct(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Change what a suggestion says; the earlier version is kept, unless it is a draft's."""
    suggestion, by = _in_hand(command["id"], uow)
    day = not_before(uow.happened(command.pop("happened_on")), suggestion.happened_on)
    if "aspect" in command:
        know_aspect(command["aspect"], uow, day)
    number = count_versions(uow.session, suggestion.id) + 1
    before = suggestion.correct({name: command[name] for name in command if name != "id"})
    if suggestion.state != DRAFT:
        uow.add(
            fresh(
                SuggestionVersion,
                suggestion_id=suggestion.id,
                number=number,
                content=before,
                by=by,
                corrected_on=day,
                recorded_at=uow.now,
            )
        )
    return suggestion


def withdraw(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Take a suggestion back; a draft goes without a trace, also in the answer that is kept."""
    suggestion, by = _in_hand(command["id"], uow)
    day = uow.happened(command["happened_on"])
    if suggestion.state == DRAFT:
        if contact := uow.find(Contact, suggestion.id):
            uow.remove(contact)
        uow.remove(suggestion)
        suggestion.forget()
    else:
        suggestion.withdraw(command["code"], command["text"], by=by, day=day)
        deadlines.end(uow, day, suggestion_id=[suggestion.id])
        close_with(uow, suggestion.id, day)
    return suggestion


def _in_hand(id_: str, uow: UnitOfWork) -> tuple[Suggestion, str]:
    """A suggestion, and whether its author or staff acts on it; Conflict after the vote."""
    # Locked: two corrections at once would give two versions one number.
    suggestion, person = open_suggestion(id_, uow, locked=True), asker(uow)
    herself = suggestion.is_by(person)
    if not herself and suggestion.entered_by != person.subject:
        uow.principal.require("clerk")
    if suggestion.state != DRAFT and voted(uow.session, suggestion.year):
        raise Conflict(
            "year-voted",
            f"the projects of {suggestion.year} have been voted; what led to them stays as it is",
            f"{suggestion.year} 年的项目已经票决,相关建议不再更改",
        )
    return suggestion, "author" if herself else "staff"
