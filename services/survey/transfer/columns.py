"""The columns of a sheet of forms: its number, its condition, and every line of the form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from services.commons.sheets import Column

from ..model.form import Form, Line, Per

NUMBER = Column("form", ("编号", "测评表编号"), required=True)
CONDITION = Column("condition", ("票况",))
#: Characters of a title: longer ones nobody reads in a spreadsheet.
_TITLE = 80


class Columns:
    """The columns of one audience's sheets; a line's is known by its key as well as by its title.

    Titles begin with the line's place on the form, so no two are alike.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        several = sum(question.per is Per.ITEM for question in form.questions) > 1
        self.of_line = {
            line.key: Column(line.key, _titles(number, line, several), line.question.countable)
            for number, line in enumerate(form.lines, start=1)
        }

    @cached_property
    def all(self) -> Sequence[Column]:
        """As they stand in the template."""
        return (NUMBER, CONDITION, *self.of_line.values())


def _titles(number: int, line: Line, several: bool) -> tuple[str, ...]:
    texts = line.question.text.to_data()
    languages = [texts["zh-CN"], *(text for tag, text in texts.items() if tag != "zh-CN")]
    if line.item is None:
        names = languages
    elif several:
        names = [f"{line.item.name} {text}" for text in languages]
    else:
        names = [line.item.name]
    return tuple(dict.fromkeys(f"{number}. {name}"[:_TITLE] for name in names))
