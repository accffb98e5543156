"""Reading a frame's list from a file: checked whole, its contacts sealed on the way.

Nothing of it lies about afterwards: contacts are sealed as soon as they are read, and a file that
came by HTTP is gone when it has been read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import eventlet.patcher
import eventlet.tpool

from services.chassis.secretbox import Keys
from services.commons.errors import Invalid
from services.commons.sheets import open_sheet

from .commands.frames import LoadedUnit
from .model.frame_row import Check, Stratification

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded:
    """A list without fault."""

    sha256: str
    units: list[LoadedUnit]
    cells: dict[str, int]


def from_file(
    path: Path,
    strata: list[dict[str, Any]],
    keys: Keys,
    *,
    sheet: str | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> Loaded:
    """The list in a CSV or XLSX file; ``step``: told of each row.  Raises Invalid, with places."""
    chosen = Stratification.from_data(strata)
    check = Check(chosen, lambda *parts: keys.pseudonym("frame", *parts))
    units = []
    with open_sheet(path, chosen.columns, sheet=sheet) as rows:
        for row in rows:
            one = check.take(row)
            step(1)
            if check.fault_count == 0:
                contact = keys.seal(one.contact) if one.contact else None
                units.append(LoadedUnit(one.id, one.cell, contact))
    check.finish()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Loaded(sha256, units, dict(sorted(check.cells.items())))


def from_body(body: Any, strata: list[dict[str, Any]], keys: Keys) -> Loaded:
    """The list in a request: the file in base64.  It holds the CPU, so the loop goes on beside."""
    try:
        data = base64.b64decode(body["file"], validate=True)
    except (KeyError, TypeError, binascii.Error):
        raise Invalid("file-missing", "send the file itself", "请直接发送文件") from None

    def read() -> Loaded:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list"
            path.write_bytes(data)
            return from_file(path, strata, keys)

    return beside(read)


def beside(work: Callable[[], T]) -> T:
    """Work that holds the CPU, in a thread of its own where an event loop runs."""
    if eventlet.patcher.is_monkey_patched("thread"):
        done: T = eventlet.tpool.execute(work)
        return done
    return work()
