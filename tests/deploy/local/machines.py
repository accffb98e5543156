"""This machine as it would be without some of its programs, in name spaces of its own.

A copy of the root folder is laid over the real one, in memory, and everything that runs in it ends
with it.  That takes root; where it cannot be done, the test is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.system import ROOT

_ENTER = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]

_COPY = """
set -eu
mount -t tmpfs none "$COPY"
mkdir "$COPY/upper" "$COPY/work" "$COPY/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$COPY/upper,workdir=$COPY/work" "$COPY/root"
for folder in /dev "$REPOSITORY" "$PYTHON" "$BASE_PYTHON"; do
  mkdir -p "$COPY/root$folder"
  mount --rbind "$folder" "$COPY/root$folder"
done
mount -t proc proc "$COPY/root/proc"
cp /etc/resolv.conf "$COPY/root/etc/resolv.conf" 2>/dev/null || true
exec chroot "$COPY/root" sh -euc 'cd "$REPOSITORY"; eval "$SCRIPT"'
"""


def without_packages(script: str, tmp_path: Path) -> str:
    """Run a shell script on a copy of this machine that it may take apart; what it prints."""
    copy = tmp_path / "copy"
    copy.mkdir()
    return _run(
        ["sh", "-c", _COPY],
        {
            **os.environ,
            "COPY": str(copy),
            "REPOSITORY": str(ROOT),
            "PYTHON": sys.prefix,
            "BASE_PYTHON": sys.base_prefix,
            "SCRIPT": script,
        },
    )


def without_rabbitmq(code: str, path: Path) -> str:
    """Run Python code where RabbitMQ is hidden and only programs in ``path`` are found."""
    hide = "if [ -d /usr/lib/rabbitmq ]; then mount -t tmpfs none /usr/lib/rabbitmq; fi"
    return _run(
        ["sh", "-c", f'{hide}; export PATH="$ONLY"; exec "$0" -c "$1"', sys.executable, code],
        {**os.environ, "ONLY": str(path)},
    )


def _run(command: list[str], env: dict[str, str]) -> str:
    if os.geteuid() != 0 or subprocess.run([*_ENTER, "true"], check=False).returncode:
        pytest.skip("needs root and name spaces of its own")
    done = subprocess.run(
        [*_ENTER, *command],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "CannotInstall: apt-get update" in done.stderr:
        pytest.skip("the distribution's packages cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
