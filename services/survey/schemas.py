"""What comes in and goes out at this service's boundary; the gateway uses the same classes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Division, Flag, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from .model.basis import Effect, Finding, Over
from .model.method import Denominator

STATES = ("open", "closed", "published")


class AssessmentOption(Schema):
    """A mark that can be given: 满意, 基本满意, 不满意, 弃权."""

    code = Code(required=True)
    name_zh = Text(20, required=True)
    counts_in_denominator = Flag(required=True)


class AssessmentRates(Schema):
    """The codes whose sums are the two rates: 满意率, and 满意和基本满意率."""

    top1 = fields.List(Code(), required=True, validate=validate.Length(1, 20))
    top2 = fields.List(Code(), required=True, validate=validate.Length(1, 20))


class AssessmentGrade(Schema):
    """The grade is given when the marks of ``sum`` reach (inclusive) or exceed the share."""

    grade = Code(required=True)
    sum = fields.List(Code(), required=True, validate=validate.Length(1, 20))
    share = fields.String(
        required=True,
        validate=Pattern("^[0-9]{1,4}/[1-9][0-9]{0,3}$"),
        metadata={"example": "1/2"},
    )
    inclusive = Flag(required=True)


class LookBackConsequence(Schema):
    """What a finding of a look-back does; ``over``: to which of the year's projects.

    ``again``: the former project is assessed again; ``cap``: no better ``grade``; ``deduct``: the
    ``rate`` is lower by ``share``.
    """

    finding = fields.String(required=True, validate=validate.OneOf([one.value for one in Finding]))
    effect = fields.String(required=True, validate=validate.OneOf([one.value for one in Effect]))
    over = fields.String(validate=validate.OneOf([one.value for one in Over]))
    grade = Code()
    rate = fields.String(validate=validate.OneOf(["top1", "top2"]))
    share = fields.String(
        validate=Pattern("^[0-9]{1,4}/[1-9][0-9]{0,3}$"), metadata={"example": "1/20"}
    )


class AssessmentLookBack(Schema):
    """What look-backs of the year do to the assessment; ``years``: how far back, null: any."""

    years = fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(1, 50)
    )
    consequences = fields.List(
        fields.Nested(LookBackConsequence), required=True, validate=validate.Length(1, 20)
    )


class AssessmentParameters(Schema):
    """The formula of a method as data; each part must be said."""

    options = fields.List(
        fields.Nested(AssessmentOption), required=True, validate=validate.Length(2, 20)
    )
    denominator = fields.String(
        required=True, validate=validate.OneOf([one.value for one in Denominator])
    )
    rates = fields.Nested(AssessmentRates, required=True)
    grades = fields.List(
        fields.Nested(AssessmentGrade), required=True, validate=validate.Length(0, 20)
    )
    otherwise = Code(required=True, allow_none=True)
    rounding = fields.Integer(required=True, strict=True, validate=validate.Range(0, 6))
    look_back = fields.Nested(
        AssessmentLookBack,
        metadata={"description": "without it look-backs change nothing in the score"},
    )


class DraftAssessmentMethod(Schema):
    """A draft of an assessment method (测评办法)."""

    title = Text(120, required=True)
    text = Text(50_000, required=True)
    parameters = fields.Nested(AssessmentParameters, required=True)
    supersedes = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class AdoptAssessmentMethod(Schema):
    """The adoption of a method, by the body that may adopt it."""

    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)


class AssessmentMethod(Schema):
    """An assessment method; in force from ``adopted_on``."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    parameters = fields.Nested(AssessmentParameters, required=True)
    supersedes = Identifier(required=True, allow_none=True)
    drafted_on = Day(required=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class OpenQuestionnaire(Schema):
    """A new questionnaire (测评) to all deputies of a congress, on a year's projects."""

    year = Year(required=True)
    title = Text(120, required=True)
    congress = Division(required=True)
    audience = fields.String(load_default="all-deputies", validate=validate.OneOf(["all-deputies"]))
    method_id = Identifier(required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    happened_on = Day(required=True)


class QuestionnaireItem(Schema):
    """A line of the form: a project or a sub-item (子项), of the year or a former one."""

    item_id = Identifier(required=True)
    project_id = Identifier(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    former_year = fields.Integer(
        metadata={"description": "of a former project that is assessed again"}
    )


class BasisEntry(LookBackConsequence):
    """A consequence of a look-back for this questionnaire, with the lines that it touches."""

    look_back_id = Identifier(required=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    items = fields.List(Identifier(), required=True)


class QuestionnaireLookBack(Schema):
    """What a look-back (回头看) found at a project of an earlier year, a ground for judging."""

    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    effective = fields.Boolean(required=True)
    happened_on = fields.String(required=True)


class Questionnaire(Schema):
    """A questionnaire; nothing of the answers."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    congress = fields.String(required=True)
    audience = fields.String(required=True)
    method_id = Identifier(required=True, attribute="method.id")
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    items = fields.List(fields.Nested(QuestionnaireItem), required=True)
    look_backs = fields.List(fields.Nested(QuestionnaireLookBack), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        allow_none=True,
        metadata={"description": "what they do to the score; null: the method says nothing"},
    )
    eligible = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    opened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    closed_on = Day(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class QuestionnaireQuery(PageQuery):
    """Questionnaires on one year's projects, or all."""

    year = Year()


class QuestionnaireMark(Schema):
    """A mark on one line, by the code of an option of the method; null leaves the line blank."""

    item_id = Identifier(required=True)
    grade = Code(required=True, allow_none=True)


class AnswerQuestionnaire(Schema):
    """A filled-in form: every line once.  The day decides whether it is in time and is not kept."""

    answers = fields.List(
        fields.Nested(QuestionnaireMark), required=True, validate=validate.Length(1, 1000)
    )
    happened_on = Day(required=True)


class AnswerAccepted(Schema):
    """What everybody gets who has answered; it says nothing of the answer."""

    accepted = fields.Boolean(required=True)


class ActOnQuestionnaire(Schema):
    """The day on which a questionnaire is closed or its score published."""

    happened_on = Day(required=True)


class ScoreRate(Schema):
    """A rate: ``part`` of ``whole`` exactly as counted, and as a rounded percentage."""

    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    percent = fields.String(required=True, metadata={"example": "99.21"})


class ScoreRounding(Schema):
    """How the percentages are rounded: decimal places; ``half-up`` is 四舍五入."""

    places = fields.Integer(required=True)
    rule = fields.String(required=True)


class ScoreMethod(Schema):
    """By which method it was scored."""

    id = Identifier(required=True)
    title = fields.String(required=True)


class ScoredItem(QuestionnaireItem):
    """The score of one line; without a denominator (nobody judged it) no rates and no grade.

    ``shares``: of each option that counts in the denominator.  Where look-backs at former projects
    changed it: ``counted_grade``, by the marks alone; ``adjusted``: rates after deduction;
    ``look_backs``: which ones.
    """

    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    blank = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    shares = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreRate), required=True)
    top1 = fields.Nested(ScoreRate, required=True, allow_none=True)
    top2 = fields.Nested(ScoreRate, required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    counted_grade = fields.String(allow_none=True)
    adjusted = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreRate))
    look_backs = fields.List(Identifier())


class Score(Schema):
    """The score of a questionnaire (测评结果)."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    method = fields.Nested(ScoreMethod, required=True)
    eligible = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rounding = fields.Nested(ScoreRounding, required=True)
    items = fields.List(fields.Nested(ScoredItem), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        metadata={"description": "what look-backs at former projects did to it"},
    )
    published_on = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
