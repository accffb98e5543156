"""What tests of this service begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from services.chassis.cli import main
from services.proposal.service import ProposalService

from ...harness import Harness
from .selection import Selection


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """The service with two aspects."""
    harness = serve(ProposalService)
    for code, name in (("elderly-care", "养老"), ("health", "医疗")):
        harness.call("define_aspect", {"code": code, "name": name})
    return harness


@pytest.fixture
def operator(proposal: Harness, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``minsheng proposal …`` on the service's database; gives back what it printed."""
    url = proposal.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MINSHENG_DATABASE_URL", url.replace("+psycopg2", ""))
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(proposal.settings.data_dir))

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["proposal", *arguments])
        assert done.exit_code == code, done.output
        return done.output

    return run


@pytest.fixture
def selection(serve: Callable[[Any], Harness]) -> Selection:
    """The service with what candidates refer to."""
    return Selection(serve(ProposalService))
