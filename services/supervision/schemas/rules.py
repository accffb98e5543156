"""Rules, each kind with the form of its content."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis import rule_schemas
from services.chassis.fields import Code
from services.chassis.rule_schemas import kind_of, list_of

from ..model import deadline, rule
from . import matter_rules
from .calendar import CalendarPart
from .change_rules import CHANGES, LIGHTS
from .evaluation_rules import AppraisalRule, EvaluationRule
from .look_back_rules import LOOK_BACKS
from .messages import ModerationRule
from .photos import PhotoRule
from .report_rules import AnswerVoteRule, ChainLink
from .resource_rules import FundSource, ResourceKind
from .views import MapRule


class SupervisionTerm(rule_schemas.Term):
    """A term (期限): how long, counted from what, for matters of which class (none named: all)."""

    code = fields.String(required=True, validate=validate.OneOf(deadline.CODES))
    # ``from`` is a word of Python's.
    from_ = fields.String(
        required=True, data_key="from", validate=validate.OneOf(deadline.BEGINNINGS)
    )
    classes = fields.List(Code(), required=True)


#: The form of the content of each kind of rule.
CONTENTS: dict[str, fields.Field[Any]] = {
    "answer-votes": fields.Nested(AnswerVoteRule),
    "lights": LIGHTS,
    "changes": CHANGES,
    "chain": list_of(ChainLink),
    "deadlines": fields.List(fields.Nested(SupervisionTerm), validate=validate.Length(1, 100)),
    "calendar": list_of(CalendarPart),
    "look-backs": LOOK_BACKS,
    "map": fields.Nested(MapRule),
    "moderation": fields.Nested(ModerationRule),
    "photos": fields.Nested(PhotoRule),
    "resources": list_of(ResourceKind),
    "fund-sources": list_of(FundSource),
    **matter_rules.CONTENTS,
    "evaluation": fields.Nested(EvaluationRule),
    "appraisal": fields.Nested(AppraisalRule),
}


class AdoptSupervisionRule(rule_schemas.AdoptRule):
    """A rule that a body adopted; ``content`` has the form of its kind."""

    contents = CONTENTS

    kind = kind_of(rule.KINDS)


class SupervisionRule(rule_schemas.Rule):
    """A rule; ``id`` is empty for the example that comes with the software."""


class SupervisionRuleQuery(rule_schemas.RuleQuery):
    """Which rules."""

    kind = kind_of(rule.KINDS, required=False)


class SupervisionRuleInForceQuery(rule_schemas.RuleInForceQuery):
    """The rule of a kind that was in force on a day; today's without one."""

    kind = kind_of(rule.KINDS)
