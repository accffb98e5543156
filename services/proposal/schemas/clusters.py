"""Clusters of suggestions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier
from services.chassis.paging import PageQuery

from ..model import cluster


class Agreement(Schema):
    """How a run by itself agrees with the pairs that people had judged before it."""

    pairs = fields.Integer(required=True)
    together = fields.Integer(required=True)
    apart = fields.Integer(required=True)
    precision = fields.Float(required=True, allow_none=True)
    recall = fields.Float(required=True, allow_none=True)


class ClusterRun(Schema):
    """A run: what was clustered, by what, and how well."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    aspect = fields.String(required=True, allow_none=True)
    parameters = fields.Dict(required=True)
    code_version = fields.String(required=True)
    input_hash = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    agreement = fields.Nested(Agreement, required=True)
    started_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class Cluster(Schema):
    """A cluster; ``title`` is its most typical member's."""

    id = Identifier(required=True)
    run_id = Identifier(required=True)
    number = fields.Integer(required=True)
    aspect = fields.String(required=True)
    representative_id = Identifier(required=True)
    size = fields.Integer(required=True)
    title = fields.String(required=True, allow_none=True)


class ClusterMember(Schema):
    """A suggestion in a cluster; ``moved``: by people.  Hidden ones have no title."""

    suggestion_id = Identifier(required=True)
    title = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    moved = fields.Boolean(required=True)


class MoveClusterMember(Schema):
    """Whether a suggestion belongs with another one.

    ``together``: it leaves its cluster and goes where the other one is; ``apart``: it leaves the
    other one's cluster and stands alone.
    """

    suggestion_id = Identifier(required=True)
    other_id = Identifier(required=True)
    verdict = fields.String(required=True, validate=validate.OneOf(cluster.VERDICTS))
    happened_on = Day(required=True)


class ClusterMove(Schema):
    """A judgement of two suggestions; it outlives the run."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    run_id = Identifier(required=True)
    suggestion_id = Identifier(required=True)
    other_id = Identifier(required=True)
    verdict = fields.String(required=True)
    left_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ClusterQuery(PageQuery):
    """Which clusters of a run."""

    aspect = Code()
