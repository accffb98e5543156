"""The whole API against its own document, by schemathesis on the running system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from deploy.local.system import System
from gateway.roles import ROLES

#: The committed document; ``test_app`` holds that it is the one that is served.
DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="session")
def everything(system: System) -> dict[str, str]:
    """A token with every role, so that services are reached and not only refusals."""
    roles = [part for role in ROLES for part in ("--role", role)]
    token = system.minsheng("token", *roles, "--subject", "11111111-1111-4111-8111-111111111111")
    return {"Authorization": f"Bearer {token.strip()}"}


schema = schemathesis.openapi.from_path(DOCUMENT)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_answer_that_the_document_does_not_allow(
    case: Any, system: System, everything: dict[str, str]
) -> None:
    """Whatever is sent: no 5xx, and every status, type, header and body is in the document."""
    case.call_and_validate(
        base_url=system.gateway_url, headers=everything, checks=CHECKS, timeout=20
    )
