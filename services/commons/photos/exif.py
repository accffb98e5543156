"""What the camera wrote into a photo: corroboration, never taken for the sender's own word.

Browsers of phones strip the position before they upload, and both it and the time may be forged.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from typing import Any

from PIL import Image

_EXIF, _GPS = 0x8769, 0x8825
_ORIENTATION, _ORIGINAL, _OFFSET = 0x0112, 0x9003, 0x9011
_DATUM, _LONGEST_DATUM = 18, 30


def record(image: Image.Image) -> dict[str, Any] | None:
    """``{"source": "exif", "taken_at": …, "offset": …, "gps": …}``; None if it says neither.

    ``taken_at``: local time as the camera's clock had it, ISO 8601 without offset; ``offset``: the
    camera's own, e.g. ``+08:00``, or None.  ``gps``: ``latitude`` and ``longitude`` in degrees and
    the ``datum`` if one is named (by the standard WGS-84, though not every phone keeps to it).
    """
    found: dict[str, Any] = {}
    # Whatever stands there, however malformed, refuses no photo.
    with contextlib.suppress(Exception):
        tags = image.getexif()
        found |= _time(tags.get_ifd(_EXIF))
        found |= _position(tags.get_ifd(_GPS))
    return {"source": "exif", **found} if found else None


def orientation(image: Image.Image) -> int:
    """How the camera was held, 1 to 8; 1 if it does not say."""
    with contextlib.suppress(Exception):
        found = image.getexif().get(_ORIENTATION)
        return found if isinstance(found, int) and 1 <= found <= 8 else 1
    return 1


def _time(tags: dict[int, Any]) -> dict[str, Any]:
    text = str(tags.get(_ORIGINAL, ""))[:19]
    try:
        taken = dt.datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (it has none)
    except ValueError:
        return {}
    offset = str(tags.get(_OFFSET, "")).strip("\0 ")
    return {
        "taken_at": taken.isoformat(),
        "offset": offset if re.fullmatch(r"[+-](0\d|1[0-4]):[0-5]\d", offset) else None,
    }


def _position(tags: dict[int, Any]) -> dict[str, Any]:
    try:
        latitude = _degrees(tags[2], tags[1], "S")
        longitude = _degrees(tags[4], tags[3], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return {}
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return {}
    datum = str(tags.get(_DATUM, "")).strip("\0 ")[:_LONGEST_DATUM]
    return {
        "gps": {
            "latitude": round(latitude, 6),
            "longitude": round(longitude, 6),
            "datum": datum if datum.isprintable() and datum else None,
        }
    }


def _degrees(parts: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError(value)
    return -value if str(reference).strip("\0 ").upper() == negative else value
