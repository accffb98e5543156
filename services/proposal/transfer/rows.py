"""A row of a sheet as the body of a submission: the same words that people write, read alike."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.commons.sheets import Fault, Row

from .columns import CONTENT

_PLACE = ("division", "longitude", "latitude", "datum")
_DEGREES = ("longitude", "latitude")
_AUTHORS = {
    "代表": "deputy",
    "人大代表": "deputy",
    "群众": "resident",
    "居民": "resident",
    "部门": "department",
    "单位": "organisation",
    "组织": "organisation",
}
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)
#: How many names a fault tells, and how much of a word that is none of them.
_NAMED, _WORD = 20, 40
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)


@dataclass(frozen=True)
class Origin:
    """Where a row comes from: a source and its number there."""

    source: str
    source_id: str


@dataclass(frozen=True)
class Words:
    """What names stand for: of aspects and channels, as the lists have them."""

    aspects: Mapping[str, str]
    channels: Mapping[str, str]

    def unknown(self, row: Row, key: str) -> Fault | None:
        """The fault of a word that names no aspect or channel; None for another column."""
        lists = {"aspect": ("方面", self.aspects), "channel": ("渠道", self.channels)}
        if key not in lists:
            return None
        title, names = lists[key]
        word = "".join(c if c.isprintable() else "?" for c in row.values[key].strip())[:_WORD]
        zh, en = f"没有名为“{word}”的{title},", f"there is no {key} called “{word}”; "
        if not names:
            return Fault(
                row.line, row.label(key), f"{en}none is there yet", f"{zh}尚未设立任何{title}"
            )
        shown = sorted(names)[:_NAMED]
        more = len(names) - len(shown)
        en += f"there are: {', '.join(shown)}" + (f" and {more} more" if more else "")
        zh += f"现有:{'、'.join(shown)}" + (f" 等 {len(names)} 个" if more else "")
        return Fault(row.line, row.label(key), en, zh)

    def body(self, row: Row) -> dict[str, Any]:
        """The body that ``SubmitSuggestion`` reads; what cannot be read stays for it to refuse."""
        values = {key: value.strip() for key, value in row.values.items()}
        body: dict[str, Any] = {
            column.key: values[column.key] for column in CONTENT if values.get(column.key)
        }
        for key, names in (
            ("author_kind", _AUTHORS),
            ("aspect", self.aspects),
            ("channel", self.channels),
        ):
            if key in body:
                body[key] = names.get(body[key], body[key])
        if day := _DAY.fullmatch(body.get("happened_on", "")):
            year, month, date = day.groups()
            body["happened_on"] = f"{year}-{month:0>2}-{date:0>2}"
        place = {key: body.pop(key) for key in _PLACE if key in body}
        place |= {key: _number(place[key]) for key in _DEGREES if key in place}
        return body | ({"place": place} if place else {})


def _number(text: str) -> Any:
    return float(text) if _NUMBER.fullmatch(text) else text


def digest(command: Mapping[str, Any]) -> str:
    """A hash of what a row says, by which a later file is compared with it.

    Without the round: where none is named this system finds one, and an export then names it.
    """
    said = {key: value for key, value in command.items() if key != "round_id"}
    text = json.dumps(_plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _unsaid(value: Any) -> bool:
    return value is None or value is False or value in ({}, [])


def _plain(value: Any) -> Any:
    """JSON-able, and without what is not said: a column that is added later changes no hash."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if not _unsaid(one)}
    if isinstance(value, float):
        return repr(value)
    return value if isinstance(value, str | int | list) else value.isoformat()
