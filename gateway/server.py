"""HTTP in a nameko container: every request is handed to a WSGI application in a worker.

nameko's server is replaced where it is not safe: a body is read whole before it takes a worker,
within a size and a time (so slow uploads stop nobody), into memory or, a file, onto the disk;
connections are counted, what nameko would answer with pages of its own is a problem, and a stop
lets every answer finish.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from logging import getLogger
from typing import Any, TypeVar

import eventlet
from eventlet import wsgi
from eventlet.event import Event as Signal
from eventlet.greenio import shutdown_safe
from nameko.extensions import Entrypoint
from nameko.web.server import HttpOnlyProtocol
from nameko.web.server import WebServer as NamekoWebServer
from werkzeug.wrappers import Response

from services.chassis.settings import GATEWAY, BadSetting, Settings
from services.commons.errors import ServiceError, Unavailable

from . import problems, uploads

Method = TypeVar("Method", bound=Callable[..., Any])

#: Seconds of silence on a connection, and seconds for a whole body.
SILENCE = 30.0
BODY_TIME = 20.0
MAX_CONNECTIONS = 1000
#: Bytes: all parameters of a list fit, percent-encoded and as long as the document lets them be.
MAX_REQUEST_LINE = 32_768


class _TooLarge(Exception):
    """A body has more bytes than the limit."""


class _Protocol(HttpOnlyProtocol):
    """What is no HTTP at all gets a problem too, and not a page of the standard library's."""

    def send_error(self, code: int, *_: Any, **__: Any) -> None:
        """Answer and close."""
        refusal = problems.problem(
            code, "http-malformed", "this is not a valid HTTP request", "不是有效的 HTTP 请求", "en"
        )
        body = refusal.get_data()
        head = f"HTTP/1.1 {refusal.status}\r\nContent-Type: {problems.MEDIA_TYPE}\r\n"
        head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.wfile.write(head.encode() + body)
        self.close_connection = 1


class WebServer(NamekoWebServer):
    """nameko's server with limits, one application and a drain."""

    def __init__(self) -> None:
        super().__init__()
        self.connections: dict[int, list[Any]] = {}
        self.draining = False

    @property
    def settings(self) -> Settings:
        """The gateway's settings."""
        settings: Settings = self.container.config["settings"][GATEWAY]
        return settings

    def get_wsgi_server(self, sock: Any, wsgi_app: Any, **_kwargs: Any) -> wsgi.Server:
        """Eventlet's server, with time limits and streams that are not held back."""
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=_Protocol,
            log=getLogger(__name__),
            log_output=False,
            debug=False,
            socket_timeout=SILENCE,
            keepalive=SILENCE,
            url_length_limit=MAX_REQUEST_LINE,
            minimum_chunk_size=0,
        )

    def get_wsgi_app(self) -> Any:
        """The application: read the body, then let the one entrypoint answer."""
        (entrypoint,) = self._providers

        def app(environ: dict[str, Any], start_response: Any) -> Any:
            language = problems.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
            try:
                response = self._answer(environ, entrypoint)
            except ServiceError as exc:
                response = problems.response(exc, language)
                response.headers["Connection"] = "close"
            except TimeoutError:
                response = problems.too_slow(language)
            except _TooLarge:
                response = problems.too_large(self.settings.body_limit, language)
            except uploads.NotWhole:
                response = problems.broken_body(language)
            return response(environ, start_response)

        return app

    def _answer(self, environ: dict[str, Any], entrypoint: Http) -> Response:
        """Receive the body, then let the entrypoint answer."""
        if self.draining:
            raise Unavailable("stopping", "the gateway is stopping", "网关正在停止")
        source, declared = environ["wsgi.input"], _declared(environ)
        if uploads.operation_of(environ) is None:
            return entrypoint.respond(_with_body(environ, self._body(source, declared)))
        if not entrypoint.admits(environ):
            # Refused without its body: the disk is for those who may.
            return entrypoint.respond(_with_body(environ, b""))
        length = None if source.chunked_input else declared
        with uploads.received(source, length, self.settings) as upload:
            environ[uploads.RECEIVED] = upload
            return entrypoint.respond(_with_body(environ, b""))

    def _body(self, source: Any, declared: int) -> bytes:
        """The whole body, within its size and time."""
        limit = self.settings.body_limit
        if declared > limit:
            raise _TooLarge
        try:
            with eventlet.Timeout(BODY_TIME, TimeoutError()):
                body: bytes = source.read(limit + 1) if declared or source.chunked_input else b""
        except TimeoutError:
            raise
        except (OSError, ValueError):
            raise uploads.NotWhole from None
        if len(body) > limit:
            raise _TooLarge
        if declared and len(body) < declared:
            raise uploads.NotWhole
        return body

    def start(self) -> None:
        """Listen; raises BadSetting if the address is taken."""
        try:
            super().start()
        except OSError as exc:
            where = "{}:{}".format(*self.settings.gateway_address)
            raise BadSetting(f"MINSHENG_GATEWAY_ADDRESS {where}: {exc.strerror}") from exc

    def process_request(self, sock: Any, address: Any) -> None:
        """Serve one connection, which may carry many requests."""
        if len(self.connections) >= MAX_CONNECTIONS:
            sock.close()
            return
        state = [address, sock, wsgi.STATE_IDLE]
        self.connections[id(state)] = state
        try:
            self._serv.process_request(state)
        except (OSError, ValueError):
            pass  # the client went away, or sent what is no HTTP
        finally:
            del self.connections[id(state)]
            sock.close()

    def stop(self) -> None:
        """Accept no more; close what is idle; let the answers in flight finish."""
        self.draining = True
        self._is_accepting = False
        if self._gt is not None:
            self._gt.kill()
            self._sock.close()
        for state in list(self.connections.values()):
            idle = state[2] == wsgi.STATE_IDLE
            state[2] = wsgi.STATE_CLOSE
            if idle:
                shutdown_safe(state[1])
        with eventlet.Timeout(self.settings.drain, False):
            while self._serv is not None and self._serv.outstanding_requests:
                eventlet.sleep(0.01)


class Http(Entrypoint):
    """The entrypoint behind :data:`http`: all paths, all methods."""

    server = WebServer()

    def setup(self) -> None:
        """Register with the server."""
        self.server.register_provider(self)

    def stop(self) -> None:
        """New requests are refused from now on; those in flight go on."""
        self.server.draining = True
        self.server.unregister_provider(self)
        super().stop()

    def admits(self, environ: dict[str, Any]) -> bool:
        """Whether a file may be received, as far as the application can tell by its headers."""
        checks = (getattr(part, "admits", None) for part in self.container.dependencies)
        return all(check(environ) for check in checks if check)

    def respond(self, environ: dict[str, Any]) -> Response:
        """Run the method in a worker and wait for its response."""
        done = Signal()
        self.container.spawn_worker(
            self, (environ,), {}, handle_result=partial(self._finished, done)
        )
        response: Response = done.wait()
        return response

    def _finished(self, done: Signal, _worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        if exc_info:
            result = problems.internal(problems.ENGLISH)
        done.send(result)
        return result, exc_info


def _declared(environ: dict[str, Any]) -> int:
    """The body's declared length; 0 if there is none."""
    try:
        declared = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
    if declared < 0:  # to read so many would be to read without end
        raise uploads.NotWhole
    return declared


def _with_body(environ: dict[str, Any], body: bytes) -> dict[str, Any]:
    environ["wsgi.input"] = io.BytesIO(body)
    environ["wsgi.input_terminated"] = True
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def http(method: Method) -> Method:
    """Let a method of the gateway's service answer every HTTP request."""
    marked: Method = Http.decorator(method)
    return marked
