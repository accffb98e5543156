"""What tests of the protocol need: the vectors' messages, and small elections with known keys."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from services.ballot.belenios.ballot import Ballot, make_ballot, sign
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.credential import make_credential
from services.ballot.belenios.election import Election
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.question import Question

VECTORS = Path(__file__).parent / "vectors"
SECRETS = VECTORS / "ed25519-secrets"
ED25519 = "ed25519-threshold-2of3-100ballots.bel"
BELENIOS_2048 = "belenios2048-threshold-2of3-100ballots.bel"
SINGLE = "belenios2048-single-5ballots.bel"
#: The private key of every election made here.
X = 987654321987654321987654321
UUID = "1A2B3C4D5E6F7G"
BLANK = Question(("甲", "乙"), 1, 2, "至多两项", blank=True)
PLAIN = Question(("甲", "乙", "丙"), 0, 2, "至多两项")


@cache
def messages(name: str) -> tuple[str, ...]:
    """The JSON texts of an archive of the vectors, in order, its header left out."""
    data, found, offset = (VECTORS / name).read_bytes(), [], 0
    while offset < len(data):
        size = int(data[offset + 124 : offset + 135], 8)
        found.append(data[offset + 512 : offset + 512 + size].decode())
        offset += 512 + -(-size // 512) * 512
    return tuple(found[1:])


@cache
def election_of(name: str) -> Election:
    """The election of an archive of the vectors."""
    (text,) = (one for one in messages(name) if '"questions":' in one)
    return Election.from_text(text)


def ballots_of(name: str) -> tuple[str, ...]:
    """The ballots of an archive of the vectors."""
    return tuple(one for one in messages(name) if one.startswith('{"election_uuid"'))


@cache
def election(*questions: Question, group: str = "Ed25519", uuid: str = UUID) -> Election:
    """An election whose private key is X."""
    chosen = GROUPS[group]
    return Election.made(
        name="民生实事项目票决",
        description="示例",
        group=chosen,
        public_key=chosen.text(chosen.exp_g(X)),
        questions=questions,
        uuid=uuid,
    )


def cast(at: Election, plaintext: list[list[int]], credential: str | None = None) -> Ballot:
    """A signed ballot."""
    credential = credential or make_credential()
    return sign(at, credential, make_ballot(at, credential, plaintext).ballot)


def decrypted(at: Election, ciphertext: Ciphertext, most: int = 100) -> int:
    """The number that a ciphertext holds, found with the private key and by trying."""
    group = at.group
    alpha, beta = ciphertext.elements(group)
    wanted = group.div(beta, group.exp(alpha, X))
    return next(m for m in range(most + 1) if group.exp_g(m) == wanted)
