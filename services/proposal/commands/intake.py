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
from ..model.round import Round, none_open
from ..model.suggestion import DRAFT, Suggestion
from ..queries.asking import asker
from ..queries.intake import Standing, rounds_of, standing
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
        _born_there(fields)
    return found


def _born_there(fields: dict[str, Any]) -> None:
    """Raise Forbidden where one who is no deputy says herself that an activity brought it forth.

    It would count for what a delegation owes.
    """
    if fields["author_kind"] != "deputy" and fields["entered_by"] is None:
        raise Forbidden(
            "activity-of-deputies",
            "only deputies, and staff for others, say that a suggestion was born in an activity",
            "建议产生于代表活动的,由代表本人或工作人员填写",
            [{"pointer": "/activity_id", "detail": "is said by deputies and staff"}],
        )


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
            [{"pointer": "/channel", "detail": "is entered by staff"}],
        )
    if not person.has(*ENTERING):
        raise _not_hers("author_kind" if not person.has(*_OWN.get(kind, ())) else "deputy_id")
    if not herself:
        speak_for(deputy, uow)
    return {"author": None, "entered_by": person.subject}


def _not_hers(name: str) -> Forbidden:
    """The error where somebody names as author whom she may not speak for."""
    return Forbidden(
        "author-of-others",
        "one speaks for oneself, in one's own capacity; for others staff enter it",
        "建议由本人以自己的身份提出,代他人提出的由工作人员录入",
        [{"pointer": f"/{name}", "detail": "is not the one who asks"}],
    )


def _round(fields: dict[str, Any], found: Standing, uow: UnitOfWork) -> str | None:
    """The round it belongs to: the one that it names, if that is open, else the one that is.

    Where a year has rounds one must be open; a year without any is collected for at any time.
    """
    named: str | None = fields["round_id"]
    if named is None:
        year = fields["year"]
        if found.round_id is None and (
            rounds := uow.once(("rounds", year), lambda: rounds_of(uow.session, year))
        ):
            raise none_open(rounds, fields["happened_on"])
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
