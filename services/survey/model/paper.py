"""Paper forms (纸质测评表), entered in pairs: two people, and a third where they differ.

A form bears a **number** that the tellers wrote on it, never a person's.  The rules:

- A first and a second entry, by two people; who made the first one may not make the second.
- Equal: the form is counted, once.  Different: nothing is counted, and the lines that differ are
  shown to both and to the office.  Then either **a third person** looks at the paper and says, with
  a reason, what stands on each of those lines; or both entries are **struck out**, with a reason,
  and the form is entered anew in a pair.
- What cannot be decided is **set aside** with a reason: returned, and not valid.  A number that was
  mistaken, for which there is no paper, is **withdrawn** and counts nowhere.
- As soon as a form is decided, the marks of its entries are erased: what it said stands in the
  counts alone.

Blank and multiply marked lines are invalid and excluded from the count (深圳 2011, art. 7), so a
line may be void, and a form as a whole blank (空白票), void (废票) or spoiled (污损票): returned,
and not valid.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Forbidden, Invalid

from .personal import is_personal

MARKED, BLANK, VOID, SPOILED = CONDITIONS = ("marked", "blank", "void", "spoiled")
#: What tellers call them.
CALLED = {MARKED: "有效票", BLANK: "空白票", VOID: "废票", SPOILED: "污损票"}
ENTERED, DIFFERS, COUNTED, SET_ASIDE, WITHDRAWN = STATES = (
    "entered",
    "differs",
    "counted",
    "set-aside",
    "withdrawn",
)
#: The states in which a form still waits for somebody.
UNDECIDED = (ENTERED, DIFFERS)
#: Written for a line with several marks, or marks beside the boxes; no question has it as a value.
VOID_LINE: dict[str, bool] = {"void": True}
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{0,13}", re.ASCII)
#: How a difference in the condition of the form is called, where lines are called by their keys.
CONDITION = ""


def form_number(text: str) -> str:
    """The number on a form in its one way to write it: ``007`` is ``7``, ``a-1`` is ``A-1``.

    ValueError unless it is one: 1 to 14 letters, digits and dashes, so that neither names nor the
    numbers of identity cards fit, and no mobile telephone's.
    """
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if not _NUMBER.fullmatch(number) or is_personal(number):
        raise ValueError(
            "编号为 1 至 14 位字母、数字或短横线,不得为个人号码 "
            "(a form's number is 1 to 14 letters, digits or dashes, and never a person's)"
        )
    return str(int(number)) if number.isdecimal() else number


@dataclass(frozen=True)
class Entry:
    """What one person read on a form: its condition, and if it is marked, its lines.

    ``lines``: key (``code``, ``code:item_id``) → the value, None for a blank line,
    :data:`VOID_LINE` for an invalid one.
    """

    condition: str = MARKED
    lines: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.condition not in CONDITIONS:
            raise ValueError("no such condition")
        if self.lines and self.condition != MARKED:
            raise Invalid(
                "form-not-marked",
                "lines are entered of a marked form only",
                "只有已填写的测评表才录入逐项内容",
                [{"pointer": "/answers", "detail": "须为空 (must be empty)"}],
            )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read the written form."""
        return cls(data["condition"], data["lines"])

    def to_data(self) -> dict[str, Any]:
        """The written form, JSON-able."""
        return {"condition": self.condition, "lines": dict(self.lines)}

    def void_lines(self) -> list[str]:
        """The keys of the lines that are void."""
        return [key for key, value in self.lines.items() if value == VOID_LINE]

    def differing(self, other: Entry) -> list[str]:
        """The keys on which two entries differ, in order; :data:`CONDITION` if they do in that."""
        if self.condition != other.condition:
            return [CONDITION]
        keys = [*self.lines, *(key for key in other.lines if key not in self.lines)]
        return [key for key in keys if not _same(self.lines.get(key), other.lines.get(key))]

    def compared(self, other: Entry) -> int:
        """How many lines two entries were compared on; their condition is one."""
        if self.condition != other.condition:
            return 1
        return 1 + len(self.lines.keys() | other.lines.keys())

    def decided(self, given: Entry, differing: Iterable[str]) -> Entry:
        """This entry with what a third person read on the lines that differ; Invalid if not those.

        Where the conditions differ she says that, and if the form is marked every line of it.
        """
        differing = set(differing)
        if CONDITION in differing:
            return given
        if given.lines.keys() != differing:
            raise Invalid(
                "lines-not-decided",
                "say what stands on each line that differs, and on no other",
                "请逐项写明不一致各项的实际内容,不涉及其他项",
                [{"pointer": "/answers", "detail": ", ".join(sorted(differing))}],
            )
        return Entry(self.condition, {**self.lines, **given.lines})


def _same(one: Any, other: Any) -> bool:
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    """Texts without their blanks and widths, lists without their order, numbers by their value."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split())
    if isinstance(value, list):
        return sorted(map(_plain, value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    return value


@dataclass(eq=False, kw_only=True)
class PaperForm(Aggregate):
    """One form, known in its audience by the number on it.

    ``first``, ``second``: the entries, sealed, as long as they are needed.  ``differing``: the keys
    on which they differ.  ``condition``: what it was decided to be; it tells a count, so nobody is
    shown it before the closing.  ``decided_by``, ``reason``: the third person's, or of who set it
    aside, withdrew it or had it entered anew.
    """

    id: str
    audience_id: str
    number: str
    first_by: str | None
    first: bytes | None
    recorded_at: dt.datetime
    state: str = ENTERED
    second_by: str | None = None
    second: bytes | None = None
    differing: list[str] | None = None
    condition: str | None = None
    decided_by: str | None = None
    reason: str | None = None
    version: int = 0

    @classmethod
    def begin(
        cls, audience_id: str, number: str, *, by: str, sealed: bytes, recorded_at: dt.datetime
    ) -> PaperForm:
        """A form that was entered for the first time."""
        return cls(
            id=new_id(),
            audience_id=audience_id,
            number=number,
            first_by=by,
            first=sealed,
            recorded_at=recorded_at,
        )

    def enter_first(self, by: str, sealed: bytes) -> None:
        """The first entry anew, after both were struck out."""
        self.first_by, self.first = by, sealed

    def check_second(self, by: str) -> None:
        """Raise unless ``by`` may enter it for the second time now."""
        if self.state != ENTERED:
            raise Conflict(
                "form-entered",
                f"form {self.number} has been entered by two people; its state is {self.state}",
                f"第 {self.number} 号测评表已由两人录入,当前状态为 {self.state}",
            )
        if by == self.first_by:
            raise Forbidden(
                "entry-same-person",
                f"form {self.number} must be entered the second time by somebody else",
                f"第 {self.number} 号测评表须由另一人复录",
            )

    def enter_second(self, by: str, sealed: bytes, first: Entry, second: Entry) -> Entry | None:
        """Compare both entries: what is to be counted, or None where they differ."""
        self.check_second(by)
        self.second_by = by
        differing = first.differing(second)
        if not differing:
            return self._decide(first)
        self.state, self.second, self.differing = DIFFERS, sealed, differing
        return None

    def resolve(self, by: str, reason: str, first: Entry, given: Entry) -> Entry:
        """Take what a third person read on the differing lines: what is to be counted."""
        self._check(DIFFERS)
        if by in (self.first_by, self.second_by):
            raise Forbidden(
                "third-look-same-person",
                "a third person decides; those who entered the form may have it entered anew",
                "应由第三人核对裁定;原录入人员可申请重新录入",
            )
        decided = first.decided(given, self.differing or [])
        self.decided_by, self.reason = by, reason
        return self._decide(decided)

    def enter_anew(self, by: str, reason: str) -> None:
        """Strike out both entries; the form waits for a pair again."""
        self._check(DIFFERS)
        self._erase()
        self.first_by = self.second_by = None
        self.state, self.decided_by, self.reason = ENTERED, by, reason

    def set_aside(self, by: str, reason: str) -> None:
        """Leave it out of the count: returned, and not valid."""
        self._end(SET_ASIDE, by, reason)

    def withdraw(self, by: str, reason: str) -> None:
        """There is no paper of this number: it counts nowhere."""
        self._end(WITHDRAWN, by, reason)

    @property
    def waits_for(self) -> str | None:
        """``first``, ``second`` or ``third``: whose look it waits for; None if it is decided."""
        if self.state == DIFFERS:
            return "third"
        if self.state != ENTERED:
            return None
        return "first" if self.first is None else "second"

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}

    def _end(self, state: str, by: str, reason: str) -> None:
        self._check(*UNDECIDED)
        # Whoever knows what it says could drop it for that.
        if by in (self.first_by, self.second_by, self.decided_by):
            raise Forbidden(
                "leaving-out-same-person",
                f"form {self.number} is left out by somebody who has had no hand in it",
                f"第 {self.number} 号测评表须由未参与其录入、处理的人员搁置或撤销",
            )
        self._erase()
        self.state, self.decided_by, self.reason = state, by, reason

    def _decide(self, entry: Entry) -> Entry:
        self.state, self.condition = COUNTED, entry.condition
        self._erase()
        return entry

    def _erase(self) -> None:
        self.first = self.second = self.differing = None

    def _check(self, *states: str) -> None:
        if self.state not in states:
            raise Conflict(
                "form-state",
                f"form {self.number} is {self.state}; this is done with {' or '.join(states)} ones",
                f"第 {self.number} 号测评表当前状态为 {self.state},不能进行此操作",
            )


def check_decided(numbers: list[str]) -> None:
    """Raise Conflict with the numbers of the forms that keep an audience from being closed."""
    if numbers:
        shown = ", ".join(numbers[:50]) + (" …" if len(numbers) > 50 else "")
        raise Conflict(
            "forms-unmatched",
            f"{len(numbers)} forms are not matched: {shown}; enter them, or set them aside with a "
            "reason",
            f"尚有 {len(numbers)} 张测评表未核对一致:{shown};请完成录入,或说明理由后搁置",
        )
