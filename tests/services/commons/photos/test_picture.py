"""What is derived from a photo, and what is left out of it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageOps

from services.commons.errors import Invalid
from services.commons.photos import Limits
from services.commons.photos.look import look
from services.commons.photos.picture import Rectangle, redacted

from . import samples

FORMS = ("JPEG", "PNG", "WEBP")
#: What would betray that something of the camera's came through.
TRACES = (b"Exif", b"GPS", b"WGS-84", b"Synthetic", b"xmp", b"XMP", b"ICC_PROFILE", b"2023:05")


def derived(data: bytes, **limits: int) -> tuple[dict[str, Any], bytes]:
    """Examine a photo in this process."""
    return look(data, Limits(**limits))


def opened(data: bytes) -> Image.Image:
    """A derivative as a picture."""
    return Image.open(io.BytesIO(data), formats=("JPEG",))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_the_camera_wrote_is_in_the_derivative(form: str) -> None:
    """Time, position, owner, colour profile, XMP and comment: read, then left out."""
    more: dict[str, Any] = {"exif": samples.exif(), "icc_profile": b"\0" * 200}
    if form != "PNG":
        more["xmp"] = b"<x:xmpmeta>Synthetic</x:xmpmeta>"
    if form == "JPEG":
        more["comment"] = b"Synthetic comment"
    data = samples.photo(form=form, **more)
    assert b"Synthetic" in data
    found, public = derived(data)
    assert found["exif"] == {
        "source": "exif",
        "taken_at": "2023-05-01T10:20:30",
        "offset": "+08:00",
        "gps": {"latitude": 30.26, "longitude": 120.15, "datum": "WGS-84"},
    }
    assert [trace for trace in TRACES if trace.lower() in public.lower()] == []
    assert not opened(public).getexif() and set(opened(public).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int) -> None:
    """All eight ways of holding a camera; width and height are those of the upright photo."""
    data = samples.photo(quality=95, exif=samples.exif(orientation))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    found, public = derived(data)
    assert (found["width"], found["height"]) == upright.size == opened(public).size
    ours, theirs = (image.convert("L").resize((8, 8)) for image in (opened(public), upright))
    differences = zip(ours.tobytes(), theirs.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in differences) < 12


@pytest.mark.parametrize("form", FORMS)
def test_a_large_photo_is_shrunk_and_a_small_one_kept(form: str) -> None:
    """To 2048 pixels on the longer side; the original's size is told."""
    found, public = derived(samples.photo(samples.scene((3000, 1500)), form))
    assert (found["width"], found["height"]) == (3000, 1500)
    assert opened(public).size == (2048, 1024)
    _, public = derived(samples.photo(samples.scene((30, 20)), form))
    assert opened(public).size == (30, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_png_becomes_a_jpeg(mode: str) -> None:
    """Black and white, grey, palette, transparent, sixteen bits."""
    image = samples.scene()
    if mode == "I;16":
        made = image.convert("L").convert("I").point(lambda v: v * 257).convert("I;16")
    else:
        made = image.convert(mode)
    _, public = derived(samples.photo(made, "PNG"))
    middle = opened(public).convert("L").getpixel((320, 240))
    assert isinstance(middle, int)
    assert mode in ("1", "P") or abs(middle - _grey(image)) < 12


def _grey(image: Image.Image) -> int:
    value = image.convert("L").getpixel((320, 240))
    assert isinstance(value, int)
    return value


def test_what_is_transparent_becomes_white() -> None:
    """And not black."""
    _, public = derived(samples.photo(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert opened(public).getpixel((10, 10)) == (255, 255, 255)


def test_a_printers_jpeg_is_taken() -> None:
    """CMYK."""
    _, public = derived(samples.photo(samples.scene().convert("CMYK")))
    assert opened(public).mode == "RGB"


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {2: (91.0, 0.0, 0.0)},
        {1: "X", 2: (float("inf"), 0.0, 0.0)},
        {4: (1.0,)},
    ],
)
def test_a_position_that_is_none_is_left_out(tags: dict[int, Any]) -> None:
    """Missing, beyond the pole, or malformed: the photo is taken all the same."""
    exif = samples.exif()
    exif.get_ifd(0x8825).clear()
    exif.get_ifd(0x8825).update(samples.GPS | tags if tags else {})
    found, _ = derived(samples.photo(exif=exif))
    assert found["exif"] and "gps" not in found["exif"]


def test_exif_that_is_no_exif_refuses_no_photo() -> None:
    """Malformed tags are not read."""
    found, _ = derived(samples.photo(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert found["exif"] is None


def test_a_photo_saved_anew_has_nearly_the_same_fingerprint() -> None:
    """Resized and saved at another quality: near; other photos: far."""
    image = samples.scene((1600, 1200))
    first = _dhash(samples.photo(image, quality=92))
    again = _dhash(samples.photo(image.resize((800, 600)), quality=50))
    as_png = _dhash(samples.photo(image.resize((1000, 750)), "PNG"))
    assert _distance(first, again) <= 6 and _distance(first, as_png) <= 6
    others = [_dhash(samples.photo(samples.scene(seed=seed))) for seed in range(2, 12)]
    assert min(_distance(first, other) for other in others) > 10


def _dhash(data: bytes) -> str:
    return str(derived(data)[0]["dhash"])


def _distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_001, 5_000), (2**31 - 1, 2**31 - 1)])
def test_a_png_that_only_says_how_large_it_is_is_refused(size: tuple[int, int]) -> None:
    """Before a pixel is decoded."""
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    with pytest.raises(Invalid, match="file-too-many-pixels"):
        derived(data)


@pytest.mark.parametrize("form", FORMS)
def test_the_number_of_pixels_is_a_limit(form: str) -> None:
    """One too many is refused, exactly as many are taken."""
    data = samples.photo(form=form)
    assert derived(data, pixels=640 * 480)
    with pytest.raises(Invalid, match="file-too-many-pixels"):
        derived(data, pixels=640 * 480 - 1)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_moves_is_no_photo(form: str) -> None:
    """An animation is refused."""
    more = [samples.scene(seed=2)]
    with pytest.raises(Invalid, match="file-animated"):
        derived(samples.photo(form=form, save_all=True, append_images=more))


def test_rectangles_are_painted_over() -> None:
    """What they cover is black, what they do not is as it was; no word of it stays."""
    _, public = derived(samples.photo(Image.new("RGB", (200, 100), "white")))
    covered = redacted(public, [Rectangle(10, 10, 40, 30), Rectangle(150, 50, 50, 50)])
    image = opened(covered).convert("L")
    values = [image.getpixel(at) for at in ((30, 25), (199, 99), (100, 50), (60, 25))]
    assert [isinstance(v, int) and v > 128 for v in values] == [False, False, True, True]
    assert b"Exif" not in covered


@pytest.mark.parametrize(
    "rectangles",
    [
        [],
        [Rectangle(0, 0, 0, 5)],
        [Rectangle(-1, 0, 5, 5)],
        [Rectangle(190, 0, 11, 5)],
        [Rectangle(0, 0, 5, 5), Rectangle(0, 99, 1, 2)],
    ],
)
def test_a_rectangle_outside_the_picture_is_refused(rectangles: list[Rectangle]) -> None:
    """None at all, an empty one, or one that reaches out."""
    _, public = derived(samples.photo(Image.new("RGB", (200, 100), "white")))
    with pytest.raises(Invalid, match="rectangle-outside"):
        redacted(public, rectangles)
