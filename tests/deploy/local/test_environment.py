"""The settings of one system's processes."""

from __future__ import annotations

import os
import socket
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from deploy.local import environment, ports
from deploy.local.broker import BrokerNode, GivenBroker
from services.chassis import settings as chassis


def test_every_process_has_a_user_and_addresses_of_its_own(folder: Path) -> None:
    """No port is shared, a user by the processes of one program alone; the chassis accepts all."""
    made = environment.make(folder, BrokerNode(folder / "broker"))
    loaded = [
        chassis.load(program, made | environment.own(made, process))
        for process, program in environment.PROCESSES.items()
    ]
    assert {urlsplit(one.amqp_uri).username for one in loaded} == set(environment.PROGRAMS)
    assert len({urlsplit(one.amqp_uri).password for one in loaded}) == len(environment.PROGRAMS)
    assert len({one.metrics_address for one in loaded}) == len(loaded) == len(environment.PROCESSES)
    assert {one.data_dir for one in loaded} == {folder / "data"}
    assert urlsplit(chassis.load(chassis.ADMIN, made).amqp_uri).username == "admin"


def test_a_cpu_worker_runs_on_every_core() -> None:
    """The ballot box in as many processes as there are cores; everything else in one."""
    number = Counter(environment.PROCESSES.values())
    assert number.pop("ballotbox") == len(os.sched_getaffinity(0))
    assert set(number) == {*environment.SERVICES, "similarity", "gateway"}
    assert set(number.values()) == {1}
    assert set(environment.WORKERS.items()) == set(chassis.WORKERS.items())
    assert environment.processes_of("ballotbox")[:1] == ["ballotbox"]


def test_the_next_start_uses_the_same(folder: Path) -> None:
    """Passwords and addresses stay, in a file that only its owner reads."""
    node = BrokerNode(folder / "broker")
    made = environment.make(folder, node)
    assert environment.make(folder, node) == made == environment.read(environment.file_of(folder))
    assert environment.file_of(folder).stat().st_mode & 0o777 == 0o600


def test_a_taken_address_is_replaced(folder: Path) -> None:
    """What somebody else listens on meanwhile is given up."""
    broker = GivenBroker("amqp://127.0.0.1")
    made = environment.make(folder, broker)
    name = "MINSHENG_BALLOT_METRICS_ADDRESS"
    with socket.create_server(environment.address(made, name)):
        again = environment.make(folder, broker)
    assert [key for key in made if made[key] != again[key]] == [name]


def test_the_gateway_takes_the_next_port_upwards(folder: Path) -> None:
    """A start beside something on port 8000 does not fail."""
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        taken = server.getsockname()[1]
        made = environment.make(folder, GivenBroker("amqp://127.0.0.1"), gateway_port=taken)
    assert environment.address(made, "MINSHENG_GATEWAY_ADDRESS")[1] > taken


def test_a_broker_without_rabbitmqctl_has_one_user(folder: Path) -> None:
    """Then no process is given a URI of its own."""
    made = environment.make(folder, GivenBroker("amqp://me:mine@127.0.0.1"))
    assert [name for name in made if "AMQP_URI" in name] == ["AMQP_URI"]
    assert "MINSHENG_RABBITMQCTL" not in made


def test_settings_made_by_hand_win(folder: Path) -> None:
    """A person's own choice is kept over what is made here."""
    chosen = {"MINSHENG_JURISDICTION": "330106", "MINSHENG_DATABASE_URL": "sqlite:///x.db"}
    made = environment.make(folder, GivenBroker("amqp://127.0.0.1"), chosen=chosen)
    assert made.items() >= chosen.items()
