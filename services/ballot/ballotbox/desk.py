"""At the desk (会务): the opening, credentials handed out and withdrawn, a void vote."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from .. import queries as congress
from ..annex import chain
from ..board_key import unseal
from ..model.ballot import Ballot, State
from ..model.board import CredentialIssue, CredentialState
from ..model.deputy import Deputy
from ..model.election import Election
from ..model.election import State as ElectionState
from ..model.officer import CERTIFYING, check_scrutineers
from ..model.rules import ELECTRONIC
from ..queries import elections as queries
from .locking import locked, locked_with_ballot
from .officers import check_office
from .opening import set_up, set_up_next


def open_election(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Open the first round of an electronic ballot."""
    ballot = uow.get(Ballot, command["id"], locked=True)
    day = uow.happened(command["happened_on"])
    check_office(uow, ballot, CERTIFYING, day)
    check_scrutineers(congress.officers_of(uow.session, ballot.session_id), day)
    present = congress.count_present_at(uow.session, ballot, day)
    ballot.open_first(present=present, on=day, by=uow.principal.subject)
    return set_up(ballot, command["title"], command["booth"], uow)


def issue_credential(command: dict[str, Any], uow: UnitOfWork) -> CredentialIssue:
    """A deputy who signed in was handed her sealed credential; once, whatever is repeated.

    Credentials of those who never come stay sealed, so no more can be cast than were handed out.
    """
    ballot = uow.get(Ballot, command["id"], locked=True)
    deputy = uow.known(Deputy, command["deputy_id"], "/deputy_id")
    before = uow.session.get(CredentialIssue, (ballot.id, deputy.id))
    if before is not None:
        return before
    ballot.must_be(State.KEYED, State.OPEN)
    day = uow.happened(command["happened_on"])
    if not congress.is_present(uow.session, ballot.session_id, deputy.id, day):
        raise Invalid(
            "not-signed-in",
            "a credential is handed out at sign-in, and this deputy has not signed in that day",
            "凭证在签到时发放,该代表当日尚未签到",
            [{"pointer": "/deputy_id", "detail": "has not signed in that day"}],
        )
    if deputy.recorded_at > ballot.recorded_at:
        # Nor does she count as present, so that her credential would make the vote void.
        raise Invalid(
            "not-on-roll",
            "this deputy came onto the register after the roll of this ballot was frozen",
            "该代表在本次票决名册确定之后登记,不在名册上",
            [{"pointer": "/deputy_id", "detail": "is not on the roll of this ballot"}],
        )
    lists = queries.credential_lists_of(uow.session, ballot.id)
    prepared = min((one.number for one in lists.values()), default=0)
    if queries.count_handed_out(uow.session, ballot.id) >= prepared:
        raise Conflict(
            "no-credential-left",
            f"all {prepared} credentials were handed out; others vote on paper",
            f"{prepared} 份凭证已全部发出,其余代表使用纸质票",
        )
    made = CredentialIssue(
        ballot_id=ballot.id,
        deputy_id=deputy.id,
        issued_on=day,
        issued_by=uow.principal.subject,
    )
    uow.session.add(made)
    return made


def withdraw_credential(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Publish a credential as withdrawn and unused, before its deputy is given a paper."""
    uow.principal.require("credentials-office")
    election = locked(command["id"], uow)
    election.must_be(ElectionState.OPEN)
    credential = queries.find_credential(uow.session, election, command["credential"])
    if credential is None:
        raise Invalid(
            "unknown-credential",
            "this credential is not on the roll of the election",
            "该凭证不在本次票决的名册上",
            [{"pointer": "/credential", "detail": "unknown"}],
        )
    if credential.ballot is not None:
        raise Conflict(
            "credential-used",
            "a ballot was cast with this credential; its deputy has voted",
            "该凭证已用于投票,不能撤回",
        )
    if credential.state != CredentialState.WITHDRAWN:
        credential.state = CredentialState.WITHDRAWN.value
        payload = {"credential": command["credential"]}
        uow.session.add(election.note(chain.WITHDRAWN, payload, unseal(election, uow.keys)))
    return election


def void(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """The electronic round does not count: hold it again with a spare election, or on paper.

    Only while its result is unknown; the whole ballot can be declared void later, too.
    """
    election, ballot = locked_with_ballot(command["id"], uow)
    by, day = uow.principal.subject, uow.happened(command["happened_on"])
    check_office(uow, ballot, CERTIFYING, day)
    if election.state != ElectionState.VOID:
        election.check_result_unknown()
        election.void(command["reason"], by=by, on=day)
    if ballot.round.number != election.round or ballot.round.void_because is not None:
        return election
    present = congress.count_present_at(uow.session, ballot, day)
    instead = command["instead"]
    because = election.void_because or ""
    ballot.void_round(because, instead=instead, present=present, on=day, by=by)
    uow.changed(ballot)
    if instead == ELECTRONIC:
        set_up_next(ballot, uow)
    return election
