"""Files made for tests (合成): photos by Pillow, documents as the zip files that they are."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

from PIL import Image, ImageDraw

#: A position in Hangzhou and a time, as a phone writes them.
GPS: dict[int, Any] = {1: "N", 2: (30.0, 15.0, 36.0), 3: "E", 4: (120.0, 9.0, 0.0), 18: "WGS-84"}
TAKEN = {0x9003: "2023:05:01 10:20:30", 0x9011: "+08:00"}


def scene(size: tuple[int, int] = (640, 480), seed: int = 1) -> Image.Image:
    """A picture with large shapes, another one for each seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, tuple(chance.choices(range(256), k=3)))
    brush = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        wide, high = (chance.randrange(1, side // 2) for side in size)
        brush.ellipse((x, y, x + wide, y + high), tuple(chance.choices(range(256), k=3)))
    return image


def photo(image: Image.Image | None = None, form: str = "JPEG", **options: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    (image or scene()).save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: make, orientation, time, position, the owner's name."""
    tags = Image.Exif()
    tags[0x010F] = "Synthetic Phone"
    tags[0x0112] = orientation
    tags[0x013B] = "Synthetic Owner"
    tags.get_ifd(0x8769).update(TAKEN)
    tags.get_ifd(0x8825).update(GPS)
    return tags


PARTS = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
}


def office(kind: str = "docx", /, **members: bytes) -> bytes:
    """A DOCX or XLSX with further members; ``types`` is a word in its list of types."""
    part, name = PARTS[kind]
    types = members.pop("types", b"").decode()
    listed = f"<Types>application/vnd.openxmlformats-officedocument.{name}.main+xml{types}</Types>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", listed)
        archive.writestr(part, "<document>合成</document>")
        for member, data in members.items():
            archive.writestr(member, data)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    """A plain zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member, data in members.items():
            made.writestr(member, data)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
