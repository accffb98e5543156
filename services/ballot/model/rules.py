"""The rules of a ballot as data: what an adopted ballot method (票决办法) fixes.

The statutes leave the ballot of livelihood projects to a method that each congress adopts, and
no public source states its rules on ties, shortfall or spoilt papers; local methods follow the
electoral law (选举法) by analogy.  So nothing of it is code: quorum, seats, margin, threshold and
the rest are parameters of a record, read here into one frozen value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.commons.errors import Invalid
from services.commons.rules import Threshold

from . import electronic
from .electronic import Electronic


class Choice(StrEnum):
    """How a paper is marked.

    ``EACH_UP_TO``: each project is judged, and at most as many approved as there are seats.
    """

    EACH = "approve-oppose-abstain"
    EACH_UP_TO = "approve-oppose-abstain-up-to"
    TICK_UP_TO = "tick-up-to"
    TICK_EXACTLY = "tick-exactly"

    @property
    def is_tick(self) -> bool:
        """Whether deputies tick projects up to the number of seats, instead of judging each."""
        return self in (Choice.TICK_UP_TO, Choice.TICK_EXACTLY)

    @property
    def has_limit(self) -> bool:
        """Whether nobody may approve more projects than there are seats."""
        return self is not Choice.EACH


#: A paper with an order of preference (one town's, 2010) is counted in a way of its own.
RANKED = "ranked"


class Base(StrEnum):
    """What a threshold is a share of: all deputies (全体), those present, or the valid papers."""

    ALL = "all"
    PRESENT = "present"
    VALID = "valid"


#: What this service can follow.  A method that asks for anything else is refused when it is
#: drafted, not when the papers lie on the table.
ALLOWED: dict[str, tuple[Any, ...]] = {
    "body": ("congress", "standing-committee", "residents-body"),
    "choice": tuple(choice.value for choice in Choice),
    "overvote": ("void-paper",),
    "undervote": ("valid", "void"),
    "returned_gt_issued": ("void",),
    "tie": ("run-off",),
    "shortfall": ("re-vote", "leave-vacant", "next-session"),
    "proxy": (False,),
    "publish_counts": (True,),
}
PAPER, HANDS, ELECTRONIC = "paper", "hands", "electronic"
MEDIA = (PAPER, HANDS, ELECTRONIC)
#: No method asks for more candidates beyond the seats than this.
MOST_BEYOND = 1000
NAMES = (*ALLOWED, "quorum", "seats", "min_margin", "threshold", "media")
#: Said exactly where a method votes electronically.
OPTIONAL = ("electronic",)


@dataclass(frozen=True)
class Margin:
    """How many more candidates than seats there must be (差额).

    Written as a number of projects (差额数, Shaanxi 2025) or as a share of the seats, ``"1/5"``
    (选举法 art. 31, by analogy); ``null`` asks for none, and the vote may be an equal-number one.
    """

    written: int | str | None

    def least_candidates(self, seats: int) -> int:
        """The smallest number of candidates that may be put to the vote for so many seats."""
        if isinstance(self.written, str):
            return seats + math.ceil(seats * Fraction(self.written))
        return seats + (self.written or 0)


@dataclass(frozen=True)
class Bar:
    """The threshold of approvals.

    By statute more than half of all deputies (全体代表的过半数, 地方组织法 art. 25).
    """

    base: Base
    threshold: Threshold

    def whole(self, *, roll: int, present: int, valid: int) -> int:
        """The number that the share is taken of."""
        return {Base.ALL: roll, Base.PRESENT: present, Base.VALID: valid}[self.base]


@dataclass(frozen=True)
class Rules:
    """The parameters of a method.

    ``threshold`` None: the most approvals decide alone.  ``electronic``: what only an electronic
    vote needs; None where there is none.
    """

    body: str
    quorum: Threshold
    seats: int
    min_margin: Margin
    choice: Choice
    threshold: Bar | None
    overvote: str
    undervote: str
    returned_gt_issued: str
    tie: str
    shortfall: str
    proxy: bool
    media: tuple[str, ...]
    publish_counts: bool
    electronic: Electronic | None = None

    @classmethod
    def from_data(cls, data: Any) -> Rules:
        """Read a method's ``parameters``; raises Invalid that names every mistake and its place."""
        mistakes = list(_mistakes(data))
        if mistakes:
            raise Invalid(
                "method-malformed",
                "the parameters of the ballot method are incomplete or contradict each other: "
                + ", ".join(at for at, _ in mistakes),
                "票决办法的参数不完整或自相矛盾:" + "、".join(at for at, _ in mistakes),
                errors=[{"pointer": f"/parameters{at}", "detail": why} for at, why in mistakes],
            )
        bar, online = data["threshold"], data.get("electronic")
        return cls(
            quorum=Threshold.from_data(data["quorum"]),
            seats=data["seats"],
            min_margin=Margin(data["min_margin"]),
            choice=Choice(data["choice"]),
            threshold=bar and Bar(Base(bar["base"]), Threshold.from_data(bar)),
            media=tuple(data["media"]),
            electronic=online and Electronic.from_data(online),
            **{name: data[name] for name in ALLOWED if name != "choice"},
        )

    def to_data(self) -> dict[str, Any]:
        """The written form, as :meth:`from_data` reads it."""
        bar, online = self.threshold, self.electronic
        return {
            **{name: getattr(self, name) for name in ALLOWED},
            "choice": self.choice.value,
            "quorum": self.quorum.to_data(),
            "seats": self.seats,
            "min_margin": self.min_margin.written,
            "threshold": bar and {"base": bar.base.value, **bar.threshold.to_data()},
            "media": list(self.media),
            **({"electronic": online.to_data()} if online else {}),
        }


def _mistakes(data: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict):
        yield "", "应为对象 (must be an object)"
        return
    for name in sorted(set(map(str, data)) - {*NAMES, *OPTIONAL}):
        yield f"/{name}", "未知参数 (no such parameter)"
    missing = [name for name in NAMES if name not in data]
    for name in missing:
        yield f"/{name}", "缺少此参数 (missing)"
    if missing:
        return
    for name, allowed in ALLOWED.items():
        if name == "choice" and data[name] == RANKED:
            yield "/choice", "不提供排序式票决 (ranked ballots are not offered)"
        elif not _one_of(data[name], allowed):
            yield f"/{name}", f"应为其中之一 (one of): {', '.join(map(_written, allowed))}"
    yield from _mistakes_of_numbers(data)
    yield from _mistakes_of_thresholds(data)
    exact, void = data["choice"] == Choice.TICK_EXACTLY, data["undervote"] == "void"
    if data["choice"] != Choice.EACH and exact != void:
        yield (
            "/undervote",
            "恰好选足时少选作废,否则少选有效 (void with tick-exactly, valid with an upper limit)",
        )
    if _known_media(data["media"]):
        asked, said = ELECTRONIC in data["media"], data.get("electronic")
        yield from ((f"/electronic{at}", why) for at, why in electronic.mistakes(said, asked))


def _mistakes_of_numbers(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not _whole_number(data["seats"], least=1):
        yield "/seats", "应为正整数 (a whole number from 1)"
    margin = data["min_margin"]
    number = _whole_number(margin, least=0) and margin <= MOST_BEYOND
    if margin is not None and not _is_share(margin) and not number:
        yield (
            "/min_margin",
            f'应为 0 至 {MOST_BEYOND} 的整数、"1/5" 一类的份额或 null '
            f"(a number up to {MOST_BEYOND}, a share of the seats, or null)",
        )
    if not _known_media(data["media"]):
        yield "/media", f"应为其中若干,不重复 (some of, each once): {', '.join(MEDIA)}"


def _mistakes_of_thresholds(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    bar = data["threshold"]
    if bar is not None and not (isinstance(bar, dict) and _one_of(bar.get("base"), tuple(Base))):
        yield "/threshold/base", f"应为其中之一 (one of): {', '.join(Base)}"
    written = [("/quorum", data["quorum"], {"share", "inclusive"})]
    if isinstance(bar, dict):
        written.append(("/threshold", bar, {"base", "share", "inclusive"}))
    for at, threshold, names in written:
        if not isinstance(threshold, dict) or set(threshold) != names:
            yield at, f"应含且仅含 (has exactly): {', '.join(sorted(names))}"
            continue
        if not _is_share(threshold["share"]) or Fraction(threshold["share"]) > 1:
            yield f"{at}/share", '应为 "2/3" 一类不大于 1 的份额 (a share like "2/3", at most 1)'
        if not isinstance(threshold["inclusive"], bool):
            yield f"{at}/inclusive", "应为 true(含本数)或 false (true if the number itself counts)"


def _known_media(media: Any) -> bool:
    known = isinstance(media, list | tuple) and all(_one_of(medium, MEDIA) for medium in media)
    return known and bool(media) and len(set(media)) == len(media)


def _one_of(value: Any, allowed: tuple[Any, ...]) -> bool:
    # 0 equals False in Python and is not what anybody wrote.
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in allowed)


def _whole_number(value: Any, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_share(value: Any) -> bool:
    written = isinstance(value, str) and re.fullmatch(r"\d{1,4}/[1-9]\d{0,3}", value, re.ASCII)
    return bool(written)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
