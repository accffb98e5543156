"""After the voting (投票截止后): co-signatures, partial decryptions, the result; or a void vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nacl.signing import SigningKey

from services.chassis.work import UnitOfWork

from ..annex import chain
from ..annex.ceremony import scrutineers
from ..annex.copying import Counted, marks_of
from ..annex.cosigning import Cosignature, check_cosignature
from ..annex.decrypting import (
    DecryptionProofs,
    check_decryption,
    check_every_subset,
    handed_in_hash,
)
from ..belenios.board import ENCRYPTED_TALLY, END_BALLOTS, PARTIAL_DECRYPTION, RESULT
from ..belenios.decryption import OwnedPartialDecryption, PartialDecryption
from ..belenios.election import Election as Question
from ..belenios.encoding import canonical, encoded, sha256_hex
from ..belenios.refused import Refused
from ..belenios.result import Result, make_result
from ..belenios.tally import MOST_BYTES, EncryptedTally, SizedEncryptedTally
from ..belenios.trustee import Trustees
from ..board_key import unseal
from ..model.ballot import Ballot
from ..model.board import Turnout
from ..model.ceremony import Ceremony
from ..model.count import Count, Marks
from ..model.election import Election, State
from ..model.officer import CERTIFYING
from ..model.rules import ELECTRONIC
from ..queries import count_present_at
from ..queries import elections as queries
from .locking import locked_with_ballot
from .officers import check_office
from .refusal import told


@dataclass(frozen=True)
class Closed:
    """An election with what its messages are checked against."""

    row: Election
    ballot: Ballot
    asked: Question
    trustees: Trustees
    ceremony: Ceremony
    key: SigningKey

    @property
    def shape(self) -> list[int]:
        """For every question, how many ciphertexts."""
        return [one.ciphertexts for one in self.asked.questions]

    @property
    def tally(self) -> EncryptedTally:
        """What is decrypted, as the archive has it."""
        return EncryptedTally.from_text(self.row.sums, self.asked.group, self.shape)


def close(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """End the voting and put the encrypted tally on the board; repeating it changes nothing."""
    election, ballot = locked_with_ballot(command["id"], uow)
    on = uow.happened(command["happened_on"])
    check_office(uow, ballot, CERTIFYING, on)
    if election.closed_on is not None:
        return election
    issued = queries.count_issued(uow.session, election)
    election.close(
        by=uow.principal.subject,
        on=on,
        issued=issued,
        present=_present(ballot, uow),
        voted=uow.session.get_one(Turnout, election.id).number,
        difference_because=command["difference_because"],
    )
    uow.session.add_all(election.append(END_BALLOTS))
    if election.state == State.VOID:
        return election
    ballot.close()
    sized = SizedEncryptedTally(election.cast, election.cast, sha256_hex(encoded(election.sums)))
    uow.session.add_all(election.append(ENCRYPTED_TALLY, election.sums, sized.to_text()))
    return election


def cosign(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Keep a scrutineer's signature of the end; the annex has it once."""
    closed = _closed(command["id"], uow)
    index = closed.ceremony.index_of(uow.principal.subject)
    group = closed.asked.group
    with told("/signature"):
        cosignature = Cosignature.from_data(_json(command["signature"]), group.q)
        certificates = scrutineers(closed.trustees).certs
        end = queries.end_of_ballots(uow.session, closed.row)
        check_cosignature(group, certificates, closed.row.uuid, end, cosignature)
        if cosignature.index != index:
            raise Refused("other-index", "this is another scrutineer's signature", "这是他人的签名")
    if index not in closed.row.cosigned:
        closed.row.cosign(index)
        uow.session.add(closed.row.note(chain.COSIGNED, cosignature.to_data(), closed.key))
    return closed.row


def decrypt(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Put a scrutineer's partial decryption on the board, if both its proofs hold.

    A false one is named in the annex and kept out of the archive; the tally goes on without it.
    """
    closed = _closed(command["id"], uow)
    election, group = closed.row, closed.asked.group
    index = closed.ceremony.index_of(uow.principal.subject)
    with told("/decryption"):
        decryption = PartialDecryption.from_text(command["decryption"], group, closed.shape)
    if index in election.decrypted and queries.is_on_board(uow.session, election, decryption.hash):
        return election
    election.check_decryptable(closed.ceremony.size)
    election.check_not_decrypted(index)
    ballot = closed.ballot
    issued = queries.count_issued(uow.session, election)
    ballot.check_papers(issued=issued, cast=election.cast, present=_present(ballot, uow))
    with told("/proofs"):
        proofs = _proofs(command, closed)
    given = decryption, proofs
    with told("/decryption"):
        phi = closed.asked.fingerprint
        check_decryption(group, phi, closed.trustees, index, closed.tally, given)
    owned = OwnedPartialDecryption(index, decryption.hash).to_text()
    members = election.append(PARTIAL_DECRYPTION, decryption.to_text(), owned)
    election.decrypt(index)
    uow.session.add_all(members)
    uow.session.add(election.note(chain.DECRYPTION_PROOFS, proofs.to_data(), closed.key))
    return election


def name_false_decryption(command: dict[str, Any], code: str, uow: UnitOfWork) -> None:
    """Note in the annex that a scrutineer's decryption was refused, and why; once for each."""
    closed = _closed(command["id"], uow)
    index = closed.ceremony.index_of(uow.principal.subject)
    decryption = PartialDecryption.from_text(
        command["decryption"], closed.asked.group, closed.shape
    )
    proofs = _proofs(command, closed)
    payload = {"owner": index, "hash": handed_in_hash((decryption, proofs)), "code": code}
    if not queries.is_noted(uow.session, closed.row, payload):
        uow.session.add(closed.row.note(chain.REFUSED_DECRYPTION, payload, closed.key))
        uow.changed(closed.row)


def tally(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Compute the result of the decryptions that are there, and let the ballot decide by it."""
    closed = _closed(command["id"], uow)
    election, ballot = closed.row, closed.ballot
    on = uow.happened(command["happened_on"])
    check_office(uow, ballot, CERTIFYING, on)
    if election.state == State.TALLIED:
        return election
    election.check_decryptable(closed.ceremony.size)
    election.check_decrypted()
    with told("/happened_on"):
        result = _result(closed, uow)
        counted = marks_of(
            election.manifest["kind"],
            result.result,
            candidates=len(election.manifest["candidates"]),
            ballots=election.cast,
        )
    uow.session.add_all(election.append(RESULT, result.to_text()))
    election.tally([list(row) for row in result.result], by=uow.principal.subject, on=on)
    issued = queries.count_issued(uow.session, election)
    count = _count(election, counted, issued)
    ballot.note_tally(count, by=uow.principal.subject, on=on, present=_present(ballot, uow))
    if ballot.round.papers is not None:
        papers = {"count": ballot.round.papers["returned"]}
        uow.session.add(election.note(chain.PAPER, papers, closed.key))
    uow.changed(ballot)
    return election


def _result(closed: Closed, uow: UnitOfWork) -> Result:
    group, shape = closed.asked.group, closed.shape
    texts = queries.decryption_texts(uow.session, closed.row)
    decryptions = {
        owner: PartialDecryption.from_text(text, group, shape) for owner, text in texts.items()
    }
    check_every_subset(group, closed.trustees, decryptions)
    return make_result(group, closed.trustees, closed.tally, decryptions, closed.row.cast)


def _count(election: Election, counted: Counted, issued: int) -> Count:
    valid = election.cast - counted.blank
    ids = [one["id"] for one in election.manifest["candidates"]]
    return Count(
        medium=ELECTRONIC,
        issued=issued,
        returned=election.cast,
        valid=valid,
        invalid=counted.blank,
        candidates=tuple(
            Marks(
                id_,
                one.approve,
                one.oppose or 0,
                valid - one.approve if one.abstain is None else one.abstain,
            )
            for id_, one in zip(ids, counted.marks, strict=True)
        ),
    )


def _closed(uuid: str, uow: UnitOfWork) -> Closed:
    election, ballot = locked_with_ballot(uuid, uow)
    election.must_be(State.CLOSED, State.TALLIED)
    asked = Question.from_text(queries.election_text(uow.session, election))
    trustees = Trustees.from_text(queries.trustees_text(uow.session, election), asked.group)
    ceremony = queries.show_ceremony(uow.session, ballot.id)
    return Closed(election, ballot, asked, trustees, ceremony, unseal(election, uow.keys))


def _present(ballot: Ballot, uow: UnitOfWork) -> int:
    return count_present_at(uow.session, ballot, ballot.round.opened_on)


def _proofs(command: dict[str, Any], closed: Closed) -> DecryptionProofs:
    return DecryptionProofs.from_data(_json(command["proofs"]), closed.asked.group.q, closed.shape)


def _json(message: str) -> Any:
    return canonical(message, most=MOST_BYTES)
