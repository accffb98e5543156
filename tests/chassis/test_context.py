"""What travels with a call."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.chassis.context import HEADER, CallContext, Principal
from services.commons.errors import Forbidden


def test_a_context_survives_the_header() -> None:
    """Every field of it."""
    context = CallContext(
        principal=Principal("王", frozenset({"clerk", "recorder"})),
        request_id="r",
        traceparent="t",
        idempotency_key="k",
        expected_version=3,
        deadline=1.5,
    )
    assert CallContext.from_data({HEADER: context.to_header()}) == context


def test_a_call_without_a_context_is_anonymous() -> None:
    """And may do nothing that needs a role."""
    principal = CallContext.from_data({}).principal
    assert principal == Principal()
    with pytest.raises(Forbidden):
        principal.require("clerk")


def test_one_of_several_roles_is_enough() -> None:
    """The error names those that would do."""
    Principal("s", frozenset({"clerk"})).require("auditor", "clerk")
    with pytest.raises(Forbidden, match="auditor, clerk"):
        Principal("s", frozenset({"deputy"})).require("clerk", "auditor")


def test_who_speaks_for_herself_needs_her_own_role() -> None:
    """The same subject in another role is another matter; the office may speak for anybody."""
    rule: Any = {"own": "deputy", "others": ("clerk", "government")}
    Principal("d", frozenset({"deputy"})).speak_for("d", **rule)
    Principal("x", frozenset({"clerk"})).speak_for("d", **rule)
    for subject, role in (("d", "resident"), ("x", "deputy")):
        with pytest.raises(Forbidden):
            Principal(subject, frozenset({role})).speak_for("d", **rule)


def test_a_caller_of_tomorrow_may_send_more() -> None:
    """During an upgrade, or after one was taken back, either side may be the newer."""
    header = json.loads(CallContext(request_id="r").to_header()) | {"new": 1}
    assert CallContext.from_data({HEADER: json.dumps(header)}).request_id == "r"
