"""What anybody may see of photos: redacted, published, taken back."""

from __future__ import annotations

from typing import Any

from services.chassis import database
from services.chassis.store import BoundStore, Command, load
from services.chassis.work import UnitOfWork, not_found
from services.commons.aggregate import new_id
from services.commons.errors import Stale

from ..model.photo import Photo, PhotoPublication, PhotoRedaction
from ..queries import photos as queries
from ..schemas.photos import RedactPhoto

Json = dict[str, Any]


def redaction(store: BoundStore, photo_id: str, body: Json) -> Command:
    """The command that records a redaction of a photo's file, which is made before.

    Outside the transaction, as pictures are painted in a process of their own.
    """
    rectangles = [
        [one["x"], one["y"], one["width"], one["height"]]
        for one in load(RedactPhoto, body)["rectangles"]
    ]
    sha256, last = database.in_transaction(
        store.engine, lambda session: queries.redacted_so_far(session, photo_id), reading=True
    )
    number = 1 + (last.number if last else 0)
    every = [*(last.rectangles if last else ()), *(r for r in rectangles)]
    made = store.files.redact(sha256, [(x, y, width, height) for x, y, width, height in every])
    if made is None:
        raise not_found(Photo)

    def redact(command: Json, uow: UnitOfWork) -> PhotoRedaction:
        uow.happened(command["happened_on"])
        _check_number(uow, sha256, number)
        return uow.add(
            PhotoRedaction(
                id=new_id(),
                sha256=sha256,
                number=number,
                rectangles=every,
                made=made,
                reason=command["reason"],
                redacted_by=uow.principal.subject,
                happened_on=command["happened_on"],
                recorded_at=uow.now,
            )
        )

    return redact


def publish(command: Json, uow: UnitOfWork) -> PhotoPublication:
    """Decide whether anybody may see a photo; what is shown is the last redaction of its file."""
    uow.happened(command["happened_on"])
    photo = uow.get(Photo, command["id"])
    last = queries.last_redaction(uow.session, photo.sha256)
    return uow.add(
        photo.publish(
            published=command["published"],
            reason=command["reason"],
            by=uow.principal.subject,
            redaction_id=last.id if last else None,
            happened_on=command["happened_on"],
            recorded_at=uow.now,
        )
    )


def _check_number(uow: UnitOfWork, sha256: str, number: int) -> None:
    last = queries.last_redaction(uow.session, sha256)
    if number != 1 + (last.number if last else 0):
        raise Stale(
            "version-stale",
            "somebody else redacted this photo at the same moment; look at it again",
            "他人刚对这张照片打码,请重新查看",
        )
