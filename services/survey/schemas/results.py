"""What comes out of an assessment: publications, requirements, comparisons, charts, files."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text

from ..model import publication

FORMATS = ("csv", "xlsx", "sps", "do")


class DecidePublication(Schema):
    """The decision to publish a score (公布决定); its day is ``happened_on``.

    ``publishes_at``: an instant with its offset, which may lie ahead; without it at once.
    """

    decided_by = Text(200, required=True)
    reference = Text(200, required=True)
    publishes_at = fields.AwareDateTime(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class WithdrawPublication(Schema):
    """Why a decision is taken back before its time."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class Publication(Schema):
    """A decision to publish a score: ``waiting`` for its time, ``published`` or ``withdrawn``."""

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    decided_by = fields.String(required=True)
    reference = fields.String(required=True)
    decided_on = Day(required=True)
    publishes_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(publication.STATES))
    published_on = Day(required=True, allow_none=True)
    withdrawn_on = Day(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class RequirementProgress(Schema):
    """How far supervision's task has come: ``open``, ``reported`` or ``confirmed``."""

    state = fields.String(required=True)
    round = fields.Integer(required=True)
    reported_on = fields.String(required=True, allow_none=True)
    confirmed_on = fields.String(required=True, allow_none=True)


class Requirement(Schema):
    """What follows where a line, or the whole (``item_id`` null), fell below the adopted line.

    ``value``, ``line``: exact fractions, null where the grade decides.  ``times``: failures in a
    row, this one counted.  ``rectification``: as supervision tells it, null: nothing heard yet.
    """

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True, attribute="content.project_id")
    item_id = Identifier(required=True, allow_none=True)
    item_kind = fields.String(required=True, attribute="content.item_kind")
    item_name = fields.String(required=True, attribute="content.item_name")
    measure = fields.String(required=True, attribute="content.measure")
    value = fields.String(required=True, allow_none=True, attribute="content.value")
    percent = fields.String(required=True, allow_none=True, attribute="content.percent")
    line = fields.String(required=True, allow_none=True, attribute="content.line")
    inclusive = fields.Boolean(required=True, allow_none=True, attribute="content.inclusive")
    grade = fields.String(required=True, allow_none=True, attribute="content.grade")
    then = fields.List(fields.String(), required=True)
    times = fields.Integer(required=True, attribute="content.times")
    due_in = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        allow_none=True,
        attribute="content.due_in",
    )
    decided_on = fields.String(required=True, attribute="content.decided_on")
    rectification = fields.Nested(RequirementProgress, required=True, allow_none=True)
    version = fields.Integer(required=True)


class ComparedRate(Schema):
    """An exact value with its percentage."""

    value = fields.String(required=True, metadata={"example": "122/126"})
    percent = fields.String(required=True, metadata={"example": "96.83"})


class ScoreDifference(Schema):
    """In what two scores were made otherwise, so that their numbers are no comparison."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ComparedScore(Schema):
    """One score beside the first; ``pooled``: the rates of all lines together.

    ``overall``: by its method, null without one.  ``differences``: why it is not ``comparable``.
    """

    questionnaire_id = Identifier(required=True)
    congress = fields.String(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    published_on = fields.String(required=True, allow_none=True)
    follows = Identifier(required=True, allow_none=True)
    method = fields.String(required=True)
    overall = fields.Nested(ComparedRate, required=True, allow_none=True)
    pooled = fields.Dict(keys=fields.String(), values=fields.Nested(ComparedRate), required=True)
    comparable = fields.Boolean(required=True)
    differences = fields.List(fields.Nested(ScoreDifference), required=True)


class ComparedLine(Schema):
    """A line's figures in one of two assessments."""

    top1 = fields.Nested(ComparedRate, required=True, allow_none=True)
    top2 = fields.Nested(ComparedRate, required=True, allow_none=True)
    composite = fields.Nested(ComparedRate, required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)


class LineAgain(Schema):
    """A line that was assessed twice."""

    item_id = Identifier(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    before = fields.Nested(ComparedLine, required=True)
    after = fields.Nested(ComparedLine, required=True)


class Again(Schema):
    """A second assessment (再次测评) beside the first."""

    first = Identifier(required=True)
    second = Identifier(required=True)
    differences = fields.List(fields.Nested(ScoreDifference), required=True)
    items = fields.List(fields.Nested(LineAgain), required=True)


class Comparison(Schema):
    """A score beside others; the first of each list is the score itself."""

    questionnaire_id = Identifier(required=True)
    years = fields.List(fields.Nested(ComparedScore), required=True)
    congresses = fields.List(fields.Nested(ComparedScore), required=True)
    again = fields.Nested(Again, required=True, allow_none=True)


class ChartTitle(Schema):
    """A chart of a score; read it at ``…/charts/{key}.svg``."""

    key = fields.String(required=True)
    title = fields.String(required=True)


class ChartTitles(Schema):
    """The charts of a score."""

    items = fields.List(fields.Nested(ChartTitle), required=True)
