"""Programs started as children: in a session of their own, and never outliving us by accident."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    user: str | None = None,
    farewell: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program; its output goes to the file ``log`` (or nowhere).

    In a session of its own, so that a Ctrl-C at the terminal reaches us alone and we end things in
    order.  If we are killed ourselves, the kernel sends it ``farewell``; that is tied to the thread
    that calls this, so call it from one that lives as long as the program should.
    """
    with open(log or os.devnull, "ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            user=user,
            group=user and _group(user),
            extra_groups=[] if user else None,
            # Runs after the change of user, which would clear it.
            preexec_fn=_follow_parent(farewell),
        )


def end(
    process: subprocess.Popen[bytes],
    *,
    by: signal.Signals = signal.SIGTERM,
    patience: float = 20.0,
) -> None:
    """End a program: ask it, wait ``patience`` seconds, then kill what is left of its group."""
    if process.poll() is None:
        process.send_signal(by)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def children_of(pid: int) -> dict[int, list[str]]:
    """The living children of a process: pid → command line."""
    found: dict[int, list[str]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            # The name in parentheses may hold anything, so read behind its end.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                line = (folder / "cmdline").read_bytes().rstrip(b"\0")
                found[int(folder.name)] = [part.decode() for part in line.split(b"\0")]
    return found


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log file, for messages about a program that failed."""
    try:
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""


def _follow_parent(farewell: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def follow() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return follow


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
