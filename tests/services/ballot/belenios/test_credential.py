"""Credentials: their form, their derivation, the list of public ones."""

from __future__ import annotations

import json

import pytest

from services.ballot.belenios import credential
from services.ballot.belenios.group import GROUPS, Group
from services.ballot.belenios.refused import Refused

from .samples import UUID

EACH_GROUP = pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
SECRET = "bhkAA-LXZT5b-WLrUw-uFwK6i"  # of the vectors, known to everyone


def test_new_credentials_are_well_formed_and_differ() -> None:
    """Each is read back, and none comes twice."""
    made = [credential.make_credential() for _ in range(200)]
    assert [credential.read_credential(one) for one in made] == made
    assert len(set(made)) == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        SECRET[:-1],
        SECRET + "1",
        SECRET + "\n",
        SECRET.replace("-", ""),
        "0" + SECRET[1:],
        "l" + SECRET[1:],
        "１" + SECRET[1:],
        " " + SECRET[1:],
        "XXXXX-XXXXX-XXXXX",
    ],
)
def test_other_texts_are_no_credentials(text: str) -> None:
    """Neither other characters nor another form, so that a slip of the pen is noticed."""
    with pytest.raises(Refused, match="bad-credential"):
        credential.secret(UUID, text, GROUPS["Ed25519"])


@EACH_GROUP
def test_a_credential_is_another_in_another_election(group: Group) -> None:
    """The uuid enters the derivation: a run-off has public credentials of its own."""
    here = credential.public(UUID, SECRET, group)
    assert here == group.text(group.exp_g(credential.secret(UUID, SECRET, group)))
    assert here != credential.public(UUID + "x", SECRET, group)


@EACH_GROUP
def test_a_list_keeps_its_order(group: Group) -> None:
    """Any order is taken, and a weight of 1 may be written out."""
    listed = [group.text(group.exp_g(one)) for one in (5, 3, 4)]
    text = credential.public_credentials_to_text(listed)
    assert credential.public_credentials_from_text(text, group) == tuple(listed)
    weighted = json.dumps([f"{one},1" for one in listed], separators=(",", ":"))
    assert credential.public_credentials_from_text(weighted, group) == tuple(listed)


@EACH_GROUP
def test_bad_lists_are_refused(group: Group) -> None:
    """Twice the same, the identity, other weights, other types, spaces."""
    one, other = (group.text(group.exp_g(number)) for number in (5, 6))
    bad: list[list[object]] = [
        [one, one],
        [one, f"{one},1"],
        [group.text(group.one)],
        [f"{one},2"],
        [f"{one},"],
    ]
    bad += [[f"{one},1,1"], [7], [one.upper() + "A"], ["2"]]
    texts = [json.dumps(listed, separators=(",", ":")) for listed in bad]
    for text in [*texts, json.dumps([one, other]), json.dumps({one: 1}), "[" * 10_000]:
        with pytest.raises(Refused):
            credential.public_credentials_from_text(text, group)
