"""One electronic vote (电子票决): a Belenios election on a public board, from Setup to Result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nacl.signing import SigningKey

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from ..annex.chain import Chain
from ..belenios.board import Board, Event
from ..belenios.encoding import sha256_hex
from .board import AnnexLine, Member


class State(StrEnum):
    """What an election waits for: ballots, the scrutineers' decryption, nothing; or it is void."""

    OPEN = "open"
    CLOSED = "closed"
    TALLIED = "tallied"
    VOID = "void"


@dataclass(eq=False, kw_only=True)
class Election(Aggregate):
    """One election.

    ``uuid``: Belenios' identifier.  ``timestamp``: the archive's, seconds since the epoch.
    ``manifest``: see ``services.ballot.annex.manifest``.  ``last_event``, ``last_line``: the texts
    that the archive and the annex end with; ``members``, ``annex_lines``: how many they have.
    ``sums``: the encrypted tally of the ballots that count so far.  ``cast``: how many count.
    ``voted``: how many logins had been noted as voted at the close; ``difference_because``: why
    more ballots were cast.  ``cosigned``, ``decrypted``: trustees by their owner number, from 1.
    ``board_key``: sealed.
    """

    id: str
    uuid: str
    ballot_id: str
    round: int
    state: str
    manifest: dict[str, Any]
    timestamp: str
    board_key: bytes
    sums: str
    opened_on: dt.date
    opened_by: str
    recorded_at: dt.datetime
    last_event: str = ""
    members: int = 0
    last_line: str = ""
    annex_lines: int = 0
    cast: int = 0
    voted: int | None = None
    difference_because: str | None = None
    cosigned: list[int]
    decrypted: list[int]
    result: list[list[int]] | None = None
    closed_on: dt.date | None = None
    closed_by: str | None = None
    tallied_on: dt.date | None = None
    tallied_by: str | None = None
    void_because: str | None = None
    voided_on: dt.date | None = None
    voided_by: str | None = None
    version: int = 0

    @classmethod
    def open(
        cls,
        *,
        uuid: str,
        ballot_id: str,
        round_number: int,
        manifest: dict[str, Any],
        timestamp: str,
        board_key: bytes,
        sums: str,
        on: dt.date,
        by: str,
        recorded_at: dt.datetime,
    ) -> Election:
        """An election whose board is still blank; ``sums`` of no ballots."""
        election = cls(
            id=new_id(),
            uuid=uuid,
            ballot_id=ballot_id,
            round=round_number,
            state=State.OPEN.value,
            manifest=manifest,
            timestamp=timestamp,
            board_key=board_key,
            sums=sums,
            opened_on=on,
            opened_by=by,
            recorded_at=recorded_at,
            cosigned=[],
            decrypted=[],
        )
        election.record("election.opened.v1", opened_on=on.isoformat())
        return election

    def append(self, type_: str, *data: str) -> list[Member]:
        """What the archive grows by: data, then an event whose payload is the last of them.

        Refused if the event may not follow the last one.
        """
        board = Board.resumed(self.last_event, self.decrypted) if self.last_event else Board()
        members = [
            Member(
                election_id=self.id,
                number=number,
                kind=one.kind,
                hash=one.hash,
                text=one.text,
            )
            for number, one in enumerate(board.append(type_, *data), self.members + 1)
        ]
        self.members += len(members)
        self.last_event = members[-1].text
        return members

    def note(self, type_: str, payload: dict[str, Any], key: SigningKey) -> AnnexLine:
        """The annex's next line, signed with the board's key."""
        chain = Chain.resumed(self.last_line, self.board_public_key) if self.last_line else Chain()
        self.last_line = chain.append(type_, payload, key)
        self.annex_lines += 1
        return AnnexLine(election_id=self.id, number=self.annex_lines - 1, text=self.last_line)

    @property
    def board_public_key(self) -> str:
        """The key that receipts and the annex are checked with."""
        key: str = self.manifest["board_key"]
        return key

    @property
    def height(self) -> int:
        """Of the last event."""
        return Event.from_text(self.last_event).height

    @property
    def head(self) -> str:
        """The hash of the last event: it stands for the whole archive."""
        return sha256_hex(self.last_event.encode())

    def count_ballot(self, sums: str, *, again: bool) -> None:
        """A ballot has come; ``again``: it replaces one of the same credential."""
        self.must_be(State.OPEN)
        self.sums = sums
        self.cast += not again

    def close(
        self,
        *,
        by: str,
        on: dt.date,
        issued: int,
        present: int,
        voted: int,
        difference_because: str | None = None,
    ) -> None:
        """End the voting; raises Conflict unless it is open, or if a difference is unexplained.

        ``voted``: logins that were noted as voted.  More ballots than credentials handed out, or
        more of these than deputies present, make the vote void (选举法 art. 44, by analogy).
        """
        self.must_be(State.OPEN)
        if self.cast > voted and difference_because is None:
            raise Conflict(
                "more-cast-than-voted",
                f"{self.cast} ballots were cast, but only {voted} logins are noted as voted: a "
                "ballot may be about to be noted or a process may have ended in between, or one "
                "login used several credentials; try again, look into it, or state why it is so",
                f"已投 {self.cast} 票,但登记为已投票的登录仅 {voted} 个:可能尚有选票正在登记、"
                "程序中途退出,或同一登录使用了多个凭证;请稍后再试、查明原因,或说明理由",
            )
        self.voted = voted
        self.difference_because = difference_because if self.cast > voted else None
        self.closed_by, self.closed_on = by, not_before(on, self.opened_on)
        self.state = State.CLOSED.value
        self.record(
            "election.closed.v1",
            closed_on=on.isoformat(),
            issued=issued,
            not_cast=issued - self.cast,
            voted=voted,
            difference_because=self.difference_because,
        )
        if not self.cast <= issued <= present:
            self.void(
                f"cast {self.cast}, issued {issued}, present {present}: must not grow", by=by, on=on
            )

    def cosign(self, index: int) -> None:
        """A scrutineer has signed the end of the voting; a second time changes nothing."""
        self.must_be(State.CLOSED, State.TALLIED)
        if index not in self.cosigned:
            self.cosigned = sorted({*self.cosigned, index})
            self.record("election.cosigned.v1", trustee=index)

    def check_decryptable(self, trustees: int) -> None:
        """Raise Conflict unless partial decryptions may be made now.

        More than half of the scrutineers must have signed the end of the voting, and fewer ballots
        than the method's least number are never decrypted: they would show who voted how.
        """
        self.must_be(State.CLOSED)
        least = self.manifest["least_ballots"]
        if self.cast < least:
            raise Conflict(
                "too-few-ballots",
                f"{self.cast} ballots were cast; fewer than {least} are never decrypted",
                f"仅投 {self.cast} 票,少于 {least} 票不予解密",
            )
        if 2 * len(self.cosigned) <= trustees:
            raise Conflict(
                "end-not-cosigned",
                f"{len(self.cosigned)} of {trustees} scrutineers signed the end of the voting; "
                "more than half must",
                f"{trustees} 名监票人中仅 {len(self.cosigned)} 人签署投票截止,须过半数",
            )

    def check_nothing_decrypted(self) -> None:
        """Raise Conflict once anybody has decrypted: papers are counted before."""
        if self.decrypted:
            raise Conflict(
                "decryption-begun",
                "a scrutineer has decrypted, so the electronic result may be known; "
                "no count of papers is entered any more",
                "已有监票人解密,电子票结果可能已知,不得再录入纸质票计票结果",
            )

    def check_not_decrypted(self, index: int) -> None:
        """Raise Conflict if a scrutineer has decrypted already: each does so once."""
        if index in self.decrypted:
            raise Conflict(
                "decrypted-already",
                f"scrutineer {index} has decrypted already",
                f"第 {index} 号监票人已经解密",
            )

    def check_result_unknown(self) -> None:
        """Raise Conflict once as many have decrypted as a result needs: anybody can compute it.

        A result that somebody dislikes could else be thrown away.
        """
        number, threshold = len(self.decrypted), self.manifest["threshold"]
        if number >= threshold:
            raise Conflict(
                "result-computable",
                f"{number} scrutineers have decrypted, so anybody can compute the result; only "
                "the executive chairperson may declare the whole ballot void, with a reason",
                f"已有 {number} 名监票人解密,任何人都能算出结果;"
                "仅大会执行主席可写明理由宣布整个票决无效",
            )

    def check_decrypted(self) -> None:
        """Raise Conflict unless as many have decrypted as a result needs."""
        number, threshold = len(self.decrypted), self.manifest["threshold"]
        if number < threshold:
            raise Conflict(
                "too-few-decryptions",
                f"{number} scrutineers have decrypted; the result needs {threshold}",
                f"仅 {number} 名监票人完成解密,计算结果须有 {threshold} 名",
            )

    def decrypt(self, index: int) -> None:
        """A scrutineer's partial decryption stands on the board; once each."""
        self.check_not_decrypted(index)
        self.decrypted = [*self.decrypted, index]
        self.record("election.decrypted.v1", trustee=index)

    def tally(self, result: list[list[int]], *, by: str, on: dt.date) -> None:
        """The result stands on the board: nothing follows it."""
        self.must_be(State.CLOSED)
        self.result = result
        self.tallied_by, self.tallied_on = by, not_before(on, self.closed_on)
        self.state = State.TALLIED.value
        self.record("election.tallied.v1", tallied_on=on.isoformat())

    def void(self, because: str, *, by: str, on: dt.date) -> None:
        """The vote does not count and must be held again; raises Conflict once it is tallied."""
        self.must_be(State.OPEN, State.CLOSED)
        self.state, self.void_because = State.VOID.value, because
        self.voided_by, self.voided_on = by, on
        self.record("election.voided.v1", voided_on=on.isoformat())

    def must_be(self, *states: State) -> None:
        """Raise Conflict in any other state."""
        if self.state not in states:
            raise Conflict(
                "election-state",
                f"the election is {self.state}; this needs it to be {' or '.join(states)}",
                f"电子票决当前状态为 {self.state},此操作要求 {' 或 '.join(states)}",
            )

    def public_state(self) -> dict[str, Any]:
        """Which election it is and how many ballots count: never who, what or when."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "ballot_id": self.ballot_id,
            "round": self.round,
            "state": self.state,
            "cast": self.cast,
            "head": self.head,
        }


def check_credentials(number: int, *, roll: int, least_papers: int) -> None:
    """Raise Invalid unless so many credentials can be the roll's; the others vote on paper.

    The electronic result is public, so a few papers beside it would show what stands on them.
    """
    on_paper = roll - number
    if on_paper < 0:
        raise Invalid(
            "too-many-credentials",
            f"{number} credentials for {roll} deputies",
            f"代表 {roll} 人,凭证却有 {number} 个",
            [{"pointer": "/credentials", "detail": f"at most {roll}"}],
        )
    if 0 < on_paper < least_papers:
        raise Invalid(
            "too-few-papers",
            f"{on_paper} deputies would vote on paper; it must be none or at least {least_papers}",
            f"纸质投票的代表仅 {on_paper} 人,应为 0 人或至少 {least_papers} 人",
            [{"pointer": "/credentials", "detail": f"{roll}, or {roll - least_papers} at most"}],
        )


def seen(texts: Sequence[str]) -> list[bytes]:
    """What is kept of α: their SHA-256."""
    return [bytes.fromhex(sha256_hex(text.encode())) for text in texts]
