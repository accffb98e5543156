"""What opinions and problems have in common at the boundary: their steps, and what these leave."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Pattern, Text
from services.chassis.paging import PageQuery
from services.chassis.place_schemas import Located, Place
from services.commons.handover import ROLES

from ..model.confirmation import ACTS, CONFIRMERS
from ..model.matter import CLASSES, JUDGEMENTS, RAISED, REGISTERS, STATES
from .deadlines import SupervisionDeadline
from .photos import Photo, Photos

_WORDS = 10_000


class ComingIn(Schema):
    """What a matter may say of itself when it comes in.

    ``kind``: of the rule ``matters``; without it the matter is a general one.  By ``kind`` and
    ``place`` it is routed.
    """

    kind = Code(load_default=None, allow_none=True)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    photos = Photos()


class InLoop(Located):
    """Where a matter stands in the loop.

    ``unit_id``: who has it in hand; ``claimed_on``: since when the unit says that it is solved;
    ``confirmed_on``: when somebody else found so; ``result``, ``promised_on``, ``judgement``: of
    the latest reply; ``round``: how many times it was to be dealt with.
    """

    kind = fields.String(allow_none=True)
    class_ = fields.String(data_key="class", allow_none=True, validate=validate.OneOf(CLASSES))
    state = fields.String(attribute="stage", validate=validate.OneOf((RAISED, *STATES)))
    unit_id = Identifier(allow_none=True)
    routed_on = Day(allow_none=True)
    accepted_on = Day(allow_none=True)
    claimed_on = Day(allow_none=True)
    confirmed_on = Day(allow_none=True)
    result = fields.String(allow_none=True)
    promised_on = Day(allow_none=True)
    judgement = fields.String(allow_none=True, validate=validate.OneOf(JUDGEMENTS))
    judged_on = Day(allow_none=True)
    closed_on = Day(allow_none=True)
    talked_on = Day(allow_none=True)
    published_on = Day(allow_none=True)
    joint_id = Identifier(allow_none=True)
    round = fields.Integer(allow_none=True)
    replies = fields.Integer(attribute="reply_number")


class LoopQuery(PageQuery):
    """Which matters."""

    project_id = Identifier()
    unit_id = Identifier()
    deputy_id = Identifier()
    kind = Code()
    state = fields.String(validate=validate.OneOf(STATES))


class OfUnit(Schema):
    """A step that a unit takes."""

    unit_id = Identifier(required=True)
    happened_on = Day(required=True)


class RouteMatter(OfUnit):
    """Give it to another unit (改交), or others beside the one that has it (协办), and say why."""

    co_handling_unit_ids = fields.List(
        Identifier(), load_default=list, validate=validate.Length(0, 20)
    )
    reason = Text(2000, required=True)


class AcceptMatter(OfUnit):
    """The unit takes it as its own (接办)."""


class ReturnMatter(OfUnit):
    """It is not the unit's matter (退回)."""

    reason = Text(2000, required=True)


class HandleMatter(OfUnit):
    """The unit has dealt with it (办理), or put a problem right (整改)."""

    text = Text(_WORDS, required=True)


class ReplyToMatter(OfUnit):
    """The unit answers (答复); ``result`` by the rule ``results``, a promise with its day."""

    text = Text(_WORDS, required=True)
    result = fields.String(load_default=None, allow_none=True, validate=Pattern("^[A-Z]$"))
    promised_on = Day(load_default=None, allow_none=True)


class JudgeReply(Schema):
    """Whether the latest reply satisfies the deputy (评价); if not, she says why."""

    deputy_id = Identifier(load_default=None, allow_none=True)
    judgement = fields.String(required=True, validate=validate.OneOf(JUDGEMENTS))
    reason = Text(2000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ConfirmSolution(Schema):
    """Whether it is solved, as somebody else than its handler found (核实).

    ``deputy_id`` or ``unit_id``: who confirms, without either the office.  A solution is shown by a
    photo of the role ``after``, or ``waiver`` says why there is none; what is not solved, ``text``
    says.
    """

    deputy_id = Identifier(load_default=None, allow_none=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    solved = Flag(required=True)
    text = Text(2000, load_default=None, allow_none=True)
    waiver = Text(2000, load_default=None, allow_none=True)
    photos = Photos()
    happened_on = Day(required=True)


class WithReason(Schema):
    """A step, and why: more time (延期), settled (办结), opened again (重新办理)."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class Noted(Schema):
    """A talk in person (面商) with what came of it, or the publication (公开) with where."""

    text = Text(2000, required=True)
    happened_on = Day(required=True)


class GiveCoOpinion(Schema):
    """What a co-handling unit tells the lead (协办意见)."""

    text = Text(_WORDS, required=True)
    happened_on = Day(required=True)


class _Kept(Schema):
    id = Identifier(required=True)
    register = fields.String(required=True, validate=validate.OneOf(REGISTERS))
    matter_id = Identifier(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class MatterRouting(_Kept):
    """One unit that a matter was given to (转办), and what became of that."""

    unit_id = Identifier(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    basis = fields.String(
        required=True,
        metadata={"description": "lead (of the project), hand, rule:<n>, task:<code>"},
    )
    reason = fields.String(required=True, allow_none=True)
    return_until = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)
    returned_on = Day(required=True, allow_none=True)
    return_reason = fields.String(required=True, allow_none=True)
    opinion = fields.String(required=True, allow_none=True)
    opinion_on = Day(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True, allow_none=True)


class MatterReply(_Kept):
    """What a unit answered (答复)."""

    unit_id = Identifier(required=True)
    number = fields.Integer(required=True)
    text = fields.String(required=True)
    result = fields.String(required=True, allow_none=True)
    promised_on = Day(required=True, allow_none=True)
    solved = fields.Boolean(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True, allow_none=True)


class MatterJudgement(_Kept):
    """What the deputy thinks of a reply (评价)."""

    reply_id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    judgement = fields.String(required=True, validate=validate.OneOf(JUDGEMENTS))
    reason = fields.String(required=True, allow_none=True)


class MatterConfirmation(_Kept):
    """What somebody else than the handler found (核实)."""

    confirmer_kind = fields.String(required=True, validate=validate.OneOf(CONFIRMERS))
    solved = fields.Boolean(required=True)
    text = fields.String(required=True, allow_none=True)
    waiver = fields.String(required=True, allow_none=True)


class MatterAct(_Kept):
    """A step that leaves no more than its day and words."""

    act = fields.String(required=True, validate=validate.OneOf(ACTS))
    unit_id = Identifier(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)


class MatterHistory(Schema):
    """All that happened to one matter, each in the order of its days."""

    routings = fields.List(fields.Nested(MatterRouting), required=True)
    replies = fields.List(fields.Nested(MatterReply), required=True)
    judgements = fields.List(fields.Nested(MatterJudgement), required=True)
    confirmations = fields.List(fields.Nested(MatterConfirmation), required=True)
    acts = fields.List(fields.Nested(MatterAct), required=True)
    deadlines = fields.List(fields.Nested(SupervisionDeadline), required=True)
    photos = fields.List(fields.Nested(Photo), required=True)


class FormJointHandling(Schema):
    """Matters of one register that are the same, in one unit's hands (并案办理)."""

    register = fields.String(required=True, validate=validate.OneOf(REGISTERS))
    member_ids = fields.List(Identifier(), required=True, validate=validate.Length(2, 200))
    name = Text(120, required=True)
    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class HandleJointly(Schema):
    """All of them that wait were dealt with; each gets a reply of its own."""

    text = Text(_WORDS, required=True)
    happened_on = Day(required=True)


class ReleaseMember(Schema):
    """One of them is another matter after all, and goes on alone."""

    member_id = Identifier(required=True)
    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class JointHandling(Schema):
    """What is handled together; each member keeps its own deadline, reply and judgement."""

    id = Identifier(required=True)
    register = fields.String(required=True, validate=validate.OneOf(REGISTERS))
    unit_id = Identifier(required=True)
    name = fields.String(required=True)
    reason = fields.String(required=True)
    member_ids = fields.List(Identifier(), required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class JointHandlingQuery(PageQuery):
    """Which joint handlings."""

    unit_id = Identifier()
    register = fields.String(validate=validate.OneOf(REGISTERS))


class Escalation(Schema):
    """An overdue deadline came to a rung of the ladder (督办); no person is named in it."""

    id = Identifier(required=True)
    kind = fields.String(required=True)
    code = fields.String(required=True)
    subject_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    step = fields.String(required=True)
    public = fields.Boolean(required=True)
    due_on = Day(required=True)
    happened_on = Day(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True, allow_none=True)


class EscalationQuery(PageQuery):
    """Which escalations; ``open``: those whose deadline nobody has met yet."""

    step = Code()
    kind = Code()
    unit_id = Identifier()
    project_id = Identifier()
    open = fields.Boolean()
