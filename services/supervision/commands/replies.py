"""What is done and said about a matter: handling, replies, judgements, more time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.deadline import START
from services.commons.errors import Conflict, Forbidden

from ..model import deadline
from ..model.confirmation import HANDLING
from ..model.deadline import Deadline
from ..model.matter import NOT, Matter
from ..model.opinion import Opinion
from ..model.reply import Judgement, Reply, Said
from ..queries import matters as queries
from ..queries.rules import in_force
from . import deadlines, loop, references

Json = dict[str, Any]


def handle(command: Json, uow: UnitOfWork) -> Matter:
    """The unit has dealt with it (办理), or put a problem right (整改)."""
    references.speaks_for_unit(uow, command["unit_id"])
    matter = loop.taken_up(command, uow)
    references.units(uow, [command["unit_id"]])
    handled(uow, matter, command)
    return matter


def handled(uow: UnitOfWork, matter: Matter, command: Json) -> None:
    """The same for one of several that are handled together."""
    loop.by_nobody_concerned(uow, matter)
    day, text = command["happened_on"], command["text"]
    matter.handle(unit_id=command["unit_id"], text=text, happened_on=day, by=uow.principal.subject)
    loop.accepted(uow, matter, day)
    loop.note(uow, matter, HANDLING, day, text=text)
    if matter.rectified:
        loop.end(uow, matter, day, deadline.REPLY, deadline.SECOND_REPLY)
        _claimed(uow, matter, day)


def reply(command: Json, uow: UnitOfWork) -> Matter:
    """The unit answers (答复), for the first time or again; what it promised gets its own day."""
    references.speaks_for_unit(uow, command["unit_id"])
    matter = loop.taken_up(command, uow)
    references.units(uow, [command["unit_id"]])
    loop.by_nobody_concerned(uow, matter)
    day, promised_on = command["happened_on"], command["promised_on"]
    with uow.session.no_autoflush:
        rule = in_force(uow.session, "results", day)
    said = Said(command["text"], command["result"], promised_on, day).checked(rule.content)
    number = matter.reply(
        unit_id=command["unit_id"],
        text=said.text,
        happened_on=day,
        result=said.result,
        promised_on=promised_on,
        solved=said.solved,
        by=uow.principal.subject,
    )
    uow.add(
        Reply.give(
            matter,
            command["unit_id"],
            said,
            number=number,
            given_by=uow.principal.subject,
            recorded_at=uow.now,
            rule_id=rule.id or None,
            rule_digest=rule.digest,
        )
    )
    _due_next(uow, matter, said)
    return matter


def judge(command: Json, uow: UnitOfWork) -> Matter:
    """The deputy says whether the reply satisfies her (评价); if not, another is due."""
    matter = loop.taken_up(command, uow)
    herself = _herself(command, matter, uow)
    day = command["happened_on"]
    with uow.session.no_autoflush:
        answer = queries.latest_reply(uow.session, matter.id)
    matter.judge(command["judgement"], day)
    if answer is None:
        raise Conflict("not-replied", "there is no reply to judge yet", "尚无可评价的答复")
    made = Judgement.of(
        answer,
        matter.deputy_id or "",
        command["judgement"],
        command["reason"],
        day=day,
        recorded_at=uow.now,
        recorded_by=None if herself else uow.principal.subject,
    )
    uow.add(made)
    loop.end(uow, matter, day, deadline.JUDGE)
    if made.judgement == NOT:
        loop.again(uow, matter, deadline.JUDGED, day)
    else:
        matter.settle(day)
    return matter


def extend(command: Json, uow: UnitOfWork) -> Matter:
    """Give the unit more time to reply, once, within the rule's limit, with a reason (延期)."""
    matter = loop.taken_up(command, uow)
    running = loop.open_of(uow, matter, deadline.REPLY)
    if not running or matter.unit_id is None:
        raise Conflict(
            "no-deadline", "no reply to it is due that could be extended", "目前没有可以延期的答复"
        )
    references.speaks_for_unit(uow, matter.unit_id)
    day = command["happened_on"]
    longer, clock = deadlines.clocked(uow, deadline.EXTENSION, START, day, matter.class_)
    if longer is None:
        raise Conflict(
            "extension-not-allowed",
            "the rule in force allows no extension of this deadline",
            "现行规则不允许延长该期限",
        )
    by = uow.principal.subject
    running[0].extend(longer, command["reason"], by=by, day=day, zone=clock.zone)
    uow.changed(matter)
    return matter


def _due_next(uow: UnitOfWork, matter: Matter, said: Said) -> None:
    """End what the reply meets; begin what it promises, and what others owe now."""
    loop.accepted(uow, matter, said.day)
    loop.end(uow, matter, said.day, *loop.ANSWERED)
    with uow.session.no_autoflush:
        beside = [one.id for one in queries.open_routings(uow.session, matter.id)]
    deadlines.end(uow, said.day, kind=deadline.CO_HANDLING, subject_id=beside)
    if said.promised_on is not None:
        promise = Deadline.promised(
            matter.id,
            said.promised_on,
            day=said.day,
            recorded_at=uow.now,
            project_id=matter.project_id,
            unit_id=matter.unit_id,
        )
        uow.add(promise)
        loop.end(uow, matter, said.day, deadline.CONFIRM)
    if said.solved:
        _claimed(uow, matter, said.day)
    if isinstance(matter, Opinion):
        loop.start(uow, matter, deadline.JUDGE, deadline.REPLIED, said.day, unit=False)
    elif matter.owed() is None:
        loop.start(uow, matter, deadline.CLOSE, deadline.REPLIED, said.day, unit=False)


def _claimed(uow: UnitOfWork, matter: Matter, day: dt.date) -> None:
    """Somebody else must see whether it is solved, as the unit says."""
    loop.end(uow, matter, day, deadline.CLOSE)
    if not loop.open_of(uow, matter, deadline.CONFIRM):
        loop.start(uow, matter, deadline.CONFIRM, deadline.CLAIMED, day, unit=False)


def _herself(command: Json, matter: Matter, uow: UnitOfWork) -> bool:
    """Whether she says so herself, and no clerk for her; Forbidden for any other deputy."""
    me, named = uow.principal, command["deputy_id"]
    foreign = named is not None and named != matter.deputy_id
    herself = "deputy" in me.roles and me.subject == matter.deputy_id
    if not isinstance(matter, Opinion) or foreign or not (herself or "clerk" in me.roles):
        raise Forbidden(
            "judged-by-another",
            "a reply to an opinion is judged by the deputy who raised it",
            "答复由提出该意见的代表评价",
        )
    return herself
