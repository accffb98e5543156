"""What comes in and goes out at this service's boundary; the gateway uses the same classes."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Day, Division, Flag, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model import ballot, count, deputy, electronic, method, officer, outcome, rules


def _Number(least: int = 0, most: int = 100_000, **kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(least, most), **kwargs)


def _OneOf(choices: Any, **kwargs: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([str(one) for one in choices]), **kwargs)


class Mandate(Schema):
    """A seat in one congress (代表职务)."""

    congress = Division(required=True)
    level = _OneOf(deputy.Level, required=True)
    delegation = Text(80, required=True)


class EnrolDeputy(Schema):
    """A new deputy (人大代表) on the register, with all her mandates."""

    name = Text(80, required=True)
    mandates = fields.List(fields.Nested(Mandate), required=True, validate=validate.Length(1, 10))
    happened_on = Day(required=True)


class Deputy(Schema):
    """A deputy on the register."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    mandates = fields.List(fields.Nested(Mandate), required=True)
    enrolled_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class CongressQuery(PageQuery):
    """A list of one congress, or of all."""

    congress = Division()


class OpenSession(Schema):
    """A session (会议) of a congress: the ordinal of its term (十四届三次: 14, 3)."""

    congress = Division(required=True)
    term = _Number(1, 1000, required=True)
    ordinal = _Number(1, 1000, required=True)
    name = Text(120, required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)


class Session(OpenSession):
    """A session."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ApproveOfficer(Schema):
    """A person has an office in a session: she was passed by the congress, or named.

    ``subject``: of the person's token; ``put_up_by``: the delegation that put her up, which every
    scrutineer has.
    """

    subject = Text(200, required=True)
    name = Text(80, required=True)
    role = _OneOf(officer.Office, required=True)
    put_up_by = Text(80, load_default=None, allow_none=True)
    approved_by = Text(200, required=True)
    happened_on = Day(required=True)


class Officer(Schema):
    """An officer of a session (监票人、计票人、大会执行主席等)."""

    id = Identifier(required=True)
    session_id = Identifier(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True)
    role = _OneOf(officer.Office, required=True)
    put_up_by = fields.String(required=True, allow_none=True)
    approved_by = fields.String(required=True)
    approved_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class SignInDeputy(Schema):
    """A deputy is present on a day of the session (签到)."""

    deputy_id = Identifier(required=True)
    happened_on = Day(required=True)


class SignIn(Schema):
    """A deputy's presence on one day."""

    id = Identifier(required=True)
    session_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class BallotShare(Schema):
    """A share of a whole that must be exceeded, or reached if the number itself counts (含本数)."""

    share = fields.String(
        required=True,
        validate=validate.Regexp(r"^[0-9]{1,4}/[1-9][0-9]{0,3}$"),
        metadata={"example": "2/3"},
    )
    inclusive = Flag(required=True)


class BallotThreshold(BallotShare):
    """Of what the share of approvals is taken: all deputies, those present, or valid papers."""

    base = _OneOf(rules.Base, required=True)


class BallotTrustees(Schema):
    """So many scrutineers hold a share of the key; ``threshold``, more than half, decrypt."""

    size = _Number(1, electronic.MOST_TRUSTEES, required=True)
    threshold = _Number(1, electronic.MOST_TRUSTEES, required=True)


class ElectronicParameters(Schema):
    """What an electronic vote needs.

    ``recast``: a deputy may vote again, her last ballot counts; ``least_ballots``: fewer are never
    decrypted; ``least_papers``: papers join electronic ballots only from that number on.
    """

    group = _OneOf(electronic.GROUPS, required=True)
    overvote = _OneOf(electronic.OVERVOTES, required=True)
    recast = Flag(required=True)
    least_ballots = _Number(1, electronic.MOST_BALLOTS, required=True)
    least_papers = _Number(1, electronic.MOST_BALLOTS, required=True)
    spare_elections = _Number(0, electronic.MOST_SPARE, required=True)
    trustees = fields.Nested(BallotTrustees, required=True)


class _Offered(validate.OneOf):
    """One of the ways to mark a paper; the one that is known and not offered is told so."""

    def __call__(self, value: Any) -> Any:
        if value == rules.RANKED:
            raise ValidationError("Ranked ballots are not offered.")
        return super().__call__(value)


class BallotParameters(Schema):
    """The rules of a ballot as data (应选数、差额数、表决方式、确定方式); each must be said."""

    body = _OneOf(rules.ALLOWED["body"], required=True)
    quorum = fields.Nested(BallotShare, required=True)
    seats = _Number(1, 1000, required=True)
    min_margin = fields.Raw(
        required=True,
        allow_none=True,
        metadata={
            "description": "candidates beyond the seats: a number, a share of the seats, or null",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 1000},
                {"type": "string", "pattern": "^[0-9]{1,4}/[1-9][0-9]{0,3}$"},
                {"type": "null"},
            ],
        },
    )
    choice = fields.String(
        required=True, validate=_Offered([choice.value for choice in rules.Choice])
    )
    threshold = fields.Nested(
        BallotThreshold,
        required=True,
        allow_none=True,
        metadata={"description": "null: the most approvals decide alone"},
    )
    overvote = _OneOf(rules.ALLOWED["overvote"], required=True)
    undervote = _OneOf(rules.ALLOWED["undervote"], required=True)
    returned_gt_issued = _OneOf(rules.ALLOWED["returned_gt_issued"], required=True)
    tie = _OneOf(rules.ALLOWED["tie"], required=True)
    shortfall = _OneOf(rules.ALLOWED["shortfall"], required=True)
    proxy = Flag(required=True)
    media = fields.List(_OneOf(rules.MEDIA), required=True, validate=validate.Length(1, 3))
    publish_counts = Flag(required=True)
    electronic = fields.Nested(
        ElectronicParameters, metadata={"description": "exactly where media hold electronic"}
    )


class DraftBallotMethod(Schema):
    """A draft of a ballot method (票决办法)."""

    title = Text(120, required=True)
    text = Text(50_000, required=True)
    parameters = fields.Nested(BallotParameters, required=True)
    supersedes = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class DiscussBallotMethod(Schema):
    """A delegation (代表团) discussed the draft, and perhaps said something on it."""

    delegation = Text(80, required=True)
    opinion = Text(5_000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class SubmitBallotMethod(Schema):
    """The presidium (主席团) passed the draft and put it before the plenary."""

    submitted_by = Text(200, required=True)
    happened_on = Day(required=True)


class AdoptBallotMethod(Schema):
    """The adoption of a method, by the body that may adopt it."""

    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)


class MethodDiscussion(Schema):
    """That a delegation discussed the draft."""

    delegation = fields.String(required=True)
    happened_on = Day(required=True)


class DiscussionOfMethod(MethodDiscussion):
    """The same with what it said."""

    id = Identifier(required=True)
    opinion = fields.String(required=True, allow_none=True)


class MissingStep(Schema):
    """A step that something still lacks."""

    step = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class BallotMethod(Schema):
    """A ballot method; in force from ``adopted_on``.

    ``digest``: SHA-256 of the canonical JSON (RFC 8785) of text and parameters; ``missing``: the
    steps before ballots can be held by it, the next one first.
    """

    id = Identifier(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    parameters = fields.Nested(BallotParameters, required=True)
    digest = fields.String(required=True)
    supersedes = Identifier(required=True, allow_none=True)
    stage = _OneOf(method.Stage, required=True)
    missing = fields.List(fields.Nested(MissingStep), required=True)
    drafted_on = Day(required=True)
    discussions = fields.List(fields.Nested(MethodDiscussion), required=True)
    submitted_by = fields.String(required=True, allow_none=True)
    submitted_on = Day(required=True, allow_none=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class OpenBallot(Schema):
    """A ballot (票决) of a session on a shortlist, by an adopted method.

    On paper it is open at once; an electronic one is drafted, and opened when its credentials and
    keys are there.
    """

    session_id = Identifier(required=True)
    shortlist_id = Identifier(required=True)
    method_id = Identifier(required=True)
    medium = _OneOf((rules.PAPER, rules.ELECTRONIC), load_default=rules.PAPER)
    happened_on = Day(required=True)


class BallotMarks(Schema):
    """What a candidate got: 赞成, 反对, 弃权."""

    candidate_id = Identifier(required=True)
    approve = _Number(required=True)
    oppose = _Number(required=True)
    abstain = _Number(required=True)


class BallotCount(Schema):
    """A count: papers issued (发出), returned (收回), valid, invalid, and the marks.

    By show of hands issued, returned and valid are those who voted; electronically issued are the
    credentials handed out, returned the ballots cast, invalid the blank ones.
    """

    medium = _OneOf(count.MEDIA, required=True)
    issued = _Number(required=True)
    returned = _Number(required=True)
    valid = _Number(required=True)
    invalid = _Number(required=True)
    candidates = fields.List(
        fields.Nested(BallotMarks), required=True, validate=validate.Length(1, 100)
    )


class EnterCount(BallotCount):
    """The count of the latest round, by a scrutineer (监票人) or a teller (计票人).

    An electronic count is computed by the tally and entered by nobody.
    """

    medium = _OneOf((rules.PAPER, rules.HANDS), required=True)
    happened_on = Day(required=True)


class ActOnBallot(Schema):
    """The day on which a ballot is taken one step further."""

    happened_on = Day(required=True)


class CertifyBallot(ActOnBallot):
    """The certification; a deputy chief scrutineer says that the chief is absent."""

    chief_absent = Flag(load_default=False)


class AnnounceResult(ActOnBallot):
    """The announcement (公告): its number in the session, and the body that signs it."""

    number = _Number(1, 10_000, required=True)
    signed_by = Text(200, required=True)


class VoidBallot(ActOnBallot):
    """The declaration that the vote is void (表决无效), and why."""

    reason = Text(2_000, required=True)


class BallotRound(Schema):
    """A round of voting; ``present``: signed in on its day."""

    number = fields.Integer(required=True)
    kind = _OneOf(outcome.Kind, required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    seats = fields.Integer(required=True)
    opened_on = Day(required=True)
    present = fields.Integer(required=True)
    count = fields.Nested(BallotCount, required=True, allow_none=True)
    entered_by = fields.String(required=True, allow_none=True)
    entered_on = Day(required=True, allow_none=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_on = Day(required=True, allow_none=True)
    medium = fields.String(required=True)
    papers = fields.Nested(BallotCount, required=True, allow_none=True)
    void_because = fields.String(required=True, allow_none=True)


class BallotVerdict(BallotMarks):
    """Whether a candidate was chosen and why; the counts are of the ``round`` that settled it."""

    name = fields.String(required=True)
    chosen = fields.Boolean(required=True)
    reason = _OneOf(outcome.Reason, required=True)
    reason_zh = fields.String(required=True)
    reason_en = fields.String(required=True)
    round = fields.Integer(required=True)


class BallotCandidate(Schema):
    """A candidate on the paper."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(required=True)
    due_on = fields.String(required=True)


class BallotSummary(Schema):
    """A ballot without its counts.

    ``roll``: all deputies of the congress (全体代表); ``shortlist_digest``: what the adopted
    shortlist hashes to, checked at the opening; ``method_digest``: of the method, fixed by it.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    session_id = Identifier(required=True)
    shortlist_id = Identifier(required=True)
    shortlist_digest = fields.String(required=True, allow_none=True)
    method_id = Identifier(required=True)
    method_digest = fields.String(required=True, allow_none=True)
    candidates = fields.List(fields.Nested(BallotCandidate), required=True)
    roll = fields.Integer(required=True)
    opened_on = Day(required=True)
    state = _OneOf(ballot.State, required=True)
    medium = fields.String(required=True)
    uuids = fields.List(fields.String(), required=True)
    certified_on = Day(required=True, allow_none=True)
    announced_on = Day(required=True, allow_none=True)
    announcement_number = fields.Integer(required=True, allow_none=True)
    voided_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class InWords(Schema):
    """What becomes of the seats that stayed open, in words."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class Ballot(BallotSummary):
    """A ballot as its scrutineers see it; ``verdicts`` from the first confirmed count on.

    ``vacancy``: what becomes of seats that stay open, once that is decided.
    """

    rounds = fields.List(fields.Nested(BallotRound), required=True)
    verdicts = fields.List(fields.Nested(BallotVerdict), required=True)
    open_seats = fields.Integer(required=True)
    vacancy = fields.Nested(InWords, required=True, allow_none=True)
    certified_by = fields.String(required=True, allow_none=True)
    missing = fields.List(fields.Nested(MissingStep), required=True)
    certified_as = _OneOf(officer.Office, required=True, allow_none=True)
    announced_by = fields.String(required=True, allow_none=True)
    announcement_signed_by = fields.String(required=True, allow_none=True)
    voided_by = fields.String(required=True, allow_none=True)
    void_reason = fields.String(required=True, allow_none=True)


class BallotQuery(PageQuery):
    """Ballots on one year's projects, or all."""

    year = Year()


class BallotMethodReference(Schema):
    """The method by which it was voted."""

    id = Identifier(required=True)
    title = fields.String(required=True)


class ResultRound(BallotCount):
    """A round of voting as it is announced."""

    number = fields.Integer(required=True)
    kind = _OneOf(outcome.Kind, required=True)
    opened_on = fields.String(required=True)
    seats = fields.Integer(required=True)
    present = fields.Integer(required=True)


class BallotResult(Schema):
    """The certified result (票决结果): every count, and the reason for each candidate."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    session_id = Identifier(required=True)
    shortlist_id = Identifier(required=True)
    certified_on = fields.String(required=True)
    roll = fields.Integer(required=True)
    present = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    vacant_seats = fields.Integer(required=True)
    vacancy = fields.Nested(InWords, required=True, allow_none=True)
    method = fields.Nested(BallotMethodReference, required=True)
    rounds = fields.List(fields.Nested(ResultRound), required=True)
    candidates = fields.List(fields.Nested(BallotVerdict), required=True)


class AnnouncedMethod(BallotMethodReference):
    """The method with the digest of its text and parameters."""

    digest = fields.String(required=True)


class DocumentTable(Schema):
    """A table of a document."""

    caption = fields.String(required=True)
    head = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)


class DocumentBlock(Schema):
    """A paragraph or a table; the other is null."""

    text = fields.String(required=True, allow_none=True)
    table = fields.Nested(DocumentTable, required=True, allow_none=True)


class Document(Schema):
    """An official document as data."""

    title = fields.String(required=True)
    subtitle = fields.String(required=True)
    blocks = fields.List(fields.Nested(DocumentBlock), required=True)
    signed_by = fields.String(required=True)
    signed_on = fields.String(required=True)


class Announcement(BallotResult):
    """The announcement (公告) of a result: the certified result, and the text for people."""

    session_name = fields.String(required=True)
    method = fields.Nested(AnnouncedMethod, required=True)
    number = fields.Integer(required=True)
    signed_by = fields.String(required=True)
    announced_on = fields.String(required=True)
    document = fields.Nested(Document, required=True)
    version = fields.Integer(required=True)
