"""Board, map, matrix and statistics."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Year
from services.chassis.paging import PageQuery

from ..model.view_figures import GROUPINGS
from .funds import BudgetedSums

SORTS = ("lag", "completion", "light", "due_on", "name")
#: A page of the export, which is for programs.
LARGEST = 2000


class YearOnQuery(Schema):
    """Which year, and as of which day; this year, today."""

    year = Year()
    on = Day()


class BoardQuery(YearOnQuery):
    """And in which order: the furthest behind first (lag), the least complete, by light …"""

    sort = fields.String(validate=validate.OneOf(SORTS))


class BoardLight(Schema):
    """The light of a project, with its reason."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True)
    reason_zh = fields.String(required=True)
    reason_en = fields.String(required=True)
    override_id = Identifier(required=True, allow_none=True)


class BoardItem(Schema):
    """A sub-item; without a target (愿接尽接) ``actual`` and ``planned`` are shares."""

    sub_item_id = Identifier(required=True)
    name = fields.String(required=True)
    unit_of_measure = fields.String(required=True)
    target = fields.Float(required=True, allow_none=True)
    actual = fields.Float(required=True)
    planned = fields.Float(required=True, allow_none=True)
    completion = fields.Float(required=True, metadata={"description": "may exceed 1"})
    finished_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)


class BoardChange(Schema):
    """What is otherwise than at the end of the month before; ``light``: what it was then."""

    completion = fields.Float(required=True, allow_none=True)
    light = fields.String(required=True, allow_none=True)
    reports = fields.Integer(required=True)


class BoardInside(Schema):
    """What deputies, units and staff see beside: matters, what is overdue, money."""

    opinions = fields.Integer(required=True)
    opinions_open = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    problems_open = fields.Integer(required=True)
    rectifications_open = fields.Integer(
        required=True, metadata={"description": "assessed below the line, not confirmed yet"}
    )
    overdue = fields.Integer(required=True)
    funds = fields.Nested(BudgetedSums, required=True)


class BoardRow(Schema):
    """A project on the board; finished is not accepted."""

    project_id = Identifier(required=True)
    name = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    due_on = Day(required=True, allow_none=True)
    planned = fields.Float(required=True, allow_none=True)
    completion = fields.Float(required=True, allow_none=True)
    lag = fields.Float(required=True, allow_none=True)
    light = fields.Nested(BoardLight, required=True)
    finished_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)
    deferred = fields.Boolean(required=True)
    deferred_until = Day(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    late_reports = fields.Integer(required=True)
    overdue_reports = fields.Integer(required=True)
    milestones_late = fields.Integer(required=True)
    last_reported_on = Day(required=True, allow_none=True)
    sub_items = fields.List(fields.Nested(BoardItem), required=True)
    since = fields.Nested(BoardChange, required=True)
    inside = fields.Nested(BoardInside, required=True, allow_none=True)


class Board(Schema):
    """The progress board (项目进度榜) of a year."""

    year = fields.Integer(required=True)
    as_of = Day(required=True)
    compared_with = Day(required=True)
    items = fields.List(fields.Nested(BoardRow), required=True)


class MapQuery(Schema):
    """What of the map: a year (this one) or a project, a kind, an area."""

    year = Year()
    project_id = Identifier()
    kind = fields.String(validate=validate.OneOf(("site", "opinion", "problem", "photo")))
    bbox = fields.String(
        validate=validate.Length(max=100),
        metadata={"description": "west,south,east,north in degrees of WGS-84"},
    )
    limit = fields.Integer(validate=validate.Range(1, 10_000))


class MapFeatures(Schema):
    """GeoJSON (RFC 7946); ``truncated``: there are more, ask for a smaller area."""

    type = fields.String(required=True)
    as_of = Day(required=True)
    digits = fields.Integer(
        required=True, metadata={"description": "decimals of coordinates that persons gave"}
    )
    truncated = fields.Boolean(required=True)
    features = fields.List(fields.Dict(), required=True)


class MapRule(Schema):
    """How many points at once; how many decimals of a place that a person gave."""

    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    digits = fields.Integer(required=True, strict=True, validate=validate.Range(0, 6))


class MatrixTask(Schema):
    """A district's part of a sub-item."""

    code = fields.String(required=True)
    sub_item_id = Identifier(required=True)
    unit_id = Identifier(required=True)
    share = fields.Float(required=True, allow_none=True)
    target = fields.Float(required=True, allow_none=True)
    reported = fields.Float(required=True)
    completion = fields.Float(required=True)


class MatterCounts(Schema):
    """How many opinions and problems, and how many of them are not settled."""

    opinions = fields.Integer(required=True)
    opinions_open = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    problems_open = fields.Integer(required=True)


class MatrixCell(MatterCounts):
    """A project in a district; ``division`` null: what has no place."""

    project_id = Identifier(required=True)
    division = fields.String(required=True, allow_none=True)
    tasks = fields.List(fields.Nested(MatrixTask), required=True)
    completion = fields.Float(required=True, allow_none=True)


class MatrixProject(MatterCounts):
    """A project's total; its completion is the board's."""

    project_id = Identifier(required=True)
    name = fields.String(required=True)
    completion = fields.Float(required=True, allow_none=True)
    tasks = fields.Integer(required=True)
    visits = fields.Integer(required=True)


class Matrix(Schema):
    """Projects by districts (项目与区县矩阵)."""

    year = fields.Integer(required=True)
    as_of = Day(required=True)
    divisions = fields.List(fields.String(), required=True)
    projects = fields.List(fields.Nested(MatrixProject), required=True)
    cells = fields.List(fields.Nested(MatrixCell), required=True)


class SupervisionStatisticQuery(Schema):
    """Of which year's projects, and by what."""

    year = Year(required=True)
    by = fields.String(required=True, validate=validate.OneOf(list(GROUPINGS)))


class ViewDefinition(Schema):
    """What is counted, in Chinese and English."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class ViewFigure(ViewDefinition):
    """A count with its definition."""

    key = fields.String(required=True)
    value = fields.Integer(required=True)


class MatterGroup(MatterCounts):
    """The matters of one group; a key of null: those to which nothing applies."""

    key = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)


class SupervisionStatistic(Schema):
    """Counts of a year's supervision; the groups add up to the figures."""

    year = fields.Integer(required=True)
    by = fields.String(required=True)
    as_of = fields.AwareDateTime(required=True)
    definition = fields.Nested(ViewDefinition, required=True)
    figures = fields.List(fields.Nested(ViewFigure), required=True)
    groups = fields.List(fields.Nested(MatterGroup), required=True)


class MatterTimesQuery(PageQuery):
    """Of which year's projects, and of which register; both without it."""

    year = Year(required=True)
    register = fields.String(validate=validate.OneOf(("opinion", "problem")))
    limit = fields.Integer(load_default=LARGEST, validate=validate.Range(1, LARGEST))


class MatterTimesFileQuery(Schema):
    """The same for the whole file."""

    year = Year(required=True)
    register = fields.String(validate=validate.OneOf(("opinion", "problem")))


class MatterTimes(Schema):
    """An opinion or a problem with the day of every step, and no words."""

    register = fields.String(required=True)
    id = Identifier(required=True)
    project_id = Identifier(required=True)
    project = fields.String(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    channel = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    class_ = fields.String(required=True, allow_none=True, attribute="class", data_key="class")
    state = fields.String(required=True, allow_none=True)
    division = fields.String(required=True, allow_none=True)
    raised_on = Day(required=True, attribute="day")
    routed_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)
    handled_on = Day(required=True, allow_none=True)
    replied_on = Day(required=True, allow_none=True)
    result = fields.String(required=True, allow_none=True)
    judged_on = Day(required=True, allow_none=True)
    judgement = fields.String(required=True, allow_none=True)
    talked_on = Day(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    confirmed_on = Day(required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class MatterTimesPage(Schema):
    """A page of them."""

    items = fields.List(fields.Nested(MatterTimes), required=True)
    next = fields.String(required=True, allow_none=True)
