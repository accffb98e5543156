"""The seals on counts and on published scores, by which a hand in the database is noticed."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork

from ..model.audience import Audience
from ..model.published import PublishedScore
from ..model.tally import Tally, sealed_text
from ..queries.audiences import tallies_of
from ..tables.audiences import audiences
from ..tables.offline import paper_forms


def seal(uow: UnitOfWork, tally: Tally) -> None:
    """Seal a count as it is now."""
    tally.seal = uow.keys.mark(sealed_text(tally.sealed_data()))


def seal_published(uow: UnitOfWork, published: PublishedScore) -> None:
    """Seal what was published."""
    published.seal = uow.keys.mark(published.sealed_text)


def seal_all_anew(store: BoundStore) -> int:
    """Seal with the first key what an older one sealed; how many audiences were gone through.

    After that an older key can go.  A broken seal stays broken, for everybody to see.
    """
    store.apply(_published)
    ids = store.apply(lambda uow: list(uow.session.scalars(sa.select(audiences.c.id))))
    for id_ in ids:
        store.apply(partial(_of_audience, id_=id_))
    return len(ids)


def _published(uow: UnitOfWork) -> None:
    for one in uow.session.scalars(sa.select(PublishedScore)):
        if uow.keys.marked(one.sealed_text, one.seal):
            seal_published(uow, one)


def _of_audience(uow: UnitOfWork, id_: str) -> None:
    uow.get(Audience, id_, locked=True)  # so that nothing is counted meanwhile
    for tally in tallies_of(uow.session, id_):
        if uow.keys.marked(sealed_text(tally.sealed_data()), tally.seal):
            seal(uow, tally)
    c = paper_forms.c
    entered = sa.select(c.id, c.first, c.second).where(
        c.audience_id == id_, c.first.is_not(None) | c.second.is_not(None)
    )
    for row in uow.session.execute(entered).all():
        kept = {
            name: uow.keys.rotate(e) for name in ("first", "second") if (e := row._mapping[name])
        }
        # Not through the form: its version is what people have seen.
        uow.session.execute(sa.update(paper_forms).where(c.id == row.id).values(**kept))
