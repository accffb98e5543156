"""From which network a request comes, as nothing but a pseudonym that lasts for an hour.

Limits of open links need to know that many answers come from one place, and nothing may tell which
place that is.  So no service is ever told an address: it gets a keyed hash of the address's network
(IPv6: /64) and the hour.  The key is made of the gateway's ``MINSHENG_KEYS``, so that all replicas
agree; without it each process draws its own, and a limit holds for each replica.

Who stands in front of the gateway (``MINSHENG_PROXIES``) is believed about the client's address,
and nobody else: the header is anybody's to write.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import ipaddress
import secrets
from pathlib import Path

from flask import Request

from services.chassis.settings import BadSetting, Settings
from services.commons import clock


def pseudonym(request: Request, settings: Settings) -> str:
    """Sixteen hexadecimal digits for the client's network in this hour; empty if unknown."""
    network = network_of(client(request, settings.proxies))
    if not network:
        return ""
    hour = clock.now().strftime("%Y-%m-%dT%H")
    text = f"{hour}|{network}".encode()
    return hmac.digest(_key(settings.keys), text, "sha256")[:8].hex()


def client(request: Request, proxies: int) -> str:
    """The client's address: the connection's, or what the outermost of our proxies saw."""
    if proxies == 0:
        return request.remote_addr or ""
    said = request.headers.get("X-Forwarded-For", "").split(",")
    seen = [one.strip() for one in said if one.strip()]
    return seen[-proxies] if len(seen) >= proxies else request.remote_addr or ""


def network_of(address: str) -> str:
    """The network that an address belongs to: one IPv4 address, or an IPv6 /64."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


@functools.cache
def _key(file: str) -> bytes:
    if not file:
        return secrets.token_bytes(32)
    try:
        text = Path(file).read_bytes()
    except OSError as exc:
        raise BadSetting("MINSHENG_KEYS must be a file of Fernet keys") from exc
    return hashlib.sha256(b"minsheng-network|" + text).digest()
