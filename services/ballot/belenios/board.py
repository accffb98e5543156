"""The board: what may follow what in an archive, and which datum belongs to which event.

Events form a hash chain by ``parent`` and ``height``.  The data that an event needs come before it,
its payload last, and nothing else stands there: an unreferenced datum is refused, and so are a
second Setup, end or tally, a ballot before the Setup or after the end, and a second decryption by
one owner.  What the data *say* is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .archive import DATA, EVENT, Member
from .encoding import canonical, dumps, fields, hash_text, integer
from .refused import Refused

SETUP = "Setup"
BALLOT = "Ballot"
END_BALLOTS = "EndBallots"
ENCRYPTED_TALLY = "EncryptedTally"
PARTIAL_DECRYPTION = "PartialDecryption"
RESULT = "Result"

#: Which events may come after which; before the first one, None.
_NEXT: dict[str | None, tuple[str, ...]] = {
    None: (SETUP,),
    SETUP: (BALLOT, END_BALLOTS),
    BALLOT: (BALLOT, END_BALLOTS),
    END_BALLOTS: (ENCRYPTED_TALLY,),
    ENCRYPTED_TALLY: (PARTIAL_DECRYPTION,),
    PARTIAL_DECRYPTION: (PARTIAL_DECRYPTION, RESULT),
    RESULT: (),
}
#: Of homomorphic elections; others have shuffles besides.
EVENT_TYPES = (SETUP, BALLOT, END_BALLOTS, ENCRYPTED_TALLY, PARTIAL_DECRYPTION, RESULT)
_MOST_EVENT_BYTES = 1000
_MOST_REFERRING_BYTES = 1000
#: The longest way to an event: election, trustees, credentials and what refers to them.
_MOST_WAITING = 4


@dataclass(frozen=True, slots=True)
class Event:
    """``event``: ``parent`` is None at height 0, ``payload`` is None for EndBallots."""

    parent: str | None
    height: int
    type: str
    payload: str | None

    @classmethod
    def from_text(cls, text: str) -> Event:
        """Read one; Refused unless it is written as the specification writes it."""
        data = canonical(text, most=_MOST_EVENT_BYTES)
        read = fields(data, "height", "type", optional=("parent", "payload"))
        if read["type"] not in EVENT_TYPES:
            raise Refused("unknown-event", "this archive has an event of another type")
        event = cls(
            hash_text(read["parent"]) if "parent" in read else None,
            integer(read["height"]),
            read["type"],
            hash_text(read["payload"]) if "payload" in read else None,
        )
        if event.to_text() != text:
            raise Refused("not-canonical", "an event's fields stand in another order")
        return event

    def to_text(self) -> str:
        """The message."""
        data: dict[str, Any] = {} if self.parent is None else {"parent": self.parent}
        data |= {"height": self.height, "type": self.type}
        return dumps(data if self.payload is None else data | {"payload": self.payload})


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with what it brought.

    ``hash``: the event's; ``payload``: None for EndBallots; ``referred``: what the payload refers
    to, in the order of its fields: election, trustees and credentials of a Setup, the encrypted
    tally, the partial decryption.
    """

    event: Event
    hash: str
    payload: Member | None
    referred: tuple[Member, ...]

    @property
    def text(self) -> str:
        """The payload's text; EndBallots, which has none, says nothing."""
        return "" if self.payload is None else self.payload.text


@dataclass
class Board:
    """Takes an archive's members one after the other, or makes the next ones.

    ``last`` is the newest event and ``hash`` its hash, None before the first; ``owners`` are the
    trustees whose decryptions stand there.
    """

    last: Event | None = None
    hash: str | None = None
    owners: set[int] = field(default_factory=set)
    _waiting: list[Member] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def resumed(cls, last: str, owners: Iterable[int] = ()) -> Board:
        """A board whose newest event has this text.

        Data from before are forgotten, so whoever resumes must itself see to it that none comes
        twice (a ballot's does not, since no α may).
        """
        return cls(Event.from_text(last), Member(EVENT, last).hash, set(owners))

    def take(self, member: Member) -> Entry | None:
        """The next member; an Entry if it is an event.  Refused if it may not stand there."""
        if member.kind == EVENT:
            return self._take_event(member)
        self._take_datum(member)
        return None

    def append(self, type_: str, *data: str) -> tuple[Member, ...]:
        """Make the members that put this event with these data (its payload last) on the board.

        After a refusal the board is of no more use.
        """
        members = [Member(DATA, text) for text in data]
        height = 0 if self.last is None else self.last.height + 1
        event = Event(self.hash, height, type_, members[-1].hash if members else None)
        members.append(Member(EVENT, event.to_text()))
        for member in members:
            self.take(member)
        return tuple(members)

    def check_nothing_waits(self) -> None:
        """Refused if the last data belong to no event."""
        if self._waiting:
            raise _unreferenced(self._waiting[-1])

    def _take_datum(self, member: Member) -> None:
        if member.hash in self._seen:
            raise Refused("datum-twice", f"the datum {member.hash} stands there twice")
        if len(self._waiting) == _MOST_WAITING:
            raise _unreferenced(self._waiting[0])
        self._seen.add(member.hash)
        self._waiting.append(member)

    def _take_event(self, member: Member) -> Entry:
        event = Event.from_text(member.text)
        self._check_place(event)
        payload = self._payload(event)
        referred = self._referred(event, payload)
        owner = _owner(event, payload)
        if owner is not None:
            if owner in self.owners:
                raise Refused("decryption-twice", f"trustee {owner} has decrypted already")
            self.owners.add(owner)
        self._waiting.clear()
        self.last, self.hash = event, member.hash
        return Entry(event, member.hash, payload, referred)

    def _check_place(self, event: Event) -> None:
        height = 0 if self.last is None else self.last.height + 1
        if (event.parent, event.height) != (self.hash, height):
            raise Refused(
                "broken-chain",
                f"the event at height {event.height} does not follow the one before it",
                f"高度 {event.height} 的事件与前一事件不相连",
            )
        before = None if self.last is None else self.last.type
        if event.type not in _NEXT[before]:
            raise Refused(
                "out-of-sequence",
                f"{event.type} may not come after {before or 'the header'}",
                f"{before or '档案头'} 之后不能是 {event.type}",
            )

    def _payload(self, event: Event) -> Member | None:
        if (event.payload is None) != (event.type == END_BALLOTS):
            raise Refused("wrong-payload", f"the event {event.type} lacks its payload or has one")
        if event.payload is None:
            return None
        if not self._waiting or self._waiting[-1].hash != event.payload:
            raise Refused(
                "missing-payload",
                f"the payload of the event at height {event.height} does not stand before it",
                f"高度 {event.height} 的事件之前缺少其内容",
            )
        return self._waiting[-1]

    def _referred(self, event: Event, payload: Member | None) -> tuple[Member, ...]:
        """What the payload refers to: all of what waits, besides the payload."""
        waiting = {member.hash: member for member in self._waiting if member is not payload}
        names = [] if payload is None else _references(event.type, payload)
        missing = [name for name in names if name not in waiting]
        if missing:
            raise Refused(
                "missing-payload", f"the datum {missing[0]} does not stand where it is referred to"
            )
        for name, member in waiting.items():
            if name not in names:
                raise _unreferenced(member)
        return tuple(waiting[name] for name in names)


def setup_data(election: str, trustees: str, credentials: str) -> str:
    """``setup_data`` for the texts of these three."""
    names = {"election": election, "trustees": trustees, "credentials": credentials}
    return dumps({name: Member(DATA, text).hash for name, text in names.items()})


def _references(type_: str, payload: Member) -> list[str]:
    if type_ == SETUP:
        read = _referring(payload, "election", "trustees", "credentials")
        return [hash_text(value) for value in read.values()]
    if type_ == ENCRYPTED_TALLY:
        read = _referring(payload, "num_tallied", "total_weight", "encrypted_tally")
        return [hash_text(read["encrypted_tally"])]
    if type_ == PARTIAL_DECRYPTION:
        return [hash_text(_referring(payload, "owner", "payload")["payload"])]
    return []


def _referring(payload: Member, *names: str) -> dict[str, Any]:
    """A payload that refers to others, its fields in this order."""
    read = fields(canonical(payload.text, most=_MOST_REFERRING_BYTES), *names)
    if tuple(read) != names:
        raise Refused("not-canonical", "fields stand in another order than the specification's")
    return read


def _owner(event: Event, payload: Member | None) -> int | None:
    if event.type != PARTIAL_DECRYPTION or payload is None:
        return None
    return integer(_referring(payload, "owner", "payload")["owner"], most=1000)


def _unreferenced(member: Member) -> Refused:
    return Refused(
        "unreferenced",
        f"the datum {member.hash} belongs to no event",
        f"数据 {member.hash} 不属于任何事件",
    )
