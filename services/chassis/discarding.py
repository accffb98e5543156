"""Uploaded files that nothing names any more: set aside, and gone when nobody came for them.

A file may be attached, or uploaded again, while it is being removed.  So it is first set aside,
unknown from then on; after :data:`GRACE` it is put back if somebody had named it just before, or
sent it just then, and only otherwise deleted.  Whatever is ended in the middle goes on the next
time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection
from time import sleep

import obstore

from .files import CLAIMED, Files

#: Seconds within which a call that knew a file has named it, and an upload under way is complete.
GRACE = 120.0

_ASIDE = "aside/"


class Discarding(Files):
    """The store of files as it is cleared from the command line."""

    def unnamed(self, before: dt.datetime, named: Callable[[], Collection[str]]) -> list[str]:
        """The hashes of files that came before an instant, that nothing names or has claimed.

        ``named``: what this service names; of the others, what they have claimed counts.
        """
        old = self._hashes("sealed/", before)
        return sorted(old.difference(self._kept(named))) if old else []

    def discard(self, before: dt.datetime, named: Callable[[], Collection[str]]) -> int:
        """Delete them, and what an earlier run has left aside; how many are gone.

        ``named``: all hashes that anything names, each time anew.
        """
        for sha256 in self.unnamed(before, named):
            self._set_aside(sha256)
        aside = self._hashes(_ASIDE)
        if not aside:
            return 0
        sleep(GRACE)
        kept = aside.intersection(self._kept(named))
        gone = 0
        for sha256 in aside:
            if sha256 in kept or self.describe(sha256) is not None:
                self._put_back(sha256)
            else:
                self._delete(sha256)
                gone += 1
        return gone

    def _kept(self, named: Callable[[], Collection[str]]) -> set[str]:
        own = f"{CLAIMED}{self._settings.service}/"
        claimed = self._hashes(CLAIMED, but=own)
        return claimed.union(named())

    def _set_aside(self, sha256: str) -> None:
        about, *data = _parts(sha256)
        for path in (about, *data):  # unknown first
            self._move(path, _ASIDE + path)

    def _put_back(self, sha256: str) -> None:
        about, *data = _parts(sha256)
        for path in data:
            self._move(_ASIDE + path, path)
        if self.describe(sha256) is None:  # known last
            self._move(_ASIDE + about, about)
        self.drop(_ASIDE + about)

    def _delete(self, sha256: str) -> None:
        about, *data = _parts(sha256)
        for path in (*data, about):
            self.drop(_ASIDE + path)

    def _move(self, source: str, target: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._do(obstore.rename, self._store, source, target)

    def _hashes(
        self, prefix: str, before: dt.datetime | None = None, but: str = "nothing"
    ) -> set[str]:
        """The hashes that names below a path hold, of files written before, below another not."""
        listed = self._do(lambda: list(obstore.list(self._store, prefix)))
        return {
            one["path"].rsplit("/", 1)[-1].partition(".")[0]
            for chunk in listed
            for one in chunk
            if not one["path"].startswith(but) and (before is None or one["last_modified"] < before)
        }


def _parts(sha256: str) -> tuple[str, str, str]:
    """The paths of what is known of a file, its original and its derivative."""
    return f"about/{sha256}.json", f"sealed/{sha256}", f"public/{sha256}.jpg"
