"""What follows where something fell below the line."""

from __future__ import annotations

from typing import Any

from services.survey.model.requirement import Requirement, required, to_assess_again

from ..samples import NOON
from .result.sample import score


def below(**changed: Any) -> dict[str, Any]:
    """A consequence of a score."""
    found: dict[str, Any] = score()["consequences"][0]
    return found | changed


def after(*consequences: dict[str, Any]) -> list[Requirement]:
    """The requirements of a questionnaire."""
    told = {"questionnaire_id": "q", "decided_on": "2023-12-12"}
    return required(told, consequences, recorded_at=NOON)


def events(requirement: Requirement) -> list[str]:
    """What it has recorded."""
    return [one.type for one in requirement.take_recorded()]


def test_each_has_its_event_once() -> None:
    """Where a unit owes something; being assessed again alone is the congress's own matter."""
    one, other = after(below(), below(item_id="b", then=["assess-again"]))
    assert events(one) == ["rectification.required.v1"] and events(one) == []
    assert events(other) == []


def test_it_says_what_the_contract_asks_for() -> None:
    """A rate with its line as exact fractions; a grade without either."""
    by_rate, by_grade = after(
        below(), below(measure="grade", below=None, grades=["dissatisfied"], due_in={})
    )
    told = by_rate.public_state()
    assert (told["value"], told["line"], told["due_in"]) == ("122/126", "99/100", {"days": 60})
    told = by_grade.public_state()
    assert (told["value"], told["percent"], told["line"], told["due_in"]) == (None,) * 4


def test_a_second_assessment_asks_what_failed() -> None:
    """What the method has assessed again; where it does not say, all that fell below."""
    items = [
        {"item_id": "p", "project_id": "p"},
        {"item_id": "a", "project_id": "p"},
        {"item_id": "b", "project_id": "q"},
        {"item_id": "c", "project_id": "q"},
    ]
    again, plain = below(item_id="b"), below(item_id="a", then=["rectify"])
    assert to_assess_again(after(plain, again), items) == ["b"]
    assert to_assess_again(after(plain), items) == ["a"]
    assert to_assess_again([], items) == []
    # A project that has a line is that line; one that has none, and the whole, are all theirs.
    assert to_assess_again(after(below(item_id="p")), items) == ["p"]
    assert to_assess_again(after(below(item_id="q")), items) == ["b", "c"]
    assert to_assess_again(after(below(item_id=None)), items) == ["p", "a", "b", "c"]


def test_what_supervision_tells_is_noted_in_its_order() -> None:
    """A later state stays when an earlier one arrives late, or twice."""
    (requirement,) = after(below())
    told = {"state": "confirmed", "round": 1, "version": 3}
    requirement.hear(told)
    requirement.hear(told | {"state": "reported", "version": 2})
    assert requirement.rectification == told


def test_a_line_at_nothing_is_written_as_every_other() -> None:
    """不高于 0: the contract says 0/1."""
    (one,) = after(below(below="0", inclusive=True))
    assert one.content["line"] == "0/1"
