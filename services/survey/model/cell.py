"""Cells: the strata (层) of who answers, as one text: ``"age=60+|district=330102"``.

The parts stand in the order of their codes; without strata the text is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: In how many cells the answers of one audience can be counted.
MOST = 500


def cell_of(parts: Mapping[str, str]) -> str:
    """The text of code → value."""
    return "|".join(f"{code}={parts[code]}" for code in sorted(parts))


def parts_of(cell: str) -> dict[str, str]:
    """Code → value."""
    return dict(one.split("=", 1) for one in cell.split("|")) if cell else {}


def joined(known: str, asked: str) -> str:
    """A cell of what was known beforehand and what was asked; the known value of a code counts."""
    return cell_of(parts_of(asked) | parts_of(known))


def products(known: Iterable[str], asked: Iterable[str]) -> list[str]:
    """Every cell that can be joined of these, each once."""
    others = list(asked)
    return sorted({joined(one, other) for one in known for other in others})
