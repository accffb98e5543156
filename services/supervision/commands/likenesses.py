"""Photos that look like others: noticed when they are attached, judged by the office."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.likeness import PhotoLikeness, bands, distance
from ..model.photo import Photo
from ..model.rule import Rule
from ..queries import likenesses as queries
from ..tables.photos import photo_bands

#: A grey wall looks like every other: the nearest are enough for who looks into it.
_MOST = 20


def notice(uow: UnitOfWork, made: list[Photo], rule: Rule) -> None:
    """Note which of these photos look like others of other things, and let them be found."""
    uow.session.flush()
    for photo in made:
        with uow.session.no_autoflush:
            near = queries.near(uow.session, photo)
        apart = sorted((distance(photo.dhash, other.dhash), other.id) for other in near)
        for bits, earlier_id in apart[:_MOST]:
            if bits > rule.content["likeness"]:
                break
            uow.add(
                PhotoLikeness.notice(
                    photo,
                    earlier_id,
                    bits,
                    rule_id=rule.id,
                    rule_digest=rule.digest,
                    recorded_at=uow.now,
                )
            )
        rows = [{"band": band, "photo_id": photo.id} for band in bands(photo.dhash)]
        uow.session.connection().execute(photo_bands.insert(), rows)


def judge(command: dict[str, Any], uow: UnitOfWork) -> PhotoLikeness:
    """Say whether a photo was used twice."""
    uow.happened(command["happened_on"])
    likeness = uow.get(PhotoLikeness, command["id"])
    likeness.judge(
        judgement=command["judgement"],
        reason=command["reason"],
        by=uow.principal.subject,
        happened_on=command["happened_on"],
    )
    return likeness
