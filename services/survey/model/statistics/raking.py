"""Raking (迭代比例拟合): weights that meet the frame's margins where its cells are too thin.

W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940), 427-444.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.commons.errors import Invalid

from ..cell import parts_of
from .weight import Weights, capped

Margins = Mapping[str, Mapping[str, float]]


def rake(
    margins: Margins,
    returned: Mapping[str, int],
    cap: float | None = None,
    tolerance: float = 1e-9,
    rounds: int = 1000,
) -> Weights:
    """Scale the answers to one margin after the other until all of them fit.

    ``margins``: by stratum question, people (or shares) of each code; ``""`` is who is not asked
    it.  ``returned``: answers by cell.  It has converged when no code's share is missed by more
    than ``tolerance``; with a ``cap``, when a round moves no weight by more than that, and
    ``deviation`` says what is then missed.  Raises Invalid if the margins cannot be met.
    """
    answers = sum(returned.values())
    shares = _shares(margins, returned)
    members = {
        (stratum, code): [cell for cell in returned if parts_of(cell).get(stratum, "") == code]
        for stratum, codes in shares.items()
        for code in codes
    }
    weights = {cell: 1.0 for cell, count in returned.items() if count}
    for done in range(1, rounds + 1):
        before = dict(weights)
        for (stratum, code), cells in members.items():
            there = [cell for cell in cells if cell in weights]
            now = sum(weights[cell] * returned[cell] for cell in there)
            for cell in there:
                weights[cell] *= shares[stratum][code] * answers / now
        if cap is not None:
            weights = {k: float(v) for k, v in capped(weights, returned, cap).items()}
        deviation = _deviation(weights, returned, shares, members)
        moved = max(abs(weights[cell] - before[cell]) for cell in weights)
        if deviation <= tolerance or (cap is not None and moved <= tolerance):
            limit = None if cap is None else cap * (1 - 1e-12)
            cut = tuple(sorted(c for c in weights if limit is not None and weights[c] >= limit))
            return Weights(weights, "rake", cut, done, deviation)
    raise Invalid(
        "margins-impossible",
        f"after {rounds} rounds a margin is still missed by {deviation:.2%}: the cells with "
        "answers cannot meet these margins; join codes or leave a margin out",
        f"经 {rounds} 轮仍有边际相差 {deviation:.2%}:"
        "有答卷的层无法同时满足这些边际,请合并类别或减少边际",
    )


def margins_of(population: Mapping[str, int], strata: list[str]) -> dict[str, dict[str, float]]:
    """The margins of a frame's cells, one per stratum question."""
    margins: dict[str, dict[str, float]] = {}
    for stratum in strata:
        codes = margins.setdefault(stratum, {})
        for cell, people in population.items():
            code = parts_of(cell).get(stratum, "")
            codes[code] = codes.get(code, 0) + people
    return margins


def _shares(margins: Margins, returned: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Each margin as shares of 1, for the codes that have some; raises Invalid if one cannot be."""
    mistakes = []
    for stratum, codes in margins.items():
        answered = {parts_of(cell).get(stratum, "") for cell, count in returned.items() if count}
        wanted = {code for code, people in codes.items() if people > 0}
        mistakes += [(stratum, c, "无人作答 (nobody answered)") for c in sorted(wanted - answered)]
        mistakes += [
            (stratum, c, "有答卷而边际为零 (answers, but nobody in the margin)")
            for c in sorted(answered - wanted)
        ]
    if not margins or not any(returned.values()) or mistakes:
        raise Invalid(
            "margins-impossible",
            "no weights can meet the margins: a code has people and no answers, or the reverse",
            "边际无法满足:某类别有人而无答卷,或有答卷而无人",
            errors=[
                {"pointer": f"/margins/{s}/{code}", "detail": why} for s, code, why in mistakes
            ],
        )
    return {
        stratum: {code: people / sum(codes.values()) for code, people in codes.items() if people}
        for stratum, codes in margins.items()
    }


def _deviation(
    weights: Mapping[str, float],
    returned: Mapping[str, int],
    shares: Mapping[str, Mapping[str, float]],
    members: Mapping[tuple[str, str], list[str]],
) -> float:
    total = sum(weights[cell] * returned[cell] for cell in weights)
    return max(
        abs(sum(weights.get(c, 0.0) * returned[c] for c in cells) / total - shares[stratum][code])
        for (stratum, code), cells in members.items()
    )
