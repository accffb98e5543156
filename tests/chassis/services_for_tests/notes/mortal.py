"""The notes service with a relay that dies between the broker's confirms and marking."""

from __future__ import annotations

import os
import signal
from typing import Any

from services.chassis.relay import Relay
from services.chassis.store import Store

from .service import NotesService
from .tables import metadata


class MortalRelay(Relay):
    """Kills its process as often as the file ``lives`` says, then works."""

    def _forget(self, sequences: list[int]) -> None:
        file = self.settings.data_dir / "lives"
        lives = int(file.read_text())
        if lives:
            file.write_text(str(lives - 1))
            os.kill(os.getpid(), signal.SIGKILL)
        super()._forget(sequences)


class MortalStore(Store):
    """The store with that relay."""

    def setup(self) -> None:
        """Exchange the relay."""
        super().setup()
        self.relay: Any = MortalRelay(self.engine, self.settings, self.metadata)


class MortalNotes(NotesService):
    """The service."""

    store = MortalStore(metadata)
