"""Between the choice to cast and the receipt: a signed ballot in a file, and on the board."""

from __future__ import annotations

from pathlib import Path

from services.ballot.annex.receipt import Receipt
from services.ballot.belenios.archive import DATA, Member
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.encoding import string
from services.ballot.belenios.refused import Refused

from . import files
from .gateway import Service
from .trouble import Trouble
from .voter import Vote

_SIGNED = "signed-ballot"


def keep_signed(path: Path, vote: Vote, ballot: Ballot) -> None:
    """Write a signed ballot into a file, until its receipt is there; it says nothing secret."""
    text = files.labelled(
        _SIGNED,
        ("已签名、加密的票,尚无回执", "a signed and encrypted ballot that has no receipt yet"),
        (
            "不含选择与凭证;收到回执后删除",
            "no choice and no credential is in it; for sending it again",
        ),
        uuid=vote.election.uuid,
        tracker=ballot.tracker,
        ballot=ballot.to_text(),
    )
    files.write(path, text, secret=True, new=True)


def read_signed(path: Path, vote: Vote) -> Ballot:
    """The signed ballot of a file; Trouble if it is another election's, or was changed."""
    data = files.read_fields(path, _SIGNED, "uuid", "tracker", "ballot")
    try:
        ballot = Ballot.from_text(string(data["ballot"]), vote.election)
        if (data["uuid"], ballot.election_hash) != (
            vote.election.uuid,
            vote.election.fingerprint,
        ):
            raise Refused("other-election", "it is another election's", "属于另一次票决")
        if ballot.tracker != data["tracker"] or ballot.signature is None:
            raise Refused("bad-tracker", "it was changed", "内容被改动")
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc
    return ballot


def standing(service: Service, vote: Vote, receipt: Receipt) -> str:
    """The commitment of the ballot that stands on the board where the receipt says, fetched anew.

    Trouble if another ballot stands there, or none.  The five members of the Setup come first, then
    two for every ballot.
    """
    uuid, number = vote.election.uuid, 4 + 2 * receipt.height
    part = service.get(f"elections/{uuid}/board", after=number - 1)
    found = [one["text"] for one in part["members"] if one["number"] in (number, number + 1)]
    hashes = [Member(DATA, text).hash for text in found]
    try:
        if len(found) != 2 or hashes[1] != receipt.event:
            raise Refused("no-such-ballot", "no such ballot stands there", "公告板该处没有这张票")
        ballot = Ballot.from_text(found[0], vote.election)
        if ballot.tracker != receipt.tracker:
            raise Refused("no-such-ballot", "another ballot stands there", "公告板该处是另一张票")
    except Refused as exc:
        raise Trouble.of(
            exc,
            about_zh="票已投出,但在公告板上核对不符:",
            about_en="the ballot was cast, but the board does not show it: ",
        ) from exc
    return ballot.unsigned_hash
