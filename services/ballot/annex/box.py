"""The ballot box: which ballots may go into it, whatever their proofs say.

A ballot may be cast by a credential that is on the roll and not withdrawn, again only where the
manifest allows it and not often, with ciphertexts that were never in the box, and unless its voter
had it opened.  The same rules are for a ballot that comes and for an archive that is verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from services.ballot.belenios.refused import Refused

#: Ballots that one credential may cast in one election with an annex, the first included: enough
#: for whoever changes her mind, and too few to flood the board.
MOST_BALLOTS = 10


class Box:
    """Ballots that came so far: whose, and all their α.

    ``roll``: public credentials; ``spoiled``: ``signature.hash`` of ballots that were opened;
    ``most``: ballots of one credential, as many as anybody likes if it is None.
    """

    def __init__(
        self,
        roll: Iterable[str],
        *,
        recast: bool = True,
        most: int | None = None,
        withdrawn: Iterable[str] = (),
        spoiled: Iterable[str] = (),
    ) -> None:
        self._roll = frozenset(roll)
        self._recast = recast
        self._most = most
        self._withdrawn = frozenset(withdrawn)
        self._spoiled = frozenset(spoiled)
        self._ballots: Counter[str] = Counter()
        self._alphas: set[str] = set()

    def take(self, credential: str, alphas: Sequence[str], unsigned_hash: str) -> None:
        """Put a ballot in; Refused if it may not go in."""
        self.check_credential(credential)
        self.check_not_spoiled(unsigned_hash)
        self.take_vote(credential)
        self.take_ciphertexts(alphas)

    def check_credential(self, credential: str) -> None:
        """Refused unless the credential is on the roll and was not withdrawn."""
        if credential not in self._roll:
            raise Refused(
                "unknown-credential",
                "this credential is not on the roll of this election",
                "投票凭证不在本次票决的名册上",
            )
        if credential in self._withdrawn:
            raise Refused(
                "withdrawn-credential",
                "this credential was withdrawn: its deputy votes on paper",
                "该投票凭证已注销:该代表改用纸质票",
            )

    def check_not_spoiled(self, unsigned_hash: str) -> None:
        """Refused for a ballot whose choices and randomness were shown."""
        if unsigned_hash in self._spoiled:
            raise Refused(
                "spoiled-ballot",
                "this ballot was opened for checking and cannot be cast",
                "该选票已公开查验,不能再投",
            )

    def take_vote(self, credential: str) -> None:
        """Note who voted; Refused for a second ballot where there is none, or one too many."""
        if self._ballots[credential] and not self._recast:
            raise Refused(
                "no-recast", "this election allows one ballot only", "本次票决不允许重新投票"
            )
        if self._most is not None and self._ballots[credential] >= self._most:
            raise Refused(
                "too-many-recasts",
                f"this credential has cast {self._most} ballots already, which is the most",
                f"该投票凭证已投 {self._most} 张选票,达到上限",
            )
        self._ballots[credential] += 1

    def take_ciphertexts(self, alphas: Sequence[str]) -> None:
        """Note the α of a ballot; Refused if one was there before, in whosever ballot.

        So an earlier ballot cannot come again after a recast, nor a part of another's ballot.
        """
        if not self._alphas.isdisjoint(alphas):
            raise Refused(
                "alpha-seen",
                "a ciphertext of this ballot was cast before",
                "该选票含有此前已投过的密文",
            )
        self._alphas.update(alphas)
