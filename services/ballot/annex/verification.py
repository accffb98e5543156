"""Verification: claim after claim about an election, in the order of its process.

Belenios' own rules need the archive alone; what a congress asks for on top needs the annex.  An
archive may still grow: what has not happened yet is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.ballot.belenios.archive import EVENT, Archive
from services.ballot.belenios.board import (
    BALLOT,
    ENCRYPTED_TALLY,
    END_BALLOTS,
    PARTIAL_DECRYPTION,
    RESULT,
)
from services.ballot.belenios.credential import public_credentials_from_text
from services.ballot.belenios.decryption import check_partial_decryption
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import EncryptedTally, RunningTally
from services.ballot.belenios.trustee import Trustees

from . import congress
from .box import Box
from .case import Case, Progress
from .workers import Judged, judging


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was judged: ``refused`` says why it does not hold, None that it does.

    ``note``: a number or a name that belongs to it, e.g. how many ballots.
    """

    zh: str
    en: str
    note: str = ""
    refused: Refused | None = None

    @property
    def holds(self) -> bool:
        """Whether it is true."""
        return self.refused is None


@dataclass(frozen=True, slots=True)
class _Step:
    """A claim to be judged: ``since``, the event that it needs; ``vital``: others rest on it."""

    zh: str
    en: str
    judge: Callable[[Case], str]
    since: str | None = None
    vital: bool = True
    annex: bool = False


def verify(
    archive: bytes,
    annex: bytes | None,
    *,
    processes: int = 1,
    progress: Progress = lambda done, total: None,
) -> Iterator[Claim]:
    """Judge an archive, and with its annex what this congress asks for besides.

    ``annex`` None judges only what Belenios asks for.  Ends early when nothing more can be judged.
    """
    case = Case(archive, annex, processes, progress)
    for step in STEPS:
        if step.annex and not case.has_annex or step.since and not case.has(step.since):
            continue
        try:
            note = step.judge(case)
        except Refused as refused:
            yield Claim(step.zh, step.en, refused=refused)
            if step.vital:
                return
        else:
            yield Claim(step.zh, step.en, note)


def _archive(case: Case) -> str:
    case.archive = Archive.from_bytes(case.archive_bytes)
    return f"{len(case.archive.members)}"


def _board(case: Case) -> str:
    case.read_entries()
    return f"{case.stage}, {sum(one.kind == EVENT for one in case.archive.members)}"


def _election(case: Case) -> str:
    case.election = Election.from_text(case.setup[0])
    return f"{case.election.uuid}, {case.election.group.name}"


def _trustees(case: Case) -> str:
    case.trustees = Trustees.from_text(case.setup[1], case.election.group)
    if case.trustees.election_key != case.election.public_key:
        raise Refused(
            "other-key",
            "the election's key is not the product of the trustees' keys",
            "选举公钥不是各监票人公钥之积",
        )
    return f"{len(case.trustees.verification_keys)}"


def _credentials(case: Case) -> str:
    case.credentials = public_credentials_from_text(case.setup[2], case.election.group)
    return f"{len(case.credentials)}"


def _ballots(case: Case) -> str:
    """All proofs of all ballots; the first that fail are named."""
    texts, kind = case.ballots, case.manifest.kind if case.has_annex else None
    case.judged, failed = [], []
    with judging(case.election, kind, texts, case.processes) as judged:
        for done, one in enumerate(judged, 1):
            if isinstance(one, Judged):
                case.judged.append(one)
            else:
                failed.append(_of_ballot(texts[done - 1], one))
            case.progress(done, len(texts))
    if failed:
        first, more = failed[0], len(failed) - 1
        raise Refused(
            first.code,
            first.en + (f" (and {more} more ballots fail)" if more else ""),
            first.zh + (f"(另有 {more} 张选票未通过)" if more else ""),
        )
    return f"{len(texts)}"


def _roll(case: Case) -> str:
    box = case.box()
    _each(case, lambda one: box.check_credential(one.credential))
    if len(case.counted) > len(case.credentials):
        raise Refused("too-many-ballots", "there are more voters than the roll has", "票数超过名册")
    return f"{len(case.counted)} / {len(case.credentials)}"


def _ciphertexts(case: Case) -> str:
    box = case.box()
    _each(case, lambda one: box.take_ciphertexts(one.alphas))
    return f"{sum(len(one.alphas) for one in case.judged)}"


def _last(case: Case) -> str:
    box = case.box()
    _each(case, lambda one: box.take_vote(one.credential))
    return f"{len(case.judged) - len(case.counted)}"


def _tally(case: Case) -> str:
    group, shape = case.election.group, case.shape
    running = RunningTally.of_ballots(group, shape, (one.answers for one in case.counted))
    text = case.of(ENCRYPTED_TALLY)[0].referred[0].text
    if case.sized != running.sized() or text != running.encrypted().to_text():
        raise Refused(
            "other-tally",
            "the encrypted tally is not the product of each voter's last ballot",
            "加密计票结果不是每人最后一张选票之积",
        )
    case.tally = EncryptedTally.from_text(text, group, shape)
    return f"{running.number}"


def _decryptions(case: Case) -> str:
    case.decryptions = case.read_decryptions()
    keys = case.trustees.verification_keys
    for owner, decryption in case.decryptions.items():
        if not 0 < owner <= len(keys):
            raise Refused("no-such-trustee", f"there is no trustee {owner}", "没有该编号的监票人")
        try:
            check_partial_decryption(
                case.election.group,
                case.election.fingerprint,
                keys[owner - 1].public_key,
                case.tally,
                decryption,
            )
        except Refused as refused:
            raise Refused(
                refused.code,
                f"trustee {owner}: {refused.en}",
                f"第 {owner} 位监票人:{refused.zh}",
            ) from refused
    return ", ".join(map(str, sorted(case.decryptions)))


def _result(case: Case) -> str:
    case.result = case.read_result()
    computed = make_result(
        case.election.group, case.trustees, case.tally, case.decryptions, case.sized.num_tallied
    )
    if case.result != computed:
        raise Refused(
            "other-result", "the result is not what the decryptions give", "结果与解密所得不符"
        )
    return " ".join(str(list(row)) for row in case.result.result)


def _each(case: Case, rule: Callable[[Judged], None]) -> None:
    """Refused with the first ballot's tracker that breaks a rule."""
    for text, one in zip(case.ballots, case.judged, strict=True):
        try:
            rule(one)
        except Refused as refused:
            raise _of_ballot(text, refused) from refused


def _of_ballot(text: str, refused: Refused) -> Refused:
    tracker = sha256_base64(text.encode())
    return Refused(
        refused.code, f"ballot {tracker}: {refused.en}", f"选票 {tracker}:{refused.zh}"
    )
