"""A whole electronic vote over HTTP: from the drafted ballot to the certified result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deploy.local.system import System
from services.ballot.annex.copying import Mark
from services.ballot.cli import ballot as commands
from services.ballot.client import voter
from services.ballot.client.trouble import Trouble
from tests.services.ballot.belenios.stock_tool import StockTool

from .voting import DEPUTIES, PRESENT, Congress

YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN
#: What the deputies who are present mark; one hands in a blank ballot.
MARKS: list[list[Mark] | None] = [
    [YES, NO, YES],
    [YES, NO, NEITHER],
    [YES, YES, NO],
    [YES, NEITHER, YES],
    [YES, NO, YES],
    [NO, NO, YES],
    None,
]


@pytest.fixture(scope="module")
def deputies() -> list[str]:
    """The deputies of the congress, once somebody has enrolled them."""
    return []


def refusal(call: Any) -> str:
    """The code that a call is refused with."""
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize(("group", "year"), [("Ed25519", 2035), ("BELENIOS-2048", 2036)])
def test_a_congress_votes(
    system: System,
    deputies: list[str],
    tmp_path: Path,
    group: str,
    year: int,
    request: pytest.FixtureRequest,
) -> None:
    """Credentials, ceremony, votes, co-signing, decryption, result; then anybody verifies it."""
    congress = Congress(system, year, tmp_path, deputies, group=group)
    deputies[:] = congress.deputies
    credentials = congress.register()
    congress.hold_ceremony()
    assert congress.open()["uuid"] == congress.uuid
    private = list(reversed(credentials.private))  # letters are handed out in any order

    receipts = [congress.vote(number, private[number], marks) for number, marks in enumerate(MARKS)]
    assert len({one.tracker for one in receipts}) == PRESENT
    check_refusals(congress, private)

    assert refusal(lambda: congress.cosign(congress.trustees[0])) == "not-ended"
    assert congress.act("closing")["state"] == "closed"
    for subject in congress.trustees:
        congress.cosign(subject)
    tallies = {congress.decrypt(subject) for subject in congress.trustees}
    assert len(tallies) == 1
    assert congress.decrypt(congress.trustees[0]) in tallies  # handed in again, to no effect
    result = congress.act("tally")["result"]
    assert result == expected(MARKS)
    certified = congress.chief.post(
        f"ballots/{congress.id}/certification", {"happened_on": "2023-02-22"}
    )
    assert certified["state"] == "certified"
    verify(congress, tmp_path, receipts[0].to_text())
    if group == "BELENIOS-2048":
        request.getfixturevalue("belenios_tool")
        judge(tmp_path / f"{congress.uuid}.bel", tmp_path / "judged")


def check_refusals(congress: Congress, private: list[str]) -> None:
    """While the vote is open: what must not be cast, by whomever, and a ballot that is opened."""
    marks = [YES, YES, NEITHER]
    assert refusal(lambda: congress.vote(0, private[0], marks)) == "voted-already"
    assert refusal(lambda: congress.vote(7, private[7], marks)) == "no-credential-issued"
    assert refusal(lambda: congress.act("closing", congress.deputy(0))) == "role-missing"
    deputy = congress.deputy(0)
    at = voter.fetch(deputy, congress.uuid)
    prepared = voter.make(at, private[0], marks)
    path = congress.folder / "opened.json"
    voter.open_to_check(deputy, at, prepared, path)
    assert voter.read_opened(path, prepared.ballot.unsigned_hash).marks == tuple(marks)
    assert refusal(lambda: voter.cast(deputy, at, private[0], prepared)) in (
        "ballot-spoiled",
        "voted-already",
    )


def expected(marks: list[list[Mark] | None]) -> list[list[int]]:
    """The result by a plain count: for each candidate blank, yes, no; then blank and all yes."""
    cast = [one for one in marks if one is not None]
    blank = len(marks) - len(cast)
    rows = [[sum(m[i] == mark for m in cast) for mark in (YES, NO)] for i in range(3)]
    return [*([blank, *row] for row in rows), [blank, *(row[0] for row in rows)]]


def verify(congress: Congress, folder: Path, receipt: str) -> None:
    """The downloaded archive and annex, by command; a deputy's receipt with them."""
    paths = {name: folder / f"{congress.uuid}.{name}" for name in ("bel", "annex", "receipt")}
    paths["bel"].write_bytes(congress.clerk.download(f"elections/{congress.uuid}/archive"))
    paths["annex"].write_bytes(congress.clerk.download(f"elections/{congress.uuid}/annex"))
    paths["receipt"].write_text(receipt)
    for subject in congress.trustees[1:]:
        congress.follower(subject)
        copy = congress.folder / subject / f"{congress.uuid}.bel"
        assert copy.read_bytes() == paths["bel"].read_bytes()
    copy = folder / "anybody"
    arguments = ["follow", congress.uuid, "--folder", str(copy), "--processes", "1"]
    done = CliRunner().invoke(commands, [*arguments, "--gateway", congress.system.gateway_url])
    assert done.exit_code == 0, done.output
    for name in ("bel", "annex"):
        assert (copy / f"{congress.uuid}.{name}").read_bytes() == paths[name].read_bytes()
    annex, given = str(paths["annex"]), str(paths["receipt"])
    arguments = ["verify", str(paths["bel"]), "--annex", annex, "--receipt", given]
    done = CliRunner().invoke(commands, [*arguments, "--processes", "1"])
    assert done.exit_code == 0, done.output
    assert "✘" not in done.output and f"{PRESENT} / {DEPUTIES}" in done.output
    arguments = ["check", "--receipt", given, "--archive", str(paths["bel"]), "--annex", annex]
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0 and json.loads(receipt)["tracker"] in done.output


def judge(archive: Path, folder: Path) -> None:
    """Debian's program, which no one here wrote, finds that it holds."""
    folder.mkdir()
    (folder / archive.name).write_bytes(archive.read_bytes())
    StockTool(folder).must("election", "verify", "--dir", ".")
