"""What was written to a question (文字意见), on pages that tell nothing of who wrote it or when.

A page holds its texts sorted and is rewritten whole, so neither a place nor a stamp belongs to a
single one.  The first page of each question is made when the audience is opened.  A full page is
closed and another begun: then it can be told which texts came before the others, in lumps of many.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.commons.aggregate import new_id

#: Bytes after which a page is closed.
FULL = 64 * 1024


@dataclass(eq=False)
class CommentPage:
    """Texts to one key; ``open``: whether more can be added."""

    id: str
    audience_id: str
    key: str
    open: bool
    texts: list[str]

    @classmethod
    def blank(cls, audience_id: str, key: str) -> CommentPage:
        """A page with nothing on it."""
        return cls(new_id(), audience_id, key, True, [])

    def add(self, texts: list[str]) -> list[str]:
        """Put texts among the others until it is full; those that are left."""
        size = sum(len(text.encode()) for text in self.texts)
        taken = 0
        while taken < len(texts) and size < FULL:
            size += len(texts[taken].encode())
            taken += 1
        self.texts = sorted([*self.texts, *texts[:taken]])
        self.open = size < FULL
        return texts[taken:]
