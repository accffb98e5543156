"""Opinions and problems on their way through the loop."""

from __future__ import annotations

from ....tables import matters, opinions, rules
from ..happening import Happening
from .names import unit
from .words import ACT, CHANNEL, CONFIRMED, JUDGEMENT, STEP

_D = rules.deadlines.c
_ROUTED, _REPLIED = matters.routings.c, matters.replies.c
_JUDGED, _CONFIRMED = matters.judgements.c, matters.confirmations.c

MATTERS = (
    Happening("problem", opinions.problems, "发现问题", "problem found", "problem"),
    Happening(
        "opinion",
        opinions.opinions,
        "代表提出意见建议({code})",
        "a deputy's opinion, from {code}",
        "opinion",
        code=opinions.opinions.c.channel,
        words=CHANNEL,
    ),
    Happening(
        "opinion-handled",
        opinions.opinions,
        "{name}办理意见建议",
        "{name} dealt with an opinion",
        "opinion",
        day="handled_on",
        name=unit(opinions.opinions.c.handled_by),
    ),
    Happening(
        "opinion-replied",
        opinions.opinions,
        "{name}答复代表",
        "{name} replied to the deputy",
        "opinion",
        day="replied_on",
        name=unit(opinions.opinions.c.replied_by),
    ),
    Happening(
        "problem-rectified",
        opinions.problems,
        "{name}整改问题",
        "{name} put a problem right",
        "problem",
        day="handled_on",
        name=unit(opinions.problems.c.handled_by),
    ),
    Happening(
        "snap",
        matters.snaps,
        "代表随手拍归入本项目",
        "a deputy's photo on the spot was assigned to the project",
        "snap",
        day="assigned_on",
    ),
    Happening(
        "routed",
        matters.routings,
        "转交{name}办理",
        "given to {name}",
        _ROUTED.register,
        name=unit(_ROUTED.unit_id),
        of=_ROUTED.matter_id,
    ),
    Happening(
        "returned",
        matters.routings,
        "{name}退回",
        "returned by {name}",
        _ROUTED.register,
        day="returned_on",
        name=unit(_ROUTED.unit_id),
        of=_ROUTED.matter_id,
    ),
    Happening(
        "replied-again",
        matters.replies,
        "{name}第{number}次答复",
        "{name} replied, for the {number}. time",
        _REPLIED.register,
        name=unit(_REPLIED.unit_id),
        number=_REPLIED.number,
        of=_REPLIED.matter_id,
        # The first reply stands in the matter itself, also in rows of the release before.
        where=(_REPLIED.number > 1,),
    ),
    Happening(
        "judged",
        matters.judgements,
        "代表对答复评价:{code}",
        "the deputy about the reply: {code}",
        _JUDGED.register,
        code=_JUDGED.judgement,
        of=_JUDGED.matter_id,
        words=JUDGEMENT,
    ),
    Happening(
        "confirmed",
        matters.confirmations,
        "办理结果核实:{code}",
        "somebody else confirmed: {code}",
        _CONFIRMED.register,
        code=_CONFIRMED.solved,
        of=_CONFIRMED.matter_id,
        words=CONFIRMED,
    ),
    Happening(
        "matter-act",
        matters.matter_acts,
        "意见建议或者问题:{code}",
        "opinion or problem: {code}",
        matters.matter_acts.c.register,
        code=matters.matter_acts.c.act,
        of=matters.matter_acts.c.matter_id,
        words=ACT,
    ),
    Happening(
        "escalated",
        matters.escalations,
        "逾期督办({code}):{name}",
        "overdue, escalated ({code}): {name}",
        "escalation",
        code=matters.escalations.c.step,
        name=unit(matters.escalations.c.unit_id),
        words=STEP,
    ),
    Happening(
        "deadline-extended",
        rules.deadlines,
        "{name}办理期限延长",
        "more time given to {name}",
        "project",
        day="extended_on",
        name=unit(_D.unit_id),
        of=_D.project_id,
    ),
)
