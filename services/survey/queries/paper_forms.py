"""Forms on paper, entered in pairs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.secretbox import Keys
from services.chassis.work import get

from ..model.audience import Audience
from ..model.form import Form
from ..model.offline_count import OfflineCount
from ..model.paper import DIFFERS, ENTERED, SET_ASIDE, UNDECIDED, Entry, PaperForm
from ..model.questionnaire import Questionnaire
from ..model.transcript import described
from ..tables.offline import paper_forms


def form_of(session: Session, audience: Audience) -> Form:
    """What an audience is asked."""
    return get(session, Questionnaire, audience.questionnaire_id).form_for(audience)


def paper_form(session: Session, audience_id: str, number: str) -> PaperForm | None:
    """The form of a number, if it was entered."""
    of = paper_forms.c
    query = sa.select(PaperForm).where(of.audience_id == audience_id, of.number == number)
    return session.scalars(query).one_or_none()


def undecided(session: Session, audience_id: str) -> list[str]:
    """The numbers of the forms that still wait for somebody, in order."""
    of = paper_forms.c
    query = sa.select(of.number).where(of.audience_id == audience_id, of.state.in_(UNDECIDED))
    return sorted(session.scalars(query), key=lambda number: (len(number), number))


def states(session: Session, audience_id: str) -> dict[str, int]:
    """How many forms are in each state."""
    of = paper_forms.c
    query = sa.select(of.state, sa.func.count()).where(of.audience_id == audience_id)
    return {row[0]: row[1] for row in session.execute(query.group_by(of.state))}


def left_out(session: Session, audience_id: str, state: str) -> list[PaperForm]:
    """The forms that were set aside, or withdrawn, by number."""
    of = paper_forms.c
    query = sa.select(PaperForm).where(of.audience_id == audience_id, of.state == state)
    return list(session.scalars(query.order_by(of.number)))


def list_paper_forms(params: dict[str, Any]) -> sa.Select[Any]:
    """The forms of an audience by number."""
    of = paper_forms.c
    query = sa.select(PaperForm).where(of.audience_id == params["audience_id"])
    if "state" in params:
        query = query.where(of.state == params["state"])
    return query.order_by(of.number)


def get_paper_form(session: Session, id_: str, keys: Keys) -> dict[str, Any]:
    """One form; where its entries differ with the lines on which they do, and no other."""
    found = get(session, PaperForm, id_)
    audience = get(session, Audience, found.audience_id)
    return seen(found, audience) | {"differences": _differences(session, found, audience, keys)}


def seen(form: PaperForm, audience: Audience) -> dict[str, Any]:
    """A form as it is shown: what it was decided to be only after the closing."""
    names = ("id", "audience_id", "number", "state", "waits_for", "first_by", "second_by")
    more = ("decided_by", "reason", "recorded_at", "version")
    condition = form.condition if audience.state == "closed" else None
    return {name: getattr(form, name) for name in (*names, *more)} | {"condition": condition}


def _differences(
    session: Session, found: PaperForm, audience: Audience, keys: Keys
) -> list[dict[str, Any]]:
    if found.state != DIFFERS or found.first is None or found.second is None:
        return []
    form = form_of(session, audience)
    first, second = (Entry.from_data(keys.open(one)) for one in (found.first, found.second))
    return [described(form, key, first, second) for key in found.differing or []]


def offline_count(session: Session, audience_id: str) -> OfflineCount:
    """The count of forms of an audience; a blank one before anything is known."""
    return session.get(OfflineCount, audience_id) or OfflineCount(audience_id=audience_id)


def progress(session: Session, audience: Audience, count: OfflineCount) -> dict[str, Any]:
    """How far the entering is; what the forms were found to be only after the closing."""
    waiting = states(session, audience.id)
    left = sum(waiting.get(state, 0) for state in UNDECIDED)
    closed = audience.state == "closed"
    return {
        "audience_id": audience.id,
        "issued": count.issued,
        "handed_in": count.handed_in,
        "entered": waiting.get(ENTERED, 0),
        "differing": waiting.get(DIFFERS, 0),
        "decided": count.returned,
        "set_aside": count.outcomes[SET_ASIDE],
        "pairs": count.pairs,
        "pairs_different": count.pairs_different,
        "lines": count.lines,
        "lines_different": count.lines_different,
        "error_rate": count.error_rate and str(count.error_rate),
        "problems": count.problems(left),
        "outcomes": count.outcomes if closed else None,
        "void_lines": count.void_lines if closed else None,
    }


def get_progress(session: Session, audience_id: str) -> dict[str, Any]:
    """How far the entering of an audience's forms is."""
    audience = get(session, Audience, audience_id)
    return progress(session, audience, offline_count(session, audience_id))
