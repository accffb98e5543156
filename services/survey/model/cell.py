"""The cell (分层单元) of an answer: what is known of who gave it, and no more than is counted by.

Its text is ``age=60+|district=330102``, sorted by the question's code; without strata it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: In how many cells an audience's answers can be counted.
MOST = 500


def cell_of(strata: Mapping[str, str]) -> str:
    """The cell of these strata."""
    return "|".join(f"{code}={strata[code]}" for code in sorted(strata))


def strata_of(cell: str) -> dict[str, str]:
    """The strata of a cell."""
    return dict(one.split("=", 1) for one in cell.split("|")) if cell else {}


def joined(*cells: str) -> str:
    """One cell of all that several say."""
    strata: dict[str, str] = {}
    for cell in cells:
        strata |= strata_of(cell)
    return cell_of(strata)


def products(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Every cell of the first with every one of the second, each once."""
    others = list(second)
    return sorted({joined(one, other) for one in first for other in others})
