"""How suggestions come in: through a channel, by their author or by staff on her behalf."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.clock import not_before
from services.commons.errors import Forbidden

from ..model.activity import CollectionActivity
from ..model.asker import ENTERING
from ..model.channel import channel_for
from ..model.round import Round
from ..model.suggestion import DRAFT, Suggestion
from ..queries.asking import asker
from ..queries.intake import Standing, standing
from .contacts import keep
from .references import know_aspect, open_suggestion, speak_for, unknown_deputy

#: In what role one speaks for oneself; for an organisation nobody does.
_OWN = {"deputy": ("deputy",), "resident": ("resident",), "department": ("government", "unit")}


def submit(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Take in a suggestion, or begin a draft; a deputy may make one in her own name only."""
    uow.happened(command["happened_on"])
    contact = command.pop("contact")
    found = _admitted(command, uow)
    if not command["draft"]:
        command["round_id"] = _round(command, found, uow)
    suggestion = Suggestion.submit(**command, recorded_at=uow.now)
    uow.add(suggestion)
    if contact is not None:
        keep(suggestion.id, contact, uow)
    return suggestion


def submit_draft(command: dict[str, Any], uow: UnitOfWork) -> Suggestion:
    """Hand a draft in; what it refers to must hold on that day."""
    suggestion = open_suggestion(command["id"], uow)
    day = uow.happened(command["happened_on"])
    if suggestion.state == DRAFT:
        fields = {name: getattr(suggestion, name) for name in _HELD} | {"happened_on": day}
        found = _admitted(fields, uow)
        suggestion.submit_draft(_round(fields, found, uow), day)
    else:
        suggestion.submit_draft(None, day)
    return suggestion


def _admitted(fields: dict[str, Any], uow: UnitOfWork) -> Standing:
    """Check a suggestion against how things stand on its day, and put in whose it is."""
    day: dt.date = fields["happened_on"]
    asked = {"day": day, **{name: fields[name] for name in ("aspect", "year", "deputy_id")}}
    # Once in a transaction: a bulk import asks the same for hundreds of rows.
    found = uow.once(("standing", *asked.values()), lambda: standing(uow.session, **asked))
    if not found.aspect:
        know_aspect(fields["aspect"], uow, day)
    channel = channel_for(found.channels, fields["channel"], fields["author_kind"])
    fields |= _authorship(fields, channel, uow)
    if fields["deputy_id"] is not None and not found.deputy:
        raise unknown_deputy()
    if fields["activity_id"] is not None:
        activity = uow.known(CollectionActivity, fields["activity_id"], "/activity_id")
        not_before(day, activity.starts_on)
    return found


def _authorship(
    fields: dict[str, Any], channel: dict[str, Any], uow: UnitOfWork
) -> dict[str, str | None]:
    """Who stands behind it: its author by her pseudonym, or the staff who entered it for her."""
    person, kind, deputy = asker(uow), fields["author_kind"], fields["deputy_id"]
    herself = person.has(*_OWN.get(kind, ())) and deputy in (None, person.subject)
    if herself and not channel["on_behalf"]:
        return {"author": person.author, "entered_by": None}
    if channel["on_behalf"] and not person.has(*ENTERING):
        raise Forbidden(
            "channel-on-behalf",
            f"what comes through the channel {channel['code']} is entered by staff",
            f"经{channel['name']}提出的建议由工作人员录入",
        )
    uow.principal.require(*ENTERING)
    if not herself:
        speak_for(deputy, uow)
    return {"author": None, "entered_by": person.subject}


def _round(fields: dict[str, Any], found: Standing, uow: UnitOfWork) -> str | None:
    """The round it belongs to: the one that it names, if that is open, else the one that is."""
    named: str | None = fields["round_id"]
    if named is None:
        return found.round_id
    if named != found.round_id:
        uow.known(Round, named, "/round_id").admit(fields["year"], fields["happened_on"])
    return named


#: What is looked at again when a draft is handed in.
_HELD = (
    "aspect",
    "year",
    "deputy_id",
    "channel",
    "author_kind",
    "activity_id",
    "round_id",
)
