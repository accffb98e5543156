"""A link between a service and its broker or database, to be slowed, cut and mended."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from urllib.parse import urlsplit, urlunsplit

from deploy.local.ports import LOOPBACK, free_port


class Link:
    """Forwards a port of its own to a server; ``delay``: seconds that each way takes."""

    def __init__(self, target: str, delay: float = 0.0) -> None:
        """``target``: the server's URI; whatever stands in it beside the address is kept."""
        parts = urlsplit(target)
        self._target = parts.hostname or "", parts.port or 0
        self._port = free_port()
        self._delay = delay
        self._open: set[socket.socket] = set()
        before, at, _ = parts.netloc.rpartition("@")
        self.uri = urlunsplit(parts._replace(netloc=f"{before}{at}{LOOPBACK}:{self._port}"))
        self.mend()

    def mend(self) -> None:
        """Take connections (again)."""
        self._listener = socket.create_server((LOOPBACK, self._port), backlog=100)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        # close() alone would not wake the thread that accepts.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in list(self._open):
            _end(one)
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near = listener.accept()[0]
                far = socket.create_connection(self._target)
            except OSError:
                return
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.add(one)
            for source, sink in ((near, far), (far, near)):
                waiting: queue.Queue[tuple[float, bytes]] = queue.Queue()
                for work in (self._read, self._write):
                    threading.Thread(target=work, args=(source, sink, waiting), daemon=True).start()

    def _read(self, source: socket.socket, sink: socket.socket, waiting: queue.Queue) -> None:  # type: ignore[type-arg]
        while True:
            try:
                data = source.recv(65536)
            except OSError:
                data = b""
            waiting.put((time.monotonic() + self._delay, data))
            if not data:
                return

    def _write(self, source: socket.socket, sink: socket.socket, waiting: queue.Queue) -> None:  # type: ignore[type-arg]
        while True:
            due, data = waiting.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not data:
                    raise OSError
                sink.sendall(data)
            except OSError:
                _end(source)
                _end(sink)
                return


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
