"""The labelled set of synthetic suggestions, and 100,000 more made of its clauses (合成).

Seeded: the same numbers make the same texts.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "similar.json"
SEED = 20231128

_NAMES = (
    "东西南北中新长平安和兴庆丰福寿康宁文武星月明光华春秋江湖河溪塘浦桥井山岭坞田林松柏桂梅荷莲石"
)
_KINDS = ("社区", "街道", "小区", "新村", "花苑", "路", "巷", "弄", "桥", "公园", "小学", "村")


@cache
def labelled() -> list[dict[str, Any]]:
    """The suggestions of the labelled set, in the file's order."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["suggestions"]
    return found


def halves() -> tuple[set[str], set[str]]:
    """The groups on which weights were chosen, and the others: every second one by name."""
    groups = sorted({one["group"] for one in labelled() if one["group"]})
    return set(groups[::2]), set(groups[1::2])


def rows(number: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Rows of the table of suggestions: clauses of one aspect in any order, places, numbers."""
    chance = random.Random(seed)
    places = [_place(chance) for _ in range(3000)]
    clauses: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for one in labelled():
        said = [part for part in re.split("[,，。;；!！?？、]", one["text"]) if len(part) > 3]
        clauses.setdefault(one["aspect"], []).extend(said)
        titles.setdefault(one["aspect"], []).append(one["title"])
    for _ in range(number):
        aspect = chance.choice(sorted(clauses))
        place = chance.choice(places)
        said = [
            _changed(chance, chance.choice(clauses[aspect])) for _ in range(chance.randint(4, 14))
        ]
        said.insert(0, f"{place}{chance.randint(1, 99)}号")
        said.append(f"涉及{chance.randint(2, 900)}户")
        yield {
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "year": 2023,
            "author_kind": "resident",
            "channel": "import",
            "aspect": aspect,
            "title": (place + chance.choice(titles[aspect]))[:120],
            "text": ",".join(said) + "。",
            "division": f"3301{chance.randint(1, 13):02}",
            "longitude": 120 + chance.random(),
            "latitude": 30 + chance.random(),
            "happened_on": dt.date(2022, chance.randint(1, 12), chance.randint(1, 28)),
            "recorded_at": dt.datetime(2022, 12, 31, tzinfo=dt.UTC),
            "state": chance.choice(["submitted", "accepted"]),
            "version": 1,
        }


def _place(chance: random.Random) -> str:
    return "".join(chance.choices(_NAMES, k=chance.randint(2, 3))) + chance.choice(_KINDS)


def _changed(chance: random.Random, clause: str) -> str:
    """The clause with a character left out or another put in, as often as not."""
    if chance.random() < 0.5:
        return clause
    place = chance.randrange(len(clause))
    return clause[:place] + chance.choice(_NAMES + "  ") + clause[place + chance.randint(0, 1) :]
