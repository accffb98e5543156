"""A crowd (演练): many synthetic deputies who vote at once, with true ballots, over HTTP.

For rehearsals before the day, the demonstration and the load test.  Never for real deputies: only
an election whose name says that it is a rehearsal is voted in (:func:`check_rehearsal`), since on
the day nobody holds the tokens and the credentials of more than one deputy.

All ballots are made first, in processes of their own; then they are cast over as many kept
connections as are asked for, so that what is measured is the service and not the clients.
"""

from __future__ import annotations

import math
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from services.ballot.annex.manifest import Manifest
from services.ballot.belenios.ballot import Prepared
from services.ballot.belenios.election import Election

from . import voter
from .crowd_file import Deputy
from .gateway import Gateway
from .trouble import Trouble
from .voter import Vote

#: An election in whose name one of these stands is no real one.
MARKS = ("演练", "演示", "合成", "rehearsal", "synthetic")
_CHUNK = 4

#: Called whenever a ballot is made, or cast or refused.
Advance = Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one vote; ``code``: why it was not cast, None if it was.

    ``seconds``: from the decision to cast until the receipt was checked, with all repetitions.
    """

    code: str | None
    seconds: float
    repeated: int


@dataclass(frozen=True)
class Rehearsal:
    """What a crowd did; ``making`` and ``casting`` in seconds."""

    uuid: str
    connections: int
    processes: int
    making: float
    casting: float
    outcomes: tuple[Outcome, ...]

    @property
    def cast(self) -> int:
        """How many votes stand on the board, each with a receipt that was checked."""
        return sum(one.code is None for one in self.outcomes)

    @property
    def whole(self) -> bool:
        """Whether all were cast."""
        return self.cast == len(self.outcomes)

    def percentile(self, share: float) -> float:
        """The least number of seconds within which this share of the cast votes were."""
        found = sorted(one.seconds for one in self.outcomes if one.code is None)
        return found[max(math.ceil(share * len(found)), 1) - 1] if found else 0.0

    def to_data(self) -> dict[str, Any]:
        """For ``--json``: no token, no credential, no mark and no tracker."""
        return {
            "uuid": self.uuid,
            "voters": len(self.outcomes),
            "connections": self.connections,
            "processes": self.processes,
            "cast": self.cast,
            "refused": dict(sorted(Counter(o.code for o in self.outcomes if o.code).items())),
            "repeated": sum(one.repeated for one in self.outcomes),
            "making_seconds": round(self.making, 3),
            "casting_seconds": round(self.casting, 3),
            "casts_per_second": round(self.cast / self.casting, 2) if self.casting else 0.0,
            "seconds": {f"p{n}": round(self.percentile(n / 100), 4) for n in (50, 95, 99)},
        }


def check_rehearsal(vote: Vote) -> None:
    """Trouble unless the election's name, to which every ballot is bound, says that it is none."""
    name = vote.election.name
    if not any(mark in name.lower() for mark in MARKS):
        raise Trouble(
            "not-a-rehearsal",
            f"“{name}”不是演练:名称中应有 {'、'.join(MARKS[:3])} 之一;绝不代真实代表投票",
            f"a rehearsal's name holds one of {', '.join(MARKS)}; real deputies vote themselves",
        )


def rehearse(
    url: str,
    uuid: str,
    deputies: Sequence[Deputy],
    *,
    insecure: bool = False,
    connections: int = 16,
    processes: int = 1,
    within: float = 0.0,
    patience: float = 60.0,
    making: Advance = lambda: None,
    casting: Advance = lambda: None,
) -> Rehearsal:
    """Let a crowd vote; Trouble before anybody does if the election or a ballot is not in order.

    ``within``: seconds over which the deputies are spread evenly, 0: all at once.  ``patience``:
    seconds for which one vote is sent again, under the same tracker, while nobody answers.
    """
    with closing(Gateway(url, insecure=insecure, patience=patience)) as gateway:
        vote = voter.fetch(gateway, uuid)
    check_rehearsal(vote)
    began = time.monotonic()
    prepared = []
    for one in _made(vote, deputies, processes):
        prepared.append(one)
        making()
    made = time.monotonic()
    ballots = list(zip(deputies, prepared, strict=True))
    crowd = _Crowd(url, insecure, vote, ballots, within, patience, casting)
    outcomes = crowd.cast(min(connections, len(deputies)))
    return Rehearsal(
        uuid, connections, processes, made - began, time.monotonic() - made, tuple(outcomes)
    )


class Line(Gateway):
    """A kept connection over which one deputy after another speaks; it counts repetitions."""

    def __init__(self, url: str, *, insecure: bool, patience: float) -> None:
        super().__init__(url, insecure=insecure, patience=patience, sleep=self._again)
        self.repeated = 0

    def speak_for(self, token: str) -> None:
        """From now on with this deputy's token."""
        self._token = token
        self._session.headers["Authorization"] = f"Bearer {token}"

    def _again(self, seconds: float) -> None:
        self.repeated += 1
        time.sleep(seconds)


class _Crowd:
    """Ballots on their way: connections take the next deputy when her time has come."""

    def __init__(
        self,
        url: str,
        insecure: bool,
        vote: Vote,
        ballots: Sequence[tuple[Deputy, Prepared]],
        within: float,
        patience: float,
        advance: Advance,
    ) -> None:
        self._url, self._insecure, self._vote, self._ballots = url, insecure, vote, ballots
        self._within, self._patience, self._advance = within, patience, advance
        self._next: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._outcomes: dict[int, Outcome] = {}

    def cast(self, connections: int) -> list[Outcome]:
        """Cast all; what became of each, in the deputies' order."""
        for place in range(len(self._ballots)):
            self._next.put(place)
        began = time.monotonic()
        with ThreadPoolExecutor(connections) as pool:
            for one in [pool.submit(self._work, began) for _ in range(connections)]:
                one.result()
        return [self._outcomes[place] for place in range(len(self._ballots))]

    def _work(self, began: float) -> None:
        with closing(self._line()) as line:
            while (place := self._taken()) is not None:
                due = began + self._within * place / len(self._ballots)
                time.sleep(max(0.0, due - time.monotonic()))
                self._outcomes[place] = self._cast(line, *self._ballots[place])
                self._advance()

    def _line(self) -> Line:
        return Line(self._url, insecure=self._insecure, patience=self._patience)

    def _taken(self) -> int | None:
        try:
            return self._next.get_nowait()
        except queue.Empty:
            return None

    def _cast(self, line: Line, deputy: Deputy, prepared: Prepared) -> Outcome:
        line.speak_for(deputy.token)
        began, before = time.monotonic(), line.repeated
        code = None
        try:
            voter.cast(line, self._vote, deputy.credential, prepared)
        except Trouble as trouble:
            code = trouble.code
        return Outcome(code, time.monotonic() - began, line.repeated - before)


def _made(vote: Vote, deputies: Sequence[Deputy], processes: int) -> Iterator[Prepared]:
    """The ballots, in the deputies' order; Trouble with the first that cannot be made."""
    if processes < 2 or len(deputies) < 2 * _CHUNK:
        yield from (_make(vote, one) for one in deputies)
        return
    setting = vote.election.text, vote.manifest.to_data(), vote.roll
    pool = ProcessPoolExecutor(processes, initializer=_set, initargs=setting)
    try:
        yield from pool.map(_make_here, deputies, chunksize=_CHUNK)
    finally:
        pool.shutdown(cancel_futures=True)


def _make(vote: Vote, deputy: Deputy) -> Prepared:
    marks = None if deputy.blank else voter.marks_of(vote, deputy.approve, deputy.oppose)
    return voter.make(vote, deputy.credential, marks)


#: Of a worker process: the election, with its tables.
_setting: list[Vote] = []


def _set(election: str, manifest: dict[str, Any], roll: frozenset[str]) -> None:
    _setting[:] = [Vote(Election.from_text(election), Manifest.from_data(manifest), roll)]


def _make_here(deputy: Deputy) -> Prepared:
    return _make(_setting[0], deputy)
