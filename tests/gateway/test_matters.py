"""The same steps for opinions and for problems, as the gateway offers them."""

from __future__ import annotations

import inspect
import uuid

import pytest

from gateway.roles import MAY
from gateway.routes.matters import OF_PROBLEMS, STEPS
from services.supervision.service import SupervisionService

from .test_app import Gateway

ID = str(uuid.uuid4())
BODY = {
    "unit_id": ID,
    "reason": "(合成)",
    "text": "(合成)",
    "solved": True,
    "happened_on": "2023-05-16",
}
EVERY = [("opinion", *step) for step in STEPS] + [
    ("problem", *step) for step in (*STEPS, *OF_PROBLEMS)
]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """The application, made once: that is what takes time."""
    return Gateway(tmp_path_factory.mktemp("gateway"))


def test_each_step_reaches_its_call_with_register_and_id(gateway: Gateway) -> None:
    """It is offered in both registers, to its own roles, and is a call that there is."""
    for register, end, body, name, _ in EVERY:
        given = {field: value for field, value in BODY.items() if field in body().fields}
        path = f"/v1/{register}s/{ID}/{end}"
        response = gateway.post(path, given, MAY[name.format(register)][0])
        assert response.status_code == 200, response.get_json()
        service, method, args, _ = gateway.calls.pop()
        assert (service, args) == ("supervision", (register, ID, given))
        assert len(inspect.signature(getattr(SupervisionService, method)).parameters) == 4


def test_what_only_staff_may_read_the_public_does_not(gateway: Gateway) -> None:
    """The history of a matter needs a role; the public list needs none."""
    gateway.answer = {"items": [], "next": None}
    for register in ("opinion", "problem"):
        path = f"/v1/{register}s/{ID}/history"
        assert gateway.client.get(path).status_code == 401
        headers = {"Authorization": f"Bearer {gateway.token('deputy')}"}
        assert gateway.client.get(path, headers=headers).status_code == 200
        _, method, args, _ = gateway.calls.pop()
        assert (method, args) == ("get_matter_history", (register, ID))
    assert gateway.client.get("/v1/escalations?step=public").status_code == 200
    _, method, (query,), context = gateway.calls.pop()
    assert (method, query) == ("list_escalations", {"step": "public"})
    assert context.principal.roles == frozenset()
