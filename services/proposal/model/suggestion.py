"""Suggestions: what people and deputies say they need."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid
from services.commons.location import PARTS, located

from .asker import READERS, Asker

AUTHORS = ("deputy", "resident", "department", "organisation")
#: Who speaks for a body, not for herself.
OFFICIAL = ("department", "organisation")
DRAFT, SUBMITTED, ACCEPTED, RETURNED, WITHDRAWN = STATES = (
    "draft",
    "submitted",
    "accepted",
    "returned",
    "withdrawn",
)
#: What an act of sorting may be; the last changes the aspect only.
RECLASSIFIED = "reclassified"
OUTCOMES = (ACCEPTED, RETURNED, RECLASSIFIED)
#: Why somebody withdraws.
WITHDRAWALS = ("solved", "mistaken", "duplicate", "other")
#: What a correction may touch.
CORRECTABLE = ("title", "text", "aspect", "beneficiaries", "attachments", *PARTS)


@dataclass(eq=False)
class Suggestion(Aggregate):
    """One matter that somebody asks for (代表建议、群众建议).

    ``year``: of the projects that it is meant for.  ``author_kind``: in what capacity it was
    made; only a deputy's names its author, by her id in the register.  ``division``: code of the
    place (GB/T 2260); ``longitude``, ``latitude``: degrees, WGS-84.  ``sorted_on``: the day of the
    last act of sorting; ``reason_code``: the item of the checklist that refused it.
    ``matched_sub_item``: the voted sub-item that its content matches (相吻合); with
    ``matched_on`` but without a sub-item, somebody looked and found none.

    ``beneficiaries``: who benefits, in words.  ``datum``: WGS-84, GCJ-02 or BD-09, in which the
    sender gave ``given_longitude`` and ``given_latitude``.  ``attachments``: ``{sha256, name}``.
    ``author``: a pseudonym of whoever submitted it herself; ``entered_by``: who of the staff
    entered it on somebody's behalf.  ``source``, ``source_id``: where an imported one comes from;
    ``source_digest``: a hash of what it said there.
    ``as_sorted``: what it said when it was sorted, while a correction waits for the sorter.
    ``withdrawal``: ``{code, text, by}``.  ``answer_due_on``: the day by which it must be answered,
    ``answer_due_provisional`` while the year's working days are not announced yet.
    """

    id: str
    year: int
    author_kind: str
    deputy_id: str | None
    channel: str
    aspect: str
    title: str
    text: str
    division: str | None
    longitude: float | None
    latitude: float | None
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = SUBMITTED
    sorted_on: dt.date | None = None
    sorted_by: str | None = None
    reason: str | None = None
    reason_code: str | None = None
    matched_sub_item: str | None = None
    matched_on: dt.date | None = None
    matched_by: str | None = None
    beneficiaries: str | None = None
    round_id: str | None = None
    activity_id: str | None = None
    datum: str | None = None
    given_longitude: float | None = None
    given_latitude: float | None = None
    attachments: list[dict[str, Any]] | None = None
    author: str | None = None
    entered_by: str | None = None
    source: str | None = None
    source_id: str | None = None
    source_digest: str | None = None
    supporters: int = 0
    cosigners: int = 0
    as_sorted: dict[str, Any] | None = None
    withdrawn_on: dt.date | None = None
    withdrawal: dict[str, Any] | None = None
    answer_due_on: dt.date | None = None
    answer_due_provisional: bool = False
    answered_on: dt.date | None = None
    version: int = 0

    @classmethod
    def submit(
        cls,
        *,
        author_kind: str,
        deputy_id: str | None,
        place: dict[str, Any] | None,
        draft: bool = False,
        **fields: Any,
    ) -> Suggestion:
        """A new suggestion, or a draft of one, of which nobody else hears.

        ``fields``: the other columns.  Invalid unless a deputy's names the deputy and no other
        does.
        """
        if (author_kind == "deputy") != (deputy_id is not None):
            raise Invalid(
                "author-unclear",
                "a deputy's suggestion names the deputy, any other does not",
                "代表建议须注明代表,其他建议不得填写代表",
                [{"pointer": "/deputy_id", "detail": "goes with author_kind deputy"}],
            )
        suggestion = cls(
            id=new_id(),
            author_kind=author_kind,
            deputy_id=deputy_id,
            state=DRAFT if draft else SUBMITTED,
            **located(place),
            **fields,
        )
        if not draft:
            suggestion._tell_submitted()
        return suggestion

    def imported(self, source: str, source_id: str, digest: str) -> None:
        """Note where it comes from: a source, its number there, a hash of what it said there."""
        self.source, self.source_id, self.source_digest = source, source_id, digest

    def submit_draft(self, round_id: str | None, day: dt.date) -> None:
        """Hand a draft in; its day is that of the submission.  Conflict if it is none."""
        if self.state != DRAFT:
            raise Conflict("suggestion-submitted", "this has been submitted already", "已经提交")
        self.state, self.round_id, self.happened_on = SUBMITTED, round_id, day
        self._tell_submitted()

    def is_by(self, asker: Asker) -> bool:
        """Whether she is the author: by her pseudonym, or the deputy that it names."""
        if self.author is not None and self.author == asker.author:
            return True
        return self.deputy_id == asker.subject and asker.has("deputy")

    def is_in_hands_of(self, asker: Asker) -> bool:
        """Whether she made it, or entered it on somebody's behalf."""
        return self.is_by(asker) or self.entered_by == asker.subject

    def is_seen_by(self, asker: Asker) -> bool:
        """A draft by who makes it alone; all else by its author, deputies, units and staff."""
        if self.state == DRAFT:
            own = self.author == asker.author
            return own if self.author is not None else self.entered_by == asker.subject
        return asker.has(*READERS) or self.is_by(asker)

    def sort(
        self,
        outcome: str,
        aspect: str | None,
        reason: str | None,
        *,
        by: str,
        day: dt.date,
        reason_code: str | None = None,
    ) -> None:
        """Accept, return or reclassify it (梳理): an act of a person, on a day.

        Accepted or returned once, and again after a correction; reclassified whenever it is not
        returned.  Raises Conflict otherwise, Invalid without a reason for a return, without
        another aspect for a reclassification, or for a day before it was made.
        """
        not_before(day, self.happened_on)
        before = self.aspect
        if outcome == RECLASSIFIED:
            self._reclassify(aspect)
        else:
            self._decide(outcome, aspect, reason, reason_code)
        if self.state != SUBMITTED:
            self.sorted_on, self.sorted_by = day, by
        self._tell("sorted", outcome=outcome, aspect_before=before, reason_code=self.reason_code)

    def _decide(
        self, outcome: str, aspect: str | None, reason: str | None, reason_code: str | None
    ) -> None:
        self._in_play()
        if self.state != SUBMITTED and not self.corrected_after_sorting:
            raise Conflict(
                "suggestion-sorted", "this suggestion has been sorted already", "该建议已经梳理"
            )
        if outcome == RETURNED and not reason:
            raise Invalid(
                "reason-missing",
                "a return needs a reason, which reaches the author",
                "退回须说明理由并告知提出人",
                [{"pointer": "/reason", "detail": "is required for a return"}],
            )
        self.state = outcome
        self.aspect = aspect or self.aspect
        self.reason, self.reason_code, self.as_sorted = reason, reason_code, None

    def _reclassify(self, aspect: str | None) -> None:
        self._in_play()
        if self.state == RETURNED:
            raise Conflict("suggestion-sorted", "this suggestion has been returned", "该建议已退回")
        if aspect is None or aspect == self.aspect:
            raise Invalid(
                "aspect-missing",
                "a reclassification names another aspect",
                "重新归类须写明另一方面",
                [{"pointer": "/aspect", "detail": "must be another one"}],
            )
        self.aspect = aspect

    @property
    def corrected_after_sorting(self) -> bool:
        """Whether it says something else than when it was sorted."""
        return self.as_sorted is not None

    @property
    def on_behalf(self) -> bool:
        """Whether staff entered it on somebody's behalf."""
        return self.entered_by is not None

    @property
    def attached(self) -> list[dict[str, Any]]:
        """Its attachments; a suggestion from before there were any has none."""
        return self.attachments or []

    @property
    def content(self) -> dict[str, Any]:
        """What it says: all that a correction may touch."""
        said = {name: getattr(self, name) for name in CORRECTABLE}
        return said | {"attachments": self.attached}

    @property
    def published(self) -> dict[str, Any]:
        """What the public reads: what it said when it was sorted."""
        return self.as_sorted or self.content

    @property
    def answered(self) -> bool:
        """Whether it has been answered."""
        return self.answered_on is not None

    def correct(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Change what it says; gives back what it said before.

        A sorted one keeps its state: an author who mends a comma should not lose her place, nor
        the projects that were distilled from it their ground.  But it keeps what it said when it
        was sorted, the public goes on reading that, and the sorter may sort it once more.  Its
        aspect is the sorter's from then on.  Raises Conflict or Invalid.
        """
        self._not_withdrawn()
        before = self.content
        wanted = dict(changes)
        if "place" in wanted:
            wanted |= located(wanted.pop("place"))
        changed = sorted(name for name, value in wanted.items() if before[name] != value)
        if not changed:
            raise Invalid("nothing-changed", "this says the same as before", "内容没有变化")
        if "aspect" in changed and self.state not in (DRAFT, SUBMITTED):
            raise Conflict(
                "suggestion-sorted",
                "the aspect of a sorted suggestion is changed by sorting",
                "已梳理的建议,其方面由梳理人员调整",
            )
        if self.state in (ACCEPTED, RETURNED) and self.as_sorted is None:
            self.as_sorted = before
        for name in changed:
            setattr(self, name, wanted[name])
        if self.state != DRAFT:
            self._tell("corrected", also=before["division"], changed=changed)
        return before

    def withdraw(self, code: str, text: str | None, *, by: str, day: dt.date) -> None:
        """Take it back; ``by``: ``author`` or ``staff``, on her behalf.  Conflict the second time.

        A draft is not withdrawn but thrown away.
        """
        self._not_withdrawn()
        not_before(day, self.happened_on)
        self.state, self.withdrawn_on = WITHDRAWN, day
        self.withdrawal = {"code": code, "text": text, "by": by}
        self._tell("withdrawn", withdrawn_on=day.isoformat(), withdrawal_code=code)

    def forget(self) -> None:
        """Say nothing any more: a draft that is thrown away."""
        self.title = self.text = ""
        for name in ("beneficiaries", "attachments", *PARTS):
            setattr(self, name, None)

    def support(self, change: int) -> None:
        """Count a supporter more or less (支持)."""
        self.supporters += change
        what = "supported" if change > 0 else "support-withdrawn"
        self._tell(what, supporters=self.supporters)

    def cosign(self, deputy_id: str) -> None:
        """Count a deputy who signs with the author (附议)."""
        self.cosigners += 1
        self._tell("cosigned", cosigner_id=deputy_id, cosigners=self.cosigners)

    def comment(self, comment_id: str, deputy_id: str) -> None:
        """Tell that a deputy commented on it; what she wrote stays here."""
        self._tell("commented", comment_id=comment_id, commenter_id=deputy_id)

    def is_open_to(self, asker: Asker, deputy_id: str | None = None) -> None:
        """Raise Conflict unless others may join it: neither closed nor one's own."""
        if self.state not in (SUBMITTED, ACCEPTED):
            raise Conflict(
                "suggestion-closed",
                "only a submitted or accepted suggestion is supported",
                "只有已提交或已采纳的建议可以支持、附议",
            )
        if self.is_by(asker) or (deputy_id is not None and deputy_id == self.deputy_id):
            raise Conflict("suggestion-own", "this is her own suggestion", "不能支持自己的建议")

    def match(self, sub_item_id: str | None, *, by: str, day: dt.date) -> None:
        """Say which voted sub-item its content matches (相吻合), or that none does.

        A later judgement replaces the earlier one.  Raises Conflict unless it was accepted.
        """
        if self.state != ACCEPTED or self.sorted_on is None:
            raise Conflict(
                "suggestion-not-accepted",
                "only an accepted suggestion is compared with what was voted",
                "只有已采纳梳理的建议才与票决结果比对",
            )
        not_before(day, self.sorted_on)
        self.matched_sub_item = sub_item_id
        self.matched_on, self.matched_by = day, by
        self._tell("matched")

    def answer_by(self, day: dt.date, *, provisional: bool = False) -> None:
        """Note by when it must be answered next."""
        self.answer_due_on, self.answer_due_provisional = day, provisional

    def take_answer(self, day: dt.date) -> None:
        """It has been answered; Conflict unless it was accepted and not withdrawn."""
        if self.state != ACCEPTED or self.sorted_on is None:
            raise Conflict(
                "suggestion-not-accepted",
                "only a suggestion that was accepted, and not withdrawn, is answered",
                "只有已采纳梳理且未撤回的建议才予答复",
            )
        self.answered_on = not_before(day, self.sorted_on)

    def _in_play(self) -> None:
        self._not_withdrawn()
        if self.state == DRAFT:
            raise Conflict("suggestion-draft", "this has not been submitted yet", "尚未提交")

    def _not_withdrawn(self) -> None:
        if self.state == WITHDRAWN:
            raise Conflict(
                "suggestion-withdrawn", "this suggestion has been withdrawn", "该建议已撤回"
            )

    def _tell_submitted(self) -> None:
        self._tell("submitted", round_id=self.round_id, activity_id=self.activity_id)

    def _tell(self, what: str, *, also: str | None = None, **detail: Any) -> None:
        """Record an event; it concerns the district where the place is, and where it was."""
        concerns = tuple(code for code in dict.fromkeys((self.division, also)) if code)
        self.record(f"suggestion.{what}.v1", concerns=concerns, **detail)

    def public_state(self) -> dict[str, Any]:
        """For events: everything but the text, the exact place and who handled it."""
        matched = None
        if self.matched_on:
            matched = {
                "sub_item_id": self.matched_sub_item,
                "matched_on": self.matched_on.isoformat(),
            }
        return {
            "id": self.id,
            "year": self.year,
            "author_kind": self.author_kind,
            "deputy_id": self.deputy_id,
            "channel": self.channel,
            "aspect": self.aspect,
            "title": self.title,
            "division": self.division,
            "happened_on": self.happened_on.isoformat(),
            "state": self.state,
            "sorted_on": self.sorted_on.isoformat() if self.sorted_on else None,
            "matched": matched,
        }
