"""What a message is refused with."""

from __future__ import annotations


class Refused(Exception):
    """A message is not what the protocol asks for.

    ``code``: stable lowercase slug.  ``en``, ``zh``: one sentence each, without anything secret.
    """

    def __init__(self, code: str, en: str, zh: str = "") -> None:
        super().__init__(code, en, zh or en)
        self.code = code
        self.en = en
        self.zh = zh or en

    def __str__(self) -> str:
        return f"{self.code}: {self.en}"
