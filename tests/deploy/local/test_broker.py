"""The four ways to a broker, and the word to a person when there is none."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.broker import BrokerFailed, BrokerNode, GivenBroker, find_broker

from .machines import without_packages, without_rabbitmq

#: Stands in for an engine that is not there: writes down its calls; between ``up`` and ``down``
#: somebody greets as RabbitMQ does.
DOCKER = """#!{python}
import os, socket, subprocess, sys
with open(__file__ + ".calls", "a") as calls:
    print(*sys.argv[1:], file=calls)
if "up" in sys.argv:
    greeter = subprocess.Popen([__file__, "greet"], stdout=-3, stderr=-3)
    with open(__file__ + ".pid", "w") as file:
        file.write(str(greeter.pid))
if "down" in sys.argv:
    os.kill(int(open(__file__ + ".pid").read()), 9)
if "greet" in sys.argv:
    server = socket.create_server(("127.0.0.1", int(os.environ["MINSHENG_BROKER_PORT"])))
    while True:
        connection, _ = server.accept()
        connection.recv(8)
        connection.sendall(b"\\x01")
"""

INSTALLING = """
rm -f /usr/sbin/policy-rc.d /etc/postgresql-common/createcluster.conf
export DEBIAN_FRONTEND=noninteractive
for package in rabbitmq-server 'postgresql*'; do
  apt-get -q -y purge "$package" >/dev/null 2>&1 || true
done
rm -rf /usr/lib/rabbitmq /usr/lib/postgresql /etc/postgresql /etc/postgresql-common
"$PYTHON/bin/python" - <<'EOF'
from pathlib import Path
from deploy.local.broker import find_broker
from deploy.local.postgres import PostgresServer

assert not Path("/usr/lib/rabbitmq").exists()
broker = find_broker(Path("/tmp/new/broker"), {})
broker.start()
print("broker:", type(broker).__name__, broker.ctl("list_users").split()[2])
broker.stop()
server = PostgresServer()
server.start()
print("database:", server.create_database("new").rpartition("/")[2])
server.stop()
print("clusters:", *Path("/etc/postgresql").glob("*/*"))
print("left:", *(path for path in ("/usr/sbin/policy-rc.d",) if Path(path).exists()))
EOF
echo "running:" $(ps -e -o comm= | grep -E 'beam|epmd|postgres' || true)
"""


def test_a_given_broker_is_used_and_left_running(node: BrokerNode, tmp_path: Path) -> None:
    """AMQP_URI comes first; one user then serves every process."""
    broker = find_broker(tmp_path, {"AMQP_URI": node.amqp_uri()})
    broker.start()
    broker.stop()
    assert node.running
    assert broker.rabbitmqctl_command is None
    assert broker.amqp_uri("ballot", "secret") == node.amqp_uri()


def test_a_given_broker_has_users_where_rabbitmqctl_is_given_too() -> None:
    """With both settings each process has a user of its own, on the same host."""
    both = {
        "AMQP_URI": "amqp://me:mine@broker.example:5673/city",
        "MINSHENG_RABBITMQCTL": "rabbitmqctl",
    }
    broker = find_broker(Path("unused"), both)
    assert broker.rabbitmqctl_command == "rabbitmqctl"
    uri = broker.amqp_uri("ballot", "a/b")
    assert uri == "amqp://ballot:a%2Fb@broker.example:5673/city"


def test_a_given_broker_that_does_not_answer_is_named() -> None:
    """The message says where nobody answered, without the password."""
    port = ports.free_port()
    with pytest.raises(BrokerFailed, match=f"127.0.0.1:{port}") as failure:
        GivenBroker(f"amqp://me:secret@127.0.0.1:{port}").start(patience=0.1)
    assert "secret" not in str(failure.value)


def test_an_installed_program_is_used(node: BrokerNode, tmp_path: Path) -> None:
    """Without AMQP_URI, a node of our own; the other tests start it."""
    broker = find_broker(tmp_path / "broker", {})
    assert isinstance(broker, BrokerNode)
    assert broker.home == tmp_path / "broker"
    assert broker.port != node.port


def test_missing_packages_are_installed_without_starting_their_services(tmp_path: Path) -> None:
    """On a machine without RabbitMQ and PostgreSQL both come, and nothing but ours ever runs."""
    said = dict(
        line.split(":", 1)
        for line in without_packages(INSTALLING, tmp_path).splitlines()
        if ":" in line
    )
    assert said["broker"].split() == ["BrokerNode", "admin"]
    assert said["database"].strip() == "new"
    assert said["clusters"].strip() == ""
    assert said["left"].strip() == ""
    assert said["running"].strip() == ""


def test_a_container_is_used_where_there_is_only_an_engine(tmp_path: Path) -> None:
    """The broker's container comes up on a port of its own, and is taken down at the end."""
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(DOCKER.format(python=sys.executable))
    docker.chmod(0o755)
    said = without_rabbitmq(
        "from pathlib import Path\n"
        "from deploy.local.broker import find_broker\n"
        "for start in range(2):\n"
        f"    broker = find_broker(Path({str(tmp_path / 'broker')!r}), {{}})\n"
        "    broker.start(); broker.stop()\n"
        "    print(type(broker).__name__, broker.project, broker.amqp_uri('ballot', 'x'))\n"
        "print(broker.rabbitmqctl_command)",
        docker.parent,
    )
    first, second, command = said.strip().split("\n")
    assert first == second
    name, project, uri = first.split()
    assert name == "ComposeBroker"
    assert uri.startswith("amqp://ballot:x@127.0.0.1:")
    assert shlex.split(command)[-4:] == ["exec", "-T", "broker", "rabbitmqctl"]
    calls = [call for call in Path(f"{docker}.calls").read_text().splitlines() if call != "greet"]
    assert calls[:2] == ["info", "compose version"]
    assert [call.partition(f"{project} ")[2] for call in calls[2:4]] == [
        "up --detach --wait --quiet-pull",
        "down",
    ]


def test_without_any_of_them_a_person_is_told_what_to_do(tmp_path: Path) -> None:
    """`make up` ends with the three things that help, in both languages, and a non-zero code."""
    said = without_rabbitmq(
        "import subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'deploy.local.up', '--folder',"
        f" {str(tmp_path / 'system')!r}], capture_output=True, text=True)\n"
        "print(done.returncode); print(done.stdout, done.stderr)",
        tmp_path,
    )
    code, message = said.split("\n", 1)
    assert code == "1"
    for word in ("apt-get install rabbitmq-server", "Docker", "AMQP_URI", "请任选一种办法"):
        assert word in message
    assert "Traceback" not in message
