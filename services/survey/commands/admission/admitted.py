"""What an admission comes to."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.form import Reading


@dataclass(frozen=True)
class Admitted:
    """``cell``: in which it is counted; ``replaces``: a named form and its cell, taken back for it.

    ``counted``: false where a quota is full, so that it is taken and not counted.
    """

    cell: str
    replaces: tuple[Reading, str] | None = None
    counted: bool = True
