"""Templates (问卷模板): questions that are used from year to year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .form import Form


@dataclass(eq=False, kw_only=True)
class QuestionnaireTemplate(Aggregate):
    """One edition of a template; it never changes, a revised one is the next edition.

    ``grades``: the codes of the marks that its questions are written for, empty where any will do.
    ``supersedes``: the edition before.  ``source``: what it was taken from, a shipped template's
    name or a questionnaire's id, None if it was written.
    """

    id: str
    title: str
    description: str
    questions: list[dict[str, Any]]
    grades: list[str]
    edition: int
    supersedes: str | None
    source: str | None
    drafted_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        title: str,
        description: str,
        questions: list[dict[str, Any]],
        grades: list[str],
        supersedes: QuestionnaireTemplate | None,
        successor: QuestionnaireTemplate | None,
        source: str | None,
        drafted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> QuestionnaireTemplate:
        """The first edition, or the one after ``supersedes``, which has no ``successor`` yet.

        Raises Invalid where the questions contradict each other, Conflict if it has one.
        """
        if successor is not None:
            raise Conflict(
                "template-superseded",
                f"edition {successor.edition} supersedes it already; revise that one",
                f"该模板已有第 {successor.edition} 版,请在最新版上修订",
            )
        return cls(
            id=new_id(),
            title=title,
            description=description,
            questions=Form.from_data(questions).to_data(),
            grades=grades,
            edition=1 if supersedes is None else supersedes.edition + 1,
            supersedes=None if supersedes is None else supersedes.id,
            source=source,
            drafted_on=drafted_on,
            recorded_at=recorded_at,
        )

    def check_grades(self, codes: Iterable[str]) -> None:
        """Invalid unless a method with these options has the marks that it is written for."""
        if self.grades and set(self.grades) != set(codes):
            raise Invalid(
                "template-unfit",
                f"the template is written for the grades {', '.join(self.grades)}",
                f"该模板适用于以下选项:{'、'.join(self.grades)},与所选测评办法不符",
                errors=[{"pointer": "/template_id", "detail": "选项不符 (other grades)"}],
            )
