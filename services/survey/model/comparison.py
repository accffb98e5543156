"""Scores beside one another (比较): of earlier years, of other congresses, of a second assessment.

Numbers by different methods are no comparison: each other score says whether it was made as the
first one was, and if not, in what they differ.  Rounding makes no difference, since what is
compared is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.commons.canonical import canonical

Json = dict[str, Any]

#: The parts of a method that make the numbers, and how they are called.
_PARTS = {
    "options": ("选项或其分值不同", "other options, or other values of them"),
    "denominator": ("基数不同", "another denominator"),
    "rates": ("满意率的定义不同", "the rates are defined otherwise"),
    "measure": ("主要指标不同", "another headline measure"),
    "dimensions": ("测评维度或权重不同", "other dimensions or weights"),
    "groups": ("测评主体或权重不同", "other groups or weights"),
    "aggregation": ("汇总方法不同", "aggregated otherwise"),
    "look_back": ("回头看的影响不同", "look-backs count otherwise"),
}
_LINE = ("item_id", "name", "top1", "top2", "composite", "grade")


@dataclass(frozen=True)
class Compared:
    """What is compared of one score.

    ``parameters``: of its method, None where they are not known.  ``lines``: each line of the form
    with its rates as ``Fraction`` texts; ``asked``: group → sampling.
    """

    questionnaire_id: str
    congress: str
    year: int
    title: str
    published_on: str | None
    follows: str | None
    method_title: str
    parameters: Json | None
    asked: dict[str, str]
    overall: str | None
    lines: tuple[Json, ...]

    @classmethod
    def from_told(cls, told: Json) -> Compared:
        """What the event of a publication says; one of an earlier release knows no groups."""
        groups = told.get("groups") or [{"group": told["audience"], "sampling": "census"}]
        overall = told.get("overall")
        return cls(
            questionnaire_id=told["id"],
            congress=told["congress"],
            year=told["year"],
            title=told["title"],
            published_on=told["published_on"],
            follows=told.get("follows"),
            method_title=told["method"]["title"],
            parameters=told.get("parameters"),
            asked={one["group"]: one["sampling"] for one in groups},
            overall=overall and overall["composite"],
            lines=tuple(
                {name: one.get(name) for name in _LINE} | {"kind": one["kind"]}
                for one in told["items"]
            ),
        )

    @property
    def pooled(self) -> dict[str, str]:
        """The rates of all lines together: the sum of the parts of the sum of the wholes.

        Of the sub-items, or of the projects where there are none: no mark counts twice.
        """
        ordinary = [one for one in self.lines if not one["kind"].startswith("former")]
        sub_items = [one for one in ordinary if one["kind"] == "sub-item"]
        found = {}
        for name in ("top1", "top2"):
            rates = [_parts(one[name]) for one in sub_items or ordinary if one[name]]
            whole = sum(whole for _, whole in rates)
            if whole:
                found[name] = f"{sum(part for part, _ in rates)}/{whole}"
        return found


def differences(one: Compared, other: Compared) -> list[Json]:
    """Why the numbers of two scores are no comparison; empty: they are one."""
    if one.parameters is None or other.parameters is None:
        return [_because("method", "测评办法的参数未知", "the parameters of a method are unknown")]
    found = [
        _because(name, zh, en)
        for name, (zh, en) in _PARTS.items()
        if canonical(one.parameters.get(name)) != canonical(other.parameters.get(name))
    ]
    if one.asked != other.asked:
        found.append(_because("asked", "参评人员或抽样不同", "other people, or sampled otherwise"))
    return found


def comparison(first: Compared, others: Iterable[Compared], places: int) -> Json:
    """The first score, and the others in the order given, each with how far it is a comparison."""
    return {
        "questionnaire_id": first.questionnaire_id,
        "scores": [_entry(first, first, places)]
        + [_entry(first, other, places) for other in others],
    }


def again(first: Compared, second: Compared, places: int) -> Json:
    """A second assessment beside the one that it follows, line by line, by the lines of both."""
    before = {one["item_id"]: one for one in first.lines}
    return {
        "first": first.questionnaire_id,
        "second": second.questionnaire_id,
        "differences": differences(first, second),
        "items": [
            {
                "item_id": line["item_id"],
                "name": line["name"],
                "kind": line["kind"],
                "before": _line(before[line["item_id"]], places),
                "after": _line(line, places),
            }
            for line in second.lines
            if line["item_id"] in before
        ],
    }


def _entry(first: Compared, other: Compared, places: int) -> Json:
    found = differences(first, other)
    return {
        "questionnaire_id": other.questionnaire_id,
        "congress": other.congress,
        "year": other.year,
        "title": other.title,
        "published_on": other.published_on,
        "follows": other.follows,
        "method": other.method_title,
        "overall": rate(other.overall, places),
        "pooled": {name: rate(text, places) for name, text in other.pooled.items()},
        "comparable": not found,
        "differences": found,
    }


def _line(line: Json, places: int) -> Json:
    rates = {name: rate(line[name], places) for name in ("top1", "top2", "composite")}
    return rates | {"grade": line["grade"]}


def rate(text: str | None, places: int) -> Json | None:
    """An exact value with its percentage, half rounded up (四舍五入)."""
    if text is None:
        return None
    scaled = Fraction(text) * 100 * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(rounded).rjust(places + 1, "0")
    written = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return {"value": text, "percent": written}


def _parts(text: str) -> tuple[int, int]:
    part, _, whole = text.partition("/")
    return int(part), int(whole)


def _because(code: str, zh: str, en: str) -> Json:
    return {"code": code, "zh": zh, "en": en}
