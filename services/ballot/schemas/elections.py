"""What comes in and goes out about electronic votes: ceremony, board, casting, tally."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text
from services.chassis.paging import PageQuery

from ..model import ceremony, election
from . import LackingStep

BASE58 = "[1-9A-HJ-NP-Za-km-z]"
#: One credential list of 1,000 deputies in BELENIOS-2048 fits.
MOST_MESSAGE = 900_000


def _Uuid(**kwargs: Any) -> fields.String:
    return fields.String(validate=Pattern(f"^{BASE58}{{14,64}}$"), **kwargs)


def _Hash(**kwargs: Any) -> fields.String:
    return fields.String(validate=Pattern("^[0-9a-f]{64}$"), **kwargs)


def _Tracker(**kwargs: Any) -> fields.String:
    return fields.String(validate=Pattern("^[A-Za-z0-9+/]{43}$"), **kwargs)


def _Message(**kwargs: Any) -> fields.String:
    """A message of the protocol, as text: it is hashed byte for byte."""
    return fields.String(validate=validate.Length(1, MOST_MESSAGE), **kwargs)


def _OneOf(choices: Any, **kwargs: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([str(one) for one in choices]), **kwargs)


class RegisterCredentials(Schema):
    """The public credentials of one election or spare, as the credentials office made them."""

    uuid = _Uuid(required=True)
    credentials = fields.List(
        fields.String(validate=validate.Length(1, 700)),
        required=True,
        validate=validate.Length(1, 10_000),
    )
    happened_on = Day(required=True)


class CredentialList(Schema):
    """What is registered for one election: how many credentials, and the hash of their list."""

    uuid = fields.String(required=True)
    number = fields.Integer(required=True)
    hash = fields.String(required=True)
    registered_by = fields.String(required=True)
    registered_on = Day(required=True)


class StartCeremony(Schema):
    """The scrutineers who are the trustees (密钥保管人), by their tokens' subjects, in order."""

    trustees = fields.List(Text(200), required=True, validate=validate.Length(1, 20))
    happened_on = Day(required=True)


class PostMessage(Schema):
    """What a trustee posts at a step of the ceremony: her command line makes it."""

    step = _OneOf(list(ceremony.Step)[:5], required=True)
    message = _Message(required=True)


class Complain(Schema):
    """A complaint (异议) about a dealer whose share does not match what she published."""

    message = _Message(required=True)


class Seat(Schema):
    """A trustee: her number and what she has posted; a vinput is for her eyes only, sealed so."""

    index = fields.Integer(required=True)
    subject = fields.String(required=True)
    certificate = fields.String(load_default=None, allow_none=True)
    commitment = fields.String(load_default=None, allow_none=True)
    polynomial = fields.String(load_default=None, allow_none=True)
    voutput = fields.String(load_default=None, allow_none=True)
    rehearsal = fields.String(load_default=None, allow_none=True)


class Ceremony(Schema):
    """A key ceremony (密钥生成): how far it is and whom it waits for.

    ``complaint``: the one that ended it, which anybody can judge by what the others have posted.
    """

    id = Identifier(required=True)
    ballot_id = Identifier(required=True)
    attempt = fields.Integer(required=True)
    group = fields.String(required=True)
    uuids = fields.List(fields.String(), required=True)
    threshold = fields.Integer(required=True)
    seats = fields.List(fields.Nested(Seat), required=True)
    step = _OneOf(ceremony.Step, required=True)
    missing = fields.List(fields.Integer(), required=True)
    started_on = Day(required=True)
    rehearsed = fields.Dict(required=True, allow_none=True)
    trustees = fields.String(required=True, allow_none=True)
    failed_because = fields.String(required=True, allow_none=True)
    complaint = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class OpenElection(Schema):
    """The opening of the voting; ``booth``: the SHA-256 of the page that deputies vote on."""

    title = Text(200, required=True)
    booth = _Hash(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class IssueCredential(Schema):
    """A deputy who signed in was handed her sealed credential."""

    deputy_id = Identifier(required=True)
    happened_on = Day(required=True)


class CredentialIssue(Schema):
    """That a deputy holds a credential; which one, nobody here knows."""

    ballot_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    issued_on = Day(required=True)


class WithdrawCredential(Schema):
    """A public credential that was not used and will not be: its deputy votes on paper."""

    credential = fields.String(required=True, validate=validate.Length(1, 700))


class CastBallot(Schema):
    """A ballot, byte for byte as the client made and hashed it."""

    ballot = _Message(required=True)


class Receipt(Schema):
    """The board's signed word that a ballot stands on it, and where."""

    uuid = fields.String(required=True)
    tracker = fields.String(required=True)
    height = fields.Integer(required=True)
    parent = fields.String(required=True)
    event = fields.String(required=True)
    signature = fields.String(required=True)


class ReceiptQuery(Schema):
    """A ballot on the board, by its tracker (追踪码)."""

    tracker = _Tracker(required=True)


class SpoilBallot(Schema):
    """The hash of a ballot that was opened to check it, and so will never be cast."""

    hash = _Tracker(required=True)


class ActOnElection(Schema):
    """The day on which an election is taken one step further."""

    happened_on = Day(required=True)


class CloseElection(ActOnElection):
    """The end of the voting; ``difference_because``: why more were cast than are noted as voted."""

    difference_because = Text(500, load_default=None, allow_none=True)


class VoidElection(ActOnElection):
    """Why an election does not count, and how the round is held instead."""

    reason = Text(500, required=True)
    instead = _OneOf(("electronic", "paper"), required=True)


class CosignEnd(Schema):
    """A scrutineer's signature of the end of the voting."""

    signature = _Message(required=True)


class PostDecryption(Schema):
    """A partial decryption (部分解密) with its second proofs; the command line makes both."""

    decryption = _Message(required=True)
    proofs = _Message(required=True)


class ElectionSummary(Schema):
    """An electronic vote and how far it is."""

    id = Identifier(required=True)
    uuid = fields.String(required=True)
    ballot_id = Identifier(required=True)
    round = fields.Integer(required=True)
    state = _OneOf(election.State, required=True)
    head = fields.String(required=True)
    cast = fields.Integer(required=True)
    opened_on = Day(required=True)
    version = fields.Integer(required=True)


class Election(ElectionSummary):
    """An electronic vote; during it, only counts.

    ``hash``: of the election, which every proof is bound to; ``head``, ``height``: of the last
    event; ``members``, ``annex_lines``: how far archive and annex are; ``voted``: logins that were
    noted as voted at the close, and ``difference_because``: why more ballots were cast.
    """

    hash = fields.String(required=True)
    board_key = fields.String(required=True)
    height = fields.Integer(required=True)
    members = fields.Integer(required=True)
    annex_lines = fields.Integer(required=True)
    roll = fields.Integer(required=True)
    issued = fields.Integer(required=True)
    not_cast = fields.Integer(required=True)
    voted = fields.Integer(required=True, allow_none=True)
    difference_because = fields.String(required=True, allow_none=True)
    cosigned = fields.List(fields.Integer(), required=True)
    decrypted = fields.List(fields.Integer(), required=True)
    result = fields.Raw(required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    tallied_on = Day(required=True, allow_none=True)
    void_because = fields.String(required=True, allow_none=True)
    missing = fields.List(fields.Nested(LackingStep), required=True)


class ElectionQuery(PageQuery):
    """Electronic votes of one ballot, or all."""

    ballot_id = Identifier()


class BoardQuery(Schema):
    """A part of an archive: the members after this number."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, 100_000_000))


class BoardMember(Schema):
    """One member of the archive."""

    number = fields.Integer(required=True)
    kind = _OneOf(("data", "event"), required=True)
    hash = fields.String(required=True)
    text = fields.String(required=True)


class BoardPart(Schema):
    """Members of an archive; ``timestamp``: its header's; ``left``: how many still follow."""

    timestamp = fields.String(required=True)
    members = fields.List(fields.Nested(BoardMember), required=True)
    left = fields.Integer(required=True)


class AnnexPart(Schema):
    """Lines of an annex in their order."""

    lines = fields.List(fields.String(), required=True)
    left = fields.Integer(required=True)


class Voter(Schema):
    """Whether a deputy has voted: told after the close, to the secretariat."""

    deputy_id = Identifier(required=True)
    issued = fields.Boolean(required=True)
    voted = fields.Boolean(required=True)


class Voters(Schema):
    """The roll with who has voted."""

    voters = fields.List(fields.Nested(Voter), required=True)
