"""A stratum cell (层) as text: ``"age=60+|district=330102"``, sorted by question; ``""`` is all."""

from __future__ import annotations

#: In a margin, those who were not asked the stratum's question.
NOT_ASKED = ""


def strata_of(cell: str) -> dict[str, str]:
    """The code of each stratum question that was asked of the people of this cell."""
    return dict(part.split("=", 1) for part in cell.split("|")) if cell else {}


def code_in(cell: str, stratum: str) -> str:
    """The code that the cell has in one stratum, or NOT_ASKED."""
    return strata_of(cell).get(stratum, NOT_ASKED)
