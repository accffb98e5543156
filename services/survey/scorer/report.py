"""A score as a page of text: tables, then each step in words."""

from __future__ import annotations

from collections.abc import Iterator

from services.commons.documents import Block, Document, Heading, Table

from ..model.scoring import Figure, Score
from ..model.scoring.outcome import Outcome
from ..model.scoring.words import Words, grade, option, rate
from .count_table import CountTable
from .method_file import MethodFile

_WORDS = {
    "method": Words("办法", "Method"),
    "source": Words("出处", "Source"),
    "counts": Words("票数来源", "Counts from"),
    "as_of": Words("截至", "As of"),
    "lines": Words("逐项结果", "By line"),
    "whole": Words("汇总结果", "Taken together"),
    "consequences": Words("结果运用", "What follows"),
    "steps": Words("计算说明", "Step by step"),
    "item": Words("项目", "line"),
    "group": Words("测评主体", "group"),
    "blank": Words("空白", "blank"),
    "denominator": Words("基数", "of"),
    "grade": Words("等次", "grade"),
    "composite": Words("综合得分", "composite"),
    "overall": Words("总体", "overall"),
}


class Report:
    """A score in one language."""

    def __init__(self, score: Score, method: MethodFile, table: CountTable, language: str) -> None:
        self.score, self.method, self.table = score, method, table
        self.language = language

    def text(self) -> str:
        """The page."""
        document = Document(
            title=self.table.title or self.table.called,
            subtitle="\n".join(self._subtitle()),
            blocks=tuple(self._blocks()),
            signed_by="",
            signed_on=self.score.as_of,
        )
        return document.to_text().rstrip() + "\n"

    def _subtitle(self) -> Iterator[str]:
        colon = ": " if self.language == "en" else ":"
        yield f"{self._word('method')}{colon}{self.method.title}"
        if self.method.source:
            yield f"{self._word('source')}{colon}{self.method.source}"
        if self.table.source:
            yield f"{self._word('counts')}{colon}{self.table.source}"
        yield f"{self._word('as_of')}{colon}{self.score.as_of.isoformat()}"

    def _blocks(self) -> Iterator[Block]:
        yield self._lines()
        if (whole := self._whole()).rows:
            yield whole
        if self.score.consequences:
            yield Heading(2, self._word("consequences"))
            yield "\n".join(f"  {self._say(one.said)}" for one in self.score.consequences)
        yield Heading(2, self._word("steps"))
        yield "\n".join(self._steps())

    def _steps(self) -> Iterator[str]:
        """Each step under what it is about, which is said once."""
        before = None
        for step in self.score.steps:
            of = self._say(step.of)
            if of != before:
                yield f"{of}"
            yield f"  {self._say(step.says)}"
            before = of

    def _lines(self) -> Table:
        formula = self.score.formula
        several = len(self.score.groups) > 1
        rates = ["top1", "top2", *(["mean"] if formula.full_mark is not None else [])]
        options = [self._say(option(formula, code)) for code in formula.codes]
        head = [
            self._word("item"),
            *([self._word("group")] if several else []),
            *options,
            self._word("blank"),
            self._word("denominator"),
            *(f"{self._say(rate(formula, name))}%" for name in rates),
            *([self._word("grade")] if formula.grades else []),
        ]
        rows = []
        for one in self.score.items:
            for group in one.groups.values():
                marks = list(group.marks.values())
                shown = group.judged.rates if group.judged else {}
                rows.append(
                    (
                        one.item.name,
                        *([self._say(self.score.called(group.group))] if several else []),
                        *(str(sum(m.counts[code] for m in marks)) for code in formula.codes),
                        str(sum(m.blank for m in marks)),
                        str(sum(m.whole for m in marks)),
                        *(self._percent(shown.get(name)) for name in rates),
                        *([self._grade(group.judged.grade if group.judged else None)])[
                            : 1 if formula.grades else 0
                        ],
                    )
                )
        return Table(self._word("lines"), tuple(head), tuple(rows))

    def _whole(self) -> Table:
        """What was weighed or added up; empty where each line stands for itself."""
        formula = self.score.formula
        rows: list[tuple[str, Outcome]] = []
        if formula.groups:
            rows += [(one.item.name, one.outcome) for one in self.score.items if one.groups]
        rows += [
            (one.name, one.outcome) for one in self.score.projects if one.aggregation.by is not None
        ]
        if self.score.overall is not None:
            rows.append((self._word("overall"), self.score.overall.outcome))
        head = (self._word("item"), f"{self._word('composite')}%", self._word("grade"))
        cells = [
            (name, self._percent(outcome.composite), self._grade(outcome.grade))
            for name, outcome in rows
        ]
        return Table(self._word("whole"), head, tuple(cells))

    def _percent(self, figure: Figure | None) -> str:
        return "–" if figure is None else figure.rate.percent(self.score.formula.places)

    def _grade(self, code: str | None) -> str:
        return "–" if code is None else self._say(grade(self.score.formula, code))

    def _word(self, name: str) -> str:
        return self._say(_WORDS[name])

    def _say(self, words: Words) -> str:
        return words.say(self.language)
