"""What follows where something fell below the line."""

from __future__ import annotations

from typing import Any

from services.survey.model.requirement import Requirement, required, to_assess_again

from ..samples import NOON


def below(item_id: str | None, **changed: Any) -> dict[str, Any]:
    """A consequence of a score."""
    return {"item_id": item_id, "measure": "top1", "then": ["rectify"]} | changed


def after(
    *consequences: dict[str, Any], earlier: tuple[Requirement, ...] = ()
) -> list[Requirement]:
    """The requirements of a questionnaire."""
    told = {"questionnaire_id": "q", "decided_on": "2023-12-12"}
    return required(told, consequences, earlier=earlier, recorded_at=NOON)


def events(requirement: Requirement) -> list[str]:
    """What it has recorded."""
    return [one.type for one in requirement.take_recorded()]


def test_each_has_its_event_once() -> None:
    """Where a unit owes something; being assessed again alone is the congress's own matter."""
    one, other = after(below("a"), below("b", then=["assess-again"]))
    assert events(one) == ["rectification.required.v1"] and events(one) == []
    assert events(other) == []
    assert one.public_state()["times"] == 1


def test_failures_are_counted_along_the_chain() -> None:
    """The second time is the second, and what follows only from then on follows then."""
    (first,) = after(below("a", then=["report-again"], after=2))
    assert (first.times, first.then, events(first)) == (1, [], [])
    (second,) = after(below("a", then=["report-again"], after=2), earlier=(first,))
    assert (second.times, second.then) == (2, ["report-again"])
    assert events(second) == ["rectification.required.v1"]
    (elsewhere,) = after(below("b"), earlier=(first, second))
    assert elsewhere.times == 1


def test_a_second_assessment_asks_what_failed() -> None:
    """What the method has assessed again; where it does not say, all that fell below."""
    found = after(below("a"), below("b", then=["rectify", "assess-again"]), below(None))
    assert to_assess_again(found) == ["b"]
    assert to_assess_again(found[:1] + found[2:]) == ["a"]
    assert to_assess_again([]) == []


def test_what_supervision_tells_is_noted_in_its_order() -> None:
    """A later state stays when an earlier one arrives late, or twice."""
    (requirement,) = after(below("a"))
    assert requirement.state == "owed"
    report = {"rectification_id": "r", "state": "reported", "happened_on": "2024-01-05"}
    requirement.hear(report | {"state": "confirmed", "version": 3})
    requirement.hear(report | {"version": 2})
    assert requirement.state == "confirmed" and len(requirement.reports) == 1
