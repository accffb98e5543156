"""Uploaded files, kept by the hash of their content: the original sealed, a derivative public.

In a local folder, or in S3.  Nothing that is there is ever written again, so a repeat is harmless;
what is known of a file is written last, so that a file is known only when it is complete.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

import eventlet.patcher
import eventlet.tpool
import obstore
import obstore.store
from obstore.exceptions import AlreadyExistsError, BaseError

from services.commons import clock
from services.commons.errors import Unavailable
from services.commons.photos import Examined, Limits, examined, redacted, refusals

from .settings import Settings

T = TypeVar("T")

#: Below it each service's claims, a folder a service.
CLAIMED = "claimed/"

_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 1024 * 1024
#: Given up in time for an answer.
_RETRIES: Any = {"max_retries": 3, "retry_timeout": dt.timedelta(seconds=30)}


@dataclass(frozen=True)
class About:
    """What is known of a file; ``size`` in bytes, the rest as in ``photos.Examined``."""

    sha256: str
    kind: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    dhash: str | None
    exif: dict[str, Any] | None
    received_at: dt.datetime

    @property
    def has_public(self) -> bool:
        """Whether there is a derivative that may be shown: photos have one."""
        return self.dhash is not None


class Files:
    """The store that ``MINSHENG_FILES`` names.  Every method raises Unavailable if it is away."""

    def __init__(self, settings: Settings, store: Any = None) -> None:
        self._settings = settings
        self._given = store

    def describe(self, sha256: str) -> About | None:
        """What is known of a file; None if it never came, or not whole."""
        if not _HASH.fullmatch(sha256):
            return None
        text = self._read(f"about/{sha256}.json")
        return None if text is None else _about(text)

    def store(self, source: IO[bytes] | Path | bytes, limits: Limits | None = None) -> About:
        """Examine a file and keep it; the same bytes again give the same answer.

        Raises TooLarge, Unsupported or Invalid, and then keeps nothing.
        """
        limits = limits or Limits(size=self._settings.upload_limit)
        with _opened(source) as file:
            if os.fstat(file.fileno()).st_size > limits.size:
                raise refusals.too_large(limits.size)
            sha256 = _hash(file)
            known = self.describe(sha256)
            if known:
                return known
            found = examined(file, limits)
            file.seek(0)
            return self._keep(sha256, file.read(), found)

    def public(self, sha256: str) -> bytes | None:
        """The derivative of a photo, a JPEG; None if there is none."""
        about = self.describe(sha256)
        return self._read(_public(sha256)) if about and about.has_public else None

    def sealed(self, sha256: str) -> Iterator[bytes]:
        """The original, in pieces; nothing if it is not known."""
        about = self.describe(sha256)
        yield from self.kept(_sealed(sha256), about.size if about else 0)

    def claim(self, sha256: str) -> About | None:
        """Say that this service is about to name a file, and what is known of it, or None.

        What a service has claimed, another one's clearing up leaves where it is.
        """
        if not _HASH.fullmatch(sha256):
            return None
        if self.describe(sha256) is None:
            return None
        self._create(f"{CLAIMED}{self._settings.service}/{sha256}", b"")
        # Asked again: it may have been set aside before it was claimed.
        return self.describe(sha256)

    def redact(self, sha256: str, rectangles: Sequence[tuple[int, int, int, int]]) -> str | None:
        """Make a photo's derivative with rectangles painted black; its name, None for no photo.

        The derivative and the original stay as they are.  Raises Invalid, see ``photos.redacted``.
        """
        public = self.public(sha256)
        if public is None:
            return None
        made = redacted(public, rectangles)
        name = hashlib.sha256(made).hexdigest()
        self._create(_redacted(name), made)
        return name

    def redaction(self, name: str) -> bytes | None:
        """What :meth:`redact` made, a JPEG; None if there is none of that name."""
        return self._read(_redacted(name)) if _HASH.fullmatch(name) else None

    def keep(self, key: str, file: Path) -> None:
        """Keep a file that this system made, however large, under a key of its own."""
        self._do(obstore.put, self._store, key, file)

    def kept(self, key: str, size: int) -> Iterator[bytes]:
        """Such a file of so many bytes, in pieces."""
        for start in range(0, size, _PIECE):
            length = min(_PIECE, size - start)
            piece = self._do(obstore.get_range, self._store, key, start=start, length=length)
            yield bytes(piece)

    def drop(self, key: str) -> None:
        """Let such a file go; nothing if it is not there."""
        with contextlib.suppress(FileNotFoundError):
            self._do(obstore.delete, self._store, key)

    def _keep(self, sha256: str, data: bytes, found: Examined) -> About:
        self._create(_sealed(sha256), data)
        if found.public is not None:
            self._create(_public(sha256), found.public)
        about = About(
            sha256=sha256,
            kind=found.kind,
            media_type=found.media_type,
            size=len(data),
            width=found.width,
            height=found.height,
            dhash=found.dhash,
            exif=found.exif,
            received_at=clock.now(),
        )
        text = json.dumps(dataclasses.asdict(about), default=dt.datetime.isoformat).encode()
        if self._create(f"about/{sha256}.json", text):
            return about
        # Somebody else sent the same at the same time and was first.
        return self.describe(sha256) or about

    @functools.cached_property
    def _store(self) -> Any:
        if self._given is not None:
            return self._given
        where = self._settings.files
        if where.startswith("s3://"):
            parts = urlsplit(where)
            prefix = parts.path.strip("/") or None
            return obstore.store.S3Store(parts.netloc, prefix=prefix, retry_config=_RETRIES)
        folder = Path(where).absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return obstore.store.LocalStore(folder)

    def _create(self, path: str, data: bytes) -> bool:
        """Write what is not there yet; whether it was not."""

        def create() -> bool:
            try:
                obstore.put(self._store, path, data, mode="create")
            except AlreadyExistsError:
                return False
            finally:
                if isinstance(self._store, obstore.store.LocalStore):
                    _settle(Path(self._settings.files) / path)
            return True

        return self._do(create)

    def _read(self, path: str) -> bytes | None:
        def read() -> bytes:
            return bytes(obstore.get(self._store, path).bytes())

        try:
            return self._do(read)
        except FileNotFoundError:
            return None

    def _do(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call the store, beside the event loop if there is one: it would stand still meanwhile."""
        try:
            if eventlet.patcher.is_monkey_patched("thread"):
                return eventlet.tpool.execute(function, *args, **kwargs)
            return function(*args, **kwargs)
        except FileNotFoundError:
            raise
        except (BaseError, OSError) as exc:
            raise Unavailable(
                "files-unavailable",
                "the store of files does not answer; try again in a moment",
                "文件存储暂时无法使用,请稍后再试",
            ) from exc


def _sealed(sha256: str) -> str:
    return f"sealed/{sha256}"


def _public(sha256: str) -> str:
    return f"public/{sha256}.jpg"


def _redacted(name: str) -> str:
    return f"redacted/{name}.jpg"


def _about(text: bytes) -> About:
    known = json.loads(text)
    names = {field.name for field in dataclasses.fields(About)}
    # A later release may have written more.
    given = {name: value for name, value in known.items() if name in names}
    return About(**given | {"received_at": dt.datetime.fromisoformat(known["received_at"])})


@contextlib.contextmanager
def _opened(source: IO[bytes] | Path | bytes) -> Iterator[IO[bytes]]:
    """The source as a file on disk, which the child process can be given."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    elif isinstance(source, bytes):
        with tempfile.TemporaryFile() as file:
            file.write(source)
            file.flush()
            yield file
    else:
        source.flush()
        yield source


def _hash(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
        time.sleep(0)  # an event loop's others may go on between the pieces
    return digest.hexdigest()


def _settle(file: Path) -> None:
    """Have a file and its name on the disk itself: an answer of 201 outlives a loss of power."""
    for path in (file, file.parent):
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
