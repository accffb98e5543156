"""Residents' messages: posted, moderated, answered, closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork, not_found
from services.commons.aggregate import new_id
from services.commons.errors import Forbidden, Invalid, TooMany

from ..model import deadline, message
from ..model.message import Message, MessageAct
from ..model.opinion import Opinion, Problem
from ..model.project import Project
from ..queries import messages as queries
from ..queries.rules import in_force
from . import deadlines, message_contacts, references

Json = dict[str, Any]


def post(command: Json, uow: UnitOfWork) -> Message:
    """A resident's message, in her own name; or one that the office enters for somebody."""
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    entered = "resident" not in uow.principal.roles
    author = None if entered else queries.author_of(uow.keys, uow.principal.subject)
    if author is not None:
        _check_rate(uow, author, command["happened_on"])
    posted = uow.add(
        Message.post(
            project_id=command["project_id"],
            text=command["text"],
            author=author,
            entered_by=uow.principal.subject if entered else None,
            happened_on=command["happened_on"],
            recorded_at=uow.now,
        )
    )
    if command["contact"] is not None:
        message_contacts.keep(posted.id, command["contact"], uow)
    _await(uow, posted, deadline.MODERATE, deadline.SUBMITTED, posted.happened_on)
    return posted


def approve(command: Json, uow: UnitOfWork) -> Message:
    """Let a message be seen, and the project's lead unit answer it, or another."""
    found, day = _got(command, uow)
    unit_id = command["unit_id"]
    if unit_id is None:
        unit_id = uow.get(Project, found.project_id).lead_unit_id
    else:
        references.units(uow, [unit_id])
    found.approve(unit_id=unit_id, public_text=command["public_text"], happened_on=day)
    _note(uow, found, message.APPROVE, day, command["note"], unit_id=unit_id)
    _await(uow, found, deadline.MESSAGE_ANSWER, deadline.FORWARDED, day)
    return found


def refuse(command: Json, uow: UnitOfWork) -> Message:
    """Do not let a message be seen, for a reason of the rule in force."""
    found, day = _got(command, uow)
    rule = in_force(uow.session, "moderation", day)
    if all(one["code"] != command["reason_code"] for one in rule.content["reasons"]):
        raise Invalid(
            "reason-unknown",
            "the rule in force has no such reason",
            "现行规则中没有该理由",
            [{"pointer": "/reason_code", "detail": "is no reason of the rule"}],
        )
    found.refuse(reason_code=command["reason_code"], happened_on=day)
    found.rule_id, found.rule_digest = rule.id or None, rule.digest
    _note(uow, found, message.REFUSE, day, command["note"])
    deadlines.end(uow, day, subject_id=[found.id])
    return found


def forward(command: Json, uow: UnitOfWork) -> Message:
    """Let another unit answer."""
    found, day = _got(command, uow)
    references.units(uow, [command["unit_id"]])
    found.forward(unit_id=command["unit_id"], happened_on=day)
    _note(uow, found, message.FORWARD, day, command["reason"], unit_id=command["unit_id"])
    _await(uow, found, deadline.MESSAGE_ANSWER, deadline.FORWARDED, day)
    return found


def answer(command: Json, uow: UnitOfWork) -> Message:
    """A unit's answer."""
    references.speaks_for_unit(uow, command["unit_id"])
    found, day = _got(command, uow)
    found.answer(unit_id=command["unit_id"], text=command["text"], happened_on=day)
    _note(uow, found, message.ANSWER, day, command["text"], unit_id=command["unit_id"])
    _await(uow, found, deadline.MESSAGE_CLOSE, deadline.REPLIED, day, unit=False)
    return found


def return_(command: Json, uow: UnitOfWork) -> Message:
    """Ask for a better answer: the author as often as the rule lets her, the office always."""
    found, day = _got(command, uow, authors=True)
    staff = queries.is_staff(uow.principal)
    most = None if staff else in_force(uow.session, "moderation", day).content["returns"]
    found.return_(most=most, happened_on=day)
    _note(uow, found, message.RETURN, day, command["reason"])
    _await(uow, found, deadline.MESSAGE_ANSWER, deadline.FORWARDED, day)
    return found


def close(command: Json, uow: UnitOfWork) -> Message:
    """The author or the office says that the answer will do."""
    found, day = _got(command, uow, authors=True)
    found.close(happened_on=day)
    _note(uow, found, message.CLOSE, day)
    deadlines.end(uow, day, subject_id=[found.id])
    return found


def withdraw(command: Json, uow: UnitOfWork) -> Message:
    """The author takes it back; the office may, for whom it had entered it."""
    found, day = _got(command, uow, authors=True)
    if found.author is not None and not _is_own(uow, found):
        raise Forbidden(
            "message-of-other",
            "only its author takes a message back; the office may refuse it",
            "只有留言人本人可以撤回;工作人员可以作不通过处理",
        )
    found.withdraw(happened_on=day)
    _note(uow, found, message.WITHDRAW, day)
    message_contacts.drop(found.id, uow)
    deadlines.end(uow, day, subject_id=[found.id])
    return found


def link(command: Json, uow: UnitOfWork) -> Message:
    """Note which opinion or problem the office made of it, of the same project."""
    found, day = _got(command, uow)
    for field, cls in (("opinion_id", Opinion), ("problem_id", Problem)):
        thing = references.own(uow, cls, command[field], f"/{field}")
        references.same_project(thing, found.project_id, f"/{field}")
    found.link(opinion_id=command["opinion_id"], problem_id=command["problem_id"], happened_on=day)
    _note(uow, found, message.LINK, day)
    return found


def _got(command: Json, uow: UnitOfWork, *, authors: bool = False) -> tuple[Message, dt.date]:
    """The message and the day; with ``authors`` its author or the office, NotFound for others."""
    day = uow.happened(command["happened_on"])
    found = uow.get(Message, command["id"])
    if authors and not queries.is_staff(uow.principal) and not _is_own(uow, found):
        raise not_found(Message)
    return found, day


def _is_own(uow: UnitOfWork, found: Message) -> bool:
    own = queries.author_of(uow.keys, uow.principal.subject)
    return found.author is not None and found.author == own


def _await(
    uow: UnitOfWork, found: Message, code: str, begins: str, day: dt.date, *, unit: bool = True
) -> None:
    """Somebody must act by a day of the rule's; who had to before need no longer."""
    deadlines.end(uow, day, subject_id=[found.id])
    deadlines.start(
        uow,
        deadline.MESSAGE,
        found.id,
        code,
        begins,
        day,
        project_id=found.project_id,
        unit_id=found.unit_id if unit else None,
    )


def _note(
    uow: UnitOfWork,
    found: Message,
    act: str,
    day: dt.date,
    said: str | None = None,
    *,
    unit_id: str | None = None,
) -> None:
    uow.add(
        MessageAct(
            id=new_id(),
            message_id=found.id,
            act=act,
            done_by=None if _is_own(uow, found) else uow.principal.subject,
            unit_id=unit_id,
            said=said,
            happened_on=day,
            recorded_at=uow.now,
        )
    )


def _check_rate(uow: UnitOfWork, author: str, day: dt.date) -> None:
    most = in_force(uow.session, "moderation", day).content["per_day"]
    since = uow.now - dt.timedelta(days=1)
    if queries.posted_since(uow.session, author, since) >= most:
        raise TooMany(
            "messages-too-many",
            f"{most} messages within 24 hours are enough; write again later",
            f"二十四小时内最多留言 {most} 条,请稍后再试",
        )
