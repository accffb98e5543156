"""The development key: signs tokens on a machine where nobody is served for real.

It refuses to be made or read in production; the gateway refuses its tokens there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .settings import BadSetting, Settings

KID = "minsheng-development"


def token(settings: Settings, subject: str, roles: list[str], lifetime: dt.timedelta) -> str:
    """A signed token; raises BadSetting in production."""
    now = dt.datetime.now(dt.UTC)
    claims = {
        "sub": subject,
        "roles": roles,
        "aud": settings.audience,
        "iat": now,
        "exp": now + lifetime,
    }
    return jwt.encode(claims, _private(settings), "ES256", headers={"kid": KID})


def public_jwks(settings: Settings) -> dict[str, Any]:
    """The public half as a JWKS, made when it is first asked for; BadSetting in production."""
    public = _private(settings).public_key()
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(public))
    return {"keys": [jwk | {"kid": KID, "alg": "ES256", "use": "sig"}]}


def _private(settings: Settings) -> ec.EllipticCurvePrivateKey:
    if settings.production:
        raise BadSetting(
            "MINSHENG_ENVIRONMENT is production: the development key does not exist there"
        )
    file = settings.data_dir / "development-key.pem"
    if not file.exists():
        _make(file)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 (we made it)
    return key


def _make(file: Path) -> None:
    """Write a new key; whoever comes second takes the first one's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = file.with_suffix(f".{os.getpid()}")
    draft.touch(0o600)
    draft.write_bytes(pem)
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
