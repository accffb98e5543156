"""The assessment method (测评办法): which marks can be given, and how they become a score.

No statute fixes the formula: the Supervision Law (监督法, 2024) does not know the assessment at
all, and every congress adopts its own method.  So options, denominator, rates, the rule of the
grade, weights, lines and the rounding are data of an adopted record, and a changed method is a new
record that names the one it supersedes.
"""

from .aggregation import Aggregation, By, From
from .formula import Formula
from .line import Line, Measured, Of, Then
from .option import Denominator, GradeStep, Measure, Option
from .publication import PublicationRule, SampleRule, Weighting
from .record import AssessmentMethod
from .weighing import LOOK_BACK, Dimension, Group

__all__ = [
    "LOOK_BACK",
    "Aggregation",
    "AssessmentMethod",
    "By",
    "Denominator",
    "Dimension",
    "Formula",
    "From",
    "GradeStep",
    "Group",
    "Line",
    "Measure",
    "Measured",
    "Of",
    "Option",
    "PublicationRule",
    "SampleRule",
    "Then",
    "Weighting",
]
