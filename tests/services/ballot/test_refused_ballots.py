"""Ballots that must be refused when they are cast, each for its reason and with nothing written.

The library's refusals are tested on their own; here they reach whoever casts as clear errors.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nacl.bindings as sodium
import pytest

from services.ballot.annex.copying import Mark, make_plaintext, prepare
from services.ballot.belenios import belenios_2048
from services.ballot.belenios.credential import public
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import dumps
from services.commons.errors import Conflict, Invalid

from .stages import AGAIN, TICKS, Stages, refused, send, signed, ticks
from .voting import Vote

Json = dict[str, Any]

BOTH: Json = {"choice": "approve-oppose-abstain-up-to", "electronic": {"overvote": "prevented"}}
BLANK: Json = {"choice": "approve-oppose-abstain-up-to", "electronic": {"overvote": "blank"}}
EACH: Json = {"choice": "approve-oppose-abstain", "electronic": {"overvote": "prevented"}}
IN_2048 = {
    "choice": "tick-up-to",
    "electronic": {"overvote": "prevented", "group": "BELENIOS-2048"},
}
#: The point (0, -1) of order 2, written as Belenios writes points; its library form.
MINUS_ONE = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"
#: y = 2 lies on no point of the curve; y = p + 1 is another writing of the identity.
OFF_CURVE = f"{2:064x}"
NOT_REDUCED = f"{2**255 - 19 + 1:064x}"

#: What is done to the data of a valid ballot, before its voter signs them anew.
Change = Callable[[Vote, Json], Any]


def first(data: Json) -> Json:
    """The first ciphertext."""
    found: Json = data["answers"][0]["choices"][0]
    return found


def proof(data: Json) -> Json:
    """The first of the individual proofs."""
    found: Json = data["answers"][0]["individual_proofs"][0][0]
    return found


def shift(name: str) -> Change:
    """Write a challenge or response as a number that is the same modulo q."""

    def change(vote: Vote, data: Json) -> None:
        proof(data)[name] = str(int(proof(data)[name]) + vote.group.q)

    return change


def put(name: str, value: str) -> Change:
    """Write another element."""
    return lambda vote, data: first(data).update({name: value})


def off_subgroup(vote: Vote, data: Json) -> None:
    """Add the point of order 2 to an α."""
    added = sodium.crypto_core_ed25519_add(
        bytes.fromhex(first(data)["alpha"])[::-1], bytes.fromhex(MINUS_ONE)[::-1]
    )
    first(data)["alpha"] = added[::-1].hex()


def identity(name: str) -> Change:
    """R = 0: an α that is the identity, and β as it would be then."""

    def change(vote: Vote, data: Json) -> None:
        first(data)[name] = vote.group.text(vote.group.one)

    return change


def no_randomness(vote: Vote, data: Json) -> None:
    """Encrypt with r = 0, all of it: everybody could read that choice."""
    first(data).update(alpha=vote.group.text(vote.group.one), beta=vote.group.text(vote.group.g))


def swap(data: list[Any]) -> None:
    """Exchange the first two."""
    data[:2] = data[1::-1]


def swapped(vote: Vote, data: Json) -> None:
    """Exchange two choices with their own proofs."""
    swap(data["answers"][0]["choices"])
    swap(data["answers"][0]["individual_proofs"])


def twice(vote: Vote, data: Json) -> None:
    """The same ciphertext for two choices."""
    for part in ("choices", "individual_proofs"):
        data["answers"][0][part][1] = data["answers"][0][part][0]


def of_another(vote: Vote, data: Json) -> None:
    """Under the credential of the next deputy."""
    data["credential"] = public(vote.uuid, vote.credentials[1], vote.group)


SIGNED: list[tuple[str, str, Change]] = [
    ("under the credential of another", "bad-signature", of_another),
    ("of another uuid", "other-election", lambda v, d: d.update(election_uuid=v.uuids[1])),
    ("of another hash", "other-election", lambda v, d: d.update(election_hash="A" * 43)),
    ("two choices swapped", "bad-proof", swapped),
    ("two ciphertexts swapped", "bad-proof", lambda v, d: swap(d["answers"][0]["choices"])),
    ("one ciphertext twice", "repeated-alpha", twice),
    ("r = 0", "not-in-group", no_randomness),
    ("α the identity", "not-in-group", identity("alpha")),
    ("β the identity", "not-in-group", identity("beta")),
    ("α of order 2", "not-in-group", put("alpha", MINUS_ONE)),
    ("α off the subgroup", "not-in-group", off_subgroup),
    ("α off the curve", "not-in-group", put("alpha", OFF_CURVE)),
    ("α not reduced", "not-in-group", put("alpha", NOT_REDUCED)),
    ("α in capitals", "not-in-group", lambda v, d: put("alpha", first(d)["alpha"].upper())(v, d)),
    ("α of full-width digits", "not-in-group", put("alpha", "\uff11" * 64)),
    ("α too short", "not-in-group", put("alpha", "12")),
    ("α empty", "not-in-group", put("alpha", "")),
    ("α another element", "bad-proof", lambda v, d: put("alpha", v.group.text(v.group.g))(v, d)),
    ("challenge ≥ q", "bad-scalar", shift("challenge")),
    ("response ≥ q", "bad-scalar", shift("response")),
    ("challenge negative", "bad-scalar", lambda v, d: proof(d).update(challenge="-1")),
    ("challenge zero", "bad-proof", lambda v, d: proof(d).update(challenge="0")),
    ("challenge 01", "bad-scalar", lambda v, d: proof(d).update(challenge="01")),
    ("a number as a number", "bad-scalar", lambda v, d: proof(d).update(challenge=1)),
    ("no answer", "wrong-length", lambda v, d: d["answers"].clear()),
    ("one answer more", "wrong-length", lambda v, d: d["answers"].append(d["answers"][0])),
    ("one choice less", "wrong-length", lambda v, d: d["answers"][0]["choices"].pop()),
    ("one proof less", "wrong-length", lambda v, d: d["answers"][0]["individual_proofs"].pop()),
    ("one overall proof less", "wrong-length", lambda v, d: d["answers"][0]["overall_proof"].pop()),
    ("a field more", "wrong-fields", lambda v, d: d.update(note="")),
    ("a field less", "wrong-fields", lambda v, d: d.pop("election_hash")),
    (
        "a field of another kind",
        "wrong-fields",
        lambda v, d: d["answers"][0].update(blank_proof=[]),
    ),
    ("the order of fields", "not-canonical", lambda v, d: d.update(credential=d.pop("credential"))),
]


@pytest.fixture
def vote(stage: Stages) -> Vote:
    """Three projects to tick, on whose board one ballot stands."""
    return stage(one_has_voted, **TICKS)


def one_has_voted(vote: Vote) -> None:
    """Open, and let one deputy vote."""
    vote.ready()
    vote.vote(7, *ticks(0))


def test_ballots_that_only_their_voter_can_forge(vote: Vote) -> None:
    """Signed anew by their own credential, and refused for what is wrong in them."""
    valid = json.loads(vote.made(0, *ticks(0)).to_text())
    for what, code, change in SIGNED:
        data = copy.deepcopy(valid)
        change(vote, data)
        try:
            with refused(vote, code, Invalid) as caught:
                send(vote, 0, signed(vote, 0, data))
        except BaseException as exc:
            raise AssertionError(what) from exc
        assert caught.value.errors[0]["pointer"] == "/ballot"
    send(vote, 0, signed(vote, 0, valid))


def test_an_element_that_no_vote_can_be_under(vote: Vote) -> None:
    """A public credential off the group is on no roll."""
    valid = json.loads(vote.made(0, *ticks(0)).to_text())
    for element in (MINUS_ONE, OFF_CURVE, "", vote.group.text(vote.group.one)):
        with refused(vote, "unknown-credential", Invalid):
            send(vote, 0, signed(vote, 0, valid | {"credential": element}))


def test_ballots_that_others_can_forge(vote: Vote) -> None:
    """Without the voter's signature, or with that of something else."""
    ballot, other = (json.loads(vote.made(0, *ticks(n)).to_text()) for n in (0, 1))
    forged = [
        ("unsigned", {name: value for name, value in ballot.items() if name != "signature"}),
        ("other-hash", ballot | {"signature": other["signature"]}),
        ("other-hash", ballot | {"answers": other["answers"]}),
        (
            "bad-signature",
            ballot | {"signature": ballot["signature"] | {"proof": other["signature"]["proof"]}},
        ),
    ]
    for code, data in forged:
        with refused(vote, code, Invalid):
            send(vote, 0, dumps(data))


def test_a_ballot_of_another_election(vote: Vote) -> None:
    """One that is valid there, under the credential that she has here."""
    here = vote.election
    elsewhere = Election.made(
        name=here.name,
        description=here.description,
        group=here.group,
        public_key=here.public_key,
        questions=here.questions,
        uuid=vote.uuids[1],
    )
    plain = make_plaintext(1, ticks(0))
    data = json.loads(prepare(elsewhere, 1, vote.credentials[0], plain).ballot.to_text())
    data["credential"] = public(vote.uuid, vote.credentials[0], vote.group)
    for changed in ({}, {"election_uuid": here.uuid}):
        with refused(vote, "other-election", Invalid):
            send(vote, 0, signed(vote, 0, data | changed))
    named = {"election_uuid": here.uuid, "election_hash": here.fingerprint}
    with refused(vote, "bad-proof", Invalid):
        send(vote, 0, signed(vote, 0, data | named))


TEXTS: list[tuple[str, str, Callable[[str], str]]] = [
    ("nothing of JSON", "not-json", lambda text: "[" + text),
    ("no object", "wrong-fields", lambda text: "[]"),
    ("a key twice", "not-json", lambda text: '{"election_uuid":"x",' + text[1:]),
    ("spaces", "not-canonical", lambda text: text.replace(",", ", ")),
    (
        "an escape",
        "not-canonical",
        lambda text: text.replace("election_uuid", "\\u0065lection_uuid"),
    ),
    ("a newline", "not-canonical", lambda text: text + "\n"),
    ("NaN", "not-json", lambda text: text[:-1] + ',"note":NaN}'),
    ("a lone surrogate", "not-unicode", lambda text: text[:-1] + ',"note":"\ud800"}'),
    ("depth", "too-deep", lambda text: "[" * 20 + "]" * 20),
    ("a hundred kilobytes", "too-long", lambda text: text + " " * 100_000),
    ("almost a megabyte", "too-long", lambda text: "[" * 899_999),
    ("megabytes", "body-invalid", lambda text: text + " " * 2_000_000),
    ("nothing", "body-invalid", lambda text: ""),
]


def test_texts_that_are_no_ballot(vote: Vote) -> None:
    """Whatever is sent is answered with what is wrong."""
    valid = vote.made(0, *ticks(0)).to_text()
    for what, code, change in TEXTS:
        try:
            with refused(vote, code, Invalid):
                send(vote, 0, change(valid))
        except AssertionError as exc:
            raise AssertionError(what) from exc


def test_a_ciphertext_that_stands_on_the_board(stage: Stages) -> None:
    """Copied from another deputy's ballot, or from an own one that no longer counts."""
    vote = stage(one_has_voted, **AGAIN)
    (stolen,) = [one for one in vote.members() if "signature" in one.text and one.kind == "data"][
        -1:
    ]
    there = json.loads(stolen.text)
    vote.vote(7, *ticks(1))
    data = json.loads(vote.made(0, *ticks(0)).to_text())
    for place in (0, 2):
        copied = copy.deepcopy(data)
        copied["answers"][0]["choices"][1] = there["answers"][0]["choices"][place]
        with refused(vote, "repeated-alpha", Conflict):
            send(vote, 0, signed(vote, 0, copied))
    with refused(vote, "repeated-alpha", Conflict):
        send(vote, 7, signed(vote, 7, there))


@pytest.mark.parametrize("rules", [BOTH, BLANK], ids=["prevented", "blank"])
def test_copies_that_are_none(stage: Stages, rules: Any) -> None:
    """In kind 3 the last answer copies ciphertext and proof of every approval, and nothing else."""
    vote = stage(Vote.ready, **rules)
    marks = [Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN]
    valid = json.loads(vote.made(0, *marks).to_text())
    other = json.loads(vote.made(0, *marks).to_text())
    changes: list[tuple[str, tuple[Any, ...]]] = [
        ("not-a-copy", ("answers", 3, "choices", 1)),
        ("not-a-copy", ("answers", 3, "individual_proofs", 1)),
        ("not-a-copy", ("answers", 0, "choices", 0)),
        ("not-a-copy", ("answers", 3)),
    ]
    for code, path in changes:
        data, source = copy.deepcopy(valid), other
        at: Any = data
        for step in path[:-1]:
            at, source = at[step], source[step]
        at[path[-1]] = source[path[-1]]
        with refused(vote, code, Invalid):
            send(vote, 0, signed(vote, 0, data))
    crossed = copy.deepcopy(valid)
    swap(crossed["answers"])
    with refused(vote, "not-a-copy", Invalid):
        send(vote, 0, signed(vote, 0, crossed))
    send(vote, 0, signed(vote, 0, valid))


def test_answers_swapped_between_questions(stage: Stages) -> None:
    """Only her own signature makes it a ballot: then it is what she votes, and nobody else can."""
    vote = stage(Vote.ready, **EACH)
    data = json.loads(vote.made(0, Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN).to_text())
    swap(data["answers"])
    with refused(vote, "other-hash", Invalid):
        send(vote, 0, dumps(data))


def test_elements_of_the_larger_group(stage: Stages) -> None:
    """Of order 2, off the subgroup, zero, the modulus itself, the identity, padded."""
    vote = stage(Vote.ready, **IN_2048)
    valid = json.loads(vote.made(0, *ticks(0)).to_text())
    p = belenios_2048._P
    alpha = int(first(valid)["alpha"])
    for element in (p - 1, p - alpha, 0, p, alpha + p, 1):
        data = copy.deepcopy(valid)
        first(data)["alpha"] = str(element)
        with refused(vote, "not-in-group", Invalid):
            send(vote, 0, signed(vote, 0, data))
    for text in (f"0{alpha}", f" {alpha}", hex(alpha), f"+{alpha}"):
        data = copy.deepcopy(valid)
        first(data)["alpha"] = text
        with refused(vote, "not-in-group", Invalid):
            send(vote, 0, signed(vote, 0, data))
    send(vote, 0, signed(vote, 0, valid))
