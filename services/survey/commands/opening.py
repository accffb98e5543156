"""Opening an audience: its roll and its blank counts are made, all at once."""

from __future__ import annotations

import datetime as dt

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.audience import Audience, Channel
from ..model.cells import cells_of
from ..model.comment_page import CommentPage
from ..model.form import Form
from ..model.questionnaire import Questionnaire
from ..model.roll import Roll
from ..model.tally import Tally
from ..queries import audiences as queries
from ..queries import comments, heard, invitations
from ..queries.invitations import known_cells
from . import sealing
from .admission import quota


def open_audience(
    uow: UnitOfWork, questionnaire: Questionnaire, audience: Audience, day: dt.date
) -> None:
    """Freeze the roll and make everything in which answers are counted."""
    _check_invited(uow, audience)
    deputies = uow.once("deputies", lambda: list(heard.deputies(uow.session)))
    roll = audience.open(deputies, questionnaire.congress, day)
    if roll is not None:
        uow.session.add(roll)
    _blank(uow, questionnaire.form_for(audience), audience, roll)


def _check_invited(uow: UnitOfWork, audience: Audience) -> None:
    """Without a sample nobody could ever answer, and once it is open it cannot be given one."""
    asked = audience.channel != Channel.INVITATION or invitations.pages(uow.session, audience.id)
    if not asked:
        raise Conflict(
            "sample-missing",
            f"nobody is invited: give the audience {audience.title} its sample first",
            f"测评主体“{audience.title}”尚未指定样本,无人受邀,不能启动",
            [{"pointer": "", "detail": f"POST /v1/audiences/{audience.id}/sample"}],
        )


def add_cells(uow: UnitOfWork, questionnaire: Questionnaire, audience: Audience) -> None:
    """Make the counts of cells that an open audience gets later: those of a new site."""
    form = questionnaire.form_for(audience)
    cells = cells_of(form, audience, known_cells(uow.session, audience, None))
    there = {tally.cell for tally in queries.tallies_of(uow.session, audience.id)}
    _blank_tallies(uow, form, audience, [one for one in cells if one not in there])
    quota.widen(uow, audience, cells)


def blank_again(uow: UnitOfWork, questionnaire: Questionnaire, audience: Audience) -> None:
    """Make the counts anew for a form that has changed before anybody answered."""
    for kept in (
        *queries.tallies_of(uow.session, audience.id),
        *comments.pages_of(uow.session, audience.id),
    ):
        uow.session.delete(kept)
    uow.session.flush()
    roll = uow.session.get(Roll, audience.id)
    _blank(uow, questionnaire.form_for(audience), audience, roll)


def _blank(uow: UnitOfWork, form: Form, audience: Audience, roll: Roll | None) -> None:
    cells = cells_of(form, audience, known_cells(uow.session, audience, roll))
    _blank_tallies(uow, form, audience, cells)
    quota.prepare(uow, audience, form, cells)
    if not audience.named:
        for key in form.text_keys():
            uow.session.add(CommentPage.blank(audience.id, key))


def _blank_tallies(uow: UnitOfWork, form: Form, audience: Audience, cells: list[str]) -> None:
    for one in cells:
        tally = Tally.blank(audience.id, one, form)
        sealing.seal(uow, tally)
        uow.session.add(tally)
