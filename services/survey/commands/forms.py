"""The form of an audience, made once in a transaction."""

from __future__ import annotations

from services.chassis.work import UnitOfWork

from ..model.audience import Audience
from ..model.form import Form
from ..model.questionnaire import Questionnaire


def form_of(uow: UnitOfWork, audience: Audience) -> Form:
    """What an audience is asked."""

    def made() -> Form:
        return uow.get(Questionnaire, audience.questionnaire_id).form_for(audience)

    return uow.once(("form", audience.id), made)
