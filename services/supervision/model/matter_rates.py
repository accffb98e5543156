"""What share of what was raised was answered, solved, and answered to satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .matter import BASICALLY, SATISFIED

#: What each rate counts, and out of what; in Chinese and English.
DEFINITIONS = {
    "responded": (
        "响应率:已答复的件数/提出的件数",
        "matters with a reply, out of all that were raised",
    ),
    "solved": (
        "解决率:经承办者以外的人核实已解决、此后未重新办理的件数/提出的件数",
        "matters that somebody else than the handler confirmed as solved, not opened again since,"
        " out of all that were raised",
    ),
    "satisfied": (
        "满意率:最近一次评价为满意或基本满意的件数/已评价的件数",
        "matters of which the latest judgement is satisfied or basically satisfied, out of those"
        " that were judged",
    ),
    "talked": (
        "面商率:已面商的件数/提出的件数",
        "matters that the unit talked about in person, out of all that were raised",
    ),
    "published": (
        "公开率:已答复并公开的件数/已答复的件数",
        "matters that were answered and put on the web, out of those answered",
    ),
}


@dataclass(frozen=True)
class Case:
    """One matter as it stood on a day."""

    id: str
    project_id: str
    year: int
    unit_id: str | None
    kind: str | None
    class_: str | None
    channel: str | None
    replied: bool
    talked: bool
    published: bool
    judgement: str | None
    solved: bool


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole``; ``share`` is None where there is nothing to count."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """From 0 to 1, to four digits."""
        return round(float(Fraction(self.part, self.whole)), 4) if self.whole else None


def rates(cases: Sequence[Case]) -> dict[str, Rate]:
    """The rates of some matters by name, as :data:`DEFINITIONS` has them."""
    raised = len(cases)
    replied = [case for case in cases if case.replied]
    judged = [case for case in cases if case.judgement is not None]
    content = sum(case.judgement in (SATISFIED, BASICALLY) for case in judged)
    return {
        "responded": Rate(len(replied), raised),
        "solved": Rate(sum(case.solved for case in cases), raised),
        "satisfied": Rate(content, len(judged)),
        "talked": Rate(sum(case.talked for case in cases), raised),
        "published": Rate(sum(case.published for case in replied), len(replied)),
    }
