"""Clients that write without pause and repeat what was not answered, with the same key."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from typing import Any

from services.commons.errors import DeadlineExceeded, Unavailable

from ..chassis.house import House, until


class Clients:
    """Some clients at once, each with one write in flight; ``seconds``: what a write takes."""

    def __init__(self, house: House, clients: int = 8, seconds: float = 0.1) -> None:
        self.house = house
        self.seconds = seconds
        #: The answer to each text; what was sent and never answered has none.
        self.answers: dict[str, dict[str, Any]] = {}
        #: How often a write had to be repeated, by the error's class.
        self.repeated: Counter[str] = Counter()
        #: What no client should ever see.
        self.failures: list[str] = []
        self._stopping = False
        self._threads = [threading.Thread(target=self._run) for _ in range(clients)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No new writes; those under way are repeated until they are answered."""
        self._stopping = True
        for thread in self._threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while not self._stopping and not self.failures:
            text = uuid.uuid4().hex
            try:
                self.answers[text] = self._until_answered(text)
            except Exception as exc:
                self.failures.append(repr(exc))

    def _until_answered(self, text: str) -> dict[str, Any]:
        end = time.monotonic() + 45
        while True:
            try:
                answer: dict[str, Any] = self.house.call(
                    "notes",
                    "write_slowly",
                    self.seconds,
                    {"text": text},
                    idempotency_key=text,
                    deadline=0.5,  # shorter than any start of a process, so that kills are noticed
                )
            except (DeadlineExceeded, Unavailable) as exc:
                self.repeated[type(exc).__name__] += 1
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return answer


def check(house: House, clients: Clients) -> None:
    """Every answered write is there, nothing is there twice, and each took effect exactly once."""
    assert clients.failures == []
    written = {row.text: row.id for row in house.rows("notes", "notes")}
    texts = Counter(row.text for row in house.rows("notes", "notes"))
    assert set(texts.values()) <= {1}
    assert {text: answer["id"] for text, answer in clients.answers.items()} == written
    until(lambda: not house.rows("notes", "outbox"), 20)
    until(lambda: len(house.effects()) >= len(written), 20)
    until(lambda: house.depth("reader.notes.note.written.v1") == 0)
    time.sleep(0.3)  # what is delivered and not yet acked is in no depth
    effects = Counter(row.subject for row in house.effects())
    assert effects == Counter(written.values())
    assert house.depth("reader.dead-letters") == 0
