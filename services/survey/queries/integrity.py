"""Whether the records of a questionnaire are as the service left them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis.secretbox import Keys
from services.chassis.work import get

from ..model.audience import Audience, Channel
from ..model.cells import cells_of
from ..model.integrity import Finding, Records
from ..model.integrity import findings as found_in
from ..model.questionnaire import Questionnaire
from ..model.roll import Roll
from ..model.tally import Tally, sealed_text
from . import audiences, comments, invitations, paper_forms


def findings(session: Session, questionnaire_id: str, keys: Keys) -> list[Finding]:
    """What shows in all its opened audiences; nothing of an answer."""
    questionnaire = get(session, Questionnaire, questionnaire_id)
    found = []
    for audience, tallies in audiences.counted(session, questionnaire_id):
        records = _records(session, questionnaire, audience, tallies)
        found += found_in(records, lambda tally: sealed(keys, tally))
    return found


def sealed(keys: Keys, tally: Tally) -> bool:
    """Whether a count fits its seal."""
    return keys.marked(sealed_text(tally.sealed_data()), tally.seal)


def _records(
    session: Session, questionnaire: Questionnaire, audience: Audience, tallies: list[Tally]
) -> Records:
    form = questionnaire.form_for(audience)
    roll = session.get(Roll, audience.id) if audience.on_roll else None
    named = comments.named_of(session, audience.id) if audience.named else []
    cells = cells_of(form, audience, invitations.known_cells(session, audience, roll))
    forms = invitations.admitted(session, audience)
    if audience.channel == Channel.OFFLINE:
        count = paper_forms.offline_count(session, audience.id)
        forms = count.counted(strata=bool(form.strata()))
    return Records(audience, form, cells, tallies, roll, named, forms)
