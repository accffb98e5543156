"""What a file is, by its content; its name and the type that the client declared count nothing."""

from __future__ import annotations

import io
import re
import zipfile

from ..errors import ServiceError
from . import refusals

PHOTOS = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = {
    "pdf": "application/pdf",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
}
MEDIA_TYPES = PHOTOS | DOCUMENTS

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
}
_ARCHIVE = ("archive", "archives (zip and the like) are", "压缩包")
_PROGRAM = ("program", "programs are", "可执行文件")

#: Beginnings of what is refused: machine's word, English, Chinese.
_REFUSED: tuple[tuple[bytes, tuple[str, str, str]], ...] = (
    (rb"GIF8[79]a", ("gif", "GIF pictures are", " GIF 图片")),
    (rb"BM.{4}\0\0\0\0", ("bmp", "BMP pictures are", " BMP 图片")),
    (rb"II\*\0|MM\0\*|II\+\0|MM\0\+", ("tiff", "TIFF pictures are", " TIFF 图片")),
    (rb"8BPS", ("psd", "Photoshop files are", " PSD 文件")),
    (
        rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51",
        ("jpeg2000", "JPEG 2000 pictures are", " JPEG 2000 图片"),
    ),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", ("jxl", "JPEG XL pictures are", " JPEG XL 图片")),
    (rb"%!PS|\xc5\xd0\xd3\xc6", ("postscript", "PostScript files are", " PostScript 文件")),
    (rb"Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ\0|\x28\xb5\x2f\xfd|MSCF", _ARCHIVE),
    (rb".{257}ustar", _ARCHIVE),
    (rb"MZ|\x7fELF|#!|\0asm|dex\n", _PROGRAM),
    (rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe", _PROGRAM),
    (rb"\{\\rtf", ("rtf", "RTF documents are", " RTF 文档")),
    (rb".{4}ftypavi[fs]", ("avif", "AVIF pictures are", " AVIF 图片")),
    (rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI |FLV", ("video", "films are", "视频")),
    (rb"ID3|OggS|fLaC|RIFF.{4}WAVE", ("audio", "sound recordings are", "音频")),
)
_BEGINNINGS = [(re.compile(pattern, re.S), told) for pattern, told in _REFUSED]


def kind_of(data: bytes) -> str:
    """One of :data:`MEDIA_TYPES`; raises Unsupported with the kind's name, or Invalid if empty."""
    if not data:
        raise refusals.empty()
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    raise _refusal(data)


def _office(data: bytes) -> str:
    """DOCX and XLSX are zip files; all others are refused by what they are, if that shows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except MemoryError:
        raise
    except Exception:  # many kinds of it, for bytes that only begin like a zip file
        names = set()
    kinds = {kind for part, kind in _MAIN_PARTS.items() if part in names}
    if len(kinds) == 1 and "[Content_Types].xml" in names:
        return kinds.pop()
    if "ppt/presentation.xml" in names:
        raise refusals.kind_refused("pptx", "presentations are", "演示文稿")
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise refusals.kind_refused(*_PROGRAM)
    if "mimetype" in names and "content.xml" in names:
        raise refusals.kind_refused("opendocument", "OpenDocument files are", " OpenDocument 文档")
    raise refusals.kind_refused(*_ARCHIVE)


def _refusal(data: bytes) -> ServiceError:
    brands = {data[at : at + 4] for at in range(8, 40, 4)} if data[4:8] == b"ftyp" else set()
    if brands & _HEIC and not brands & {b"avif", b"avis"}:
        return refusals.heic()
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # An encrypted DOCX is packed into the old kind of file, in a part of this name.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return refusals.encrypted()
        told = "old-office", "old Office files (.doc, .xls) are", "旧版 Office 文件(.doc、.xls)"
        return refusals.kind_refused(*told)
    for pattern, named in _BEGINNINGS:
        if pattern.match(data):
            return refusals.kind_refused(*named)
    return refusals.kind_refused(*_text(data[:4096]))


def _text(head: bytes) -> tuple[str, str, str]:
    lower = head.lower()
    if b"<svg" in lower:
        return "svg", "SVG pictures are", " SVG 图片"
    if b"<html" in lower or b"<!doctype html" in lower or b"<script" in lower:
        return "html", "web pages are", "网页"
    # The last character may be cut.
    readable = head.decode("utf-8", "ignore").encode()
    if b"\0" not in head and len(head) - len(readable) < 4:
        return "text", "plain texts are", "纯文本"
    return "unknown", "files of an unknown kind are", "未知类型的文件"
