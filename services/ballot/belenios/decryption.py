"""Partial decryptions: what each trustee makes of the encrypted tally with her key.

Specification, section "Partial decryptions".  The challenge of these proofs binds neither the
ciphertext nor the factor, so they do not detect every dishonest trustee; the annex carries a second
proof that does (``services.ballot.annex.decrypting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .encoding import array, canonical, dumps, encoded, fields, hash_text, integer, sha256_hex
from .equality import Hashed, equal, prove_equality
from .group import Group
from .pki import written
from .proof import Proof, iproof_from_data
from .refused import Refused
from .tally import MOST_BYTES, EncryptedTally


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """``partial_decryption``: α^x of every ciphertext, and the proof of it."""

    decryption_factors: tuple[tuple[str, ...], ...]
    decryption_proofs: tuple[tuple[Proof, ...], ...]

    @classmethod
    def from_text(cls, text: str, group: Group, shape: Sequence[int]) -> PartialDecryption:
        """Read its JSON; Refused unless it has the tally's ``shape`` and holds elements."""
        data = canonical(text, most=MOST_BYTES)
        read = fields(data, "decryption_factors", "decryption_proofs")
        factors = array(read["decryption_factors"], len(shape))
        proofs = array(read["decryption_proofs"], len(shape))
        made = cls(
            tuple(tuple(array(row, n)) for row, n in zip(factors, shape, strict=True)),
            tuple(iproof_from_data(row, n, group.q) for row, n in zip(proofs, shape, strict=True)),
        )
        for factor in (factor for row in made.decryption_factors for factor in row):
            group.parse(factor, identity=True)
        return written(made, text)

    @property
    def hash(self) -> str:
        """Its name in an archive: SHA-256 in hexadecimal digits."""
        return sha256_hex(encoded(self.to_text()))

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "decryption_factors": [list(row) for row in self.decryption_factors],
            "decryption_proofs": [[one.to_data() for one in row] for row in self.decryption_proofs],
        }

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


@dataclass(frozen=True, slots=True)
class OwnedPartialDecryption:
    """``owned_partial_decryption``: whose a partial decryption is; trustees count from 1."""

    owner: int
    payload: str

    @classmethod
    def from_text(cls, text: str) -> OwnedPartialDecryption:
        """Read its JSON."""
        read = fields(canonical(text, most=1000), "owner", "payload")
        made = cls(integer(read["owner"], most=1000), hash_text(read["payload"]))
        if not made.owner:
            raise Refused("no-such-trustee", "trustees are numbered from 1", "监票人编号从 1 开始")
        return written(made, text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {"owner": self.owner, "payload": self.payload}

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


def make_partial_decryption(
    group: Group, fingerprint: str, x: int, tally: EncryptedTally
) -> PartialDecryption:
    """Decrypt with a private key.  ``fingerprint``: the election's φ.

    Whoever calls this has checked the tally against the ballots: it decrypts whatever it is given.
    """
    hashed = _hashed(fingerprint, group.text(group.exp_g(x)))
    alphas = [[group.parse(one.alpha, identity=True) for one in row] for row in tally.ciphertexts]
    return PartialDecryption(
        tuple(tuple(group.text(group.exp_secret(one, x)) for one in row) for row in alphas),
        tuple(tuple(prove_equality(group, x, one, hashed) for one in row) for row in alphas),
    )


def check_partial_decryption(
    group: Group,
    fingerprint: str,
    public_key: str,
    tally: EncryptedTally,
    decryption: PartialDecryption,
) -> None:
    """Refused unless every factor has Belenios' proof for this trustee's public key."""
    public, hashed = group.parse(public_key), _hashed(fingerprint, public_key)
    if not tally.shape == shape_of(decryption) == tuple(map(len, decryption.decryption_proofs)):
        raise Refused("wrong-length", "the decryption has another shape", "解密结果与计票形状不符")
    for row, factors, proofs in zip(
        tally.ciphertexts, decryption.decryption_factors, decryption.decryption_proofs, strict=True
    ):
        for one, text, proof in zip(row, factors, proofs, strict=True):
            alpha = group.parse(one.alpha, identity=True)
            factor = group.parse(text, identity=True)
            if not equal(group, public, alpha, factor, proof, hashed):
                raise false_decryption()


def shape_of(decryption: PartialDecryption) -> tuple[int, ...]:
    """For every question, how many factors."""
    return tuple(map(len, decryption.decryption_factors))


def false_decryption() -> Refused:
    """What a factor without a valid proof is refused with."""
    return Refused(
        "false-decryption",
        "a decryption factor does not follow from the trustee's key",
        "解密因子与监票人的密钥不符",
    )


def _hashed(fingerprint: str, public_key: str) -> Hashed:
    return lambda both: f"decrypt|{fingerprint}|{public_key}|{both}"
