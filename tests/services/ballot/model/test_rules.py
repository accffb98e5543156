"""The rules as data: what a method may say, and what is refused when it is drafted."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.model.rules import NAMES, Rules
from services.commons.errors import Invalid
from tests.services.ballot.samples import online, parameters, rules


def pointers(data: Any) -> list[str]:
    """Where the mistakes are."""
    with pytest.raises(Invalid) as caught:
        Rules.from_data(data)
    assert caught.value.code == "method-malformed"
    return [error["pointer"] for error in caught.value.errors]


def test_written_form_comes_back() -> None:
    """Rules that were read and written again say the same."""
    for changed in ({}, {"threshold": None, "min_margin": "1/5"}, {"min_margin": 3}, online()):
        data = parameters(**changed)
        assert Rules.from_data(data).to_data() == data


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_must_be_said(name: str) -> None:
    """A method leaves nothing to a default."""
    data = parameters()
    del data[name]
    assert pointers(data) == [f"/parameters/{name}"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"seats": 0}, "/seats"),
        ({"seats": True}, "/seats"),
        ({"seats": "10"}, "/seats"),
        ({"body": "parliament"}, "/body"),
        ({"choice": "ranked"}, "/choice"),
        ({"proxy": True}, "/proxy"),
        ({"proxy": 0}, "/proxy"),
        ({"publish_counts": False}, "/publish_counts"),
        ({"tie": "lot"}, "/tie"),
        ({"shortfall": None}, "/shortfall"),
        ({"overvote": "valid"}, "/overvote"),
        ({"min_margin": -1}, "/min_margin"),
        ({"min_margin": 1001}, "/min_margin"),
        ({"min_margin": 0.2}, "/min_margin"),
        ({"min_margin": "1/0"}, "/min_margin"),
        ({"min_margin": "1e999999999"}, "/min_margin"),
        ({"media": []}, "/media"),
        ({"media": "paper"}, "/media"),
        ({"media": ["paper", "paper"]}, "/media"),
        ({"media": ["device"]}, "/media"),
        ({"media": [["paper"]]}, "/media"),
        ({"quorum": None}, "/quorum"),
        ({"quorum": {"share": "2/3"}}, "/quorum"),
        ({"quorum": {"share": "3/2", "inclusive": True}}, "/quorum/share"),
        ({"quorum": {"share": "1e999999999", "inclusive": True}}, "/quorum/share"),
        ({"quorum": {"share": "2/3", "inclusive": 1}}, "/quorum/inclusive"),
        ({"threshold": {"share": "1/2", "inclusive": False}}, "/threshold/base"),
        ({"undervote": "void", "choice": "tick-up-to"}, "/undervote"),
        ({"undervote": "valid", "choice": "tick-exactly"}, "/undervote"),
        ({"quota": 3}, "/quota"),
        ({"undervote": "void", "choice": "approve-oppose-abstain-up-to"}, "/undervote"),
        ({"media": ["electronic"]}, "/electronic"),
        ({"media": ["paper"], "electronic": online()["electronic"]}, "/electronic"),
        (online(group="P-256"), "/electronic/group"),
        (online(group=["Ed25519"]), "/electronic/group"),
        (online(overvote="void-paper"), "/electronic/overvote"),
        (online(recast=1), "/electronic/recast"),
        (online(least_ballots=0), "/electronic/least_ballots"),
        (online(least_papers=True), "/electronic/least_papers"),
        (online(spare_elections=10), "/electronic/spare_elections"),
        (online(spare_elections=-1), "/electronic/spare_elections"),
        (online(trustees=3), "/electronic/trustees"),
        (online(trustees={"size": 0, "threshold": 0}), "/electronic/trustees/size"),
        (online(trustees={"size": 4, "threshold": 2}), "/electronic/trustees/threshold"),
        (online(trustees={"size": 3, "threshold": 4}), "/electronic/trustees/threshold"),
        (online(colour="red"), "/electronic"),
        ({"media": ["electronic"], "electronic": {"group": "Ed25519"}}, "/electronic"),
    ],
)
def test_what_cannot_be_followed_is_refused(changed: dict[str, Any], where: str) -> None:
    """A malformed method is refused with the place of the mistake."""
    assert f"/parameters{where}" in pointers(parameters(**changed))


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody has to send a method three times to find three mistakes."""
    data = parameters(seats=0, tie="lot", quorum={"share": "2", "inclusive": True})
    assert set(pointers(data)) == {
        "/parameters/seats",
        "/parameters/tie",
        "/parameters/quorum/share",
    }


def test_ranked_ballots_are_not_offered() -> None:
    """The way of marking that is known and missing is refused by name."""
    with pytest.raises(Invalid) as caught:
        rules(choice="ranked")
    (error,) = caught.value.errors
    assert "ranked ballots are not offered" in error["detail"]


def test_more_than_half_of_the_trustees_decrypt() -> None:
    """T > m/2, up to all of them; a single one decrypts alone."""
    for size in range(1, 8):
        for threshold in range(size + 2):
            data = parameters(**online(trustees={"size": size, "threshold": threshold}))
            if size / 2 < threshold <= size:
                assert Rules.from_data(data).to_data() == data
            else:
                assert pointers(data) == ["/parameters/electronic/trustees/threshold"]


def test_a_method_without_electronic_says_nothing_of_it() -> None:
    """What was adopted before there was one keeps its written form, and so its digest."""
    assert "electronic" not in rules().to_data()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    ),
    st.sampled_from([*NAMES, "electronic"]),
)
def test_anything_else_is_invalid_and_nothing_worse(value: Any, name: str) -> None:
    """Whatever stands in a parameter, the answer is rules or Invalid."""
    for data in (value, parameters(**{name: value}), parameters(**online() | {name: value})):
        with contextlib.suppress(Invalid):
            read = Rules.from_data(data).to_data()
            # No electronic vote may be written as null.
            assert {"electronic": None} | read == {"electronic": None} | data


@pytest.mark.parametrize(
    ("roll", "present", "met"),
    [(327, 218, True), (327, 217, False), (327, 314, True), (511, 341, True), (511, 340, False)],
)
def test_quorum_of_lishui_and_hangzhou(roll: int, present: int, met: bool) -> None:
    """Two thirds of all, the number itself included: 218 of 327, 341 of 511."""
    assert rules().quorum.met_by(present, roll) is met


@pytest.mark.parametrize(("roll", "least"), [(327, 164), (511, 256), (45, 23)])
def test_more_than_half_of_all(roll: int, least: int) -> None:
    """163 of 327 do not pass and 164 do; 256 of 511."""
    bar = rules().threshold
    assert bar is not None
    assert bar.threshold.least(roll) == least
    assert not bar.threshold.met_by(least - 1, roll)


@pytest.mark.parametrize(
    ("seats", "margin", "least"),
    [
        (10, 3, 13),
        (10, "1/5", 12),
        (5, "1/5", 6),
        (7, None, 7),
        (1, "1/1", 2),
        (10, "1/4", 13),
        (7, 0, 7),
    ],
)
def test_margin(seats: int, margin: int | str | None, least: int) -> None:
    """A number of projects or a share of the seats, rounded up; 13→10, 12→10, 6→5, 7→7, 2→1."""
    found = rules(seats=seats, min_margin=margin)
    assert found.min_margin.least_candidates(found.seats) == least
