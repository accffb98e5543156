"""A score as it was published (公布的测评结果): kept word for word, whatever is released later.

A score is made from counts, so another release, or a hand in the database, could make another one.
What was published does not change by that: it is served as it was, and where a recomputation says
otherwise, a notice tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.commons.canonical import canonical, digest

Json = dict[str, Any]

#: How things are called may be put better later without a figure being another.
_WORDS = frozenset({"name", "names", "title", "text", "steps", "notices", "formula", "note"})


@dataclass(eq=False)
class PublishedScore:
    """``content``: as :func:`.announcement.content` makes it; ``digest``: its SHA-256 (RFC 8785).

    ``seal``: on the digest, by the service's keys.
    """

    questionnaire_id: str
    publication_id: str
    content: Json
    digest: str
    seal: str = ""

    @classmethod
    def of(cls, questionnaire_id: str, publication_id: str, content: Json) -> PublishedScore:
        """What is published from now on; it has still to be sealed."""
        return cls(questionnaire_id, publication_id, content, digest(content))

    @property
    def sealed_text(self) -> str:
        """What the seal is on."""
        return f"published-score {self.questionnaire_id} {self.digest}"

    @property
    def intact(self) -> bool:
        """Whether the content has its digest."""
        return digest(self.content) == self.digest

    def says(self, content: Json) -> bool:
        """Whether these are the figures that were published."""
        return canonical(_figures(self.content)) == canonical(_figures(content))


def _figures(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _figures(one) for key, one in part.items() if key not in _WORDS}
    if isinstance(part, list | tuple):
        return [_figures(one) for one in part]
    return part
