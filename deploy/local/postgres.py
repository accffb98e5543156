"""A private PostgreSQL server in a folder of its own, for tests and for trying things."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
from psycopg2 import sql

from . import children, packages
from .ports import LOOPBACK, free_port

ADMIN = "minsheng"
_CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


class PostgresFailed(Exception):
    """The server is not installed, or did not start."""


def programs_folder() -> Path | None:
    """Where the newest installed PostgreSQL has its programs; None where there is none."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    for program in sorted(debian, key=lambda found: int(found.parts[-3]), reverse=True):
        return program.parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


class PostgresServer:
    """One server on a free loopback port; its files are gone after ``stop``.

    ``durable``: wait for the disk at each commit.  Tests need not: a killed process loses nothing
    of it, only a power cut would.  It refuses to run as root, and runs as ``postgres`` then.
    """

    def __init__(self, *, durable: bool = False, say: Callable[[str], None] = print) -> None:
        self.programs = programs_folder() or _install(say)
        self.durable = durable
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.user = _plain_user()
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the server's process lives."""
        return self._process is not None and self._process.poll() is None

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database, as the server's administrator."""
        where = f"{LOOPBACK}:{self.port}/{database}"
        return f"postgresql+psycopg2://{ADMIN}:{self.password}@{where}"

    def start(self, patience: float = 30.0) -> None:
        """Return when clients can connect; raises PostgresFailed with the end of the log."""
        if self.running:
            return
        folder = self._folder or self._initialise()
        options = ["-c", f"listen_addresses={LOOPBACK}", "-c", f"port={self.port}"]
        options += ["-c", "unix_socket_directories=", "-c", "max_connections=200"]
        if not self.durable:
            options += ["-c", "fsync=off"]
        self._process = children.start(
            [self.programs / "postgres", "-D", folder / "data", *options],
            cwd=folder,
            log=folder / "server.log",
            user=self.user,
            farewell=signal.SIGQUIT,
        )
        try:
            self._wait(patience, folder / "server.log")
        except BaseException:  # Ctrl-C while it starts
            self.stop()
            raise

    def stop(self) -> None:
        """End the server, whoever is connected, and remove its files."""
        if self._process:
            children.end(self._process, by=signal.SIGINT)
            self._process = None
        if self._folder:
            shutil.rmtree(self._folder)
            self._folder = None

    def pause(self) -> None:
        """End the server but keep its files: ``start`` goes on with them."""
        if self._process:
            children.end(self._process, by=signal.SIGINT)
            self._process = None

    def kill(self) -> None:
        """End the server and its workers at once, as a crash would; ``start`` recovers."""
        if self._process:
            children.end(self._process, by=signal.SIGQUIT)
            self._process = None

    def create_database(self, name: str, template: str = "template1") -> str:
        """Make a database, empty or as a copy of ``template``; its SQLAlchemy URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def _initialise(self) -> Path:
        # Not in the caller's folder: the user postgres may not be able to reach that.
        folder = Path(tempfile.mkdtemp(prefix="minsheng-postgres-"))
        secret = folder / "password"
        secret.write_text(self.password)
        if self.user:
            for path in (folder, secret):
                shutil.chown(path, self.user)
        command: list[str | Path] = [self.programs / "initdb", "-D", folder / "data", "-U", ADMIN]
        command += ["--pwfile", secret, "--auth=scram-sha-256", "--encoding=UTF8"]
        done = subprocess.run(
            [*command, "--locale=C.UTF-8", "--no-sync"],
            user=self.user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(folder)
            raise PostgresFailed(f"initdb: {done.stderr.strip()}")
        self._folder = folder
        return folder

    def _wait(self, patience: float, log: Path) -> None:
        deadline = time.monotonic() + patience
        while not self._answers():
            if not self.running or time.monotonic() > deadline:
                raise PostgresFailed(f"PostgreSQL did not start\n{children.tail(log)}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with self._connection():
                return True
        except psycopg2.OperationalError:
            return False

    @contextlib.contextmanager
    def _connection(self) -> Iterator[psycopg2.extensions.connection]:
        connection = psycopg2.connect(
            host=LOOPBACK,
            port=self.port,
            user=ADMIN,
            password=self.password,
            dbname="postgres",
            connect_timeout=5,
        )
        connection.autocommit = True
        try:
            yield connection
        finally:
            connection.close()


def _plain_user() -> str | None:
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


def _install(say: Callable[[str], None]) -> Path:
    if not packages.may_install():
        raise PostgresFailed(
            "未找到 PostgreSQL，请安装（Debian：apt-get install postgresql-15）。"
            "PostgreSQL was not found: install it (Debian: apt-get install postgresql)."
        )
    with _no_cluster():
        packages.install("postgresql", say=say)
    if found := programs_folder():
        return found
    raise PostgresFailed("the package postgresql brought no server")


@contextlib.contextmanager
def _no_cluster() -> Iterator[None]:
    """Debian's package makes a cluster of its own unless this file says not to."""
    if _CLUSTER_SETTINGS.exists():
        yield
        return
    made = not _CLUSTER_SETTINGS.parent.exists()
    _CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    _CLUSTER_SETTINGS.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        _CLUSTER_SETTINGS.unlink(missing_ok=True)
        if made:
            with contextlib.suppress(OSError):  # the package keeps files there now
                _CLUSTER_SETTINGS.parent.rmdir()
