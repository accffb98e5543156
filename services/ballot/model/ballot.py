"""The ballot (票决): a session's vote on a shortlist, round by round, to the certified result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Forbidden

from .count import Count, Marks, joined
from .electronic import Electronic
from .method import BallotMethod
from .next_step import missing
from .officer import Office
from .opening import check_electronic, check_method, check_quorum, check_shortlist
from .outcome import Kind, Outcome, decide
from .reason import vacancy_in_words
from .result import announced, certified, verdicts
from .round import Round
from .rules import ELECTRONIC, PAPER
from .session import Session
from .shortlist import HeardShortlist


class State(StrEnum):
    """What a ballot waits for.

    An electronic one first: ``DRAFTED``: its credentials; ``REGISTERED``: the scrutineers' keys;
    ``KEYED``: its opening.  Then, while it votes electronically, ``CLOSED``: the decryption.
    ``OPEN``: a count; ``COUNTED``: its confirmation; ``TIED``: a run-off (再次投票); ``SHORT``: a
    re-vote (另行选举); ``DECIDED``: the chief scrutineer's certification; ``CERTIFIED``: its
    announcement (公告).  ``ANNOUNCED`` and ``VOID`` (表决无效) wait for nothing.
    """

    DRAFTED = "drafted"
    REGISTERED = "registered"
    KEYED = "keys-made"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    TIED = "tied"
    SHORT = "short"
    DECIDED = "decided"
    CERTIFIED = "certified"
    ANNOUNCED = "announced"
    VOID = "void"


#: Nothing of these is taken back.
_SETTLED = (State.CERTIFIED, State.ANNOUNCED, State.VOID)
_AWAITED = {Kind.RUN_OFF: State.TIED, Kind.RE_VOTE: State.SHORT}


@dataclass(eq=False, kw_only=True)
class Ballot(Aggregate):
    """One ballot.

    ``candidates``: as the shortlist froze them; ``shortlist_digest``: what that list hashes to.
    ``roll``: all deputies of the congress (全体代表), frozen at opening.  ``verdicts``: what the
    rounds confirmed so far decide for each candidate, with reason and counts; empty before the
    first.  ``open_seats``: not filled yet.  ``method_digest``: of the method as it was when this
    was opened.  ``certified_as``: the office of whoever certified it.
    """

    id: str
    year: int
    session: Session
    shortlist_id: str
    method: BallotMethod
    candidates: list[dict[str, Any]]
    roll: int
    opened_on: dt.date
    recorded_at: dt.datetime
    rounds: list[Round]
    state: str
    verdicts: list[dict[str, Any]]
    open_seats: int
    certified_on: dt.date | None = None
    certified_by: str | None = None
    certified_as: str | None = None
    shortlist_digest: str | None = None
    method_digest: str | None = None
    announcement_number: int | None = None
    announcement_signed_by: str | None = None
    announced_on: dt.date | None = None
    announced_by: str | None = None
    voided_on: dt.date | None = None
    voided_by: str | None = None
    void_reason: str | None = None
    medium: str = PAPER
    uuids: list[str] = field(default_factory=list)
    version: int = 0

    @classmethod
    def open(
        cls,
        *,
        session: Session,
        shortlist: HeardShortlist,
        method: BallotMethod,
        roll: int,
        present: int,
        opened_on: dt.date,
        recorded_at: dt.datetime,
        by: str | None = None,
    ) -> Ballot:
        """Put a shortlist to the vote; raises Conflict or Invalid if it cannot be held.

        ``roll`` and ``present``: deputies of the congress, and those signed in on that day.
        """
        session.check_day(opened_on)
        check_method(method, opened_on)
        check_shortlist(shortlist, method.rules, opened_on)
        ballot = cls._on(session, shortlist, method, roll, opened_on, recorded_at)
        ballot._open_round(
            Kind.FIRST, shortlist.candidate_ids, ballot.open_seats, present, opened_on
        )
        ballot.round.opened_by = by
        return ballot

    @classmethod
    def draft(
        cls,
        *,
        session: Session,
        shortlist: HeardShortlist,
        method: BallotMethod,
        roll: int,
        uuids: list[str],
        drafted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Ballot:
        """Prepare an electronic vote on a shortlist; it opens when credentials and keys are there.

        Raises Conflict or Invalid if it cannot be held so.  ``opened_on`` is the day of this.
        """
        check_method(method, drafted_on)
        check_shortlist(shortlist, method.rules, drafted_on)
        check_electronic(method.rules)
        ballot = cls._on(session, shortlist, method, roll, drafted_on, recorded_at)
        ballot.medium, ballot.uuids, ballot.state = ELECTRONIC, uuids, State.DRAFTED.value
        ballot.record("ballot.drafted.v1", method_id=ballot.method_id)
        return ballot

    @property
    def electronic(self) -> Electronic:
        """What the method fixes of its electronic votes; Conflict if it is none."""
        if self.medium != ELECTRONIC:
            raise Conflict("not-electronic", "this is no electronic ballot", "这不是电子票决")
        return check_electronic(self.method.rules)

    def register_credentials(self) -> None:
        """The credentials office has registered all lists."""
        self.must_be(State.DRAFTED)
        self.state = State.REGISTERED.value
        self.record("ballot.credentials-registered.v1", method_id=self.method_id)

    def note_keys(self) -> None:
        """The scrutineers have made the keys, and rehearsed to decrypt with them."""
        self.must_be(State.REGISTERED)
        self.state = State.KEYED.value
        self.record("ballot.keys-made.v1", method_id=self.method_id)

    def open_first(self, *, present: int, on: dt.date, by: str | None = None) -> None:
        """Open the first round of an electronic vote; Conflict without keys or a quorum."""
        self.must_be(State.KEYED)
        self.session.check_day(on)
        not_before(on, self.opened_on)
        ids = [candidate["id"] for candidate in self.candidates]
        self._open_round(Kind.FIRST, ids, self.open_seats, present, on)
        self.round.opened_by = by
        self.state = State.OPEN.value

    def next_uuid(self, left: Sequence[str]) -> str:
        """The election of the round that begins; Conflict if none was prepared for it."""
        if not left:
            raise Conflict(
                "no-spare-election",
                "no spare election is left of those that were prepared; hold the round on paper",
                "预备的电子票决已用完,本轮请改用纸质票",
            )
        return left[0]

    def close(self) -> None:
        """The voting of an electronic round has ended."""
        self.must_be(State.OPEN)
        self.state = State.CLOSED.value

    def check_papers(self, *, issued: int, cast: int, present: int) -> None:
        """Whether the papers beside an electronic round, if there are any, can join its result.

        Whoever knows that result could choose a count of papers by it, so this is asked before.
        Raises Conflict while they are not confirmed, Invalid if they cannot join.
        """
        papers = self.round.papers
        if papers is None:
            return
        self._check_papers_confirmed()
        abstained = tuple(Marks(one, 0, 0, cast) for one in self.round.candidate_ids)
        electronic = Count(ELECTRONIC, issued, cast, cast, 0, abstained)
        joined(electronic, Count.from_data(papers), self.method.rules, present)

    def _check_papers_confirmed(self) -> None:
        if self.round.confirmed_on is None:
            raise Conflict(
                "papers-not-confirmed",
                "a second scrutineer must confirm the count of the papers first",
                "纸质票的计票结果须先由另一名监票人确认",
            )

    def note_tally(self, count: Count, *, by: str, on: dt.date, present: int) -> None:
        """An electronic round's result is decrypted: with the papers beside it, it decides.

        Raises Conflict while papers are entered and not confirmed, Invalid if the two do not join.
        """
        self.must_be(State.CLOSED)
        current = self.round
        if current.papers is not None:
            self._check_papers_confirmed()
            count = joined(count, Count.from_data(current.papers), self.method.rules, present)
        else:
            rules, seats = self.method.rules, current.seats
            ids = current.candidate_ids
            count.check(rules, candidate_ids=ids, seats=seats, present=present)
            current.entered_by, current.entered_on = by, on
            current.confirmed_by, current.confirmed_on = by, on
        current.count, current.present = count.to_data(), present
        self._settle()

    def void_round(
        self, because: str, *, instead: str, present: int, on: dt.date, by: str | None = None
    ) -> None:
        """The electronic round does not count; the same vote is held again, ``instead`` how."""
        self.must_be(State.OPEN, State.CLOSED)
        current = self.round
        if current.medium != ELECTRONIC:
            raise Conflict("not-electronic", "this round is no electronic one", "本轮不是电子票决")
        if instead not in self.method.rules.media:
            raise Conflict(
                "medium-not-adopted",
                f"the method does not know the medium {instead}",
                f"票决办法不采用此方式:{instead}",
            )
        current.void_because = because
        self._open_round(
            Kind(current.kind), current.candidate_ids, current.seats, present, on, instead
        )
        self.round.opened_by = by
        self.state = State.OPEN.value

    @property
    def round(self) -> Round:
        """The latest round."""
        return self.rounds[-1]

    @property
    def session_id(self) -> str:
        """The session that votes."""
        return self.session.id

    @property
    def method_id(self) -> str:
        """The method that it votes by."""
        return self.method.id

    def enter_count(self, count: Count, *, by: str, on: dt.date, present: int) -> None:
        """Note the count of the latest round; until it is confirmed ``by`` may replace it.

        ``present``: deputies signed in on the day of the round.  Raises Conflict in another
        state, Forbidden for another scrutineer's count, Invalid if it does not add up.
        """
        current = self.round
        electronic = current.medium == ELECTRONIC
        self.must_be(State.OPEN, *([State.CLOSED] if electronic else [State.COUNTED]))
        if electronic != (count.medium == PAPER) and electronic:
            raise Conflict(
                "electronic-round",
                "beside an electronic round only papers are counted",
                "电子票决的同一轮仅可另计纸质票",
            )
        self._check_papers_open()
        if current.entered_by not in (None, by):
            raise Forbidden(
                "count-of-another",
                "only the scrutineer who entered this count may replace it before it is confirmed",
                "确认之前,只有原录入的监票人可以更正计票结果",
            )
        not_before(on, current.opened_on)
        count.check(
            self.method.rules,
            candidate_ids=current.candidate_ids,
            seats=current.seats,
            present=present,
        )
        current.entered_by, current.entered_on = by, on
        if electronic:
            current.papers = count.to_data()
            return
        current.count, current.present = count.to_data(), present
        self.state = State.COUNTED.value

    def confirm_count(self, number: int, *, by: str, on: dt.date) -> None:
        """A second scrutineer confirms the count of round ``number`` (from 1); then it decides.

        Raises Conflict in another state, Forbidden for the scrutineer who entered it.
        """
        current = self.round
        papers = current.medium == ELECTRONIC and current.papers is not None
        self.must_be(*([State.OPEN, State.CLOSED] if papers else [State.COUNTED]))
        if number != current.number:
            raise Conflict(
                "round-not-current",
                f"the count to confirm is that of round {current.number}",
                f"待确认的是第 {current.number} 轮的计票结果",
            )
        if papers:
            self._check_papers_open()
        if current.entered_by == by:
            raise Forbidden(
                "same-scrutineer",
                "a count is confirmed by a different scrutineer than the one who entered it",
                "计票结果应由另一名监票人确认",
            )
        not_before(on, current.entered_on)
        current.confirmed_by, current.confirmed_on = by, on
        if not papers:
            self._settle()

    def _check_papers_open(self) -> None:
        """A count of papers is final once it is confirmed: the electronic result comes after it."""
        current = self.round
        if current.medium == ELECTRONIC and current.confirmed_on is not None:
            raise Conflict(
                "papers-confirmed",
                "the count of the papers beside this electronic round is confirmed; it stays so",
                "本轮电子票决的纸质票计票结果已经确认,不得更改",
            )

    def open_next(self, kind: Kind, *, present: int, on: dt.date, by: str | None = None) -> None:
        """Open the run-off among the tied, or the re-vote for seats that stayed open.

        Raises Conflict unless the rounds so far ask for just that.
        """
        self.must_be(_AWAITED[kind])
        self.session.check_day(on)
        not_before(on, self.round.confirmed_on)
        needed = self._outcome().next
        if needed is None:  # cannot be: the state says what the outcome asks for
            raise Conflict(
                "nothing-to-vote-on", "there is nothing to vote on", "没有需要表决的项目"
            )
        self._open_round(kind, needed.candidate_ids, needed.seats, present, on)
        self.round.opened_by = by
        self.state = State.OPEN.value

    def certify(
        self, *, by: str, on: dt.date, office: Office = Office.CHIEF, chief_absent: bool = False
    ) -> None:
        """The chief scrutineer (总监票人) certifies the result; no count changes after it.

        Her deputy does so where she says that the chief is absent, else Forbidden.
        """
        self.must_be(State.DECIDED)
        not_before(on, self.round.confirmed_on)
        if office is not Office.CHIEF and not chief_absent:
            raise Forbidden(
                "chief-not-absent",
                "a deputy certifies only in the chief scrutineer's absence, and must say so",
                "副总监票人仅在总监票人缺席时确认结果,并应注明缺席",
            )
        self.certified_on, self.certified_by, self.certified_as = on, by, office.value
        self.state = State.CERTIFIED.value
        self.record("result.certified.v1", **certified(self))

    def announce(self, *, number: int, signed_by: str, by: str, on: dt.date) -> None:
        """The executive chairperson (大会执行主席) announces the result as 公告 No. ``number``.

        ``signed_by``: the body that signs it, such as the presidium.  Raises Conflict before the
        certification and the second time, Invalid before the day of the certification.
        """
        self.must_be(State.CERTIFIED)
        not_before(on, self.certified_on)
        self.announcement_number, self.announcement_signed_by = number, signed_by
        self.announced_on, self.announced_by = on, by
        self.state = State.ANNOUNCED.value
        self.record("result.announced.v1", **announced(self))

    def void(self, *, reason: str, by: str, on: dt.date) -> None:
        """The executive chairperson declares the vote void; the shortlist may be voted on again.

        Raises Conflict once the result is certified.
        """
        self.must_be(*(state for state in State if state not in _SETTLED))
        days = [one for r in self.rounds for one in (r.opened_on, r.entered_on, r.confirmed_on)]
        not_before(on, max(day for day in (self.opened_on, *days) if day))
        self.voided_on, self.voided_by, self.void_reason = on, by, reason
        self.state = State.VOID.value
        self.record("ballot.voided.v1", voided_on=on.isoformat())

    @property
    def missing(self) -> list[dict[str, str]]:
        """What it lacks before its next step."""
        return missing(self)

    @property
    def vacancy(self) -> dict[str, str] | None:
        """What becomes of seats that stay open, once everything is decided; None without any."""
        if self.state not in (State.DECIDED, State.CERTIFIED, State.ANNOUNCED):
            return None
        words = vacancy_in_words(self.method.rules, self.open_seats)
        return words and {"zh": words[0], "en": words[1]}

    def public_state(self) -> dict[str, Any]:
        """Which vote it is; the events add what happened in it."""
        return {
            "id": self.id,
            "year": self.year,
            "session_id": self.session_id,
            "shortlist_id": self.shortlist_id,
        }

    @classmethod
    def _on(
        cls,
        session: Session,
        shortlist: HeardShortlist,
        method: BallotMethod,
        roll: int,
        day: dt.date,
        recorded_at: dt.datetime,
    ) -> Ballot:
        return cls(
            id=new_id(),
            year=shortlist.year,
            session=session,
            shortlist_id=shortlist.id,
            method=method,
            candidates=shortlist.candidates,
            roll=roll,
            opened_on=day,
            recorded_at=recorded_at,
            rounds=[],
            state=State.OPEN.value,
            verdicts=[],
            open_seats=method.rules.seats,
            shortlist_digest=shortlist.digest,
            method_digest=method.digest,
        )

    def _open_round(
        self,
        kind: Kind,
        candidate_ids: Sequence[str],
        seats: int,
        present: int,
        on: dt.date,
        medium: str | None = None,
    ) -> None:
        check_quorum(self.method.rules, roll=self.roll, present=present)
        self.rounds.append(
            Round(
                number=len(self.rounds) + 1,
                kind=kind.value,
                candidate_ids=list(candidate_ids),
                seats=seats,
                opened_on=on,
                present=present,
                medium=medium or self.medium,
            )
        )
        self.record(
            "ballot.opened.v1",
            method_id=self.method_id,
            candidate_ids=self.round.candidate_ids,
            round=self.round.number,
        )

    def _outcome(self) -> Outcome:
        voted = [one.voted for one in self.rounds if one.is_confirmed]
        return decide(self.method.rules, roll=self.roll, rounds=voted)

    def _settle(self) -> None:
        outcome = self._outcome()
        self.verdicts = verdicts(self, outcome)
        self.open_seats = outcome.open_seats
        awaited = _AWAITED[outcome.next.kind] if outcome.next else State.DECIDED
        self.state = awaited.value

    def must_be(self, *states: State) -> None:
        """Raise Conflict in any other state."""
        if self.state not in states:
            wanted = sorted(states, key=list(State).index)
            raise Conflict(
                "ballot-state",
                f"the ballot is {self.state}; this needs it to be {' or '.join(wanted)}",
                f"票决当前状态为 {self.state},此操作要求 {' 或 '.join(wanted)}",
            )
