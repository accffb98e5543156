"""How a thing that happened to a project is found and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from services.chassis.columns import Id

from .merged import Branch, literal, nothing, text_of

#: Of which project, also as a text, and from which day to which.
PROJECT = sa.bindparam("project_id", type_=Id)
PROJECT_TEXT = sa.bindparam("project_text", type_=sa.String)
FROM, TO = sa.bindparam("from_", type_=sa.Date), sa.bindparam("to", type_=sa.Date)
#: Words for a code: Chinese, English.
Words = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Happening:
    """One kind of thing that happens to a project: where it stands, its day, its sentence.

    ``zh``, ``en``: the sentence, with ``{code}`` (by ``words``, or as it is), ``{name}``,
    ``{more}``, ``{number}`` from the columns of these names.  ``project``: the
    condition that a row is of the project, where it has no column ``project_id``.
    ``record``: what the reader's link leads to, or the column that says so; ``of``: the column with
    its id, if it is not ``id``.
    ``public``: whether everybody may read it; then the columns hold nothing that a person wrote of
    another, and no person.
    """

    kind: str
    table: sa.Table
    zh: str
    en: str
    record: Any
    day: str = "happened_on"
    public: bool = False
    code: Any = None
    name: Any = None
    more: Any = None
    number: Any = None
    of: Any = None
    project: Any = None
    where: tuple[sa.ColumnElement[bool], ...] = ()
    words: Words = field(default_factory=dict)

    @property
    def branch(self) -> Branch:
        """Its rows of one project between two days, in the columns that all kinds have."""
        c = self.table.c
        day = c[self.day]
        of_project = c.project_id == PROJECT if self.project is None else self.project
        query = sa.select(
            literal(self.kind).label("kind"),
            day.label("day"),
            c.id.label("id"),
            text_of(self.record).label("record"),
            (nothing(Id) if self.of is None else self.of).label("of"),
            *(self._text(name) for name in ("code", "name", "more")),
            (nothing(sa.Float) if self.number is None else sa.cast(self.number, sa.Float)).label(
                "number"
            ),
        ).where(of_project, day.between(FROM, TO), *self.where)
        return Branch(query, day, c.id)

    def sentences(self, row: Any) -> tuple[str, str]:
        """What happened, in Chinese and in English."""
        zh, en = self.words.get(row.code, (row.code, row.code))
        said = {"name": row.name or "", "more": row.more or "", "number": plain(row.number)}
        return (
            self.zh.format(code=zh or "", **said).strip(),
            self.en.format(code=en or "", **said).strip(),
        )

    def _text(self, name: str) -> sa.ColumnElement[Any]:
        column = getattr(self, name)
        return (nothing(sa.String) if column is None else sa.cast(column, sa.String)).label(name)


def plain(number: float | None) -> str:
    """A number as a sentence has it: no decimals where there are none."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else f"{number:.4g}"
