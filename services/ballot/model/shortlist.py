"""What this service knows of a shortlist (候选项目名单) that proposal published: a copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.canonical import digest


@dataclass(eq=False, kw_only=True)
class HeardShortlist:
    """An adopted shortlist; a copy takes only a higher ``version``.

    ``candidates``: as in the event, each ``{"id", "name", "description", "aspect",
    "lead_unit_id", "budget_yuan", "due_on", "sub_items", "suggested_project_ids"}``.  ``digest``:
    what proposal says that ``published``, the candidates word for word, hash to; an earlier release
    of proposal says none.
    """

    id: str
    year: int
    adopted_on: dt.date
    candidates: list[dict[str, Any]]
    version: int
    digest: str | None = None
    published: list[dict[str, Any]] | None = None

    @property
    def candidate_ids(self) -> list[str]:
        """The candidates' ids in the order of the list."""
        return [candidate["id"] for candidate in self.candidates]

    @property
    def is_genuine(self) -> bool:
        """Whether the digest is that of what was published, and the candidates agree with it."""
        if self.digest is None:
            return True
        published = self.published or []
        return digest(published) == self.digest and _is_part(self.candidates, published)


def _is_part(part: Any, whole: Any) -> bool:
    """Whether all that ``part`` says stands in ``whole``, which may say more of each thing."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and _is_part(one, whole[name]) for name, one in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(_is_part, part, whole))
    return bool(part == whole)
