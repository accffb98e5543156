"""The hall (会场) of the vote: people with programs of their own, each with files of her own.

All of it are the programs that a real vote uses, started as anybody starts them; what they write is
kept in the demo's folder, secrets included, for everything in it is synthetic.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.local import children
from deploy.local.packages import install, may_install
from deploy.local.system import ROOT, System

from .client import Caller, Refused
from .request import Actor, Ref

#: Where the credentials office works, without a network but for its first and last command.
OFFICE = "credentials-office"
_PASSPHRASE = "合成口令,仅供演示 synthetic, for the demo only\n"  # noqa: S105 - it guards nothing
#: Seconds in which no program of the hall is expected to take longer.
_LONGEST = 900.0


@dataclass(frozen=True)
class Program:
    """One that was started, and where its output goes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def output(self) -> str:
        """All that it said, once it has ended well; raises Refused with its last line otherwise."""
        try:
            code = self.process.wait(_LONGEST)
        except subprocess.TimeoutExpired as exc:
            raise Refused(f"{self.name}: still runs after {_LONGEST:.0f} s") from exc
        said = self.log.read_text("utf-8", "replace")
        if code:
            raise Refused(f"{self.name}: {(said.strip().splitlines() or [str(code)])[-1]}")
        return said


class Hall:
    """Starts the programs; ends those that are left when the vote breaks off.

    ``folder``: the demo's; ``say``: shows a line.
    """

    def __init__(
        self, system: System, caller: Caller, folder: Path, say: Callable[[str], None]
    ) -> None:
        self.caller, self.say = caller, say
        self.folder = folder.resolve()
        self._env = system.env | {"MINSHENG_GATEWAY_URL": system.gateway_url}
        self._started: list[Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for program in self._started:
            children.end(program.process)

    def of(self, who: str) -> Path:
        """The folder of somebody's own computer."""
        made = self.folder / "hall" / who
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
        return made

    def token(self, actor: Actor) -> str:
        """Somebody's access token."""
        subject = actor.subject
        if isinstance(subject, Ref):
            subject = str(self.caller.find(subject))
        return self.caller.token(subject, actor.roles)

    def login(self, who: str, actor: Actor) -> tuple[str, str]:
        """The option with which a program is told whose it is."""
        return "--token-file", self.write(self.of(who) / "token", self.token(actor))

    def passphrase(self, who: str) -> tuple[str, str]:
        """The option with which a program is told its owner's passphrase."""
        return "--passphrase-file", self.write(self.of(who) / "passphrase", _PASSPHRASE)

    def write(self, path: Path, text: str) -> str:
        """Write a file that only its owner may read; its path."""
        path.touch(mode=0o600)
        path.write_text(text, "utf-8")
        return str(path)

    def start(self, *arguments: str | Path) -> Program:
        """Start ``minsheng``."""
        return self.start_program([Path(sys.executable).with_name("minsheng"), *arguments])

    def start_program(self, command: Sequence[str | Path]) -> Program:
        """Start any program."""
        log = self.of("logs") / f"{len(self._started):03}.log"
        name = " ".join([Path(command[0]).name, *map(str, command[1:4])])
        process = children.start(command, env=self._env, cwd=ROOT, log=log)
        program = Program(name, process, log)
        self._started.append(program)
        return program

    def run(self, *arguments: str | Path) -> str:
        """Run ``minsheng`` to its end; what it said."""
        return self.start(*arguments).output()

    def wait_for(self, word: str) -> None:
        """Wait until every program with this word in its command has ended well."""
        for program in self._started:
            if word in program.name.split():
                program.output()

    def install(self, package: str) -> bool:
        """Whether a package's program is there; it is installed where we may."""
        if shutil.which(package) is None and may_install():
            install(package, say=self.say)
        return shutil.which(package) is not None


def found(pattern: str, text: str) -> str:
    """The first group of a pattern in what a program said; raises Refused without it."""
    match = re.search(pattern, text)
    if match is None:
        raise Refused(f"no {pattern} in: {text.strip()[-200:]}")
    return match[1]


def computer(actor: Actor) -> str:
    """The name of somebody's own computer."""
    return str(actor.subject).removeprefix("demo-")
