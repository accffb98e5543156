"""A private RabbitMQ node."""

from __future__ import annotations

import contextlib
import shlex
import socket
import subprocess
from pathlib import Path

import kombu
import pytest

from deploy.local import ports
from deploy.local.broker import BrokerFailed
from deploy.local.node import BrokerNode


def test_the_node_listens_on_the_loopback_interface_only(node: BrokerNode) -> None:
    """Nothing of it can be reached from another machine."""
    assert node._beam
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{node._beam.pid}/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A":
                address, port = local.split(":")
                listening.add((address, int(port, 16)))
    ours = {node.port, node._distribution_port, node._epmd_port}
    loopback = {"0100007F", "00000000000000000000000001000000"}
    assert {port for _, port in listening} >= ours
    assert {address for address, port in listening if port in ours} <= loopback


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_messages_survive_an_end_of_the_node(node: BrokerNode, way: str) -> None:
    """The same address, data and password serve again after a stop, and after a crash."""
    uri = node.amqp_uri()
    with _connection(uri) as connection, connection.SimpleQueue(way) as queue:
        queue.put("kept", delivery_mode="persistent")
    getattr(node, way)()
    assert not node.running
    if way == "stop":
        assert _processes_of(node) == []
    with pytest.raises(OSError, match="refused"), _connection(uri) as connection:
        connection.connect()
    node.start()
    assert node.amqp_uri() == uri
    with _connection(uri) as connection, connection.SimpleQueue(way) as queue:
        assert queue.get(timeout=5).payload == "kept"


def test_rabbitmqctl_reaches_the_node_and_no_other(node: BrokerNode) -> None:
    """The command line in the settings is whole: it needs no environment beside it."""
    done = subprocess.run(
        [*shlex.split(node.rabbitmqctl_command), "-q", "list_users"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "admin" in done.stdout
    assert "guest" not in done.stdout
    with pytest.raises(BrokerFailed, match="nonsense"):
        node.ctl("nonsense")


def test_a_second_object_takes_the_same_ports_while_they_are_free(tmp_path: Path) -> None:
    """A broker is at the same address at the next start, unless somebody has taken it."""
    first = BrokerNode(tmp_path)
    second = BrokerNode(tmp_path)
    assert (second.port, second.password) == (first.port, first.password)
    with socket.create_server((ports.LOOPBACK, first.port)):
        third = BrokerNode(tmp_path)
    assert third.port != first.port
    assert third.password == first.password


def test_a_node_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The error holds the end of the log, and neither node nor epmd stays."""
    broken = BrokerNode(tmp_path)
    with (
        socket.create_server((ports.LOOPBACK, broken._distribution_port)),
        pytest.raises(BrokerFailed, match=str(broken._distribution_port)),
    ):
        broken.start()
    assert not broken.running
    assert ports.is_free(broken._epmd_port)


def _connection(uri: str) -> kombu.Connection:
    return kombu.Connection(uri, transport_options={"confirm_publish": True})


def _processes_of(node: BrokerNode) -> list[bytes]:
    """Everything that was started with the node's home: helpers, epmd, rabbitmqctl."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and str(node.home).encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes())
    return found
