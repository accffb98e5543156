"""Scrutineers sign the end of the vote (会签), each from a copy of the board that she verified.

Only when more than half of all have signed the same EndBallots event does anybody decrypt: so a
board that shows different people different ballots gets no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.ballot.belenios.certificate import Certificate, own_index
from services.ballot.belenios.encoding import fields, hash_text, integer
from services.ballot.belenios.group import Group
from services.ballot.belenios.pki import sign, signing_key, verify
from services.ballot.belenios.proof import Proof
from services.ballot.belenios.refused import Refused


@dataclass(frozen=True, slots=True)
class Cosignature:
    """``index``: whose, from 1.  ``event``: hash of the EndBallots event, in hexadecimal."""

    index: int
    event: str
    signature: Proof

    @classmethod
    def from_data(cls, data: Any, q: int) -> Cosignature:
        """Read it; the signature is not checked."""
        read = fields(data, "index", "event", "signature")
        signature = Proof.from_data(read["signature"], q)
        return cls(integer(read["index"]), hash_text(read["event"]), signature)

    def to_data(self) -> dict[str, Any]:
        """JSON-able data."""
        return {"index": self.index, "event": self.event, "signature": self.signature.to_data()}


def cosign(
    group: Group, seed: str, certs: Sequence[Certificate], uuid: str, event: str
) -> Cosignature:
    """Sign the end of an election.  Whoever calls this has verified the board up to the event."""
    index = own_index(group, certs, seed)
    signed = sign(group, signing_key(group, seed), _message(uuid, event))
    return Cosignature(index, event, signed.signature)


def check_cosignature(
    group: Group, certs: Sequence[Certificate], uuid: str, event: str, one: Cosignature
) -> None:
    """Refused unless a scrutineer signed just this event."""
    if not 0 < one.index <= len(certs):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    if one.event != event:
        raise Refused(
            "other-end",
            f"trustee {one.index} signed another end of the vote",
            f"第 {one.index} 位监票人签署的是另一结束记录",
        )
    vk = group.parse(certs[one.index - 1].keys.verification)
    if not verify(group, vk, _message(uuid, event), one.signature):
        raise Refused(
            "bad-signature",
            f"the signature of trustee {one.index} is not valid",
            f"第 {one.index} 位监票人的签名无效",
        )


def check_cosigned(
    group: Group,
    certs: Sequence[Certificate],
    uuid: str,
    event: str,
    cosignatures: Iterable[Cosignature],
) -> tuple[int, ...]:
    """Who signed; Refused unless more than half of all did, each at most once."""
    signers: list[int] = []
    for one in cosignatures:
        check_cosignature(group, certs, uuid, event, one)
        if one.index in signers:
            raise Refused(
                "signed-twice",
                f"trustee {one.index} signed twice",
                f"第 {one.index} 位监票人重复签署",
            )
        signers.append(one.index)
    if 2 * len(signers) <= len(certs):
        raise Refused(
            "too-few-cosignatures",
            f"{len(signers)} of {len(certs)} scrutineers signed the end: not more than half",
            f"{len(certs)} 位监票人中只有 {len(signers)} 位会签,未过半数",
        )
    return tuple(sorted(signers))


def _message(uuid: str, event: str) -> str:
    return f"minsheng-end-1|{uuid}|{event}"
