"""Whether a PDF, DOCX or XLSX may be kept; none of it is unpacked, run or shown."""

from __future__ import annotations

import io
import re
import zipfile

from ..errors import ServiceError
from . import refusals
from .limits import Limits
from .structure import check_foreign

#: How far from its end a PDF's last mark may stand.
_EOF_WITHIN = 1024
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".jar", ".iso", ".docm", ".xlsm", ".xlsb")
_PROGRAMS = (".exe", ".dll", ".bat", ".cmd", ".com", ".js", ".vbs", ".ps1", ".scr", ".msi", ".lnk")
_MACROS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "oleobject")
_CONTENT_TYPES = "[Content_Types].xml"
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: A part that is small unpacked may be packed as tightly as it likes.
_SMALL = 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raises Invalid: cut off, followed by something, encrypted, or something else besides."""
    end = data.rfind(b"%%EOF", -_EOF_WITHIN)
    if not re.match(rb"%PDF-[12]\.\d", data) or end < 0:
        raise refusals.broken()
    if data[end + 5 :].strip(b"\0\r\n\t "):
        raise refusals.polyglot("more behind the document's end", "文档结尾之后的其他数据")
    if _ENCRYPTED.search(data):
        raise refusals.encrypted()
    check_foreign(data)


def check_office(data: bytes, limits: Limits) -> None:
    """Raises Invalid: a bomb, a path out of it, an archive within, encrypted, or with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_frame(data, archive, members, limits)
            for member in members:
                _check_member(member)
            _check_size(members, limits)
            types = _content_types(archive)
    except (ServiceError, MemoryError):
        raise
    except Exception:  # many kinds of it, for a zip file that is no good one
        raise refusals.broken() from None
    # Macros may bear any name: the list of types tells.
    if b"macroenabled" in types or b"vbaproject" in types or b"activex" in types:
        raise refusals.active()


def _check_frame(
    data: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits
) -> None:
    """Nothing before, between or behind the members; each once; none inside another."""
    if len(members) > limits.entries:
        raise refusals.bomb()
    if archive.comment or data[-22:-18] != b"PK\x05\x06":
        raise refusals.polyglot("more behind the document's end", "文档结尾之后的其他数据")
    if len({member.filename.lower() for member in members}) < len(members):
        raise refusals.broken()
    ordered = sorted(members, key=lambda member: member.header_offset)
    if ordered[0].header_offset != 0:
        raise refusals.polyglot("more before the document's beginning", "文档开头之前的其他数据")
    ends = [member.header_offset for member in ordered[1:]] + [archive.start_dir]
    for member, end in zip(ordered, ends, strict=True):
        # Bombs of the cleverer kind let members share their bytes.
        if member.header_offset + 30 + member.compress_size > end:
            raise refusals.bomb()


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if member.flag_bits & 0x1:
        raise refusals.encrypted()
    if member.compress_type not in _PLAIN:
        raise refusals.broken()
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise refusals.polyglot("a path that leads out of it", "指向文档之外的路径")
    if name.endswith(_ARCHIVES):
        raise refusals.polyglot("an archive", "压缩包")
    if name.endswith(_PROGRAMS) or any(mark in name for mark in _MACROS):
        raise refusals.active()


def _check_size(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.unpacked:
        raise refusals.bomb()
    for member in members:
        tight = member.file_size > limits.ratio * max(member.compress_size, 1)
        if tight and member.file_size > _SMALL:
            raise refusals.bomb()


def _content_types(archive: zipfile.ZipFile) -> bytes:
    """The one small part that is read, and of it no more than a megabyte."""
    with archive.open(_CONTENT_TYPES) as part:
        return part.read(_SMALL).lower()
