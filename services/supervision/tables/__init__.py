"""SQL: the tables of this service and how the model is mapped to them."""

from . import heard
from .mapping import mapper
from .metadata import metadata

# The copies in ``heard`` have no entities: commands and queries use their tables.
__all__ = ["heard", "mapper", "metadata"]
