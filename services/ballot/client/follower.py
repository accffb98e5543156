"""Following a board (跟踪公告板): every claim that ``verify`` makes, on one's own growing copy.

A ballot's proofs are checked once, when it comes, and it is added to the tally then; all else is
judged anew each time, by the same claims.  So at the end of the vote little is left to compute.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from services.ballot.annex import congress, protocol, workers
from services.ballot.annex.case import Case, Progress, Published
from services.ballot.annex.verification import STEPS, Claim
from services.ballot.annex.workers import Choices, Judged
from services.ballot.belenios.board import ENCRYPTED_TALLY, RESULT
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.tally import EncryptedTally, RunningTally

from .copy import Copy
from .gateway import Service
from .trouble import Trouble


class Follower:
    """A copy with what was judged of it.

    ``processes``: for many ballots at once; ``afresh``: forget what earlier commands verified;
    ``published``: the roll as the office published it.
    """

    def __init__(
        self,
        folder: Path,
        uuid: str,
        *,
        processes: int = 1,
        afresh: bool = False,
        published: Published | None = None,
        progress: Progress = lambda done, total: None,
    ) -> None:
        self.copy = Copy(folder, uuid)
        self._processes, self._progress, self._published = processes, progress, published
        self._known = 0 if afresh else self.copy.verified
        self._judged: list[Judged] = []
        self._last: dict[str, Judged] = {}
        self._sums: RunningTally | None = None
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
        case = Case(
            *(b"", b"", (), None, self._processes, self._progress), published=self._published
        )
        own: dict[Callable[[Case], str], Callable[[Case], str]] = {
            protocol.judge_archive: self._archive,
            protocol.judge_board: self._board,
            congress.judge_annex: self._annex,
            protocol.judge_ballots: self._ballots,
            protocol.judge_tally: self._tally,
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
            sums = self._running(case).encrypted().to_text()
            self.copy.note_verified(len(self._judged), sums)

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
            self._keep(_known(texts[len(self._judged)]))
        sums, new = self._running(case), texts[len(self._judged) :]
        with workers.judging(case.election, kind, new, self._processes) as judged:
            for done, (text, one) in enumerate(zip(new, judged, strict=True), 1):
                if isinstance(one, Refused):
                    tracker = sha256_base64(text.encode())
                    raise Refused(
                        one.code, f"ballot {tracker}: {one.en}", f"选票 {tracker}:{one.zh}"
                    )
                if before := self._last.get(one.credential):
                    sums.subtract(before.answers)
                sums.add(one.answers)
                self._keep(one)
                self._progress(done, len(new))
        case.judged = list(self._judged)
        return f"{len(texts)}"

    def _keep(self, one: Judged) -> None:
        self._judged.append(one)
        self._last[one.credential] = one

    def _running(self, case: Case) -> RunningTally:
        """The product of the last ballots that are kept, as an earlier command left it."""
        if self._sums is None:
            group, number = case.election.group, len(self._last)
            if self._known and self.copy.sums:
                self._sums = RunningTally.resumed(group, self.copy.sums, number)
            else:
                answers = (one.answers for one in self._last.values())
                self._sums = RunningTally.of_ballots(group, case.shape, answers)
        return self._sums

    def _tally(self, case: Case) -> str:
        """The product was computed while the ballots came; if it differs, all of it again."""
        text, sums = case.of(ENCRYPTED_TALLY)[0].referred[0].text, self._running(case)
        if case.sized != sums.sized() or text != sums.encrypted().to_text():
            return protocol.judge_tally(case)
        case.tally = EncryptedTally.from_text(text, case.election.group, case.shape)
        return f"{sums.number}"


def follow(
    service: Service,
    follower: Follower,
    *,
    until: str | None,
    pause: Callable[[Follower, int], None],
    judge: Callable[[Follower], None] = lambda follower: None,
) -> None:
    """Follow until the board has this event (None: once).

    ``pause`` is told of every round and how much it brought, and waits.  ``judge`` has the very
    first look at the election.
    """
    judged = False
    while True:
        grown = follower.update(service)
        if not judged:
            judge(follower)
            judged = True
        if until is None or follower.case.has(until) or follower.case.has(RESULT):
            return
        pause(follower, grown)


def _known(text: str) -> Judged:
    """A ballot whose form and proofs an earlier command checked."""
    data = json.loads(text)
    answers = tuple(
        Choices(tuple(Ciphertext(one["alpha"], one["beta"]) for one in answer["choices"]))
        for answer in data["answers"]
    )
    alphas = dict.fromkeys(one.alpha for answer in answers for one in answer.choices)
    return Judged(data["credential"], data["signature"]["hash"], answers, tuple(alphas))
