"""The rehearsal of the decryption (试解密), at the ceremony: it shows that every key works.

A known number is encrypted under the election's key with randomness that everybody sees, so it is
nobody's ballot, and what a trustee makes of it anybody could have computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.decryption import (
    PartialDecryption,
    check_partial_decryption,
    make_partial_decryption,
)
from services.ballot.belenios.encoding import fields, integer, scalar
from services.ballot.belenios.group import Group
from services.ballot.belenios.proof import random_scalar
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import EncryptedTally
from services.ballot.belenios.trustee import Trustees

#: The largest number that is rehearsed.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Dummy:
    """An encryption with all that is known of it."""

    number: int
    randomness: int
    ciphertext: Ciphertext

    @classmethod
    def from_data(cls, data: Any, q: int) -> Dummy:
        """Read it; whether it encrypts the number is not asked, but for randomness 0.

        With that no key would be needed: every factor is the identity.
        """
        read = fields(data, "number", "randomness", "ciphertext")
        randomness = scalar(read["randomness"], q)
        if not randomness:
            raise Refused("no-randomness", "the randomness must not be 0", "随机数不得为零")
        ciphertext = Ciphertext.from_data(read["ciphertext"])
        return cls(integer(read["number"], most=MOST), randomness, ciphertext)

    def to_data(self) -> dict[str, Any]:
        """JSON-able data."""
        return {
            "number": self.number,
            "randomness": str(self.randomness),
            "ciphertext": self.ciphertext.to_data(),
        }

    @property
    def tally(self) -> EncryptedTally:
        """It as a tally of one question with one answer."""
        return EncryptedTally(((self.ciphertext,),))


def make_dummy(group: Group, election_key: str, number: int) -> Dummy:
    """Encrypt a number up to ``MOST``."""
    randomness = random_scalar(group)
    return Dummy(number, randomness, _encryption(group, election_key, number, randomness))


def rehearse(group: Group, trustees: Trustees, x: int, dummy: Dummy) -> PartialDecryption:
    """One trustee's part.  Refused unless the dummy is one: a key decrypts nothing else here."""
    _check(group, trustees, dummy)
    return make_partial_decryption(group, _fingerprint(trustees), x, dummy.tally)


def check_rehearsal(
    group: Group,
    trustees: Trustees,
    dummy: Dummy,
    decryptions: Mapping[int, PartialDecryption],
) -> None:
    """Refused unless every part is right and together they give the number.

    ``decryptions``: by the trustees' numbers; the threshold at least.
    """
    _check(group, trustees, dummy)
    for owner, decryption in decryptions.items():
        check_part(group, trustees, dummy, owner, decryption)
    result = make_result(group, trustees, dummy.tally, decryptions, MOST)
    if result.result != ((dummy.number,),):
        raise Refused("wrong-rehearsal", "the rehearsal gives another number", "试解密结果不符")


def check_part(
    group: Group, trustees: Trustees, dummy: Dummy, owner: int, decryption: PartialDecryption
) -> None:
    """Refused unless one trustee's part is right."""
    keys = trustees.verification_keys
    if not 0 < owner <= len(keys):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    key = keys[owner - 1].public_key
    factor = group.exp(group.parse(key), dummy.randomness)
    if decryption.decryption_factors != ((group.text(factor),),):
        raise Refused(
            "false-rehearsal",
            f"the part of trustee {owner} does not follow from her key",
            f"第 {owner} 位监票人的试解密与其密钥不符",
        )
    check_partial_decryption(group, _fingerprint(trustees), key, dummy.tally, decryption)


def _check(group: Group, trustees: Trustees, dummy: Dummy) -> None:
    key = trustees.election_key
    if dummy.ciphertext != _encryption(group, key, dummy.number, dummy.randomness):
        raise Refused(
            "no-dummy",
            "this is no encryption of the number with the randomness that is shown",
            "这不是以所示随机数对该数的加密",
        )


def _encryption(group: Group, election_key: str, number: int, randomness: int) -> Ciphertext:
    masked = group.exp(group.parse(election_key), randomness)
    beta = group.mul(masked, group.exp_g(number))
    return Ciphertext.of(group, group.exp_g(randomness), beta)


def _fingerprint(trustees: Trustees) -> str:
    """Where an election's φ stands, and not to be taken for one."""
    return f"minsheng-rehearsal-1|{trustees.hash}"
