"""What counts mean: each figure with its definition, and shares with their denominator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.commons.rules import Threshold


@dataclass(frozen=True)
class Definition:
    """What a figure counts, in Chinese and English."""

    zh: str
    en: str


COUNTED = Definition(
    "该年度的建议,不含草稿和已撤回的",
    "suggestions meant for the year, without drafts and without those withdrawn",
)

#: What each grouping counts by.
GROUPINGS = {
    "aspect": Definition(
        "按方面:梳理时调整过方面的,计入调整后的方面", "by aspect, as re-classified"
    ),
    "channel": Definition("按提出渠道", "by the channel through which they came"),
    "division": Definition(
        "按所涉地点的区划代码(GB/T 2260);未注明地点的单列",
        "by the division (GB/T 2260) of their place; those without a place apart",
    ),
    "round": Definition("按征集批次;不属于任何批次的单列", "by round; those of no round apart"),
    "delegation": Definition(
        "仅代表建议,按提出代表现在所在代表团;名册中尚无该代表的单列",
        "deputies' suggestions only, by the delegation in which the deputy sits now; those whose "
        "deputy is not in the register yet apart",
    ),
    "author_kind": Definition("按提出人类别", "by the capacity in which they were made"),
    "state": Definition("按当前状态", "by their state now"),
    "month": Definition("按提出日期所在月份", "by the month of the day on which they were made"),
}

#: The figures of the comparison with what was voted (报告“70%以上的建议内容与票决项目相吻合”).
MATCHING = {
    "submitted": COUNTED,
    "accepted": Definition("其中经梳理采纳的", "of those, the ones accepted at sorting"),
    "judged": Definition(
        "采纳的建议中,已由人与票决确定项目的子项比对过的",
        "of the accepted, those that a person has compared with the voted sub-items",
    ),
    "matching": Definition(
        "已比对的建议中,内容与某一票决子项相吻合的", "of the judged, those that match a sub-item"
    ),
    "not_matching": Definition(
        "已比对的建议中,与任何票决子项均不吻合的", "of the judged, those that match none"
    ),
    "not_judged": Definition("采纳的建议中,尚未比对的", "of the accepted, those not yet compared"),
}


@dataclass(frozen=True)
class Share:
    """A part of a whole, exact, and in the words of a report."""

    part: int
    whole: int

    @property
    def fraction(self) -> str | None:
        """As it is, not reduced: 73/104; None of nothing."""
        return f"{self.part}/{self.whole}" if self.whole else None

    @property
    def percent(self) -> str | None:
        """To one decimal, cut off and not rounded up: what is not reached is not said."""
        if not self.whole:
            return None
        tenths = 1000 * self.part // self.whole
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def threshold(self) -> Threshold | None:
        """The highest full ten per cent that the share reaches, itself included (以上含本数)."""
        tenths = 10 * self.part // self.whole if self.whole else 0
        return Threshold(Fraction(tenths, 10), inclusive=True) if tenths else None

    @property
    def wording(self) -> str | None:
        """As reports say it: 70%以上, 100%, 不足10%."""
        if not self.whole:
            return None
        if self.threshold is None:
            return "不足10%"
        full = self.threshold.share == 1
        return "100%" if full else f"{int(self.threshold.share * 100)}%以上"

    def to_data(self) -> dict[str, Any]:
        """As it is answered."""
        return {
            "part": self.part,
            "whole": self.whole,
            "fraction": self.fraction,
            "percent": self.percent,
            "wording": self.wording,
            "threshold": self.threshold.to_data() if self.threshold else None,
        }
