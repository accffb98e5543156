"""What a file is, by its content."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.commons.errors import Invalid, ServiceError, Unsupported
from services.commons.photos import MEDIA_TYPES, Limits
from services.commons.photos.kinds import kind_of
from services.commons.photos.look import look

from . import samples

TAKEN = {
    "jpeg": samples.photo(),
    "png": samples.photo(form="PNG"),
    "webp": samples.photo(form="WEBP"),
    "pdf": samples.PDF,
    "docx": samples.office("docx"),
    "xlsx": samples.office("xlsx"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "gif": samples.photo(form="GIF"),
    "bmp": samples.photo(form="BMP"),
    "tiff": samples.photo(form="TIFF"),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 40,
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "html": b"<!DOCTYPE html><title>x</title>",
    "text": "建议增设老年食堂".encode(),
    "archive": samples.archive(a=b"x"),
    "program": b"\x7fELF\x02\x01\x01" + b"\0" * 60,
    "video": b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
    "audio": b"ID3\x04\0\0\0\0",
    "psd": b"8BPS\0\x01",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0",
    "rtf": rb"{\rtf1 x}",
    "pptx": samples.archive(**{"[Content_Types].xml": b"x", "ppt/presentation.xml": b"x"}),
    "opendocument": samples.archive(**{"mimetype": b"x", "content.xml": b"x"}),
    "old-office": OLE,
    "unknown": bytes(range(256)) * 4,
}
ARCHIVES = {
    "rar": b"Rar!\x1a\x07\x01\0",
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    "gzip": b"\x1f\x8b\x08\0",
    "tar": b"a".ljust(257, b"\0") + b"ustar\x0000",
    "jar as program": samples.archive(**{"META-INF/MANIFEST.MF": b"x"}),
    "windows": b"MZ\x90\0",
    "script": b"#!/bin/sh\n",
}


@pytest.mark.parametrize("kind", TAKEN)
def test_a_kind_is_known_by_its_content(kind: str) -> None:
    """Each that is taken, whatever its name may be."""
    assert kind_of(TAKEN[kind]) == kind
    found, public = look(TAKEN[kind], Limits())
    assert found["kind"] == kind
    assert (public != b"") == (kind in ("jpeg", "png", "webp"))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_refused_by_its_name(name: str) -> None:
    """The machine's word stands in the error, and what is taken in its sentence."""
    with pytest.raises(Unsupported, match="file-kind-refused") as caught:
        kind_of(REFUSED[name])
    assert caught.value.errors[0]["detail"] == name
    assert "JPEG" in caught.value.en and "JPEG" in caught.value.zh


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_and_programs_of_all_sorts_are_refused(name: str) -> None:
    """By their beginnings."""
    with pytest.raises(Unsupported) as caught:
        kind_of(ARCHIVES[name])
    assert caught.value.errors[0]["detail"] in ("archive", "program")


def test_an_iphones_own_format_is_refused_with_what_to_do() -> None:
    """HEIC has a sentence of its own."""
    with pytest.raises(Unsupported, match="Most Compatible") as caught:
        kind_of(REFUSED["heic"])
    assert "兼容性最佳" in caught.value.zh


def test_an_encrypted_document_is_told_from_an_old_one() -> None:
    """A password wraps a DOCX into the old kind of file."""
    with pytest.raises(Invalid, match="file-encrypted"):
        kind_of(OLE + "EncryptedPackage".encode("utf-16-le"))


def test_nothing_at_all_is_refused() -> None:
    """An empty file."""
    with pytest.raises(Invalid, match="file-empty"):
        kind_of(b"")


BEGINNINGS = [data[:n] for data in (*TAKEN.values(), *REFUSED.values()) for n in (4, 12, 300)]


@given(st.one_of(st.binary(max_size=400), st.sampled_from(BEGINNINGS)), st.binary(max_size=200))
@example(b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18)
@example(b"\xff\xd8\xff", b"\xff" * 100)
@example(b"RIFF\0\0\0\0WEBP", b"")
@example(b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND")
@example(b"%PDF-1.7", b"%%EOF")
def test_arbitrary_bytes_get_a_kind_or_a_refusal(begin: bytes, rest: bytes) -> None:
    """Never anything else, and never a crash."""
    with contextlib.suppress(ServiceError):
        assert kind_of(begin + rest) in MEDIA_TYPES
        look(begin + rest, Limits())


@given(
    st.sampled_from(sorted(TAKEN)),
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=8),
)
def test_a_damaged_file_is_taken_or_refused(kind: str, place: int, damage: bytes) -> None:
    """Bytes overwritten anywhere in a good file: never a crash either."""
    data = bytearray(TAKEN[kind])
    at = place % len(data)
    data[at : at + len(damage)] = damage
    with contextlib.suppress(ServiceError):
        look(bytes(data), Limits())
