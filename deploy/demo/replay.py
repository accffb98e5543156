"""One replay: a system of its own, a year sent to it, its figures compared with those expected."""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from deploy.local.system import System

from . import assessment, overview, supervision
from .client import Caller
from .comparison import Compared, compare
from .figures import Figures
from .hall import Hall
from .request import Ref, Step
from .scene import ED25519, scene
from .screen import Screen
from .tokens import Tokens
from .year import steps, vote

#: Whatever is sent follows from this and the figures.
SEED = "minsheng-demo"
#: Signals that end a replay.
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds in which the last events must have arrived, and in which nothing may change any more.
_LATEST, _QUIET = 30.0, 1.5
#: The announcement of the vote (公告), by file.
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ANNOUNCEMENT = {"announcement.txt": "text/plain", "announcement.docx": _DOCX}


def replay(figures: Figures, folder: Path, screen: Screen, group: str = ED25519) -> bool:
    """Replay a year in ``folder`` and write the report there; whether every figure fits."""
    year = steps(figures, SEED, group)
    # Lists and statistics tell how things are now, so they are shown before what comes too late.
    *during, after = year
    screen.introduce(figures, sum(step.size for step in year))
    # What is shown must not depend on the hour.
    chosen = {"MINSHENG_JURISDICTION": figures.code, "MINSHENG_NIGHTLY": ""}
    began = time.monotonic()
    system = System(folder / "system", chosen=chosen, say=screen.say)
    with _running(system):
        screen.say(f"系统已就绪 ready at {system.gateway_url} ({time.monotonic() - began:.0f} s)")
        caller = _caller(system, figures)
        with Hall(system, caller, folder, screen.say) as hall, screen.bars() as bar:
            for step in during:
                with bar(step.title, step.size) as advance:
                    _operate(step, system, folder, advance)
                    for act in step.acts:
                        act.perform(hall, advance)
                    caller.perform(step, advance)
        settled(caller, figures)
        screen.overview("征集初定一览", overview.lines(caller, scene(figures, SEED)))
        screen.overview("监督一览", supervision.lines(caller, figures))
        screen.overview("测评一览", assessment.lines(caller))
        with screen.bars() as bar, bar(after.title, after.size) as advance:
            caller.perform(after, advance)
        rows = compare(figures, settled(caller, figures))
        report = caller.get(f"/v1/reports/{figures.year}?as_of={figures.as_of}")
        path = f"/v1/ballots/{caller.find(Ref(vote.BALLOT))}/announcement"
        documents = {name: caller.fetch(path, kind) for name, kind in _ANNOUNCEMENT.items()}
        path = f"/v1/reports/{figures.year}/document?as_of={figures.as_of}"
        documents["report.docx"] = caller.fetch(path, _DOCX, ("clerk",))
        caller.close()
        screen.report(report["markdown"])
        screen.compared(figures, rows)
        _write(folder, rows, report, documents, screen)
        screen.say(f"用时 took {time.monotonic() - began:.0f} s")
    return all(row.fits for row in rows)


def _operate(step: Step, system: System, folder: Path, advance: Callable[[], None]) -> None:
    """The operator's part of a step: the sheet is written and imported, the commands are given."""
    if step.sheet is not None:
        file = step.sheet.write(folder)
        system.minsheng("proposal", "import", str(file), "--as", step.sheet.by)
        for _ in step.sheet.rows:
            advance()
    for command in step.commands:
        system.minsheng(*command)


@contextlib.contextmanager
def _running(system: System) -> Iterator[None]:
    """The system, ended whatever happens; no Ctrl-C disturbs its end."""
    try:
        system.start()
        yield
    finally:
        before = {number: signal.signal(number, signal.SIG_IGN) for number in STOPPING}
        system.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _caller(system: System, figures: Figures) -> Caller:
    sample = system.minsheng("token", "--role", "clerk", "--subject", "demo").strip()
    tokens = Tokens(sample, Path(system.env["MINSHENG_DATA_DIR"]))
    # The same replay has the same keys, another one has others.
    of = hashlib.sha256(repr(figures).encode()).hexdigest()
    return Caller(system.gateway_url, tokens.of, f"{SEED}/{of}")


def settled(caller: Caller, figures: Figures) -> list[dict[str, Any]]:
    """The figures once no event changes them any more, or when it has taken too long."""
    path = f"/v1/reports/{figures.year}/figures?as_of={figures.as_of}"
    deadline = time.monotonic() + _LATEST
    before: list[dict[str, Any]] = []
    since = time.monotonic()
    while True:
        answered: list[dict[str, Any]] = caller.get(path)["figures"]
        now = time.monotonic()
        if answered != before:
            before, since = answered, now
        quiet = now - since >= _QUIET
        # What does not fit may still be on its way; what fits must not change after all.
        if (quiet and all(row.fits for row in compare(figures, answered))) or now > deadline:
            return answered
        time.sleep(0.3)


def _write(
    folder: Path,
    rows: list[Compared],
    report: dict[str, Any],
    documents: dict[str, bytes],
    screen: Screen,
) -> None:
    found = [{"key": row.expected.key, "value": row.actual} for row in rows]
    files = {
        "report.json": (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode(),
        "report.md": report["markdown"].encode(),
        **documents,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        screen.say(f"已写入 written: {folder / name}")
