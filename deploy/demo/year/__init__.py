"""A whole year as requests, part by part in the order in which it happens."""

from __future__ import annotations

from ..figures import Figures
from ..request import Step
from ..scene import ED25519, scene
from . import (
    afterwards,
    answering,
    assessed_again,
    assessment,
    collection,
    distilling,
    finishing,
    former,
    governing,
    implementation,
    leading,
    likeness,
    look_back,
    matching,
    messages,
    online,
    plans,
    pool,
    preparation,
    preselection,
    report,
    rules,
    snaps,
    voices,
    vote,
    week,
    year_before,
)

_PARTS = (
    preparation,
    year_before,
    rules,
    collection,
    voices,
    likeness,
    distilling,
    pool,
    preselection,
    vote,
    matching,
    answering,
    plans,
    leading,
    implementation,
    governing,
    week,
    snaps,
    messages,
    former,
    look_back,
    online,
    finishing,
    assessment,
    assessed_again,
    report,
    afterwards,
)


def steps(figures: Figures, seed: str, group: str = ED25519) -> list[Step]:
    """The requests of a year with these figures; the same for the same figures and seed.

    ``group``: in which the year's ballots are encrypted.
    """
    stage = scene(figures, seed, group)
    return [step for part in _PARTS for step in part.steps(stage)]
