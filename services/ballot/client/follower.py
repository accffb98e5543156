"""Following a board (跟踪公告板): every claim that ``verify`` makes, on one's own growing copy.

A ballot's proofs are checked once, when it comes; all else is judged anew each time, by the same
claims.  So at the end of the vote little is left to compute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from services.ballot.annex import congress, protocol, workers
from services.ballot.annex.case import Case, Progress
from services.ballot.annex.copying import alphas
from services.ballot.annex.verification import STEPS, Claim
from services.ballot.annex.workers import Choices, Judged
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.board import RESULT
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.refused import Refused

from .copy import Copy
from .gateway import Service
from .trouble import Trouble


class Follower:
    """A copy with what was judged of it.

    ``processes``: for many ballots at once; ``afresh``: forget what earlier commands verified.
    """

    def __init__(
        self,
        folder: Path,
        uuid: str,
        *,
        processes: int = 1,
        afresh: bool = False,
        progress: Progress = lambda done, total: None,
    ) -> None:
        self.copy = Copy(folder, uuid)
        self._processes, self._progress = processes, progress
        self._known = 0 if afresh else self.copy.verified
        self._judged: list[Judged] = []
        self._case: Case | None = None

    @property
    def case(self) -> Case:
        """What the last check read; Trouble before one."""
        if self._case is None:
            raise Trouble("not-verified", "副本尚未验证", "the copy is not verified yet")
        return self._case

    @property
    def stage(self) -> str:
        """The type of the board's newest event, "" before the first."""
        return self.copy.entries[-1].event.type if self.copy.entries else ""

    def update(self, service: Service) -> int:
        """Fetch and verify what is new; how many members.  Trouble, loud, if anything is wrong."""
        self._case = None
        grown = self.copy.update(service)
        self.check()
        return grown

    def check(self) -> Case:
        """Verify the copy; Trouble with the first claim that does not hold."""
        for claim in self.claims():
            if claim.refused is not None:
                raise Trouble.of(
                    claim.refused,
                    about_zh=f"验证不通过({claim.zh}):",
                    about_en=f"it does not hold that {claim.en}: ",
                )
        return self.case

    def claims(self) -> Iterator[Claim]:
        """All claims about the copy as it stands, true or not."""
        self._case = None
        case = Case(b"", b"", (), None, self._processes, self._progress)
        own: dict[Callable[[Case], str], Callable[[Case], str]] = {
            protocol.judge_archive: self._archive,
            protocol.judge_board: self._board,
            congress.judge_annex: self._annex,
            protocol.judge_ballots: self._ballots,
        }
        held = True
        for step in STEPS:
            if not step.applies(case) or step.since and not case.has(step.since):
                continue
            try:
                note = own.get(step.judge, step.judge)(case)
            except Refused as refused:
                held = False
                yield Claim(step.zh, step.en, refused=refused)
                if step.vital:
                    return
            else:
                yield Claim(step.zh, step.en, note)
        if held:
            self._case = case
            self.copy.note_verified(len(self._judged))

    def _archive(self, case: Case) -> str:
        """Its bytes were read strictly from disk, or were written by this command."""
        case.archive = self.copy.archive
        return f"{len(case.archive.members)}"

    def _board(self, case: Case) -> str:
        case.entries = self.copy.entries
        if not case.entries:
            raise Refused("no-setup", "the archive has no Setup yet", "档案尚无 Setup 事件")
        self.copy.board.check_nothing_waits()
        return f"{case.stage}, {len(case.entries)}"

    def _annex(self, case: Case) -> str:
        case.chain = self.copy.chain
        case.manifest = case.chain.manifest
        return f"{len(case.chain.lines)}"

    def _ballots(self, case: Case) -> str:
        texts, kind = case.ballots, case.manifest.kind
        while len(self._judged) < min(self._known, len(texts)):
            self._judged.append(_known(case.election, kind, texts[len(self._judged)]))
        new = texts[len(self._judged) :]
        with workers.judging(case.election, kind, new, self._processes) as judged:
            for done, (text, one) in enumerate(zip(new, judged, strict=True), 1):
                if isinstance(one, Refused):
                    tracker = sha256_base64(text.encode())
                    raise Refused(
                        one.code, f"ballot {tracker}: {one.en}", f"选票 {tracker}:{one.zh}"
                    )
                self._judged.append(one)
                self._progress(done, len(new))
        case.judged = list(self._judged)
        return f"{len(texts)}"


def follow(
    service: Service,
    follower: Follower,
    *,
    until: str | None,
    pause: Callable[[Follower, int], None],
) -> None:
    """Follow until the board has this event (None: once).

    ``pause`` is told of every round and how much it brought, and waits.
    """
    while True:
        grown = follower.update(service)
        if until is None or follower.case.has(until) or follower.case.has(RESULT):
            return
        pause(follower, grown)


def _known(election: Election, kind: int, text: str) -> Judged:
    """A ballot whose proofs were checked by an earlier command."""
    ballot = Ballot.from_text(text, election)
    answers = tuple(Choices(answer.choices) for answer in ballot.answers)
    return Judged(ballot.credential, ballot.unsigned_hash, answers, alphas(ballot, kind))
