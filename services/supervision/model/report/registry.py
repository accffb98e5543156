"""The register of figures: each a definition in both languages and the function that counts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .evidence import Evidence
from .figure import COUNTED, Tally

Counting = Callable[[Evidence], Tally]


@dataclass(frozen=True)
class Definition:
    """What a figure counts, in both languages, and the function that counts it.

    ``of``: the kind of the records that it counts; ``unit``: what its value is a number of;
    ``title``: its short name in Chinese, for tables and charts.
    """

    key: str
    of: str
    unit: str
    title: str
    zh: str
    en: str
    count: Counting
    kind: str = COUNTED


DEFINITIONS: list[Definition] = []


def counts(
    key: str, of: str, unit: str, title: str, zh: str, en: str, *, kind: str = COUNTED
) -> Callable[[Counting], Counting]:
    """Make a function the definition of the figure ``key``."""

    def register(count: Counting) -> Counting:
        DEFINITIONS.append(Definition(key, of, unit, title, zh, en, count, kind))
        return count

    return register
