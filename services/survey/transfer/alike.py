"""Complete forms that follow each other and say the same: noticed and reported, never dropped.

People do agree, so a run says only that somebody should look at the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .rows import Paper

#: How many in a row are worth a notice.
LENGTH = 20
#: Runs that are kept to be shown; the others are counted.
SHOWN = 100


@dataclass
class Alike:
    """Runs of like forms: ``found``: their first and last lines, ``count``: how many runs."""

    found: list[dict[str, int]] = field(default_factory=list)
    count: int = 0
    _last: str = ""
    _length: int = 0
    _first: int = 0
    _line: int = 0

    def see(self, line: int, paper: Paper) -> None:
        """Look at the next row."""
        said = paper.said if paper.complete else ""
        if said and said == self._last:
            self._length += 1
            self._line = line
            return
        self.end()
        self._last, self._first, self._line, self._length = said, line, line, 1

    def end(self) -> None:
        """Note the run that ends here, if it is long enough."""
        if self._length >= LENGTH:
            self.count += 1
            if len(self.found) < SHOWN:
                self.found.append({"first": self._first, "last": self._line, "forms": self._length})
        self._length = 0
