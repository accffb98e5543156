"""Figures of the closed loop: what was answered, solved and satisfactory, in all channels.

The shares are those of :mod:`services.supervision.model.matter_rates`, with the same definitions.
Each is marked as added by this system (本系统补充).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..matter import BASICALLY, SATISFIED
from ..matter_rates import Case
from .evidence import Evidence
from .figure import SHARE, Tally, each, share
from .registry import counts


def _opinions(evidence: Evidence) -> Sequence[Case]:
    return _of_year(evidence, evidence.records.registers.opinions)


def _problems(evidence: Evidence) -> Sequence[Case]:
    return _of_year(evidence, evidence.records.registers.problems)


def _of_year(evidence: Evidence, cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.project_id in evidence.projects]


def _share(cases: Sequence[Case], satisfies: Callable[[Case], bool]) -> Tally:
    return share((case.id, satisfies(case)) for case in cases)


@counts(
    "supervision.opinions.raised",
    "opinion",
    "opinion",
    "全部意见建议",
    "就当年项目、经各种渠道提出的意见建议条数(本系统补充)",
    "opinions about the year's projects, raised through whatever channel (added by this system)",
)
def opinions(evidence: Evidence) -> Tally:
    return each(case.id for case in _opinions(evidence))


@counts(
    "supervision.opinions.responded_share",
    "opinion",
    "share",
    "意见建议响应率",
    "上述意见建议中,已答复的比例(本系统补充)",
    "of those opinions, the share with a reply (added by this system)",
    kind=SHARE,
)
def responded(evidence: Evidence) -> Tally:
    return _share(_opinions(evidence), lambda case: case.replied)


@counts(
    "supervision.opinions.solved_share",
    "opinion",
    "share",
    "意见建议解决率",
    "上述意见建议中,经承办者以外的人核实已解决、此后未重新办理的比例(本系统补充)",
    "of those opinions, the share that somebody else than the handler confirmed as solved, not "
    "opened again since (added by this system)",
    kind=SHARE,
)
def solved(evidence: Evidence) -> Tally:
    return _share(_opinions(evidence), lambda case: case.solved)


@counts(
    "supervision.opinions.satisfied_share",
    "opinion",
    "share",
    "意见建议满意率",
    "上述意见建议中已评价的,最近一次评价为满意或基本满意的比例(本系统补充)",
    "of those opinions that were judged, the share of which the latest judgement is satisfied or "
    "basically satisfied (added by this system)",
    kind=SHARE,
)
def satisfied(evidence: Evidence) -> Tally:
    judged = [case for case in _opinions(evidence) if case.judgement is not None]
    return _share(judged, lambda case: case.judgement in (SATISFIED, BASICALLY))


@counts(
    "supervision.opinions.talked_share",
    "opinion",
    "share",
    "意见建议面商率",
    "上述意见建议中,已面商的比例(本系统补充)",
    "of those opinions, the share that the unit talked about in person (added by this system)",
    kind=SHARE,
)
def talked(evidence: Evidence) -> Tally:
    return _share(_opinions(evidence), lambda case: case.talked)


@counts(
    "supervision.opinions.published_share",
    "opinion",
    "share",
    "意见建议公开率",
    "上述意见建议中已答复的,公开的比例(本系统补充)",
    "of those opinions that were answered, the share put on the web (added by this system)",
    kind=SHARE,
)
def published(evidence: Evidence) -> Tally:
    answered = [case for case in _opinions(evidence) if case.replied]
    return _share(answered, lambda case: case.published)


@counts(
    "supervision.problems.found",
    "problem",
    "problem",
    "全部问题",
    "就当年项目发现的问题数,不限于监督周(本系统补充)",
    "problems found with the year's projects, also outside the supervision week (added by this "
    "system)",
)
def problems(evidence: Evidence) -> Tally:
    return each(case.id for case in _problems(evidence))


@counts(
    "supervision.problems.solved_share",
    "problem",
    "share",
    "问题整改率",
    "上述问题中,经承办者以外的人核实已整改、此后未重新办理的比例(本系统补充)",
    "of those problems, the share that somebody else than the handler confirmed as rectified, not "
    "opened again since (added by this system)",
    kind=SHARE,
)
def rectified(evidence: Evidence) -> Tally:
    return _share(_problems(evidence), lambda case: case.solved)
