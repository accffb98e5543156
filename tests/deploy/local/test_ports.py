"""Free TCP ports."""

from __future__ import annotations

import socket

from deploy.local import ports


def test_a_free_port_is_given_once() -> None:
    """Two callers never get the same port, and a server can listen on each."""
    given = [ports.free_port() for _ in range(20)]
    assert len(set(given)) == 20
    assert all(map(ports.is_free, given))


def test_a_taken_port_is_passed_over() -> None:
    """A port on which somebody listens is not free; the next one is found."""
    with socket.create_server((ports.LOOPBACK, ports.free_port())) as server:
        taken = server.getsockname()[1]
        assert ports.accepts(taken)
        assert not ports.is_free(taken)
        assert ports.first_free(taken) > taken


def test_a_free_port_is_outside_the_range_of_outgoing_connections() -> None:
    """A client that retries against a stopped server cannot be given the server's port."""
    assert ports.free_port() < ports._first_ephemeral()
