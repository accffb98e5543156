"""What people decided about clusters, applied to any run."""

from __future__ import annotations

import datetime as dt

import pytest

from services.commons.errors import Invalid
from services.proposal.model.cluster import ClusterMove, agreement, arranged

NOW = dt.datetime(2022, 12, 1, tzinfo=dt.UTC)


def move(one: str, other: str, verdict: str, left: str | None = None) -> ClusterMove:
    """A decision."""
    return ClusterMove.decide(
        year=2023,
        run_id="r",
        suggestion_id=one,
        other_id=other,
        verdict=verdict,
        left_id=left,
        moved_by="x",
        happened_on=NOW.date(),
        recorded_at=NOW,
    )


def groups(labels: dict[str, str]) -> set[frozenset[str]]:
    """The clusters without their names."""
    found: dict[str, set[str]] = {}
    for one, label in labels.items():
        found.setdefault(label, set()).add(one)
    return {frozenset(members) for members in found.values()}


def clusters(text: str) -> dict[str, str]:
    """``ab c`` → a and b together, c alone."""
    return {one: part[0] for part in text.split() for one in part}


@pytest.mark.parametrize(
    ("before", "moves", "after"),
    [
        ("ab cd", [move("a", "c", "together", "b")], "b acd"),
        ("abc d", [move("a", "b", "apart")], "a bc d"),
        ("a b", [move("a", "b", "together")], "ab"),
        ("ab", [move("a", "z", "together"), move("z", "a", "apart")], "ab"),
        ("ab c", [move("a", "c", "together", "b"), move("a", "b", "together", "c")], "ab c"),
        ("ab cd", [move("a", "c", "together", "b"), move("c", "b", "together", "d")], "bc ad"),
        ("abcd", [move("a", "b", "apart"), move("c", "a", "together", "d")], "ac bd"),
    ],
)
def test_decisions_are_applied_in_order(before: str, moves: list[ClusterMove], after: str) -> None:
    """Each suggestion ends where its last decision put it; what is gone is passed over."""
    assert groups(arranged(clusters(before), moves)) == groups(clusters(after))


def test_a_run_is_measured_by_what_people_decided() -> None:
    """Precision over judged pairs that it joined, recall over pairs that belong together."""
    moves = [move("a", "c", "together", "b"), move("d", "e", "apart"), move("e", "f", "together")]
    assert agreement(clusters("ab c de f"), moves) == {
        "pairs": 4,
        "together": 2,
        "apart": 2,
        "precision": 0.0,
        "recall": 0.0,
    }
    assert agreement(clusters("ac b d ef"), moves)["precision"] == 1.0
    assert agreement(clusters("abc d ef"), moves)["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert agreement(clusters("x"), moves)["recall"] is None


def test_the_last_judgement_of_a_pair_counts() -> None:
    """Whoever changes her mind is believed."""
    moves = [move("a", "b", "apart"), move("b", "a", "together")]
    assert agreement(clusters("ab"), moves)["precision"] == 1.0


def test_a_move_is_about_two() -> None:
    """One suggestion cannot be moved to itself."""
    with pytest.raises(Invalid):
        move("a", "a", "together")
