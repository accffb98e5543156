"""What was written to questions in words."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.audience import Audience
from ..model.comment_page import CommentPage
from ..model.named import NamedAnswer
from ..tables.audiences import comment_pages, named_answers


def pages_of(session: Session, audience_id: str) -> list[CommentPage]:
    """All pages of an audience."""
    query = sa.select(CommentPage).where(comment_pages.c.audience_id == audience_id)
    return list(session.scalars(query))


def open_page(session: Session, audience_id: str, key: str) -> CommentPage | None:
    """The page to a key on which more can be written."""
    columns = comment_pages.c
    query = sa.select(CommentPage).where(
        columns.audience_id == audience_id, columns.key == key, columns.open
    )
    return session.scalars(query).first()


def named_of(session: Session, audience_id: str) -> list[NamedAnswer]:
    """The named answers of an audience, by respondent."""
    columns = named_answers.c
    query = sa.select(NamedAnswer).where(columns.audience_id == audience_id)
    return list(session.scalars(query.order_by(columns.respondent)))


def comments_of(session: Session, audience: Audience) -> Iterable[tuple[str, str]]:
    """Key and text of everything that was written, sorted; without who wrote it."""
    if audience.named:
        named = named_of(session, audience.id)
        return sorted(comment for one in named for comment in one.reading.comments)
    pages = pages_of(session, audience.id)
    return sorted((page.key, text) for page in pages for text in page.texts)
