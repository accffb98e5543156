"""Synthetic photos for tests: each seed another picture, uploaded as a phone would."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image

from services.chassis.files import Files

from ...harness import Harness


def picture(seed: int, size: tuple[int, int] = (64, 48), quality: int = 90) -> bytes:
    """A JPEG of coarse patches, by a seed."""
    chosen = random.Random(seed)
    patches = Image.frombytes("RGB", (9, 8), chosen.randbytes(9 * 8 * 3))
    out = io.BytesIO()
    patches.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=quality)
    return out.getvalue()


def with_gps(data: bytes, longitude: float, latitude: float) -> bytes:
    """The same, with a position that the camera wrote."""
    image = Image.open(io.BytesIO(data))
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: _parts(latitude), 3: "E", 4: _parts(longitude)}
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def uploaded(service: Harness, data: bytes) -> str:
    """The hash of a file that was uploaded."""
    return Files(service.settings).store(data).sha256


def photos(*hashes: str, **more: Any) -> list[dict[str, Any]]:
    """As a body names them."""
    return [{"sha256": sha256, **more} for sha256 in hashes]


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = degrees % 1 * 60
    return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 4)
