"""What is handled together."""

from __future__ import annotations

from ..model.joint_handling import JointHandling
from ..tables import matters
from .reading import Json, Query, by_day


def list_joint_handlings(params: Json) -> Query:
    """Joint handlings by day, perhaps of one unit or register."""
    return by_day(JointHandling, matters.joint_handlings, params, "unit_id", "register")
