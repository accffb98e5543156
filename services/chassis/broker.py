"""The broker's users and their rights: one user per service, each able to do its own work only.

Uses ``rabbitmqctl`` by the command line in ``MINSHENG_RABBITMQCTL``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from . import topology
from .settings import GATEWAY, SERVICES, WORKERS, BadSetting, load

NOTHING = "^$"
_REPLY = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Rights:
    """What one user may do in the virtual host: regular expressions on names, and on topics."""

    configure: str
    write: str
    read: str
    #: exchange → (write, read) on routing keys; a binding's key is compared as text.
    topics: Mapping[str, tuple[str, str]]


def rights(user: str, services: Mapping[str, Any] | None = None) -> Rights:
    """The rights of a service's, a worker's or the gateway's user.

    ``services``: name → class, all of this project's unless given.
    """
    classes = topology.all_services() if services is None else services
    if user == GATEWAY:
        own = rf"^rpc\.reply-{GATEWAY}-.*$"
        with_rpc = rf"^(rpc\.reply-{GATEWAY}-.*|nameko-rpc)$"
        calls = rf"^({'|'.join((*classes, *WORKERS))})\.[a-z0-9_]+$"
        return Rights(own, with_rpc, with_rpc, {"nameko-rpc": (calls, f"^{_REPLY}$")})
    if user in WORKERS:
        topics = {service + ".events": (NOTHING, NOTHING) for service in classes}
        topics["nameko-rpc"] = (f"^{_REPLY}$", NOTHING)
        return Rights(NOTHING, "^nameko-rpc$", rf"^rpc-{user}$", topics)
    heard = topology.subscriptions(user, classes[user])
    queues = [rf"rpc-{user}"] + [re.escape(one.queue) for one in heard]
    topics = {service + ".events": (NOTHING, NOTHING) for service in classes}
    topics[f"{user}.events"] = (r"^[a-z.-]+\.v[0-9]+\.([0-9]{6}|all)$", NOTHING)
    topics["nameko-rpc"] = (f"^{_REPLY}$", NOTHING)
    return Rights(
        configure=NOTHING,
        write=rf"^(nameko-rpc|{user}\.events)$",
        read=rf"^({'|'.join(queues)})$",
        topics=topics,
    )


def district_rights(code: str) -> Rights:
    """The rights of a district's user: read its feed and its history, nothing else."""
    topics = {f"{service}.events": (NOTHING, NOTHING) for service in SERVICES}
    topics["nameko-rpc"] = (NOTHING, NOTHING)
    return Rights(NOTHING, NOTHING, rf"^(feed|history)\.{code}$", topics)


def definitions(
    vhost: str, users: Mapping[str, tuple[str, Rights]]
) -> dict[str, list[dict[str, Any]]]:
    """A virtual host and its users (name → password, rights) as RabbitMQ imports them."""
    found: dict[str, list[dict[str, Any]]] = {
        "vhosts": [{"name": vhost}],
        "users": [],
        "permissions": [],
        "topic_permissions": [],
    }
    for user, (password, granted) in users.items():
        where = {"user": user, "vhost": vhost}
        found["users"].append(
            {
                "name": user,
                "password_hash": _hashed(password),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": [],
            }
        )
        found["permissions"].append(
            where | {"configure": granted.configure, "write": granted.write, "read": granted.read}
        )
        for exchange, (write, read) in granted.topics.items():
            found["topic_permissions"].append(
                where | {"exchange": exchange, "write": write, "read": read}
            )
    return found


class Broker:
    """Changes users through rabbitmqctl; raises BadSetting where that is not configured."""

    def __init__(self, command: str, vhost: str = "/") -> None:
        if not command:
            raise BadSetting(
                "MINSHENG_RABBITMQCTL must be the command line of rabbitmqctl for this broker"
            )
        self.command = shlex.split(command)
        self.vhost = vhost

    def grant(self, users: Mapping[str, tuple[str, Rights]]) -> None:
        """Make users (name → password, rights), or give those that exist exactly these rights.

        One import of definitions: rabbitmqctl takes most of a second to start.
        """
        self._run("import_definitions", text=json.dumps(definitions(self.vhost, users)))

    def _run(self, *arguments: str, text: str | None = None) -> str:
        done = subprocess.run(
            [*self.command, "-q", *arguments],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            # The arguments may hold a password, so only the verb is told.
            raise BadSetting(f"rabbitmqctl {arguments[0]} failed: {done.stderr.strip()[:300]}")
        return done.stdout


def _hashed(password: str) -> str:
    """RabbitMQ's form: base64 of salt ‖ SHA-256(salt ‖ password)."""
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return base64.b64encode(salt + digest).decode()


def provision(environ: Mapping[str, str] | None = None) -> list[str]:
    """Make the users that the processes' AMQP_URI settings name, with their rights; their names."""
    users: dict[str, tuple[str, Rights]] = {}
    for name in (*SERVICES, *WORKERS, GATEWAY):
        settings = load(name, environ)
        parts = urlsplit(settings.amqp_uri)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if user == "guest" or not password:
            raise BadSetting(f"MINSHENG_{name.upper()}_AMQP_URI must name a user of its own")
        users[user] = password, rights(name)
    Broker(settings.rabbitmqctl, _vhost(settings.amqp_uri)).grant(users)
    return list(users)


def add_district(code: str, admin_uri: str, rabbitmqctl: str) -> tuple[str, str]:
    """Make a district's feed, history and user; returns the user's name and its new password."""
    if not re.fullmatch(r"[1-9][0-9]{5}", code, re.ASCII):
        raise BadSetting("the district's code must be six digits (GB/T 2260)")
    broker = Broker(rabbitmqctl, _vhost(admin_uri))
    topology.declare_district(admin_uri, code)
    user, password = f"district-{code}", secrets.token_urlsafe(24)
    broker.grant({user: (password, district_rights(code))})
    return user, password


def _vhost(uri: str) -> str:
    """As kombu reads it: ``amqp://host//`` and ``amqp://host`` are ``/``."""
    return unquote(urlsplit(uri).path[1:]) or "/"
