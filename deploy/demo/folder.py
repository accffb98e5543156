"""The demo's folder: emptied before each run, by one run at a time, and never somebody else's."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

_MARK = "demo.lock"


class NotOurs(Exception):
    """The folder is not the demo's to empty; the message is one line."""


@contextlib.contextmanager
def fresh(folder: Path) -> Iterator[Path]:
    """The folder, empty but for its mark, held until the end; raises NotOurs."""
    mark = folder / _MARK
    if folder.exists() and not mark.exists() and any(folder.iterdir()):
        raise NotOurs(
            f"{folder} 不是演示用文件夹 holds other things; choose an empty or a new folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with mark.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotOurs(f"另一演示正在运行 another demo is running in {folder}") from None
        for old in folder.iterdir():
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            elif old != mark:
                old.unlink()
        yield folder
