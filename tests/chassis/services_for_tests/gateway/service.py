"""HTTP in front of the chassis' client of services: a test names any call, with any context."""

from __future__ import annotations

import json
from typing import Any

from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Response

from gateway.server import http
from services.chassis.context import CallContext, Principal
from services.chassis.rpc import Services
from services.commons.errors import ServiceError


class Calls(DependencyProvider):
    """The client of services."""

    services = Services()

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Its one function."""
        return self.services.call


class Front:
    """The service; it bears the gateway's name, since only the gateway may call."""

    name = "gateway"
    calls = Calls()

    @http
    def handle(self, environ: dict[str, Any]) -> Response:
        """Make the call that the body describes; answer with its result or its typed error."""
        asked = json.load(environ["wsgi.input"])
        asked["context"]["principal"] = Principal(
            asked.pop("subject"), frozenset(asked.pop("roles"))
        )
        context = CallContext(**asked.pop("context"))
        try:
            result = self.calls(
                asked["service"],
                asked["method"],
                *asked["args"],
                context=context,
                deadline=asked["deadline"],
            )
        except ServiceError as exc:
            return _json({"error": type(exc).__name__, "args": exc.args})
        return _json({"result": result})


def _json(answer: Any) -> Response:
    return Response(json.dumps(answer), content_type="application/json")
