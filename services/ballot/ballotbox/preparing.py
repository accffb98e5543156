"""Preparing (准备): the register of credentials and the ceremony of keys, before the opening."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Forbidden, Invalid

from ..annex.ceremony import (
    Commitment,
    Complaint,
    check_commitment,
    check_revealed_by,
    judge_complaint,
)
from ..annex.rehearsal import MOST, Dummy, check_part, check_rehearsal, make_dummy
from ..belenios.certificate import Certificate, Context, check_certificate
from ..belenios.credential import public_credentials_from_text, public_credentials_to_text
from ..belenios.dealing import Polynomial, Voutput
from ..belenios.decryption import PartialDecryption
from ..belenios.encoding import canonical
from ..belenios.group import Group, group_named
from ..belenios.pedersen import check_polynomial
from ..belenios.pki import MOST_BYTES
from ..belenios.refused import Refused
from ..belenios.threshold import check_voutput, make_parameters
from ..belenios.trustee import Trustees
from ..model.ballot import Ballot, State
from ..model.board import CredentialList
from ..model.ceremony import Ceremony, Step
from ..model.election import check_credentials
from ..model.officer import Office
from ..queries import elections as queries
from ..queries import find_officer
from .refusal import told

OFFICE = "credentials-office"


def register_credentials(command: dict[str, Any], uow: UnitOfWork) -> CredentialList:
    """Keep the public credentials of one election; when all are there the ballot is told.

    Every election of a ballot has as many, since they are derived from the same private ones.
    """
    uow.principal.require(OFFICE)
    ballot = uow.get(Ballot, command["id"], locked=True)
    rules = ballot.electronic
    lists = queries.credential_lists_of(uow.session, ballot.id)
    uuid, credentials = command["uuid"], command["credentials"]
    if uuid not in ballot.uuids:
        raise Invalid(
            "unknown-election",
            f"the elections of this ballot are {', '.join(ballot.uuids)}",
            "不是本次票决的电子票决编号",
            [{"pointer": "/uuid", "detail": "is none of this ballot's"}],
        )
    text = public_credentials_to_text(credentials)
    if uuid in lists and lists[uuid].text == text:
        return lists[uuid]
    ballot.must_be(State.DRAFTED)
    day, by = uow.happened(command["happened_on"]), uow.principal.subject
    with told("/credentials"):
        public_credentials_from_text(text, group_named(rules.group))
    check_credentials(len(credentials), roll=ballot.roll, least_papers=rules.least_papers)
    _check_as_many(lists, uuid, len(credentials))
    if uuid in lists:
        lists[uuid].text, lists[uuid].number = text, len(credentials)
        lists[uuid].registered_on, lists[uuid].registered_by = day, by
        return lists[uuid]
    made = CredentialList(
        uuid=uuid,
        ballot_id=ballot.id,
        number=len(credentials),
        text=text,
        registered_by=by,
        registered_on=day,
    )
    uow.session.add(made)
    if {*lists, uuid} == set(ballot.uuids):
        ballot.register_credentials()
    return made


def _check_as_many(lists: dict[str, CredentialList], uuid: str, number: int) -> None:
    others = {one.number for name, one in lists.items() if name != uuid}
    if others - {number}:
        raise Invalid(
            "other-number",
            f"the lists registered before have {min(others)} credentials, this one {number}",
            f"此前登记的凭证为 {min(others)} 个,本次为 {number} 个,应当相同",
            [{"pointer": "/credentials", "detail": f"{min(others)} credentials"}],
        )


def start_ceremony(command: dict[str, Any], uow: UnitOfWork) -> Ceremony:
    """Begin an attempt at the keys; one that is under way is given up with it."""
    ballot = uow.get(Ballot, command["id"], locked=True)
    ballot.must_be(State.REGISTERED)
    rules = ballot.electronic
    before = queries.latest_ceremony(uow.session, ballot.id)
    for place, subject in enumerate(command["trustees"]):
        _check_scrutineer(uow, ballot, subject, f"/trustees/{place}")
    if before is not None and before.step not in (Step.DONE, Step.FAILED):
        uow.get(Ceremony, before.id).fail(None, "given up for a new attempt")
    ceremony = Ceremony.start(
        ballot_id=ballot.id,
        attempt=before.attempt + 1 if before else 1,
        group=rules.group,
        uuids=ballot.uuids,
        size=rules.trustees.size,
        threshold=rules.trustees.threshold,
        subjects=command["trustees"],
        on=uow.happened(command["happened_on"]),
        by=uow.principal.subject,
        recorded_at=uow.now,
    )
    return uow.add(ceremony)


def _check_scrutineer(uow: UnitOfWork, ballot: Ballot, subject: str, pointer: str) -> None:
    officer = find_officer(uow.session, ballot.session_id, subject)
    if officer is None or not Office(officer.role).watches:
        raise Invalid(
            "no-scrutineer",
            "a trustee must be a scrutineer of the session",
            "密钥保管人应为本次会议的监票人",
            [{"pointer": pointer, "detail": "is no scrutineer of the session"}],
        )


def post_message(command: dict[str, Any], uow: UnitOfWork) -> Ceremony:
    """Take a trustee's step, checked as far as everybody can check it."""
    ceremony = _current(command["id"], uow)
    index = ceremony.index_of(uow.principal.subject)
    step, message = Step(command["step"]), command["message"]
    if ceremony.has_posted(index, step, message):
        return ceremony
    with told("/message"):
        group = group_named(ceremony.group)
        _CHECKS[step](ceremony, group, index, message)
        complete = ceremony.post(index, step, message)
        if complete and step in _FINISH:
            _FINISH[step](ceremony, group)
    if complete and ceremony.step == Step.DONE:
        uow.get(Ballot, ceremony.ballot_id, locked=True).note_keys()
    return ceremony


def complain(command: dict[str, Any], uow: UnitOfWork) -> Ceremony:
    """End the attempt, if a third party can see that the dealer's share is false."""
    ceremony = _current(command["id"], uow)
    index = ceremony.index_of(uow.principal.subject)
    with told("/message"):
        group = group_named(ceremony.group)
        complaint = Complaint.from_data(_json(command["message"]), group.q)
        if complaint.recipient != index:
            raise Forbidden(
                "complaint-of-another",
                "a trustee complains about shares that were sent to her",
                "保管人仅可就发给本人的份额提出异议",
            )
        if ceremony.step not in (Step.VOUTPUT, Step.FAILED):
            raise Conflict(
                "ceremony-step", f"the ceremony is at the step {ceremony.step}", "当前步骤不可申诉"
            )
        dealt = _polynomials(ceremony, group)[complaint.dealer - 1 : complaint.dealer]
        if not dealt:
            raise Invalid("no-such-trustee", "there is no such dealer", "没有该编号的监票人")
        dealer = judge_complaint(
            group, _certificates(ceremony, group), dealt[0].coefexps, complaint
        )
    if ceremony.step != Step.FAILED:
        because = f"the share from {dealer} to {index} is false (份额与系数不符)"
        ceremony.fail(dealer, because, command["message"])
    return ceremony


def _current(ballot_id: str, uow: UnitOfWork) -> Ceremony:
    latest = queries.show_ceremony(uow.session, ballot_id)
    return uow.get(Ceremony, latest.id, locked=True)


def _json(message: str) -> Any:
    return canonical(message, most=MOST_BYTES)


def _certificates(ceremony: Ceremony, group: Group) -> list[Certificate]:
    texts = ceremony.messages(Step.CERTIFICATE)
    return [Certificate.from_text(one, group.q) for one in texts if one is not None]


def _commitment(message: str, group: Group) -> Commitment:
    return Commitment.from_data(_json(message), group.q)


def _polynomials(ceremony: Ceremony, group: Group) -> list[Polynomial]:
    return [Polynomial.from_text(one, group.q) for one in ceremony.messages(Step.POLYNOMIAL)]


def _voutputs(ceremony: Ceremony, group: Group) -> list[Voutput]:
    return [Voutput.from_text(one, group.q) for one in ceremony.messages(Step.VOUTPUT)]


def _check_certificate(ceremony: Ceremony, group: Group, index: int, message: str) -> None:
    context = Context(group.name, ceremony.size, ceremony.threshold, index)
    made = Certificate.from_text(message, group.q)
    check_certificate(group, made, context)
    keys = made.keys.verification, made.keys.encryption
    taken = [
        key
        for one in _certificates(ceremony, group)
        for key in (one.keys.verification, one.keys.encryption)
    ]
    if keys[0] == keys[1] or set(keys) & set(taken):
        raise Refused("same-key", "another certificate has this key", "已有证书使用同一公钥")


def _check_commitment(ceremony: Ceremony, group: Group, index: int, message: str) -> None:
    commitment = _commitment(message, group)
    if commitment.index != index:
        raise Refused("other-index", "this is another trustee's commitment", "这是他人的承诺")
    check_commitment(group, _certificates(ceremony, group), commitment)


def _check_polynomial(ceremony: Ceremony, group: Group, index: int, message: str) -> None:
    polynomial = Polynomial.from_text(message, group.q)
    certificates = _certificates(ceremony, group)
    check_polynomial(group, certificates, index, polynomial)
    promised = _commitment(ceremony.messages(Step.COMMITMENT)[index - 1], group)
    check_revealed_by(certificates, promised, polynomial.coefexps)


def _check_voutput(ceremony: Ceremony, group: Group, index: int, message: str) -> None:
    voutput = Voutput.from_text(message, group.q)
    certificates, dealt = _certificates(ceremony, group), _polynomials(ceremony, group)
    check_voutput(group, certificates, dealt, index, voutput)


def _check_rehearsal(ceremony: Ceremony, group: Group, index: int, message: str) -> None:
    trustees, dummy = _rehearsed(ceremony, group)
    check_part(group, trustees, dummy, index, PartialDecryption.from_text(message, group, (1,)))


def _finish_voutputs(ceremony: Ceremony, group: Group) -> None:
    """The keys are made: write down the trustees, and what they shall rehearse with."""
    certificates, dealt = _certificates(ceremony, group), _polynomials(ceremony, group)
    parameters = make_parameters(group, certificates, dealt, _voutputs(ceremony, group))
    trustees = Trustees.made(group, [parameters])
    ceremony.trustees = trustees.to_text()
    number = secrets.randbelow(MOST + 1)
    ceremony.rehearsed = make_dummy(group, trustees.election_key, number).to_data()


def _finish_rehearsal(ceremony: Ceremony, group: Group) -> None:
    trustees, dummy = _rehearsed(ceremony, group)
    texts = enumerate(ceremony.messages(Step.REHEARSAL), 1)
    parts = {index: PartialDecryption.from_text(one, group, (1,)) for index, one in texts}
    check_rehearsal(group, trustees, dummy, parts)


def _rehearsed(ceremony: Ceremony, group: Group) -> tuple[Trustees, Dummy]:
    if ceremony.trustees is None:
        raise Conflict("ceremony-step", "the keys are not made yet", "密钥尚未生成")
    trustees = Trustees.from_text(ceremony.trustees, group)
    return trustees, Dummy.from_data(ceremony.rehearsed, group.q)


_CHECKS: dict[Step, Callable[[Ceremony, Group, int, str], None]] = {
    Step.CERTIFICATE: _check_certificate,
    Step.COMMITMENT: _check_commitment,
    Step.POLYNOMIAL: _check_polynomial,
    Step.VOUTPUT: _check_voutput,
    Step.REHEARSAL: _check_rehearsal,
}
#: What follows when all have taken a step.
_FINISH: dict[Step, Callable[[Ceremony, Group], None]] = {
    Step.VOUTPUT: _finish_voutputs,
    Step.REHEARSAL: _finish_rehearsal,
}
