"""What Belenios' own programs wrote is read, checked and written again byte for byte."""

from __future__ import annotations

import json
from functools import partial, reduce

import pytest

from services.ballot.belenios import credential
from services.ballot.belenios.ballot import Ballot, check_ballot, most_bytes
from services.ballot.belenios.ciphertext import multiply
from services.ballot.belenios.encoding import sha256_hex

from .samples import (
    BELENIOS_2048,
    ED25519,
    SECRETS,
    SINGLE,
    ballots_of,
    cast,
    decrypted,
    election,
    election_of,
    messages,
)

EACH_ARCHIVE = pytest.mark.parametrize("name", [ED25519, BELENIOS_2048, SINGLE])


@EACH_ARCHIVE
def test_every_ballot_holds_and_is_written_as_it_was_read(name: str) -> None:
    """Each ballot passes every check and comes out byte for byte."""
    found, at = ballots_of(name), election_of(name)
    assert len(found) in (5, 100)
    for text in found:
        ballot = Ballot.from_text(text, at)
        check_ballot(at, ballot)
        assert ballot.to_text() == text and len(text) <= most_bytes(at)


@EACH_ARCHIVE
def test_the_hash_of_an_election_is_its_name_in_the_archive(name: str) -> None:
    """The Setup event names the election by the hash that we compute."""
    at = election_of(name)
    setup = next(json.loads(one) for one in messages(name) if '"credentials":' in one)
    assert setup["election"] == at.hash


@EACH_ARCHIVE
def test_an_election_made_of_the_same_parts_is_the_same(name: str) -> None:
    """Writing an election anew gives the bytes of the vectors."""
    at = election_of(name)
    made = type(at).made(
        name=at.name,
        description=at.description,
        group=at.group,
        public_key=at.public_key,
        questions=at.questions,
        uuid=at.uuid,
    )
    assert made.text == at.text and made.fingerprint == at.fingerprint


@EACH_ARCHIVE
def test_credentials_are_read_and_written(name: str) -> None:
    """The list of public credentials has a place for each ballot's, and keeps its bytes."""
    at = election_of(name)
    text = next(one for one in messages(name) if one.startswith('["') and "Single" not in one)
    read = credential.public_credentials_from_text(text, at.group)
    assert credential.public_credentials_to_text(read) == text
    assert {Ballot.from_text(one, at).credential for one in ballots_of(name)} <= set(read)


@EACH_ARCHIVE
def test_ballots_multiply_to_the_encrypted_tally(name: str) -> None:
    """The product of all ballots, answer by answer, is the tally in the archive."""
    at = election_of(name)
    answers = [Ballot.from_text(one, at).answers[0].choices for one in ballots_of(name)]
    sums = [reduce(partial(multiply, at.group), one) for one in zip(*answers, strict=True)]
    tally = json.dumps([[one.to_data() for one in sums]], separators=(",", ":"))
    assert tally in messages(name)
    sized = next(json.loads(one) for one in messages(name) if '"num_tallied"' in one)
    assert sized["encrypted_tally"] == sha256_hex(tally.encode())


def test_credentials_are_derived_from_their_secrets() -> None:
    """Each voter's secret gives the public credential under which her ballot stands."""
    at = election_of(ED25519)
    private = json.loads((SECRETS / "private_creds.json").read_text())
    public = {credential.public(at.uuid, one, at.group) for one in private.values()}
    assert len(public) == 100
    assert public == {Ballot.from_text(one, at).credential for one in ballots_of(ED25519)}


def test_the_vectors_plaintexts_give_the_vectors_result() -> None:
    """Voted again by us, the same plaintexts add up to the result that the vectors were made of."""
    lines = (SECRETS / "pv.txt").read_text().splitlines()
    voted = [line.split("\t") for line in lines]
    at = election(*election_of(ED25519).questions)
    ballots = [cast(at, json.loads(plaintext), secret) for secret, plaintext in voted]
    columns = zip(*(one.answers[0].choices for one in ballots), strict=True)
    sums = [reduce(partial(multiply, at.group), one) for one in columns]
    expected = json.loads((SECRETS / "expected.json").read_text())
    assert [decrypted(at, one) for one in sums] == expected
