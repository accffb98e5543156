"""The life of a ballot method: drafted, discussed, passed by the presidium, adopted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.model.method import BallotMethod
from services.commons.canonical import digest
from services.commons.errors import Conflict, Invalid
from tests.services.ballot.samples import day, method, online, parameters

PRESIDIUM, PLENARY = "大会主席团(合成)", "大会全体会议(合成)"


def lacks(one: BallotMethod) -> list[str]:
    """Which steps it lacks."""
    return [missing["step"] for missing in one.missing]


def test_each_step_tells_what_is_missing_for_the_next() -> None:
    """From the draft to the adoption the list gets shorter, and each step is told."""
    one = method(adopted=False)
    assert (one.stage, lacks(one)) == ("drafted", ["discussed", "submitted", "adopted"])
    one.discuss("甲代表团", day("02-18"), "同意(合成)。")
    one.discuss("乙代表团", day("02-19"))
    assert (one.stage, lacks(one)) == ("discussed", ["submitted", "adopted"])
    one.submit(PRESIDIUM, day("02-19"))
    assert (one.stage, lacks(one)) == ("submitted", ["adopted"])
    assert not one.in_force_on(day("02-22"))
    one.adopt(PLENARY, day("02-20"))
    assert (one.stage, lacks(one)) == ("adopted", [])
    assert one.in_force_on(day("02-20"))
    assert not one.in_force_on(day("02-19"))
    events = one.take_recorded()
    assert [event.type.split(".")[1] for event in events] == [
        "drafted",
        "discussed",
        "discussed",
        "submitted",
        "adopted",
    ]
    assert all("同意" not in str(event.detail) for event in events)


def test_no_step_is_left_out() -> None:
    """The presidium waits for a delegation, the plenary for the presidium; 409 says for what."""
    one = method(adopted=False)
    with pytest.raises(Conflict, match="method-step-missing") as caught:
        one.submit(PRESIDIUM, day("02-19"))
    assert [error["detail"].split(":")[0] for error in caught.value.errors] == ["discussed"]
    with pytest.raises(Conflict, match="method-step-missing") as caught:
        one.adopt(PLENARY, day("02-20"))
    assert [error["detail"].split(":")[0] for error in caught.value.errors] == [
        "discussed",
        "submitted",
    ]
    one.discuss("甲代表团", day("02-18"))
    with pytest.raises(Conflict, match="method-step-missing") as caught:
        one.adopt(PLENARY, day("02-20"))
    assert [error["detail"].split(":")[0] for error in caught.value.errors] == ["submitted"]
    assert one.adopted_on is None


def test_no_step_lies_before_the_one_before() -> None:
    """Days follow the order of the steps."""
    one = method(adopted=False)
    with pytest.raises(Invalid, match="day-before"):
        one.discuss("甲代表团", day("02-09"))
    one.discuss("甲代表团", day("02-18"))
    one.discuss("乙代表团", day("02-17"))
    with pytest.raises(Invalid, match="day-before"):
        one.submit(PRESIDIUM, day("02-17"))
    one.submit(PRESIDIUM, day("02-18"))
    with pytest.raises(Invalid, match="day-before"):
        one.adopt(PLENARY, day("02-17"))
    one.adopt(PLENARY, day("02-18"))


def test_a_delegation_discusses_once() -> None:
    """One record each."""
    one = method(adopted=False)
    one.discuss("甲代表团", day("02-18"))
    with pytest.raises(Conflict, match="delegation-discussed"):
        one.discuss("甲代表团", day("02-19"))


def test_there_is_no_way_back() -> None:
    """Neither after the presidium nor after the plenary is anything discussed or decided again."""
    one = method(adopted=False)
    one.discuss("甲代表团", day("02-18"))
    one.submit(PRESIDIUM, day("02-19"))
    back: list[Callable[[], None]] = [
        lambda: one.discuss("乙代表团", day("02-20")),
        lambda: one.submit(PRESIDIUM, day("02-20")),
    ]
    for _ in range(2):
        for step in back:
            with pytest.raises(Conflict, match="method-gone-on"):
                step()
        if one.adopted_on is None:
            one.adopt(PLENARY, day("02-20"))
    with pytest.raises(Conflict, match="method-adopted"):
        one.adopt(PLENARY, day("02-21"))


def test_only_a_congress_has_delegations() -> None:
    """A standing committee's method is adopted by it at once; no ballot is held by it here."""
    one = method(adopted=False, body="standing-committee")
    assert lacks(one) == ["adopted"]
    with pytest.raises(Conflict, match="method-of-another-body"):
        one.discuss("甲代表团", day("02-18"))
    with pytest.raises(Conflict, match="method-of-another-body"):
        one.submit(PRESIDIUM, day("02-19"))
    one.adopt("常委会(合成)", day("02-20"))
    assert one.in_force_on(day("02-20"))


@pytest.mark.parametrize("changed", [{}, {"seats": 9}, online(), online(recast=True)])
def test_the_digest_is_of_text_and_parameters(changed: dict[str, Any]) -> None:
    """Whoever has both can compute it again; any other text or parameter has another."""
    one = method(**changed)
    assert one.digest == digest({"text": one.text, "parameters": parameters(**changed)})
    one.text += " "
    assert one.digest != method(**changed).digest


def test_digests_of_different_parameters_differ() -> None:
    """Also if they differ in what is said of an electronic vote only."""
    found = {method(**one).digest for one in ({}, online(), online(recast=True), {"seats": 9})}
    assert len(found) == 4


def test_what_is_missing_is_said_in_two_languages() -> None:
    """In words that can be shown as they are."""
    (missing, *_) = method(adopted=False).missing
    assert missing == {
        "step": "discussed",
        "zh": "尚无代表团讨论",
        "en": "no delegation has discussed it",
    }
