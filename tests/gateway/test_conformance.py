"""The whole API against its own document, by schemathesis on the running system."""

from __future__ import annotations

import zlib
from collections import Counter
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

#: What one piece of code reads for all operations: bad ones are sent to every tenth of them.
COMMON = ("Idempotency-Key", "If-Match", "Content-Digest", "limit", "cursor", "sort")
#: How many wrong types were made so far for one place of one operation.
wrong_types: Counter[tuple[str, ...]] = Counter()


def asked_elsewhere(case: Any) -> bool:
    """Whether a case of the coverage of all boundaries asks what others ask as well.

    Of the wrong types of one place a third is sent, at each place others; without this the file
    sends thirty thousand requests.
    """
    made = case.meta.phase.data
    scenario = getattr(made, "scenario", None)
    if scenario is None:
        return False
    label = case.operation.label
    if scenario.value == "unspecified_http_method" or made.parameter in COMMON:
        return zlib.crc32(label.encode()) % 10 > 0
    if scenario.value != "incorrect_type":
        return False
    place = (label, str(made.parameter_location), str(made.parameter), str(made.location))
    wrong_types[place] += 1
    return (wrong_types[place] + zlib.crc32("".join(place).encode())) % 3 > 0


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
    if asked_elsewhere(case):
        return
    case.call_and_validate(
        base_url=system.gateway_url, headers=everything, checks=CHECKS, timeout=20
    )
