"""Open311 GeoReport v2: a surface for those who speak it already, beside our own API."""

from .routes import blueprint

__all__ = ["blueprint"]
