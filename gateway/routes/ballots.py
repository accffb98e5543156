"""Ballots (票决): opened, counted, confirmed, certified."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.ballot import schemas
from services.commons.documents import DOCX, TEXT

from ..documents import accepted
from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("ballots", __name__, description="票决 The deputies' vote and its result")


@operation(
    blueprint,
    "POST",
    "/ballots",
    body=schemas.OpenBallot,
    answer=schemas.Ballot,
    status=201,
)
def open_ballot(body: dict[str, Any]) -> ResponseReturnValue:
    """Put a shortlist to the vote."""
    return created(call("ballot", "open_ballot", body), "/v1/ballots/{id}")


@operation(
    blueprint,
    "GET",
    "/ballots",
    query=schemas.BallotQuery,
    answer=schemas.BallotSummary,
    many=True,
)
def list_ballots(query: dict[str, Any]) -> ResponseReturnValue:
    """List the ballots, without their counts."""
    return listed(call("ballot", "list_ballots", query))


@operation(blueprint, "GET", "/ballots/<uuid:ballot_id>", answer=schemas.Ballot)
def get_ballot(ballot_id: Any) -> ResponseReturnValue:
    """Show a ballot with its counts, confirmed or not."""
    return shown(call("ballot", "get_ballot", str(ballot_id)))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/counts",
    body=schemas.EnterCount,
    answer=schemas.Ballot,
    status=201,
)
def enter_ballot_count(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Enter the count of the latest round (计票); replace one's own until it is confirmed."""
    return created(call("ballot", "enter_ballot_count", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/counts/<int:round_number>/confirmation",
    body=schemas.ActOnBallot,
    answer=schemas.Ballot,
)
def confirm_ballot_count(
    body: dict[str, Any], ballot_id: Any, round_number: int
) -> ResponseReturnValue:
    """Confirm a count as a second scrutineer; send If-Match so that it is the count you saw."""
    return shown(call("ballot", "confirm_ballot_count", str(ballot_id), round_number, body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/run-offs",
    body=schemas.ActOnBallot,
    answer=schemas.Ballot,
    status=201,
)
def open_run_off(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Open the run-off among the tied (再次投票)."""
    return created(call("ballot", "open_run_off", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/re-votes",
    body=schemas.ActOnBallot,
    answer=schemas.Ballot,
    status=201,
)
def open_re_vote(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Open the re-vote for seats that stayed open, where the method asks for one (另行选举)."""
    return created(call("ballot", "open_re_vote", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/certification",
    body=schemas.CertifyBallot,
    answer=schemas.Ballot,
)
def certify_ballot(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Certify the result as the chief scrutineer (总监票人), or as her deputy in her absence."""
    return shown(call("ballot", "certify_ballot", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/announcement",
    body=schemas.AnnounceResult,
    answer=schemas.Ballot,
)
def announce_result(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Announce the certified result as the executive chairperson (大会执行主席)."""
    return shown(call("ballot", "announce_result", str(ballot_id), body))


@operation(
    blueprint,
    "POST",
    "/ballots/<uuid:ballot_id>/voiding",
    body=schemas.VoidBallot,
    answer=schemas.Ballot,
)
def void_ballot(body: dict[str, Any], ballot_id: Any) -> ResponseReturnValue:
    """Declare a vote void before it is certified (表决无效)."""
    return shown(call("ballot", "void_ballot", str(ballot_id), body))


@operation(
    blueprint,
    "GET",
    "/ballots/<uuid:ballot_id>/announcement",
    answer=schemas.Announcement,
    gives=[TEXT, DOCX],
)
def get_announcement(ballot_id: Any) -> ResponseReturnValue:
    """Show the announcement (公告) as data, as text or as DOCX, by Accept."""
    found = call("ballot", "get_announcement", str(ballot_id))
    response, ending = accepted(found, f"公告第{found['number']}号")
    response.set_etag(f"{found['version']}-{ending}")
    return response.make_conditional(request)


@operation(blueprint, "GET", "/ballots/<uuid:ballot_id>/result", answer=schemas.BallotResult)
def get_ballot_result(ballot_id: Any) -> ResponseReturnValue:
    """Show the certified result: every count, and the reason for each candidate."""
    return shown(call("ballot", "get_ballot_result", str(ballot_id)))
