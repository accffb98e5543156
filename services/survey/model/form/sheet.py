"""A filled-in sheet (答卷), held against the form line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.commons.errors import Invalid

from .line import Line
from .question import Kind
from .reading import Mark, Reading, cell_of, straight_of
from .value import mark_of

#: After so many mistakes nobody reads the next one.
_ENOUGH = 20


class Sheet:
    """Answers ``[{"question", "item_id"?, "value"}]`` on their way to a reading."""

    def __init__(
        self, lines: Sequence[Line], grades: list[str], answers: list[dict[str, Any]]
    ) -> None:
        self.lines = lines
        self.grades = grades
        self.mistakes: list[tuple[str, str]] = []
        self.marks: dict[str, Mark] = {}
        self.given = self._placed(answers)

    def read(self) -> Reading:
        """What of it is counted; raises Invalid with the places where it does not fit."""
        self._refuse()
        for line in self.lines:
            if self._asked(line):
                self._take(line)
            elif (line.question.code, line.item_id) in self.given:
                n, _ = self.given[line.question.code, line.item_id]
                self.mistakes.append(
                    (
                        f"/answers/{n}",
                        "按前面的作答不应回答此题 (not asked after the answers before)",
                    )
                )
        self._refuse()
        return self._reading()

    def _placed(self, answers: list[dict[str, Any]]) -> dict[tuple[str, str | None], Any]:
        places = {(line.question.code, line.item_id) for line in self.lines}
        given: dict[tuple[str, str | None], Any] = {}
        for n, answer in enumerate(answers):
            place = (answer["question"], answer.get("item_id"))
            if place not in places:
                self.mistakes.append(
                    (
                        f"/answers/{n}",
                        "须为本问卷对该项目的提问 (a question of this form, of its item)",
                    )
                )
            elif place in given:
                self.mistakes.append((f"/answers/{n}", "重复作答 (answered twice)"))
            else:
                given[place] = (n, answer["value"])
        return given

    def _asked(self, line: Line) -> bool:
        condition = line.question.condition
        if condition is None:
            return True

        def codes(code: str) -> Iterable[str]:
            mark = self.marks.get(f"{code}:{line.item_id}", self.marks.get(code))
            if mark is None:
                return []
            return mark if isinstance(mark, list) else [str(mark)]

        return condition.holds(codes)

    def _take(self, line: Line) -> None:
        n, value = self.given.get((line.question.code, line.item_id), (None, None))
        if n is None:
            self.mistakes.append(
                (
                    "/answers",
                    f"缺少 {line.key}:须逐题作答,不答请留空"
                    f" ({line.key} is missing; every question asked, null leaves it blank)",
                )
            )
            return
        try:
            self.marks[line.key] = mark_of(line.question, value, self.grades)
        except ValueError as exc:
            self.mistakes.append((f"/answers/{n}/value", str(exc)))
            # What depends on it cannot be judged.
            self._refuse()

    def _reading(self) -> Reading:
        asked = [line for line in self.lines if line.key in self.marks]
        texts = [
            (line.key, str(self.marks[line.key]))
            for line in asked
            if not line.question.countable and self.marks[line.key] is not None
        ]
        grades = [self.marks[line.key] for line in asked if line.question.kind is Kind.GRADE]
        strata = {
            line.question.code: str(self.marks[line.key]) for line in asked if line.question.stratum
        }
        return Reading(
            marks={line.key: self.marks[line.key] for line in asked if line.question.countable},
            cell=cell_of(strata),
            straight=straight_of(grades),
            comments=tuple(texts),
        )

    def _refuse(self) -> None:
        if self.mistakes:
            raise Invalid(
                "answers-malformed",
                "the answers do not fit the questionnaire",
                "答卷与测评内容不符",
                errors=[{"pointer": at, "detail": why} for at, why in self.mistakes[:_ENOUGH]],
            )
