"""What must be refused in an archive, a test for each, whoever put it there.

Ballots are signed anew after they are changed, so that it is never just the signature that fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.ballot.annex import chain as lines
from services.ballot.annex.copying import BOTH, EACH, Mark, make_plaintext
from services.ballot.annex.decrypting import handed_in_hash
from services.ballot.annex.verification import verify
from services.ballot.belenios import board as events
from services.ballot.belenios.answer import context, encrypt_choice
from services.ballot.belenios.ballot import put_together, sign
from services.ballot.belenios.board import setup_data
from services.ballot.belenios.credential import make_credential, public
from services.ballot.belenios.encoding import dumps, sha256_base64
from services.ballot.belenios.group import ED25519
from services.ballot.belenios.tally import EncryptedTally, SizedEncryptedTally

from .elections import UUID, Vote, finished, rechained, signed, steps_of

#: A point of order 8, in Belenios' order of digits.
SMALL_ORDER = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"
IDENTITY = "00" * 31 + "01"


def codes(vote: Vote, archive: bytes | None = None) -> list[str]:
    """Why claims do not hold."""
    claims = verify(vote.archive if archive is None else archive, vote.annex)
    return [one.refused.code for one in claims if one.refused]


def data_of(vote: Vote, voter: int = 0, marks: Any = None) -> dict[str, Any]:
    """The content of a good ballot."""
    data: dict[str, Any] = json.loads(vote.prepare(voter, marks).to_text())
    return data


def after(vote: Vote, text: str) -> list[str]:
    """Why claims do not hold once this stands on the board as a ballot."""
    vote.put(events.BALLOT, text)
    return codes(vote)


def test_a_ballot_signed_anew_without_a_change_is_taken() -> None:
    """The way these tests sign is no reason to refuse."""
    vote = Vote()
    assert after(vote, signed(vote, 0, data_of(vote))) == []


Change = Callable[[dict[str, Any]], Any]


def _first(name: str, value: Callable[[str], str]) -> Change:
    def change(data: dict[str, Any]) -> None:
        choice = data["answers"][0]["choices"][0]
        choice[name] = value(choice[name])

    return change


def _proof(where: str, name: str, value: Callable[[int], str]) -> Change:
    def change(data: dict[str, Any]) -> None:
        proofs = data["answers"][0][where]
        one = proofs[0] if where == "overall_proof" else proofs[0][0]
        one[name] = value(int(one[name]))

    return change


def _shifted(text: str) -> str:
    """The point plus one of order 2, (0, -1): (x, y) becomes (-x, -y)."""
    p, number = 2**255 - 19, int(text, 16)
    sign, y = number >> 255, number & (2**255 - 1)
    return f"{(sign ^ 1) << 255 | (-y % p):064x}"


CHANGES: dict[str, tuple[Change, str]] = {
    "α of r = 0": (_first("alpha", lambda _: IDENTITY), "not-in-group"),
    "β the identity": (_first("beta", lambda _: IDENTITY), "not-in-group"),
    "α of small order": (_first("alpha", lambda _: SMALL_ORDER), "not-in-group"),
    "α off the subgroup": (_first("alpha", _shifted), "not-in-group"),
    "β off the subgroup": (_first("beta", _shifted), "not-in-group"),
    "α in capitals": (_first("alpha", str.upper), "not-in-group"),
    "α another's": (_first("alpha", lambda _: ED25519.text(ED25519.exp_g(5))), "bad-proof"),
    "α as a number": (_first("alpha", lambda _: 5), "wrong-type"),  # type: ignore[arg-type, return-value]
    **{
        f"{name} {what} in {where}": (_proof(where, name, value), code)
        for where in ("individual_proofs", "overall_proof")
        for name in ("challenge", "response")
        for what, value, code in (
            ("from q on", lambda n: str(n + ED25519.q), "bad-scalar"),
            ("with a zero before it", lambda n: f"0{n}", "bad-scalar"),
            ("negative", lambda n: f"-{n}", "bad-scalar"),
            ("another", lambda n: str((n + 1) % ED25519.q), "bad-proof"),
        )
    },
    "a choice too few": (lambda data: data["answers"][0]["choices"].pop(), "wrong-length"),
    "a proof too many": (
        lambda data: data["answers"][0]["overall_proof"].append(
            data["answers"][0]["overall_proof"][0]
        ),
        "wrong-length",
    ),
    "an answer too few": (lambda data: data["answers"].pop(), "wrong-length"),
    "no answers": (lambda data: data.update(answers={}), "wrong-length"),
    "an extra field": (lambda data: data.update(note="x"), "wrong-fields"),
    "an extra field within": (
        lambda data: data["answers"][0]["choices"][0].update(note="x"),
        "wrong-fields",
    ),
    "choices swapped": (lambda data: data["answers"][0]["choices"].reverse(), "bad-proof"),
    "another election": (lambda data: data.update(election_uuid="x" * 14), "other-election"),
    "another election's hash": (lambda data: data.update(election_hash="x" * 43), "other-election"),
    "no credential": (lambda data: data.update(credential=IDENTITY), "not-in-group"),
    "megabytes": (lambda data: data.update(election_uuid="x" * 2_000_000), "too-long"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_ballot_is_refused(name: str) -> None:
    """Elements, numbers, lengths and fields: each in its range, or the ballot is named."""
    change, code = CHANGES[name]
    vote = Vote()
    data = data_of(vote)
    change(data)
    assert after(vote, signed(vote, 0, data)) == [code]


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.replace(",", ", ", 1),
        lambda text: text.replace('"alpha"', '"\\u0061lpha"', 1),
        lambda text: text.replace('{"alpha":', '{"alpha":"0","alpha":', 1),
        lambda text: text.replace('"challenge":"', '"challenge":"１', 1),
        lambda text: text.replace('"challenge":"', '"challenge":" ', 1),
        lambda text: "[" * 50_000 + text,
        lambda text: text + "\n",
        lambda text: text[:-1],
        lambda text: text.replace('"answers":', '"answers":NaN,"x":', 1),
        lambda text: text.replace("election_uuid", "election\\ud800", 1),
        lambda text: "null",
        lambda text: "",
    ],
)
def test_a_ballot_written_otherwise_is_refused(rewrite: Callable[[str], str]) -> None:
    """One ballot has one text, or it would have several trackers."""
    vote = Vote()
    text = vote.prepare(0).to_text()
    assert rewrite(text) != text
    assert len(after(vote, rewrite(text))) == 1


def test_a_ballot_under_anothers_credential_is_refused() -> None:
    """Neither with its maker's signature nor with the other's, who copied it."""
    vote = Vote()
    data = data_of(vote) | {"credential": vote.public(1)}
    assert after(vote, signed(vote, 0, data)) == ["bad-signature"]
    copied = Vote()
    original = copied.prepare(0)
    copied.cast(original)
    data = json.loads(original.to_text()) | {"credential": copied.public(1)}
    assert after(copied, signed(copied, 1, data)) == ["bad-proof"]


def test_a_ballot_with_its_answers_swapped_is_refused() -> None:
    """Whoever is not its voter cannot turn her answers round."""
    vote = Vote(kind=EACH)
    data = data_of(vote, 0, [Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN])
    signature = data["signature"]
    data["answers"].reverse()
    unsigned = dumps({name: data[name] for name in data if name != "signature"})
    signature["hash"] = sha256_base64(unsigned.encode())
    assert after(vote, dumps(data)) == ["bad-signature"]


def test_an_unsigned_ballot_is_refused() -> None:
    """What was only prepared is no vote."""
    vote = Vote()
    unsigned = replace(vote.prepare(0), signature=None)
    assert after(vote, unsigned.to_text()) == ["unsigned"]


def test_too_many_choices_are_refused() -> None:
    """Three approvals where two are allowed: whoever made it lied in the overall proof."""
    vote, other = Vote(most=2), Vote(most=3)
    other.credentials = vote.credentials
    data = data_of(other, 0, [Mark.APPROVE] * 3)
    data["election_hash"] = vote.election.fingerprint
    data["answers"][0]["overall_proof"].pop()
    assert after(vote, signed(vote, 0, data)) == ["bad-proof"]


@pytest.mark.parametrize("kind", [EACH, BOTH])
def test_choices_that_are_no_copies_are_refused(kind: int) -> None:
    """Of kind 3, all that Belenios asks for holds; of kind 2, blanks that differ."""
    vote = Vote(kind=kind, blank=kind == EACH)
    marks = [Mark.APPROVE, Mark.ABSTAIN, Mark.ABSTAIN]
    s0 = context(vote.election, vote.public(0))
    plaintext = make_plaintext(kind, marks, blank=vote.blank)
    if kind == BOTH:
        plaintext[-1] = [0, 1, 0]
    rows = [[encrypt_choice(vote.election, s0, m) for m in row] for row in plaintext]
    prepared = put_together(vote.election, vote.public(0), rows)
    vote.cast(sign(vote.election, vote.credentials[0], prepared.ballot))
    assert codes(vote) == ["not-a-copy"]
    assert all(claim.holds for claim in verify(vote.archive, None))


def test_a_ciphertext_of_an_earlier_ballot_is_refused() -> None:
    """Though its proofs hold in a voter's next ballot as they did in the one before."""
    vote = Vote()
    s0 = context(vote.election, vote.public(0))
    first = [encrypt_choice(vote.election, s0, m) for m in (1, 0, 0)]
    second = [first[0], *(encrypt_choice(vote.election, s0, m) for m in (1, 0))]
    for row in (first, second):
        prepared = put_together(vote.election, vote.public(0), [row])
        vote.cast(sign(vote.election, vote.credentials[0], prepared.ballot))
    assert codes(vote) == ["alpha-seen"]


def test_a_ciphertext_twice_in_a_ballot_is_refused() -> None:
    """Of kind 1 nothing may be copied."""
    vote = Vote()
    s0 = context(vote.election, vote.public(0))
    one = encrypt_choice(vote.election, s0, 1)
    row = [one, one, encrypt_choice(vote.election, s0, 0)]
    prepared = put_together(vote.election, vote.public(0), [row])
    vote.cast(sign(vote.election, vote.credentials[0], prepared.ballot))
    assert codes(vote) == ["repeated-alpha"]


def test_an_earlier_ballot_again_after_a_recast_is_refused() -> None:
    """Nobody can bring back what its voter has replaced, not even signed anew."""
    vote = Vote()
    first = vote.prepare(0)
    vote.cast(first)
    vote.vote(0)
    text = signed(vote, 0, json.loads(first.to_text()))
    assert text != first.to_text()
    assert after(vote, text) == ["alpha-seen"]


def test_an_eleventh_ballot_of_one_credential_is_refused() -> None:
    """With an annex; Belenios has no such limit."""
    vote = Vote()
    for _ in range(10):
        vote.vote(0)
    assert codes(vote) == []
    vote.vote(0)
    assert codes(vote) == ["too-many-recasts"]
    assert all(claim.holds for claim in verify(vote.archive, None))


def test_a_recast_is_refused_where_it_is_not_allowed() -> None:
    """The manifest says whether one may vote again."""
    vote = Vote(recast=False)
    vote.vote(0)
    vote.vote(1)
    assert codes(vote) == []
    vote.vote(0)
    assert codes(vote) == ["no-recast"]


def test_an_unknown_credential_is_refused() -> None:
    """One ballot more than the roll, however well it is made."""
    vote = Vote(voters=2)
    vote.vote(0)
    vote.vote(1)
    vote.credentials.append(make_credential())
    vote.vote(2)
    assert codes(vote) == ["unknown-credential"]


def test_a_withdrawn_credential_is_refused() -> None:
    """Whoever got paper has no electronic ballot, before or after."""
    vote = Vote()
    vote.vote(0)
    vote.say(lines.WITHDRAWN, {"credential": vote.public(1)})
    assert codes(vote) == []
    vote.say(lines.WITHDRAWN, {"credential": vote.public(0)})
    assert codes(vote) == ["withdrawn-credential"]


def test_a_spoiled_ballot_that_was_cast_is_refused() -> None:
    """Its choices were shown, so it is no secret ballot."""
    vote = Vote()
    ballot = vote.prepare(0)
    vote.say(lines.SPOILED, {"hash": ballot.unsigned_hash})
    assert codes(vote) == []
    vote.cast(ballot)
    assert codes(vote) == ["spoiled-ballot"]


BALLOT, END, TALLY, DECRYPTION, RESULT = 1, 5, 6, 7, 10


@pytest.mark.parametrize(
    ("at", "again"),
    [
        (BALLOT, 0),
        (0, BALLOT),
        (TALLY, BALLOT),
        (RESULT + 1, BALLOT),
        (TALLY, END),
        (DECRYPTION, TALLY),
        (TALLY, DECRYPTION),
        (DECRYPTION, RESULT),
    ],
    ids=[
        "two Setups",
        "a ballot before the Setup",
        "a ballot after the end",
        "a ballot after the result",
        "two ends",
        "two tallies",
        "a decryption before the tally",
        "a result before the decryptions",
    ],
)
def test_events_out_of_sequence_are_refused(at: int, again: int) -> None:
    """With parents and heights as they should be, and data that are new where they must be."""
    steps = steps_of(finished().archive)
    assert [steps[i][0] for i in (BALLOT, END, TALLY, DECRYPTION, RESULT)] == [
        "Ballot",
        "EndBallots",
        "EncryptedTally",
        "PartialDecryption",
        "Result",
    ]
    moved = steps[:at] + [steps[again]] + [one for one in steps[at:] if one != steps[again]]
    (code,) = codes(finished(), rechained(moved))
    assert code in ("out-of-sequence", "datum-twice", "missing-payload")


def test_two_decryptions_by_one_owner_are_refused() -> None:
    """Even if both are true."""
    steps = steps_of(finished().archive)
    factors, owned = steps[DECRYPTION + 1][1]
    steps[DECRYPTION + 1] = (
        events.PARTIAL_DECRYPTION,
        [factors, owned.replace('"owner":2', '"owner":1')],
    )
    assert codes(finished(), rechained(steps)) == ["decryption-twice"]


@pytest.mark.parametrize("change", ["ballot", "number", "swapped"])
def test_a_tally_of_other_ballots_is_refused(change: str) -> None:
    """A ballot left out, another number, ciphertexts in another order."""
    vote = Vote()
    for voter in (0, 1, 2):
        vote.vote(voter)
    if change == "ballot":
        del vote.ballots[vote.public(1)]
    vote.end(1, 2)
    if change == "ballot":
        vote.tally()
    else:
        running = vote.running()
        tally = running.encrypted()
        number = 3
        if change == "number":
            number = 4
        else:
            tally = EncryptedTally((tally.ciphertexts[0][::-1],))
        sized = SizedEncryptedTally(number, number, tally.hash)
        vote.put(events.ENCRYPTED_TALLY, tally.to_text(), sized.to_text())
    assert codes(vote) == ["other-tally"]


def test_a_false_decryption_is_refused_and_named() -> None:
    """Factors of another key: Belenios' own proof does not hold."""
    vote = Vote()
    vote.vote(0)
    vote.end(1, 2)
    vote.tally()
    vote.decrypt(1)
    decryption, proofs = vote.decrypted(3)
    vote.take_decryption(2, decryption, replace(proofs, owner=2))
    claims = list(verify(vote.archive, vote.annex))
    refused = claims[-1].refused
    assert refused and refused.code == "false-decryption" and "trustee 2" in refused.en


def test_a_decryption_of_something_else_is_refused() -> None:
    """A second aggregate: factors of another tally are not this one's."""
    vote, other = Vote(), Vote()
    vote.vote(0)
    other.vote(0)
    vote.end(1, 2)
    vote.tally()
    decryption, proofs = vote.decrypted(1, other.running().encrypted())
    vote.take_decryption(1, decryption, proofs)
    assert codes(vote) == ["false-decryption"]


def test_a_decryption_without_our_proof_is_refused() -> None:
    """Belenios' proof alone does not bind the factor."""
    vote = Vote()
    vote.vote(0)
    vote.end(1, 2)
    vote.tally()
    decryption, proofs = vote.decrypted(1)
    mixed = (proofs.proofs[0][:-1] + proofs.proofs[0][:1],)
    vote.take_decryption(1, decryption, replace(proofs, proofs=mixed))
    assert codes(vote) == ["false-decryption"]


def test_proofs_that_are_missing_or_of_another_decryption_are_refused() -> None:
    """Each decryption has its own, once."""
    for change in ("missing", "other", "twice"):
        vote = Vote()
        vote.vote(0)
        vote.end(1, 2)
        vote.tally()
        decryption, proofs = vote.decrypted(1)
        other = vote.decrypted(1)[1] if change == "other" else replace(proofs, owner=3)
        vote.take_decryption(1, decryption, proofs if change == "twice" else other)
        if change == "twice":
            vote.say(lines.DECRYPTION_PROOFS, proofs.to_data())
        code = "other-decryption" if change == "other" else "proofs-missing"
        assert codes(vote) == [code]


def test_a_false_decryption_kept_out_leaves_the_rest_to_hold() -> None:
    """The annex names it; whoever took it all the same, with its proofs, is found out."""
    vote = Vote()
    vote.vote(0)
    vote.end(1, 2)
    vote.tally()
    vote.say(lines.REFUSED_DECRYPTION, {"owner": 2, "hash": "0" * 64, "code": "false-decryption"})
    vote.decrypt(3)
    decryption, true = vote.decrypted(1)
    first = replace(true.proofs[0][0], response=1)
    wrong = replace(true, proofs=((first, *true.proofs[0][1:]), *true.proofs[1:]))
    for proofs, code in ((wrong, []), (true, ["refused-decryption"])):
        hash_ = handed_in_hash((decryption, proofs))
        vote.say(lines.REFUSED_DECRYPTION, {"owner": 1, "hash": hash_, "code": "false-decryption"})
        if not code:
            vote.take_decryption(1, decryption, true)
            vote.result()
        assert codes(vote) == code


def test_a_decryption_beside_the_archive_must_agree() -> None:
    """The annex may carry decryptions beyond the archive's, with their proofs."""
    vote = Vote()
    vote.vote(0)
    vote.finish(1, 2)
    decryption, proofs = vote.decrypted(3)
    vote.say(lines.EXTRA_DECRYPTION, {"owner": 3, "decryption": decryption.to_data()})
    assert codes(vote) == ["proofs-missing"]
    vote.say(lines.DECRYPTION_PROOFS, proofs.to_data())
    assert codes(vote) == []
    vote.say(lines.EXTRA_DECRYPTION, {"owner": 1, "decryption": decryption.to_data()})
    assert codes(vote) == ["decryption-twice"]


def test_another_result_is_refused() -> None:
    """One vote moved from one project to another."""
    steps = steps_of(finished().archive)
    result = json.loads(steps[RESULT][1][0])["result"]
    result[0][0] += 1
    steps[RESULT] = (events.RESULT, [dumps({"result": result})])
    assert codes(finished(), rechained(steps)) == ["other-result"]


def test_too_few_cosignatures_are_refused_once_something_is_decrypted() -> None:
    """Before that, they are waited for."""
    vote = Vote()
    vote.vote(0)
    vote.end(1)
    vote.tally()
    assert codes(vote) == []
    vote.decrypt(1)
    assert codes(vote) == ["too-few-cosignatures"]


def test_a_signature_under_another_end_is_refused() -> None:
    """The scrutineer saw another board."""
    vote = Vote()
    vote.vote(0)
    vote.end(1)
    vote.cosign(2, "0" * 64)
    assert codes(vote) == ["other-end"]


def test_too_few_ballots_must_not_be_decrypted() -> None:
    """Nor beside a few papers, which would stand out."""
    vote = Vote(least_ballots=2)
    vote.vote(0)
    vote.end(1, 2)
    vote.tally()
    assert codes(vote) == []
    vote.decrypt(1)
    assert codes(vote) == ["too-few-ballots"]
    paper = Vote(least_ballots=2)
    paper.vote(0)
    paper.vote(1)
    paper.finish(1, 2)
    assert codes(paper) == []
    paper.say(lines.PAPER, {"count": 1})
    assert codes(paper) == ["too-few-papers"]


@pytest.mark.parametrize(
    "changes",
    [
        {"max": 3},
        {"min": 1},
        {"kind": EACH},
        {"blank": True},
        {"uuid": "another1234567"},
        {"credentials": "0" * 64},
        {"trustees": "0" * 64},
    ],
    ids=str,
)
def test_an_election_that_is_not_the_manifests_is_refused(changes: dict[str, Any]) -> None:
    """Though its description names that manifest."""
    vote = Vote()
    manifest = replace(vote.manifest, **changes)
    election = json.loads(vote.election.text)
    election["description"] = manifest.description("示例票决")
    other = Vote()
    other.chain = lines.Chain()
    other.say(lines.MANIFEST, manifest.to_data())
    data = (dumps(election), vote.trustees.to_text(), vote.roll)
    archive = rechained([(events.SETUP, [*data, setup_data(*data)])])
    assert codes(other, archive) == ["other-manifest"]


def test_the_annex_of_another_election_is_refused() -> None:
    """Its manifest is not the one that the election names."""
    vote = Vote(least_ballots=3)
    assert codes(vote, finished().archive) == ["other-manifest"]


def test_a_low_threshold_is_refused() -> None:
    """Half of the scrutineers must not be able to decrypt."""
    assert codes(Vote(size=4, threshold=2)) == ["low-threshold"]


def test_another_threshold_than_the_manifests_is_refused() -> None:
    """Two of three, where the manifest says three."""
    vote = Vote()
    other = replace(vote.manifest, threshold=3)
    election = json.loads(vote.election.text)
    election["description"] = other.description("示例票决")
    commitments = vote.chain.of(lines.COMMITMENT)
    vote.chain = lines.Chain()
    vote.say(lines.MANIFEST, other.to_data())
    for one in commitments:
        vote.say(lines.COMMITMENT, one)
    vote.rehearse(7, 1, 2, 3)
    data = (dumps(election), vote.trustees.to_text(), vote.roll)
    archive = rechained([(events.SETUP, [*data, setup_data(*data)])])
    assert codes(vote, archive) == ["other-threshold"]


def test_a_missing_commitment_is_refused() -> None:
    """Whoever revealed first could be answered by whoever had not committed."""
    vote = Vote(rehearsed=False)
    texts = [line.text for line in vote.chain.lines]
    vote.chain = lines.Chain()
    for text in texts[:-1]:
        vote.chain.take(text)
    vote.rehearse(7, 1, 2, 3)
    assert codes(vote) == ["commitments-missing"]


def test_every_key_must_have_been_rehearsed() -> None:
    """In one rehearsal: none at all, or the one and then the other, do not show that all work."""
    vote = Vote(rehearsed=False)
    assert codes(vote) == ["not-rehearsed"]
    vote.rehearse(7, 1, 2)
    vote.rehearse(8, 2, 3)
    assert codes(vote) == ["not-rehearsed"]
    vote.rehearse(9, 1, 2, 3)
    assert codes(vote) == []


def test_a_rehearsal_with_another_number_is_refused() -> None:
    """And one with too few trustees."""
    vote = Vote()
    vote.rehearse(7, 1)
    assert codes(vote) == ["too-few-decryptions"]
    vote = Vote()
    assert codes(vote) == []
    payload = json.loads(dumps(vote.chain.of(lines.REHEARSAL)[0]))
    payload["dummy"]["number"] = 8
    vote.say(lines.REHEARSAL, payload)
    assert codes(vote) == ["no-dummy"]


def test_a_roll_of_another_length_is_refused() -> None:
    """Whoever is not on the manifest's roll has no credential."""
    assert codes(Vote(voters=4, roll=3)) == ["other-roll"]


def test_a_withdrawn_credential_must_be_on_the_roll() -> None:
    """Once."""
    vote = Vote()
    vote.say(lines.WITHDRAWN, {"credential": public(UUID, make_credential(), vote.group)})
    assert codes(vote) == ["unknown-credential"]


def _election(vote: Vote, change: Callable[[dict[str, Any]], Any]) -> bytes:
    election = json.loads(vote.election.text)
    change(election)
    data = (dumps(election), vote.trustees.to_text(), vote.roll)
    return rechained([(events.SETUP, [*data, setup_data(*data)])])


@pytest.mark.parametrize("key", [IDENTITY, SMALL_ORDER, "0", ""])
def test_an_election_without_a_key_is_refused(key: str) -> None:
    """The identity or a point of small order hides nothing."""
    vote = Vote()
    archive = _election(vote, lambda election: election.update(public_key=key))
    assert codes(vote, archive) == ["not-in-group"]


def test_an_election_under_another_key_is_refused() -> None:
    """The trustees' keys make the election's."""
    vote = Vote()
    other = vote.group.text(vote.group.exp_g(7))
    archive = _election(vote, lambda election: election.update(public_key=other))
    assert codes(vote, archive) == ["other-key"]


@pytest.mark.parametrize(
    ("roll", "code"),
    [
        (lambda roll: [*roll, roll[0]], "repeated-credential"),
        (lambda roll: [*roll, IDENTITY], "not-in-group"),
        (lambda roll: [*roll, SMALL_ORDER], "not-in-group"),
        (lambda roll: [*roll[:-1], _shifted(roll[-1])], "not-in-group"),
        (lambda roll: [*roll[:-1], roll[-1] + ",2"], "weighted"),
    ],
)
def test_a_roll_with_impossible_credentials_is_refused(
    roll: Callable[[list[str]], list[str]], code: str
) -> None:
    """In the group, distinct, and each for one vote."""
    vote = Vote()
    text = dumps(roll(json.loads(vote.roll)))
    data = (vote.election.text, vote.trustees.to_text(), text)
    archive = rechained([(events.SETUP, [*data, setup_data(*data)])])
    claims = verify(archive, None)
    assert [one.refused.code for one in claims if one.refused] == [code]


def test_a_receipt_that_is_not_honoured_is_refused() -> None:
    """The board took a ballot and shows another board."""
    vote = Vote()
    receipt = vote.vote(0).to_text()
    other = Vote()
    other.vote(1)
    claims = list(verify(other.archive, other.annex, receipts=[receipt]))
    assert [one.refused.code for one in claims if one.refused] == ["receipt-broken"]
    claims = list(verify(vote.archive, vote.annex, receipts=[receipt]))
    assert all(one.holds for one in claims)
    with pytest.raises(ValueError):
        list(verify(vote.archive, None, receipts=[receipt]))


def test_a_tracker_that_does_not_count_is_refused() -> None:
    """A ballot that was replaced by its voter, or that never came."""
    vote = Vote()
    first, second = vote.vote(0).tracker, vote.vote(0).tracker
    for tracker, code in (
        (first, "replaced-ballot"),
        ("x" * 43, "no-such-ballot"),
        (second + "=", "no-such-ballot"),
    ):
        claims = list(verify(vote.archive, vote.annex, trackers=[second, tracker]))
        assert [one.refused.code for one in claims if one.refused] == [code]


def test_an_archive_that_does_not_continue_an_earlier_copy_is_refused() -> None:
    """A ballot that stood there is gone."""
    vote = Vote()
    vote.vote(0)
    vote.vote(1)
    earlier = vote.archive
    steps = steps_of(earlier)
    later = rechained(steps[:-1])
    claims = list(verify(later, vote.annex, earlier=earlier))
    assert [one.refused.code for one in claims if one.refused] == ["board-shrunk"]
