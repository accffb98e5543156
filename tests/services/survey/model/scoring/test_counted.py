"""Audiences that are added up to one group."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.survey.model.scoring import counted


@dataclass
class Body:
    """An audience, as far as it matters here."""

    eligible: int | None
    sampling: str = "census"
    present: int | None = None
    issued: int | None = None


@dataclass
class Cell:
    """A cell's tally."""

    returned: int
    counts: dict[str, dict[str, int | str]]
    cell: str = ""
    straight: dict[str, int] = field(default_factory=dict)


def test_bases_and_counts_are_added() -> None:
    """Two audiences that were asked the same are one group with both bases."""
    first = Cell(4, {"grade:a": {"s": 3, "u": 1}}, straight={"s": 2})
    second = Cell(5, {"grade:a": {"s": 1, "u": 2}}, straight={"s": 1})
    found = counted("g", [(Body(10), [first]), (Body(20), [second])])
    assert (found.eligible, found.returned, found.present) == (30, 9, None)
    assert found.counts("grade:a") == {"s": 4, "u": 3}
    assert found.cells[""].straight == {"s": 3}
    assert found.asked("grade:a") == 9


def test_a_key_that_one_was_not_asked_rests_on_the_other() -> None:
    """Two supervision groups, each with projects of its own: each rate has its own base."""
    first = Cell(4, {"grade:a": {"s": 3}, "grade:b": {"s": 4}})
    second = Cell(5, {"grade:b": {"s": 1}})
    found = counted("g", [(Body(10), [first]), (Body(20), [second])])
    assert (found.base("grade:a").eligible, found.base("grade:a").returned) == (10, 4)
    assert (found.base("grade:b").eligible, found.base("grade:b").returned) == (30, 9)


def test_conditions_count_who_was_asked() -> None:
    """Of a conditional question only those who were asked are in the base of forms."""
    found = counted("g", [(Body(10), [Cell(8, {"why": {"x": 2, "_asked": 3}})])])
    assert (found.asked("why"), found.base("why").returned) == (3, 3)


def test_exact_sums_stay_exact() -> None:
    """Sums of decimals are added as such, however long."""
    long, short = "12345678901234567890123456789.01", "0.000000000000000000000000001"
    cells = [Cell(1, {"n": {"_sum": one}}, cell) for one, cell in ((long, "a"), (short, "b"))]
    assert counted("g", [(Body(1), cells)]).counts("n")["_sum"] == (
        "12345678901234567890123456789.010000000000000000000000001"
    )


def test_different_ways_of_asking_are_mixed() -> None:
    """A census and an open link in one group: nothing is inferred from them together."""
    parts = [(Body(10), [Cell(1, {})]), (Body(None, "open"), [Cell(1, {})])]
    found = counted("g", parts)
    assert (found.sampling, found.eligible) == ("mixed", None)
