"""Comments in groups for who prepares the publication, and what of them is public."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.paging import decoded, encoded
from services.chassis.work import get, not_found

from ..model.comment import CommentGroup, ReleasedComment, grouped
from ..model.form.localised import CHINESE
from ..model.questionnaire import Questionnaire
from ..tables.results import released_comments
from .audiences import audiences_of
from .comments import comments_of
from .results import readable

Json = dict[str, Any]


def texts_of(session: Session, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Key → the comments on it, of all audiences together, in the order of the form."""
    texts: dict[str, list[str]] = {key: [] for key in questionnaire.form.text_keys()}
    for audience in audiences_of(session, questionnaire.id):
        if audience.opened_on is not None:
            for key, text in comments_of(session, audience):
                texts.setdefault(key, []).append(text)
    return texts


def list_groups(session: Session, questionnaire_id: str, asked: Json) -> Json:
    """One page of the groups; only one key's with ``key``, only those with more with ``least``."""
    questionnaire = get(session, Questionnaire, questionnaire_id)
    questionnaire.check_closed()
    texts = texts_of(session, questionnaire)
    keys = [key for key in texts if asked.get("key", key) == key]
    released = {one.group for one in _standing(session, questionnaire_id)}
    place, begin = decoded(asked["cursor"], "", 2) if asked.get("cursor") else (0, 0)
    shown: list[Json] = []
    # Key by key, and no further than the page goes: grouping is the work.
    for number in range(_counted(place), len(keys)):
        found = grouped({keys[number]: texts[keys[number]]})
        found = [one for one in found if one.alike.count >= asked["least"]]
        begin = _counted(begin)
        end = begin + asked["limit"] - len(shown)
        shown += [
            one.to_data() | told_key(questionnaire, one.key) | {"released": one.code in released}
            for one in found[begin:end]
        ]
        if end < len(found):
            return {"items": shown, "next": encoded("", [number, end])}
        begin = 0
    return {"items": shown, "next": None}


def _counted(value: Any) -> int:
    """A number of a cursor, which anybody may have made."""
    return value if isinstance(value, int) and value >= 0 else 0


def told_key(questionnaire: Questionnaire, key: str) -> Json:
    """The question and the line of a key, by their names."""
    code, _, item_id = key.partition(":")
    question = next((one for one in questionnaire.form.questions if one.code == code), None)
    names = {item["item_id"]: item["name"] for item in questionnaire.items}
    return {
        "question": code,
        "question_text": question.text.texts[CHINESE] if question else code,
        "item_id": item_id or None,
        "item_name": names.get(item_id),
    }


def group_named(
    session: Session, questionnaire: Questionnaire, key: str, code: str
) -> CommentGroup:
    """The group with this code among the comments on a key; NotFound if nobody said that."""
    questionnaire.check_closed()
    for one in grouped({key: texts_of(session, questionnaire).get(key, [])}):
        if one.code == code:
            return one
    raise not_found(CommentGroup)


def standing_on(session: Session, questionnaire_id: str, code: str) -> bool:
    """Whether a group has been released and is so still."""
    return any(one.group == code for one in _standing(session, questionnaire_id))


def list_released(
    session: Session, questionnaire_id: str, asked: Json, principal: Principal
) -> Json:
    """The released comments, by question and line, the commonest first; public with the score."""
    questionnaire = readable(session, questionnaire_id, principal)
    keys = list(questionnaire.form.text_keys())
    found = sorted(
        _standing(session, questionnaire_id),
        key=lambda one: (keys.index(one.key) if one.key in keys else len(keys), -one.count, one.id),
    )
    (begin,) = decoded(asked["cursor"], "", 1) if asked.get("cursor") else (0,)
    begin = _counted(begin)
    end = begin + asked["limit"]
    shown = [
        told_key(questionnaire, one.key)
        | {"id": one.id, "text": one.text, "count": one.count, "version": one.version}
        for one in found[begin:end]
    ]
    return {"items": shown, "next": encoded("", [end]) if end < len(found) else None}


def _standing(session: Session, questionnaire_id: str) -> list[ReleasedComment]:
    c = released_comments.c
    query = sa.select(ReleasedComment).where(
        c.questionnaire_id == questionnaire_id, c.withdrawn_on.is_(None)
    )
    return list(session.scalars(query.order_by(c.id)))
