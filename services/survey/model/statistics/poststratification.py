"""Post-stratification (事后分层): each cell of the frame gets the weight that it has in it.

D. Holt and T. M. F. Smith, Journal of the Royal Statistical Society A 142 (1979), 33-46.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from services.commons.errors import Invalid

from .weight import Weights, capped


class EmptyCell(Invalid):
    """Cells of the frame from which nobody answered: no weight makes up for them; rake instead."""


def weights(
    population: Mapping[str, int], returned: Mapping[str, int], cap: Fraction | None = None
) -> Weights:
    """(N of the cell / N) ÷ (answers of the cell / answers), exact.

    ``population``: people of the frame by cell, ``returned``: answers.  ``cap``: no weight above so
    many times the mean.  Raises EmptyCell where nobody answered, Invalid where answers come from a
    cell that the frame does not know or there are none at all.
    """
    known_cells(population, returned)
    empty = sorted(cell for cell, people in population.items() if people and not returned.get(cell))
    if empty:
        raise EmptyCell(
            "cells-empty",
            f"nobody answered from {len(empty)} cells of the frame: weigh by raking, or join cells",
            f"抽样框中有 {len(empty)} 个层无人作答:请改用迭代比例加权 (rake),或合并层",
            errors=[{"pointer": f"/cells/{cell}", "detail": "无人作答 (empty)"} for cell in empty],
        )
    people, answers = sum(population.values()), sum(returned.values())
    plain = {
        cell: Fraction(population[cell] * answers, people * count)
        for cell, count in returned.items()
        if count
    }
    if cap is None:
        return Weights(plain, "post-stratify")
    kept = capped(plain, returned, cap)
    cut = tuple(sorted(cell for cell in plain if kept[cell] < plain[cell]))
    return Weights(kept, "post-stratify", cut)


def known_cells(population: Mapping[str, int], returned: Mapping[str, int]) -> None:
    """Raise Invalid if somebody answered from where the frame has nobody, or nobody answered."""
    strange = sorted(cell for cell, count in returned.items() if count and not population.get(cell))
    if strange:
        raise Invalid(
            "cells-unknown",
            f"answers come from {len(strange)} cells in which the frame has nobody",
            f"有 {len(strange)} 个层在抽样框中没有人,却有答卷",
            errors=[
                {"pointer": f"/cells/{cell}", "detail": "抽样框中无此层 (not in the frame)"}
                for cell in strange
            ],
        )
    if not any(returned.values()):
        raise Invalid(
            "no-answers", "nobody answered: there is nothing to weigh", "无人作答,无可加权"
        )
