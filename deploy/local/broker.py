"""A message broker for one machine, found in one of four ways.

The one that ``AMQP_URI`` names; else a private RabbitMQ node; where that program is missing and
we may, the distribution's package first; else a container.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from .compose import ComposeBroker, engine_answers
from .greeting import BrokerFailed, wait_until_answers
from .node import BrokerNode, NotInstalled

__all__ = ["Broker", "BrokerFailed", "BrokerNode", "GivenBroker", "NoBroker", "find_broker"]

_ADVICE = """\
找不到消息队列 RabbitMQ。请任选一种办法，然后重新运行：
  1. 安装 RabbitMQ（Debian：apt-get install rabbitmq-server），本程序会启动自己的实例；
  2. 启动 Docker，本程序会使用容器；
  3. 设置环境变量 AMQP_URI，指向现有的 RabbitMQ，例如 amqp://user:password@host:5672/

No RabbitMQ was found. Do one of these, then run this again:
  1. install RabbitMQ (Debian: apt-get install rabbitmq-server); a node of our own is started;
  2. start Docker; a container is used;
  3. set AMQP_URI to a RabbitMQ that you have, e.g. amqp://user:password@host:5672/"""


class NoBroker(Exception):
    """There is no broker; the message tells a person what to do."""


class Broker(Protocol):
    """What the rest of ``deploy`` needs from a broker."""

    @property
    def rabbitmqctl_command(self) -> str | None:
        """The command line of rabbitmqctl for it; None: there is none, so no users can be made."""

    def start(self) -> None:
        """Return when it answers; raises BrokerFailed."""

    def stop(self) -> None:
        """End whatever ``start`` began."""

    def amqp_uri(self, user: str = "", password: str = "") -> str:
        """Its URI, for the administrator unless a user is named."""


class GivenBroker:
    """A broker that somebody else runs."""

    def __init__(self, uri: str, rabbitmqctl_command: str | None = None) -> None:
        self.uri = uri
        self.rabbitmqctl_command = rabbitmqctl_command

    def start(self, patience: float = 10.0) -> None:
        """Wait until its address answers."""
        parts = urlsplit(self.uri)
        secure = parts.scheme == "amqps"
        address = parts.hostname or "127.0.0.1", parts.port or (5671 if secure else 5672)
        wait_until_answers(address, patience, secure=secure)

    def stop(self) -> None:
        """Leave it running: it is not ours."""

    def amqp_uri(self, user: str = "", password: str = "") -> str:
        """With users of our own only where we can make them."""
        if not user or not self.rabbitmqctl_command:
            return self.uri
        parts = urlsplit(self.uri)
        where = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{quote(user, '')}:{quote(password, '')}@{where}"))


def find_broker(
    home: Path,
    environ: Mapping[str, str] | None = None,
    say: Callable[[str], None] = print,
) -> Broker:
    """A broker, not started yet; one of our own keeps its data under ``home``.

    Raises NoBroker, with what a person can do.
    """
    environ = os.environ if environ is None else environ
    if uri := environ.get("AMQP_URI"):
        return GivenBroker(uri, environ.get("MINSHENG_RABBITMQCTL"))
    try:
        return BrokerNode(home, say)
    except NotInstalled as problem:
        missing = str(problem)
    if engine_answers():
        return ComposeBroker(home)
    raise NoBroker(f"{_ADVICE}\n({missing})")
