"""How much of a file is looked at before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one examination.

    ``size``: bytes of the file.  ``pixels``: width × height of a photo.  ``trailer``: bytes that
    may follow a photo's end; 0 refuses them all but zeros.  ``entries``, ``unpacked``, ``ratio``:
    members of a DOCX or XLSX, their bytes together, and how many times more than packed.
    ``memory``: bytes of address space, ``seconds``: of processor time, for the child process; by
    the clock it has twice as long.
    """

    size: int = 20 * 1024 * 1024
    pixels: int = 50_000_000
    trailer: int = 0
    entries: int = 2_000
    unpacked: int = 200 * 1024 * 1024
    ratio: int = 100
    memory: int = 1024 * 1024 * 1024
    seconds: int = 15
