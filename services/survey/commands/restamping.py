"""Counts and comments are written anew, so that the database's own stamps tell nothing of answers.

PostgreSQL stamps each row with the transaction that wrote it last (``xmin``), moves it (``ctid``)
and numbers what it stores beside it (TOAST).  So the record of a cell, or a page of comments, bears
the stamp of the last answer that came into it, which is also that of a hashed idempotency key; and
these stand in the order of answering, which who looked at the list of outstanding people knows.
At the closing and every night all of an audience's records are deleted and inserted in one
transaction, in the order of their keys: then one stamp is on all of them, and it is no answer's.
(Updated in place, a row would keep its neighbours' order and its TOAST values' old numbers.)
"""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork

from ..model.audience import Audience
from ..tables.audiences import audiences, comment_pages, tallies
from ..tables.invitations import quota_counts

#: What an answer changes according to what it says; other records say only that one came.
_TABLES = (tallies, comment_pages, quota_counts)


def restamp(uow: UnitOfWork, audience_id: str) -> None:
    """Write the records of an audience anew; whoever does so has locked it."""
    uow.session.flush()
    connection = uow.session.connection()
    for table in _TABLES:
        mine = table.c.audience_id == audience_id
        rows = connection.execute(sa.select(table).where(mine).order_by(*table.primary_key)).all()
        connection.execute(sa.delete(table).where(mine))
        if rows:
            connection.execute(sa.insert(table), [dict(row._mapping) for row in rows])


def restamp_open(store: BoundStore) -> int:
    """The same of every audience that is asked now, each in its own transaction; how many."""
    ids = store.apply(_open_ids)
    for id_ in ids:
        store.apply(partial(_restamp_if_open, id_=id_))
    return len(ids)


def _open_ids(uow: UnitOfWork) -> list[str]:
    c = audiences.c
    query = sa.select(c.id).where(c.opened_on.is_not(None), c.closed_on.is_(None))
    return list(uow.session.scalars(query.order_by(c.id)))


def _restamp_if_open(uow: UnitOfWork, id_: str) -> None:
    audience = uow.get(Audience, id_, locked=True)
    if audience.closed_on is None:
        restamp(uow, id_)
