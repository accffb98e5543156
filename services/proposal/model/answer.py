"""Answers to suggestions, and what those who are answered think of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons import results
from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

JUDGEMENTS = SATISFIED, BASICALLY, NOT = ("satisfied", "basically", "not")
#: Who judged, where it was no deputy: whoever made the suggestion.
AUTHOR = "author"


@dataclass(frozen=True)
class Said:
    """What a unit answers: its words, its result by the rule, and perhaps by when it promises.

    ``by``: who acts for the unit.
    """

    text: str
    result: str
    day: dt.date
    promised_on: dt.date | None
    unit_id: str
    by: str

    def checked(self, rule: Iterable[dict[str, Any]]) -> Said:
        """The same; Invalid unless the rule has this result, with a day exactly for a promise."""
        results.checked(rule, self.result, self.promised_on, self.day)
        return self


@dataclass(eq=False)
class Answer(Aggregate):
    """What one suggestion was answered (答复), alone or together with others of its project.

    ``project_id``: the suggested project in which it was answered, if it was.  ``result``: a code
    of the rule ``results``.  ``deputy_ids``: the deputies who are answered, the author and each
    co-signer; ``to_author``: an author who is no deputy is answered too.  ``number``: 1 for the
    first answer to the suggestion.  ``given_by``: who of the unit or the government gave it.
    """

    id: str
    suggestion_id: str
    project_id: str | None
    unit_id: str
    text: str
    result: str
    promised_on: dt.date | None
    deputy_ids: list[str]
    to_author: bool
    number: int
    happened_on: dt.date
    recorded_at: dt.datetime
    given_by: str | None = None
    version: int = 0

    @classmethod
    def give(
        cls,
        suggestion_id: str,
        said: Said,
        *,
        project_id: str | None,
        deputy_ids: list[str],
        to_author: bool,
        number: int,
        recorded_at: dt.datetime,
    ) -> Answer:
        """A new answer; records ``answer.given.v1``."""
        answer = cls(
            id=new_id(),
            suggestion_id=suggestion_id,
            project_id=project_id,
            unit_id=said.unit_id,
            text=said.text,
            result=said.result,
            promised_on=said.promised_on,
            deputy_ids=deputy_ids,
            to_author=to_author,
            number=number,
            happened_on=said.day,
            recorded_at=recorded_at,
            given_by=said.by,
        )
        answer.record("answer.given.v1")
        return answer

    def public_state(self) -> dict[str, Any]:
        """For events: everything but the text."""
        return {
            "id": self.id,
            "suggestion_id": self.suggestion_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "result": self.result,
            "promised_on": self.promised_on.isoformat() if self.promised_on else None,
            "recipients": {"deputy_ids": self.deputy_ids, "author": self.to_author},
            "number": self.number,
            "happened_on": self.happened_on.isoformat(),
        }


@dataclass(eq=False)
class Judgement(Aggregate):
    """What one recipient thinks of an answer (满意、基本满意、不满意).

    ``judge``: a deputy's id, or ``author``.  ``recorded_by``: who of the staff entered it for her;
    None where she said so herself.
    """

    id: str
    answer_id: str
    suggestion_id: str
    judge: str
    judgement: str
    reason: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    recorded_by: str | None = None
    version: int = 0

    @classmethod
    def of(
        cls,
        answer: Answer,
        judge: str,
        judgement: str,
        reason: str | None,
        *,
        day: dt.date,
        recorded_at: dt.datetime,
        recorded_by: str | None,
    ) -> Judgement:
        """A recipient's judgement; Invalid before the answer, or if she is not satisfied and says
        no reason.
        """
        if judgement == NOT and not reason:
            raise Invalid(
                "reason-missing",
                "say why the answer does not satisfy, so that the next one can",
                "对答复不满意的,请说明理由",
                [{"pointer": "/reason", "detail": "is required when not satisfied"}],
            )
        not_before(day, answer.happened_on)
        made = cls(
            new_id(),
            answer.id,
            answer.suggestion_id,
            judge,
            judgement,
            reason,
            day,
            recorded_at,
            recorded_by,
        )
        made.record("answer.judged.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: not who judged, nor why."""
        return {
            "id": self.id,
            "answer_id": self.answer_id,
            "suggestion_id": self.suggestion_id,
            "judgement": self.judgement,
            "happened_on": self.happened_on.isoformat(),
        }
