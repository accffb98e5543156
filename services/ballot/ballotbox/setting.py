"""What a process keeps of an open election between two ballots: none of it ever changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from services.chassis.secretbox import Keys

from ..annex.manifest import Manifest
from ..belenios.election import Election as Question
from ..board_key import unseal
from ..model.election import Election
from ..queries import elections as queries

#: Elections that one process remembers; each has tables of some megabytes.
REMEMBERED = 4


@dataclass(frozen=True)
class Setting:
    """An election as its archive and annex begin, and the board's key."""

    id: str
    election: Question
    manifest: Manifest
    key: SigningKey


class Settings:
    """The elections that this process has met."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Setting] = OrderedDict()

    def known(self, uuid: str) -> Setting | None:
        """That of an election which this process has met."""
        if uuid in self._known:
            self._known.move_to_end(uuid)
        return self._known.get(uuid)

    def read(self, uuid: str, session: Session, keys: Keys) -> Setting:
        """That of any election; NotFound without it."""
        row: Election = queries.find_election(session, uuid)
        setting = Setting(
            row.id,
            Question.from_text(queries.election_text(session, row)),
            Manifest.from_data(row.manifest),
            unseal(row, keys),
        )
        self._known[uuid] = setting
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return setting
