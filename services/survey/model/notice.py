"""Notices (提示): what is odd about the answers, told beside the score and never taken off it.

Whoever answers all lines alike may mean it; more forms than tokens may be a mistake of counting.
So nothing here changes a figure: people read it and decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

#: A day is a burst when it brought more than so many times the median day, and so many at least.
_BURST_TIMES, _BURST_LEAST = 5, 20


@dataclass(frozen=True)
class Notice:
    """``kind``: its code; ``audience``: the body of people it is about, None: all of it."""

    kind: str
    number: int
    text: str
    text_en: str
    audience: str | None = None

    def to_data(self) -> dict[str, Any]:
        """As data."""
        return asdict(self)


def straight_lined(
    audience: str,
    returned: int,
    straight: Mapping[str, int],
    headline: Mapping[str, Fraction | None] | None,
) -> Iterator[Notice]:
    """Forms with one and the same mark on five graded lines at least, and none left blank.

    ``headline``: the measure with and without them, None where that would tell what a few marked.
    """
    number = sum(straight.values())
    if not number:
        return
    more, more_en = "", ""
    if headline and headline["with"] is not None and headline["without"] is not None:
        one, other = _percent(headline["with"]), _percent(headline["without"])
        more = f";主要指标为 {one}%,不计这些答卷则为 {other}%"
        more_en = f"; the headline is {one} %, without them {other} %"
    yield Notice(
        "straight-lined",
        number,
        f"{returned} 份答卷中有 {number} 份对各项勾选完全相同{more}。仍计入结果",
        f"{number} of {returned} forms have the same mark on every line{more_en}; they count",
        audience,
    )


def without_straight(
    returned: int, straight: Mapping[str, int], minimum: int
) -> Mapping[str, int] | None:
    """What may be taken off to see the difference; None where it would single people out.

    The difference tells how those marked who are taken off, and how those who are left: both must
    be ``minimum`` at least.
    """
    number = sum(straight.values())
    return straight if minimum <= number and minimum <= returned - number else None


def unbalanced(audience: str, issued: int | None, spent: int, returned: int) -> Iterator[Notice]:
    """Single-use tokens beside forms: each spent one brought one form."""
    if spent != returned:
        yield Notice(
            "tokens-and-forms",
            abs(spent - returned),
            f"已使用的邀请码 {spent} 个,收回答卷 {returned} 份,两者不等",
            f"{spent} tokens are spent and {returned} forms were returned",
            audience,
        )
    if issued is not None and spent > issued:
        yield Notice(
            "tokens-and-issued",
            spent - issued,
            f"已使用的邀请码 {spent} 个,多于发出的 {issued} 个",
            f"{spent} tokens are spent of {issued} that were issued",
            audience,
        )


def bursts(audience: str, per_day: Mapping[str, int]) -> Iterator[Notice]:
    """Days on which far more forms came than on the days between."""
    if len(per_day) < 3:
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


def disagreeing(
    audience: str, *, returned: int, counts: Mapping[str, Mapping[str, Any]], flags: int | None
) -> Iterator[Notice]:
    """Sums that cannot be: more marks on a line than forms, fewer than none, another roll."""
    wrong = [key for key, counted in counts.items() if not _possible(counted, returned)]
    if wrong:
        yield Notice(
            "sums-disagree",
            len(wrong),
            f"{len(wrong)} 处计数与收回份数 {returned} 不符",
            f"the counts of {len(wrong)} keys do not go with {returned} forms returned",
            audience,
        )
    if flags is not None and flags != returned:
        yield Notice(
            "roll-disagrees",
            abs(flags - returned),
            f"名册上已参加 {flags} 人,收回 {returned} 份,两者不等",
            f"{flags} on the roll have answered and {returned} forms were returned",
            audience,
        )


def _possible(counted: Mapping[str, Any], returned: int) -> bool:
    asked = counted.get("_asked", returned)
    marks = [n for code, n in counted.items() if not code.startswith("_")]
    if any(n < 0 for n in marks) or not 0 <= asked <= returned:
        return False
    if "_answered" in counted:  # several choices: each at most once a form
        answered = counted["_answered"]
        return bool(max([0, *marks]) <= answered <= asked)
    return bool(sum(marks) <= asked)


def _percent(value: Fraction) -> str:
    hundredths = (2 * 10_000 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def listed(*parts: Iterable[Notice]) -> list[dict[str, Any]]:
    """All of them as data, in the order given."""
    return [one.to_data() for part in parts for one in part]
