"""What anybody may see of photos, and which look alike."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.chassis.files import Files
from services.commons.errors import Conflict, Invalid, NotFound, Stale
from services.supervision.commands import publishing
from services.supervision.model.likeness import bands, distance
from services.supervision.schemas.photos import PhotoRedaction, RedactPhoto
from services.supervision.service import SupervisionService

from ...harness import Harness
from .pictures import photos, picture, uploaded
from .test_photos import Thing

DAY = {"happened_on": "2023-05-17"}
HASHES = st.integers(0, 2**64 - 1)


@pytest.fixture
def service(serve: Callable[[Any], Harness]) -> Harness:
    """The service on a fresh database."""
    return serve(SupervisionService)


def attached(service: Harness, seed: int = 1) -> str:
    """The id of a photo of something."""
    (photo,) = Thing(service).attach(photos(uploaded(service, picture(seed))))
    return photo.id


def redact(service: Harness, id_: str, x: int = 8, y: int = 8, **more: Any) -> Any:
    """Paint a square of 16 pixels black."""
    square = {"x": x, "y": y, "width": 16, "height": 16}
    body = DAY | {"rectangles": [square], "reason": "(合成)车牌"}
    return service.call("redact_photo", id_, body, **more)


def publish(service: Harness, id_: str, *, published: bool = True) -> Any:
    """Decide about a photo."""
    return service.call("publish_photo", id_, DAY | {"published": published, "reason": "(合成)"})


def black(service: Harness, made: str, x: int, y: int) -> bool:
    """Whether a pixel of a redaction is black."""
    data = Files(service.settings).redaction(made)
    assert data is not None
    pixel: Any = Image.open(io.BytesIO(data)).getpixel((x, y))
    return max(pixel) < 20


def test_a_redaction_replaces_what_anybody_sees_and_leaves_the_rest(service: Harness) -> None:
    """The original and the derivative stay; of every photo of the same file the redaction shows."""
    id_ = attached(service)
    sha256 = service.call("get_photo", id_)["sha256"]
    before = Files(service.settings).public(sha256)
    assert publish(service, id_)["redaction_id"] is None
    assert service.call("get_published_image", id_, roles=()) == {"sha256": sha256, "made": None}
    first = redact(service, id_)
    assert (first["number"], first["rectangles"]) == (1, [[8, 8, 16, 16]])
    (other,) = Thing(service).attach(photos(sha256))
    assert publish(service, other.id)["redaction_id"] == first["id"]
    for one in (id_, other.id):
        assert service.call("get_published_image", one)["made"] == first["made"]
    assert black(service, first["made"], 16, 16) and not black(service, first["made"], 40, 32)
    assert Files(service.settings).public(sha256) == before
    assert b"".join(Files(service.settings).sealed(sha256)) == picture(1)


def test_later_redactions_hold_the_earlier_ones(service: Harness) -> None:
    """Nobody uncovers a face by covering a number plate; who did what stays on record."""
    id_ = attached(service)
    redact(service, id_, subject="one")
    second = redact(service, id_, x=36, y=28, subject="two")
    assert second["rectangles"] == [[8, 8, 16, 16], [36, 28, 16, 16]]
    assert black(service, second["made"], 16, 16) and black(service, second["made"], 44, 36)
    listed = service.call("list_photo_redactions", id_)["items"]
    assert [one["redacted_by"] for one in listed] == ["one", "two"]


def test_rectangles_outside_the_picture_are_refused(service: Harness) -> None:
    """And so is none at all, and one without a size."""
    id_ = attached(service)
    with pytest.raises(Invalid, match="rectangle-outside"):
        redact(service, id_, x=60)
    body = DAY | {"reason": "(合成)"}
    flat = {"x": 1, "y": 1, "width": 0, "height": 5}
    for rectangles in ([], [flat], [{"x": 1}], "x"):
        with pytest.raises(Invalid):
            service.call("redact_photo", id_, body | {"rectangles": rectangles})
    assert service.call("list_photo_redactions", id_)["items"] == []


def test_a_redaction_repeated_is_made_once_and_two_at_once_are_told(service: Harness) -> None:
    """The same key gives the same answer; who did not see the other's is told to look again."""
    id_ = attached(service)
    first = redact(service, id_, key="key-00001")
    assert redact(service, id_, key="key-00001") == first
    assert len(service.call("list_photo_redactions", id_)["items"]) == 1
    thing = Thing(service)
    body = DAY | {"rectangles": [{"x": 0, "y": 0, "width": 4, "height": 4}], "reason": "(合成)"}
    late = publishing.redaction(thing.store, id_, body)
    redact(service, id_, x=30)
    with pytest.raises(Stale):
        thing.store.execute(late, RedactPhoto, body, answer=PhotoRedaction, id=id_)


def test_only_published_photos_are_public_and_each_decision_is_kept(service: Harness) -> None:
    """Without their place, and no longer once they are taken back."""
    id_ = attached(service)
    for method in ("get_published_photo", "get_published_image"):
        with pytest.raises(NotFound):
            service.call(method, id_, roles=())
    assert service.call("list_published_photos", {})["items"] == []
    with pytest.raises(Conflict, match="photo-not-published"):
        publish(service, id_, published=False)
    publish(service, id_)
    with pytest.raises(Conflict, match="photo-published"):
        publish(service, id_)
    (shown,) = service.call("list_published_photos", {})["items"]
    assert shown == service.call("get_published_photo", id_)
    assert not {"longitude", "latitude", "sha256", "subject_id"} & set(shown)
    publish(service, id_, published=False)
    with pytest.raises(NotFound):
        service.call("get_published_image", id_)
    listed = service.call("list_photo_publications", id_)["items"]
    assert [one["published"] for one in listed] == [True, False]


def test_a_photo_handed_in_for_something_else_before_is_noticed(service: Harness) -> None:
    """Also when it was made smaller and saved anew; not within the same thing, nor another one."""
    first = Thing(service)
    original, other = (uploaded(service, picture(seed, (640, 480))) for seed in (1, 2))
    again = uploaded(service, picture(1, (320, 240), quality=60))
    (earlier, _) = first.attach(photos(original, other))
    assert service.call("list_photo_likenesses", {})["items"] == []
    first.attach(photos(again))
    assert service.call("list_photo_likenesses", {})["items"] == []
    (later,) = Thing(service).attach(photos(again))
    noticed = service.call("list_photo_likenesses", {"judged": "false"})["items"]
    assert {one["earlier_id"] for one in noticed} >= {earlier.id}
    assert {one["photo_id"] for one in noticed} == {later.id}
    assert all(one["distance"] <= 6 for one in noticed)
    listed = service.call("list_photos", {"alike": "true"})["items"]
    assert [one["id"] for one in listed] == [later.id]


def test_a_likeness_is_judged_once(service: Harness) -> None:
    """By the office, with a reason."""
    sha256 = uploaded(service, picture(1))
    for _ in range(2):
        Thing(service).attach(photos(sha256))
    (noticed,) = service.call("list_photo_likenesses", {"judged": "false"})["items"]
    body = DAY | {"judgement": "harmless", "reason": "(合成)同一地点"}
    judged = service.call("judge_photo_likeness", noticed["id"], body, subject="clerk-1")
    assert (judged["judgement"], judged["judged_by"]) == ("harmless", "clerk-1")
    assert service.call("list_photo_likenesses", {"judged": "false"})["items"] == []
    with pytest.raises(Conflict, match="likeness-judged"):
        service.call("judge_photo_likeness", noticed["id"], body)


@given(HASHES, st.sets(st.integers(0, 63), max_size=6))
def test_hashes_that_differ_in_six_bits_share_a_band(bits: int, flipped: set[int]) -> None:
    """So a search by bands finds every one of them."""
    other = bits
    for bit in flipped:
        other ^= 1 << bit
    one, two = f"{bits:016x}", f"{other:016x}"
    assert distance(one, two) == len(flipped)
    assert set(bands(one)) & set(bands(two))


def test_those_alike_are_found_by_the_index(service: Harness) -> None:
    """Not by looking at every photo: the plan of the query says so on SQLite."""
    if service.engine.dialect.name != "sqlite":
        pytest.skip("plans of PostgreSQL depend on how much is there")
    dhash = f"{random.Random(5).getrandbits(64):016x}"
    values = ", ".join(str(band) for band in bands(dhash))
    plan = sa.text(f"EXPLAIN QUERY PLAN SELECT photo_id FROM photo_bands WHERE band IN ({values})")
    with service.engine.connect() as connection:
        told = " ".join(row[-1] for row in connection.execute(plan))
    assert "SEARCH" in told and "SCAN" not in told
