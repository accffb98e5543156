"""Programs started as children."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from deploy.local import children

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""


def test_output_goes_to_the_log(tmp_path: Path) -> None:
    """What a program prints can be read afterwards."""
    process = children.start([sys.executable, "-c", "print('hello')"], log=tmp_path / "log")
    process.wait()
    assert children.tail(tmp_path / "log") == "hello"


def test_a_program_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    """Ending a program takes no longer than the patience given."""
    process = children.start([sys.executable, "-c", STUBBORN], log=tmp_path / "log")
    _until(lambda: children.tail(tmp_path / "log") == "up")
    children.end(process, patience=0.2)
    assert process.returncode == -signal.SIGKILL


def test_what_a_program_left_behind_ends_with_it(tmp_path: Path) -> None:
    """A grandchild in the same group does not stay when its parent ends."""
    process = children.start(["sh", "-c", "sleep 61 & echo $!; wait"], log=tmp_path / "log")
    _until(lambda: children.tail(tmp_path / "log") != "")
    grandchild = int(children.tail(tmp_path / "log"))
    children.end(process)
    _until(lambda: not _alive(grandchild))


def test_a_child_follows_a_killed_parent(tmp_path: Path) -> None:
    """Where we are killed and can end nothing any more, the kernel ends our children."""
    code = (
        "import time; from deploy.local import children;"
        "print(children.start(['sleep', '62']).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert children.children_of(parent.pid) == {child: ["sleep", "62"]}
    parent.kill()
    parent.communicate()
    _until(lambda: not _alive(child))


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
