"""The form: questions and lines together."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from services.commons.errors import Conflict, Invalid

from . import counting
from .item import Item
from .line import Line
from .localised import CHINESE
from .question import Kind, Per, Question
from .reading import Mark, Reading, cell_of
from .sheet import Sheet

#: More cells than this hold too few answers each to say anything.
MOST_CELLS = 500
#: More countable lines than this nobody fills in.
MOST_KEYS = 2000


class GradeOption(Protocol):
    """What the form needs of a method's option."""

    @property
    def code(self) -> str:
        """What it is counted by."""

    @property
    def name_zh(self) -> str:
        """What people read."""


def default_questions() -> list[dict[str, Any]]:
    """The plain form: each line is given one of the method's grades, or left blank."""
    text = {"zh-CN": "您对该项目是否满意?", "en": "How satisfied are you with it?"}
    grade = {"code": "grade", "kind": "grade", "per": "item", "text": text}
    return [Question.from_data(grade).to_data()]


@dataclass(frozen=True)
class Form:
    """What is asked, in which ``version``; ``grades``: the options of the method."""

    version: int
    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    grades: tuple[GradeOption, ...]

    @classmethod
    def from_data(
        cls,
        data: list[dict[str, Any]],
        items: Iterable[Item] = (),
        options: Iterable[GradeOption] = (),
        version: int = 1,
    ) -> Form:
        """Read the questions; raises Invalid with the places (/questions/…) that contradict."""
        questions = tuple(Question.from_data(one) for one in data)
        form = cls(version, questions, tuple(items), tuple(options))
        grades = [option.code for option in form.grades]
        mistakes = [*mistakes_of(questions, grades), *form._excesses()]
        if mistakes:
            raise Invalid(
                "form-contradicts-itself",
                "the questions of the form contradict each other",
                "问卷题目自相矛盾",
                errors=[{"pointer": f"/questions{at}", "detail": why} for at, why in mistakes],
            )
        return form

    def to_data(self) -> list[dict[str, Any]]:
        """The written form of the questions."""
        return [question.to_data() for question in self.questions]

    @property
    def languages(self) -> list[str]:
        """The languages that the questions are written in, Chinese first."""
        return [CHINESE, *sorted(_languages(self.questions) - {CHINESE})]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Everything that is asked, in order."""
        return tuple(
            Line(question, item)
            for question in self.questions
            for item in (self.items if question.per is Per.ITEM else (None,))
            if item is None or question.asks(item)
        )

    @cached_property
    def _by_key(self) -> dict[str, Line]:
        return {line.key: line for line in self.lines}

    def keys(self) -> list[str]:
        """What is counted, in order; texts are not."""
        return [line.key for line in self.lines if line.question.countable]

    def text_keys(self) -> list[str]:
        """What is answered in words, in order."""
        return [line.key for line in self.lines if not line.question.countable]

    def blank_counts(self) -> dict[str, dict[str, int | str]]:
        """The counts of every key before the first answer."""
        grades = [option.code for option in self.grades]
        return {
            key: counting.blank(
                line.question, grades if line.question.kind is Kind.GRADE else line.question.codes
            )
            for key, line in self._by_key.items()
            if line.question.countable
        }

    def adds(self, key: str, mark: Mark) -> dict[str, int | str]:
        """What a mark of a reading adds to the counts of its key; decimals as text."""
        return counting.added(self._by_key[key].question, mark)

    def grounds(self, question: Question) -> list[Question]:
        """The questions whose answers decide whether it is asked, and those that decide these."""
        return grounds_of(question, {one.code: one for one in self.questions})

    def strata(self) -> list[Question]:
        """The questions whose options make the cells."""
        return [question for question in self.questions if question.stratum]

    def cells(self) -> list[str]:
        """Every cell that an answer can fall in, in order; one, without a name, without strata."""
        strata = sorted(self.strata(), key=lambda question: question.code)
        codes = [question.code for question in strata]
        options = itertools.product(*(question.codes for question in strata))
        return [cell_of(dict(zip(codes, chosen, strict=True))) for chosen in options]

    def only(self, item_ids: Iterable[str]) -> Form:
        """The form for who is asked about some of the items."""
        kept = set(item_ids)
        return dataclasses.replace(
            self, items=tuple(item for item in self.items if item.item_id in kept)
        )

    def read(
        self, answers: list[dict[str, Any]], *, form_version: int, language: str = CHINESE
    ) -> Reading:
        """Read a filled-in form; Conflict for another version, Invalid where it does not fit.

        Every question that is asked stands in it exactly once, so that a form cut short on its way
        is refused and not taken for final; no message repeats an answer.  ``language``: in which it
        was read and answered.
        """
        if form_version != self.version:
            raise Conflict(
                "form-changed",
                "the form has changed; load it again and answer what it asks now",
                "问卷内容已更新,请重新打开后作答",
            )
        if language not in self.languages:
            raise Invalid(
                "language-unknown",
                f"the form is written in {', '.join(self.languages)}",
                f"问卷的语言版本为 {'、'.join(self.languages)}",
                errors=[{"pointer": "/language", "detail": "问卷没有该语言版本 (not there)"}],
            )
        return Sheet(self.lines, [option.code for option in self.grades], answers).read()

    def _excesses(self) -> Iterable[tuple[str, str]]:
        cells = 1
        for question in self.strata():
            cells *= max(1, len(question.codes))
        if cells > MOST_CELLS:
            yield "", f"分层单元至多 {MOST_CELLS} 个 (at most {MOST_CELLS} cells of strata)"
        if sum(line.question.countable for line in self.lines) > MOST_KEYS:
            yield "", f"计票行至多 {MOST_KEYS} 行 (at most {MOST_KEYS} lines that are counted)"


def grounds_of(question: Question, known: Mapping[str, Question]) -> list[Question]:
    """The ``known`` questions that decide whether it is asked, and those that decide these."""
    found: dict[str, Question] = {}
    waiting = [question]
    while waiting:
        condition = waiting.pop().condition
        for leaf in condition.leaves() if condition else ():
            if leaf.question in known and leaf.question not in found:
                found[leaf.question] = known[leaf.question]
                waiting.append(known[leaf.question])
    return list(found.values())


def mistakes_of(
    questions: Sequence[Question], grades: Collection[str]
) -> Iterable[tuple[str, str]]:
    """What contradicts itself in the questions, each with its place, ``/3/options``."""
    languages = _languages(questions)
    earlier: dict[str, Question] = {}
    for number, question in enumerate(questions):
        if question.code in earlier:
            yield f"/{number}/code", "题目代码重复 (a code stands twice)"
        if question.stratum and not all(one.stratum for one in earlier.values()):
            yield f"/{number}/stratum", "分层题须在其他题之前 (strata come before all others)"
        for at, why in question.mistakes(earlier, grades):
            yield f"/{number}{at}", why
        if question.kind is Kind.GRADE and any(
            one.stratum for one in grounds_of(question, earlier)
        ):
            yield (
                f"/{number}/if",
                "等次题的票数全部公布,不得以分层题为条件;只问部分人的,请另设测评主体 "
                "(its counts are published in full: add an audience for those people instead)",
            )
        for at, text in question.texts():
            yield from ((f"/{number}{at}", why) for _, why in text.mistakes(languages))
        earlier[question.code] = question


def _languages(questions: Iterable[Question]) -> set[str]:
    return {tag for one in questions for _, text in one.texts() for tag in text.languages}
