"""The second proof of every decryption factor, which binds all that it is about.

Its challenge is SHA-256 of ``minsheng-decrypt-1|φ|T|owner|q,i|X|α|d|A,B`` modulo q: the election's
fingerprint, the hash of the encrypted tally, the trustee's number from 1, the places of question
and answer from 0, her public key, the ciphertext's α, the factor, and the proof's commitments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.ballot.belenios.decryption import (
    PartialDecryption,
    check_partial_decryption,
    false_decryption,
    make_partial_decryption,
    shape_of,
)
from services.ballot.belenios.encoding import (
    array,
    dumps,
    encoded,
    fields,
    hash_text,
    integer,
    sha256_hex,
)
from services.ballot.belenios.equality import Hashed, equal, prove_equality
from services.ballot.belenios.group import Element, Group
from services.ballot.belenios.proof import Proof, iproof_from_data
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.result import lagrange
from services.ballot.belenios.tally import EncryptedTally
from services.ballot.belenios.threshold import ThresholdParameters
from services.ballot.belenios.trustee import Trustees


@dataclass(frozen=True, slots=True)
class DecryptionProofs:
    """The proofs for one partial decryption, which is named by its hash."""

    owner: int
    decryption: str
    proofs: tuple[tuple[Proof, ...], ...]

    @classmethod
    def from_data(cls, data: Any, q: int, shape: Sequence[int]) -> DecryptionProofs:
        """Read them; Refused unless there is one for each answer of ``shape``."""
        read = fields(data, "owner", "decryption", "proofs")
        rows = array(read["proofs"], len(shape))
        proofs = tuple(iproof_from_data(row, n, q) for row, n in zip(rows, shape, strict=True))
        return cls(integer(read["owner"]), hash_text(read["decryption"]), proofs)

    def to_data(self) -> dict[str, Any]:
        """JSON-able data."""
        return {
            "owner": self.owner,
            "decryption": self.decryption,
            "proofs": [[one.to_data() for one in row] for row in self.proofs],
        }


#: What a trustee hands in: Belenios' message and our proofs.
Decrypted = tuple[PartialDecryption, DecryptionProofs]


def handed_in_hash(decrypted: Decrypted) -> str:
    """What names all that a trustee handed in, proofs included.

    By a hash of the decryption alone, a true one would be taken for the same with a false proof.
    """
    decryption, proofs = decrypted
    return sha256_hex(encoded(f"{decryption.to_text()}|{dumps(proofs.to_data())}"))


def decrypt(group: Group, fingerprint: str, owner: int, x: int, tally: EncryptedTally) -> Decrypted:
    """One trustee's decryption of an election's only aggregate, with both proofs.

    Whoever calls this has followed the board, counted the ballots, and decrypts nothing else of the
    election, ever.
    """
    decryption = make_partial_decryption(group, fingerprint, x, tally)
    place = _Place(fingerprint, tally.hash, owner, group.text(group.exp_g(x)))
    proofs = tuple(
        tuple(
            prove_equality(
                group, x, group.parse(one.alpha, identity=True), place.hashed(q, i, one.alpha, d)
            )
            for i, (one, d) in enumerate(zip(row, factors, strict=True))
        )
        for q, (row, factors) in enumerate(
            zip(tally.ciphertexts, decryption.decryption_factors, strict=True)
        )
    )
    return decryption, DecryptionProofs(owner, decryption.hash, proofs)


def check_decryption(
    group: Group,
    fingerprint: str,
    trustees: Trustees,
    owner: int,
    tally: EncryptedTally,
    decrypted: Decrypted,
) -> None:
    """Refused unless trustee ``owner`` decrypted this tally, by both proofs."""
    keys = trustees.verification_keys
    if not 0 < owner <= len(keys):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    key = keys[owner - 1].public_key
    check_partial_decryption(group, fingerprint, key, tally, decrypted[0])
    check_proofs(group, fingerprint, key, owner, tally, decrypted)


def check_proofs(
    group: Group,
    fingerprint: str,
    public_key: str,
    owner: int,
    tally: EncryptedTally,
    decrypted: Decrypted,
) -> None:
    """Refused unless our own proofs hold."""
    decryption, bound = decrypted
    if (bound.owner, bound.decryption) != (owner, decryption.hash):
        raise Refused(
            "other-decryption",
            "these proofs are for another partial decryption",
            "证明对应的是另一份部分解密",
        )
    if not tally.shape == shape_of(decryption) == tuple(map(len, bound.proofs)):
        raise Refused("wrong-length", "the proofs have another shape", "证明数与计票形状不符")
    place, public = _Place(fingerprint, tally.hash, owner, public_key), group.parse(public_key)
    for q, row in enumerate(tally.ciphertexts):
        for i, one in enumerate(row):
            d = decryption.decryption_factors[q][i]
            alpha, factor = (group.parse(text, identity=True) for text in (one.alpha, d))
            hashed = place.hashed(q, i, one.alpha, d)
            if not equal(group, public, alpha, factor, bound.proofs[q][i], hashed):
                raise false_decryption()


def sift(
    group: Group,
    fingerprint: str,
    trustees: Trustees,
    tally: EncryptedTally,
    handed_in: Mapping[int, Decrypted],
) -> tuple[dict[int, PartialDecryption], dict[int, Refused]]:
    """The true decryptions, and why each of the others is false, by the trustees' numbers.

    The tally goes on while enough are true; a false one stays out of the archive and is named.
    """
    true: dict[int, PartialDecryption] = {}
    false: dict[int, Refused] = {}
    for owner, decrypted in sorted(handed_in.items()):
        try:
            check_decryption(group, fingerprint, trustees, owner, tally, decrypted)
        except Refused as why:
            false[owner] = why
        else:
            true[owner] = decrypted[0]
    return true, false


def check_every_subset(
    group: Group, trustees: Trustees, decryptions: Mapping[int, PartialDecryption]
) -> None:
    """Refused unless every set of enough scrutineers gives the same factors.

    The factors of a threshold group lie on one polynomial in the exponent: so do all subsets, if
    each factor beyond the first ``threshold`` is the one that those give for its place.
    """
    for item, owners in trustees.groups:
        present = [owner for owner in owners if owner in decryptions]
        if not isinstance(item, ThresholdParameters) or len(present) <= item.threshold:
            continue
        taken = present[: item.threshold]  # numbers may count from anywhere: differences matter
        for owner in present[item.threshold :]:
            weights = lagrange(taken, owner, group.q)
            expected = _interpolated(group, [decryptions[one] for one in taken], weights)
            if expected != decryptions[owner].decryption_factors:
                raise Refused(
                    "factors-disagree",
                    f"the factors of trustee {owner} disagree with those of {taken}",
                    f"第 {owner} 位监票人的解密因子与其他人的不一致",
                )


def _interpolated(
    group: Group, taken: Sequence[PartialDecryption], weights: Sequence[int]
) -> tuple[tuple[str, ...], ...]:
    def at(q: int, i: int) -> Element:
        product = group.one
        for one, weight in zip(taken, weights, strict=True):
            factor = group.parse(one.decryption_factors[q][i], identity=True)
            product = group.mul(product, group.exp(factor, weight))
        return group.text(product)

    shape = shape_of(taken[0])
    return tuple(tuple(at(q, i) for i in range(length)) for q, length in enumerate(shape))


@dataclass(frozen=True, slots=True)
class _Place:
    """What all challenges of one trustee have in common."""

    fingerprint: str
    tally: str
    owner: int
    public_key: str

    def hashed(self, q: int, i: int, alpha: str, d: str) -> Hashed:
        start = f"minsheng-decrypt-1|{self.fingerprint}|{self.tally}|{self.owner}|{q},{i}"
        return lambda both: f"{start}|{self.public_key}|{alpha}|{d}|{both}"
