"""Entries that a later one may correct (更正): the earlier is kept, the later says why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from services.commons.errors import Conflict, Invalid


class Correctable(Protocol):
    """An entry; ``corrects``: the id of the one that it replaces."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def corrects(self) -> str | None:
        """Which one it replaces."""


C = TypeVar("C", bound=Correctable)


def standing(entries: Iterable[C]) -> list[C]:
    """The entries that no later one corrects."""
    every = list(entries)
    corrected = {entry.corrects for entry in every}
    return [entry for entry in every if entry.id not in corrected]


def check_correction(
    entries: Iterable[Correctable], corrects: str | None, reason: str | None
) -> None:
    """Raise unless ``corrects`` names a standing entry and has its reason, or neither is given."""
    if (corrects is None) != (reason is None):
        missing = "/reason" if reason is None else "/corrects"
        raise Invalid(
            "correction-incomplete",
            "a correction names the entry that it corrects, and the reason",
            "更正须写明所更正的记录和理由",
            [{"pointer": missing, "detail": "is missing"}],
        )
    if corrects is None:
        return
    every = list(entries)
    if corrects not in {entry.id for entry in every}:
        raise Invalid(
            "entry-unknown",
            "there is no such entry here to correct",
            "没有可更正的这条记录",
            [{"pointer": "/corrects", "detail": "is no entry of this"}],
        )
    if corrects in {entry.corrects for entry in every}:
        raise Conflict(
            "entry-corrected",
            "this entry has been corrected already; correct the later one",
            "该记录已被更正,请更正最新一条",
            [{"pointer": "/corrects", "detail": "has been corrected already"}],
        )
