"""Houses to be broken, as in ``tests/chassis``."""

from ..chassis.conftest import build, own_house, own_house_on_each

__all__ = ["build", "own_house", "own_house_on_each"]
