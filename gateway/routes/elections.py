"""Electronic votes (电子票决): credentials, key ceremony, public board, casting, tally."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.ballot.belenios.archive import Member, header_bytes
from services.ballot.schemas import elections as schemas
from services.commons.errors import Unavailable

from ..resource import call, caller, created, listed, operation, shown, streamed

blueprint = Blueprint(
    "elections", __name__, description="电子票决 The secret ballot, and its public board"
)

_BALLOT = "/ballots/<uuid:ballot_id>"
_ELECTION = "/elections/<string(minlength=14, maxlength=64):uuid>"
ARCHIVE, ANNEX = "application/x-tar", "application/x-ndjson"


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/credential-lists",
    body=schemas.RegisterCredentials,
    answer=schemas.CredentialList,
    status=201,
)
def register_credentials(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Register the public credentials of one election, as the credentials office (大会秘书处)."""
    return created(call("ballotbox", "register_credentials", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/ceremonies",
    body=schemas.StartCeremony,
    answer=schemas.Ceremony,
    status=201,
)
def start_ceremony(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Begin the key ceremony with these scrutineers, or begin it anew."""
    return created(call("ballotbox", "start_ceremony", str(ballot_id), body))


@operation(blueprint, "GET", f"{_BALLOT}/ceremony", answer=schemas.Ceremony)
def get_ceremony(ballot_id: Any) -> ResponseReturnValue:
    """Show the latest key ceremony: what everybody posted, and whom it waits for."""
    return shown(call("ballot", "get_ceremony", str(ballot_id)))


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/ceremony/messages",
    body=schemas.PostMessage,
    answer=schemas.Ceremony,
    status=201,
)
def post_ceremony_message(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Take a step of the ceremony as one of its trustees."""
    return created(call("ballotbox", "post_ceremony_message", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/ceremony/complaints",
    body=schemas.Complain,
    answer=schemas.Ceremony,
    status=201,
)
def complain(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Complain about a false share; what it shows, anybody can judge, and it ends the attempt."""
    return created(call("ballotbox", "complain", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/elections",
    body=schemas.OpenElection,
    answer=schemas.Election,
    status=201,
)
def open_election(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Open the voting: 409 tells what is missing."""
    opened = call("ballotbox", "open_election", str(ballot_id), body)
    return created(opened, "/v1/elections/{uuid}")


@operation(
    blueprint,
    "POST",
    f"{_BALLOT}/credential-issues",
    body=schemas.IssueCredential,
    answer=schemas.CredentialIssue,
    status=201,
)
def issue_credential(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Note that a deputy who signed in was handed her sealed credential."""
    return created(call("ballotbox", "issue_credential", str(ballot_id), body))


@operation(
    blueprint,
    "GET",
    "/elections",
    query=schemas.ElectionQuery,
    answer=schemas.ElectionSummary,
    many=True,
)
def list_elections(query: dict[str, Any]) -> ResponseReturnValue:
    """List the electronic votes."""
    return listed(call("ballot", "list_elections", query))


@operation(blueprint, "GET", _ELECTION, answer=schemas.Election)
def get_election(uuid: str) -> ResponseReturnValue:
    """Show an electronic vote: how far it is and what is missing; during it, only counts."""
    return shown(call("ballot", "get_election", uuid))


@operation(blueprint, "GET", f"{_ELECTION}/archive", gives=[ARCHIVE])
def get_archive(uuid: str) -> ResponseReturnValue:
    """Fetch the board as it stands (``.bel``): anybody verifies it, with Belenios' tools too."""
    part = _parts("get_board_part", uuid)
    first = part(0)

    def pieces() -> Iterator[bytes]:
        timestamp = int(first["timestamp"])
        yield header_bytes(timestamp)
        for member in _all(first, "members", part):
            yield Member(member["kind"], member["text"]).to_bytes(timestamp)

    return _file(pieces(), f"{uuid}.bel", ARCHIVE)


@operation(blueprint, "GET", f"{_ELECTION}/annex", gives=[ANNEX])
def get_annex(uuid: str) -> ResponseReturnValue:
    """Fetch the annex as it stands: what this project adds to the archive, signed by the board."""
    part = _parts("get_annex_part", uuid)
    first = part(0)

    def pieces() -> Iterator[bytes]:
        for line in _all(first, "lines", part):
            yield line.encode() + b"\n"

    return _file(pieces(), f"{uuid}.annex", ANNEX)


@operation(
    blueprint, "GET", f"{_ELECTION}/board", query=schemas.BoardQuery, answer=schemas.BoardPart
)
def get_board_part(query: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Follow the board: the archive's members after a number."""
    return shown(call("ballot", "get_board_part", uuid, query))


@operation(
    blueprint, "GET", f"{_ELECTION}/annex-lines", query=schemas.BoardQuery, answer=schemas.AnnexPart
)
def get_annex_part(query: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Follow the annex: its lines but for the first ones."""
    return shown(call("ballot", "get_annex_part", uuid, query))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/ballots",
    body=schemas.CastBallot,
    answer=schemas.Receipt,
    status=201,
)
def cast_ballot(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Cast a ballot; its Idempotency-Key is its tracker.  Repeating it gives the same receipt."""
    return created(call("ballotbox", "cast_ballot", uuid, body))


@operation(
    blueprint,
    "GET",
    f"{_ELECTION}/receipts",
    query=schemas.ReceiptQuery,
    answer=schemas.Receipt,
)
def get_receipt(query: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Find a ballot on the board by its tracker; 404 if it is not there."""
    return shown(call("ballot", "get_receipt", uuid, query))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/spoiled-ballots",
    body=schemas.SpoilBallot,
    answer=schemas.Election,
    status=201,
)
def spoil_ballot(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Note the hash of a ballot that its voter had opened to check it; it can never be cast."""
    return created(call("ballotbox", "spoil_ballot", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/withdrawn-credentials",
    body=schemas.WithdrawCredential,
    answer=schemas.Election,
    status=201,
)
def withdraw_credential(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Publish a credential as withdrawn and unused, before its deputy is given a paper."""
    return created(call("ballotbox", "withdraw_credential", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/closing",
    body=schemas.CloseElection,
    answer=schemas.Election,
)
def close_election(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """End the voting as the chief scrutineer (投票截止): 409 if more were cast than have voted."""
    return shown(call("ballotbox", "close_election", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/cosignatures",
    body=schemas.CosignEnd,
    answer=schemas.Election,
    status=201,
)
def cosign_end(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Sign the end of the voting as a scrutineer, from a copy of the board that was verified."""
    return created(call("ballotbox", "cosign_end", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/decryptions",
    body=schemas.PostDecryption,
    answer=schemas.Election,
    status=201,
)
def post_decryption(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Hand in a partial decryption as a scrutineer; 422 for a false one, which is named."""
    return created(call("ballotbox", "post_decryption", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/tally",
    body=schemas.ActOnElection,
    answer=schemas.Election,
)
def tally_election(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Have the result computed as the chief scrutineer; the ballot then decides by it."""
    return shown(call("ballotbox", "tally_election", uuid, body))


@operation(
    blueprint,
    "POST",
    f"{_ELECTION}/voiding",
    body=schemas.VoidElection,
    answer=schemas.Election,
)
def void_election(body: dict[str, Any], uuid: str) -> ResponseReturnValue:
    """Declare an electronic vote void; it is held again with a spare election, or on paper."""
    return shown(call("ballotbox", "void_election", uuid, body))


@operation(blueprint, "GET", f"{_ELECTION}/voters", answer=schemas.Voters)
def get_voters(uuid: str) -> ResponseReturnValue:
    """Show who has voted, after the close; by no way what, when or with which ballot."""
    return shown(call("ballot", "get_voters", uuid))


def _parts(method: str, uuid: str) -> Callable[[int], dict[str, Any]]:
    """A function: what stands behind so many members or lines; it works after the request, too."""
    ask = caller()
    return lambda after: ask("ballot", method, uuid, {"after": after})


def _all(first: dict[str, Any], name: str, more: Callable[[int], dict[str, Any]]) -> Iterator[Any]:
    """What the first part and those after it hold, as many as there were at the first.

    Whatever goes wrong on the way is raised: the connection is then cut, so that no client takes
    for whole what is not.
    """
    total = len(first[name]) + first["left"]
    yield from first[name]
    done = len(first[name])
    while done < total:
        items = more(done)[name][: total - done]
        if not items:
            raise Unavailable("board-ended", "the board has less than it had", "公告板内容缺失")
        yield from items
        done += len(items)


def _file(pieces: Iterator[bytes], name: str, kind: str) -> Any:
    response = Response(streamed(pieces), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    return response
