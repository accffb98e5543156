"""The rows of a frame's list, checked one by one and against each other.

A list with a double, an unknown stratum or a gap is refused whole, with all the places: a household
that stands there twice would be drawn twice as likely.  Messages name lines and never a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.errors import Invalid
from services.commons.sheets import Column, Fault, Row

from .personal import is_personal

#: What a contact may hold.
PARTS = ("name", "phone", "address")
COLUMNS = (
    Column("id", ("编号", "户号"), required=True),
    Column("name", ("姓名", "户主")),
    Column("phone", ("电话", "手机", "联系电话")),
    Column("address", ("地址", "住址")),
)
#: Characters of an id, of a stratum's value and of a part of a contact.
ID, VALUE, PART = 60, 40, 200
#: Faults that are told of one list, and the cells that it may have.
TOLD, CELLS = 500, 500

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,23}", re.ASCII)


@dataclass(frozen=True)
class Stratification:
    """The strata of a frame: code → title, and code → its values; None: whatever stands there."""

    titles: dict[str, str]
    values: dict[str, list[str] | None]

    @classmethod
    def from_data(cls, data: Iterable[dict[str, Any]]) -> Stratification:
        """Read ``[{"code", "title", "values"?}]``."""
        strata = list(data)
        return cls(
            {one["code"]: one["title"] for one in strata},
            {one["code"]: one.get("values") for one in strata},
        )

    @property
    def columns(self) -> list[Column]:
        """What the list's header may and must have."""
        return [*COLUMNS, *(Column(c, (title,), required=True) for c, title in self.titles.items())]


@dataclass(frozen=True)
class Unit:
    """One household or person: its id, its cell, and how to reach it, None without."""

    id: str
    cell: str
    contact: dict[str, str] | None


class Check:
    """Takes rows; what is wrong is in ``faults`` (the first of them) and ``fault_count``.

    ``pseudonym``: stands for a contact where doubles are looked for, so that none lies about.
    """

    def __init__(self, strata: Stratification, pseudonym: Callable[[str, str], str]) -> None:
        self.strata = strata
        self.pseudonym = pseudonym
        self.rows = 0
        self.cells: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.fault_count = 0
        self._ids: dict[str, int] = {}
        self._contacts: dict[str, int] = {}

    def take(self, row: Row) -> Unit:
        """The row as a unit; it counts only if there is no fault in the whole list."""
        self.rows += 1
        before = self.fault_count
        for fault in row.faults:
            self._fault(fault)
        id_ = self._id(row)
        cell = self._cell(row)
        contact = self._contact(row)
        if self.fault_count == before:
            self.cells[cell] = self.cells.get(cell, 0) + 1
        return Unit(id_, cell, contact)

    def finish(self) -> None:
        """Raise Invalid, with the places, unless the list can be taken."""
        if self.rows == 0:
            raise Invalid("frame-blank", "the list has no rows", "名单没有数据行")
        if len(self.cells) > CELLS:
            raise Invalid(
                "frame-cells",
                f"the strata make {len(self.cells)} cells, more than {CELLS}; merge some values",
                f"分层交叉后共 {len(self.cells)} 格,超过 {CELLS};请合并取值",
            )
        if self.fault_count:
            told = min(self.fault_count, len(self.faults))
            raise Invalid(
                "frame-faulty",
                f"{self.fault_count} faults in {self.rows} rows, {told} of them told here; "
                "nothing was loaded",
                f"{self.rows} 行中有 {self.fault_count} 处有误(列出 {told} 处),未载入任何内容",
                [fault.as_error() for fault in self.faults],
            )

    def _id(self, row: Row) -> str:
        text = unicodedata.normalize("NFC", row.values.get("id", "")).strip()
        if not text:
            self._at(row, "id", "is empty", "为空")
        elif len(text) > ID or _CONTROL.search(text):
            self._at(row, "id", f"is longer than {ID} or has control characters", "过长或含控制符")
        elif is_personal(text):
            # Ids stay when contacts are deleted.
            en = "is a person's number; number the list itself"
            self._at(row, "id", en, "为个人号码(手机号或身份证号),请另行编号")
        elif text in self._ids:
            first = self._ids[text]
            self._at(row, "id", f"is that of line {first} too", f"与第 {first} 行重复")
        else:
            self._ids[text] = row.line
        return text

    def _cell(self, row: Row) -> str:
        parts = []
        for code in sorted(self.strata.values):
            text = unicodedata.normalize("NFC", row.values.get(code, "")).strip()
            known = self.strata.values[code]
            if not text:
                self._at(row, code, "is empty", "为空")
            elif len(text) > VALUE or _CONTROL.search(text) or set(text) & set("|="):
                self._at(row, code, f"is longer than {VALUE} or has | or =", "过长或含 | 或 =")
            elif known is not None and text not in known:
                self._at(row, code, "is no value of this stratum", "不是该分层变量的取值")
            parts.append(f"{code}={text}")
        return "|".join(parts)

    def _contact(self, row: Row) -> dict[str, str] | None:
        found = {}
        for part in PARTS:
            text = unicodedata.normalize("NFC", row.values.get(part, "")).strip()
            if len(text) > PART or _CONTROL.search(text):
                self._at(row, part, f"is longer than {PART} or broken", f"超过 {PART} 字或含控制符")
            elif part == "phone" and text and not _PHONE.fullmatch(text):
                self._at(row, part, "is no telephone number", "不是电话号码")
            elif text:
                found[part] = text
        for part in ("phone", "address"):
            if part in found:
                self._once(row, part, found[part])
        return found or None

    def _once(self, row: Row, part: str, text: str) -> None:
        """A name may be that of many; who shares a telephone or an address is the same."""
        key = self.pseudonym(part, alike(part, text))
        first = self._contacts.setdefault(key, row.line)
        if first != row.line:
            self._at(row, part, f"is that of line {first} too", f"与第 {first} 行重复")

    def _at(self, row: Row, column: str, en: str, zh: str) -> None:
        self._fault(Fault(row.line, row.label(column), en, zh))

    def _fault(self, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < TOLD:
            self.faults.append(fault)


def alike(part: str, text: str) -> str:
    """A contact as it is compared: width, case, blanks and dashes are one, and so is +86."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if part == "phone":
        digits = "".join(one for one in folded if one.isdigit())
        return digits.removeprefix("86") if folded.startswith("+86") else digits
    return re.sub(r"[\s,,、.。-]", "", folded)
