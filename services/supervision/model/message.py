"""Residents' messages on a project's public page (群众留言): moderated, answered, closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

STATES = SUBMITTED, REFUSED, APPROVED, ANSWERED, CLOSED, WITHDRAWN = (
    "submitted",
    "refused",
    "approved",
    "answered",
    "closed",
    "withdrawn",
)
#: Those that anybody may see.
PUBLIC = (APPROVED, ANSWERED, CLOSED)
#: Those in which somebody must act.
OPEN = (SUBMITTED, APPROVED, ANSWERED)
ACTS = APPROVE, REFUSE, FORWARD, ANSWER, RETURN, CLOSE, WITHDRAW, LINK = (
    "approve",
    "refuse",
    "forward",
    "answer",
    "return",
    "close",
    "withdraw",
    "link",
)
#: In which states an act is done.  What is public may be taken down, also once it is closed, by the
#: office and by its author; a refusal may be taken back.
_IN: dict[str, tuple[str, ...]] = {
    APPROVE: (SUBMITTED, REFUSED),
    REFUSE: (SUBMITTED, *PUBLIC),
    FORWARD: (APPROVED,),
    ANSWER: (APPROVED,),
    RETURN: (ANSWERED,),
    CLOSE: (ANSWERED,),
    WITHDRAW: (SUBMITTED, *PUBLIC),
    LINK: (SUBMITTED, *PUBLIC),
}


@dataclass(eq=False, kw_only=True)
class Message(Aggregate):
    """What a resident says about a project (群众留言).

    ``author``: what stands for her, None if the office entered it for somebody (``entered_by``).
    ``text``: as it came, kept whatever becomes of it; ``public_text``: as anybody sees it.
    ``reason_code``: why it was refused, by the rule (``rule_id``, None: shipped, ``rule_digest``).
    ``unit_id``: who must answer.  ``returns``: how often its author asked for a better answer.
    ``opinion_id``, ``problem_id``: what the office made of it.
    """

    id: str
    project_id: str
    author: str | None
    entered_by: str | None
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = SUBMITTED
    public_text: str | None = None
    moderated_on: dt.date | None = None
    reason_code: str | None = None
    rule_id: str | None = None
    rule_digest: str | None = None
    unit_id: str | None = None
    forwarded_on: dt.date | None = None
    answered_on: dt.date | None = None
    answered_by: str | None = None
    answer_text: str | None = None
    returns: int = 0
    ended_on: dt.date | None = None
    opinion_id: str | None = None
    problem_id: str | None = None
    version: int = 0

    @classmethod
    def post(
        cls,
        *,
        project_id: str,
        text: str,
        author: str | None,
        entered_by: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Message:
        """A new one; nobody sees it before it is approved."""
        return cls(
            id=new_id(),
            project_id=project_id,
            author=author,
            entered_by=entered_by,
            text=text,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it."""
        return self.state in PUBLIC

    def approve(self, *, unit_id: str, public_text: str | None, happened_on: dt.date) -> None:
        """Let it be seen, perhaps without what is nobody's business, and a unit answer it."""
        self._check(APPROVE, happened_on)
        self.state, self.moderated_on, self.reason_code = APPROVED, happened_on, None
        self.public_text = public_text or self.text
        self.unit_id, self.forwarded_on, self.ended_on = unit_id, happened_on, None

    def refuse(self, *, reason_code: str, happened_on: dt.date) -> None:
        """Do not let it be seen, or no longer."""
        self._check(REFUSE, happened_on)
        self.state, self.moderated_on, self.reason_code = REFUSED, happened_on, reason_code
        self.ended_on = happened_on

    def forward(self, *, unit_id: str, happened_on: dt.date) -> None:
        """Let another unit answer it."""
        self._check(FORWARD, happened_on)
        if unit_id == self.unit_id:
            raise Conflict(
                "message-there", "this unit has the message already", "留言已由该单位答复"
            )
        self.unit_id, self.forwarded_on = unit_id, happened_on

    def answer(self, *, unit_id: str, text: str, happened_on: dt.date) -> None:
        """Answer it; only the unit that it was forwarded to."""
        self._check(ANSWER, happened_on)
        if unit_id != self.unit_id:
            raise Conflict(
                "message-elsewhere",
                "another unit is to answer this message",
                "该留言应由其他单位答复",
                [{"pointer": "/unit_id", "detail": "is not the unit that it was forwarded to"}],
            )
        self.state, self.answered_on = ANSWERED, happened_on
        self.answered_by, self.answer_text = unit_id, text

    def return_(self, *, most: int | None, happened_on: dt.date) -> None:
        """Ask for a better answer; ``most``: how often in all, None for the office."""
        self._check(RETURN, happened_on)
        if most is not None and self.returns >= most:
            raise Conflict(
                "message-returned",
                f"a better answer can be asked for {most} times",
                f"最多可要求重新答复 {most} 次",
            )
        self.returns += most is not None
        self.state, self.forwarded_on = APPROVED, happened_on

    def close(self, *, happened_on: dt.date) -> None:
        """The answer will do."""
        self._check(CLOSE, happened_on)
        self.state, self.ended_on = CLOSED, happened_on

    def withdraw(self, *, happened_on: dt.date) -> None:
        """Its author takes it back: nobody sees it any more."""
        self._check(WITHDRAW, happened_on)
        self.state, self.ended_on = WITHDRAWN, happened_on

    def link(self, *, opinion_id: str | None, problem_id: str | None, happened_on: dt.date) -> None:
        """Note what the office made of it: an opinion and a problem, one of each at most."""
        self._check(LINK, happened_on)
        if (opinion_id and self.opinion_id) or (problem_id and self.problem_id):
            raise Conflict(
                "message-linked", "this message has led to one already", "该留言已有对应记录"
            )
        self.opinion_id = self.opinion_id or opinion_id
        self.problem_id = self.problem_id or problem_id

    def public_state(self) -> dict[str, Any]:
        """Never published: residents' words are their own."""
        return {"id": self.id}

    def _check(self, act: str, day: dt.date) -> None:
        if self.state not in _IN[act]:
            raise Conflict(
                "message-state",
                f"a message that is {self.state} does not admit this",
                f"当前状态({_ZH[self.state]})不允许此操作",
            )
        for earlier in (self.happened_on, self.forwarded_on, self.answered_on, self.ended_on):
            not_before(day, earlier)


_ZH = dict(zip(STATES, ("待审核", "未通过", "已公开", "已答复", "已办结", "已撤回"), strict=True))


@dataclass(eq=False, kw_only=True)
class MessageAct(Aggregate):
    """One step of a message, and who did it; ``said``: the reason, note or answer of that step.

    ``done_by``: the subject of staff or of a unit, None: the author.
    """

    id: str
    message_id: str
    act: str
    done_by: str | None
    unit_id: str | None
    said: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}


@dataclass(eq=False)
class MessageContact(Aggregate):
    """How to reach the author of a message, as a sealed text that the service's keys open."""

    message_id: str
    sealed: bytes
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {}


@dataclass(eq=False, kw_only=True)
class MessageContactReading(Aggregate):
    """Who read a contact, when, and why; it outlives the contact."""

    id: str
    message_id: str
    read_by: str
    reason: str
    read_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}
