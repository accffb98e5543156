"""In which cells the answers of an audience are counted."""

from __future__ import annotations

from services.commons.errors import Invalid

from .audience import Audience, Kind
from .cell import MOST, products
from .form import Form
from .roll import Roll


def cells_of(form: Form, audience: Audience, roll: Roll | None) -> list[str]:
    """All of them, in order; Invalid if they are too many.

    A secret answer is counted by what the roll knows alone: a stratum that is asked could leave a
    deputy by herself in a cell.
    """
    known = sorted(set(roll.cells.values())) if roll is not None and roll.cells else [""]
    asked = [""] if audience.kind == Kind.SECRET else form.cells()
    found = products(known, asked)
    if len(found) > MOST:
        raise Invalid(
            "too-many-cells",
            f"the strata make {len(found)} cells; at most {MOST} can be counted",
            f"分层共 {len(found)} 个单元,最多 {MOST} 个",
        )
    return found
