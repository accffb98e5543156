"""The gateway as a nameko service: a request becomes a worker that runs the Flask application."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Response

from services.chassis.rpc import Services
from services.chassis.settings import GATEWAY

from .app import create_app
from .resource import admitted
from .server import http
from .uploads import operation_of


class Application(DependencyProvider):
    """The Flask application, built once, calling services through ``services``."""

    services = Services()

    def setup(self) -> None:
        """Build it; the runner has put the settings into nameko's configuration."""
        self.app = create_app(self.container.config["settings"][GATEWAY], self.services.call)

    def get_dependency(self, worker_ctx: Any) -> Any:
        """The WSGI application."""
        return self.app

    def admits(self, environ: dict[str, Any]) -> bool:
        """Whether who sends a file may: asked before its bytes are received."""
        operation = operation_of(environ)
        return operation is not None and admitted(self.app, operation, environ)

    def ready(self) -> bool:
        """Whether answers from services can arrive."""
        return self.services.replies.queue_consumer.consuming


class Gateway:
    """The service."""

    name = "gateway"
    application = Application()

    @http
    def handle(self, environ: dict[str, Any]) -> Response:
        """Answer one request."""
        return Response.from_app(self.application, environ)
