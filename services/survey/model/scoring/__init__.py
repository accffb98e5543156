"""Scoring: counts of groups become rates, grades, one weighed score, and what follows from it.

Pure and exact: fractions throughout, rounded once when shown.  The counts are kept as answers come,
so a score costs the same after a thousand answers and after ten million.
"""

from .counted import ASKED, Bases, CellCount, Counted, counted
from .explanation import Step
from .figure import HALF_UP, Figure, Rate, rounded
from .item import ItemScore
from .problem import Problem
from .score import GRADE, Score, check_fit, score

__all__ = [
    "ASKED",
    "GRADE",
    "HALF_UP",
    "Bases",
    "CellCount",
    "Counted",
    "Figure",
    "ItemScore",
    "Problem",
    "Rate",
    "Score",
    "Step",
    "check_fit",
    "counted",
    "rounded",
    "score",
]
