"""What the commands have in common: options, passphrases, displays, failures in one line."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..follower import Follower

_Command = TypeVar("_Command", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

passphrase_file = click.option(
    "--passphrase-file",
    type=FILE,
    help="口令文件(首行);不给则在终端询问 Its first line is the passphrase; else you are asked.",
)
processes = click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="one for each core",
)
day = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: dt.date.today().isoformat(),  # noqa: DTZ011 - the day of whoever sits here
    show_default="today",
    help="发生日期 The day on which it happened.",
)


def connected(*, token: bool = True) -> Callable[[_Command], _Command]:
    """The options ``--gateway`` and ``--token-file``; the command is given a ``gateway``."""

    def decorated(command: _Command) -> _Command:
        @click.option(
            "--gateway",
            "url",
            required=True,
            envvar="MINSHENG_GATEWAY_URL",
            metavar="URL",
            help="网关地址 The gateway, e.g. https://…",
        )
        @click.option(
            "--token-file",
            type=FILE,
            required=token,
            help="访问令牌文件,不得交给他人 Your access token; share it with nobody.",
        )
        @functools.wraps(command)
        def run(*args: Any, url: str, token_file: Path | None, **kwargs: Any) -> Any:
            from ..files import read
            from ..gateway import Gateway

            with troubles():
                gateway = Gateway(url, read(token_file).strip() if token_file else None)
            try:
                return command(*args, gateway=gateway, **kwargs)
            finally:
                gateway.close()

        return run  # type: ignore[return-value]

    return decorated


@contextmanager
def troubles() -> Iterator[None]:
    """Trouble, and what the protocol refuses, in one line."""
    from services.ballot.belenios.refused import Refused

    from ..trouble import Trouble

    try:
        yield
    except Trouble as exc:
        raise click.ClickException(" ".join(str(exc).split())) from exc
    except Refused as exc:
        raise click.ClickException(f"{exc.zh} {exc.en} [{exc.code}]") from exc


def passphrase_from(file: Path | None) -> Callable[[bool], str]:
    """A function that gets the passphrase, once; ``new``: asked for twice."""

    @functools.cache
    def given(new: bool) -> str:
        if file is not None:
            from ..files import read

            return (read(file).splitlines() or [""])[0]
        text = "新口令(至少 12 个字符)New passphrase" if new else "口令 Passphrase"
        answer: str = click.prompt(text, hide_input=True, confirmation_prompt=new, err=True)
        return answer

    return given


@contextmanager
def waiting() -> Iterator[Callable[[str], None]]:
    """A line that says what is waited for, on a terminal; nothing where nobody looks."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status("") as status:
        yield lambda text: status.update(text)


def wait(seconds: float) -> None:
    """Sleep."""
    import time

    time.sleep(seconds)


def follower(folder: Path, uuid: str, count: int, *, afresh: bool = False) -> Follower:
    """Somebody's copy."""
    from ..follower import Follower

    return Follower(folder, uuid, processes=count, afresh=afresh)


def wrote(path: Path, zh: str, en: str) -> None:
    """Say which file was written, what for, and whether to share it."""
    click.echo(f"{path}: {zh} {en}")
