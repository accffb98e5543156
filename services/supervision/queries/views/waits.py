"""Everything that can wait for somebody without a deadline of its own; the desk is made of it."""

from __future__ import annotations

import sqlalchemy as sa

from ...model import decision, question
from ...model.change import PROPOSED
from ...tables.changes import changes
from ...tables.matters import escalations
from ...tables.organisation import decisions, questions
from ...tables.photos import photo_likenesses, photos
from ...tables.rules import deadlines
from .happenings.names import named
from .waiting import CLERK, DEPUTY, GROUPS, SUBJECT, UNIT, Wait

_D, _Q = decisions.c, questions.c
_STANDS = escalations.c.deadline_id.in_(
    sa.select(deadlines.c.id).where(deadlines.c.ended_on.is_(None))
)
_UNDATED = sa.and_(_D.state == decision.OPEN, _D.due_on.is_(None))

WAITS: tuple[Wait, ...] = (
    Wait(
        "undated-decision",
        decisions,
        "会议议定事项落实(未定期限)",
        "a decision without a day, to be carried out",
        "decision",
        {
            UNIT: sa.and_(_UNDATED, _D.unit_id == SUBJECT),
            DEPUTY: sa.and_(_UNDATED, _D.group_id.in_(GROUPS)),
        },
    ),
    Wait(
        "answered-question",
        questions,
        "问询已答复,请追问或者办结",
        "an answer to her question: ask again or close it",
        "question",
        {DEPUTY: sa.and_(_Q.deputy_id == SUBJECT, _Q.state == question.ANSWERED)},
    ),
    Wait(
        "change-to-decide",
        changes,
        "项目调整、暂缓或者终止,待作出决定",
        "a change of a project that is to be decided",
        "change",
        {CLERK: changes.c.state == PROPOSED},
    ),
    Wait(
        "likeness",
        photo_likenesses,
        "照片可能重复使用,请核对",
        "a photo that looks like another one",
        "photo",
        {CLERK: photo_likenesses.c.judgement.is_(None)},
        of=photo_likenesses.c.photo_id,
        since=named(photos, photo_likenesses.c.photo_id, "happened_on"),
        project_id=named(photos, photo_likenesses.c.photo_id, "project_id"),
    ),
    Wait(
        "escalation",
        escalations,
        "逾期督办",
        "something overdue that was escalated",
        "escalation",
        {CLERK: _STANDS, UNIT: sa.and_(_STANDS, escalations.c.unit_id == SUBJECT)},
        code=escalations.c.step,
        due=escalations.c.due_on,
    ),
)
