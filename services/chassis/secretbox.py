"""Keys with which a service seals what few may read, and makes pseudonyms that it alone can make.

``MINSHENG_KEYS`` names a file of Fernet keys, one a line: the first seals, all of them open, so a
key is replaced by putting a new one on top.  ``Keys.rotate`` seals anew what an older key sealed.
Pseudonyms are made with the last line, which therefore must stay the last.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from .settings import BadSetting, Settings


class Keys:
    """The keys of one service."""

    def __init__(self, keys: list[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._seals = [hashlib.sha256(b"minsheng-seal|" + key.encode()).digest() for key in keys]
        self._pseudonyms = hashlib.sha256(b"minsheng-pseudonym|" + keys[-1].encode()).digest()

    def seal(self, thing: Any) -> bytes:
        """JSON-able data as what may be stored."""
        return self._fernet.encrypt(json.dumps(thing, ensure_ascii=False).encode())

    def open(self, sealed: bytes) -> Any:
        """What was sealed; BadSetting if none of the keys opens it."""
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise BadSetting("MINSHENG_KEYS has no key that opens what is stored") from None

    def rotate(self, sealed: bytes) -> bytes:
        """The same, sealed with the first key."""
        return self._fernet.rotate(sealed)

    def mark(self, text: str) -> str:
        """A seal on what stays readable (HMAC-SHA-256 in hexadecimal digits), by the first key."""
        return hmac.digest(self._seals[0], text.encode(), "sha256").hex()

    def marked(self, text: str, mark: str) -> bool:
        """Whether one of the keys made this seal on the text."""
        made = (hmac.digest(key, text.encode(), "sha256").hex() for key in self._seals)
        return any(hmac.compare_digest(one, mark) for one in made)

    def pseudonym(self, *parts: str) -> str:
        """What stands for a person in one context: always the same, and nobody can invert it."""
        text = json.dumps(parts, ensure_ascii=False).encode()
        return hmac.digest(self._pseudonyms, text, "sha256").hex()


def keys_of(settings: Settings) -> Keys:
    """A service's keys; in development they are made in the data folder.  Raises BadSetting."""
    if settings.keys:
        return _read(Path(settings.keys))
    if settings.production:
        raise BadSetting("MINSHENG_KEYS must name a file of Fernet keys in production")
    file = settings.data_dir / "development-keys"
    if not file.exists():
        _make(file)
    return _read(file)


@functools.cache
def _read(file: Path) -> Keys:
    try:
        keys = file.read_text("ascii").split()
        return Keys(keys)
    except (OSError, ValueError, IndexError) as exc:
        raise BadSetting(
            "MINSHENG_KEYS must be a file of Fernet keys (32 bytes in URL-safe base64), one a line"
        ) from exc


def _make(file: Path) -> None:
    """Write a first key; whoever comes second takes the first one's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(Fernet.generate_key() + b"\n")
    with contextlib.suppress(FileExistsError):
        os.link(own, file)
    own.unlink()
