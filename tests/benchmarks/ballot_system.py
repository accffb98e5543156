"""Casting through the gateway, and the way from the close to the certified result."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from deploy.local.environment import PROCESSES
from deploy.local.system import System
from services.ballot.annex.workers import Judged, judge
from services.ballot.client import voter
from tests.services.ballot.congress import CLOSING

from .ballot_archives import CORES, Advance, run_command, took
from .ballot_congress import CHIEF, PASSPHRASE, TRUSTEES, Assembly, Ballot

#: Ballots whose check gives what the proofs alone would allow.
_CHECKED = 10
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(
    folder: Path,
    elections: Sequence[tuple[str, int]],
    *,
    voters: int,
    connections: Sequence[int],
    minute: float,
    advance: Advance,
) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """Casting and counting of every (group, kind), on one system that runs all the while."""
    chosen = {"MINSHENG_LOG_LEVEL": "warning", "MINSHENG_NIGHTLY": ""}
    system = System(folder / "minsheng", chosen=chosen, say=lambda text: None)
    with system, contextlib.closing(Assembly(system, folder / "people", voters)) as assembly:
        here = Here(system, assembly)
        for group, kind in elections:
            one: dict[str, Any] = {"turns": here.turns(group, kind, voters, connections)}
            advance()
            ballot = assembly.open(group, kind, voters)
            one["minute"] = here.cast(ballot, voters, seconds=minute)
            advance()
            one["result"] = here.count(ballot)
            advance()
            yield (group, kind), one


def steps(elections: Sequence[Any]) -> int:
    """How often the above advances."""
    return 3 * len(elections)


class Here:
    """A system with its assembly; both on this machine."""

    def __init__(self, system: System, assembly: Assembly) -> None:
        self.system, self.assembly = system, assembly

    def turns(
        self, group: str, kind: int, voters: int, connections: Sequence[int]
    ) -> dict[str, Any]:
        """Ballots per second on so many connections; beside it, what the proofs alone allow."""
        ballot = self.assembly.open(group, kind, voters)
        made = self.assembly.ballots(ballot, voters)
        share = len(made) // len(connections)
        parts = {n: made[i * share : (i + 1) * share] for i, n in enumerate(connections)}
        found: dict[str, Any] = {}
        for number, part in parts.items():
            found[str(number)] = self._load(ballot, part, connections=number)
        seconds = self._checking(ballot, [one["text"] for one in made[:_CHECKED]])
        return found | {"proofs": {"seconds": seconds, "per_second": CORES / seconds}}

    def cast(self, ballot: Ballot, voters: int, *, seconds: float) -> dict[str, Any]:
        """Everybody within so many seconds."""
        return self._load(ballot, self.assembly.ballots(ballot, voters), seconds=seconds)

    def count(self, ballot: Ballot) -> dict[str, Any]:
        """From the close to the certificate; the trustees' commands are processes, each alone.

        ``computing``: on its longest way, as trustees work side by side on machines of their own:
        the service's, and of every step the slowest trustee's.  From cold, each trustee first has
        a copy from nothing, every proof checked on all cores.
        """
        for who in TRUSTEES:
            self._trustee(ballot, who, "follow")
        election = f"elections/{ballot.uuid}"
        parts = {"close": [self._chief(f"{election}/closing")]}
        first = self._step(lambda: run_command(*self._command(ballot, "somebody", "follow")))
        for command in ("cosign", "decrypt"):
            parts[command] = [self._trustee(ballot, who, command) for who in TRUSTEES]
        parts["tally"] = [self._chief(f"{election}/tally")]
        parts["certify"] = [self._chief(f"ballots/{ballot.id}/certification", chief_absent=False)]
        followed = {
            "computing": sum(
                sum(one["service"] for one in each) + max(one["command"] for one in each)
                for each in parts.values()
            ),
            "wall": sum(max(one["wall"] for one in each) for each in parts.values()),
        }
        cold = {
            "computing": followed["computing"] + first["service"] + first["command"],
            "wall": followed["wall"] + first["wall"],
        }
        return {"parts": parts, "first_copy": first, "followed": followed, "cold": cold}

    def _chief(self, path: str, **said: Any) -> dict[str, float]:
        body = {"happened_on": CLOSING, **said}
        return self._step(lambda: self.assembly.post(CHIEF, path, body))

    def _trustee(self, ballot: Ballot, who: str, command: str) -> dict[str, float]:
        run = self._command(ballot, who, "trustee", command, until=command == "follow")
        if command != "follow":
            words = self.assembly.folder / ballot.uuid / who / "words"
            words.write_text(PASSPHRASE)
            run += ["--passphrase-file", str(words)]
        return self._step(lambda: run_command(*run))

    def _command(self, ballot: Ballot, who: str, *command: str, until: bool = True) -> list[str]:
        """One of the command line's, in somebody's folder; ``until`` what is there now."""
        folder = self.assembly.folder / ballot.uuid / who
        folder.mkdir(parents=True, exist_ok=True)
        token = folder / "token"
        token.write_text(self.assembly.token(who, "scrutineer"))
        run = [sys.executable, "-m", "services.chassis.cli", "ballot", *command]
        run += [ballot.uuid, "--folder", str(folder), "--gateway", self.assembly.url]
        run += ["--token-file", str(token)]
        return [*run, "--until", "now"] if until else run

    def _step(self, work: Callable[[], Any]) -> dict[str, float]:
        """Seconds: on the clock, of computing in the system, and in commands that it ran."""
        before = self._computed()
        spent = took(work)
        service = (self._computed() - before).total()
        return {"wall": spent.seconds, "service": service, "command": spent.children}

    def _computed(self) -> Counter[str]:
        """Seconds that each of the system's programs has computed so far."""
        seconds: Counter[str] = Counter()
        for process, pid in self.system.pids().items():
            seconds[PROCESSES[process]] += _of_process(pid)  # type: ignore[assignment]
        return seconds

    def _checking(self, ballot: Ballot, texts: Sequence[str]) -> float:
        """Seconds to check a ballot, by itself."""
        election = voter.fetch(self.assembly.gateway("clerk"), ballot.uuid).election
        for _ in range(2):  # the first makes the tables
            began = time.perf_counter()
            if not all(isinstance(judge(election, ballot.kind, text), Judged) for text in texts):
                raise RuntimeError("a good ballot was refused")
            seconds = (time.perf_counter() - began) / len(texts)
        return seconds

    def _load(self, ballot: Ballot, made: list[dict[str, str]], **how: Any) -> dict[str, Any]:
        url = f"{self.assembly.url}/v1/elections/{ballot.uuid}/ballots"
        command = [sys.executable, "-m", "tests.benchmarks.ballot_load"]
        given = json.dumps({"url": url, "ballots": made, **how})
        before = self._computed()
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout) | how
        spent = {name: s / len(made) for name, s in (self._computed() - before).items()}
        return found | {"service": sum(spent.values()), "programs": spent}


def _of_process(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
