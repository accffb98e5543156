"""Clusters of suggestions (建议归类): what a run found, and how people moved its members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

from .suggestion import ACCEPTED, DRAFT, SUBMITTED, WITHDRAWN, Suggestion

TOGETHER, APART = VERDICTS = ("together", "apart")
#: Which suggestions of a year are clustered.
STATES = (SUBMITTED, ACCEPTED)


@dataclass(eq=False)
class ClusterRun(Aggregate):
    """One run over the suggestions of a year, of one aspect or of all.

    ``parameters``, ``code_version``, ``input_hash``: from what it follows; ``digest``: of all three
    and of the moves, by which the same run is not kept twice.  ``counts``: suggestions, clusters,
    members, moves.  ``agreement``: how the run by itself agrees with what people had decided.
    """

    id: str
    year: int
    aspect: str | None
    parameters: dict[str, Any]
    code_version: str
    input_hash: str
    digest: str
    counts: dict[str, int]
    agreement: dict[str, Any]
    started_at: dt.datetime
    finished_at: dt.datetime
    version: int = 0

    @classmethod
    def finish(cls, **fields: Any) -> ClusterRun:
        """A run that ended; records ``cluster-run.finished.v1``."""
        run = cls(id=new_id(), **fields)
        run.record("cluster-run.finished.v1")
        return run

    def takes(self, suggestion: Suggestion, *, clustered: bool) -> bool:
        """Whether it may be moved: it was in the run, or would be now; ``clustered``: in a cluster.

        What is a draft, or withdrawn since, is as if it were not there.
        """
        if clustered:
            return suggestion.state not in (DRAFT, WITHDRAWN)
        same = suggestion.year == self.year and self.aspect in (None, suggestion.aspect)
        return same and suggestion.state in STATES

    def rearrange(self, move: ClusterMove) -> None:
        """Note that somebody moved a member; records ``cluster.rearranged.v1``."""
        self.record(
            "cluster.rearranged.v1",
            move={
                "id": move.id,
                "suggestion_id": move.suggestion_id,
                "other_id": move.other_id,
                "verdict": move.verdict,
                "happened_on": move.happened_on.isoformat(),
            },
        )

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "aspect": self.aspect,
            "code_version": self.code_version,
            "input_hash": self.input_hash,
            "counts": self.counts,
            "agreement": self.agreement,
            "finished_at": self.finished_at.isoformat(),
        }


@dataclass(eq=False)
class Cluster:
    """Suggestions of a run that seem to ask for the same; ``title`` is the most typical one's.

    ``number``: from 1, the largest of an aspect first; those that people made come last.
    """

    id: str
    run_id: str
    number: int
    aspect: str
    representative_id: str
    size: int
    title: str | None = None


@dataclass(eq=False)
class ClusterMember:
    """A suggestion in a cluster; ``moved``: by people."""

    run_id: str
    suggestion_id: str
    cluster_id: str
    moved: bool
    title: str | None = None
    state: str | None = None


@dataclass(eq=False)
class ClusterMove(Aggregate):
    """A person's judgement of two suggestions, which outlives the run that she saw.

    ``verdict``: ``suggestion_id`` asks for the same as ``other_id`` (``together``), or for another
    matter (``apart``).  ``left_id``: the most typical one of those that it was taken from; with
    them it does not belong.
    """

    id: str
    year: int
    run_id: str
    suggestion_id: str
    other_id: str
    verdict: str
    left_id: str | None
    moved_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def decide(cls, **fields: Any) -> ClusterMove:
        """A judgement; Invalid if it is of one suggestion only."""
        if fields["suggestion_id"] == fields["other_id"]:
            raise Invalid(
                "move-of-one",
                "a move is about two suggestions",
                "须指明两条不同的建议",
                [{"pointer": "/other_id", "detail": "is the same suggestion"}],
            )
        return cls(id=new_id(), **fields)

    def steps(self) -> Iterable[Step]:
        """What it says, one pair after another."""
        if self.left_id is not None:
            yield Step(self.suggestion_id, self.left_id, APART)
        yield Step(self.suggestion_id, self.other_id, self.verdict)


class Step(NamedTuple):
    """One suggestion, another one, and whether they belong together."""

    one: str
    other: str
    verdict: str


def arranged(clusters: Mapping[str, str], moves: Iterable[ClusterMove]) -> dict[str, str]:
    """The clusters (suggestion → its cluster's name) after all that people decided, in order.

    A single suggestion is a cluster of its own name.  Whoever is moved goes where the other one is
    by then; what is not among the suggestions any more is passed over.
    """
    found = dict(clusters)
    for step in (step for move in moves for step in move.steps()):
        if step.one not in found or step.other not in found:
            continue
        if step.verdict == TOGETHER:
            found[step.one] = found[step.other]
        elif found[step.one] == found[step.other]:
            found[step.one] = f"apart {step.one}"
    return found


def agreement(clusters: Mapping[str, str], moves: Iterable[ClusterMove]) -> dict[str, Any]:
    """How clusters agree with the pairs that people judged, each by its last judgement.

    ``precision``: of the judged pairs in one cluster, the share that belongs together;
    ``recall``: of the pairs that belong together, the share in one cluster; None without any.
    """
    judged: dict[frozenset[str], bool] = {}
    for step in (step for move in moves for step in move.steps()):
        if step.one in clusters and step.other in clusters:
            judged[frozenset((step.one, step.other))] = step.verdict == TOGETHER
    joined = {pair: len({clusters[one] for one in pair}) == 1 for pair in judged}
    right = sum(joined[pair] for pair, same in judged.items() if same)
    same, together = sum(judged.values()), sum(joined.values())
    return {
        "pairs": len(judged),
        "together": same,
        "apart": len(judged) - same,
        "precision": round(right / together, 4) if together else None,
        "recall": round(right / same, 4) if same else None,
    }
