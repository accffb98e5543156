"""Photos (照片) of what was done or found: what each shows, where, and what the camera says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid
from services.commons.location import located
from services.commons.places import WGS84, metres

#: What a photo shows: before and after it was mended, the place, something else.
ROLES = BEFORE, AFTER, SITE, OTHER = ("before", "after", "site", "other")
#: Who says where it was taken: the sender's device, the camera (which may be forged), a person.
SOURCES = CLIENT, EXIF, MANUAL = ("client", "exif", "manual")

_HIDDEN = ("photo-not-published", "not public", "未公开")


@dataclass(eq=False, kw_only=True)
class Photo(Aggregate):
    """One uploaded photo, named by something recorded: ``subject_kind`` and ``subject_id``.

    ``sha256``: its sealed original.  ``position``: its place among those of its subject.
    ``dhash``: 64 bits as hex, alike for pictures that look alike.  ``source``: one of SOURCES, None
    without a place.  ``exif``: what the camera wrote, corroboration only.  ``before_id``: the photo
    of the same thing before, of one that shows it after (整改前后对比).  ``published_on``: since
    when anybody may see it; None: not.
    """

    id: str
    subject_kind: str
    subject_id: str
    project_id: str | None
    position: int
    role: str
    sha256: str
    dhash: str
    width: int
    height: int
    taken_on: dt.date | None
    source: str | None
    division: str | None
    longitude: float | None
    latitude: float | None
    datum: str | None
    given_longitude: float | None
    given_latitude: float | None
    exif: dict[str, Any] | None
    happened_on: dt.date
    recorded_at: dt.datetime
    before_id: str | None = None
    published_on: dt.date | None = None
    version: int = 0

    @classmethod
    def attach(
        cls,
        given: dict[str, Any],
        *,
        subject_kind: str,
        subject_id: str,
        project_id: str | None,
        position: int,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Photo:
        """A photo as it was given, with what is known of its file; Invalid if taken afterwards."""
        taken_on = given.get("taken_on")
        if taken_on is not None and taken_on > happened_on:
            raise Invalid(
                "photo-taken-later",
                "a photo cannot have been taken after the day on which it is handed in",
                "照片的拍摄日期不能晚于所报日期",
                [{"pointer": f"/photos/{position}/taken_on", "detail": "is after happened_on"}],
            )
        source, place = _place(given)
        return cls(
            id=new_id(),
            subject_kind=subject_kind,
            subject_id=subject_id,
            project_id=project_id,
            position=position,
            role=given["role"],
            sha256=given["sha256"],
            dhash=given["dhash"],
            width=given["width"],
            height=given["height"],
            taken_on=taken_on,
            source=source,
            exif=given["exif"],
            happened_on=happened_on,
            recorded_at=recorded_at,
            **located(place),
        )

    @property
    def exif_metres(self) -> int | None:
        """How far the camera's position is from the one that the sender gave, in metres."""
        gps = (self.exif or {}).get("gps")
        if gps is None or self.source == EXIF or self.longitude is None or self.latitude is None:
            return None
        there = (gps["longitude"], gps["latitude"])
        return round(metres((self.longitude, self.latitude), there))

    def publish(
        self,
        *,
        published: bool,
        reason: str,
        by: str,
        redaction_id: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> PhotoPublication:
        """Let anybody see it, or no longer; raises Conflict if that is how it is.

        ``redaction_id``: the redaction that is shown from now on, None: the plain derivative.
        """
        if published is (self.published_on is not None):
            code, en, zh = ("photo-published", "public", "公开") if published else _HIDDEN
            raise Conflict(code, f"this photo is {en} already", f"这张照片已经{zh}")
        not_before(happened_on, self.happened_on)
        self.published_on = happened_on if published else None
        return PhotoPublication(
            id=new_id(),
            photo_id=self.id,
            published=published,
            redaction_id=redaction_id if published else None,
            reason=reason,
            decided_by=by,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )

    def public_state(self) -> dict[str, Any]:
        """Never published: what a photo shows, where and when may be personal."""
        return {"id": self.id}


@dataclass(eq=False, kw_only=True)
class PhotoPublication(Aggregate):
    """Somebody decided whether a photo is public (公开), and in which version: a redaction's id."""

    id: str
    photo_id: str
    published: bool
    redaction_id: str | None
    reason: str
    decided_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}


@dataclass(eq=False, kw_only=True)
class PhotoRedaction(Aggregate):
    """Rectangles of a file's derivative are black from now on (打码), whoever attached it.

    ``rectangles``: [x, y, width, height] in pixels, those of the redaction before included.
    ``made``: the name of what was made, by its content.  ``number``: from 1, within the file.
    """

    id: str
    sha256: str
    number: int
    rectangles: list[list[int]]
    made: str
    reason: str
    redacted_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}


def _place(given: dict[str, Any]) -> tuple[str | None, dict[str, Any] | None]:
    """Who says where it was taken, and where: the sender's word before the camera's."""
    place = given.get("place")
    if place is not None:
        return given["source"], place
    gps = (given["exif"] or {}).get("gps")
    if gps is None:
        return None, None
    # By the standard it is WGS-84, whatever the camera calls it.
    return EXIF, {"longitude": gps["longitude"], "latitude": gps["latitude"], "datum": WGS84}
