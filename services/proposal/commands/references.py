"""What commands refer to, and in whose name they are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden, Invalid

from ..model.suggestion import DRAFT, Suggestion
from ..queries.asking import asker
from ..queries.register import delegation_of, knows_aspect, knows_delegation, knows_deputy
from ..queries.suggestions import seen


def speak_for(deputy_id: str | None, uow: UnitOfWork) -> None:
    """Raise Forbidden unless the caller may act in this deputy's name; None: nobody's."""
    if deputy_id is not None:
        uow.principal.speak_for(deputy_id, own="deputy", others=("clerk",))


def speak_for_delegation(
    delegation: str | None, uow: UnitOfWork, pointer: str = "/delegation"
) -> None:
    """Raise Forbidden unless the caller sits in this delegation, or may enter it for them."""
    if delegation is None or "clerk" in uow.principal.roles:
        return
    if delegation_of(uow.session, uow.principal.subject) != delegation:
        raise Forbidden(
            "delegation-of-others",
            "only its deputies and the office speak for a delegation",
            "代表团的意见和活动由本团代表提出,或由工作人员代为录入",
            [{"pointer": pointer, "detail": "is not the delegation of the one who asks"}],
        )


def know_delegation(delegation: str, uow: UnitOfWork) -> None:
    """Raise Invalid unless a deputy of this delegation has been heard of."""
    if not knows_delegation(uow.session, delegation):
        raise Invalid(
            "delegation-unknown",
            "no deputy of this delegation is in the register, or her enrolment has not been heard"
            " here yet",
            "代表名册中没有该代表团的代表,或其登记尚未送达,请稍后再试",
            [{"pointer": "/organiser", "detail": "is not known (yet)"}],
        )


def speak_for_unit(uow: UnitOfWork, *unit_ids: str | None) -> None:
    """Raise Forbidden unless the caller is one of these units, or the government.

    A unit's token has its id in the register as its subject.
    """
    me, named = uow.principal, [one for one in unit_ids if one is not None]
    if not named:
        me.require("government")
        return
    unit_id = me.subject if me.subject in named else named[0]
    me.speak_for(unit_id, own="unit", others=("government",))


def know_aspect(code: str, uow: UnitOfWork, day: dt.date | None = None) -> None:
    """Raise Invalid unless the list has this aspect, and with a day: unless it is in use then."""
    if not knows_aspect(uow.session, code):
        raise unknown_aspect(code)
    if day is not None and not knows_aspect(uow.session, code, day):
        raise Invalid(
            "aspect-retired",
            f"the aspect {code} has been retired; GET /v1/aspects?on={day} lists those in use",
            f"方面 {code} 已停用,可用 GET /v1/aspects?on={day} 查询",
            [{"pointer": "/aspect", "detail": "has been retired"}],
        )


def unknown_aspect(code: str) -> Invalid:
    """The error for an aspect that is not on the list."""
    return Invalid(
        "aspect-unknown",
        f"there is no aspect {code}; GET /v1/aspects lists them",
        f"没有代码为 {code} 的方面,可用 GET /v1/aspects 查询",
        [{"pointer": "/aspect", "detail": "is not in the list of aspects"}],
    )


def know_deputy(deputy_id: str, uow: UnitOfWork) -> None:
    """Raise Invalid unless this deputy has been heard of."""
    if not knows_deputy(uow.session, deputy_id):
        raise unknown_deputy()


def unknown_deputy() -> Invalid:
    """The error for a deputy that is not in the copy of the register."""
    return Invalid(
        "deputy-unknown",
        "there is no such deputy in the register, or her enrolment has not been heard here yet",
        "代表名册中没有该代表,或其登记尚未送达,请稍后再试",
        [{"pointer": "/deputy_id", "detail": "is not known (yet)"}],
    )


def open_suggestion(id_: str, uow: UnitOfWork, *, locked: bool = False) -> Suggestion:
    """The suggestion that a command is about; NotFound also for who may not see it."""
    return seen(uow.get(Suggestion, id_, locked=locked), asker(uow))


def known_suggestions(ids: Sequence[str], uow: UnitOfWork) -> list[Suggestion]:
    """The suggestions that a body names; Invalid for what does not exist, and for drafts alike."""
    return uow.all_known(Suggestion, ids, "/suggestion_ids", lambda one: one.state != DRAFT)
