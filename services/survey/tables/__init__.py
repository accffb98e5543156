"""SQL: the tables of this service and how the model is mapped to them."""

from .mapping import mapper
from .metadata import metadata

__all__ = ["mapper", "metadata"]
