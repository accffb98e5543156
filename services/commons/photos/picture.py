"""A photo's public derivative, its fingerprint, and what was covered in it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from ..errors import Invalid, ServiceError
from . import exif, refusals
from .limits import Limits

#: Pixels of the derivative's longer side, and its quality as a JPEG.
SIDE, QUALITY = 2048, 85
#: How a photo is turned back, by its orientation (EXIF 2.3, tag 0x0112); 1 is upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_16_BIT = ("I", "I;16", "I;16B", "I;16L")


class Picture(NamedTuple):
    """What was found in a photo; ``width`` and ``height`` are the original's, held upright."""

    width: int
    height: int
    dhash: str
    exif: dict[str, Any] | None
    public: bytes


class Rectangle(NamedTuple):
    """A part of a derivative, in pixels from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


def picture(data: bytes, kind: str, limits: Limits) -> Picture:
    """Decode a photo and derive from it; raises Invalid if it is broken or too many pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(kind.upper(),)) as image:
                return _picture(image, kind, limits)
    except ServiceError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise refusals.too_many_pixels(limits.pixels) from None
    except Exception:  # many kinds of it, for bytes that are no good picture
        raise refusals.broken() from None


def _picture(image: Image.Image, kind: str, limits: Limits) -> Picture:
    if image.width * image.height > limits.pixels:
        raise refusals.too_many_pixels(limits.pixels)
    # A JPEG may hold a gain map or a preview beside; the first picture is the photo.
    if kind != "jpeg" and getattr(image, "is_animated", False):
        raise refusals.animated()
    width, height = image.size
    # Shrunk first and turned after, so that a large photo stays within the child's memory.
    image.draft(None, (SIDE, SIDE))
    image.load()
    small = _flat(image)
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    orientation = exif.orientation(image)
    if orientation > 4:
        width, height = height, width
    upright = _upright(small, orientation)
    return Picture(width, height, dhash(upright), exif.record(image), _jpeg(upright))


def _flat(image: Image.Image) -> Image.Image:
    """Eight bits a colour, and white where it was transparent."""
    if image.mode in _16_BIT:
        deep = image.convert("I")
        return deep.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        clear.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return image if image.mode == "RGB" else image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _jpeg(image: Image.Image) -> bytes:
    """As bytes that carry the pixels and nothing else: a new image has no text beside them."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def dhash(image: Image.Image) -> str:
    """The difference hash: 64 bits as hex, of which few change when a photo is saved anew."""
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    bits = 0
    for y in range(8):
        for x in range(8):
            bits = bits << 1 | (_grey(grey, x, y) > _grey(grey, x + 1, y))
    return f"{bits:016x}"


def _grey(image: Image.Image, x: int, y: int) -> int:
    value: Any = image.getpixel((x, y))
    return int(value)


def redacted(public: bytes, rectangles: Iterable[Rectangle]) -> bytes:
    """A derivative with rectangles painted black (faces, number plates), as a JPEG.

    Raises Invalid if there is none, or if one is empty or reaches out of the picture.
    """
    covered = [Rectangle(*rectangle) for rectangle in rectangles]
    with Image.open(io.BytesIO(public), formats=("JPEG",)) as image:
        canvas = image.convert("RGB")
    brush = ImageDraw.Draw(canvas)
    for x, y, width, height in covered:
        if min(x, y, canvas.width - x - width, canvas.height - y - height) < 0:
            raise _outside()
        if min(width, height) < 1:
            raise _outside()
        brush.rectangle((x, y, x + width - 1, y + height - 1), fill="black")
    if not covered:
        raise _outside()
    return _jpeg(canvas)


def _outside() -> Invalid:
    return Invalid(
        "rectangle-outside",
        "name at least one rectangle, each with a width and a height and inside the picture",
        "请至少给出一个矩形,宽高大于零且位于图片之内",
    )
