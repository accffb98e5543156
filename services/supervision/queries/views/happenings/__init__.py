"""Everything that can have happened to a project, one entry a kind; the timeline is made of it."""

from __future__ import annotations

from ..happening import Happening
from .course import COURSE, FUNDS, RESOURCES
from .fieldwork import FIELDWORK, LATER
from .matters import MATTERS
from .meetings import MEETINGS

#: In the order in which they stand on one day.
HAPPENINGS: tuple[Happening, ...] = (
    *COURSE,
    *RESOURCES,
    *FUNDS,
    *FIELDWORK,
    *MATTERS,
    *MEETINGS,
    *LATER,
)

#: Tables with a project that tell no happening of their own, and why.
EXCUSED = {
    "expected_months": "months for which somebody looked whether progress is owed",
    "sub_items": "part of the project, adopted with it",
    "report_texts": "passages of the annual report",
}
