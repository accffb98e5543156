"""Documents that may be kept."""

from __future__ import annotations

import io
import zipfile

import pytest

from services.commons.errors import ServiceError
from services.commons.photos import Limits
from services.commons.photos.look import look

from . import samples

KINDS = ("docx", "xlsx")


def refusal(data: bytes, **limits: int) -> str:
    """The code with which a document is refused."""
    with pytest.raises(ServiceError) as caught:
        look(data, Limits(**limits))
    return caught.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_a_zip_bomb_is_refused(kind: str) -> None:
    """By its ratio and by its size; nothing of it is unpacked."""
    zeros = bytes(50_000_000)
    assert refusal(samples.office(kind, **{"word/media/x.xml": zeros})) == "file-bomb"
    assert refusal(samples.office(kind, a=b"x" * 5000), unpacked=4000) == "file-bomb"
    assert refusal(samples.office(kind, a=b"x", b=b"x"), entries=3) == "file-bomb"


def test_members_that_share_their_bytes_are_a_bomb() -> None:
    """One packed part named many times over."""
    data = bytearray(samples.office(a=b"x" * 900, b=b"y" * 900))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.getinfo("a").header_offset
    # The list at the end lets "b" begin where "a" does.
    at = data.rfind(b"b") - 46
    data[at + 42 : at + 46] = first.to_bytes(4, "little")
    assert refusal(bytes(data)) == "file-bomb"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml", "a.exe"])
def test_macros_and_programs_are_refused(kind: str, name: str) -> None:
    """By the names of the parts."""
    assert refusal(samples.office(kind, **{name: b"x"})) == "file-active"


@pytest.mark.parametrize(
    "types",
    [b"application/vnd.ms-word.document.macroEnabled.main+xml", b"vnd.ms-office.vbaProject"],
)
def test_macros_by_another_name_are_refused(types: bytes) -> None:
    """The list of types tells them."""
    assert refusal(samples.office(types=types, **{"word/harmless.bin": b"x"})) == "file-active"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "C:/x", "word/inner.zip", "x.docm"]
)
def test_paths_out_of_it_and_archives_within_are_refused(name: str) -> None:
    """What an unpacking program might follow."""
    # zipfile itself mends some names while writing, so write another and put this one in.
    stand_in = "n" * len(name)
    data = samples.office(**{stand_in: b"x"}).replace(stand_in.encode(), name.encode())
    assert refusal(data) == "file-polyglot"


def test_a_document_is_neither_preceded_nor_followed_by_anything() -> None:
    """Data before it makes it another file, data behind it hides."""
    data = samples.office()
    assert refusal(data + b"x") == "file-polyglot"
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"hidden"
    assert refusal(out.getvalue()) == "file-polyglot"
    assert refusal(b"PK\x03\x04" + b"x" * 50 + data) in ("file-polyglot", "file-kind-refused")


def test_a_document_with_a_password_is_refused() -> None:
    """A zip file's own encryption."""
    data = bytearray(samples.office())
    entry = data.find(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert refusal(bytes(data)) == "file-encrypted"


def test_the_same_name_twice_is_refused() -> None:
    """Programs differ in which one they take."""
    data = samples.office(**{"word/styles.xml": b"x", "word/styleS.xml": b"y"})
    assert refusal(data) == "file-broken"


def test_a_charts_own_sheet_may_be_within() -> None:
    """Word embeds an XLSX for each chart."""
    inner = samples.office("xlsx")
    found, public = look(samples.office(**{"word/embeddings/s.xlsx": inner}), Limits())
    assert (found, public) == ({"kind": "docx"}, b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.PDF.replace(b"%%EOF", b""), "file-broken"),
        (samples.PDF[:40], "file-broken"),
        (samples.PDF.replace(b"%PDF-1.7", b"%PDF-x.7"), "file-broken"),
        (samples.PDF + b"MZ", "file-polyglot"),
        (samples.PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "file-encrypted"),
        (samples.PDF.replace(b"trailer", b"<script>alert(1)</script>"), "file-polyglot"),
        (samples.PDF + samples.archive(a=b"x") + b"%%EOF", "file-polyglot"),
    ],
)
def test_a_pdf_is_whole_open_and_nothing_else(data: bytes, code: str) -> None:
    """Cut off, followed by something, encrypted, a page, an archive."""
    assert refusal(data) == code


def test_the_examination_opens_no_member(monkeypatch: pytest.MonkeyPatch) -> None:
    """But the short list of types."""
    read: list[str] = []
    real = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, name: str, *more: object) -> object:
        read.append(name)
        return real(self, name)

    data = samples.office()
    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    look(data, Limits())
    assert read == ["[Content_Types].xml"]
