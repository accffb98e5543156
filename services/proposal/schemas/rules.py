"""Rules, each kind with the form of its content."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis import rule_schemas
from services.chassis.fields import Code, Decimal, Flag, Identifier, Text
from services.chassis.rule_schemas import Result, kind_of, list_of, once_each

from ..model import deadline, follow_up, rule, suggestion


def _named_once(items: list[dict[str, Any]]) -> None:
    once_each(items, "name")


class Channel(Schema):
    """A channel of collection (渠道): who may speak through it, and whether staff enter it."""

    code = Code(required=True)
    name = Text(40, required=True)
    authors = fields.List(
        fields.String(validate=validate.OneOf(suggestion.AUTHORS)),
        required=True,
        validate=validate.Length(1),
    )
    on_behalf = Flag(required=True)


class Term(rule_schemas.Term):
    """A term (期限): how long, counted from what, for whose suggestions (none named: all)."""

    code = fields.String(required=True, validate=validate.OneOf(deadline.CODES))
    # ``from`` is a word of Python's.
    from_ = fields.String(
        required=True, data_key="from", validate=validate.OneOf(deadline.BEGINNINGS)
    )
    authors = fields.List(fields.String(validate=validate.OneOf(suggestion.AUTHORS)), required=True)


class Milestone(Schema):
    """A milestone (节点) at which authors are told; ``share``: of the project's progress."""

    code = Code(required=True)
    name = Text(40, required=True)
    when = fields.String(required=True, validate=validate.OneOf(follow_up.OCCASIONS))
    share = Decimal(required=True, allow_none=True, validate=validate.Range(0, 1))


class EligibilityItem(Schema):
    """One question about a matter; an answer equal to ``refuses_when`` refuses it."""

    code = Code(required=True)
    text = Text(500, required=True)
    refuses_when = Flag(required=True)
    reason = Text(500, required=True)


class Eligibility(Schema):
    """The checklist by which matters are fit; ``required``: an acceptance answers every item."""

    required = Flag(required=True)
    items = fields.List(
        fields.Nested(EligibilityItem), required=True, validate=[validate.Length(1, 50), once_each]
    )


class Quota(Schema):
    """How many candidates one delegation or deputies' group owes a year."""

    name = Text(120, required=True)
    candidates = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))


class Quotas(Schema):
    """What each delegation owes, except some; and what deputies' groups owe, each by itself.

    ``counted``: what counts as delivered, suggestions that were accepted in sorting or all that
    were submitted and not returned or withdrawn.
    """

    candidates = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    counted = fields.String(required=True, validate=validate.OneOf(("accepted", "submitted")))
    exceptions = fields.List(
        fields.Nested(Quota), required=True, validate=[validate.Length(0, 500), _named_once]
    )
    groups = fields.List(
        fields.Nested(Quota), required=True, validate=[validate.Length(0, 500), _named_once]
    )


class Stage(Schema):
    """A stage of the preliminary selection (初定); the one that ``adopts`` freezes the list."""

    code = Code(required=True)
    name = Text(40, required=True)
    body = Text(120, required=True)
    required = Flag(required=True)
    needs_document = Flag(required=True)
    adopts = Flag()


class Principle(Schema):
    """A principle to score by, with its scale; a weight of 0 keeps it out of the mean."""

    code = Code(required=True)
    name = Text(40, required=True)
    question = Text(500, required=True)
    weight = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    scale = fields.List(
        fields.Integer(strict=True, validate=validate.Range(0, 100)),
        required=True,
        validate=validate.Length(2, 101),
    )


class Urgency(Schema):
    """How urgent a project may be (轻重缓急)."""

    code = Code(required=True)
    name = Text(40, required=True)


class DemandWeights(Schema):
    """What one support, recent suggestion, division and co-signature add to a score."""

    supporters = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    recent = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    places = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    cosigners = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))


class Demand(Schema):
    """What makes demand; ``months``: for how long a suggestion is recent."""

    months = fields.Integer(required=True, strict=True, validate=validate.Range(1, 120))
    weights = fields.Nested(DemandWeights, required=True)


def _one_adopts(stages: list[dict[str, Any]]) -> None:
    if sum(one.get("adopts", False) for one in stages) != 1:
        raise ValidationError("Must have exactly one stage that adopts.")


def _some_weight(principles: list[dict[str, Any]]) -> None:
    if not any(one["weight"] for one in principles):
        raise ValidationError("Must have a principle with a weight.")


#: The form of the content of each kind of rule.
CONTENTS: dict[str, fields.Field[Any]] = {
    "stages": list_of(Stage, _one_adopts),
    "principles": list_of(Principle, _some_weight),
    "urgency": list_of(Urgency),
    "demand": fields.Nested(Demand),
    "channels": list_of(Channel, most=100),
    "deadlines": fields.List(fields.Nested(Term), validate=validate.Length(1, 100)),
    "results": list_of(Result, most=26),
    "milestones": fields.List(
        fields.Nested(Milestone), validate=[validate.Length(0, 100), once_each]
    ),
    "eligibility": fields.Nested(Eligibility),
    "quotas": fields.Nested(Quotas),
    "synonyms": fields.List(
        fields.List(Text(20), validate=validate.Length(2, 50)), validate=validate.Length(0, 5000)
    ),
}


class AdoptRule(rule_schemas.AdoptRule):
    """A rule that a body adopted; ``content`` has the form of its kind."""

    contents = CONTENTS

    kind = kind_of(rule.KINDS)


class Rule(rule_schemas.Rule):
    """A rule; ``id`` is empty for the example that comes with the software."""


class RuleQuery(rule_schemas.RuleQuery):
    """Which rules."""

    kind = kind_of(rule.KINDS, required=False)


class RuleInForceQuery(rule_schemas.RuleInForceQuery):
    """The rule of a kind that was in force on a day; today's without one."""

    kind = kind_of(rule.KINDS)


class RuleReference(Schema):
    """Under which rule something was done."""

    id = Identifier(required=True, allow_none=True)
    digest = fields.String(required=True)
