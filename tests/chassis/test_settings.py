"""Settings come from the environment; a bad one names itself."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from services.chassis import settings
from services.chassis.settings import BadSetting

from .house import ROOT


def test_everything_has_a_default() -> None:
    """An empty environment is a development machine's."""
    found = settings.load("proposal", {})
    assert found.jurisdiction == "330100" and not found.production
    assert found.database_url == "sqlite:///var/data/proposal.db"


def test_a_service_s_own_variable_wins() -> None:
    """MINSHENG_<SERVICE>_<NAME> before MINSHENG_<NAME>: services can share one environment."""
    environ = {"MINSHENG_MAX_WORKERS": "4", "MINSHENG_BALLOT_MAX_WORKERS": "1"}
    assert settings.load("ballot", environ).max_workers == 1
    assert settings.load("survey", environ).max_workers == 4


def test_a_worker_works_for_its_owner() -> None:
    """On its database and by its variables, unless it has its own; a job at a time."""
    environ = {"MINSHENG_PROPOSAL_DATABASE_URL": "sqlite:///a.db", "MINSHENG_LOG_LEVEL": "error"}
    found = settings.load("similarity", environ)
    assert (found.database_url, found.max_workers) == ("sqlite:///a.db", 1)
    assert found.log_level == "error" and found.service == "similarity"
    assert settings.load("similarity", {}).database_url == "sqlite:///var/data/proposal.db"
    environ["MINSHENG_SIMILARITY_DATABASE_URL"] = "sqlite:///b.db"
    assert settings.load("similarity", environ).database_url == "sqlite:///b.db"


def test_a_worker_has_a_port_and_a_user_of_its_own() -> None:
    """The owner's are the owner's."""
    environ = {
        "MINSHENG_PROPOSAL_METRICS_ADDRESS": "127.0.0.1:9100",
        "MINSHENG_PROPOSAL_AMQP_URI": "amqp://proposal:x@a/",
        "MINSHENG_PROPOSAL_MAX_WORKERS": "64",
        "AMQP_URI": "amqp://b/",
    }
    found = settings.load("similarity", environ)
    assert (found.metrics_address, found.amqp_uri, found.max_workers) == (None, "amqp://b/", 1)


def test_the_night_is_a_time_of_the_day() -> None:
    """Local; empty is never."""
    assert settings.load("proposal", {}).nightly == dt.time(3)
    assert settings.load("proposal", {"MINSHENG_NIGHTLY": "23:30"}).nightly == dt.time(23, 30)
    assert settings.load("proposal", {"MINSHENG_NIGHTLY": ""}).nightly is None


def test_the_customary_name_of_the_broker_is_read_last() -> None:
    """AMQP_URI alone is enough; ours goes before it."""
    assert settings.load("ballot", {"AMQP_URI": "amqp://a/"}).amqp_uri == "amqp://a/"
    environ = {"AMQP_URI": "amqp://a/", "MINSHENG_AMQP_URI": "amqp://b/"}
    assert settings.load("ballot", environ).amqp_uri == "amqp://b/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JURISDICTION", "33010"),
        ("JURISDICTION", "3301000"),
        ("ENVIRONMENT", "staging"),
        ("ZONE", "Asia/Hangzhou"),
        ("ZONE", ""),
        ("ZONE", "../etc/passwd"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://host:port/y"),
        ("AMQP_URI", "http://x/"),
        ("AMQP_URI", "amqp://x:port/"),
        ("METRICS_ADDRESS", "9100"),
        ("GATEWAY_ADDRESS", "127.0.0.1:99999"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("MAX_WORKERS", "0"),
        ("MAX_WORKERS", "many"),
        ("DELIVERIES", "-1"),
        ("FIRST_WAIT", "nan"),
        ("RPC_DEADLINE", "inf"),
        ("BODY_LIMIT", "1e3"),
        ("NIGHTLY", "24:00"),
        ("NIGHTLY", "3"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    """One line with the variable and what it should be; never the value, which may be a secret."""
    with pytest.raises(BadSetting, match=f"^MINSHENG_{name} must be ") as caught:
        settings.load("proposal", {f"MINSHENG_{name}": value})
    assert len(value) < 3 or value not in str(caught.value)
    with pytest.raises(BadSetting, match=f"^MINSHENG_PROPOSAL_{name} must be "):
        settings.load("proposal", {f"MINSHENG_PROPOSAL_{name}": value})


def test_a_process_with_a_bad_setting_ends_with_2_and_one_line() -> None:
    """Nothing starts, and the line is on the standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "services.proposal"],
        env={"MINSHENG_DELIVERIES": "often", "PATH": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "minsheng: MINSHENG_DELIVERIES must be a whole number from 1\n"
    assert done.stdout == ""


def test_every_variable_can_be_listed() -> None:
    """The documents' list is made from the class."""
    assert "MINSHENG_DATABASE_URL" in settings.variables()
    assert "MINSHENG_SERVICE" not in settings.variables()
