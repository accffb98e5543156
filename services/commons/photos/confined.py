"""The examination in a process of its own: what it reads comes from anybody.

A parser that a file breaks, or lets grow without end, breaks a child with little memory, little
time and an environment without secrets.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from . import refusals
from .kinds import MEDIA_TYPES
from .limits import Limits

T = TypeVar("T")

_ROOT = Path(__file__).resolve().parents[3]
_COMMAND = [sys.executable, "-P", "-s", "-m", __package__]
_PAUSE = 0.01


@dataclass(frozen=True)
class Examined:
    """What a file is.  ``width``, ``height``, ``dhash``, ``public`` (a JPEG): of photos only."""

    kind: str
    width: int | None = None
    height: int | None = None
    dhash: str | None = None
    exif: dict[str, Any] | None = None
    public: bytes | None = None

    @property
    def media_type(self) -> str:
        """As HTTP names it."""
        return MEDIA_TYPES[self.kind]


def examined(file: IO[bytes], limits: Limits | None = None) -> Examined:
    """What the file on disk behind ``file`` is; raises TooLarge, Unsupported or Invalid.

    Waits without holding up an event loop if one has replaced ``time.sleep``.
    """
    return _run(file, limits or Limits(), _examined)


def redacted(public: bytes, rectangles: Sequence[tuple[int, int, int, int]]) -> bytes:
    """A derivative with rectangles (x, y, width, height) painted black, as a JPEG.

    Raises Invalid if there is none, or if one is empty or reaches out of the picture.
    """
    with tempfile.TemporaryFile() as file:
        file.write(public)
        return _run(file, Limits(), _made, json.dumps(rectangles))


def _run(
    file: IO[bytes], limits: Limits, read: Callable[[dict[str, Any], bytes], T], *more: str
) -> T:
    """What is read from what the child process says, and the bytes that it made."""
    file.flush()
    if os.fstat(file.fileno()).st_size > limits.size:
        raise refusals.too_large(limits.size)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with tempfile.TemporaryFile() as found:
        process = subprocess.Popen(
            [*_COMMAND, json.dumps(dataclasses.asdict(limits)), *more],
            stdin=file,
            stdout=found,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", "")},
        )
        if _ended_well(process, 2 * limits.seconds):
            found.seek(0)
            with contextlib.suppress(ValueError, KeyError, TypeError):
                head = json.loads(found.readline())
                if "refused" in head:
                    raise refusals.BY_KIND[head["refused"]](*head["why"])
                return read(head, found.read())
    raise refusals.unreadable()


def _ended_well(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait by looking again and again: the one way that works with an event loop and without."""
    end = time.monotonic() + seconds
    try:
        while process.poll() is None:
            if time.monotonic() > end:
                return False
            time.sleep(_PAUSE)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return process.returncode == 0


def _examined(head: dict[str, Any], public: bytes) -> Examined:
    return Examined(**head, public=public or None)


def _made(head: dict[str, Any], made: bytes) -> bytes:
    if head:
        raise ValueError(head)
    return made
