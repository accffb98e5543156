"""Suggestions."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.contact_schemas import GivenContact
from services.chassis.fields import (
    Choice,
    Code,
    Day,
    Flag,
    Identifier,
    Pattern,
    Text,
    Year,
)
from services.chassis.paging import PageQuery, Sort
from services.chassis.place_schemas import Place

from ..model import suggestion

#: Drafts are in no list but their author's.
LISTED = tuple(state for state in suggestion.STATES if state != suggestion.DRAFT)


_FILE_NAME = Pattern(
    r"^[^/\\\t\n\r]+$", error="Must name a file, without slashes, tabs or line breaks."
)


class Attachment(Schema):
    """A file that was uploaded before (附件), and what it is called."""

    sha256 = fields.String(required=True, validate=Pattern("^[0-9a-f]{64}$"))
    name = Text(120, required=True, validate=[validate.Length(1, 120), _FILE_NAME])


def Attachments(**kwargs: Any) -> fields.List[Any]:
    """Up to nine files, each once."""
    every: list[Any] = [validate.Length(0, 9), _each_once]
    return fields.List(fields.Nested(Attachment), validate=every, **kwargs)


def _each_once(attachments: list[dict[str, Any]]) -> None:
    if len({one["sha256"] for one in attachments}) < len(attachments):
        raise ValidationError("Must name each file once.")


class SubmitSuggestion(Schema):
    """A new suggestion (建议), or with ``draft`` one that nobody else sees until it is submitted.

    Without ``round_id`` it belongs to the concentrated round that is open on its day, else to the
    standing one.  ``contact``: how to reach the author; it is sealed, and in no answer.
    """

    year = Year(required=True)
    author_kind = fields.String(required=True, validate=validate.OneOf(suggestion.AUTHORS))
    deputy_id = Identifier(load_default=None, allow_none=True)
    channel = Code(required=True)
    aspect = Code(required=True)
    title = Text(120, required=True)
    text = Text(10_000, required=True)
    beneficiaries = Text(200, load_default=None, allow_none=True)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    round_id = Identifier(load_default=None, allow_none=True)
    activity_id = Identifier(load_default=None, allow_none=True)
    attachments = Attachments(load_default=list)
    contact = fields.Nested(GivenContact, load_default=None, allow_none=True)
    draft = Flag(load_default=False)
    happened_on = Day(required=True)


class SubmitDraft(Schema):
    """The submission of a draft; its day becomes the suggestion's."""

    happened_on = Day(required=True)


class Suggestion(Schema):
    """A suggestion; the point in WGS-84, and as it was given."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    author_kind = fields.String(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    on_behalf = fields.Boolean(required=True)
    channel = fields.String(required=True)
    aspect = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    beneficiaries = fields.String(required=True, allow_none=True)
    division = fields.String(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    datum = fields.String(required=True, allow_none=True)
    given_longitude = fields.Float(required=True, allow_none=True)
    given_latitude = fields.Float(required=True, allow_none=True)
    round_id = Identifier(required=True, allow_none=True)
    activity_id = Identifier(required=True, allow_none=True)
    attachments = fields.List(fields.Nested(Attachment), required=True, attribute="attached")
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(suggestion.STATES))
    sorted_on = Day(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    corrected_after_sorting = fields.Boolean(required=True)
    supporters = fields.Integer(required=True)
    cosigners = fields.Integer(required=True)
    withdrawn_on = Day(required=True, allow_none=True)
    answer_due_on = Day(required=True, allow_none=True)
    answered_on = Day(required=True, allow_none=True)
    matched_sub_item = Identifier(required=True, allow_none=True)
    matched_on = Day(required=True, allow_none=True)
    answer_due_provisional = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class SuggestionFilter(Schema):
    """Which suggestions; all that is given must be so.  Withdrawn ones if ``state`` asks for them.

    ``q``: words set apart by blanks, each of which must stand in title or text.  ``division``: the
    first two to six digits of its code.  ``from``, ``to``: days, both inclusive, of its making.
    ``matched``: ``yes`` a voted sub-item, ``no`` judged and none, ``open`` accepted and not judged.
    ``overdue``: an answer to it, first or again, or what one promised, was due before today.
    """

    q = Text(100)
    aspect = Code()
    channel = Code()
    year = Year()
    author_kind = fields.String(validate=validate.OneOf(suggestion.AUTHORS))
    state = fields.String(validate=validate.OneOf(LISTED))
    division = fields.String(validate=Pattern("^[1-9][0-9]{1,5}$"))
    round = Identifier()
    activity = Identifier()
    deputy = Identifier()
    delegation = Text(120)
    since = Day(data_key="from")
    until = Day(data_key="to")
    matched = fields.String(validate=validate.OneOf(("yes", "no", "open")))
    overdue = Choice()


class SuggestionQuery(PageQuery, SuggestionFilter):
    """A page of suggestions, sorted by day if not told otherwise."""

    sort = Sort("happened_on", "recorded_at", "supporters", "title", "id")


class OwnSuggestionQuery(PageQuery):
    """Which of one's own suggestions."""

    year = Year()
    state = fields.String(validate=validate.OneOf(suggestion.STATES))


class SortSuggestion(Schema):
    """Sorting (梳理): accepted, returned with a reason, or reclassified under another aspect.

    ``checks``: answers to the checklist in force, by the codes of its items.  ``reason_code``:
    the item for which it is returned, where no answer says so; ``reason`` is the item's wording
    unless it is given.  To accept what was corrected needs If-Match, with the version that was
    read.
    """

    outcome = fields.String(required=True, validate=validate.OneOf(suggestion.OUTCOMES))
    aspect = Code(load_default=None, allow_none=True)
    reason = Text(1000, load_default=None, allow_none=True)
    reason_code = Code(load_default=None, allow_none=True)
    checks = fields.Dict(
        keys=Code(),
        values=Flag(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(0, 50),
    )
    happened_on = Day(required=True)


class Sorting(Schema):
    """One act of sorting."""

    id = Identifier(required=True)
    outcome = fields.String(required=True)
    aspect_before = fields.String(required=True)
    aspect_after = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    checks = fields.Dict(
        keys=fields.String(), values=fields.Boolean(), required=True, allow_none=True
    )
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    happened_on = Day(required=True)


class Sortings(Schema):
    """All acts of sorting of one suggestion, oldest first."""

    items = fields.List(fields.Nested(Sorting), required=True)


class CorrectSuggestion(Schema):
    """What it shall say instead; what is left out stays."""

    title = Text(120)
    text = Text(10_000)
    aspect = Code()
    beneficiaries = Text(200, allow_none=True)
    place = fields.Nested(Place, allow_none=True)
    attachments = Attachments()
    happened_on = Day(required=True)


class WithdrawSuggestion(Schema):
    """Why it is taken back."""

    code = fields.String(required=True, validate=validate.OneOf(suggestion.WITHDRAWALS))
    text = Text(500, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Difference(Schema):
    """A field that a correction changed."""

    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class SuggestionVersion(Schema):
    """What a suggestion said before a correction, and what that changed."""

    number = fields.Integer(required=True)
    content = fields.Dict(keys=fields.String(), required=True)
    by = fields.String(required=True, validate=validate.OneOf(("author", "staff")))
    corrected_on = Day(required=True)
    differences = fields.List(fields.Nested(Difference), required=True)


class SuggestionVersions(Schema):
    """The earlier versions of a suggestion, oldest first; the present one is the suggestion."""

    items = fields.List(fields.Nested(SuggestionVersion), required=True)


class MatchSuggestion(Schema):
    """The voted sub-item that a suggestion's content matches (相吻合); null: none."""

    sub_item_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)
