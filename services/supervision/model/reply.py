"""Replies to opinions and problems, and what deputies think of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons import results
from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

from .matter import NOT, Matter, iso


@dataclass(frozen=True)
class Said:
    """What a unit replies: its words, perhaps a result by the rule and by when it promises.

    ``solved``: the result says that it is solved; known once it is checked.
    """

    text: str
    result: str | None
    promised_on: dt.date | None
    day: dt.date
    solved: bool = False

    def checked(self, rule: Iterable[dict[str, Any]]) -> Said:
        """The same by the rule; Invalid unless it has this result, with a day for a promise only.

        Without a result (as the release before replies) it promises nothing and solves nothing.
        """
        found = results.checked(rule, self.result, self.promised_on, self.day)
        solved = bool(found and found["solved"])
        return Said(self.text, self.result, self.promised_on, self.day, solved)


@dataclass(eq=False, kw_only=True)
class Reply(Aggregate):
    """What a unit answered (答复); ``number``: 1 for the first to this matter.

    ``result``: a code of the rule ``results``, if one was given.  ``given_by``: who acted for the
    unit.
    """

    id: str
    register: str
    matter_id: str
    project_id: str
    unit_id: str
    number: int
    text: str
    result: str | None
    promised_on: dt.date | None
    solved: bool
    given_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    rule_id: str | None = None
    rule_digest: str | None = None
    version: int = 0

    @classmethod
    def give(cls, matter: Matter, unit_id: str, said: Said, **more: Any) -> Reply:
        """A new reply; records ``reply.given.v1``."""
        reply = cls(
            id=new_id(),
            register=matter.register,
            matter_id=matter.id,
            project_id=matter.project_id,
            unit_id=unit_id,
            text=said.text,
            result=said.result,
            promised_on=said.promised_on,
            solved=said.solved,
            happened_on=said.day,
            **more,
        )
        reply.record("reply.given.v1")
        return reply

    def public_state(self) -> dict[str, Any]:
        """For events: everything but the text and who wrote it."""
        return {
            "id": self.id,
            "register": self.register,
            "matter_id": self.matter_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "number": self.number,
            "result": self.result,
            "promised_on": iso(self.promised_on),
            "solved": self.solved,
            "happened_on": self.happened_on.isoformat(),
        }


@dataclass(eq=False, kw_only=True)
class Judgement(Aggregate):
    """What the deputy thinks of a reply (满意、基本满意、不满意).

    ``unit_id``: whose reply it was.  ``recorded_by``: who of the staff entered it for her; None
    where she said so herself.
    """

    id: str
    reply_id: str
    register: str
    matter_id: str
    project_id: str
    unit_id: str
    deputy_id: str
    judgement: str
    reason: str | None
    recorded_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def of(
        cls,
        reply: Reply,
        deputy_id: str,
        judgement: str,
        reason: str | None,
        *,
        day: dt.date,
        recorded_at: dt.datetime,
        recorded_by: str | None,
    ) -> Judgement:
        """Her judgement; Invalid before the reply, or if she is not satisfied and says no reason.

        Records ``reply.judged.v1``.
        """
        if judgement == NOT and not reason:
            raise Invalid(
                "reason-missing",
                "say why the reply does not satisfy, so that the next one can",
                "对答复不满意的,请说明理由",
                [{"pointer": "/reason", "detail": "is required when not satisfied"}],
            )
        not_before(day, reply.happened_on)
        made = cls(
            id=new_id(),
            reply_id=reply.id,
            register=reply.register,
            matter_id=reply.matter_id,
            project_id=reply.project_id,
            unit_id=reply.unit_id,
            deputy_id=deputy_id,
            judgement=judgement,
            reason=reason,
            recorded_by=recorded_by,
            happened_on=day,
            recorded_at=recorded_at,
        )
        made.record("reply.judged.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: not who judged, nor why."""
        return {
            "id": self.id,
            "reply_id": self.reply_id,
            "matter_id": self.matter_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "judgement": self.judgement,
            "happened_on": self.happened_on.isoformat(),
        }
