"""A file for the bulk import (批量导入), as people keep such lists."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sheet:
    """A sheet as data: what it is called, who imports it, its rows by their headings."""

    name: str
    by: str
    rows: list[dict[str, str]]

    def write(self, folder: Path) -> Path:
        """The sheet as a CSV file in ``folder``, with the mark by which Excel knows UTF-8."""
        file = folder / self.name
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.DictWriter(out, list(self.rows[0]))
            writer.writeheader()
            writer.writerows(self.rows)
        return file
