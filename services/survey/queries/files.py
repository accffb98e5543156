"""A score as tables, which the gateway writes as files."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.secretbox import Keys

from ..model.form import Kind
from ..model.result.tables import counts, workbook
from .announced import get_score
from .results import readable

Json = dict[str, Any]


def tables_of(session: Session, id_: str, principal: Principal, keys: Keys) -> Json:
    """``counts``: what is one table; ``sheets``: all of it."""
    questionnaire = readable(session, id_, principal)
    told = get_score(session, id_, principal, keys), questionnaire.method.parameters
    questions = questionnaire.form.questions
    graded = next((one.code for one in questions if one.kind is Kind.GRADE), "grade")
    return {
        "counts": counts(*told, graded).to_data(),
        "sheets": [one.to_data() for one in workbook(*told, graded)],
    }
