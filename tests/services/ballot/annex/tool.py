"""Debian's ``belenios-tool`` (release 2.0) at work in a folder."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any


class Tool:
    """The program, run in a folder of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def run(self, command: str, *options: str | Path, given: str = "") -> str:
        """Run a command; its output.  CalledProcessError if it fails."""
        return self._run(command, *options, given=given, check=True).stdout

    def verify(self, archive: bytes) -> tuple[bool, str]:
        """Whether it finds that an archive holds, and what it says."""
        (self.folder / "verified").mkdir(exist_ok=True)
        (self.folder / "verified" / "uTRT9mVxBfxQEG.bel").write_bytes(archive)
        done = self._run("election verify", "--dir", self.folder / "verified")
        return done.returncode == 0, done.stdout + done.stderr

    def hold(self, votes: list[list[list[int]]], *, trustees: int, recast: int = 0) -> bytes:
        """A whole election of one question: three answers, up to two; the first vote again."""
        group = ("--group", "BELENIOS-2048")
        uuid = ("--uuid", self.run("setup generate-token").strip())
        self._credentials(len(votes), *uuid, *group)
        for _ in range(trustees):
            self.run("setup generate-trustee-key", *group)
        self._gather("*.pubkey", "public_keys.jsons")
        self._open(*uuid, *group)
        for voter, plaintext in [*enumerate(votes), *enumerate(votes[:recast])]:
            self._vote(voter, plaintext)
        self.add("EndBallots")
        self.add("EncryptedTally", self.run("election compute-encrypted-tally"))
        for number, key in enumerate(sorted(self.folder.glob("*.privkey")), 1):
            part = self.run("election decrypt", "--privkey", key, "--trustee-id", str(number))
            self.add("PartialDecryption", part)
        self.add("Result", self.run("election compute-result"))
        return self.archive

    def hold_threshold(self) -> bytes:
        """The beginning of an election: one trustee, and two of three others."""
        group = ("--group", "BELENIOS-2048")
        uuid = ("--uuid", self.run("setup generate-token").strip())
        self._credentials(1, *uuid, *group)
        self.run("setup generate-trustee-key", *group)
        self._gather("*.pubkey", "public_keys.jsons")
        step = "setup generate-trustee-key-threshold"
        for _ in range(3):
            self.run(step, *group, "--step", "1")
        self._gather("*.cert", "certs.jsons")
        certs = (*group, "--certs", "certs.jsons")
        keys = sorted(self.folder.glob("*.key"))
        third = ("--step", "3", "--threshold", "2")
        self._write(
            "polynomials.jsons", *(self.run(step, *certs, "--key", key, *third) for key in keys)
        )
        polynomials = ("--polynomials", "polynomials.jsons")
        self.run(step, *certs, "--step", "4", *polynomials)
        made = [
            self.run(
                step,
                *(*certs, "--key", key, "--step", "5"),
                given=key.with_suffix(".vinput").read_text(),
            )
            for key in keys
        ]
        done = self.run(step, *certs, "--step", "6", *polynomials, given="".join(made))
        self._write("threshold.json", done)
        self._open(*uuid, *group)
        return self.archive

    @property
    def archive(self) -> bytes:
        """The archive as it stands."""
        (file,) = self.folder.glob("*.bel")
        return file.read_bytes()

    def add(self, type_: str, data: str = "") -> None:
        """Add an event with its data, a line each."""
        self.run("archive add-event", f"--type={type_}", given=data)

    def _credentials(self, count: int, *options: str) -> None:
        self.run("setup generate-credentials", *options, "--count", str(count))
        self._gather("*.pubcreds", "public_creds.json")
        self._gather("*.privcreds", "private_creds.txt")

    def _open(self, *options: str) -> None:
        question = {"answers": ["甲", "乙", "丙"], "min": 0, "max": 2, "question": "示例"}
        template = {"description": "示例", "name": "示例票决", "questions": [question]}
        self._write("questions.json", json.dumps(template))
        self.run("setup make-trustees")
        self.run("setup make-election", *options, "--template", "questions.json")
        self.run("archive init")

    def _vote(self, voter: int, plaintext: list[list[int]]) -> None:
        line = (self.folder / "private_creds.txt").read_text().splitlines()[voter]
        self._write("credential", line.split()[-1])
        self._write("choices", json.dumps(plaintext))
        files = ("--privcred", "credential", "--ballot", "choices")
        self.add("Ballot", self.run("election generate-ballot", *files))

    def _gather(self, pattern: str, name: str) -> None:
        files = sorted(self.folder.glob(pattern))
        self._write(name, *(file.read_text() for file in files))

    def _write(self, name: str, *parts: str) -> None:
        (self.folder / name).write_text("".join(parts))

    def _run(self, command: str, *options: str | Path, given: str = "", check: bool = False) -> Any:
        return subprocess.run(
            [self.program, *command.split(), *options],
            cwd=self.folder,
            env={**os.environ, "BELENIOS_USE_URANDOM": "1"},
            input=given,
            capture_output=True,
            text=True,
            check=check,
        )
