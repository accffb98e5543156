"""Everything that can wait for somebody without a deadline of its own; the desk is made of it."""

from __future__ import annotations

import sqlalchemy as sa

from ...model import decision, question
from ...tables.organisation import decisions, questions
from .waiting import DEPUTY, GROUPS, SUBJECT, UNIT, Wait

_D, _Q = decisions.c, questions.c
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
)
