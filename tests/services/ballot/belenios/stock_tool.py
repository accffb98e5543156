"""Debian's package ``belenios-tool`` (2.0): a program that no one here wrote, as a judge.

It knows protocol version 1 in BELENIOS-2048 and credentials of its own form.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

NAME = "belenios-tool"


class StockTool:
    """The tool at work in one election's directory; the fixture ``belenios_tool`` installs it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def run(self, *arguments: str, stdin: str = "") -> tuple[bool, str]:
        """Whether a command succeeded, and what it wrote."""
        done = subprocess.run(
            [NAME, *arguments],
            cwd=self.directory,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode == 0, done.stdout if done.returncode == 0 else done.stderr

    def must(self, *arguments: str, stdin: str = "") -> str:
        """The same, for a command that cannot fail."""
        succeeded, written = self.run(*arguments, stdin=stdin)
        assert succeeded, written
        return written

    def set_up(self, uuid: str, template: str) -> str:
        """A key of a single trustee and an election under it: its text."""
        self.must("setup", "generate-trustee-key", "--group=BELENIOS-2048")
        (key,) = self.directory.glob("*.pubkey")
        (self.directory / "public_keys.jsons").write_text(key.read_text())
        self.must("setup", "make-trustees")
        (self.directory / "template.json").write_text(template)
        named = (f"--uuid={uuid}", "--group=BELENIOS-2048")
        self.must("setup", "make-election", "--template=template.json", *named)
        return (self.directory / "election.json").read_text().rstrip("\n")

    def credential(self, uuid: str) -> tuple[str, str]:
        """A secret credential of its own form, and the public one."""
        named = (f"--uuid={uuid}", "--group=BELENIOS-2048")
        self.must("setup", "generate-credentials", "--count=1", *named)
        (private,), (public,) = (
            list(self.directory.glob(f"*.{kind}")) for kind in ("privcreds", "pubcreds")
        )
        (entry,) = json.loads(public.read_text())
        return private.read_text().split()[1], entry.split(",")[0]

    def open(self, credentials: Iterable[str]) -> None:
        """Begin the archive, with these public credentials in the order that the tool wants."""
        text = json.dumps(sorted(credentials, key=int), separators=(",", ":"))
        (self.directory / "public_creds.json").write_text(text)
        self.must("archive", "init")

    def add(self, ballot: str) -> None:
        """Put a ballot into the archive; it is not judged before :meth:`verify`."""
        self.must("archive", "add-event", "--type=Ballot", stdin=ballot + "\n")

    def vote(self, credential: str, plaintext: list[list[int]]) -> str:
        """A ballot that the tool makes."""
        (self.directory / "credential").write_text(credential)
        (self.directory / "plaintext").write_text(json.dumps(plaintext))
        files = ("--privcred=credential", "--ballot=plaintext")
        return self.must("election", "generate-ballot", *files).strip()

    def verify(self) -> tuple[bool, str]:
        """Its verdict on the archive."""
        return self.run("election", "verify")
