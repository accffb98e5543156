"""``minsheng ballot rotate-keys``: what operators do with the boards' keys, which are sealed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from services.chassis.secretbox import Keys


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Seal every board's key anew with the first key, so that an older key can go (not the last).

    The boards' keys themselves stay: manifests name them.
    """
    from services.chassis import database, settings
    from services.chassis.secretbox import keys_of

    chosen = settings.load("ballot")
    keys, engine = keys_of(chosen), database.create_engine(chosen.database_url)
    count, last = 0, None
    while done := database.in_transaction(engine, partial(seal_anew, keys=keys, after=last)):
        count, last = count + len(done), done[-1]
    click.echo(f"board keys sealed anew: {count}")


def seal_anew(session: Session, keys: Keys, after: str | None, limit: int = 100) -> list[str]:
    """Seal some keys with the first key, those after an election's id; the ids, none at the end."""
    import sqlalchemy as sa

    from .tables import elections

    query = sa.select(elections.c.id, elections.c.board_key).limit(limit)
    query = query.order_by(elections.c.id).with_for_update()
    if after is not None:
        query = query.where(elections.c.id > after)
    rows = session.connection().execute(query).all()
    for row in rows:
        # The version stays: whoever casts meanwhile writes other columns.
        one = sa.update(elections).where(elections.c.id == row.id)
        session.connection().execute(one.values(board_key=keys.rotate(row.board_key)))
    return [row.id for row in rows]
