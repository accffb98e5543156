"""``minsheng ballot verify`` and ``audit``, as they are called."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from services.ballot.cli import ballot

from .annex.elections import Vote, finished, rechained, steps_of


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(ballot, [str(one) for one in arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A good archive and its annex."""
    archive, annex = tmp_path / "example.bel", tmp_path / "example.annex"
    archive.write_bytes(finished().archive)
    annex.write_bytes(finished().annex)
    return archive, annex


def test_a_good_election_is_verified_claim_by_claim(files: tuple[Path, Path]) -> None:
    """A line per claim, exit code 0."""
    archive, annex = files
    done = run("verify", archive, "--annex", annex, "--processes", "1")
    assert done.exit_code == 0, done.output
    *claims, last = done.output.splitlines()
    assert len(claims) > 15 and all(line.startswith("✔ ") for line in claims)
    assert last == "以上各项均成立 all of this holds"


def test_belenios_rules_alone_must_be_asked_for(files: tuple[Path, Path]) -> None:
    """Nobody takes a verification without the annex for a whole one."""
    archive, annex = files
    assert run("verify", archive).exit_code == 2
    assert run("verify", archive, "--annex", annex, "--belenios-only").exit_code == 2
    done = run("verify", archive, "--belenios-only")
    assert done.exit_code == 0
    assert done.output.endswith("all of this holds (Belenios)\n")


def test_what_does_not_hold_is_said_with_its_reason(files: tuple[Path, Path]) -> None:
    """Exit code 1, the reason in both languages."""
    archive, annex = files
    steps = steps_of(archive.read_bytes())
    archive.write_bytes(rechained([*steps[:2], *steps[3:]]))
    done = run("verify", archive, "--annex", annex)
    assert done.exit_code == 1
    assert "✘ 加密计票结果经重新计算一致" in done.output
    assert "other-tally: the encrypted tally is not" in done.output
    assert done.output.splitlines()[-1].startswith("不成立")


def test_a_receipt_and_an_earlier_copy_are_held_against_it(tmp_path: Path) -> None:
    """What a deputy and a scrutineer kept."""
    vote = Vote()
    receipt, earlier = tmp_path / "receipt.json", tmp_path / "earlier.bel"
    archive, annex = tmp_path / "a.bel", tmp_path / "a.annex"
    given = vote.vote(0)
    receipt.write_text(given.to_text() + "\n")
    earlier.write_bytes(vote.archive)
    before = tmp_path / "earlier.annex"
    before.write_bytes(vote.annex)
    vote.vote(1)
    vote.say("spoiled", {"hash": "x" * 43})
    archive.write_bytes(vote.archive)
    annex.write_bytes(vote.annex)
    kept = ("--receipt", receipt, "--tracker", given.tracker, "--earlier", earlier)
    done = run("verify", archive, "--annex", annex, *kept)
    assert done.exit_code == 0, done.output
    assert "every receipt is honoured [1]" in done.output
    assert "the trackers that were given count [1]" in done.output
    assert run("verify", archive, "--belenios-only", *kept).exit_code == 2
    done = run("verify", archive, "--annex", annex, "--earlier-annex", before)
    assert done.exit_code == 0 and "the annex continues the earlier copy [+1]" in done.output
    done = run("verify", archive, "--annex", before, "--earlier-annex", annex)
    assert done.exit_code == 1 and "board-shrunk" in done.output
    assert run("verify", archive, "--belenios-only", "--earlier-annex", before).exit_code == 2
    done = run("audit", earlier, archive, "--annexes", before, annex)
    assert done.exit_code == 0 and "the later annex has 1 lines more" in done.output
    done = run("audit", earlier, archive, "--annexes", annex, before)
    assert done.exit_code == 1 and f"from line {len(vote.chain.lines) - 1} on" in done.output
    assert run("verify", earlier, "--annex", annex, "--earlier", archive).exit_code == 1


def test_files_of_different_moments_are_told_of(tmp_path: Path) -> None:
    """An annex that was taken while trustees decrypted: the reason says what to do."""
    vote = Vote()
    for voter in range(3):
        vote.vote(voter)
    vote.end(1, 2)
    vote.tally()
    vote.decrypt(1)
    archive, annex = tmp_path / "a.bel", tmp_path / "a.annex"
    archive.write_bytes(vote.archive)
    vote.decrypt(2)
    annex.write_bytes(vote.annex)
    done = run("verify", archive, "--annex", annex)
    assert done.exit_code == 1 and "proofs-missing" in done.output
    assert "take both again" in done.output


def test_the_help_names_all_commands() -> None:
    """Whoever begins learns what there is and for whom."""
    assert isinstance(ballot, click.Group)
    about = ballot.help or ""
    assert all(name in about for name in ballot.commands), about


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff" * 2000])
def test_something_else_than_an_archive_is_one_line(tmp_path: Path, content: bytes) -> None:
    """No traceback, exit code 1."""
    file = tmp_path / "picture.bel"
    file.write_bytes(content)
    for arguments in (("verify", file, "--belenios-only"), ("audit", file, file)):
        done = run(*arguments)
        assert done.exit_code == 1
        assert len(done.output.splitlines()) == 1 and "no Belenios archive" in done.output


def test_copies_are_audited(files: tuple[Path, Path], tmp_path: Path) -> None:
    """The later one continues the earlier one, or the place is named."""
    archive, _ = files
    steps = steps_of(archive.read_bytes())
    earlier, other = tmp_path / "earlier.bel", tmp_path / "other.bel"
    earlier.write_bytes(rechained(steps[:3]))
    other.write_bytes(rechained([*steps[:2], *steps[3:]]))
    done = run("audit", earlier, archive)
    assert done.exit_code == 0 and "consistent" in done.output
    for pair in ((archive, earlier), (other, archive)):
        done = run("audit", *pair)
        assert done.exit_code == 1 and "height" in done.output


def test_processes_are_used_and_told_nothing(files: tuple[Path, Path]) -> None:
    """No bar where nobody looks: the output is the claims'."""
    archive, annex = files
    one = run("verify", archive, "--annex", annex, "--processes", "1").output
    assert run("verify", archive, "--annex", annex, "--processes", "2").output == one
