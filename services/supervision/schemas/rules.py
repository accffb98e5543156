"""Rules, each kind with the form of its content."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.chassis import rule_schemas
from services.chassis.fields import Code
from services.chassis.rule_schemas import kind_of, list_of

from ..model import deadline, rule
from ..model.matter import CLASSES
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


#: Without these terms something could wait for an answer and never be overdue: of which code, from
#: what on, and whether for matters of either class.
_NEEDED: tuple[tuple[str, str, bool], ...] = (
    (deadline.REPLY, deadline.ROUTED, True),
    (deadline.SECOND_REPLY, deadline.JUDGED, True),
    (deadline.SECOND_REPLY, deadline.REOPENED, True),
    (deadline.ROUTE, deadline.RETURNED, True),
    (deadline.JUDGE, deadline.REPLIED, True),
    (deadline.CONFIRM, deadline.CLAIMED, True),
    (deadline.CLOSE, deadline.REPLIED, True),
    (deadline.ASSIGN, deadline.RAISED, False),
    (deadline.QUESTION, deadline.ASKED, False),
    (deadline.MODERATE, deadline.SUBMITTED, False),
    (deadline.MESSAGE_ANSWER, deadline.FORWARDED, False),
    (deadline.OPINION_ANSWER, deadline.ISSUED, False),
    (deadline.SECOND_ANSWER, deadline.VOTED, False),
    (deadline.RECTIFY, deadline.DECIDED, False),
    (deadline.RECTIFY_AGAIN, deadline.RETURNED, False),
)


def _nothing_falls_off_the_list(terms: list[dict[str, Any]]) -> None:
    """Refuse a rule by which what must be answered would have no day."""
    missing = {
        f"{code} from {begins}"
        for code, begins, classed in _NEEDED
        for class_ in (CLASSES if classed else (None,))
        if not any(
            (one["code"], one["from_"]) == (code, begins)
            and (class_ is None or not one["classes"] or class_ in one["classes"])
            for one in terms
        )
    }
    if missing:
        raise ValidationError(f"Must have terms for {', '.join(sorted(missing))}.")


#: The form of the content of each kind of rule.
CONTENTS: dict[str, fields.Field[Any]] = {
    "answer-votes": fields.Nested(AnswerVoteRule),
    "lights": LIGHTS,
    "changes": CHANGES,
    "chain": list_of(ChainLink),
    "deadlines": fields.List(
        fields.Nested(SupervisionTerm),
        validate=[validate.Length(1, 100), _nothing_falls_off_the_list],
    ),
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
