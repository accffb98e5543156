"""Bodies that are files: onto the disk, then into the queue, and only then to a worker.

A slow line costs a green thread and not memory nor a worker; a photo waits until a core is free.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import eventlet
from eventlet.semaphore import Semaphore

from services.chassis.settings import Settings
from services.commons.errors import Invalid, Unavailable
from services.commons.photos import refusals

#: The operations that take them by their paths, and where the server leaves what it received.
METHOD = "POST"
OPERATIONS = (
    (re.compile("/v1/files/?"), "upload_file"),
    (re.compile("/v1/audiences/[^/]+/answer-imports/?"), "import_answers"),
)
RECEIVED = "minsheng.upload"
#: Seconds for a whole file and for its place in the queue; bodies that may be under way at once.
UPLOAD_TIME, PATIENCE = 300.0, 60.0
MAX_UPLOADS = 100
_PIECE = 64 * 1024
_DIGEST = re.compile(r"\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*")

_under_way = Semaphore(MAX_UPLOADS)
_examinations = Semaphore(len(os.sched_getaffinity(0)))


@dataclass(frozen=True)
class Upload:
    """A file that has arrived whole; it is gone when the request is answered."""

    file: IO[bytes]
    size: int
    digest: bytes


class NotWhole(Exception):
    """The body ended before it should, or its chunks are malformed."""


def operation_of(environ: dict[str, Any]) -> str | None:
    """The operation that a request's body is a file for; None for any other request."""
    if environ["REQUEST_METHOD"] != METHOD:
        return None
    path: str = environ["PATH_INFO"]
    return next((name for pattern, name in OPERATIONS if pattern.fullmatch(path)), None)


@contextlib.contextmanager
def received(
    source: IO[bytes], declared: int | None, settings: Settings, seconds: float = UPLOAD_TIME
) -> Iterator[Upload]:
    """Receive ``declared`` bytes, or all there are, and wait for a turn to have them examined.

    Raises TooLarge, Unavailable (too many at once), TimeoutError, or NotWhole.
    """
    if declared is not None and declared > settings.upload_limit:
        raise refusals.too_large(settings.upload_limit)
    folder = settings.data_dir / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        if not _under_way.acquire(blocking=False):
            raise _busy()
        try:
            with eventlet.Timeout(seconds, TimeoutError()):
                upload = _receive(source, declared, settings.upload_limit, file)
        finally:
            _under_way.release()
        with _turn():
            yield upload


def check_digest(header: str, upload: Upload) -> None:
    """Compare Content-Digest (RFC 9530); other algorithms than SHA-256 are passed over.

    Raises Invalid if the bytes are not those that the client meant, or the digest is no digest.
    """
    for part in header.split(","):
        if not part.strip().startswith("sha-256="):
            continue
        found = _DIGEST.fullmatch(part)
        try:
            declared = base64.b64decode(found[1], validate=True) if found else None
        except binascii.Error:
            declared = None
        if declared != upload.digest:
            raise Invalid(
                "digest-mismatch",
                "the bytes that arrived are not those of Content-Digest; send the file again",
                "收到的内容与 Content-Digest 不符,请重新上传",
            )


def _receive(source: IO[bytes], declared: int | None, limit: int, file: IO[bytes]) -> Upload:
    digest, size = hashlib.sha256(), 0
    while piece := _read(source, _PIECE if declared is None else min(_PIECE, declared - size)):
        size += len(piece)
        if size > limit:
            raise refusals.too_large(limit)
        digest.update(piece)
        _write(file, piece)
    if declared is not None and size < declared:
        raise NotWhole
    return Upload(file, size, digest.digest())


def _read(source: IO[bytes], most: int) -> bytes:
    try:
        return source.read(most)
    except TimeoutError:
        raise
    except (OSError, ValueError):
        raise NotWhole from None


def _write(file: IO[bytes], piece: bytes) -> None:
    try:
        file.write(piece)
    except OSError as exc:  # ours, not the sender's: the disk is full
        raise Unavailable(
            "files-unavailable",
            "there is no room for the file now; try again in a moment",
            "暂时无法保存文件,请稍后再试",
        ) from exc


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """As many files at once as there are cores; the others wait, and not in a worker."""
    with eventlet.Timeout(PATIENCE, _busy()):
        _examinations.acquire()
    try:
        yield
    finally:
        _examinations.release()


def _busy() -> Unavailable:
    return Unavailable(
        "uploads-busy",
        "too many files are being received; try again in a moment",
        "正在接收的文件过多,请稍后再试",
    )
