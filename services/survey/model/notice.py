"""Notices (提示): what is odd about the answers, told beside the score and never taken off it.

Whoever answers all lines alike may mean it; more forms than tokens may be a mistake of counting.
So nothing here changes a figure: people read it and decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .method import Formula
from .scoring import ASKED, CellCount, Counted, Rate

#: A day is a burst when it brought more than so many times the median day, and so many at least.
_BURST_TIMES, _BURST_LEAST = 5, 20
#: Of a published score that is kept: its record is another; it comes out otherwise.
TOUCHED, RECOMPUTED = "published-touched", "recomputed"
#: Fewer days than these have no usual day.
_BURST_DAYS = 3


@dataclass(frozen=True)
class Notice:
    """``kind``: its code; ``number``: how many, None: not told.

    ``audience``: whom it is about, None: all of them.
    """

    kind: str
    number: int | None
    text: str
    text_en: str
    audience: str | None = None

    def to_data(self) -> dict[str, Any]:
        """As data."""
        return asdict(self)


def straight_lined(
    formula: Formula, group: Counted, name: str, questions: Iterable[str], minimum: int
) -> Iterator[Notice]:
    """Forms with one and the same mark on five graded lines at least, and none left blank.

    How many they are joins marks of different lines: if one form alone is not among them, what
    stands out on the lines is hers.  So it is told where those of each mark, and the others, are
    ``minimum`` at least or nobody; and with it the rate of all lines together, and that without
    them.
    """
    by_mark = _by_mark(group)
    straight = sum(by_mark)
    others = group.returned - straight
    if not straight:
        return
    if any(0 < number < minimum for number in (*by_mark, others)):
        yield Notice(
            "straight-lined",
            None,
            f"有答卷对各项勾选完全相同;其中或其余的不足 {minimum} 份,不公布份数;均计入结果",
            f"some forms have one mark on every line; they or the others are fewer than {minimum}, "
            "and their number is not told; all count",
            name,
        )
        return
    more, more_en = "", ""
    if others:
        asked = set(questions)
        rates = [_pooled(formula, group, asked, without) for without in (False, True)]
        if all(rates):
            one, other = (rate.percent(formula.places) for rate in rates if rate)
            more = f";各项合计满意率为 {one}%,不计这些答卷则为 {other}%"
            more_en = f"; all lines together {one} % satisfied, without these forms {other} %"
    yield Notice(
        "straight-lined",
        straight,
        f"{group.returned} 份答卷中有 {straight} 份对各项勾选完全相同{more};均计入结果",
        f"{straight} of {group.returned} forms have one mark on every line{more_en}; all count",
        name,
    )


def _by_mark(group: Counted) -> list[int]:
    total: dict[str, int] = {}
    for cell in group.cells.values():
        for code, number in cell.straight.items():
            total[code] = total.get(code, 0) + number
    return list(total.values())


def _pooled(formula: Formula, group: Counted, asked: set[str], without: bool) -> Rate | None:
    """Satisfied marks of all that count, over all graded lines; None where it cannot be said.

    Of a line that was not asked of all it is not known whether those forms had it.
    """
    part = whole = 0
    for cell in group.cells.values():
        for key, counts in cell.counts.items():
            if key.partition(":")[0] not in asked:
                continue
            if without and ASKED in counts:
                return None
            left = {code: _left(cell, counts, code, without) for code in formula.counted}
            part += sum(left[code] for code in formula.top1)
            whole += sum(left.values())
    return Rate(part, whole) if whole else None


def _left(cell: CellCount, counts: Mapping[str, int | str], code: str, without: bool) -> int:
    return int(counts.get(code, 0)) - (cell.straight.get(code, 0) if without else 0)


def bursts(audience: str, per_day: Mapping[str, int]) -> Iterator[Notice]:
    """Days on which far more forms came than on the days between."""
    if len(per_day) < _BURST_DAYS:
        return
    usual = sorted(per_day.values())[len(per_day) // 2]
    for day, number in sorted(per_day.items()):
        if number >= _BURST_LEAST and number > _BURST_TIMES * max(usual, 1):
            yield Notice(
                "burst",
                number,
                f"{day} 一天收到 {number} 份,平日为 {usual} 份左右",
                f"{number} forms came on {day}, on a usual day {usual}",
                audience,
            )


def doubled(audience: str, same: int) -> Iterator[Notice]:
    """Forms that came again in a file, under a number that was counted before."""
    if same:
        yield Notice(
            "doubles",
            same,
            f"导入文件中有 {same} 份答卷与已计入的重复,未再计入",
            f"{same} forms in imported files had been counted before and were not counted again",
            audience,
        )


def odd(kind: str, zh: str, en: str, audience: str | None, number: int = 1) -> Notice:
    """What another part of the service found: records touched, sums that do not agree."""
    return Notice(kind, number, zh, en, audience)


def changed_hands() -> Notice:
    """What is kept of a published score is not what the service wrote."""
    return Notice(
        TOUCHED,
        1,
        "所存的公布结果与其摘要或封印不符",
        "the published score that is kept does not fit its digest or its seal",
    )


def comes_out_otherwise() -> Notice:
    """The counts, or the release that is running, make another score than the published one."""
    return Notice(
        RECOMPUTED,
        1,
        "按现有计数重新计算,结果与公布的不一致;此处仍为公布的结果",
        "made anew from the counts the score is another; this is the published one",
    )
