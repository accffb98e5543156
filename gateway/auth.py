"""Bearer tokens: OIDC access tokens checked against a JWKS, or the development key's.

A token's claims: ``sub`` (for a deputy her id in the register), ``roles`` (a list of names from
``gateway/roles.py``), ``aud``, ``exp``.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

import jwt

from services.chassis import development_key
from services.chassis.context import Principal
from services.chassis.settings import Settings
from services.commons.errors import Unavailable

from .roles import ROLES

ALGORITHMS = ("ES256", "ES384", "EdDSA", "RS256", "PS256")
_REMEMBERED = 10_000
#: Seconds for which keys are kept, and what was verified with them: a key taken back counts then.
_LIFESPAN = 300
#: A subject stands in records: not blank, at most 200 characters, none of them a control character.
_SUBJECT = re.compile(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")


class BadToken(Exception):
    """There is no token, or it is not valid; the message says why, in English."""


class Tokens:
    """Checks tokens; one that was valid is not verified again for some minutes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._remote: jwt.PyJWKClient | None = None
        self._keys: dict[str | None, Any] = {}
        self._seen: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()
        if settings.jwks.startswith("https://"):
            self._remote = jwt.PyJWKClient(settings.jwks, lifespan=_LIFESPAN, timeout=5)
        elif settings.jwks:
            self._keys = _from_file(Path(settings.jwks))
        elif not settings.production:
            self._keys = _keys(development_key.public_jwks(settings))
        if settings.production:
            self._refuse_development_key()

    def principal(self, authorization: str) -> Principal:
        """Who the header speaks for; raises BadToken, or Unavailable without the keys' server."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise BadToken("send Authorization: Bearer <token>")
        digest = hashlib.sha256(token.encode()).digest()
        known = self._seen.get(digest)
        if known and known[0] > time.time():
            return known[1]
        claims = self._verified(token)
        principal = Principal(claims["sub"], _roles(claims))
        self._seen[digest] = (min(float(claims["exp"]), time.time() + _LIFESPAN), principal)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return principal

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            key = self._key(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self.settings.audience,
                options={"require": ["exp", "sub", "aud"]},
            )
            # What is remembered of it must be a time that fits into a float.
            float(claims["exp"])
        except jwt.PyJWKClientConnectionError as exc:
            raise Unavailable(
                "keys-unavailable",
                "the identity provider's keys cannot be fetched; try again in a moment",
                "暂时无法获取身份服务的公钥,请稍后再试",
            ) from exc
        except (jwt.PyJWTError, ValueError, OverflowError) as exc:
            raise BadToken(f"the token is not valid ({type(exc).__name__})") from exc
        if not _SUBJECT.fullmatch(claims["sub"]):
            raise BadToken("the token's subject must be a text of 1 to 200 characters")
        return claims

    def _key(self, token: str) -> Any:
        if self._remote:
            return self._remote.get_signing_key_from_jwt(token).key
        kid = jwt.get_unverified_header(token).get("kid")
        if kid not in self._keys:
            raise BadToken("the token is signed with a key that is not known here")
        return self._keys[kid].key

    def _refuse_development_key(self) -> None:
        if not self.settings.jwks:
            raise SystemExit("minsheng: MINSHENG_JWKS is required in production")
        if development_key.KID in self._keys:
            raise SystemExit("minsheng: the development key may not be used in production")


def _roles(claims: dict[str, Any]) -> frozenset[str]:
    roles = claims.get("roles", [])
    return (
        frozenset(role for role in roles if role in ROLES)
        if isinstance(roles, list)
        else frozenset()
    )


def _from_file(path: Path) -> dict[str | None, Any]:
    try:
        return _keys(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, jwt.PyJWTError) as exc:
        raise SystemExit(f"minsheng: MINSHENG_JWKS must be a JWKS file: {exc}") from exc


def _keys(jwks: dict[str, Any]) -> dict[str | None, Any]:
    return {key.key_id: key for key in jwt.PyJWKSet.from_dict(jwks).keys}
