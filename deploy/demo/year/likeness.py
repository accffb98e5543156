"""Suggestions that ask for the same: clustered at night, arranged by a person (归类)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors
from ..request import Lane, Ref, Request, Step, look
from ..scene import Scene
from . import collection
from .suggestions import ref

RUN = "cluster-runs"


def steps(scene: Scene) -> Iterator[Step]:
    """A night's run over an index with the new synonyms; a move; a run that keeps to the move."""
    cluster = ("proposal", "cluster", "--year", str(scene.figures.year))
    yield Step("同类建议归类", [], commands=(("proposal", "reindex"), cluster))
    yield Step("人工调整归类", [_moved(scene)])
    yield Step("再次归类", [], commands=(cluster,))


def _moved(scene: Scene) -> Lane:
    """One of another aspect, which no run would put there, belongs with a deputy's suggestion."""
    (resident, _), (deputy, _) = collection.residents(scene)[0], collection.counted(scene)[0]
    said = {
        "suggestion_id": ref(resident),
        "other_id": ref(deputy),
        "verdict": "together",
        "happened_on": str(scene.days.sorting[1] + dt.timedelta(days=2)),
    }
    path = "/v1/cluster-runs?year={}"
    of = (Ref(RUN, ("items", -1, "id")),)
    return [
        look(RUN, actors.CLERK, path, str(scene.figures.year)),
        Request(f"{RUN}/move", actors.CLERK, "/v1/cluster-runs/{}/moves", said, of),
    ]
