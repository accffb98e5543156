"""Counting answers: the one way into the tallies.  Whoever counts has locked the audience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from services.chassis.work import UnitOfWork

from ..model.audience import Audience
from ..model.comment_page import CommentPage
from ..model.form import Reading
from ..model.tally import Sums, Tally
from ..queries import comments
from . import sealing
from .forms import form_of


def count(
    uow: UnitOfWork,
    audience: Audience,
    reading: Reading,
    cell: str,
    *,
    replaces: tuple[Reading, str] | None = None,
) -> None:
    """Count one form in a cell; ``replaces``: a named one with its cell, which is taken back."""
    form = form_of(uow, audience)
    if replaces is not None:
        before, there = replaces
        tally = _tally(uow, audience, there)
        tally.untake(form, before)
        sealing.seal(uow, tally)
    tally = _tally(uow, audience, cell)
    tally.take(form, reading)
    sealing.seal(uow, tally)
    if not audience.named:
        _write(uow, audience, reading.comments)


def count_many(uow: UnitOfWork, audience: Audience, readings: Iterable[Reading]) -> int:
    """Count many anonymous forms, each in the cell that it says itself; how many they were.

    They are added up first, so that each record is changed once.
    """
    form = form_of(uow, audience)
    sums: dict[str, Sums] = defaultdict(Sums)
    written: list[tuple[str, str]] = []
    for reading in readings:
        sums[reading.cell].add(form, reading)
        written += reading.comments
    add_sums(uow, audience, sums)
    _write(uow, audience, written)
    return sum(one.returned for one in sums.values())


def add_sums(uow: UnitOfWork, audience: Audience, sums: dict[str, Sums]) -> None:
    """Add what was summed up before, by cell."""
    for cell in sorted(sums):
        tally = _tally(uow, audience, cell)
        tally.add(sums[cell])
        sealing.seal(uow, tally)


def _tally(uow: UnitOfWork, audience: Audience, cell: str) -> Tally:
    return uow.session.get_one(Tally, (audience.id, cell))


def _write(uow: UnitOfWork, audience: Audience, written: Iterable[tuple[str, str]]) -> None:
    """Put texts on the pages, key by key."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for key, text in written:
        by_key[key].append(text)
    for key, texts in by_key.items():
        page = comments.open_page(uow.session, audience.id, key)
        left = texts
        while left:
            if page is None:
                page = CommentPage.blank(audience.id, key)
                uow.session.add(page)
            left = page.add(left)
            page = None
