"""Ballots that must be refused, each for its reason.

Signatures cover the whole ballot and so hide what proofs are for; where a voter herself is the
forger, the ballot is therefore signed anew with her credential.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.belenios import credential as credentials
from services.ballot.belenios.answer import Answer, context, encrypt_choice
from services.ballot.belenios.ballot import Ballot, Signature, check_ballot, put_together, sign
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.credential import make_credential
from services.ballot.belenios.election import Election
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.interval import Key, Opened, bproof_prefix, iprove_prefix, prove
from services.ballot.belenios.question import Question
from services.ballot.belenios.refused import Refused

from .samples import BLANK, PLAIN, cast, election

EACH_GROUP = pytest.mark.parametrize("group", GROUPS)
SECRET, OTHER = make_credential(), make_credential()
SMALL_ORDER = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"
Path = tuple[str | int, ...]


def refused(at: Election, text: str) -> str:
    """The code that a ballot's text is refused with; fails if it is taken."""
    with pytest.raises(Refused) as caught:
        check_ballot(at, Ballot.from_text(text, at))
    return caught.value.code


def signature_of(ballot: Ballot) -> Signature:
    """The signature of a signed ballot."""
    assert ballot.signature is not None
    return ballot.signature


def signed_anew(at: Election, ballot: Ballot) -> str:
    """The text of a forged ballot under a true signature of its voter."""
    return sign(at, SECRET, replace(ballot, signature=None)).to_text()


def forged(at: Election, ballot: Ballot, change: Callable[[Any], None]) -> str:
    """The text of a ballot whose data were changed, signed anew if it can still be read."""
    data = json.loads(ballot.to_text())
    change(data)
    try:
        read = Ballot.from_text(dumps(data), at)
        return signed_anew(at, read)
    except Refused:
        return dumps(data)


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every string in JSON data, and where it stands."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inside:
        if isinstance(value, str):
            yield (*path, key), value
        else:
            yield from leaves(value, (*path, key))


def parts(data: Any) -> Iterator[Any]:
    """Every object and array in JSON data."""
    yield data
    for value in data.values() if isinstance(data, dict) else data:
        if not isinstance(value, str):
            yield from parts(value)


def put(data: Any, path: Path, value: Any) -> None:
    """Replace one value in JSON data."""
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = value


AT = {group: election(BLANK, PLAIN, group=group) for group in GROUPS}
VALID = {group: cast(at, [[0, 1, 0], [1, 0, 1]], SECRET) for group, at in AT.items()}


@EACH_GROUP
def test_the_ballot_that_is_forged_below_is_valid(group: str) -> None:
    """Otherwise the refusals would say nothing."""
    check_ballot(AT[group], Ballot.from_text(VALID[group].to_text(), AT[group]))
    assert signed_anew(AT[group], VALID[group]) != VALID[group].to_text()
    check_ballot(AT[group], Ballot.from_text(signed_anew(AT[group], VALID[group]), AT[group]))


@settings(max_examples=300)
@given(st.data())
def test_any_changed_character_is_refused(data: st.DataObject) -> None:
    """Wherever a ballot's text is changed, it is no ballot any more."""
    at, text = AT["Ed25519"], VALID["Ed25519"].to_text()
    where = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 3))
    other = data.draw(
        st.one_of(
            st.text(st.sampled_from('0123456789abcdef",:{}[] \\\n'), max_size=3),
            st.text(max_size=3),
        )
    )
    changed = text[:where] + other + text[where + length :]
    if changed != text:
        refused(at, changed)


@EACH_GROUP
@settings(max_examples=60)
@given(st.data())
def test_any_changed_value_is_refused_though_its_voter_signs(
    group: str, data: st.DataObject
) -> None:
    """Every scalar and every element of the answers is bound by a proof."""
    at, ballot = AT[group], VALID[group]
    read = json.loads(ballot.to_text())
    found = [one for one in leaves(read) if one[0][0] != "signature"]
    path, value = data.draw(st.sampled_from(found))
    if path[-1] in ("challenge", "response"):
        other = str((int(value) + data.draw(st.integers(1, at.group.q - 1))) % at.group.q)
    elif path[-1] in ("alpha", "beta", "credential"):
        elements = [at.group.text(at.group.exp_g(data.draw(st.integers(1, 2**200))))]
        elements += [text for where, text in found if where[-1] in ("alpha", "beta")]
        other = data.draw(st.sampled_from([one for one in elements if one != value]))
    else:
        other = data.draw(st.sampled_from(["", value[:-1], value + "A", at.uuid]))
    if other != value:
        refused(at, forged(at, ballot, lambda data: put(data, path, other)))


@settings(max_examples=150)
@given(st.data())
def test_any_changed_shape_is_refused(data: st.DataObject) -> None:
    """Parts left out, doubled, swapped, renamed, or of another type."""
    at, ballot = AT["Ed25519"], VALID["Ed25519"]
    read = json.loads(ballot.to_text())
    part = data.draw(st.sampled_from(list(parts(read))))
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    key = data.draw(st.sampled_from(keys))
    before, changes = copy.deepcopy(read), ["drop", "type", "more", "swap"]
    change = data.draw(st.sampled_from(changes))
    if change == "drop":
        del part[key]
    elif change == "type":
        part[key] = data.draw(st.sampled_from([None, True, 0, 1.5, "", [], {}, [part[key]]]))
    elif isinstance(part, dict) and change == "more":
        part["extra"] = part[key]
    elif isinstance(part, dict):
        part[key] = part.pop(key)  # the same field in another place
    elif change == "more":
        part.insert(key, copy.deepcopy(part[key]))
    else:
        part[key], part[key - 1] = part[key - 1], part[key]
    if dumps(read) == dumps(before):
        return
    refused(at, dumps(read))
    if "signature" in read and read["signature"] == before["signature"]:
        refused(at, forged(at, ballot, lambda data: (data.clear(), data.update(read))[0]))


@EACH_GROUP
def test_a_ballot_under_anothers_credential_is_refused(group: str) -> None:
    """Neither her signature nor, once that is replaced, her proofs fit another voter."""
    at, ballot = AT[group], VALID[group]
    mine = credentials.public(at.uuid, OTHER, at.group)
    stolen = replace(ballot, credential=mine)
    assert refused(at, stolen.to_text()) == "other-hash"
    kept = replace(stolen, signature=Signature(stolen.unsigned_hash, signature_of(ballot).proof))
    assert refused(at, kept.to_text()) == "bad-signature"
    resigned = sign(at, OTHER, replace(stolen, signature=None))
    assert refused(at, resigned.to_text()) == "bad-proof"


@EACH_GROUP
def test_a_ballot_of_another_election_is_refused(group: str) -> None:
    """Not by its uuid, nor by its hash, nor, if both are written over, by its proofs."""
    at = AT[group]
    other = election(BLANK, PLAIN, group=group, uuid="7G6F5E4D3C2B1A")
    changed = replace(VALID[group], election_uuid=other.uuid, election_hash=other.fingerprint)
    assert refused(other, VALID[group].to_text()) == "other-election"
    assert refused(other, changed.to_text()) == "other-hash"
    for forged_one in (
        replace(VALID[group], election_uuid=other.uuid),
        replace(VALID[group], election_hash=other.fingerprint),
    ):
        assert refused(at, signed_anew(at, forged_one)) == "other-election"
    moved = replace(
        changed, credential=credentials.public(other.uuid, SECRET, other.group), signature=None
    )
    assert refused(other, sign(other, SECRET, moved).to_text()) == "bad-proof"


@EACH_GROUP
def test_answers_swapped_between_questions_are_refused(group: str) -> None:
    """Where their lengths differ it shows at once; where not, the repeated α or the sums do."""
    at = AT[group]
    swapped = replace(VALID[group], answers=VALID[group].answers[::-1])
    with pytest.raises(Refused, match="wrong-fields|wrong-length"):
        Ballot.from_text(swapped.to_text(), at)


@EACH_GROUP
def test_choices_swapped_within_an_answer_are_refused(group: str) -> None:
    """With their proofs they are still 0s and 1s, but the overall proof knows their order."""
    at, ballot = AT[group], VALID[group]
    answer = ballot.answers[1]
    swapped = replace(
        answer,
        choices=answer.choices[::-1],
        individual_proofs=answer.individual_proofs[::-1],
    )
    text = signed_anew(at, replace(ballot, answers=(ballot.answers[0], swapped)))
    assert refused(at, text) == "bad-proof"


@EACH_GROUP
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_repeated_alpha_is_refused(group: str, elsewhere: bool) -> None:
    """In one answer or in two: its maker could so have a vote counted that she does not know."""
    pair = Question(("甲", "乙"), 0, 2, "?")
    at = election(pair, pair, group=group)
    credential = credentials.public(at.uuid, SECRET, at.group)
    s0 = context(at, credential)
    one, two, three = (encrypt_choice(at, s0, 1) for _ in range(3))
    rows = [[one, two], [three, one]] if elsewhere else [[one, one], [two, three]]
    ballot = sign(at, SECRET, put_together(at, credential, rows).ballot)
    assert refused(at, ballot.to_text()) == "repeated-alpha"
    read = Ballot.from_text(ballot.to_text(), at)
    if elsewhere:
        check_ballot(at, read, copies=True)
    else:
        with pytest.raises(Refused, match="repeated-alpha"):
            check_ballot(at, read, copies=True)


@EACH_GROUP
def test_an_alpha_shared_by_different_ciphertexts_is_refused(group: str) -> None:
    """The same r for two choices would show whether they are equal."""
    at = election(Question(("甲", "乙"), 0, 2, "?"), group=group)
    credential = credentials.public(at.uuid, SECRET, at.group)
    row = [encrypt_choice(at, context(at, credential), m, 77) for m in (0, 1)]
    ballot = sign(at, SECRET, put_together(at, credential, [row]).ballot)
    assert refused(at, ballot.to_text()) == "repeated-alpha"


def without_randomness(at: Election) -> Ballot:
    """A ballot whose proofs all hold, but whose first choice was encrypted with r = 0."""
    credential = credentials.public(at.uuid, SECRET, at.group)
    s0 = context(at, credential)
    group, bare, opened = at.group, encrypt_choice(at, s0, 1), Opened(0, 1)
    ciphertext = Ciphertext.of(group, group.one, group.g)
    prefix = iprove_prefix(s0, ciphertext.alpha, ciphertext.beta)
    proof = prove(Key(group, at.y), prefix, [(opened, 0), (opened, 1)], 1)
    row = [replace(bare, ciphertext=ciphertext, opened=opened, proof=proof)]
    row += [encrypt_choice(at, s0, 0) for _ in range(2)]
    return sign(at, SECRET, put_together(at, credential, [row]).ballot)


@EACH_GROUP
def test_a_choice_without_randomness_is_refused(group: str) -> None:
    """An α that is the identity hides nothing, though every proof about it would hold."""
    at = election(PLAIN, group=group)
    assert refused(at, without_randomness(at).to_text()) == "not-in-group"


@EACH_GROUP
@pytest.mark.parametrize("name", ["challenge", "response"])
def test_scalars_from_q_on_are_refused(group: str, name: str) -> None:
    """A scalar plus q is the same number, and would be another text of the same ballot."""
    at, ballot = AT[group], VALID[group]
    for path, value in leaves(json.loads(ballot.to_text())):
        if path[-1] == name:
            data = json.loads(ballot.to_text())
            put(data, path, str(int(value) + at.group.q))
            assert refused(at, dumps(data)) == "bad-scalar"


@EACH_GROUP
@pytest.mark.parametrize("text", ["-1", "+1", "01", " 1", "1_0", "１", "1e3", "0x1", ""])
def test_scalars_written_otherwise_are_refused(group: str, text: str) -> None:
    """Everything that a lenient parser takes for a number."""
    at = AT[group]
    data = json.loads(VALID[group].to_text())
    data["answers"][0]["overall_proof"][0]["response"] = text
    assert refused(at, dumps(data)) == "bad-scalar"


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("Ed25519", "00" * 31 + "01"),
        ("Ed25519", "00" * 32),
        ("Ed25519", SMALL_ORDER),
        ("Ed25519", "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"),
        ("Ed25519", "ff" * 32),
        ("Ed25519", "1"),
        ("BELENIOS-2048", "1"),
        ("BELENIOS-2048", "0"),
        ("BELENIOS-2048", "2"),
        ("BELENIOS-2048", "9" * 617),
        ("BELENIOS-2048", "-1"),
    ],
)
@pytest.mark.parametrize("name", ["alpha", "beta", "credential"])
def test_elements_outside_the_group_are_refused(group: str, text: str, name: str) -> None:
    """Small order, another order, no point at all, the identity: at every place of an element."""
    at, ballot = AT[group], VALID[group]
    for path, _ in leaves(json.loads(ballot.to_text())):
        if path[-1] == name:
            data = json.loads(ballot.to_text())
            put(data, path, text)
            assert refused(at, dumps(data)) == "other-hash"
            changed = replace(Ballot.from_text(dumps(data), at), signature=None)
            if name == "credential":
                kept = Signature(changed.unsigned_hash, signature_of(ballot).proof)
                forged_one = replace(changed, signature=kept).to_text()
            else:
                forged_one = signed_anew(at, changed)
            assert refused(at, forged_one) == "not-in-group"


def test_a_point_with_a_part_of_small_order_is_refused() -> None:
    """An α shifted by a point of order 8: multiples of 8 would not show it."""
    at, ballot = AT["Ed25519"], VALID["Ed25519"]
    answer = ballot.answers[1]
    mixed = at.group.text(
        at.group.mul(at.group.decode(answer.choices[0].alpha), at.group.decode(SMALL_ORDER))
    )
    changed = replace(
        answer, choices=(replace(answer.choices[0], alpha=mixed), *answer.choices[1:])
    )
    text = signed_anew(at, replace(ballot, answers=(ballot.answers[0], changed)))
    assert refused(at, text) == "not-in-group"


@EACH_GROUP
def test_more_choices_than_allowed_are_refused(group: str) -> None:
    """The proofs of a more generous election do not hold in a stricter one."""
    generous = election(Question(("甲", "乙", "丙"), 1, 3, "?"), group=group)
    strict = election(Question(("甲", "乙", "丙"), 0, 2, "?"), group=group)
    ballot = cast(generous, [[1, 1, 1]], SECRET)
    moved = replace(
        ballot, election_hash=strict.fingerprint, election_uuid=strict.uuid, signature=None
    )
    assert refused(strict, sign(strict, SECRET, moved).to_text()) == "bad-proof"


def test_a_blank_proof_belongs_to_blank_questions() -> None:
    """Missing where it must be, present where it must not."""
    at, ballot = AT["Ed25519"], VALID["Ed25519"]
    blank, plain = ballot.answers
    for answers in (
        (replace(blank, blank_proof=None), plain),
        (blank, replace(plain, blank_proof=blank.blank_proof)),
    ):
        changed = replace(ballot, answers=answers)
        with pytest.raises(Refused, match="wrong-fields"):
            Ballot.from_text(changed.to_text(), at)
        with pytest.raises(Refused, match="wrong-length"):
            check_ballot(at, sign(at, SECRET, replace(changed, signature=None)))


def test_a_ballot_that_was_never_a_text_is_judged_too() -> None:
    """Answers or proofs too few or too many, in a value that was put together in the program."""
    at, ballot = AT["Ed25519"], VALID["Ed25519"]
    first, second = ballot.answers
    for answers in (
        (first,),
        (first, second, second),
        (first, replace(second, choices=second.choices[1:])),
        (first, replace(second, individual_proofs=second.individual_proofs[1:])),
        (first, replace(second, overall_proof=second.overall_proof[1:])),
        (first, replace(second, individual_proofs=(second.overall_proof,) * 3)),
    ):
        changed = replace(ballot, answers=answers, signature=None)
        with pytest.raises(Refused, match="wrong-length|bad-proof"):
            check_ballot(at, sign(at, SECRET, changed))


@EACH_GROUP
def test_a_copy_with_a_proof_that_does_not_hold_is_refused(group: str) -> None:
    """That a ciphertext was proven once does not excuse the proof beside its copy."""
    at = election(PLAIN, PLAIN, group=group)
    credential = credentials.public(at.uuid, SECRET, at.group)
    row = [encrypt_choice(at, context(at, credential), m) for m in (1, 0, 0)]
    ballot = put_together(at, credential, [row, row]).ballot
    check_ballot(at, sign(at, SECRET, ballot), copies=True)
    proofs = ballot.answers[1].individual_proofs
    bad = replace(ballot.answers[1], individual_proofs=(proofs[1], *proofs[1:]))
    forged_one = sign(at, SECRET, replace(ballot, answers=(ballot.answers[0], bad)))
    with pytest.raises(Refused, match="individual_proofs"):
        check_ballot(at, forged_one, copies=True)


@EACH_GROUP
def test_a_blank_ballot_with_marks_is_refused(group: str) -> None:
    """Its overall proof holds, since it is blank; the blank proof cannot be made."""
    at = election(BLANK, group=group)
    credential = credentials.public(at.uuid, SECRET, at.group)
    s0 = context(at, credential)
    row = [encrypt_choice(at, s0, m) for m in (1, 1, 0)]
    s = f"{s0}|" + ",".join(f"{c.alpha},{c.beta}" for c in (one.ciphertext for one in row))
    blank, total = row[0].opened, row[1].opened + row[2].opened
    key = Key(at.group, at.y)
    answer = Answer(
        tuple(one.ciphertext for one in row),
        tuple(one.proof for one in row),
        prove(key, bproof_prefix(1, s), [(blank, 1), (total, 1), (total, 2)], 0),
        prove(key, bproof_prefix(0, s), [(blank, 0), (total, 0)], 1),
    )
    ballot = sign(at, SECRET, Ballot(at.uuid, at.fingerprint, credential, (answer,)))
    with pytest.raises(Refused, match="blank_proof"):
        check_ballot(at, Ballot.from_text(ballot.to_text(), at))


def test_an_unsigned_ballot_is_no_vote() -> None:
    """What its voter only had checked can never be counted."""
    unsigned = replace(VALID["Ed25519"], signature=None)
    assert refused(AT["Ed25519"], unsigned.to_text()) == "unsigned"


def test_other_writings_of_the_same_ballot_are_refused() -> None:
    """Spaces, another order, escapes, a field twice, a byte order mark, a newline."""
    at, text = AT["Ed25519"], VALID["Ed25519"].to_text()
    data = json.loads(text)
    credential = data["credential"]
    writings = [
        json.dumps(data),
        dumps(dict(reversed(data.items()))),
        text.replace(credential[0], f"\\u{ord(credential[0]):04x}", 1),
        text.replace('{"election_uuid"', f'{{"credential":"{credential}","election_uuid"', 1),
        text.replace('"credential"', f'"credential":"{credential}","credential"', 1),
        "\ufeff" + text,
        text + "\n",
        " " + text,
        text + text,
    ]
    for one in writings:
        assert one != text
        assert refused(at, one) in ("not-canonical", "not-json", "wrong-fields")


@pytest.mark.parametrize(
    "text",
    ["", "null", "true", "[]", "{}", "NaN", '"', "[" * 20_000, '{"a":' * 20_000, '"\ud800"', "\0"],
)
def test_what_is_no_ballot_is_refused(text: str) -> None:
    """Whatever comes, the answer is a refusal."""
    refused(AT["Ed25519"], text)


def test_megabytes_are_refused_before_they_are_read() -> None:
    """The longest ballot of an election is known beforehand."""
    at, text = AT["Ed25519"], VALID["Ed25519"].to_text()
    for long in (text + " " * 2_000_000, text[:-1] + ',"x":"' + "x" * 2_000_000 + '"}'):
        assert refused(at, long) == "too-long"
