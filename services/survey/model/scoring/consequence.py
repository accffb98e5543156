"""What follows from a score that falls below an adopted line (结果运用)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..method import Formula, Line, Measured
from .outcome import Outcome
from .words import Words, grade, rate

_OF = {
    "project": Words("项目", "project"),
    "sub-item": Words("子项", "sub-item"),
    "overall": Words("总体", "overall"),
}
#: What follows, in words.
FOLLOWS = {
    "rectify": Words("限期整改", "rectify"),
    "report-again": Words("重新报告", "report again"),
    "assess-again": Words("再次测评", "assess again"),
    "self-criticism": Words("作出书面检查", "self-criticism"),
}


@dataclass(frozen=True)
class Subject:
    """What a line is held against; ``item_id``: of the line or project, None for the whole."""

    of: str
    item_id: str | None
    project_id: str | None
    kind: str
    name: str
    outcome: Outcome
    former_year: int | None = None

    @property
    def key(self) -> str:
        """By which its failures are counted."""
        return self.item_id or "overall"


@dataclass(frozen=True)
class Consequence:
    """One that follows; ``times``: failures in a row, this one counted."""

    subject: Subject
    line: Line
    times: int
    percent: str | None
    value: str | None
    grade: str | None
    said: Words

    def to_data(self) -> dict[str, Any]:
        """As data; ``line``: the part that must not be undercut, None where grades fail."""
        return {
            "of": self.subject.of,
            "item_id": self.subject.item_id,
            "project_id": self.subject.project_id,
            "item_kind": self.subject.kind,
            "name": self.subject.name,
            "measure": self.line.measure.value,
            "value": self.value,
            "percent": self.percent,
            "below": None if self.line.below is None else str(self.line.below),
            "inclusive": self.line.inclusive,
            "grade": self.grade,
            "grades": list(self.line.grades),
            "times": self.times,
            "then": [one.value for one in self.line.then],
            "due_in": self.line.due,
        } | ({"former_year": self.subject.former_year} if self.subject.former_year else {})


def failing(
    formula: Formula, subjects: Iterable[Subject], before: Mapping[str, int]
) -> dict[str, int]:
    """How often in a row each subject has now been below a line; who is not below any is left out.

    ``before``: the same of the assessment before.  A key is the line's or project's id, for the
    whole ``overall``.
    """
    return {
        subject.key: 1 + before.get(subject.key, 0)
        for subject in subjects
        if any(_falls_below(line, subject) for line in formula.thresholds)
    }


def consequences(
    formula: Formula, subjects: Iterable[Subject], failures: Mapping[str, int]
) -> list[Consequence]:
    """Everything that follows, by :func:`failing`.

    Without a figure nothing follows: why there is none is a problem of its own.
    """
    return [
        _consequence(formula, line, subject, failures[subject.key])
        for subject in subjects
        for line in formula.thresholds
        if _falls_below(line, subject) and failures[subject.key] >= line.after
    ]


def _falls_below(line: Line, subject: Subject) -> bool:
    outcome = subject.outcome
    if line.of != subject.of:
        return False
    if line.measure is Measured.GRADE:
        return outcome.grade in line.grades
    figure = outcome.measured(line.measure)
    return figure is not None and line.failed_by(figure.exact)


def _consequence(formula: Formula, line: Line, subject: Subject, times: int) -> Consequence:
    figure = subject.outcome.measured(line.measure)
    percent = figure.rate.percent(formula.places) if figure else None
    return Consequence(
        subject=subject,
        line=line,
        times=times,
        percent=percent,
        value=str(figure.rate) if figure else None,
        grade=subject.outcome.grade,
        said=_said(formula, line, subject, times),
    )


def _said(formula: Formula, line: Line, subject: Subject, times: int) -> Words:
    of, name = _OF[line.of], subject.name
    about = of if line.of == "overall" else Words(f"{of.zh}“{name}”", f'{of.en} "{name}"')
    why, due = _why(formula, line, subject.outcome), _due(line)
    again = Words("连续", " in a row") if times > 1 else Words("", "")
    then_zh = "、".join(FOLLOWS[one].zh for one in line.then)
    then_en = ", ".join(FOLLOWS[one].en for one in line.then)
    return Words(
        f"{about.zh}:{why.zh},{again.zh}第 {times} 次未达标 → {then_zh}{due.zh}",
        f"{about.en}: {why.en}, failure no. {times}{again.en} → {then_en}{due.en}",
    )


def _why(formula: Formula, line: Line, outcome: Outcome) -> Words:
    """The exact value beside the line: rounded it can look as if it were on the other side."""
    figure = outcome.measured(line.measure)
    if line.below is None or figure is None:
        called = grade(formula, outcome.grade or "")
        return Words(f"等次为“{called.zh}”", f'the grade is "{called.en}"')
    called = rate(formula, line.measure)
    shown = f"{figure.rate}({figure.rate.percent(formula.places)}%)"
    sign = "≤" if line.inclusive else "<"
    return Words(
        f"{called.zh} {shown} {sign} {line.below}", f"{called.en} {shown} {sign} {line.below}"
    )


def _due(line: Line) -> Words:
    if line.days is not None:
        return Words(f",{line.days}日内", f", within {line.days} days")
    if line.workdays is not None:
        return Words(f",{line.workdays}个工作日内", f", within {line.workdays} working days")
    return Words("", "")
