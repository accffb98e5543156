"""Processes that are started again when they die, by supervisord."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from . import children

#: Seconds that a process has to finish what it is doing; the services drain for ten.
STOP_WAIT = 15

_DAEMON = """\
[supervisord]
nodaemon = true
silent = true
{user}
logfile = log/supervisor.log
loglevel = warn
logfile_maxbytes = 1MB
logfile_backups = 1
pidfile = supervisord.pid
childlogdir = log
"""

_PROGRAM = """
[program:{name}]
priority = {priority}
command = {command}
directory = {cwd}
environment = {environment}
autorestart = true
startsecs = 1
startretries = 1000000
stopsignal = TERM
stopwaitsecs = {stop_wait}
stdout_logfile = log/{name}.log
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 2
redirect_stderr = true
"""


def log_files(folder: Path, programs: Iterable[str]) -> dict[str, Path]:
    """The log file of each program, and of the supervisor itself."""
    return {name: folder / "log" / f"{name}.log" for name in (*programs, "supervisor")}


_GROUP = """
[group:g{number}]
priority = {number}
programs = {names}
"""


class Supervisor:
    """A supervisord and its programs: name → command; output in ``folder``/log/<name>.log.

    ``first_out``: the programs that are ended before the others, so that what is under way in them
    can still be finished.  ``own``: variables that one program has besides, or instead of, those of
    ``env``; several may run the same command.
    """

    def __init__(
        self,
        folder: Path,
        programs: Mapping[str, Sequence[str]],
        env: Mapping[str, str],
        cwd: Path,
        first_out: Iterable[str] = (),
        own: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.own = own or {}
        self.first_out = set(first_out)
        self.programs = programs
        self.env = env
        self.cwd = cwd
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def logs(self) -> dict[str, Path]:
        """The log file of each program, and of the supervisor itself."""
        return log_files(self.folder, self.programs)

    @property
    def running(self) -> bool:
        """Whether supervisord lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start supervisord, which starts the programs; return at once."""
        (self.folder / "log").mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "supervisord.conf"
        configuration.write_text(self._configuration(), "utf-8")
        self._process = children.start(
            [sys.executable, "-m", "supervisor.supervisord", "--configuration", configuration],
            env=self.env,
            cwd=self.folder,  # the paths of logs are relative: supervisord expands them twice
            log=self.folder / "log" / "supervisord-output.log",
        )

    def stop(self) -> None:
        """End the programs, then supervisord."""
        if not self._process:
            return
        # Each program is in a session of its own; if supervisord must be killed they would stay.
        left = self.pids().values()
        children.end(self._process, patience=STOP_WAIT + 5)
        self._process = None
        for pid in left:
            _kill_if_ours(pid, list(self.programs.values()))

    def pids(self) -> dict[str, int]:
        """The process id of each program that runs now."""
        if not self.running or not self._process:
            return {}
        found = {}
        for pid, command in children.children_of(self._process.pid).items():
            name = _name(pid)
            # Before its exec a child is still supervisord, and may have the name already.
            if command == list(self.programs.get(name, ())):
                found[name] = pid
        return found

    def _configuration(self) -> str:
        user = "user = root" if os.geteuid() == 0 else ""
        parts = [_DAEMON.format(user=user)]
        for name, command in self.programs.items():
            parts.append(
                _PROGRAM.format(
                    name=name,
                    priority=2 if name in self.first_out else 1,
                    command=_escaped(shlex.join(command)),
                    cwd=_escaped(self.cwd),
                    environment=",".join(
                        f'{key}="{_escaped(value)}"'
                        for key, value in self.own.get(name, {}).items()
                    ),
                    stop_wait=STOP_WAIT,
                )
            )
        # It ends the programs of one group side by side, but one group after the other.
        for number, names in enumerate((set(self.programs) - self.first_out, self.first_out), 1):
            if names:
                parts.append(_GROUP.format(number=number, names=",".join(sorted(names))))
        return "".join(parts)


def _escaped(value: object) -> str:
    return str(value).replace("%", "%%")


def _name(pid: int) -> str:
    """What supervisord calls one of its children, by the variable that it gives each."""
    try:
        variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    mark = b"SUPERVISOR_PROCESS_NAME="
    return next((one.removeprefix(mark).decode() for one in variables if one.startswith(mark)), "")


def _kill_if_ours(pid: int, commands: list[Sequence[str]]) -> None:
    """Kill what is still alive under ``pid``, unless the number has gone to somebody else."""
    with contextlib.suppress(OSError):
        line = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").decode().split("\0")
        if line in [list(command) for command in commands]:
            os.kill(pid, signal.SIGKILL)
