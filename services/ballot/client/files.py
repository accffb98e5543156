"""Files that appear whole or not at all; those with secrets are for their owner's eyes only.

What is JSON says in its first fields, in Chinese and English, what it is and with whom to share it.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from services.ballot.belenios.encoding import dumps, fields, loads
from services.ballot.belenios.refused import Refused

from .trouble import Trouble

#: An opened ballot of 100 candidates in BELENIOS-2048 has 3 MB, a roll of 10,000 has 7.
MOST_BYTES = 20_000_000
_OWNER, _ALL = 0o600, 0o644


def write(path: Path, text: str | bytes, *, secret: bool, new: bool = False) -> None:
    """Write a file durably, or leave what was there; Trouble if it cannot be written.

    ``secret``: only its owner may read it.  ``new``: Trouble if there is such a file already.
    """
    data = text.encode() if isinstance(text, str) else text
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(mode=0o700 if secret else 0o755, parents=True, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER), "wb") as file:
            os.fchmod(file.fileno(), _OWNER if secret else _ALL)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new:
            os.link(beside, path)
        else:
            os.replace(beside, path)
        _sync_folder(path.parent)
    except FileExistsError as exc:
        raise Trouble(
            "file-exists", f"{path} 已存在,不予覆盖", "it exists and is not overwritten"
        ) from exc
    except OSError as exc:
        raise _not_written(path, exc) from exc
    finally:
        beside.unlink(missing_ok=True)


def append(path: Path, data: bytes, *, at: int) -> None:
    """Add to a public file durably, at this offset; what a broken write left there is lost."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_RDWR | os.O_CREAT, _ALL), "r+b") as file:
            file.truncate(at)
            file.seek(at)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        raise _not_written(path, exc) from exc


def read(path: Path) -> str:
    """A file's text; Trouble without one."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Trouble("file-too-long", f"{path} 过大", "the file is too long")
        return path.read_text("utf-8")
    except UnicodeDecodeError as exc:
        raise Trouble("no-text", f"{path} 不是文本文件", "this is no text") from exc
    except OSError as exc:
        raise Trouble("no-file", f"无法读取 {path}", f"cannot be read: {exc.strerror}") from exc


def read_fields(path: Path, kind: str, *names: str) -> dict[str, Any]:
    """A file of :func:`labelled`, of this kind and with these fields; Trouble otherwise."""
    try:
        data = loads(read(path), most=MOST_BYTES)
        found = fields(data, "what", "share", "version", "kind", *names)
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc
    if found["version"] != 1 or found["kind"] != kind:
        raise Trouble("other-file", f"{path} 不是所需的文件({kind})", f"this is no {kind}")
    return found


def labelled(kind: str, what: tuple[str, str], share: tuple[str, str], **data: Any) -> str:
    """A file's text; ``what`` it is and with whom to ``share`` it, in Chinese and English."""
    named = {"what": what, "share": share}
    said = {name: dict(zip(("zh", "en"), one, strict=True)) for name, one in named.items()}
    return (
        json.dumps(
            {**said, "version": 1, "kind": kind, **data},
            ensure_ascii=False,
            indent=1,
            allow_nan=False,
        )
        + "\n"
    )


def compact(data: Any) -> str:
    """Compact JSON of a message."""
    return dumps(data)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_written(path: Path, exc: OSError) -> Trouble:
    return Trouble("not-written", f"无法写入 {path}", f"cannot be written: {exc.strerror}")
