"""Photos that bodies name: known before, attached within the transaction, paired."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from services.chassis import database
from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore, load
from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid
from services.supervision.commands.photos import attach, know_photos, with_photos
from services.supervision.model.photo import Photo
from services.supervision.queries.photos import photos_of
from services.supervision.schemas.photos import Photos
from services.supervision.service import SupervisionService

from ...harness import Harness
from .pictures import photos, picture, uploaded, with_gps

DAY = dt.date(2023, 5, 16)


class Body(Schema):
    """A body with photos."""

    photos = Photos()


@pytest.fixture
def service(serve: Callable[[Any], Harness]) -> Harness:
    """The service on a fresh database."""
    return serve(SupervisionService)


class Thing:
    """Something that photos are attached to."""

    def __init__(self, service: Harness, project_id: str | None = None) -> None:
        context = CallContext(principal=Principal("somebody", frozenset({"clerk", "recorder"})))
        self.store = BoundStore(
            service.engine, service.metadata, service.settings, context, operation="test"
        )
        self.id, self.project_id = str(uuid.uuid4()), project_id

    def attach(self, given: list[dict[str, Any]], day: dt.date = DAY) -> list[Photo]:
        """Attach photos to it, as a command would."""
        body = {"photos": given}
        command = with_photos(self._command, body, self.store.files)
        data = load(Body, body) | {"day": day}
        self.store.apply(lambda uow: command(data, uow))
        return self.photos()

    def photos(self) -> list[Photo]:
        """Those it has."""
        return database.in_transaction(
            self.store.engine,
            lambda session: photos_of(session, "test", [self.id]).get(self.id, []),
            reading=True,
        )

    def _command(self, command: dict[str, Any], uow: UnitOfWork) -> None:
        attach(
            uow,
            command["photos"],
            subject_kind="test",
            subject_id=self.id,
            project_id=self.project_id,
            happened_on=command["day"],
        )


def test_photos_are_kept_in_order_with_what_their_files_say(service: Harness) -> None:
    """The sender's place goes before the camera's, which stays beside it as corroboration."""
    plain = uploaded(service, picture(1))
    located = uploaded(service, with_gps(picture(2), 120.17, 30.25))
    place = {"longitude": 120.18, "latitude": 30.26, "datum": "GCJ-02"}
    given = [*photos(plain, role="after"), *photos(located, place=place)]
    first, second = Thing(service).attach(given)
    assert [first.sha256, second.sha256] == [plain, located]
    assert (first.role, first.source, first.longitude) == ("after", None, None)
    assert (first.width, first.height) == (64, 48)
    assert (second.role, second.source, second.given_longitude) == ("site", "client", 120.18)
    assert second.longitude is not None and 120.17 < second.longitude < 120.18
    assert second.exif_metres is not None and 500 < second.exif_metres < 1500
    (third,) = Thing(service).attach(photos(located))
    assert third.source == "exif"
    assert (third.longitude, third.latitude) == pytest.approx((120.17, 30.25), abs=1e-5)


def test_what_is_no_uploaded_photo_is_refused_at_its_place(service: Harness) -> None:
    """A hash nobody uploaded, and a document."""
    files = Thing(service).store.files
    known = uploaded(service, picture(1))
    document = uploaded(service, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    for bad, code in (("0" * 64, "file-unknown"), (document, "photo-none")):
        with pytest.raises(Invalid, match=code) as caught:
            know_photos({"photos": photos(known, bad)}, files)
        assert caught.value.errors[0]["pointer"] == "/photos/1/sha256"
    nothing: Any
    for nothing in ("x", [1], [{}], [{"sha256": 5}], None):
        assert know_photos({"photos": nothing}, files) == {}
    assert know_photos(5, files) == {}


def test_three_hundred_photos_at_once_are_refused() -> None:
    """By the form already; and so is one that is named twice."""
    many = photos(*(f"{n:064x}" for n in range(300)))
    for given in (many, photos("0" * 64, "0" * 64)):
        with pytest.raises(ValidationError) as caught:
            Body().load({"photos": given})
        assert "photos" in caught.value.messages


def test_a_thing_has_as_many_photos_as_the_rule_allows(service: Harness) -> None:
    """Counting those that it has; each once."""
    hashes = [uploaded(service, picture(seed)) for seed in range(10)]
    thing = Thing(service)
    with pytest.raises(Invalid, match="photos-too-many"):
        thing.attach(photos(*hashes))
    assert len(thing.attach(photos(*hashes[:8]))) == 8
    with pytest.raises(Invalid, match="photos-too-many"):
        thing.attach(photos(*hashes[8:]))
    with pytest.raises(Invalid, match="photo-there"):
        thing.attach(photos(hashes[0]))
    assert len(thing.photos()) == 8


def test_a_photo_after_is_tied_to_the_one_before(service: Harness) -> None:
    """In the same body, or of the same project earlier; of another project it is none."""
    before, after, later = (uploaded(service, picture(seed)) for seed in range(3))
    project = str(uuid.uuid4())
    pair = photos(before, role="before") + photos(after, role="after", pair=before)
    first, second = Thing(service, project).attach(pair)
    assert (first.before_id, second.before_id) == (None, first.id)
    (third,) = Thing(service, project).attach(photos(later, role="after", pair=before))
    assert third.before_id == first.id
    for given, project_id in (
        (photos(later, role="after", pair=before), str(uuid.uuid4())),
        (photos(later, role="after", pair=before), None),
        (photos(later, role="site", pair=before), project),
    ):
        with pytest.raises(Invalid, match="pair-") as caught:
            Thing(service, project_id).attach(given)
        assert caught.value.errors[0]["pointer"] == "/photos/0/pair"


def test_a_photo_is_not_taken_after_it_is_handed_in(service: Harness) -> None:
    """The day is one that has passed by then."""
    known = uploaded(service, picture(1))
    with pytest.raises(Invalid, match="photo-taken-later"):
        Thing(service).attach(photos(known, taken_on="2023-05-17"))
    assert Thing(service).attach(photos(known, taken_on="2023-05-16"))[0].taken_on == DAY
