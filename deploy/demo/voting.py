"""How the deputies vote: a crowd by one program, a few by their own, while scrutineers follow."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from . import actors
from .hall import OFFICE, Hall, Program, computer, found
from .request import Actor, Ref
from .ticks import Ticks

#: Of the crowd: connections side by side, processes that make ballots.
_CONNECTIONS, _PROCESSES = "16", "2"

Advance = Callable[[], None]


@dataclass(frozen=True)
class Voter:
    """A deputy who votes: the name of her enrolment, the number of her letter, what she ticks."""

    name: str
    letter: int
    ticks: Ticks

    @property
    def actor(self) -> Actor:
        """Who she is."""
        return actors.deputy(self.name)


@dataclass(frozen=True)
class Voting:
    """The deputies vote, while scrutineers follow the board until its end.

    ``crowd`` votes by one program; each of ``alone`` runs the deputy's own, and the first of them
    has a ballot opened and checked before she casts another one.
    """

    election: Ref
    ballot: Ref
    followers: tuple[Actor, ...]
    crowd: tuple[Voter, ...]
    alone: tuple[Voter, ...]

    @property
    def size(self) -> int:
        """How many vote."""
        return len(self.voters)

    @property
    def voters(self) -> tuple[Voter, ...]:
        """All of them."""
        return self.crowd + self.alone

    def perform(self, hall: Hall, advance: Advance) -> None:
        """Whoever follows goes on in the background, until the end stands on the board."""
        uuid, told = str(hall.caller.find(self.election)), _Cast(hall, self, advance)
        follow = ("ballot", "trustee", "follow", uuid, "--until", "end", "--poll", "1")
        for one in self.followers:
            who = computer(one)
            login = hall.login(who, one)
            hall.start(*follow, "--processes", "1", "--folder", hall.of(who), *login)
        letters, numbers = _letters(hall), self._numbers(hall)
        crowd = self._crowd(hall, uuid, letters, numbers) if self.crowd else None
        for number, voter in enumerate(self.alone):
            mine = _Booth(hall, uuid, voter, letters[voter.letter], numbers)
            if number == 0:
                mine.check()
            mine.cast()
            told.look()
        if crowd is not None:
            while crowd.running:
                told.look()
                time.sleep(0.5)
            crowd.output()
        told.look()

    def _numbers(self, hall: Hall) -> dict[str, int]:
        """On which line of the ballot each candidate stands, by the name of its proposal."""
        found = hall.caller.get(f"/v1/ballots/{hall.caller.find(self.ballot)}")
        ids = found["rounds"][-1]["candidate_ids"]
        names = {name for one in self.voters for name in one.ticks}
        return {name: ids.index(hall.caller.find(Ref(name))) + 1 for name in names}

    def _crowd(
        self, hall: Hall, uuid: str, letters: dict[int, str], numbers: dict[str, int]
    ) -> Program:
        voters = [
            {
                "token": hall.token(one.actor),
                "credential": letters[one.letter],
                "approve": sorted(numbers[name] for name in one.ticks),
            }
            for one in self.crowd
        ]
        file = hall.write(hall.of("deputies") / "crowd.json", json.dumps({"voters": voters}))
        how = ("--connections", _CONNECTIONS, "--processes", _PROCESSES)
        measured = ("--json", hall.folder / "vote.json")
        return hall.start("ballot", "rehearse", uuid, "--voters", file, *how, *measured)


class _Cast:
    """Advances the bar by the ballots that stand on the board."""

    def __init__(self, hall: Hall, voting: Voting, advance: Advance) -> None:
        self._hall, self._advance, self._known = hall, advance, 0
        self._path = f"/v1/elections/{hall.caller.find(voting.election)}"

    def look(self) -> None:
        """What has come since the last look."""
        cast = self._hall.caller.get(self._path)["cast"]
        for _ in range(cast - self._known):
            self._advance()
        self._known = cast


class _Booth:
    """One deputy with the program of her own."""

    def __init__(
        self, hall: Hall, uuid: str, voter: Voter, credential: str, numbers: dict[str, int]
    ) -> None:
        self._hall, who = hall, voter.name.replace("/", "-")
        self._folder = hall.of("deputies") / who
        self._folder.mkdir(exist_ok=True)
        marks = " ".join(str(numbers[name]) for name in sorted(voter.ticks))
        self._command = (
            *("ballot", "vote", uuid, *hall.login(f"deputies/{who}", voter.actor)),
            *("--credential-file", hall.write(self._folder / "credential", credential)),
            *("--marks-file", hall.write(self._folder / "marks", f"approve {marks}\n")),
        )

    def check(self) -> None:
        """Have a ballot opened, and look at it on a second device: then it is never cast."""
        opened = self._folder / "opened.json"
        said = self._hall.run(*self._command, "--check", "--output", opened)
        commitment = found(r"commitment: (\S+)", said)
        self._hall.run("ballot", "check", opened, "--commitment", commitment)

    def cast(self) -> None:
        """Cast a ballot, and keep the receipt."""
        self._hall.run(*self._command, "--cast", "--output", self._folder / "receipt.json")


def _letters(hall: Hall) -> dict[int, str]:
    """The credential in each letter, by its number from 1: what a deputy reads in hers."""
    text = (hall.of(OFFICE) / "made" / "letters.html").read_text("utf-8")
    return dict(enumerate(re.findall(r'data-credential="([^"]+)"', text), 1))
