"""The forms of the rules by which projects are evaluated and units appraised."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Decimal, Text
from services.chassis.rule_schemas import once_each

from ..model.evaluation import MISSING
from ..model.measure import MEASURES
from ..model.observed import PROJECT, UNIT


def _measures_of(subject: str) -> list[str]:
    return [one.code for one in MEASURES.values() if subject in one.subjects]


class EvaluationTerm(Schema):
    """A term (评估项): a measure, its weight, and its value where it is worst and best."""

    code = Code(required=True)
    name = Text(40, required=True)
    measure = fields.String(required=True, validate=validate.OneOf(_measures_of(PROJECT)))
    weight = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    best = Decimal(required=True, validate=validate.Range(-1e6, 1e6))
    worst = Decimal(required=True, validate=validate.Range(-1e6, 1e6))

    @validates_schema
    def best_is_not_worst(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a term by which nothing could differ."""
        if data["best"] == data["worst"]:
            raise ValidationError({"best": ["Must differ from worst."]})


class AppraisalTerm(EvaluationTerm):
    """A term of the appraisal of units (考核项)."""

    measure = fields.String(required=True, validate=validate.OneOf(_measures_of(UNIT)))


class Grade(Schema):
    """A grade (等次), reached from a score on."""

    code = Code(required=True)
    name = Text(40, required=True)
    at_least = Decimal(required=True, validate=validate.Range(0, 1000))


def _some_weight(terms: list[dict[str, Any]]) -> None:
    if not any(one["weight"] for one in terms):
        raise ValidationError("Must have a term with a weight.")


def _falling(grades: list[dict[str, Any]]) -> None:
    scores = [one["at_least"] for one in grades]
    if any(later >= one for one, later in zip(scores, scores[1:], strict=False)):
        raise ValidationError("Must go from the best grade down.")


def _terms(schema: type[Schema]) -> fields.List[Any]:
    every: list[Any] = [validate.Length(1, 50), once_each, _some_weight]
    return fields.List(fields.Nested(schema), required=True, validate=every)


class EvaluationRule(Schema):
    """How a score comes about; ``missing``: what a term does of which nothing could be measured.

    Its share of the weight falls to the others, or it counts as the worst.
    """

    scale = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    decimals = fields.Integer(required=True, strict=True, validate=validate.Range(0, 4))
    missing = fields.String(required=True, validate=validate.OneOf(MISSING))
    grades = fields.List(
        fields.Nested(Grade), required=True, validate=[validate.Length(0, 20), once_each, _falling]
    )
    terms = _terms(EvaluationTerm)


class AppraisalRule(EvaluationRule):
    """The same for units."""

    terms = _terms(AppraisalTerm)
