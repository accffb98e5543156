"""What a score is compared with: earlier years, other congresses, the assessment it follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.commons.charts import Chart

from ..model.comparison import Compared, again, comparison
from ..model.heard import HeardScore
from ..model.questionnaire import Questionnaire
from ..model.result.charts import charts, compared
from ..tables.questionnaires import questionnaires
from ..tables.results import heard_scores
from .results import readable
from .scores import outcome

Json = dict[str, Any]

#: Years that stand beside one another, this one not counted.
YEARS = 10


def get_comparison(session: Session, id_: str, principal: Principal) -> Json:
    """Beside the years before, beside other congresses of the year, beside what it follows."""
    questionnaire = readable(session, id_, principal)
    mine, places = _compared(session, questionnaire), questionnaire.method.formula.places
    before = session.get(Questionnaire, questionnaire.follows) if questionnaire.follows else None
    return {
        "questionnaire_id": questionnaire.id,
        "years": comparison(mine, _years(session, questionnaire), places)["scores"],
        "congresses": comparison(mine, _elsewhere(session, questionnaire), places)["scores"],
        "again": before and again(_compared(session, before), mine, places),
    }


def list_charts(session: Session, id_: str, principal: Principal) -> Json:
    """The charts of a score by key and title."""
    found = _charts(session, readable(session, id_, principal))
    return {"items": [{"key": one.key, "title": one.title} for one in found]}


def get_chart(session: Session, id_: str, key: str, principal: Principal) -> Json | None:
    """One of them as data; None without it."""
    found = _charts(session, readable(session, id_, principal))
    return next((one.to_data() for one in found if one.key == key), None)


def _charts(session: Session, questionnaire: Questionnaire) -> list[Chart]:
    found = outcome(session, questionnaire)
    made = charts(found["score"], questionnaire.method.parameters)
    mine, places = Compared.from_told(found["told"]), questionnaire.method.formula.places
    title = questionnaire.title
    years = comparison(mine, _years(session, questionnaire), places)
    if len(years["scores"]) > 1:
        years["scores"].reverse()
        made.append(compared("years", f"{title}:各年度", years, by="year"))
    others = comparison(mine, _elsewhere(session, questionnaire), places)
    if len(others["scores"]) > 1:
        made.append(compared("congresses", f"{title}:各地人大", others, by="congress"))
    return made


def _compared(session: Session, questionnaire: Questionnaire) -> Compared:
    return Compared.from_told(outcome(session, questionnaire)["told"])


def _years(session: Session, questionnaire: Questionnaire) -> Iterable[Compared]:
    """The published scores of the same congress on the years before, the last one first."""
    c = questionnaires.c
    query = sa.select(Questionnaire).where(
        c.congress == questionnaire.congress,
        c.year < questionnaire.year,
        c.published_on.is_not(None),
    )
    found = session.scalars(query.order_by(c.year.desc(), c.published_on.desc(), c.id).limit(YEARS))
    return [_compared(session, one) for one in found]


def _elsewhere(session: Session, questionnaire: Questionnaire) -> Iterable[Compared]:
    """The published scores of other congresses on the same year, by their codes.

    Some of them this service has counted itself; the others it has heard of.
    """
    c, h = questionnaires.c, heard_scores.c
    own = sa.select(Questionnaire).where(
        c.congress != questionnaire.congress,
        c.year == questionnaire.year,
        c.published_on.is_not(None),
    )
    heard = sa.select(HeardScore).where(
        h.congress != questionnaire.congress, h.year == questionnaire.year
    )
    found = [_compared(session, one) for one in session.scalars(own)]
    found += [Compared.from_told(one.content) for one in session.scalars(heard)]
    return sorted(found, key=lambda one: (one.congress, one.published_on or "", one.title))
