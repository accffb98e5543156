"""Whether a file may be opened as a workbook, judged from its zip directory alone.

What a directory declares holds: ``zipfile`` never gives more of an entry than its declared size.
"""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path

from services.commons.errors import Invalid

ENTRIES = 1_000
#: Bytes unpacked, in all and of the texts that every cell may point to (those are held).
UNPACKED, SHARED = 400_000_000, 100_000_000
#: Unpacked to packed, for entries of more than :data:`SMALL` bytes; sheets reach about 50.
RATIO, SMALL = 200, 1_000_000
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(path: Path) -> None:
    """Raise Invalid unless it is a workbook without macros or password and of bearable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise malformed() from None
    names = {info.filename.lower() for info in infos}
    if any(info.flag_bits & 1 for info in infos):
        raise encrypted()
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "macrosheets/" in name for name in names):
        raise Invalid(
            "sheet-macros",
            "the workbook holds macros; save it as .xlsx without them",
            "工作簿含有宏,请另存为不含宏的 .xlsx",
        )
    _check_size(infos)
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise malformed()


def _check_size(infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    shared = max(
        (i.file_size for i in infos if i.filename.endswith("sharedStrings.xml")), default=0
    )
    dense = any(i.file_size > SMALL and i.file_size > RATIO * i.compress_size for i in infos)
    if len(infos) > ENTRIES or unpacked > UNPACKED or shared > SHARED or dense:
        raise Invalid(
            "sheet-too-large",
            f"the workbook unpacks to {unpacked:,} bytes in {len(infos):,} parts, more than is "
            "opened here; split it, or save it as CSV",
            f"工作簿解压后为 {unpacked:,} 字节、{len(infos):,} 个部分,超出上限;请拆分或另存为 CSV",
        )


def refuse_compound(path: Path) -> None:
    """Say what a compound file (the kind before .xlsx) is: with a password, or old."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise encrypted()
    raise Invalid(
        "sheet-kind",
        "this is an old workbook (.xls); save it as .xlsx or CSV",
        "这是旧版工作簿(.xls),请另存为 .xlsx 或 CSV",
    )


def encrypted() -> Invalid:
    """The error for a workbook with a password."""
    return Invalid(
        "sheet-encrypted",
        "the workbook is protected by a password; save it without one",
        "工作簿设有密码,请取消密码后再保存",
    )


def malformed() -> Invalid:
    """The error for what is no workbook."""
    return Invalid(
        "sheet-malformed",
        "the file is not a workbook that can be read; save it anew as .xlsx or CSV",
        "文件不是可读取的工作簿,请重新另存为 .xlsx 或 CSV",
    )
