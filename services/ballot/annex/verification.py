"""Verification: claim after claim about an election, in the order of its process.

Belenios' own rules need the archive alone; what a congress asks for on top needs the annex.  An
archive may still grow: what has not happened yet is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.ballot.belenios.board import (
    ENCRYPTED_TALLY,
    END_BALLOTS,
    PARTIAL_DECRYPTION,
    RESULT,
)
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.refused import Refused

from . import congress, protocol
from .case import Case, Progress, Published
from .consistency import check_annex_grown, check_grown


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
    applies: Callable[[Case], bool] = lambda case: True


def verify(
    archive: bytes,
    annex: bytes | None,
    *,
    receipts: Sequence[str] = (),
    trackers: Sequence[str] = (),
    earlier: bytes | None = None,
    earlier_annex: bytes | None = None,
    published: Published | None = None,
    commitments: Mapping[str, str] | None = None,
    processes: int = 1,
    progress: Progress = lambda done, total: None,
) -> Iterator[Claim]:
    """Judge an archive, and with its annex what this congress asks for besides.

    ``annex`` None judges only what Belenios asks for; ``receipts``: texts of receipts to be
    honoured; ``trackers``: of ballots that should count; ``earlier``, ``earlier_annex``: copies of
    archive and annex from before; ``published``: the roll as the office published it;
    ``commitments``: what voters were shown before they cast, by their trackers.  Ends early when
    nothing more can be judged.  Take the annex after the archive, so that it is not the older one.
    """
    if annex is None and (receipts or earlier_annex is not None):
        raise ValueError("receipts and an earlier annex are held against the annex")
    case = Case(
        *(archive, annex, tuple(receipts), earlier, processes, progress),
        trackers=tuple(trackers),
        earlier_annex=earlier_annex,
        published=published,
        commitments=commitments or {},
    )
    for step in STEPS:
        if not step.applies(case) or step.since and not case.has(step.since):
            continue
        try:
            note = step.judge(case)
        except Refused as refused:
            yield Claim(step.zh, step.en, refused=refused)
            if step.vital:
                return
        else:
            yield Claim(step.zh, step.en, note)


def _grown(case: Case) -> str:
    return f"+{check_grown(case.earlier or b'', case.archive_bytes)}"


def _annex_grown(case: Case) -> str:
    return f"+{check_annex_grown(case.earlier_annex or b'', case.chain.to_bytes())}"


def _published(case: Case) -> str:
    """Neither the service nor anybody else added, left out or replaced a credential."""
    office = case.published
    if office is None or (office.uuid, office.group) != (
        case.election.uuid,
        case.election.group.name,
    ):
        raise Refused(
            "other-election", "the published roll is another election's", "公布的名册属于另一次票决"
        )
    theirs, ours = set(case.credentials), set(office.credentials)
    if theirs != ours or len(ours) < len(office.credentials):
        raise Refused(
            "other-roll",
            f"{len(theirs - ours)} credentials stand on the roll that the office did not publish,"
            f" {len(ours - theirs)} that it did are missing",
            f"名册上有 {len(theirs - ours)} 个凭证未经公布,缺少已公布的 {len(ours - theirs)} 个",
        )
    return f"{len(ours)}"


def _committed(case: Case) -> str:
    """A device that shows one ballot and casts another one is found out here."""
    standing = dict(
        zip((sha256_base64(one.encode()) for one in case.ballots), case.judged, strict=True)
    )
    for tracker, commitment in case.commitments.items():
        if tracker not in standing:
            raise Refused(
                "no-such-ballot",
                f"no ballot with the tracker {tracker} stands on the board",
                f"公告板上没有追踪号为 {tracker} 的选票",
            )
        if standing[tracker].unsigned_hash != commitment:
            raise Refused(
                "other-commitment",
                f"the ballot {tracker} is another one than its voter was shown: its commitment is"
                f" {standing[tracker].unsigned_hash}",
                f"选票 {tracker} 不是投票人所见的那张票:其承诺码为"
                f" {standing[tracker].unsigned_hash}",
            )
    return f"{len(case.commitments)}"


def _has_annex(case: Case) -> bool:
    return case.annex_bytes is not None


_CASTING = (
    _Step(
        "每张选票的零知识证明与签名有效",
        "the proofs and the signature of every ballot hold",
        protocol.judge_ballots,
    ),
    _Step(
        "每张选票的投票凭证在名册上,未注销",
        "every ballot's credential is on the roll and not withdrawn",
        protocol.judge_roll,
        vital=False,
    ),
    _Step(
        "没有重复使用的密文",
        "no ciphertext was used twice",
        protocol.judge_ciphertexts,
        vital=False,
    ),
    _Step(
        "重新投票符合规定,只计最后一票",
        "ballots were recast only where that is allowed; the last one counts",
        protocol.judge_last,
        vital=False,
    ),
    _Step(
        "公开查验过的选票未被投出",
        "no ballot that was opened for checking was cast",
        congress.judge_spoiled,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "所给追踪号的选票均计入",
        "the ballots of the trackers that were given count",
        protocol.judge_trackers,
        vital=False,
        applies=lambda case: bool(case.trackers),
    ),
    _Step(
        "所投出的正是事先显示承诺码的那张票",
        "the ballots that were cast are those whose commitments were shown before",
        _committed,
        vital=False,
        applies=lambda case: bool(case.commitments),
    ),
    _Step(
        "已出具的回执均兑现",
        "every receipt is honoured",
        congress.judge_receipts,
        vital=False,
        applies=lambda case: bool(case.receipts),
    ),
)

_COUNTING = (
    _Step(
        "监票人会签投票结束",
        "scrutineers co-signed the end of the vote",
        congress.judge_cosignatures,
        since=END_BALLOTS,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "加密计票结果经重新计算一致",
        "the encrypted tally, computed anew, is the same",
        protocol.judge_tally,
        since=ENCRYPTED_TALLY,
    ),
    _Step(
        "票数达到可解密的下限",
        "there were enough ballots to decrypt",
        congress.judge_number,
        since=PARTIAL_DECRYPTION,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "部分解密的证明有效",
        "the proofs of the partial decryptions hold",
        protocol.judge_decryptions,
        since=PARTIAL_DECRYPTION,
    ),
    _Step(
        "部分解密的补充证明有效,任意足数监票人所得相同",
        "their second proofs hold, and any sufficient set of scrutineers gives the same",
        congress.judge_proofs,
        since=PARTIAL_DECRYPTION,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "结果经重新计算一致",
        "the result, computed anew, is the same",
        protocol.judge_result,
        since=RESULT,
    ),
    _Step(
        "各项目得票前后一致",
        "the counts of each project agree",
        congress.judge_marks,
        since=RESULT,
        vital=False,
        applies=_has_annex,
    ),
)

STEPS = (
    _Step(
        "档案逐字节符合格式",
        "the archive is written byte for byte as Belenios writes it",
        protocol.judge_archive,
    ),
    _Step(
        "档案是前一份副本的延续",
        "the archive continues the earlier copy",
        _grown,
        vital=False,
        applies=lambda case: case.earlier is not None,
    ),
    _Step(
        "事件首尾相连,次序正确,无多余数据",
        "events are chained and in sequence, and every datum belongs to one",
        protocol.judge_board,
    ),
    _Step(
        "附件逐行相连,均有公告板签名",
        "the annex is chained and signed by the board's key",
        congress.judge_annex,
        applies=_has_annex,
    ),
    _Step(
        "附件是前一份副本的延续",
        "the annex continues the earlier copy",
        _annex_grown,
        vital=False,
        applies=lambda case: case.earlier_annex is not None,
    ),
    _Step("选举定义合法", "the election is well formed", protocol.judge_election),
    _Step(
        "监票人的证书、签名、系数与公钥一致,并构成选举公钥",
        "the trustees' certificates, signatures, coefficients and keys make the election's key",
        protocol.judge_trustees,
    ),
    _Step(
        "选举与清单一致,清单哈希写在选举说明中",
        "the election is the manifest's, whose hash stands in its description",
        congress.judge_manifest,
        applies=_has_annex,
    ),
    _Step(
        "监票人公布的系数与其签名的承诺一致,门限过半数",
        "scrutineers revealed what they had signed commitments to; more than half must decrypt",
        congress.judge_ceremony,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "试解密得到所加密的数",
        "rehearsals of the decryption gave the number that was encrypted",
        congress.judge_rehearsal,
        vital=False,
        applies=_has_annex,
    ),
    _Step(
        "投票凭证均为群元素,互不相同",
        "public credentials are elements of the group and distinct",
        protocol.judge_credentials,
    ),
    _Step(
        "名册就是大会秘书处公布的凭证,不多不少",
        "the roll is exactly what the credentials office published",
        _published,
        vital=False,
        applies=lambda case: case.published is not None,
    ),
    _Step(
        "名册人数与清单一致,注销的凭证在名册上",
        "the roll is as long as the manifest says; withdrawn credentials are on it",
        congress.judge_roll,
        vital=False,
        applies=_has_annex,
    ),
    *_CASTING,
    *_COUNTING,
)
