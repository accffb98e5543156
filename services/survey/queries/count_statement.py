"""The statement of the count of an audience on paper."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.audience import Audience
from ..model.count_statement import statement
from ..model.paper import SET_ASIDE
from ..model.questionnaire import Questionnaire
from ..model.tally import Sums, Tally
from . import audiences, paper_forms


def get_count_statement(session: Session, audience_id: str) -> dict[str, Any]:
    """The statement; NotFound before the closing, since it tells the counts."""
    audience = get(session, Audience, audience_id)
    if audience.closed_on is None:
        raise NotFound(
            "count-not-closed",
            "the count can be read after the closing",
            "测评结束后方可查看计票情况",
        )
    questionnaire = get(session, Questionnaire, audience.questionnaire_id)
    offline = paper_forms.offline_count(session, audience_id)
    form = questionnaire.form_for(audience)
    total = Tally.blank(audience_id, "", form)
    for tally in audiences.tallies_of(session, audience_id):
        total.add(Sums(tally.returned, tally.straight, tally.counts))
    left_out = paper_forms.left_out(session, audience_id, SET_ASIDE)
    document = statement(
        title=questionnaire.title,
        audience=audience.title,
        closed_on=audience.closed_on,
        form=form,
        counts=total.counts,
        returned=total.returned,
        offline=offline,
        left_out=[(one.number, one.reason or "") for one in left_out],
    )
    return {
        "audience_id": audience.id,
        "closed_on": audience.closed_on,
        "counts": paper_forms.progress(session, audience, offline),
        "document": document.to_data(),
    }
