"""The distribution's packages, installed without starting the services that they bring."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")
_NO_SERVICE = "#!/bin/sh\n# Services stay stopped while packages are installed.\nexit 101\n"


class CannotInstall(Exception):
    """The package manager failed; the message holds the end of what it said."""


def may_install() -> bool:
    """Whether packages can be installed: by root, with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str, say: Callable[[str], None] = print) -> None:
    """Install packages; their services are not started.  Raises CannotInstall."""
    say(f"安装软件包 installing: {' '.join(packages)} …")
    with _one_at_a_time(), _services_stay_stopped():
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", *packages)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several tests may miss the same package at once; the second finds it there."""
    with (Path(tempfile.gettempdir()) / "minsheng-packages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _services_stay_stopped() -> Iterator[None]:
    """Debian asks policy-rc.d before it starts a service; one that is there already is kept."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text(_NO_SERVICE)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def _apt(*arguments: str) -> None:
    done = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-5:]
        raise CannotInstall(f"apt-get {arguments[0]}: " + "\n".join(said))
