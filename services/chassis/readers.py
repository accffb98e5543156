"""What the tolerant readers of other services' events have in common."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema


class Reader(Schema):
    """Takes the fields it names and overlooks what the producer may add."""

    class Meta:
        """New fields of a producer are none of our business."""

        unknown = EXCLUDE
