"""Texts as numbers: their characters and pairs of neighbouring characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .text import BREAK

Ints = NDArray[np.int64]


def grams(text: str) -> Ints:
    """The characters and pairs of neighbours in a normalised text, as often as they stand there.

    A pair is ``first << 21 | second``, a character alone has no second.
    """
    points = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.int64)
    written = points != ord(BREAK)
    pairs = (points[:-1] << 21) | points[1:]
    return np.concatenate([points[written] << 21, pairs[written[:-1] & written[1:]]])
