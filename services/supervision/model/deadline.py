"""By when units, groups and deputies must have done what supervision asks of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons import deadline
from services.commons.deadline import PROMISE, START

from .matter import OPINION, PROBLEM

#: What a deadline is about: an opinion, a problem, a snap that nobody could assign yet, what a
#: co-handling unit must tell the lead, what a reply promised.
SNAP, CO_HANDLING = "snap", "co-handling"
#: And what a meeting decided, a question asked at one, an entry of the calendar, an item of a task
#: list; those have the days that were agreed, but for questions.
DECISION, QUESTION, CALENDAR, TASK = ("decision", "question", "calendar", "task")
#: A look-back that is to be made, and what one found wrong.
LOOK_BACK, FOLLOW_UP = ("look-back", "look-back-follow-up")
#: What is owed to a project (要素供给), what units agreed to do for one (统筹协调).
RESOURCE, COORDINATION = ("resource", "coordination")
#: What units answer to an opinion of a meeting on the annual report (审议意见).
REPORT_OPINION = "report-opinion"
#: A resident's message that waits for the office or a unit (群众留言).
MESSAGE = "message"
#: What an assessment found below the adopted line, to be put right (整改任务).
RECTIFICATION = "rectification"
#: A plan to be published, a month's progress, a milestone, the next step of a decided change.
PLAN, PROGRESS, MILESTONE, CHANGE = ("plan", "progress", "milestone", "change")
#: A month's progress of a district's tasks, owed by its unit; its term is that of PROGRESS.
TASK_PROGRESS = "task-progress"
KINDS = (
    MESSAGE,
    *(OPINION, PROBLEM, SNAP, CO_HANDLING, PROMISE),
    *(DECISION, QUESTION, CALENDAR, TASK),
    *(RESOURCE, COORDINATION),
    REPORT_OPINION,
    *(LOOK_BACK, FOLLOW_UP),
    RECTIFICATION,
    *(PLAN, PROGRESS, TASK_PROGRESS, MILESTONE, CHANGE),
)
#: What terms there are in the rule ``deadlines``: a unit takes a matter or returns it (接办、退回),
#: deals with it and replies (办理、答复), has more time (延期), replies again (再次答复).
ACCEPT, RETURN, REPLY, EXTENSION, SECOND_REPLY = LOOP = (
    "accept",
    "return",
    "reply",
    "extension",
    "second-reply",
)
#: A unit gives its opinion beside the lead (协办意见); the deputy judges (评价); somebody confirms
#: (核实); the office routes what came back (改交), assigns a snap to a project (归属), settles a
#: problem that was answered and not put right (办结).
CO_OPINION, JUDGE, CONFIRM, ROUTE, ASSIGN, CLOSE = AROUND = (
    "co-opinion",
    "judge",
    "confirm",
    "route",
    "assign",
    "close",
)
#: Units answer an opinion on the report, and again if the meeting was not satisfied.
OPINION_ANSWER, SECOND_ANSWER = ("opinion-answer", "second-answer")
#: A unit answers another unit that asked for its help (协调答复).
HELP_ANSWER = "help-answer"
#: The office lets a message be seen (审核), a unit answers it, the office closes it (办结).
MODERATE, MESSAGE_ANSWER, MESSAGE_CLOSE = OF_MESSAGES = (
    "moderate",
    "message-answer",
    "message-close",
)
#: A unit puts right what was assessed below the line, again after its report was returned, within
#: what time at the most if there is more of it (整改、再次整改、延期).
RECTIFY, RECTIFY_AGAIN, MORE_TIME = OF_RECTIFICATIONS = (
    "rectify",
    "rectify-again",
    "rectify-extension",
)
#: A unit answers a question that was asked at a meeting: QUESTION is also its term; so are those
#: of look-backs.
#: PLAN and PROGRESS are terms too; a decided change is announced and reported (公告、报告).
ANNOUNCEMENT, REPORT = ("announcement", "report")
CODES = (
    *OF_MESSAGES,
    *(*LOOP, *AROUND),
    QUESTION,
    HELP_ANSWER,
    *(OPINION_ANSWER, SECOND_ANSWER),
    *(LOOK_BACK, FOLLOW_UP),
    *OF_RECTIFICATIONS,
    *(PLAN, PROGRESS, ANNOUNCEMENT, REPORT),
)
#: From what a term is counted; AGREED: no rule's term, but a day that was agreed.
RAISED, ROUTED, RETURNED, REPLIED, JUDGED, CLAIMED, REOPENED = OF_MATTERS = (
    "raised",
    "routed",
    "returned",
    "replied",
    "judged",
    "claimed",
    "reopened",
)
ASKED, AGREED = "asked", "agreed"
#: A meeting gave its opinion on the report, or voted on the answers.
ISSUED, VOTED = ("issued", "voted")
#: A project was complete, a look-back at it concluded.
COMPLETED, CONCLUDED = "completed", "concluded"
#: A message was sent in, forwarded to a unit.
SUBMITTED, FORWARDED = "submitted", "forwarded"
#: A project was adopted by the vote, a month is over, a change or a score was decided on.
ADOPTED, MONTH_END, DECIDED = ("adopted", "month-end", "decided")
BEGINNINGS = (
    *(SUBMITTED, FORWARDED, *OF_MATTERS, ASKED, COMPLETED, CONCLUDED, ISSUED, VOTED, START),
    *(ADOPTED, MONTH_END, DECIDED),
)


@dataclass(eq=False, kw_only=True)
class Deadline(deadline.Deadline):
    """A day by which somebody must have acted (期限); ``project_id``: on which project.

    ``fell_away``: it ended because nothing was owed any more, and not because it was met.
    """

    steps: ClassVar[tuple[str, ...]] = (RAISED, ROUTED, JUDGED)

    project_id: str | None = None
    fell_away: bool | None = None

    def drop(self, day: dt.date) -> None:
        """Nothing is owed any more: it is neither kept nor missed."""
        if self.is_open():
            self.end(day)
            self.fell_away = True

    def reopen(self) -> None:
        """What had met it was taken back: it is waited for again."""
        self.ended_on = None

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return super().public_state() | {"project_id": self.project_id}
