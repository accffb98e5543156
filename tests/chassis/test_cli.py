"""``minsheng``: what operators type."""

from __future__ import annotations

from pathlib import Path

import jwt
import pytest
from click.testing import CliRunner

from services.chassis import cli
from services.chassis.settings import GATEWAY, SERVICES, WORKERS

from .conftest import Builder
from .house import PASSWORD, House, minsheng


@pytest.fixture(scope="module")
def fresh(build: Builder) -> House:
    """A house in which nothing is declared."""
    return build()


def test_migrate_makes_schemas_and_queues(fresh: House) -> None:
    """Everything that all services need, and again without a change."""
    for _ in range(2):
        done = minsheng(fresh, "migrate")
        assert done.exit_code == 0, done.output
        assert len(done.stdout.splitlines()) == len(SERVICES) + 1
    for service in SERVICES:
        assert (fresh.folder / f"{service}.db").exists()
        assert fresh.depth(f"rpc-{service}") == fresh.depth(f"{service}.dead-letters") == 0
    assert fresh.depth("proposal.ballot.result.certified.v1") == 0
    assert {fresh.depth(f"rpc-{worker}") for worker in WORKERS} == {0}


def test_other_deliveries_than_declared_are_told(fresh: House) -> None:
    """A queue keeps its limit for life; the line names it."""
    minsheng(fresh, "migrate")
    done = minsheng(fresh, "migrate", DELIVERIES="9")
    assert done.exit_code == 1
    assert "x-delivery-limit" in done.stderr and len(done.stderr.splitlines()) == 1


def test_provision_makes_a_user_for_each_process(fresh: House) -> None:
    """Named in the processes' own settings, with a password."""
    names = (*SERVICES, *WORKERS, GATEWAY)
    own = {f"{name.upper()}_AMQP_URI": fresh.uri(name, PASSWORD) for name in names}
    done = minsheng(fresh, "broker", "provision", **own)
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == list(names)
    for name in names:
        with fresh.channel(name):
            pass


def test_provision_wants_a_user_of_its_own(fresh: House) -> None:
    """Neither guest nor one without a password; the variable is named."""
    for uri in ("amqp://guest:guest@localhost//", "amqp://proposal@localhost//"):
        done = minsheng(fresh, "broker", "provision", PROPOSAL_AMQP_URI=uri)
        assert done.exit_code == 1 and "MINSHENG_PROPOSAL_AMQP_URI" in done.stderr


def test_a_token_speaks_for_somebody_in_development_only(tmp_path: Path) -> None:
    """In production the key does not exist."""
    arguments = ["token", "--role", "clerk", "--role", "recorder", "--subject", "somebody"]
    environ = {"MINSHENG_DATA_DIR": str(tmp_path)}
    done = CliRunner().invoke(cli.main, arguments, env=environ)
    claims = jwt.decode(done.stdout.strip(), options={"verify_signature": False})
    assert (claims["sub"], claims["roles"]) == ("somebody", ["clerk", "recorder"])
    refused = CliRunner().invoke(
        cli.main,
        arguments,
        env={"MINSHENG_ENVIRONMENT": "production", "MINSHENG_DATA_DIR": str(tmp_path / "p")},
    )
    assert refused.exit_code == 1 and "production" in refused.stderr
    assert not (tmp_path / "p").exists()


def test_settings_from_a_file_give_way_to_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NAME=value lines; comments and blanks are passed over."""
    file = tmp_path / "settings"
    file.write_text(f"# for tests\n\nMINSHENG_DATA_DIR={tmp_path}\nMINSHENG_AUDIENCE=file\n")
    monkeypatch.setenv("MINSHENG_AUDIENCE", "environment")
    monkeypatch.setenv("MINSHENG_DATA_DIR", "")
    monkeypatch.delenv("MINSHENG_DATA_DIR")
    arguments = ["--env", str(file), "token", "--role", "clerk", "--subject", "x"]
    done = CliRunner().invoke(cli.main, arguments)
    claims = jwt.decode(done.stdout.strip(), options={"verify_signature": False})
    assert claims["aud"] == "environment"
    assert (tmp_path / "development-key.pem").exists()


def test_a_bad_setting_is_one_line(tmp_path: Path) -> None:
    """With the variable's name, and status 1."""
    environ = {"MINSHENG_ZONE": "nowhere"}
    done = CliRunner().invoke(cli.main, ["events", "tail"], env=environ)
    assert done.exit_code == 1
    assert done.stderr == "Error: MINSHENG_ZONE must be a time zone, e.g. Asia/Shanghai\n"
