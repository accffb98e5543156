"""What Belenios asks of an archive, judged on a case; each function returns a note for people.

They stand in the order in which they are called: later ones rely on what earlier ones read.
"""

from __future__ import annotations

from collections.abc import Callable

from services.ballot.belenios.archive import EVENT, Archive
from services.ballot.belenios.board import ENCRYPTED_TALLY
from services.ballot.belenios.credential import public_credentials_from_text
from services.ballot.belenios.decryption import check_partial_decryption
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import sha256_base64
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import EncryptedTally, RunningTally
from services.ballot.belenios.trustee import Trustees

from .case import Case
from .workers import Judged, judging


def judge_archive(case: Case) -> str:
    """The bytes.  Note: how many members."""
    case.archive = Archive.from_bytes(case.archive_bytes)
    return f"{len(case.archive.members)}"


def judge_board(case: Case) -> str:
    """Which member may follow which.  Note: the newest event, and how many there are."""
    case.read_entries()
    return f"{case.stage}, {sum(one.kind == EVENT for one in case.archive.members)}"


def judge_election(case: Case) -> str:
    """The election itself.  Note: uuid and group."""
    case.election = Election.from_text(case.setup[0])
    return f"{case.election.uuid}, {case.election.group.name}"


def judge_trustees(case: Case) -> str:
    """Everything that the trustees published, and that their keys make the election's."""
    case.trustees = Trustees.from_text(case.setup[1], case.election.group)
    if case.trustees.election_key != case.election.public_key:
        raise Refused(
            "other-key",
            "the election's key is not the product of the trustees' keys",
            "选举公钥不是各监票人公钥之积",
        )
    return f"{len(case.trustees.verification_keys)}"


def judge_credentials(case: Case) -> str:
    """Public credentials: in the group, and distinct.  Note: how many."""
    case.credentials = public_credentials_from_text(case.setup[2], case.election.group)
    return f"{len(case.credentials)}"


def judge_ballots(case: Case) -> str:
    """All proofs of all ballots.  Note: how many; the first that fails is named."""
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


def judge_roll(case: Case) -> str:
    """Every ballot's credential is on the roll.  Note: how many voted, of how many."""
    box = case.box()
    each(case, lambda one: box.check_credential(one.credential))
    if len(case.counted) > len(case.credentials):
        raise Refused("too-many-ballots", "there are more voters than the roll has", "票数超过名册")
    return f"{len(case.counted)} / {len(case.credentials)}"


def judge_ciphertexts(case: Case) -> str:
    """No ballot has a ciphertext of another one.  Note: how many ciphertexts."""
    box = case.box()
    each(case, lambda one: box.take_ciphertexts(one.alphas))
    return f"{sum(len(one.alphas) for one in case.judged)}"


def judge_last(case: Case) -> str:
    """Who voted again where that is allowed.  Note: how many ballots no longer count."""
    box = case.box()
    each(case, lambda one: box.take_vote(one.credential))
    return f"{len(case.judged) - len(case.counted)}"


def judge_trackers(case: Case) -> str:
    """The ballots that somebody looks for count.  Note: their heights."""
    standing = {sha256_base64(text.encode()): at for at, text in enumerate(case.ballots)}
    last = {one.credential: at for at, one in enumerate(case.judged)}
    heights = []
    for tracker in case.trackers:
        if tracker not in standing:
            raise Refused(
                "no-such-ballot",
                f"no ballot with the tracker {tracker} stands on the board",
                f"公告板上没有追踪号为 {tracker} 的选票",
            )
        if standing[tracker] not in last.values():
            raise Refused(
                "replaced-ballot",
                f"the ballot {tracker} was replaced by a later one of the same voter",
                f"选票 {tracker} 已被同一投票人后来的选票取代",
            )
        heights.append(standing[tracker] + 1)
    return ", ".join(map(str, heights))


def judge_tally(case: Case) -> str:
    """The product of each voter's last ballot, computed anew.  Note: how many they are."""
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


def judge_decryptions(case: Case) -> str:
    """Belenios' proofs of the partial decryptions.  Note: whose."""
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


def judge_result(case: Case) -> str:
    """The result, computed anew.  Note: it."""
    case.result = case.read_result()
    computed = make_result(
        case.election.group, case.trustees, case.tally, case.decryptions, case.sized.num_tallied
    )
    if case.result != computed:
        raise Refused(
            "other-result", "the result is not what the decryptions give", "结果与解密所得不符"
        )
    return " ".join(str(list(row)) for row in case.result.result)


def each(case: Case, rule: Callable[[Judged], None]) -> None:
    """Refused with the first ballot's tracker that breaks a rule."""
    for text, one in zip(case.ballots, case.judged, strict=True):
        try:
            rule(one)
        except Refused as refused:
            raise _of_ballot(text, refused) from refused


def _of_ballot(text: str, refused: Refused) -> Refused:
    tracker = sha256_base64(text.encode())
    return Refused(refused.code, f"ballot {tracker}: {refused.en}", f"选票 {tracker}:{refused.zh}")
