"""What the commands have in common: options, passphrases, displays, failures in one line."""

from __future__ import annotations

import datetime as dt
import functools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from services.ballot.annex.case import Progress

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
afresh_option = click.option(
    "--afresh",
    is_flag=True,
    help="重新验证所有选票 Verify all ballots again, also those that earlier commands verified.",
)
roll_option = click.option(
    "--roll",
    type=FILE,
    metavar="public-UUID.json",
    help="大会秘书处公布的凭证名册,须与票决名册相同"
    " The public credentials that the office published: the roll must be just these.",
)
day = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: dt.date.today().isoformat(),  # noqa: DTZ011 - the day of whoever sits here
    show_default="today",
    help="发生日期 The day on which it happened.",
)


insecure_option = click.option(
    "--insecure",
    is_flag=True,
    help="允许不加密的 http 地址(仅限隔离的演练网络)"
    " Allow http:// to other machines, where others can read what is sent.",
)


authority_option = click.option(
    "--ca-file",
    type=FILE,
    help="政务内网证书颁发机构的证书(PEM)"
    " Certificates (PEM) of the authority that the gateway's TLS certificate is from.",
)


def connected(*, token: bool = True) -> Callable[[_Command], _Command]:
    """The options of a connection; the command is given a ``gateway``."""

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
        @authority_option
        @insecure_option
        @functools.wraps(command)
        def run(
            *args: Any,
            url: str,
            token_file: Path | None,
            ca_file: Path | None,
            insecure: bool,
            **kwargs: Any,
        ) -> Any:
            from ..files import read
            from ..gateway import Gateway

            with troubles():
                token = read(token_file).strip() if token_file else None
                gateway = Gateway(url, token, authority=ca_file, insecure=insecure)
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


def wait(text: str, seconds: float) -> None:
    """Sleep, and say on a terminal what is waited for; nothing where nobody looks.

    The display's thread ends with the sleep: processes are started between two of them.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        time.sleep(seconds)
        return
    with console.status(text):
        time.sleep(seconds)


@contextmanager
def counting() -> Iterator[Progress]:
    """A bar of the ballots that are verified, on a terminal; it has no thread."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn("验证选票 verifying ballots"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=console, auto_refresh=False, transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def told(done: int, total: int) -> None:
            busy = done < total
            bar.update(task, completed=done, total=total, visible=busy, refresh=True)

        yield told


def wrote(path: Path, zh: str, en: str) -> None:
    """Say which file was written, what for, and whether to share it."""
    click.echo(f"{path}: {zh} {en}")
