"""An area of the map, and places that are shown no more exactly than a rule says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.commons.errors import Invalid


@dataclass(frozen=True)
class Area:
    """A rectangle in degrees of WGS-84; its edges belong to it."""

    west: float = -180.0
    south: float = -90.0
    east: float = 180.0
    north: float = 90.0

    @classmethod
    def of(cls, text: str) -> Area:
        """From ``west,south,east,north``; Invalid if it is none, or crosses the date line."""
        try:
            west, south, east, north = map(float, text.split(","))
            if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
                raise ValueError
        except ValueError:
            raise Invalid(
                "bbox-malformed",
                "bbox is west,south,east,north in degrees",
                "bbox 应为 西,南,东,北(度)",
                [{"pointer": "/bbox", "detail": "is not west,south,east,north"}],
            ) from None
        return cls(west, south, east, north)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def before_rounding(self, digits: int) -> Area:
        """The area of the exact places of which the rounded ones lie in this one.

        Who asks for ever smaller areas learns no more of a place than its rounded coordinates.
        """
        scale, half = 10.0**digits, 0.5 / 10.0**digits
        # An edge that was meant to be on the grid is there in spite of the last bit.
        low = (math.ceil(round(edge * scale, 6)) / scale - half for edge in (self.west, self.south))
        high = (
            math.floor(round(edge * scale, 6)) / scale + half for edge in (self.east, self.north)
        )
        west, south = low
        east, north = high
        return Area(west, south, east, north)
