"""Sentences in Chinese and English, made at the same place so that both say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..method import Denominator, Formula, Measure


class Words(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str

    def to_data(self) -> dict[str, str]:
        """By language tag."""
        return {"zh-CN": self.zh, "en": self.en}

    def say(self, language: str) -> str:
        """In that language; Chinese unless it is English."""
        return self.en if language == "en" else self.zh


DENOMINATORS = {
    Denominator.ELIGIBLE: Words("应参评人数", "all who may answer"),
    Denominator.PRESENT: Words("出席人数", "those present"),
    Denominator.ISSUED: Words("发出票数", "forms issued"),
    Denominator.RETURNED: Words("收回票数", "forms returned"),
    Denominator.VALID: Words("有效票数", "valid marks"),
}
MEAN = Words("平均分", "mean score")
COMPOSITE = Words("综合得分", "composite score")


#: What groups are called that a method does not name.
_GROUPS = {
    "all-deputies": "全体代表",
    "standing-committee": "常委会组成人员",
    "supervision-group": "监督小组",
    "residents": "居民",
    "households": "住户",
    "respondents": "参评者",
}


def called_group(formula: Formula, group: str, title: str = "") -> Words:
    """What a group is called: by the method, else by its audience's title, else as usual."""
    named = {one.group: one.name_zh for one in formula.groups}
    zh = named.get(group) or title or _GROUPS.get(group, group)
    return Words(zh, group.replace("-", " "))


def option(formula: Formula, code: str) -> Words:
    """What an option is called."""
    names = {one.code: one.name_zh for one in formula.options}
    return Words(names.get(code, code), code.replace("-", " "))


def grade(formula: Formula, code: str) -> Words:
    """What a grade is called: by the method, else as the option of the same code."""
    named = formula.grade_names.get(code)
    return option(formula, code)._replace(zh=named) if named else option(formula, code)


def together(formula: Formula, codes: Iterable[str]) -> Words:
    """Several options added up: 满意+基本满意."""
    each = [option(formula, code) for code in codes]
    if len(each) == 1:
        return each[0]
    zh, en = "+".join(one.zh for one in each), " + ".join(one.en for one in each)
    return Words(f"({zh})", f"({en})")


def rate(formula: Formula, name: str) -> Words:
    """What a rate is called after its options: 满意率, 满意和基本满意率."""
    if name == Measure.MEAN:
        return MEAN
    if name not in (Measure.TOP1, Measure.TOP2):
        return COMPOSITE
    each = [option(formula, one) for one in (formula.top1 if name == "top1" else formula.top2)]
    return Words(
        "和".join(one.zh for one in each) + "率", "rate of " + " and ".join(one.en for one in each)
    )
