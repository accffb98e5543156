"""What a client cannot go on with, in one line for people: Chinese first, then English."""

from __future__ import annotations

from services.ballot.belenios.refused import Refused


class Trouble(Exception):
    """``code``: a slug of the service, the protocol or the client; ``status``: of the answer."""

    def __init__(self, code: str, zh: str, en: str = "", *, status: int | None = None) -> None:
        super().__init__(code, zh, en)
        self.code = code
        self.zh = zh
        self.en = en
        self.status = status

    @classmethod
    def of(cls, refused: Refused, *, about_zh: str = "", about_en: str = "") -> Trouble:
        """A refusal of the protocol, said of something."""
        return cls(refused.code, f"{about_zh}{refused.zh}", f"{about_en}{refused.en}")

    def __str__(self) -> str:
        return " ".join(part for part in (self.zh, self.en, f"[{self.code}]") if part)
