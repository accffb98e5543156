"""Archives of whole elections, made by our library, and how long who takes to verify them.

Debian's ``belenios-tool`` (release 2.0) is the baseline: it judges the same files, in the one group
that both know.  Ours judges more, with the annex beside the archive.
"""

from __future__ import annotations

import functools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.ballot.annex import copying
from services.ballot.annex.copying import Mark
from services.ballot.annex.verification import verify
from services.ballot.belenios.ballot import sign
from services.ballot.belenios.tally import RunningTally
from tests.services.ballot.annex.elections import UUID, Vote
from tests.services.ballot.annex.tool import Tool

CANDIDATES, MOST = 13, 10
TOOL = "belenios-tool"
#: The only group of which Debian's release reads what 3.x writes.
SHARED = "BELENIOS-2048"
CORES = len(os.sched_getaffinity(0))
#: Ballots that are made to take the time of one, and runs of the tool for the same.
_MADE, _RUNS = 15, 5

Advance = Callable[[], None]


class Held(Vote):
    """A vote whose product is computed once, when nothing is cast any more."""

    def __init__(self, group: str, kind: int, voters: int) -> None:
        super().__init__(group, kind=kind, candidates=CANDIDATES, most=MOST, voters=voters)

    def running(self) -> RunningTally:
        """The product of all ballots."""
        return self._product

    @functools.cached_property
    def _product(self) -> RunningTally:
        return super().running()


def hold(folder: Path, group: str, kind: int, voters: int) -> Path:
    """An election in which everybody votes, of 2 of 3 trustees: its archive, the annex beside."""
    vote = Held(group, kind, voters)
    for voter in range(voters):
        vote.vote(voter)
    vote.finish(1, 2, 3)
    # The tool wants a folder with one archive in it, of the election's name.
    folder.mkdir(parents=True)
    archive = folder / f"{UUID}.bel"
    archive.write_bytes(vote.archive)
    archive.with_suffix(".annex").write_bytes(vote.annex)
    return archive


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock; of computing in this process, and in those that it ran meanwhile."""

    seconds: float
    own: float
    children: float


def verifying(
    archive: Path, group: str, rounds: int, advance: Advance
) -> dict[str, dict[str, float]]:
    """Seconds of each way to verify an archive: rounds of all alternate, medians are told.

    ``computing``: without what else the machine did, on all cores together.
    """
    ways: dict[str, Callable[[], None]] = {
        "process, 1 core": lambda: _by_command(archive, 1),
        f"process, {CORES} cores": lambda: _by_command(archive, CORES),
        "library, 1 core": lambda: _by_library(archive),
    }
    if group == SHARED:
        ways = {TOOL: lambda: _by_tool(archive), **ways}
    times: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].append(took(way))
            advance()
    return {
        name: {
            "seconds": statistics.median(one.seconds for one in each),
            "computing": statistics.median(one.own + one.children for one in each),
        }
        for name, each in times.items()
    }


def ways(group: str) -> int:
    """In how many ways an archive of this group is verified."""
    return 3 + (group == SHARED)


def making(folder: Path, group: str, kind: int) -> dict[str, float]:
    """Seconds to make one ballot: ours encrypted and signed; the tool's is a process each.

    The tool knows of no copies: of a ballot of kind 3 it encrypts the same choices twice.
    ``start``: what its process costs before it has anything to do.
    """
    vote = Vote(group, kind=kind, candidates=CANDIDATES, most=MOST, voters=1)
    plain = [copying.make_plaintext(kind, vote.random_marks()) for _ in range(_MADE)]

    def make(plaintext: list[list[int]]) -> None:
        made = copying.prepare(vote.election, kind, vote.credentials[0], plaintext)
        sign(vote.election, vote.credentials[0], made.ballot)

    make(plain[0])  # the tables of the key are not part of a ballot
    found = {"library": _median([functools.partial(make, one) for one in plain])}
    if group == SHARED:
        program = _tool_of_one(folder, vote)
        (folder / "choices").write_text(json.dumps(plain[0]))
        files = ("--privcred", "credential", "--ballot", "choices")
        found[TOOL] = _median([lambda: program.run("election generate-ballot", *files)] * _RUNS)
        found["start"] = _median([lambda: program.run("--version")] * _RUNS)
    return found


def took(work: Callable[[], Any]) -> Spent:
    """What some work takes."""
    began, own, children = time.perf_counter(), time.process_time(), _of_children()
    work()
    seconds = time.perf_counter() - began
    return Spent(seconds, time.process_time() - own, _of_children() - children)


def run_command(*command: str) -> None:
    """Run a process; RuntimeError with what it said if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def random_marks(kind: int, rng: random.Random) -> list[Mark]:
    """A choice of at most ten, as an example deputy makes one."""
    approved = rng.sample(range(CANDIDATES), rng.randint(1, MOST))
    others = [Mark.ABSTAIN] if kind == copying.SOME else [Mark.ABSTAIN, Mark.OPPOSE]
    return [Mark.APPROVE if i in approved else rng.choice(others) for i in range(CANDIDATES)]


def _by_tool(archive: Path) -> None:
    run_command(TOOL, "election", "verify", "--dir", str(archive.parent))


def _by_command(archive: Path, processes: int) -> None:
    command = (sys.executable, "-m", "services.chassis.cli", "ballot", "verify", str(archive))
    annex = str(archive.with_suffix(".annex"))
    run_command(*command, "--annex", annex, "--processes", str(processes))


def _by_library(archive: Path) -> None:
    for claim in _claims(archive):
        if not claim.holds:
            raise RuntimeError(f"{archive}: it does not hold that {claim.en}: {claim.refused}")


def _claims(archive: Path) -> Iterator[Any]:
    return verify(archive.read_bytes(), archive.with_suffix(".annex").read_bytes())


def _median(works: Sequence[Callable[[], Any]]) -> float:
    return statistics.median(took(work).seconds for work in works)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tool_of_one(folder: Path, vote: Vote) -> Tool:
    """The tool in an election of its own, with the same questions and credentials that it makes."""
    folder.mkdir(parents=True)
    tool = Tool(TOOL, folder)
    options = ("--uuid", tool.run("setup generate-token").strip(), "--group", SHARED)
    tool.run("setup generate-credentials", *options, "--count", "1")
    tool.run("setup generate-trustee-key", "--group", SHARED)
    _gather(folder, "*.pubkey", "public_keys.jsons")
    _gather(folder, "*.pubcreds", "public_creds.json")
    (secret,) = folder.glob("*.privcreds")
    (folder / "credential").write_text(secret.read_text().split()[-1])
    asked = [one.to_data() for one in vote.election.questions]
    template = {"description": "示例", "name": "示例票决", "questions": asked}
    (folder / "questions.json").write_text(json.dumps(template))
    tool.run("setup make-trustees")
    tool.run("setup make-election", *options, "--template", "questions.json")
    tool.run("archive init")
    return tool


def _gather(folder: Path, pattern: str, name: str) -> None:
    (folder / name).write_text("".join(one.read_text() for one in sorted(folder.glob(pattern))))
