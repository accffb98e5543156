"""``python -m deploy.demo``: replay a year and compare its figures; exit code 1 if one differs."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
from pathlib import Path
from types import FrameType

from deploy.local.broker import BrokerFailed, NoBroker
from deploy.local.packages import CannotInstall
from deploy.local.system import StartFailed

from . import possible
from .client import Refused
from .figures import BadFigures, read
from .folder import NotOurs, fresh
from .replay import STOPPING, replay
from .scene import BELENIOS_2048, ED25519, GROUPS
from .screen import Screen

HANGZHOU_2023 = Path(__file__).with_name("hangzhou-2023.json")
_FAILURES = (BadFigures, NotOurs, Refused, StartFailed, NoBroker, BrokerFailed, CannotInstall)


def main(arguments: list[str] | None = None) -> int:
    """Run the demo; 0: every figure fits, 1: one differs or it failed, 2: impossible figures."""
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--figures", type=Path, default=HANGZHOU_2023, help="the expected figures")
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), help="where all is kept")
    parser.add_argument(
        "--group",
        choices=GROUPS,
        default=ED25519,
        help=f"of the encrypted ballots; those in {BELENIOS_2048} are verified by Debian's"
        " belenios-tool as well, which takes longer",
    )
    options = parser.parse_args(arguments)
    before = {number: signal.signal(number, _interrupt) for number in STOPPING}
    try:
        return _run(options.figures, options.folder, options.group)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(file: Path, folder: Path, group: str) -> int:
    screen = Screen()
    try:
        figures = read(file)
        possible.check(figures, dt.datetime.now(dt.UTC).date())
        with fresh(folder):
            return 0 if replay(figures, folder, screen, group) else 1
    except KeyboardInterrupt:
        screen.say("已中断 interrupted")
        return 130
    except _FAILURES as failure:
        screen.say(str(failure))
        return 2 if isinstance(failure, BadFigures) else 1


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End, once: a second Ctrl-C would disturb the system's end and leave processes behind."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
