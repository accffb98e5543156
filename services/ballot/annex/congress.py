"""What a people's congress asks for besides, judged on a case with its annex.

Each function returns a note for people.  They stand in the order in which they are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.ballot.belenios.archive import DATA, Member
from services.ballot.belenios.board import BALLOT, PARTIAL_DECRYPTION
from services.ballot.belenios.decryption import PartialDecryption
from services.ballot.belenios.encoding import array, dumps, fields, hash_text, integer, string
from services.ballot.belenios.refused import Refused

from . import ceremony, copying, rehearsal
from .case import Case
from .chain import (
    COMMITMENT,
    COSIGNED,
    DECRYPTION_PROOFS,
    EXTRA_DECRYPTION,
    PAPER,
    REFUSED_DECRYPTION,
    REHEARSAL,
    SPOILED,
    WITHDRAWN,
    Chain,
)
from .cosigning import Cosignature, check_cosignature, check_cosigned
from .decrypting import (
    Decrypted,
    DecryptionProofs,
    check_every_subset,
    check_proofs,
    handed_in_hash,
)
from .protocol import each
from .receipt import Receipt


def judge_annex(case: Case) -> str:
    """The annex's lines and its manifest.  Note: how many lines."""
    case.chain = Chain.from_bytes(case.annex_bytes or b"")
    case.manifest = case.chain.manifest
    return f"{len(case.chain.lines)}"


def judge_manifest(case: Case) -> str:
    """The election is the manifest's, and its data are those that it names."""
    manifest, election = case.manifest, case.election
    manifest.check_description(election.description)
    asked = copying.questions(
        manifest.kind,
        [candidate.name for candidate in manifest.candidates],
        most=manifest.max,
        least=manifest.min,
        blank=manifest.blank,
    )
    _, trustees, credentials = (Member(DATA, text).hash for text in case.setup)
    for holds, en, zh in (
        (election.uuid == manifest.uuid, "uuid", "编号"),
        (election.questions == asked, "questions", "题目"),
        (trustees == manifest.trustees, "trustees", "监票人"),
        (credentials == manifest.credentials, "credentials", "投票凭证"),
    ):
        if not holds:
            raise Refused(
                "other-manifest",
                f"the election's {en} are not those of the manifest",
                f"选举的{zh}与清单不符",
            )
    return manifest.hash


def judge_ceremony(case: Case) -> str:
    """All scrutineers committed first, and more than half must decrypt.  Note: t of m."""
    group, threshold = case.election.group, ceremony.scrutineers(case.trustees)
    if threshold.threshold != case.manifest.threshold:
        raise Refused(
            "other-threshold", "the threshold is not the manifest's", "解密门限与清单不符"
        )
    commitments = [ceremony.Commitment.from_data(one, group.q) for one in case.chain.of(COMMITMENT)]
    ceremony.check_commitments(group, threshold.certs, commitments)
    ceremony.check_revealed(threshold.certs, commitments, threshold.coefexps)
    return f"{threshold.threshold} / {len(threshold.certs)}"


def judge_rehearsal(case: Case) -> str:
    """Rehearsals gave the number that was encrypted, one of them with every key.  Note: whose."""
    group, took_part, everybody = case.election.group, set[int](), False
    for one in case.chain.of(REHEARSAL):
        read = fields(one, "dummy", "decryptions")
        dummy = rehearsal.Dummy.from_data(read["dummy"], group.q)
        parts = _parts(case, read["decryptions"], (1,))
        rehearsal.check_rehearsal(group, case.trustees, dummy, parts)
        took_part |= set(parts)
        everybody = everybody or len(parts) == len(case.trustees.verification_keys)
    if not everybody:
        raise Refused(
            "not-rehearsed",
            "there was no rehearsal in which every key took part",
            "没有全部密钥参加的试解密",
        )
    return _owners(took_part)


def judge_roll(case: Case) -> str:
    """The roll is as long as the manifest says, withdrawn ones on it.  Note: how many are."""
    if len(case.credentials) != case.manifest.roll:
        raise Refused(
            "other-roll",
            f"{len(case.credentials)} credentials, but a roll of {case.manifest.roll}",
            f"投票凭证 {len(case.credentials)} 个,名册 {case.manifest.roll} 人",
        )
    withdrawn = case.named(WITHDRAWN, "credential")
    if not set(withdrawn) <= set(case.credentials) or len(set(withdrawn)) < len(withdrawn):
        raise Refused(
            "unknown-credential",
            "a withdrawn credential is not on the roll, or was withdrawn twice",
            "注销的投票凭证不在名册上或重复注销",
        )
    return f"{len(withdrawn)}"


def judge_spoiled(case: Case) -> str:
    """No ballot that was opened was cast.  Note: how many were opened."""
    box = case.box()
    each(case, lambda one: box.check_not_spoiled(one.unsigned_hash))
    return f"{len(case.named(SPOILED, 'hash'))}"


def judge_receipts(case: Case) -> str:
    """Every receipt that was given is honoured.  Note: their heights."""
    events = {entry.hash: entry.event for entry in case.of(BALLOT)}
    heights = []
    for text in case.receipts:
        receipt = Receipt.from_text(text)
        receipt.check(case.manifest.board_key)
        if receipt.uuid != case.election.uuid or receipt.event not in events:
            raise Refused(
                "receipt-broken",
                f"the board gave a receipt for {receipt.tracker}, which does not stand there",
                f"公告板曾为 {receipt.tracker} 出具回执,但其不在档案中",
            )
        heights.append(receipt.height)
    return ", ".join(map(str, heights))


def judge_cosignatures(case: Case) -> str:
    """Scrutineers signed the end; more than half of all before anything is decrypted."""
    group, certs = case.election.group, ceremony.scrutineers(case.trustees).certs
    signed = [Cosignature.from_data(one, group.q) for one in case.chain.of(COSIGNED)]
    if case.has(PARTIAL_DECRYPTION):
        return _owners(check_cosigned(group, certs, case.election.uuid, case.end, signed))
    for one in signed:
        check_cosignature(group, certs, case.election.uuid, case.end, one)
    return _owners({one.index for one in signed})


def judge_number(case: Case) -> str:
    """Nothing was decrypted of too few ballots, and not a few are on paper beside them."""
    least, counted = case.manifest.least_ballots, len(case.counted)
    least_papers = case.manifest.least_papers
    papers = [integer(fields(one, "count")["count"]) for one in case.chain.of(PAPER)]
    if counted < least:
        raise Refused(
            "too-few-ballots",
            f"{counted} ballots are fewer than the {least} that may be decrypted",
            f"选票 {counted} 张,少于可解密的 {least} 张",
        )
    if 0 < sum(papers) < least_papers:
        raise Refused(
            "too-few-papers",
            f"{sum(papers)} papers beside electronic ballots are fewer than {least_papers}",
            f"与电子票并行的纸质票 {sum(papers)} 张,少于 {least_papers} 张",
        )
    return f"{counted} ≥ {least}"


def judge_proofs(case: Case) -> str:
    """Our second proof of every factor, and that it does not matter who decrypts.  Note: whose."""
    group, keys = case.election.group, case.trustees.verification_keys
    decryptions = case.decryptions | _extra(case)
    read = [
        DecryptionProofs.from_data(one, group.q, case.shape)
        for one in case.chain.of(DECRYPTION_PROOFS)
    ]
    proofs = {one.owner: one for one in read}
    if len(proofs) < len(read) or set(proofs) != set(decryptions):
        raise Refused(
            "proofs-missing",
            "not every decryption has its second proof, once; an annex that was downloaded while"
            " trustees decrypted may not fit its archive: follow, or take both again",
            "并非每份部分解密都恰有一份补充证明;解密期间分别下载的档案与附件可能不配套,"
            "请用 follow 跟踪,或重新下载两者",
        )
    for owner, decryption in decryptions.items():
        key = keys[owner - 1].public_key
        both = (decryption, proofs[owner])
        check_proofs(group, case.election.fingerprint, key, owner, case.tally, both)
    check_every_subset(group, case.trustees, decryptions)
    _check_refused(case, {owner: (one, proofs[owner]) for owner, one in decryptions.items()})
    return _owners(decryptions)


def judge_marks(case: Case) -> str:
    """What the result says of each candidate does not contradict itself.  Note: approvals."""
    counted = copying.marks_of(
        case.manifest.kind,
        case.result.result,
        candidates=len(case.manifest.candidates),
        ballots=case.sized.num_tallied,
    )
    return " ".join(f"{marks.approve}" for marks in counted.marks)


def _extra(case: Case) -> dict[int, PartialDecryption]:
    """Decryptions that only the annex carries, of others than the archive's trustees."""
    extra = _parts(case, case.chain.of(EXTRA_DECRYPTION), case.shape)
    if not extra.keys().isdisjoint(case.decryptions):
        raise Refused("decryption-twice", "a trustee has two decryptions", "监票人重复解密")
    return extra


def _parts(case: Case, data: Any, shape: tuple[int, ...]) -> dict[int, PartialDecryption]:
    """Partial decryptions of the annex by their owners.

    Canonical JSON sorts fields, which is the order of the specification for these messages.
    """
    parts: dict[int, PartialDecryption] = {}
    for one in array(data):
        read = fields(one, "owner", "decryption")
        owner = integer(read["owner"])
        if not 0 < owner <= len(case.trustees.verification_keys) or owner in parts:
            raise Refused("no-such-trustee", "no trustee has this number, or twice", "编号不符")
        text = dumps(read["decryption"])
        parts[owner] = PartialDecryption.from_text(text, case.election.group, shape)
    return parts


def _check_refused(case: Case, decryptions: Mapping[int, Decrypted]) -> None:
    """What was refused as false must not have been taken all the same, with the same proofs."""
    taken = {handed_in_hash(one) for one in decryptions.values()}
    for one in case.chain.of(REFUSED_DECRYPTION):
        read = fields(one, "owner", "hash", "code")
        string(read["code"])
        if hash_text(read["hash"]) in taken:
            raise Refused(
                "refused-decryption",
                f"the decryption of trustee {read['owner']} was both refused and taken",
                "同一部分解密既被拒绝又被采用",
            )


def _owners(owners: Any) -> str:
    return ", ".join(map(str, sorted(owners)))
