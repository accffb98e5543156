"""Comments (意见) for reading: grouped, without order, and what of them the public may read.

Comments are kept apart from everything else that somebody answered, without a time and in no
order; here they only get into groups.  What is published is a reviewed text: a clerk chose the
group, struck out what names people, and no form of personal data is left in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.alike import Alike, alike
from services.commons.errors import Conflict, Invalid
from services.commons.personal import personal, struck


@dataclass(frozen=True)
class CommentGroup:
    """Comments on one key that say the same; ``code`` names the group as long as they are kept."""

    key: str
    code: str
    alike: Alike

    def to_data(self) -> dict[str, Any]:
        """As staff reads it; ``suggested``: with personal data struck out."""
        return {
            "key": self.key,
            "group": self.code,
            "count": self.alike.count,
            "text": self.alike.text,
            "wordings": [{"text": text, "count": n} for text, n in self.alike.wordings],
            "personal": sorted({one.kind for one in personal(self.alike.text)}),
            "suggested": struck(self.alike.text),
        }


def grouped(texts: Mapping[str, Iterable[str]]) -> list[CommentGroup]:
    """The comments on each key (question, or question and item), in the order of the keys given."""
    return [
        CommentGroup(key, _code(key, one), one)
        for key, said in texts.items()
        for one in alike(said)
    ]


def _code(key: str, one: Alike) -> str:
    """Hangs on what stands in the group, so that a review belongs to what was read."""
    said = "\n".join([key, *(f"{count} {text}" for text, count in one.wordings)])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


@dataclass(eq=False, kw_only=True)
class ReleasedComment(Aggregate):
    """A group's comment as the public may read it, from the publication of the score on.

    ``text``: reviewed; ``count``: how many said so; ``group``: the code of what was reviewed.
    """

    id: str
    questionnaire_id: str
    key: str
    group: str
    text: str
    count: int
    released_by: str
    released_on: dt.date
    recorded_at: dt.datetime
    withdrawn_on: dt.date | None = None
    withdrawal_reason: str | None = None
    version: int = 0

    @classmethod
    def release(
        cls,
        questionnaire_id: str,
        group: CommentGroup,
        *,
        text: str,
        by: str,
        on: dt.date,
        recorded_at: dt.datetime,
    ) -> ReleasedComment:
        """Release a group with its reviewed text; Invalid while personal data stands in it."""
        found = personal(text)
        if found:
            raise Invalid(
                "comment-names-somebody",
                "personal data stands in the text; strike it out first",
                "文本中仍有个人信息,请先隐去",
                errors=[
                    {"pointer": "/text", "detail": f"{one.name_zh} ({one.kind})"} for one in found
                ],
            )
        return cls(
            id=new_id(),
            questionnaire_id=questionnaire_id,
            key=group.key,
            group=group.code,
            text=text,
            count=group.alike.count,
            released_by=by,
            released_on=on,
            recorded_at=recorded_at,
        )

    def withdraw(self, reason: str, on: dt.date) -> None:
        """Take it back, before or after its publication; Conflict the second time."""
        if self.withdrawn_on is not None:
            raise Conflict("comment-withdrawn", "this was withdrawn already", "该意见已撤回")
        self.withdrawn_on, self.withdrawal_reason = on, reason

    def public_state(self) -> dict[str, Any]:
        """It has no events."""
        return {"id": self.id}
