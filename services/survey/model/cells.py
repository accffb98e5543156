"""In which cells the answers of an audience are counted."""

from __future__ import annotations

from collections.abc import Iterable

from services.commons.errors import Invalid

from .audience import Audience, Kind
from .cell import MOST, products
from .form import Form


def cells_of(form: Form, audience: Audience, known: Iterable[str]) -> list[str]:
    """All of them, in order; Invalid if they are too many.

    ``known``: what is known beforehand, by the roll, the sample's frame or the link's site.

    A secret answer is counted by what the roll knows alone: a stratum that is asked could leave a
    deputy by herself in a cell.
    """
    asked = [""] if audience.kind == Kind.SECRET else form.cells()
    found = products(known, asked)
    if len(found) > MOST:
        raise Invalid(
            "too-many-cells",
            f"the strata make {len(found)} cells; at most {MOST} can be counted",
            f"分层共 {len(found)} 个单元,最多 {MOST} 个",
        )
    return found
