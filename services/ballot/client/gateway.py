"""The gateway's HTTP interface, with the patience that a network of a hall needs.

Every request that changes something carries an Idempotency-Key, so sending it again is safe: where
a connection breaks or a service is busy it is sent again with the same key, for a while.

Tokens and ballots go over TLS only, save to this machine itself.  What the environment says of
proxies, passwords (``.netrc``) and certificates is not listened to.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests

from .trouble import Trouble

_NOT_NOW = (503, 504)
_FIRST, _GROWTH, _LONGEST = 0.2, 1.7, 5.0  # seconds between two attempts
_TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two bytes


class Service(Protocol):
    """What the workflows ask of a gateway; paths are below ``/v1/``."""

    @property
    def subject(self) -> str:
        """Whose token it is; Trouble without one."""

    def get(self, path: str, **params: Any) -> Any:
        """The answer to a GET; Trouble if it is a problem."""

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """The answer to a POST; Trouble if it is a problem.  ``key``: its Idempotency-Key."""


class Gateway:
    """One gateway, with one person's token.  Not for several threads at once."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        authority: Path | None = None,
        insecure: bool = False,
        patience: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``authority``: certificates (PEM) of whom else to believe than the usual authorities.

        ``patience``: seconds for which an unanswered request is sent again.

        Trouble for a URL that is not ``https``, unless it is of this machine or ``insecure``.
        """
        _check_url(url, insecure)
        self._url = url.rstrip("/") + "/v1/"
        self._token = token
        self._patience, self._sleep, self._clock = patience, sleep, clock
        self._session = requests.Session()
        self._session.trust_env = False
        if authority:
            self._session.verify = str(authority)
        self._session.headers["Accept-Language"] = "zh-CN"
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    @property
    def subject(self) -> str:
        """The subject that the token names; whether it is genuine is for the gateway."""
        try:
            part = (self._token or "").split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            return str(claims["sub"])
        except (IndexError, KeyError, TypeError, ValueError) as exc:
            raise Trouble("no-token", "需要访问令牌", "this needs a token (JWT)") from exc

    def get(self, path: str, **params: Any) -> Any:
        """The answer's JSON."""
        return self._told(self._insist("GET", path, params=params))

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """The answer's JSON."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self._told(self._insist("POST", path, json=body, headers=headers))

    def download(self, path: str) -> bytes:
        """The bytes of a file."""
        answer = self._insist("GET", path)
        if answer.status_code != 200:
            self._told(answer)
        return answer.content

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _insist(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        start, pause = self._clock(), _FIRST
        while True:
            failed: Exception | None = None
            answer: requests.Response | None = None
            try:
                answer = self._session.request(
                    method, self._url + path, timeout=_TIMEOUT, allow_redirects=False, **kwargs
                )
            except (requests.ConnectionError, requests.Timeout, _Broken) as exc:
                failed = exc
            except (requests.RequestException, ValueError) as exc:
                raise _unreachable(self._url, exc) from exc
            if answer is not None and answer.status_code not in _NOT_NOW:
                return answer
            if self._clock() - start + pause > self._patience:
                if answer is not None:
                    return answer
                raise _unreachable(self._url, failed)
            self._sleep(pause)
            pause = min(pause * _GROWTH, _LONGEST)

    def _told(self, answer: requests.Response) -> Any:
        """What an answer says; Trouble if it is a problem (RFC 9457) or no JSON."""
        try:
            data = answer.json()
        except ValueError:
            data = None
        if answer.status_code in (200, 201) and data is not None:
            return data
        raise _problem(answer.status_code, data if isinstance(data, dict) else {})


_Broken = requests.exceptions.ChunkedEncodingError


def items(service: Service, path: str, **params: Any) -> Iterator[Any]:
    """All items of a list, page by page."""
    cursor: dict[str, Any] = {}
    while True:
        page = service.get(path, **params, **cursor)
        yield from page["items"]
        if not page.get("next"):
            return
        cursor = {"cursor": page["next"]}


def _check_url(url: str, insecure: bool) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host and (parts.scheme == "https" or parts.scheme == "http" and insecure):
            return
        if parts.scheme == "http" and (
            host == "localhost" or ipaddress.ip_address(host).is_loopback
        ):
            return
    except ValueError:
        pass  # no URL, or http to a name of another machine
    raise Trouble(
        "insecure-gateway",
        f"{url} 不是 https 地址,令牌与选票会被他人看到;确需如此请写明 --insecure",
        "others could read what is sent: take https, or say --insecure",
    )


def _problem(status: int, data: dict[str, Any]) -> Trouble:
    code = str(data.get("type", "")).rpartition("/")[2] or f"http-{status}"
    told = [str(data.get("detail") or data.get("title") or f"网关答复 {status}")]
    told += [f"{one.get('pointer')} {one.get('detail')}" for one in data.get("errors", [])]
    return Trouble(code, ";".join(told), status=status)


def _unreachable(url: str, exc: Exception | None) -> Trouble:
    return Trouble(
        "no-connection",
        f"无法连接 {url}",
        f"the gateway cannot be reached ({type(exc).__name__})",
    )
