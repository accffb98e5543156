"""The boards' keys sealed anew when an operator replaces a key."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from cryptography.fernet import Fernet

from services.ballot.ballotbox.setting import Settings
from services.ballot.cli import ballot
from services.ballot.rotating import seal_anew
from services.chassis import database
from services.chassis.secretbox import Keys

from .stages import TICKS, Stages, ticks
from .voting import Box, Vote


def sealed(vote: Vote) -> list[bytes]:
    """What stands in the database."""
    with vote.ballot.engine.connect() as connection:
        found = connection.scalars(sa.select(vote.ballot.metadata.tables["elections"].c.board_key))
        return [bytes(one) for one in found]


def test_keys_of_boards_are_sealed_anew(
    stage: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer key alone opens them, and the board goes on signing with the same key."""
    vote = stage(**TICKS)
    vote.vote(0, *ticks(0))
    url = vote.ballot.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MINSHENG_DATABASE_URL", url.replace("+psycopg2", ""))
    old = (vote.ballot.settings.data_dir / "development-keys").read_text().strip()
    newer = Fernet.generate_key().decode()
    file = tmp_path / "keys"
    file.write_text(f"{newer}\n{old}\n")
    monkeypatch.setenv("MINSHENG_KEYS", str(file))
    before, opened = sealed(vote), Keys([old]).open(sealed(vote)[0])
    done = CliRunner().invoke(ballot, ["rotate-keys"])
    assert (done.exit_code, done.output) == (0, "board keys sealed anew: 1\n")
    (after,) = sealed(vote)
    assert after not in before
    assert Keys([newer]).open(after) == opened
    vote.box.settings = dataclasses.replace(vote.box.settings, keys=str(file))
    assert isinstance(vote.box, Box)
    vote.box.remembered = Settings()
    vote.vote(1, *ticks(1))
    assert vote.broken() == []


def test_it_goes_on_where_it_stopped(stage: Stages) -> None:
    """Part after part, by the elections' ids."""
    vote = stage(**TICKS)
    keys = Keys([(vote.ballot.settings.data_dir / "development-keys").read_text().strip()])

    def part(after: str | None) -> list[str]:
        return database.in_transaction(
            vote.ballot.engine, lambda session: seal_anew(session, keys, after, limit=1)
        )

    (first,) = part(None)
    assert part(first) == []
