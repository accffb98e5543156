"""What people do in the hall with programs of their own before and after the vote."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import actors
from .hall import OFFICE, Hall, computer
from .request import Actor, Ref

_ARCHIVE, _ANNEX = "application/x-tar", "application/x-ndjson"
_TOOL = "belenios-tool"

Advance = Callable[[], None]


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
        who = computer(one)
        own = ("--folder", hall.of(who), *hall.passphrase(who), *hall.login(who, one))
        started.append(hall.start(*command, *own))
    for program in started:
        program.output()
        advance()


def _last(said: str) -> str:
    return (said.strip().splitlines() or [""])[-1]
