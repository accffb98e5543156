"""Answers: to whom they go, which there are, and what was judged of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import ordered
from services.chassis.work import get

from ..model.answer import Answer, Judgement
from ..model.suggestion import ACCEPTED, Suggestion
from ..tables.acts import cosignatures
from ..tables.answers import answer_judgements, answers
from ..tables.contacts import contacts
from ..tables.suggestions import suggestions
from .years import between

Query = sa.Select[Any]


@dataclass(frozen=True)
class Recipients:
    """Who is told about a suggestion: deputies by their ids, and an author who is no deputy.

    ``reachable``: whether that author left a contact.
    """

    deputy_ids: list[str]
    to_author: bool
    reachable: bool


def recipients(
    session: Session, suggestion_ids: Collection[str], *, sorting: bool = False
) -> dict[str, Recipients]:
    """Who is told, by suggestion: the author and each co-signer.

    Only of what is accepted and not withdrawn, but for the ``sorting`` itself, of which everybody
    is told who has not withdrawn.
    """
    c = suggestions.c
    left = contacts.c.suggestion_id
    query = (
        sa.select(c.id, c.deputy_id, c.state, left.is_not(None).label("contact"))
        .outerjoin_from(suggestions, contacts, left == c.id)
        .where(c.id.in_(suggestion_ids), c.withdrawn_on.is_(None))
    )
    found = {}
    for row in session.execute(query):
        # Asked here, not in the database: that takes the state for rare before it has statistics.
        if not (sorting or row.state == ACCEPTED):
            continue
        deputies, other = [row.deputy_id] if row.deputy_id else [], row.deputy_id is None
        found[row.id] = Recipients(deputies, other, other and bool(row.contact))
    signed = cosignatures.c
    also = sa.select(signed.suggestion_id, signed.deputy_id).where(
        signed.suggestion_id.in_(suggestion_ids)
    )
    for row in session.execute(also.order_by(signed.happened_on, signed.id)):
        if row.suggestion_id in found:
            found[row.suggestion_id].deputy_ids.append(row.deputy_id)
    return found


def get_answer(session: Session, id_: str) -> Answer:
    """One answer."""
    return get(session, Answer, id_)


def list_answers(suggestion_id: str) -> Any:
    """The answers to a suggestion, in order."""

    def query(params: dict[str, Any]) -> Query:
        found = sa.select(Answer).where(answers.c.suggestion_id == suggestion_id)
        return found.order_by(answers.c.number, answers.c.id)

    return query


def answer_rows(params: dict[str, Any]) -> Query:
    """The answers to all suggestions, each with the title of its suggestion, for a sheet."""
    c, of = answers.c, suggestions.c
    query = sa.select(Answer, of.title).join(suggestions, of.id == c.suggestion_id)
    for column in (of.year, of.aspect, c.unit_id, c.result):
        if column.name in params:
            query = query.where(column == params[column.name])
    query = between(query, params, c.happened_on)
    return ordered(query, params, _SORTED, c.id, default="happened_on")


_SORTED = {name: answers.c[name] for name in ("happened_on", "recorded_at", "id")}


def list_judgements(answer_id: str) -> Any:
    """What was judged of an answer."""

    def query(params: dict[str, Any]) -> Query:
        found = sa.select(Judgement).where(answer_judgements.c.answer_id == answer_id)
        return found.order_by(answer_judgements.c.happened_on, answer_judgements.c.id)

    return query


def has_judged(session: Session, answer_id: str, judge: str) -> bool:
    """Whether somebody has judged an answer already."""
    c = answer_judgements.c
    query = sa.select(c.id).where(c.answer_id == answer_id, c.judge == judge)
    return session.connection().execute(query).first() is not None


def answered_so_far(session: Session, suggestion_ids: Collection[str]) -> dict[str, int]:
    """How many answers each has; those without one are not in it."""
    query = (
        sa.select(answers.c.suggestion_id, sa.func.count())
        .where(answers.c.suggestion_id.in_(suggestion_ids))
        .group_by(answers.c.suggestion_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def answered_by(
    session: Session, project_id: str, unit_id: str | None, suggestion_ids: Collection[str]
) -> set[str]:
    """Those of the suggestions that were answered in a project, or apart by its unit."""
    given = _given(project_id, unit_id, suggestion_ids)
    return set(session.scalars(sa.select(answers.c.suggestion_id).where(given)))


def last_answer(
    session: Session, project_id: str, unit_id: str | None, suggestion_ids: Collection[str]
) -> Answer | None:
    """The latest of these answers, if there is one."""
    query = sa.select(Answer).where(_given(project_id, unit_id, suggestion_ids))
    latest = query.order_by(answers.c.happened_on.desc(), answers.c.number.desc(), answers.c.id)
    return session.scalars(latest.limit(1)).first()


def _given(
    project_id: str, unit_id: str | None, suggestion_ids: Collection[str]
) -> sa.ColumnElement[bool]:
    c = answers.c
    apart = sa.and_(c.project_id.is_(None), c.unit_id == unit_id)
    return sa.and_(c.suggestion_id.in_(suggestion_ids), sa.or_(c.project_id == project_id, apart))


def accepted(session: Session, ids: Collection[str]) -> list[str]:
    """Those of the suggestions that are accepted, and not withdrawn."""
    c = suggestions.c
    query = sa.select(c.id).where(c.id.in_(ids), c.state == ACCEPTED)
    return list(session.scalars(query.order_by(c.id)))


def members(session: Session, ids: Collection[str]) -> list[Suggestion]:
    """Suggestions by their ids, in the order of these."""
    found = session.scalars(sa.select(Suggestion).where(suggestions.c.id.in_(ids)))
    by_id = {one.id: one for one in found}
    return [by_id[id_] for id_ in ids if id_ in by_id]
