"""Checking all records by night: seals, sums, and whether published scores still come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork

from ..model import notice
from ..model.integrity import Sign
from ..model.questionnaire import Questionnaire
from ..queries.announced import touched
from ..tables.questionnaires import questionnaires
from ..tables.results import record_checks

#: Everything that can be found.
SIGNS = (*(one.value for one in Sign), notice.TOUCHED, notice.RECOMPUTED)


def check_all(store: BoundStore) -> dict[str, int]:
    """Check one questionnaire after the other, and note what was found for the metrics."""
    c = questionnaires.c
    opened = sa.select(c.id).where(c.opened_on.is_not(None)).order_by(c.id)
    found: Counter[str] = Counter(dict.fromkeys(SIGNS, 0))
    for id_ in store.apply(lambda uow: list(uow.session.scalars(opened))):
        found.update(store.apply(partial(_check, id_=id_)))
    store.apply(partial(_note, found=found))
    return dict(found)


def _check(uow: UnitOfWork, id_: str) -> list[str]:
    questionnaire = uow.get(Questionnaire, id_)
    return [one.kind for one in touched(uow.session, questionnaire, uow.keys)]


def _note(uow: UnitOfWork, found: Mapping[str, int]) -> None:
    connection = uow.session.connection()
    connection.execute(sa.delete(record_checks))
    rows = [{"sign": s, "number": n, "checked_at": uow.now} for s, n in found.items()]
    connection.execute(sa.insert(record_checks), rows)
