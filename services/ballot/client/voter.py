"""An independent deputy's client: nothing that the service says is believed unchecked.

A ballot is encrypted first and its hash shown; only then does she decide to *cast* it, which signs
it, or to *check* it: then it is opened for a second device, and can never be cast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.ballot.annex import congress, protocol
from services.ballot.annex.case import Case
from services.ballot.annex.chain import COMMITMENT, MANIFEST, REHEARSAL, Chain
from services.ballot.annex.copying import Mark, check_opened, make_blank, make_plaintext, prepare
from services.ballot.annex.manifest import Manifest
from services.ballot.annex.opening import opening_from_text, opening_to_text
from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.archive import Archive, Member
from services.ballot.belenios.ballot import Ballot, Prepared, sign
from services.ballot.belenios.board import SETUP, Board, Entry
from services.ballot.belenios.credential import public
from services.ballot.belenios.election import Election
from services.ballot.belenios.refused import Refused
from services.commons.canonical import canonical

from . import files
from . import method as methods
from .gateway import Service
from .trouble import Trouble

_OPENED = "opened-ballot"
_WHAT = (
    "一张已公开查验的票:写明其选择与随机数,供第二台设备核对;该票永远不能投出",
    "a ballot that was opened to check it, with its choices and randomness: it can never be cast",
)
_SHARE = (
    "只在自己的第二台设备上核对,不要交给投票服务;它不泄露您实际投出的票",
    "for a second device of your own, never the voting service;"
    " it tells nothing of the ballot that you cast",
)
_BEFORE = (MANIFEST, COMMITMENT, REHEARSAL)
#: What is judged of an election before somebody votes in it.
_BEGINNING = (
    protocol.judge_election,
    protocol.judge_trustees,
    congress.judge_manifest,
    congress.judge_ceremony,
    congress.judge_rehearsal,
    protocol.judge_credentials,
    congress.judge_roll,
)


@dataclass(frozen=True)
class Vote:
    """An election that was checked as its board begins; many ballots may be made for it."""

    election: Election
    manifest: Manifest
    roll: frozenset[str]

    @property
    def candidates(self) -> list[str]:
        """The candidates' names, in the order of the ballot."""
        return [one.name for one in self.manifest.candidates]


def fetch(service: Service, uuid: str) -> Vote:
    """The election and its manifest; Trouble unless they fit together and its keys are sound.

    The manifest must also be what the ballot method says that it names.
    """
    try:
        case = Case(b"", b"", (), None, 1, lambda done, total: None)
        case.archive, entry = _beginning(service, uuid)
        case.entries = [entry]
        case.chain = _ceremony(service, uuid)
        case.manifest = case.chain.manifest
        for judge in _BEGINNING:
            judge(case)
        method = methods.fetch(service, case.manifest.method.id)
        method.check_manifest(case.manifest, case.election)
    except Refused as exc:
        raise Trouble.of(
            exc, about_zh="票决检查不通过:", about_en="the election fails a check: "
        ) from exc
    if (entry.event.type, case.election.uuid) != (SETUP, uuid):
        raise Trouble("other-election", "这是另一次票决", "this is another election")
    return Vote(case.election, case.manifest, frozenset(case.credentials))


def make(vote: Vote, credential: str, marks: Sequence[Mark] | None) -> Prepared:
    """Encrypt marks (None: a blank ballot); ``unsigned_hash`` of its ballot is the commitment.

    Trouble if her credential is not on the roll, or the marks are not allowed.
    """
    election, manifest = vote.election, vote.manifest
    try:
        if public(election.uuid, credential, election.group) not in vote.roll:
            raise Refused(
                "unknown-credential",
                "this credential is not on the roll of this election",
                "该投票凭证不在本次票决的名册上",
            )
        if marks is None:
            plaintext = make_blank(election)
        else:
            _check_marks(manifest, marks)
            plaintext = make_plaintext(manifest.kind, marks, blank=manifest.blank)
        return prepare(election, manifest.kind, credential, plaintext)
    except Refused as exc:
        raise Trouble.of(exc) from exc


def signed(vote: Vote, credential: str, prepared: Prepared) -> Ballot:
    """The ballot as it is cast, which has a tracker."""
    return sign(vote.election, credential, prepared.ballot)


def send(service: Service, vote: Vote, ballot: Ballot) -> Receipt:
    """Cast a signed ballot; the receipt, which the board's key signed.

    Sending it again, after whatever went wrong, is the same vote.
    """
    body = {"ballot": ballot.to_text()}
    uuid, tracker = vote.election.uuid, ballot.tracker
    answer = service.post(f"elections/{uuid}/ballots", body, key=tracker)
    try:
        receipt = Receipt.from_text(canonical(answer))
        receipt.check(vote.manifest.board_key)
        if (receipt.uuid, receipt.tracker) != (uuid, tracker):
            raise Refused("other-receipt", "this is another ballot's receipt", "回执属于另一张票")
    except Refused as exc:
        raise Trouble.of(
            exc,
            about_zh=f"票已发送(追踪码 {tracker}),但回执无效:",
            about_en="the ballot was sent, but its receipt is not valid: ",
        ) from exc
    return receipt


def cast(service: Service, vote: Vote, credential: str, prepared: Prepared) -> Receipt:
    """Sign a ballot and cast it at once."""
    return send(service, vote, signed(vote, credential, prepared))


def open_to_check(service: Service, vote: Vote, prepared: Prepared, path: Path) -> None:
    """Note the ballot as spoiled, then write it with its choices for a second device.

    In this order, so that no ballot that could still be cast is ever opened.
    """
    spoiled = prepared.ballot.unsigned_hash
    board = f"elections/{vote.election.uuid}/spoiled-ballots"
    service.post(board, {"hash": spoiled}, key=spoiled)
    text = files.labelled(
        _OPENED,
        _WHAT,
        _SHARE,
        hash=spoiled,
        election=vote.election.text,
        manifest=vote.manifest.to_data(),
        opened=opening_to_text(prepared),
    )
    files.write(path, text, secret=True, new=True)


@dataclass(frozen=True)
class Opened:
    """What an opened ballot says: a mark for each candidate, None for a blank ballot."""

    vote: Vote
    hash: str
    marks: tuple[Mark, ...] | None


def read_opened(path: Path, committed: str | None = None) -> Opened:
    """Recompute an opened ballot, on any device and without a network.

    ``committed``: the hash that the first device showed before it knew that it would be checked;
    without it the file's own is taken.  Trouble unless every ciphertext is what the file says.
    """
    data = files.read_fields(path, _OPENED, "hash", "election", "manifest", "opened")
    try:
        election = Election.from_text(data["election"])
        manifest = Manifest.from_data(data["manifest"])
        manifest.check_description(election.description)
        prepared = opening_from_text(data["opened"], election)
        check_opened(election, prepared, committed or data["hash"], manifest.kind)
    except Refused as exc:
        raise Trouble.of(
            exc, about_zh="查验不通过:", about_en="the ballot fails the check: "
        ) from exc
    vote = Vote(election, manifest, frozenset())
    marks = _marks(manifest, [[one.m for one in row] for row in prepared.openings])
    return Opened(vote, prepared.ballot.unsigned_hash, marks)


def marks_of(vote: Vote, approve: Iterable[int], oppose: Iterable[int] = ()) -> list[Mark]:
    """A mark for each candidate, of their numbers on the ballot from 1; Trouble for others."""
    approved, opposed = list(approve), list(oppose)
    numbers, n = approved + opposed, len(vote.candidates)
    if len(set(numbers)) < len(numbers) or not all(0 < one <= n for one in numbers):
        raise Trouble(
            "bad-marks",
            f"编号应为 1 至 {n},每个项目只标一次",
            f"numbers go from 1 to {n}, each marked once",
        )
    given = dict.fromkeys(approved, Mark.APPROVE) | dict.fromkeys(opposed, Mark.OPPOSE)
    return [given.get(number, Mark.ABSTAIN) for number in range(1, n + 1)]


def _beginning(service: Service, uuid: str) -> tuple[Archive, Entry]:
    """The archive up to its Setup."""
    board, members = Board(), list[Member]()
    while True:
        part = service.get(f"elections/{uuid}/board", after=len(members))
        for one in part["members"]:
            members.append(Member(one["kind"], one["text"]))
            if entry := board.take(members[-1]):
                return Archive(int(part["timestamp"]), tuple(members)), entry
        if not part["members"] or not part["left"]:
            raise Refused("no-setup", "the board has no Setup", "公告板尚未建立")


def _ceremony(service: Service, uuid: str) -> Chain:
    """The annex's first lines: the manifest and what the scrutineers did before the opening."""
    chain = Chain()
    while True:
        part = service.get(f"elections/{uuid}/annex-lines", after=len(chain.lines))
        for text in part["lines"]:
            if chain.take(text).type not in _BEFORE:
                return chain
        if not part["lines"] or not part["left"]:
            return chain


def _check_marks(manifest: Manifest, marks: Sequence[Mark]) -> None:
    approved, n = sum(one == Mark.APPROVE for one in marks), len(manifest.candidates)
    if len(marks) != n:
        raise Refused("bad-plaintext", f"{n} candidates want a mark", f"应标记 {n} 个项目")
    if not manifest.min <= approved <= manifest.max:
        raise Refused(
            "bad-plaintext",
            f"{approved} are approved; {manifest.min} to {manifest.max} may be",
            f"赞成 {approved} 项,应为 {manifest.min} 至 {manifest.max} 项",
        )


def _marks(manifest: Manifest, rows: Sequence[Sequence[int]]) -> tuple[Mark, ...] | None:
    """The marks of a plaintext that was found good; one that no deputy can mean is Refused."""
    n, leading = len(manifest.candidates), int(manifest.blank)
    if leading and all(row[0] for row in rows):
        return None
    if manifest.kind == 1:
        return tuple(Mark.APPROVE if one else Mark.ABSTAIN for one in rows[0][leading:])
    each = [row[leading:] for row in rows[:n]]
    return tuple(Mark.APPROVE if yes else Mark.OPPOSE if no else Mark.ABSTAIN for yes, no in each)
