"""More than half of the scrutineers sign one end of the vote before anybody decrypts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from services.ballot.annex.cosigning import Cosignature, check_cosigned, cosign
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.pki import make_seed

from ..belenios.ceremonies import Ceremony, held, hold, refused

UUID, EVENT, OTHER = "uTRT9mVxBfxQEG", "39" * 32, "40" * 32


def signed(ceremony: Ceremony, event: str = EVENT) -> list[Cosignature]:
    """Everybody's signature."""
    return [cosign(ceremony.group, seed, ceremony.certs, UUID, event) for seed in ceremony.seeds]


@pytest.mark.parametrize("name", GROUPS)
def test_a_signature_is_read_as_it_is_written(name: str) -> None:
    """And everybody's hold."""
    ceremony = held(name)
    everybody = signed(ceremony)
    q = ceremony.group.q
    assert [Cosignature.from_data(one.to_data(), q) for one in everybody] == everybody
    found = check_cosigned(ceremony.group, ceremony.certs, UUID, EVENT, everybody[::-1])
    assert found == (1, 2, 3)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_more_than_half_must_have_signed(size: int) -> None:
    """Every set of more than half is enough, half is not."""
    ceremony = hold(ED25519, size, size)
    everybody = signed(ceremony)
    for number in range(size + 1):
        for some in combinations(everybody, number):
            if 2 * number > size:
                found = check_cosigned(ED25519, ceremony.certs, UUID, EVENT, some)
                assert found == tuple(one.index for one in some)
            else:
                with refused("too-few-cosignatures"):
                    check_cosigned(ED25519, ceremony.certs, UUID, EVENT, some)


def test_what_does_not_hold_is_refused() -> None:
    """Another's signature, another end, another election, a second one, a stranger's."""
    ceremony = held()
    first, second, third = signed(ceremony)
    elsewhere = signed(ceremony, OTHER)[1]
    for changed, code in (
        ([first, replace(third, index=2)], "bad-signature"),
        ([first, elsewhere], "other-end"),
        ([first, replace(elsewhere, event=EVENT)], "bad-signature"),
        ([first, first], "signed-twice"),
        ([first, replace(second, index=4)], "no-such-trustee"),
        ([first, replace(second, index=0)], "no-such-trustee"),
    ):
        with refused(code):
            check_cosigned(ED25519, ceremony.certs, UUID, EVENT, changed)
    with refused("bad-signature"):
        check_cosigned(ED25519, ceremony.certs, "CWEWjMHQLGJxyy", EVENT, [first, second])
    with refused("not-mine"):
        cosign(ED25519, make_seed(), ceremony.certs, UUID, EVENT)
