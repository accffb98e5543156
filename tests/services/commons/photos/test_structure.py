"""Photos that end where they should, and are nothing else besides."""

from __future__ import annotations

import struct

import pytest

from services.commons.errors import Invalid
from services.commons.photos import Limits
from services.commons.photos.look import look

from . import samples

FORMS = ("JPEG", "PNG", "WEBP")
ZIP = samples.archive(a=b"synthetic")
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("tail", [ZIP, samples.PDF, PAGE, b"x", b"\0\0MZ"])
def test_nothing_may_follow_a_photos_end(form: str, tail: bytes) -> None:
    """An archive, a PDF, a page or a single byte behind it."""
    with pytest.raises(Invalid, match="file-polyglot"):
        look(samples.photo(form=form) + tail, Limits())


@pytest.mark.parametrize("form", FORMS)
def test_zeros_at_the_end_are_no_data(form: str) -> None:
    """Some cameras fill their files up."""
    assert look(samples.photo(form=form) + b"\0" * 512, Limits())


def test_how_much_may_follow_is_a_limit() -> None:
    """Makers' own notes may be let in up to a size, an archive never."""
    data = samples.photo()
    assert look(data + b"maker's note", Limits(trailer=100))
    with pytest.raises(Invalid, match="file-polyglot"):
        look(data + b"m" * 101, Limits(trailer=100))
    with pytest.raises(Invalid, match="archive"):
        look(data + ZIP, Limits(trailer=10_000))


@pytest.mark.parametrize("note", [samples.PDF, PAGE, b"<?php system('x');", ZIP])
def test_a_photo_may_not_be_something_else_too(note: bytes) -> None:
    """In a comment, where the picture's own rules allow anything."""
    with pytest.raises(Invalid, match="file-polyglot"):
        look(samples.photo(comment=note), Limits())


def test_a_phone_may_declare_a_second_picture() -> None:
    """As phones do with a gain map (CIPA DC-007); undeclared it is refused."""
    first, second = samples.photo(), samples.photo(samples.scene((64, 48), 2))
    index = b"MPF\0" + b"II*\0\x08\0\0\0\0\0\0\0\0\0"
    segment = b"\xff\xe2" + struct.pack(">H", 2 + len(index)) + index
    declared = first[:2] + segment + first[2:]
    found, _ = look(declared + second, Limits())
    assert (found["width"], found["height"]) == (640, 480)
    with pytest.raises(Invalid, match="file-polyglot"):
        look(first + second, Limits())
    with pytest.raises(Invalid, match="file-polyglot"):
        look(declared + second + ZIP, Limits())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_photo_that_was_cut_off_is_broken(form: str, share: float) -> None:
    """Wherever it was cut."""
    data = samples.photo(form=form)
    with pytest.raises(Invalid, match="file-broken"):
        look(data[: max(12, int(len(data) * share))], Limits())


def test_a_jpeg_that_lost_its_middle_is_broken() -> None:
    """Its end mark is there, its picture is not."""
    data = samples.photo(samples.scene((1200, 900)))
    with pytest.raises(Invalid, match="file-broken"):
        look(data[:400] + data[-2:], Limits())
