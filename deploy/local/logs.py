"""Log files of several processes, followed as one stream with each line's process before it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

_INTERVAL = 0.2  # seconds
_COLOURS = (36, 32, 33, 35, 34, 31, 90)


class Follower:
    """Prints what is added to log files from now on, until it is stopped.

    ``files``: name of the process → file, which need not exist yet and may be rotated.
    """

    def __init__(
        self, files: Mapping[str, Path], say: Callable[[str], None] = print, colour: bool = False
    ) -> None:
        width = max(map(len, files))
        self._files = []
        for number, (name, path) in enumerate(files.items()):
            paint = f"\x1b[{_COLOURS[number % len(_COLOURS)]}m{{}}\x1b[0m" if colour else "{}"
            self._files.append(_File(path, name, f"{name:<{width}} | ", paint))
        self._say = say
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Print what is there to the last line, and end."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(_INTERVAL):
            self._step()
        self._step()

    def _step(self) -> None:
        for file in self._files:
            for line in file.lines():
                self._say(line)


class _File:
    def __init__(self, path: Path, name: str, prefix: str, paint: str) -> None:
        self.path = path
        self.program = name.partition("-")[0]
        self.prefix = prefix
        self.paint = paint
        self.stream: BinaryIO | None = path.open("rb") if path.exists() else None
        if self.stream:
            self.stream.seek(0, 2)
        self.rest = b""

    def lines(self) -> list[str]:
        """The whole lines added since the last call."""
        found = self._read()
        if self._replaced():
            if self.stream:
                self.stream.close()
            self.stream = self.path.open("rb")
            found += self._read()
        *whole, self.rest = (self.rest + found).split(b"\n")
        return [self._prefixed(line.decode("utf-8", "replace")) for line in whole]

    def _prefixed(self, line: str) -> str:
        # The services write their program before each line themselves; a traceback has none.
        program, _, rest = line.partition(" | ")
        said = rest if program.rstrip() == self.program else line
        return self.paint.format(self.prefix) + said

    def _read(self) -> bytes:
        return self.stream.read() if self.stream else b""

    def _replaced(self) -> bool:
        try:
            now = self.path.stat().st_ino
        except FileNotFoundError:
            return False
        return self.stream is None or now != _inode(self.stream)


def _inode(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_ino
