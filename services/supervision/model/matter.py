"""The closed loop (闭环) that opinions and problems both go through."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import Aggregate
from services.commons.clock import not_before
from services.commons.errors import Conflict, Forbidden

OPINION, PROBLEM = REGISTERS = ("opinion", "problem")
#: With a unit (转办), taken by it (接办), sent back (退回), dealt with (办理), answered (答复),
#: settled (办结).
ROUTED, ACCEPTED, RETURNED, HANDLED, REPLIED, CLOSED = STATES = (
    "routed",
    "accepted",
    "returned",
    "handled",
    "replied",
    "closed",
)
#: Not with a unit yet: only rows of the release before, until the night.
RAISED = "raised"
GENERAL, MAJOR = CLASSES = ("general", "major")
SATISFIED, BASICALLY, NOT = JUDGEMENTS = ("satisfied", "basically", "not")
#: A unit has it in its hands and has not answered in this round.
WAITING = (ROUTED, ACCEPTED, HANDLED)


@dataclass(eq=False, kw_only=True)
class Matter(Aggregate):
    """Something that a unit must deal with and answer for.

    ``kind``: a code of the rule ``matters``, with its ``class_``, general or major (一般、重大).
    ``unit_id``: the unit that has it in hand (主办).  ``handled_*``, ``replied_*``: the first time;
    every other stands among acts and replies.  ``claimed_on``: since when the unit says, in this
    round, that it is solved; ``acted_by``: who said so for it.  ``confirmed_on``: when somebody
    else found so.  ``result``, ``promised_on``, ``judgement``: of the latest reply.  ``round``
    counts up when it must be dealt with again, ``round_on`` is the day from which on it must;
    ``handled_round``: the last in which it was.  ``replies``: how many there are; ``answered_on``:
    the day of the latest.  ``joint_id``: with what it is handled together (并案).
    """

    register: ClassVar[str]
    #: Whether the unit's word that it has dealt with it is enough to go on to the confirmation.
    rectified: ClassVar[bool] = False

    id: str
    project_id: str
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    deputy_id: str | None = None
    kind: str | None = None
    class_: str | None = None
    state: str | None = None
    unit_id: str | None = None
    division: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    datum: str | None = None
    given_longitude: float | None = None
    given_latitude: float | None = None
    routed_on: dt.date | None = None
    accepted_on: dt.date | None = None
    handled_on: dt.date | None = None
    handled_by: str | None = None
    handling_text: str | None = None
    replied_on: dt.date | None = None
    replied_by: str | None = None
    reply_text: str | None = None
    acted_by: str | None = None
    claimed_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    result: str | None = None
    promised_on: dt.date | None = None
    judgement: str | None = None
    judged_on: dt.date | None = None
    closed_on: dt.date | None = None
    talked_on: dt.date | None = None
    published_on: dt.date | None = None
    joint_id: str | None = None
    round: int | None = None
    round_on: dt.date | None = None
    handled_round: int | None = None
    replies: int | None = None
    answered_on: dt.date | None = None
    version: int = 0

    @property
    def stage(self) -> str:
        """The state, also of a row of the release before."""
        if self.state is not None:
            return self.state
        if self.replied_on is not None:
            return REPLIED
        return HANDLED if self.handled_on is not None else RAISED

    @property
    def is_waiting(self) -> bool:
        """Whether a unit has it in hand and owes a reply in this round."""
        return self.state in WAITING

    @property
    def reply_number(self) -> int:
        """How many replies there are."""
        return self.replies or (1 if self.replied_on else 0)

    def route(self, unit_id: str, day: dt.date) -> None:
        """Give it to a unit, the first time or another; Conflict once it has been answered.

        What the unit before has done does not count as done by the new one.
        """
        self._not_closed()
        if self.state == REPLIED:
            raise Conflict(
                "already-replied",
                "this has its reply already; it can be given to another unit when it is opened"
                " again",
                "该事项已答复,重新办理时方可改交其他单位",
            )
        not_before(day, self._since)
        self.state, self.unit_id, self.routed_on, self.accepted_on = ROUTED, unit_id, day, None
        self.round, self.round_on, self.claimed_on = self.round or 1, day, None
        self.handled_round = min(self.handled_round or 0, self.round - 1)

    def must_wait(self) -> None:
        """Raise Conflict unless a unit still owes a reply."""
        self._not_closed()
        if self.stage == REPLIED:
            raise Conflict("already-replied", "this has its reply already", "该意见已回复")

    def adopt_state(self) -> None:
        """Give a row of the release before its state, when a unit has it in hand."""
        self.state, self.round = self.stage, 1
        self.handled_round = 1 if self.handled_on else 0
        self.replies, self.answered_on = self.reply_number, self.replied_on

    def accept(self, unit_id: str, day: dt.date) -> None:
        """The unit takes it as its own (接办)."""
        self._in_hand(unit_id)
        if self.state != ROUTED:
            raise Conflict("already-accepted", "this is accepted already", "该事项已接办")
        self.state, self.accepted_on = ACCEPTED, not_before(day, self._since)

    def give_back(self, unit_id: str, day: dt.date) -> None:
        """It is not the unit's matter (退回)."""
        self._in_hand(unit_id)
        if self.state not in (ROUTED, ACCEPTED):
            raise Conflict(
                "already-handled",
                "what has been dealt with cannot be returned",
                "已经办理的事项不能退回",
            )
        self.round_on = not_before(day, self._since)
        self.state, self.unit_id, self.accepted_on, self.joint_id = RETURNED, None, None, None

    def handle(
        self, *, unit_id: str, text: str, happened_on: dt.date, by: str | None = None
    ) -> None:
        """A unit has dealt with it (办理), once a round; what it had not accepted it accepts so."""
        self._in_hand(unit_id)
        if self._round_of_handling >= (self.round or 1):
            raise Conflict("already-handled", "this is handled already", "该事项已办理")
        not_before(happened_on, self._since)
        self._taken(happened_on)
        if self.handled_on is None:
            self.handled_on, self.handled_by, self.handling_text = happened_on, unit_id, text
        self.handled_round = self.round or 1
        if self.state in WAITING:
            self.state = HANDLED
        self.acted_by = by
        if self.rectified:
            self.claimed_on = happened_on

    def reply(
        self,
        *,
        unit_id: str,
        text: str,
        happened_on: dt.date,
        result: str | None = None,
        promised_on: dt.date | None = None,
        solved: bool = False,
        by: str | None = None,
    ) -> int:
        """A unit has answered (答复); what was promised is answered again.  The reply's number.

        ``solved``: the result says that it is solved.
        """
        self._in_hand(unit_id)
        if self.stage == REPLIED and self.promised_on is None:
            raise Conflict("already-replied", "this has its reply already", "该意见已回复")
        answered = self.answered_on if self.stage == REPLIED else None
        not_before(happened_on, answered or self._since)
        self._taken(happened_on)
        number = self.reply_number + 1
        if self.replied_on is None:
            self.replied_on, self.replied_by, self.reply_text = happened_on, unit_id, text
        self.replies, self.answered_on = number, happened_on
        self.result, self.promised_on = result, promised_on
        self.judgement, self.judged_on = None, None
        if self.state is not None:
            self.state = REPLIED
        if solved:
            self.claimed_on = happened_on
        if promised_on is not None:
            self.claimed_on = None  # what is to be done yet is not done
        self.acted_by = by
        return number

    def judge(self, judgement: str, day: dt.date) -> None:
        """The deputy says whether the latest reply satisfies her (评价); if not, another is due."""
        self._not_closed()
        if self.stage != REPLIED:
            raise Conflict("not-replied", "there is no reply to judge yet", "尚无可评价的答复")
        if self.judgement is not None:
            raise Conflict(
                "already-judged", "this reply has been judged already", "该答复已经评价过"
            )
        self.judgement, self.judged_on = judgement, day
        if judgement == NOT:
            self._again(day)

    def confirm(self, *, solved: bool, day: dt.date) -> None:
        """Somebody else has looked whether it is solved (核实); if not, it is dealt with again."""
        self._not_closed()
        if self.claimed_on is None or self.confirmed_on is not None:
            raise Conflict(
                "nothing-to-confirm",
                "no unit says that this is solved, or it is confirmed already",
                "尚无待核实的办结情况,或已经核实",
            )
        not_before(day, self.claimed_on)
        if solved:
            self.confirmed_on = day
        else:
            self._again(day)

    def close(self, day: dt.date) -> None:
        """Settle it (办结); Conflict while somebody still owes something."""
        self._not_closed()
        if owed := self.owed():
            raise Conflict(f"still-owed-{owed}", *_OWED[owed])
        not_before(day, max(self._days()))
        self._close(day)

    def settle(self, day: dt.date) -> None:
        """Close it if nothing is owed and the last word was said in its favour."""
        if self.owed() is None and self._agreed():
            self._close(max(day, *self._days()))

    def reopen(self, day: dt.date) -> None:
        """Deal with it again, though it was settled."""
        if self.state != CLOSED:
            raise Conflict("not-closed", "this is not closed", "该事项尚未办结")
        not_before(day, self.closed_on)
        self.closed_on = None
        self._again(day)
        self.record("matter.reopened.v1")

    def publish(self, day: dt.date) -> None:
        """It stands on the web (公开), the first time counts."""
        self.published_on = self.published_on or not_before(day, self.happened_on)

    def talk(self, day: dt.date) -> None:
        """The unit has talked with the deputy in person (面商), the first time counts."""
        self._not_closed()
        self.talked_on = self.talked_on or not_before(day, self.happened_on)

    def owed(self) -> str | None:
        """What is still owed: a reply, what was promised, a confirmation; None: nothing."""
        if self.promised_on is not None:
            return "promise"
        if self.claimed_on is not None and self.confirmed_on is None:
            return "confirmation"
        if self.stage == REPLIED or (self.rectified and self.confirmed_on is not None):
            return None
        return "reply"

    def _agreed(self) -> bool:
        """Whether who raised it has said enough to settle it."""
        return self.confirmed_on is not None

    @property
    def _round_of_handling(self) -> int:
        if self.handled_round is None:
            return 1 if self.handled_on else 0
        return self.handled_round

    def _taken(self, day: dt.date) -> None:
        if self.state == ROUTED:
            self.state, self.accepted_on = ACCEPTED, day

    @property
    def _since(self) -> dt.date:
        """The day before which nothing of this round can have been done."""
        return self.round_on or self.routed_on or self.happened_on

    def _again(self, day: dt.date) -> None:
        """Another round: with the same unit, which accepted it long ago."""
        self.state, self.round, self.round_on = ACCEPTED, (self.round or 1) + 1, day
        self.claimed_on, self.confirmed_on, self.promised_on = None, None, None

    def _close(self, day: dt.date) -> None:
        self.state, self.closed_on = CLOSED, day
        self.record("matter.closed.v1")

    def _days(self) -> list[dt.date]:
        known = (self.happened_on, self.answered_on, self.judged_on, self.confirmed_on)
        return [day for day in known if day is not None]

    def _in_hand(self, unit_id: str) -> None:
        self._not_closed()
        if self.state == RETURNED:
            raise Conflict(
                "not-routed", "no unit has this in hand; it must be routed anew", "该事项尚未转办"
            )
        if self.unit_id is not None and self.unit_id != unit_id:
            raise Forbidden(
                "matter-of-another-unit",
                "another unit has this in hand",
                "该事项由其他单位承办",
                [{"pointer": "/unit_id", "detail": "is not the unit that has it in hand"}],
            )

    def _not_closed(self) -> None:
        if self.state == CLOSED:
            raise Conflict("matter-closed", "this is closed", "该事项已办结")

    def in_loop(self) -> dict[str, Any]:
        """Where it stands, for events: ids, codes and days."""
        return {
            "id": self.id,
            "register": self.register,
            "project_id": self.project_id,
            "kind": self.kind,
            "class": self.class_,
            "state": self.stage,
            "unit_id": self.unit_id,
            "happened_on": self.happened_on.isoformat(),
            "replied_on": iso(self.replied_on),
            "result": self.result,
            "judgement": self.judgement,
            "confirmed_on": iso(self.confirmed_on),
            "closed_on": iso(self.closed_on),
            "round": self.round or 1,
        }


def iso(day: dt.date | None) -> str | None:
    """A day as events write it."""
    return day.isoformat() if day else None


_OWED = {
    "promise": (
        "what was promised has not been answered again",
        "承诺事项尚未再次答复,不能办结",
    ),
    "confirmation": (
        "nobody else has confirmed the solution yet",
        "解决情况尚未经他人核实,不能办结",
    ),
    "reply": ("it has no reply yet, or waits for another", "尚未答复或者再次答复,不能办结"),
}
