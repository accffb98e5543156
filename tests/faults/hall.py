"""An electronic vote over HTTP on a whole system, and what kills parts of a system meanwhile."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from deploy.local import environment
from deploy.local.system import System
from services.ballot.annex.copying import Mark
from services.ballot.belenios.ballot import Ballot

from ..chassis.house import until
from ..desk import PATIENCE, Desk
from ..services.ballot.voting import Vote


def hold(desk: Desk, **rules: Any) -> Vote:
    """A vote on a running system, open, with its credentials handed out."""
    return Vote(lambda _: desk, box=lambda ballot: ballot, **rules).ready()


class Deputies:
    """Deputies at their devices, each with one ballot under way, pausing between two of them."""

    def __init__(self, vote: Vote, choices: list[list[tuple[Mark, ...]]], pause: float) -> None:
        self.vote = vote
        self.choices = choices
        self.pause = pause
        #: Made before the faults begin: nothing but casting is under way then.
        self.ballots = [
            [vote.made(deputy, *marks) for marks in own] for deputy, own in enumerate(choices)
        ]
        self.receipts: dict[str, Any] = {}
        self.failures: list[str] = []
        self._threads = [
            threading.Thread(target=self._run, args=(deputy,)) for deputy in range(len(choices))
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until everybody has voted; nobody may have been refused."""
        for thread in self._threads:
            thread.join(2 * PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads)
        assert not self.failures, self.failures[:3]

    def cast(self, deputy: int, ballot: Ballot) -> Any:
        """Cast a ballot until there is an answer."""
        return self.vote.cast(deputy, ballot)

    def _run(self, deputy: int) -> None:
        rng = random.Random(deputy)
        for ballot in self.ballots[deputy]:
            try:
                time.sleep(rng.uniform(0, 2 * self.pause))
                self.receipts[ballot.tracker] = self.cast(deputy, ballot)
            except Exception as exc:
                self.failures.append(repr(exc))
                return


class Killer:
    """Kills processes of a system in an order of its own; the supervisor starts them again."""

    def __init__(self, system: System, seed: int) -> None:
        self.system = system
        self.rng = random.Random(seed)
        self.killed: Counter[str] = Counter()

    def kill(self, *programs: str) -> None:
        """Kill one process of these programs, as a power cut would."""
        name, pid = self.rng.choice(until(lambda: self._running(programs)))
        os.kill(pid, signal.SIGKILL)
        self.killed[environment.PROCESSES[name]] += 1

    def _running(self, programs: Sequence[str]) -> list[tuple[str, int]]:
        """The processes of these programs that run now; none while they are started again."""
        pids = sorted(self.system.pids().items())
        return [(name, pid) for name, pid in pids if environment.PROCESSES[name] in programs]

    def restart(self, what: Any) -> None:
        """Kill a broker or a database, and start it again, from the thread that started it."""
        what.kill()
        what.start()
        self.killed[type(what).__name__] += 1

    def strike(self, faults: list[Any]) -> None:
        """In an order of its own: kill programs, by name; restart brokers and databases."""
        self.rng.shuffle(faults)
        for fault in faults:
            self.wait(0.3, 1.2)
            if isinstance(fault, str):
                self.kill(fault)
            else:
                self.restart(fault)

    def wait(self, shortest: float, longest: float) -> None:
        """Some time between two faults."""
        time.sleep(self.rng.uniform(shortest, longest))


class Aside:
    """Something done beside the faults; ``join`` raises what it raised."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether it is not done."""
        return self._thread.is_alive()

    def join(self) -> Any:
        """Wait for its end; what it gave."""
        self._thread.join(120)
        assert not self.busy
        if self._error:
            raise self._error
        return self.result

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            self.result = work()
        except BaseException as exc:
            self._error = exc
