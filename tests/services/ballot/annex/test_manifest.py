"""The manifest: read strictly, fixed by its hash in the election's description."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.annex.manifest import Manifest, Spare
from services.ballot.belenios.refused import Refused

from .manifests import manifest


def test_a_manifest_is_read_as_it_is_written() -> None:
    """With spare elections and a booth, too."""
    full = manifest(booth="3" * 64, spares=(Spare("abcdefghijkmno", "4" * 64),))
    for one in (full, manifest()):
        assert Manifest.from_data(one.to_data()) == one


def test_the_description_names_its_manifest() -> None:
    """A title of several lines does no harm; another manifest, or none, is refused."""
    one = manifest()
    one.check_description(one.description("2026年民生实事项目票决\n第一轮"))
    for description in (
        manifest(seats=9).description("票决"),
        "票决",
        one.description("票决") + "\n",
        one.description("票决").replace("-1:", "-2:"),
    ):
        with pytest.raises(Refused, match="other-manifest"):
            one.check_description(description)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"version": True},
        {"kind": 4},
        {"kind": True},
        {"kind": "1"},
        {"candidates": []},
        {"candidates": [{"id": "1", "name": "甲"}, {"id": "1", "name": "乙"}]},
        {"candidates": [{"id": "1", "name": "甲", "note": ""}]},
        {"seats": 0},
        {"seats": 14},
        {"min": 11},
        {"max": 14},
        {"max": 0},
        {"min": -1},
        {"blank": 0},
        {"recast": None},
        {"uuid": "short"},
        {"threshold": 0},
        {"least_ballots": 0},
        {"least_papers": 0},
        {"roll": 0},
        {"board_key": "A" * 64},
        {"booth": ""},
        {"credentials": "1" * 63},
        {"method": {"id": "a", "title": "b"}},
        {"spares": [{"uuid": "uTRT9mVxBfxQEG", "credentials": "1" * 64}]},
        {"title": "more"},
    ],
    ids=str,
)
def test_impossible_manifests_are_refused(changes: dict[str, Any]) -> None:
    """What is missing, superfluous, of another type or contradictory is not taken."""
    with pytest.raises(Refused):
        Manifest.from_data(manifest().to_data() | changes)


@pytest.mark.parametrize("name", manifest().to_data())
def test_every_field_is_needed(name: str) -> None:
    """No field has a default in the message."""
    data = manifest().to_data()
    del data[name]
    with pytest.raises(Refused, match="wrong-fields"):
        Manifest.from_data(data)
