"""``python -m deploy.local.up``: the whole system in the foreground, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from .broker import BrokerFailed, NoBroker
from .environment import FIRST_GATEWAY_PORT
from .logs import Follower
from .packages import CannotInstall
from .system import StartFailed, System

__all__ = ["System", "main"]


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Stop(BaseException):
    """Somebody asked us to end."""


def main(arguments: list[str] | None = None) -> int:
    """Bring the system up, follow its logs, take it down when told; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.up", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/local"), help="where all is kept")
    folder = parser.parse_args(arguments).folder
    by_hand = {k: v for k, v in os.environ.items() if k.startswith(("MINSHENG_", "AMQP_URI"))}
    system = System(folder, gateway_port=FIRST_GATEWAY_PORT, chosen=by_hand, say=_say)
    for number in _SIGNALS:
        signal.signal(number, _stop)
    follower = Follower(system.logs, _say, colour=sys.stdout.isatty())
    try:
        _say("正在启动 starting …")
        follower.start()
        system.start()
        _say(_welcome(system))
        while system.running:
            threading.Event().wait(1)
        _say("进程管理程序意外退出 the supervisor ended unexpectedly")
        return 1
    except _Stop:
        _say("正在停止 stopping …")
        return 0
    except (NoBroker, BrokerFailed, StartFailed, CannotInstall) as problem:
        _say(str(problem))
        return 1
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # the order of stopping is not to be disturbed
        system.stop()
        follower.stop()


def _welcome(system: System) -> str:
    program = _short(Path(sys.executable).with_name("minsheng"))
    settings = _short(system.environment_file)
    return f"""
民生 Minsheng
  接口 gateway    {system.gateway_url}
  文档 documents  {system.gateway_url}/docs
  令牌 token      {program} --env {settings} token --role clerk --subject me
  停止 stop       Ctrl-C
"""


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _say(text: str) -> None:
    print(text, flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


if __name__ == "__main__":
    sys.exit(main())
