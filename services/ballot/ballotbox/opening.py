"""Opening (开始投票): the manifest, the election and the roll are put on a blank board."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from nacl.signing import SigningKey

from services.chassis.work import UnitOfWork

from ..annex import chain, signing
from ..annex.copying import questions
from ..annex.manifest import Candidate, Manifest, Method, Spare
from ..belenios.board import SETUP, setup_data
from ..belenios.credential import public_credentials_from_text
from ..belenios.election import Election as Question
from ..belenios.encoding import BASE58, canonical, encoded, sha256_hex
from ..belenios.group import group_named
from ..belenios.pki import MOST_BYTES
from ..belenios.tally import RunningTally
from ..belenios.trustee import Trustees
from ..board_key import seal
from ..model.ballot import Ballot
from ..model.board import CredentialList, Openings, PublicCredential, Turnout
from ..model.ceremony import Ceremony, Step
from ..model.election import Election
from ..model.electronic import BLANK
from ..model.kind import kind_of, limits
from ..model.opening import check_electronic
from ..model.rules import Rules
from ..queries import elections as queries
from ..queries import roll_of


def set_up(ballot: Ballot, title: str, booth: str | None, uow: UnitOfWork) -> Election:
    """Open the board of the ballot's latest round.

    ``booth``: SHA-256 of the page that deputies vote on.  Raises Conflict if no election is left.
    """
    used = queries.used_uuids(uow.session, ballot.id)
    left = [one for one in ballot.uuids if one not in used]
    uuid = ballot.next_uuid(left)
    ceremony = queries.show_ceremony(uow.session, ballot.id)
    lists = queries.credential_lists_of(uow.session, ballot.id)
    trustees = Trustees.from_text(ceremony.trustees or "", group_named(ceremony.group))
    key = SigningKey.generate()
    manifest = _manifest(ballot, booth, uuid, trustees, key, lists)
    asked = _question(ballot, manifest, title, trustees)
    sums = RunningTally(asked.group, [one.ciphertexts for one in asked.questions])
    election = Election.open(
        uuid=uuid,
        ballot_id=ballot.id,
        round_number=ballot.round.number,
        manifest=manifest.to_data(),
        timestamp=str(int(time.time())),
        board_key=seal(key, uow.keys),
        sums=sums.encrypted().to_text(),
        on=ballot.round.opened_on,
        by=uow.principal.subject,
        recorded_at=uow.now,
    )
    texts = asked.text, trustees.to_text(), lists[uuid].text
    members = election.append(SETUP, *texts, setup_data(*texts))
    lines = [election.note(chain.MANIFEST, manifest.to_data(), key)]
    lines += [election.note(type_, one, key) for type_, one in _ceremony(ceremony)]
    uow.add(election)
    uow.session.flush()
    uow.session.add_all([*members, *lines])
    uow.session.add_all(_roll(election, lists[uuid].text, asked))
    voted = dict.fromkeys(sorted(roll_of(uow.session, ballot.session)), False)
    uow.session.add(Turnout(election_id=election.id, voted=voted))
    uow.session.add(Openings(election_id=election.id, number={}))
    return election


def set_up_next(ballot: Ballot, uow: UnitOfWork) -> Election:
    """Open the board of a run-off or re-vote: the same roll and booth, the next spare election."""
    uow.session.flush()
    before = queries.latest_election(uow.session, ballot.id)
    title = queries.title_of(uow.session, before).partition(" · ")[0]
    booth = before.manifest["booth"]
    return set_up(ballot, f"{title} · 第 {ballot.round.number} 轮", booth, uow)


def make_uuids(rules: Rules) -> list[str]:
    """New identifiers for a ballot's election and its spares, as Belenios makes them."""
    online = check_electronic(rules)
    return [
        "".join(secrets.choice(BASE58) for _ in range(14))
        for _ in range(1 + online.spare_elections)
    ]


def _manifest(
    ballot: Ballot,
    booth: str | None,
    uuid: str,
    trustees: Trustees,
    key: SigningKey,
    lists: Mapping[str, CredentialList],
) -> Manifest:
    rules, current = ballot.method.rules, ballot.round
    names = {one["id"]: one["name"] for one in ballot.candidates}
    least, most = limits(rules.choice, len(current.candidate_ids), current.seats)
    online = ballot.electronic
    method = ballot.method
    return Manifest(
        uuid=uuid,
        ballot_id=ballot.id,
        round=current.number,
        kind=kind_of(rules.choice),
        candidates=tuple(Candidate(one, names[one]) for one in current.candidate_ids),
        seats=current.seats,
        min=least,
        max=most,
        blank=online.overvote == BLANK,
        recast=online.recast,
        method=Method(method.id, method.title, method.digest),
        roll=lists[uuid].number,
        credentials=lists[uuid].hash,
        trustees=trustees.hash,
        threshold=online.trustees.threshold,
        least_ballots=online.least_ballots,
        least_papers=online.least_papers,
        board_key=signing.public(key),
        booth=booth,
        spares=tuple(Spare(one, lists[one].hash) for one in ballot.uuids if one != uuid),
    )


def _question(ballot: Ballot, manifest: Manifest, title: str, trustees: Trustees) -> Question:
    asked = questions(
        manifest.kind,
        [one.name for one in manifest.candidates],
        most=manifest.max,
        least=manifest.min,
        blank=manifest.blank,
    )
    return Question.made(
        name=title,
        description=manifest.description(title),
        group=group_named(ballot.electronic.group),
        public_key=trustees.election_key,
        questions=asked,
        uuid=manifest.uuid,
    )


def _ceremony(ceremony: Ceremony) -> list[tuple[str, dict[str, Any]]]:
    commitments = [
        (chain.COMMITMENT, canonical(one, most=MOST_BYTES))
        for one in ceremony.messages(Step.COMMITMENT)
    ]
    parts = [
        {"owner": owner, "decryption": canonical(one, most=MOST_BYTES)}
        for owner, one in enumerate(ceremony.messages(Step.REHEARSAL), 1)
    ]
    rehearsal = {"dummy": ceremony.rehearsed, "decryptions": parts}
    return [*commitments, (chain.REHEARSAL, rehearsal)]


def _roll(election: Election, text: str, asked: Question) -> Sequence[PublicCredential]:
    return [
        PublicCredential(election_id=election.id, hash=sha256_hex(encoded(one)))
        for one in public_credentials_from_text(text, asked.group)
    ]
