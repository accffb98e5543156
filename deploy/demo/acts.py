"""What people do in the hall with programs of their own: credentials, keys, votes, verification."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import actors
from .hall import Hall, Program, found
from .request import Actor, Ref
from .ticks import Ticks

#: Where the credentials office works, without a network but for its first and last command.
OFFICE = "credentials-office"
_ARCHIVE, _ANNEX = "application/x-tar", "application/x-ndjson"
#: Of how the deputies vote: connections side by side, processes that make ballots.
_CONNECTIONS, _PROCESSES = "16", "2"
_TOOL = "belenios-tool"

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
class Credentials:
    """The credentials office makes a credential for every deputy, offline, and prints the letters.

    Only the public lists come back, and are registered.
    """

    ballot: Ref
    title: str
    day: str
    size: int = 3

    def perform(self, hall: Hall, advance: Advance) -> None:
        """Plan, make, register."""
        office, plan = hall.of(OFFICE), hall.of(OFFICE) / "plan.json"
        login = hall.login(OFFICE, actors.CREDENTIALS_OFFICE)
        ballot = str(hall.caller.find(self.ballot))
        hall.run("ballot", "credentials", "plan", ballot, "--output", plan, *login)
        advance()
        made = ("--title", self.title, "--folder", office / "made", *hall.passphrase(OFFICE))
        hall.run("ballot", "credentials", "make", plan, *made)
        advance()
        lists = sorted((office / "made").glob("public-*.json"))
        hall.run("ballot", "credentials", "register", *lists, "--on", self.day, *login)
        advance()


@dataclass(frozen=True)
class Ceremony:
    """The scrutineers make their keys, each with her own program and in her own folder."""

    ballot: Ref
    trustees: tuple[Actor, ...]

    @property
    def size(self) -> int:
        """How many take part."""
        return len(self.trustees)

    def perform(self, hall: Hall, advance: Advance) -> None:
        """All at once, since each waits for the others."""
        ballot = str(hall.caller.find(self.ballot))
        command = ("ballot", "trustee", "ceremony", ballot, "--poll", "0.3")
        _side_by_side(hall, command, self.trustees, advance)


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
            who = _computer(one)
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


@dataclass(frozen=True)
class Cosigning:
    """Scrutineers sign the end, each from her own copy, which she verifies first."""

    election: Ref
    trustees: tuple[Actor, ...]
    command: str = "cosign"

    @property
    def size(self) -> int:
        """How many."""
        return len(self.trustees)

    def perform(self, hall: Hall, advance: Advance) -> None:
        """At once; whoever still follows is waited for."""
        hall.wait_for("follow")
        uuid = str(hall.caller.find(self.election))
        command = ("ballot", "trustee", self.command, uuid, "--processes", "1")
        _side_by_side(hall, command, self.trustees, advance)


def decrypting(election: Ref, trustees: tuple[Actor, ...]) -> Cosigning:
    """The scrutineers who are there decrypt the one aggregate."""
    return Cosigning(election, trustees, "decrypt")


@dataclass(frozen=True)
class Verification:
    """Anybody fetches archive and annex and verifies them, without the server; says the last line.

    The receipts of those who voted alone must be honoured.  ``tool``: Debian's ``belenios-tool``
    verifies the archive as well, which knows the group.
    """

    election: Ref
    tool: bool

    @property
    def size(self) -> int:
        """How many programs verify."""
        return 1 + self.tool

    def perform(self, hall: Hall, advance: Advance) -> None:
        """Both files stay in the demo's folder."""
        uuid = str(hall.caller.find(self.election))
        archive, annex = hall.folder / "vote.bel", hall.folder / "vote.annex"
        archive.write_bytes(hall.caller.fetch(f"/v1/elections/{uuid}/archive", _ARCHIVE))
        annex.write_bytes(hall.caller.fetch(f"/v1/elections/{uuid}/annex", _ANNEX))
        receipts = [
            part
            for path in sorted(hall.of("deputies").glob("*/receipt.json"))
            for part in ("--receipt", path)
        ]
        said = hall.run("ballot", "verify", archive, "--annex", annex, *receipts)
        hall.say(f"  minsheng ballot verify {archive.name} --annex {annex.name}: {_last(said)}")
        advance()
        if self.tool:
            self._verify_by_tool(hall, archive, uuid)
            advance()

    def _verify_by_tool(self, hall: Hall, archive: Path, uuid: str) -> None:
        if not hall.install(_TOOL):
            hall.say(f"  {_TOOL}: 未安装,未核对 is not installed, so it verified nothing")
            return
        folder = hall.of("anybody")
        shutil.copy(archive, folder / f"{uuid}.bel")
        said = hall.start_program([_TOOL, "election", "verify", "--dir", folder]).output()
        hall.say(f"  {_TOOL} election verify: {_last(said)}")


def _side_by_side(
    hall: Hall, command: tuple[str, ...], people: tuple[Actor, ...], advance: Advance
) -> None:
    """Each runs a scrutineer's command on her own computer."""
    started = []
    for one in people:
        who = _computer(one)
        own = ("--folder", hall.of(who), *hall.passphrase(who), *hall.login(who, one))
        started.append(hall.start(*command, *own))
    for program in started:
        program.output()
        advance()


def _computer(actor: Actor) -> str:
    return str(actor.subject).removeprefix("demo-")


def _letters(hall: Hall) -> dict[int, str]:
    """The credential in each letter, by its number from 1: what a deputy reads in hers."""
    text = (hall.of(OFFICE) / "made" / "letters.html").read_text("utf-8")
    return dict(enumerate(re.findall(r'data-credential="([^"]+)"', text), 1))


def _last(said: str) -> str:
    return (said.strip().splitlines() or [""])[-1]
