"""Everything that can wait for somebody without a deadline of its own; the desk is made of it."""

from __future__ import annotations

import sqlalchemy as sa

from ...model import decision, question
from ...tables.organisation import decisions, questions
from .waiting import DEPUTY, UNIT, Reader, Wait


def _undated_of_unit(reader: Reader) -> sa.ColumnElement[bool]:
    c = decisions.c
    return sa.and_(c.unit_id == reader.subject, c.state == decision.OPEN, c.due_on.is_(None))


def _undated_of_groups(reader: Reader) -> sa.ColumnElement[bool]:
    c = decisions.c
    mine = c.group_id.in_(reader.group_ids)
    return sa.and_(mine, c.state == decision.OPEN, c.due_on.is_(None))


def _answered(reader: Reader) -> sa.ColumnElement[bool]:
    c = questions.c
    return sa.and_(c.deputy_id == reader.subject, c.state == question.ANSWERED)


WAITS: tuple[Wait, ...] = (
    Wait(
        "undated-decision",
        decisions,
        "会议议定事项落实(未定期限)",
        "a decision without a day, to be carried out",
        "decision",
        {UNIT: _undated_of_unit, DEPUTY: _undated_of_groups},
    ),
    Wait(
        "answered-question",
        questions,
        "问询已答复,请追问或者办结",
        "an answer to her question: ask again or close it",
        "question",
        {DEPUTY: _answered},
    ),
)
