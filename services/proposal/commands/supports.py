"""Who stands behind a suggestion beside its author: supporters, co-signers; and comments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis import copies
from services.chassis.work import UnitOfWork
from services.commons.clock import not_before
from services.commons.errors import Conflict

from ..model.acts import Comment, Cosignature, fresh
from ..model.suggestion import DRAFT, Suggestion
from ..queries.acts import has_cosigned
from ..queries.asking import asker, supporter
from ..queries.suggestions import seen
from ..tables import acts
from .references import know_deputy, open_suggestion, speak_for


def support(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Support a suggestion, once a person (支持); Conflict the second time."""
    suggestion = _public(command["id"], uow)
    suggestion.is_open_to(asker(uow))
    row = {"suggestion_id": suggestion.id, "person": supporter(uow, suggestion.id)}
    if not copies.keep_step(uow.session, acts.supports, row):
        raise Conflict("already-supported", "she supports this already", "已经支持过该建议")
    suggestion.support(+1)
    return _told(suggestion, supported=True)


def withdraw_support(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Support it no longer; Conflict if she did not."""
    suggestion = _public(command["id"], uow)
    if not acts.drop_support(uow.session, suggestion.id, supporter(uow, suggestion.id)):
        raise Conflict("not-supported", "she does not support this", "尚未支持该建议")
    suggestion.support(-1)
    return _told(suggestion, supported=False)


def cosign(command: dict[str, Any], uow: UnitOfWork) -> Cosignature:
    """Sign another's suggestion (附议), a deputy herself or the office for her; once."""
    deputy_id = command["deputy_id"]
    suggestion, day = _joined(command, uow)
    suggestion.is_open_to(asker(uow), deputy_id)
    if has_cosigned(uow.session, suggestion.id, deputy_id):
        raise Conflict("already-cosigned", "she has signed this already", "该代表已经附议")
    suggestion.cosign(deputy_id)
    return uow.add(
        fresh(
            Cosignature,
            suggestion_id=suggestion.id,
            deputy_id=deputy_id,
            happened_on=day,
            recorded_at=uow.now,
        )
    )


def comment(command: dict[str, Any], uow: UnitOfWork) -> Comment:
    """Note what a deputy says on a suggestion."""
    suggestion, day = _joined(command, uow)
    made = fresh(
        Comment,
        suggestion_id=suggestion.id,
        deputy_id=command["deputy_id"],
        text=command["text"],
        happened_on=day,
        recorded_at=uow.now,
    )
    suggestion.comment(made.id, made.deputy_id)
    return uow.add(made)


def _public(id_: str, uow: UnitOfWork) -> Suggestion:
    """A suggestion that anybody may join, which a draft is not; locked, since many may at once."""
    suggestion = uow.get(Suggestion, id_, locked=True)
    return seen(suggestion, asker(uow)) if suggestion.state == DRAFT else suggestion


def _joined(command: dict[str, Any], uow: UnitOfWork) -> tuple[Suggestion, dt.date]:
    speak_for(command["deputy_id"], uow)
    suggestion = open_suggestion(command["id"], uow, locked=True)
    day = not_before(uow.happened(command["happened_on"]), suggestion.happened_on)
    know_deputy(command["deputy_id"], uow)
    return suggestion, day


def _told(suggestion: Suggestion, *, supported: bool) -> dict[str, Any]:
    return {
        "suggestion_id": suggestion.id,
        "supporters": suggestion.supporters,
        "supported": supported,
    }
