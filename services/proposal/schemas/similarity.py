"""Similar suggestions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Division, Identifier, Text
from services.chassis.place_schemas import Place

MOST = 20


class SimilarQuery(Schema):
    """How many."""

    limit = fields.Integer(load_default=5, validate=validate.Range(1, MOST))


class SearchSimilar(Schema):
    """A draft's text, as far as it is written."""

    title = Text(120, load_default="", validate=validate.Length(0, 120))
    text = Text(10_000, required=True)
    aspect = Code(load_default=None, allow_none=True)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    limit = fields.Integer(strict=True, load_default=5, validate=validate.Range(1, MOST))


class Reasons(Schema):
    """Why it was found: the words that both have, as they are compared, and what else is the same.

    ``copy``: it says exactly the same.  ``distance_km``: between the two points, for those who may
    see them; for others the points do not count in the score either.
    """

    words = fields.List(fields.String(), required=True)
    aspect = fields.Boolean(required=True)
    same_division = fields.Boolean(required=True)
    distance_km = fields.Float(required=True, allow_none=True)
    copy = fields.Boolean(required=True)


class SimilarSuggestion(Schema):
    """A similar suggestion; ``score``: from 0 to 1, to order by and not a probability."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    state = fields.String(required=True)
    aspect = fields.String(required=True)
    division = Division(required=True, allow_none=True)
    score = fields.Float(required=True)
    reasons = fields.Nested(Reasons, required=True)


class SimilarSuggestions(Schema):
    """Similar suggestions, the likest first; a person decides what follows from it."""

    items = fields.List(fields.Nested(SimilarSuggestion), required=True)
