"""A named answer (实名): who answered what, so that she can replace it while that is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .form import Reading


@dataclass(eq=False)
class NamedAnswer:
    """``respondent``: the deputy's id; ``data``: her form as it was read, comments included.

    No time and no version: which of her answers stands is all that matters.
    """

    audience_id: str
    respondent: str
    data: dict[str, Any]

    @property
    def reading(self) -> Reading:
        """The form."""
        return Reading.from_data(self.data)

    def replace(self, reading: Reading) -> None:
        """Let another form stand in its place."""
        self.data = reading.to_data()
