"""A table of counts (计票表): what each group marked on each line, and what rates rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from services.commons.errors import Invalid

from ..model.basis import Effect
from ..model.form import Item
from ..model.form.item import PROJECT, SUB_ITEM
from ..model.method import Formula, Group
from ..model.scoring import GRADE, CellCount, Counted, Score, score
from ..model.scoring.counted import CENSUS

BASES = ("eligible", "present", "issued", "returned")


@dataclass
class GroupCounts:
    """One group: how its people were chosen (None: not said, a census), its bases, its counts.

    Counts are by line and question.
    """

    sampling: str | None = None
    bases: dict[str, int] = field(default_factory=dict)
    counts: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


@dataclass
class CountTable:
    """``items``: the lines in the order in which they stand; ``findings``: of look-backs, by line.

    ``failures``: how often in a row a line, project or the ``overall`` fell below a line before.
    """

    called: str
    title: str = ""
    source: str = ""
    as_of: dt.date | None = None
    items: dict[str, Item] = field(default_factory=dict)
    groups: dict[str, GroupCounts] = field(default_factory=dict)
    findings: list[tuple[str, str]] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)

    def line(self, item: str, project: str) -> Item:
        """The line of that name, a sub-item if it belongs to a project of another name."""
        whole = not project or project == item
        id_ = item if whole else f"{project}/{item}"
        made = Item(id_, item if whole else project, PROJECT if whole else SUB_ITEM, item)
        return self.items.setdefault(id_, made)

    def scored(self, formula: Formula, as_of: dt.date) -> Score:
        """The score; raises Invalid on counts that cannot be."""
        mistakes = list(self._mistakes(formula))
        if mistakes:
            raise Invalid(
                "counts-impossible",
                f"the counts of {self.called} cannot be",
                f"{self.called} 的票数不合理",
                [{"pointer": at, "detail": why} for at, why in mistakes],
            )
        questions = {q for group in self.groups.values() for q in _questions(group)}
        named = [d.code for d in formula.dimensions]
        asked = [code for code in named if code in questions] or sorted(questions) or [GRADE]
        return score(
            formula,
            self.items.values(),
            [self._counted(code, group) for code, group in self.groups.items()],
            as_of=as_of,
            grade_questions=asked,
            basis=self._basis(formula),
            names={item.project_id: item.project_id for item in self.items.values()},
            failures=self.failures,
        )

    def _counted(self, code: str, group: GroupCounts) -> Counted:
        counts = {
            f"{question}:{item}": marks
            for item, questions in group.counts.items()
            for question, marks in questions.items()
        }
        return Counted(
            group=code,
            sampling=group.sampling or CENSUS,
            eligible=group.bases.get("eligible"),
            present=group.bases.get("present"),
            issued=group.bases.get("issued"),
            returned=group.bases["returned"],
            cells={"": CellCount(group.bases["returned"], {}, counts)},
        )

    def _basis(self, formula: Formula) -> list[dict[str, Any]]:
        source = formula.look_back_source
        if source is None:
            return []
        return [
            {
                "effect": Effect.SOURCE.value,
                "value": str(source.points[finding]),
                "items": [item],
            }
            for item, finding in self.findings
        ]

    def _mistakes(self, formula: Formula) -> Iterator[tuple[str, str]]:
        if not self.groups:
            yield "/", "没有票数 (there are no counts)"
        for code, group in self.groups.items():
            yield from _unfit(code, group)
        known = {one.group for one in formula.groups}
        for code in self.groups:
            if known and code not in known:
                named = "、".join(sorted(known))
                yield f"/{code}", f"办法未规定该测评主体,只有 {named} (no group of the method)"
        if self.findings and formula.look_back_source is None:
            yield "/look-back", "办法未将回头看计入得分 (the method weighs no look-backs)"
        marked = {item for group in self.groups.values() for item in group.counts}
        for item in dict.fromkeys(item for item, _ in self.findings):
            if item not in marked:
                yield f"/look-back/{item}", "没有该测评项目的票数 (there are no marks on this line)"
        lines = [self.items[item] for item in marked]
        failing = marked | {line.project_id for line in lines} | {"overall"}
        for key in sorted(self.failures.keys() - failing):
            yield f"/failures/{key}", "没有该测评项目 (no such line, project or overall)"


def _questions(group: GroupCounts) -> set[str]:
    return {question for questions in group.counts.values() for question in questions}


def _unfit(code: str, group: GroupCounts) -> Iterator[tuple[str, str]]:
    """Bases that are missing or contradict each other, and more marks than forms."""
    bases = group.bases
    if "returned" not in bases:
        yield f"/{code}/returned", "须填写收回票数 (say how many forms were returned)"
        return
    for small, large in (
        ("returned", "issued"),
        ("returned", "eligible"),
        ("present", "eligible"),
        ("issued", "eligible"),
    ):
        if bases.get(small, 0) > bases.get(large, bases.get(small, 0)):
            yield (
                f"/{code}/{small}",
                f"{small} {bases[small]} 不得大于 {large} {bases[large]} (cannot be more)",
            )
    for item, questions in group.counts.items():
        for marks in questions.values():
            given = sum(marks.values())
            if given > bases["returned"]:
                yield (
                    f"/{code}/{item}",
                    f"票数合计 {given} 多于收回票数 {bases['returned']} (more marks than forms)",
                )


def group_of(formula: Formula, named: str) -> Group | str:
    """The group of a method by its code or its name; a method of one group needs no name.

    Of a method that weighs no groups, or not that one, the name is its code.
    """
    if not formula.groups:
        return named or "respondents"
    asked = [group for group in formula.groups if not group.is_look_back]
    if not named and len(asked) == 1:
        return asked[0]
    return next((g for g in formula.groups if named in (g.group, g.name_zh)), named)
