"""Where a photo ends by its own rules, and whether the bytes are something else besides.

A file that is a photo to one program and an archive or a page to another (a polyglot) can carry
past a check what the check does not see; such a file is refused, and so is what follows the end.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile

from . import refusals
from .limits import Limits

#: In a scan's data 0xFF is followed by zero, or by a restart marker; whatever else ends the scan.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ZEROS = re.compile(rb"\0*")
_PAGE_AT_BEGINNING = re.compile(rb"<!doctype html|<html|<script|<svg|<\?php", re.I)
_PAGE_ANYWHERE = re.compile(rb"<!doctype html|<script[\s>]|<\?php\s", re.I)
#: How far readers of PDF and browsers look for the beginning of theirs.
_PDF_WITHIN, _PAGE_WITHIN = 1024, 4096


def check_photo(data: bytes, kind: str, limits: Limits) -> None:
    """Raises Invalid if a photo is cut off, goes on behind its end, or is something else too."""
    try:
        end = _ENDS[kind](data)
    except (IndexError, struct.error):
        raise refusals.broken() from None
    if end > len(data):
        raise refusals.broken()
    if data[end:].strip(b"\0") and len(data) - end > limits.trailer:
        raise refusals.polyglot("more behind the picture's end", "图片结尾之后的其他数据")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        raise refusals.polyglot("a PDF", " PDF")
    check_foreign(data)


def check_foreign(data: bytes) -> None:
    """Raises Invalid if what is a photo or a PDF is also a zip archive or a page."""
    if _is_zip(data):
        raise refusals.polyglot("an archive", "压缩包")
    if _PAGE_AT_BEGINNING.search(data, 0, _PAGE_WITHIN) or _PAGE_ANYWHERE.search(data):
        raise refusals.polyglot("a web page or a script", "网页或脚本")


def _is_zip(data: bytes) -> bool:
    """Opened and not only looked for: the four bytes of its mark also come about by chance."""
    if b"PK\x05\x06" not in data[-(65_536 + 22) :]:
        return False
    try:
        zipfile.ZipFile(io.BytesIO(data)).close()
    except MemoryError:
        raise
    except Exception:
        return False
    return True


def _end_of_jpeg(data: bytes) -> int:
    """Of the picture and of those that it declares (CIPA DC-007: phones add a gain map so)."""
    end, declares = _end_of_one(data, 0)
    padded = _after_zeros(data, end)
    while declares and data.startswith(b"\xff\xd8\xff", padded):
        end, _ = _end_of_one(data, padded)
        padded = _after_zeros(data, end)
    return end


def _after_zeros(data: bytes, at: int) -> int:
    found = _ZEROS.match(data, at)
    return found.end() if found else at


def _end_of_one(data: bytes, at: int) -> tuple[int, bool]:
    declares = False
    length: int
    at += 2
    while True:
        if data[at] != 0xFF:
            raise refusals.broken()
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2, declares
        if marker == 0xFF:  # fill
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or marker in (0x00, 0x01, *range(0xD0, 0xD9)):
            raise refusals.broken()
        declares = declares or (marker == 0xE2 and data[at + 4 : at + 8] == b"MPF\0")
        at += 2 + length
        if marker == 0xDA:
            found = _AFTER_SCAN.search(data, at)
            if found is None:
                raise refusals.broken()
            at = found.start()


def _end_of_png(data: bytes) -> int:
    at = 8
    length: int
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if name == b"IEND":
            return at


def _end_of_webp(data: bytes) -> int:
    length = int.from_bytes(data[4:8], "little")
    return 8 + length + (length & 1)


_ENDS = {"jpeg": _end_of_jpeg, "png": _end_of_png, "webp": _end_of_webp}
