"""The audience (测评主体): one body of people who are asked, with its own way, days and base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .heard import HeardDeputy
from .roll import SMALLEST, Roll, delegation_cells


class Channel(StrEnum):
    """How answers come in.

    ``ROLL``: from deputies who are logged in, on a frozen roll.  ``INVITATION``: by single-use
    tokens.  ``OPEN``: by a link or its QR code (民生码).  ``OFFLINE``: on paper, or as a file.
    """

    ROLL = "roll"
    INVITATION = "invitation"
    OPEN = "open"
    OFFLINE = "offline"


class Kind(StrEnum):
    """The shape of what is kept.

    ``SECRET`` (无记名): a flag on the roll, and counts; final.  ``ANONYMOUS``: counts; final.
    ``NAMED`` (实名): who answered what, beside the counts.
    """

    SECRET = "secret"  # noqa: S105
    ANONYMOUS = "anonymous"
    NAMED = "named"


class Sampling(StrEnum):
    """Who of those concerned is asked.

    ``CENSUS``: all.  ``SAMPLE``: some, drawn from a frame.  ``OPEN``: whoever comes, from which
    nothing can be inferred about the others.
    """

    CENSUS = "census"
    SAMPLE = "sample"
    OPEN = "open"


_KINDS = {
    Channel.ROLL: {Kind.SECRET, Kind.NAMED},
    Channel.INVITATION: {Kind.ANONYMOUS},
    Channel.OPEN: {Kind.ANONYMOUS},
    Channel.OFFLINE: {Kind.ANONYMOUS},
}
_SAMPLINGS = {
    Channel.ROLL: {Sampling.CENSUS},
    Channel.INVITATION: {Sampling.CENSUS, Sampling.SAMPLE, Sampling.OPEN},
    Channel.OPEN: {Sampling.OPEN},
    Channel.OFFLINE: {Sampling.CENSUS, Sampling.SAMPLE, Sampling.OPEN},
}


@dataclass(eq=False, kw_only=True)
class Audience(Aggregate):
    """Who is asked, how and when; nothing here changes when an answer comes in.

    ``group``: the code that the method weighs; several audiences may feed one.  ``item_ids``: the
    lines that it is asked about, None: all.  ``deputies``: the ids on its roll, None: all of the
    congress; ``by_delegation``: whether the roll is counted by delegation.  ``opens_on`` to
    ``closes_on``: the days, both included, on which answers are taken.  ``replaceable``: a named
    answer can be given again.  ``eligible``, ``issued``, ``present``: what rates may be shares of
    (应参评、发出、到会), where it is known.
    """

    id: str
    questionnaire_id: str
    group: str
    title: str
    channel: str
    kind: str
    sampling: str
    opens_on: dt.date
    closes_on: dt.date
    recorded_at: dt.datetime
    item_ids: list[str] | None = None
    deputies: list[str] | None = None
    by_delegation: bool = False
    replaceable: bool = False
    eligible: int | None = None
    issued: int | None = None
    present: int | None = None
    quotas: list[dict[str, Any]] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    version: int = 0

    @classmethod
    def draft(cls, **given: Any) -> Audience:
        """One that is not asked yet; raises Invalid, with the places, if it contradicts itself."""
        audience = cls(id=new_id(), **given)
        mistakes = list(audience._mistakes())
        if mistakes:
            raise Invalid(
                "audience-contradicts-itself",
                "the parts of the audience do not go together",
                "测评主体的各项设置自相矛盾",
                errors=[{"pointer": at, "detail": why} for at, why in mistakes],
            )
        return audience

    @property
    def state(self) -> str:
        """``draft``, ``open`` or ``closed``."""
        if self.opened_on is None:
            return "draft"
        return "open" if self.closed_on is None else "closed"

    @property
    def on_roll(self) -> bool:
        """Whether it has a roll."""
        return self.channel == Channel.ROLL

    @property
    def named(self) -> bool:
        """Whether it is kept who answered what."""
        return self.kind == Kind.NAMED

    def open(self, deputies: Iterable[HeardDeputy], congress: str, on: dt.date) -> Roll | None:
        """Begin to ask; the roll, if it has one.  Conflict without anybody to ask."""
        if self.opened_on is not None:
            raise Conflict("audience-open", "this audience is asked already", "该测评主体已经启动")
        if on > self.closes_on:
            raise Invalid(
                "days-out-of-order",
                f"it has to be opened by its last day, {self.closes_on}",
                f"应于截止日 {self.closes_on} 或之前启动",
                errors=[{"pointer": "/happened_on", "detail": f"晚于 {self.closes_on}"}],
            )
        roll = self._roll(deputies, congress, on) if self.on_roll else None
        if roll is not None:
            self.eligible = roll.eligible
            self._check_present()
        self.opened_on = on
        return roll

    def check_open(self, on: dt.date) -> None:
        """Conflict unless answers are taken on that day, which is kept nowhere."""
        begun = self.opened_on is not None and self.opened_on <= on
        if self.closed_on is not None or not begun or not self.opens_on <= on <= self.closes_on:
            raise Conflict(
                "questionnaire-not-open",
                f"answers are taken from {self.opens_on} to {self.closes_on}, until the closing",
                f"测评时间为 {self.opens_on} 至 {self.closes_on},结束后不再受理",
            )

    def close(self, on: dt.date, *, returned: int, present: int | None = None) -> None:
        """End the answering: after its last day, on it, or as soon as a whole roll has answered.

        ``present``: how many were there (到会), where that is known only now.
        """
        if self.state != "open":
            raise Conflict("questionnaire-closed", "it is not open", "该测评未启动或已经结束")
        complete = self.on_roll and returned == self.eligible
        if on < self.opens_on or (on < self.closes_on and not complete):
            raise Conflict(
                "questionnaire-running",
                f"the questionnaire runs to {self.closes_on} and not everybody has answered",
                f"测评截止日为 {self.closes_on},且尚有人未参加",
            )
        if present is not None:
            self.present = present
        self._check_present(returned)
        self.closed_on = on

    def told(self) -> dict[str, Any]:
        """What an event says of it."""
        return {
            "id": self.id,
            "group": self.group,
            "title": self.title,
            "channel": self.channel,
            "kind": self.kind,
            "sampling": self.sampling,
            "eligible": self.eligible,
            "opens_on": self.opens_on.isoformat(),
            "closes_on": self.closes_on.isoformat(),
        }

    def _roll(self, deputies: Iterable[HeardDeputy], congress: str, on: dt.date) -> Roll:
        named = None if self.deputies is None else set(self.deputies)
        asked = [
            deputy
            for deputy in deputies
            if deputy.belongs_to(congress, on) and (named is None or deputy.id in named)
        ]
        # Their events may still be on the way, so the same request can succeed a moment later.
        if not asked or (named is not None and len(asked) < len(named)):
            raise Conflict(
                "nobody-to-ask",
                f"no deputy of congress {congress} enrolled by that day has arrived here (yet),"
                " or not all that are named",
                f"尚未收到该日 {congress} 人大的在册代表,或名单中有人不在册",
            )
        cells = {}
        if self.by_delegation:
            cells = delegation_cells({one.id: one.delegation_in(congress) for one in asked})
        return Roll.blank(self.id, [deputy.id for deputy in asked], cells)

    def _check_present(self, returned: int = 0) -> None:
        """Present are at most all, and at least those who answered."""
        present = self.present
        if present is None:
            return
        if present < returned or (self.eligible is not None and present > self.eligible):
            raise Invalid(
                "present-impossible",
                f"{present} present cannot be: {returned} answered, {self.eligible} are eligible",
                f"到会人数 {present} 有误:已参评 {returned},应参评 {self.eligible}",
                errors=[{"pointer": "/present", "detail": "参评数 ≤ 到会人数 ≤ 应参评人数"}],
            )

    def _mistakes(self) -> Iterable[tuple[str, str]]:
        channel = Channel(self.channel)
        if self.kind not in _KINDS[channel]:
            yield "/kind", f"该渠道可用 (this channel can be): {', '.join(_KINDS[channel])}"
        if self.sampling not in _SAMPLINGS[channel]:
            allowed = ", ".join(sorted(_SAMPLINGS[channel]))
            yield "/sampling", f"该渠道可用 (this channel can be): {allowed}"
        if self.opens_on > self.closes_on:
            yield "/opens_on", "开始日 ≤ 截止日 (opens_on ≤ closes_on)"
        if not self.on_roll:
            if self.deputies is not None:
                yield "/deputies", "只有代表名单渠道可以指定 (only for the channel roll)"
            if self.by_delegation:
                yield "/by_delegation", "只有代表名单渠道可以指定 (only for the channel roll)"
        elif self.eligible is not None:
            yield "/eligible", "由名单确定,不必填写 (the roll says it)"
        # A congress is never so small; a list can be made of one deputy.
        if self.kind == Kind.SECRET and self.deputies and len(self.deputies) < SMALLEST:
            yield (
                "/deputies",
                f"无记名名单至少 {SMALLEST} 人,人少则计数即可识别个人;请合并名单或改用实名 "
                f"(a secret roll has at least {SMALLEST}, for the count of fewer says who it was; "
                "join lists, or ask by name)",
            )
        if self.quotas and channel not in (Channel.INVITATION, Channel.OPEN):
            yield "/quotas", "只有邀请和公开渠道可设配额 (only for invitation and open)"
        if self.replaceable and not self.named:
            yield "/replaceable", "只有实名答卷可以更改 (only a named answer can be replaced)"
