"""What look-backs at former projects do to an assessment (测评依据), by the method's data.

The report says only that the results of looking back are part of what the assessment rests on
("结果同步纳入满意度测评依据"); how, no source says.  So a method may say it, and one that says
nothing rests on the answers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .form import Item, former_items
from .heard import HeardLookBack, HeardProject

if TYPE_CHECKING:
    from .method.weighing import Group

_SHARE = re.compile(r"[0-9]{1,4}/[1-9][0-9]{0,3}", re.ASCII)


#: What a look-back found that found no fault.
EFFECTIVE = "effective"


class Finding(StrEnum):
    """What a look-back found: it does not serve any more, or only parts of it do."""

    NOT_EFFECTIVE = "not-effective"
    PARTLY = "partly-effective"


class Effect(StrEnum):
    """What the finding does.

    ``AGAIN``: the former project, and those of its sub-items that do not fully work, are assessed
    again beside this year's.  ``CAP``: no grade better than one that is named.  ``DEDUCT``: a rate
    is lower by a share, never below 0.  ``SOURCE``: it is weighed as one more source of the score;
    this comes from a method's groups and is no consequence that one can write.
    """

    AGAIN = "again"
    CAP = "cap"
    DEDUCT = "deduct"
    SOURCE = "source"


class Over(StrEnum):
    """Which of the year's projects a cap or a deduction touches.

    ``UNIT``: those with the same lead unit as the former one; ``ASPECT``: of the same aspect
    (方面); ``ALL``: every one.
    """

    UNIT = "unit"
    ASPECT = "aspect"
    ALL = "all"


@dataclass(frozen=True)
class Consequence:
    """What follows from a finding; ``grade`` of a cap, ``rate`` and ``share`` of a deduction."""

    finding: Finding
    effect: Effect
    over: Over | None = None
    grade: str | None = None
    rate: str | None = None
    share: Fraction | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Consequence:
        """Read the written form, of which :meth:`mistakes` says what is wrong."""
        share = data.get("share")
        return cls(
            finding=Finding(data["finding"]),
            effect=Effect(data["effect"]),
            over=Over(data["over"]) if data.get("over") else None,
            grade=data.get("grade"),
            rate=data.get("rate"),
            share=Fraction(share) if share and _SHARE.fullmatch(share) else None,
        )

    def to_data(self) -> dict[str, Any]:
        """The written form; what does not belong to the effect is left out."""
        data = {
            "finding": self.finding.value,
            "effect": self.effect.value,
            "over": self.over and self.over.value,
            "grade": self.grade,
            "rate": self.rate,
            "share": self.share and f"{self.share.numerator}/{self.share.denominator}",
        }
        return {name: value for name, value in data.items() if value is not None}

    def mistakes(self, grades: list[str]) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place; ``grades``: the method's, the best first."""
        needed = {
            Effect.AGAIN: set[str](),
            Effect.CAP: {"over", "grade"},
            Effect.DEDUCT: {"over", "rate", "share"},
        }.get(self.effect)
        if needed is None:
            yield "/effect", "回头看作为评分来源须写在 groups 中 (write it as one of the groups)"
            return
        for name in ("over", "grade", "rate", "share"):
            if (getattr(self, name) is not None) != (name in needed):
                yield f"/{name}", "与该后果不符 (does not go with this effect, or is missing)"
        if self.grade is not None and self.grade not in grades:
            yield "/grade", "须为本办法的等次 (must be a grade of this method)"
        if self.share is not None and not 0 < self.share <= 1:
            yield "/share", "须大于0且不超过1 (must be above 0 and at most 1)"


@dataclass(frozen=True)
class LookBackRule:
    """The part ``look_back`` of a method; ``years``: how far back a project may lie, None: any."""

    years: int | None
    consequences: tuple[Consequence, ...]

    @classmethod
    def from_data(cls, data: dict[str, Any] | None) -> LookBackRule | None:
        """Read the written form; None where the method says nothing."""
        if data is None:
            return None
        found = tuple(Consequence.from_data(one) for one in data["consequences"])
        return cls(data["years"], found)

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"years": self.years, "consequences": [one.to_data() for one in self.consequences]}

    def mistakes(self, grades: list[str]) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place."""
        for number, one in enumerate(self.consequences):
            for at, why in one.mistakes(grades):
                yield f"/look_back/consequences/{number}{at}", why

    def reaches(self, year: int, project_year: int) -> bool:
        """Whether a former project of that year matters for an assessment of ``year``."""
        return project_year < year and (self.years is None or year - project_year <= self.years)


@dataclass(frozen=True)
class Basis:
    """What the look-backs do to one questionnaire, settled when it is opened.

    ``items``: the lines that are asked again; ``entries``: each consequence as data, with the
    look-back that it comes from and the lines that it touches.
    """

    items: list[Item]
    entries: list[dict[str, Any]]


def basis_of(
    rule: LookBackRule | None,
    year: int,
    *,
    projects: Mapping[str, HeardProject],
    items: Iterable[Item],
    look_backs: Iterable[HeardLookBack],
    source: Group | None = None,
) -> Basis:
    """What the rule makes of the look-backs; ``projects``: all that were heard of, by id.

    ``source``: the method's look-backs as one more source of the score.  Of several look-backs at a
    project the last one counts.
    """
    lines, look_backs = list(items), list(look_backs)
    again: dict[str, Item] = {}
    entries = []
    for one in last_of_each(look_backs):
        if rule is None or not rule.reaches(year, one.project_year):
            continue
        former = projects.get(one.project_id) if one.project_id else None
        for consequence in rule.consequences:
            if consequence.finding != finding(one):
                continue
            if consequence.effect == Effect.AGAIN:
                touched = former_items(one, former)
                again |= {item.item_id: item for item in touched}
            else:
                touched = [i for i in lines if _touches(consequence.over, one, projects, i)]
            entries.append(_entry(consequence, one, touched))
    if source is not None:
        entries += _source_entries(source, look_backs, projects, [*lines, *again.values()])
    return Basis(list(again.values()), entries)


def last_of_each(look_backs: Iterable[HeardLookBack]) -> list[HeardLookBack]:
    """Of the look-backs at one project the last one, in the order of the days."""
    last: dict[tuple[str, int], HeardLookBack] = {}
    for one in sorted(look_backs, key=lambda one: (one.happened_on, one.id)):
        # By name and year: one may tell its id and the other not.
        key = (one.project_name, one.project_year)
        last.pop(key, None)
        last[key] = one
    return list(last.values())


def finding(look_back: HeardLookBack) -> Finding | None:
    """What it comes to for the rule; None: it serves in all its parts."""
    if not look_back.effective:
        return Finding.NOT_EFFECTIVE
    partly = any(one["working"] != "fully" for one in look_back.sub_items or [])
    return Finding.PARTLY if partly else None


def _touches(
    over: Over | None,
    look_back: HeardLookBack,
    projects: Mapping[str, HeardProject],
    item: Item,
) -> bool:
    project = projects[item.project_id]
    if over == Over.UNIT:
        return look_back.lead_unit_id is not None and (
            project.lead_unit_id == look_back.lead_unit_id
        )
    if over == Over.ASPECT:
        return look_back.aspect is not None and project.aspect == look_back.aspect
    return True


def _entry(consequence: Consequence, look_back: HeardLookBack, items: list[Item]) -> dict[str, Any]:
    return consequence.to_data() | _touched(look_back, items)


def _touched(look_back: HeardLookBack, items: list[Item]) -> dict[str, Any]:
    return {
        "look_back_id": look_back.id,
        "project_name": look_back.project_name,
        "project_year": look_back.project_year,
        "items": [item.item_id for item in items],
    }


def _source_entries(
    source: Group,
    look_backs: list[HeardLookBack],
    projects: Mapping[str, HeardProject],
    items: list[Item],
) -> list[dict[str, Any]]:
    """Each look-back that goes to a line, with its points."""
    found = []
    for one in last_of_each(look_backs):
        touched = [item for item in items if _goes_to(source.over, one, projects, item)]
        worked = finding(one) or EFFECTIVE
        if touched:
            entry = {"finding": str(worked), "effect": Effect.SOURCE.value, "over": source.over}
            entry["value"] = str(source.points[worked])
            found.append(entry | _touched(one, touched))
    return found


def _goes_to(
    over: str, look_back: HeardLookBack, projects: Mapping[str, HeardProject], item: Item
) -> bool:
    if over == "project":
        return item.project_id in (look_back.project_id, look_back.id)
    return item.project_id in projects and _touches(Over(over), look_back, projects, item)
