"""After the voting: co-signatures, decryptions true and false, and the result that they give."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from services.ballot.annex.decrypting import decrypt
from services.ballot.ballotbox import casting
from services.ballot.belenios.encoding import dumps, sha256_hex
from services.ballot.belenios.tally import EncryptedTally
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound

from .congress import CLOSING
from .stages import AGAIN, TICKS, Stages, counted, refused, rows, ticks
from .voting import CHIEF, SCRUTINEER, TRUSTEES, Vote


def six_voted(vote: Vote) -> None:
    """Six of eight vote."""
    vote.ready()
    for deputy in range(6):
        vote.vote(deputy, *ticks(0, *[1] * (deputy < 2)))


def four_voted(vote: Vote) -> None:
    """Fewer than the method's least number vote."""
    vote.ready()
    for deputy in range(4):
        vote.vote(deputy, *ticks(0))


def closed(vote: Vote) -> None:
    """And the voting ends."""
    six_voted(vote)
    vote.close()


def cosigned(vote: Vote) -> None:
    """And two of three scrutineers sign the end."""
    closed(vote)
    vote.cosign("a")
    vote.cosign("b")


def types(vote: Vote) -> list[str]:
    """The annex's lines by their types."""
    return [json.loads(line)["type"] for line in vote.annex().splitlines()]


def test_the_voting_is_closed_once(stage: Stages) -> None:
    """By a chief scrutineer; repeating it changes nothing."""
    vote = stage(six_voted, **TICKS)
    for subject in ("a", "t", "p"):
        with refused(vote, "not-an-officer", Forbidden):
            vote.close(subject=subject)
    shown = vote.close()
    assert (shown["state"], shown["cast"], shown["issued"], shown["not_cast"]) == (
        "closed",
        6,
        8,
        2,
    )
    assert "0 of 2" in str(shown["missing"])
    before = rows(vote, "idempotency")
    assert vote.close() == shown
    assert rows(vote, "idempotency") == before
    (event,) = vote.ballot.events("election.closed.v1")
    assert (event.data["issued"], event.data["not_cast"]) == (8, 2)


def test_more_cast_than_voted_is_explained(stage: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ended between the two records, or one login with several credentials."""
    vote = stage(six_voted, **TICKS)
    assert vote.ballot.call("get_election", vote.uuid)["voted"] is None
    with monkeypatch.context() as patched:
        patched.setattr(casting, "note_voted", lambda *args, **how: None)
        vote.vote(6, *ticks(0))
    with refused(vote, "more-cast-than-voted", Conflict) as caught:
        vote.close()
    assert "7 ballots" in caught.value.en and "only 6 logins" in caught.value.en
    body = {"happened_on": CLOSING, "difference_because": "程序中断(合成)"}
    shown = vote.box.call("close_election", vote.uuid, body, roles=CHIEF, subject="c")
    assert (shown["state"], shown["cast"], shown["voted"]) == ("closed", 7, 6)
    assert shown["difference_because"] == "程序中断(合成)"
    (event,) = vote.ballot.events("election.closed.v1")
    assert (event.data["voted"], event.data["difference_because"]) == (6, "程序中断(合成)")


def test_without_a_difference_none_is_explained(stage: Stages) -> None:
    """What was stated for one that is gone by then is not kept."""
    vote = stage(six_voted, **TICKS)
    body = {"happened_on": CLOSING, "difference_because": "程序中断(合成)"}
    shown = vote.box.call("close_election", vote.uuid, body, roles=CHIEF, subject="c")
    assert (shown["voted"], shown["difference_because"]) == (6, None)


def test_nothing_of_the_end_comes_before_it(stage: Stages) -> None:
    """No co-signature, decryption or result while ballots may still come."""
    vote = stage(six_voted, **TICKS)
    with refused(vote, "election-state", Conflict):
        vote.cosign("a", "0" * 64)
    with refused(vote, "election-state", Conflict):
        vote.decrypt("a", {"decryption": "{}", "proofs": "{}"})
    with refused(vote, "election-state", Conflict):
        vote.tally()
    with refused(vote, "not-found", NotFound):
        vote.box.call("close_election", vote.uuids[1], {"happened_on": "2023-02-22"}, subject="c")


def test_whose_signature_of_which_end(stage: Stages) -> None:
    """Each scrutineer signs the one end of this election for herself, once."""
    vote = stage(closed, **TICKS)
    with refused(vote, "other-end", Invalid):
        vote.cosign("a", sha256_hex(b"another board"))
    first = vote.made_cosignature("a")
    body = {"signature": first}
    with refused(vote, "other-index", Invalid):
        vote.box.call("cosign_end", vote.uuid, body, roles=SCRUTINEER, subject="b")
    with refused(vote, "no-trustee", Forbidden):
        vote.box.call("cosign_end", vote.uuid, body, roles=SCRUTINEER, subject="d")
    forged = {"signature": first.replace('"index":1', '"index":2')}
    with refused(vote, "bad-signature", Invalid):
        vote.box.call("cosign_end", vote.uuid, forged, roles=SCRUTINEER, subject="b")
    vote.cosign("a")
    vote.cosign("a")
    assert types(vote).count("cosigned") == 1


def test_no_decryption_before_more_than_half_have_signed(stage: Stages) -> None:
    """One of three is not enough, two are; a third may sign even after the result."""
    vote = stage(closed, **TICKS)
    body = vote.decryption("a")
    for subject in ("", "a"):
        if subject:
            vote.cosign(subject)
        with refused(vote, "end-not-cosigned", Conflict):
            vote.decrypt("a", body)
        with refused(vote, "end-not-cosigned", Conflict):
            vote.tally()
    vote.cosign("b")
    vote.decrypt("a", body)
    vote.decrypt("b")
    vote.tally()
    vote.cosign("c")
    assert types(vote).count("cosigned") == 3
    assert vote.broken() == []


def test_too_few_ballots_are_never_decrypted(stage: Stages) -> None:
    """They would show who voted how; the vote can be declared void and held on paper."""
    vote = stage(four_voted, **TICKS)
    vote.close()
    for subject in TRUSTEES:
        vote.cosign(subject)
    with refused(vote, "too-few-ballots", Conflict):
        vote.decrypt("a")
    with refused(vote, "too-few-ballots", Conflict):
        vote.tally()


def test_a_false_decryption_is_named_and_kept_out(stage: Stages) -> None:
    """The two others give the result; the archive verifies and the annex tells who was false."""
    vote = stage(cosigned, **TICKS)
    false = vote.decryption("b", key=12345)
    members = len(vote.members())
    for _ in range(2):
        with pytest.raises(Invalid) as caught:
            vote.decrypt("b", false)
        assert caught.value.code == "false-decryption"
    assert len(vote.members()) == members
    assert types(vote).count("refused-decryption") == 1
    named = json.loads(vote.annex().splitlines()[-1])["payload"]
    assert named["owner"] == 2
    assert named["hash"] == sha256_hex(f"{false['decryption']}|{false['proofs']}".encode())
    vote.decrypt("a")
    vote.decrypt("c")
    assert vote.tally()["result"] == [[6, 2, 0]]
    assert vote.broken() == []


def test_whoever_was_false_may_decrypt_truly(stage: Stages) -> None:
    """A wrong key file is no crime; what was refused stays told."""
    vote = stage(cosigned, **TICKS)
    with pytest.raises(Invalid):
        vote.decrypt("a", vote.decryption("a", key=12345))
    vote.decrypt("a")
    vote.decrypt("b")
    assert vote.tally()["decrypted"] == [1, 2]
    assert vote.broken() == []


def test_a_wrong_proof_refuses_no_true_decryption(stage: Stages) -> None:
    """What is named is what was handed in as a whole, so the same with right proofs verifies."""
    vote = stage(cosigned, **TICKS)
    true = vote.decryption("a")
    proofs = json.loads(true["proofs"])
    proofs["proofs"][0][0]["response"] = "1"
    with pytest.raises(Invalid) as caught:
        vote.decrypt("a", true | {"proofs": dumps(proofs)})
    assert caught.value.code == "false-decryption"
    vote.decrypt("a", true)
    with refused(vote, "decrypted-already", Conflict):
        vote.decrypt("a", vote.decryption("a") | {"proofs": dumps(proofs)})
    vote.decrypt("b")
    vote.tally()
    assert types(vote).count("refused-decryption") == 1
    assert vote.broken() == []


def test_decryptions_that_are_none(stage: Stages) -> None:
    """Another's, of another aggregate, with proofs of another, misshapen: refused as they stand."""
    vote = stage(cosigned, **TICKS)
    mine, other = vote.decryption("a"), vote.decryption("b")
    again = vote.decryption("a")
    cases = [
        ("false-decryption", other),
        ("other-decryption", mine | {"proofs": other["proofs"]}),
        ("other-decryption", mine | {"proofs": again["proofs"]}),
        ("wrong-fields", mine | {"decryption": mine["proofs"]}),
        ("wrong-fields", mine | {"proofs": mine["decryption"]}),
        ("not-canonical", mine | {"decryption": mine["decryption"].replace(",", ", ")}),
        ("not-json", mine | {"decryption": "{"}),
    ]
    for code, body in cases:
        members = vote.members()
        with pytest.raises(Invalid) as caught:
            vote.decrypt("a", body)
        assert caught.value.code == code
        assert vote.members() == members
    with refused(vote, "no-trustee", Forbidden):
        vote.decrypt("d", mine)
    assert types(vote).count("refused-decryption") == 1


def test_only_the_one_aggregate_is_decrypted(stage: Stages) -> None:
    """Not a part of it, by whatever proof: the challenge names the tally on the board."""
    vote = stage(cosigned, **TICKS)
    election, shape = vote.election, [one.ciphertexts for one in vote.election.questions]
    ballot = next(one.text for one in vote.members() if one.text.startswith('{"election_uuid"'))
    part = [json.loads(ballot)["answers"][0]["choices"]]
    made, proofs = decrypt(
        vote.group,
        election.fingerprint,
        1,
        vote.private_key("a"),
        EncryptedTally.from_text(dumps(part), vote.group, shape),
    )
    body = {"decryption": made.to_text(), "proofs": dumps(proofs.to_data())}
    with pytest.raises(Invalid) as caught:
        vote.decrypt("a", body)
    assert caught.value.code == "false-decryption"


def test_one_scrutineer_decrypts_once(stage: Stages) -> None:
    """The same again changes nothing; another message of hers is refused, however true."""
    vote = stage(cosigned, **TICKS)
    body = vote.decryption("a")
    vote.decrypt("a", body)
    before = rows(vote, "idempotency")
    vote.decrypt("a", body)
    assert rows(vote, "idempotency") == before
    with refused(vote, "decrypted-already", Conflict):
        vote.decrypt("a")


def test_no_result_without_enough_decryptions(stage: Stages) -> None:
    """Who is missing is told; after the result nothing more comes."""
    vote = stage(cosigned, **TICKS)
    for subject in ("", "c"):
        if subject:
            vote.decrypt(subject)
        with refused(vote, "too-few-decryptions", Conflict):
            vote.tally()
    shown = vote.ballot.call("get_election", vote.uuid)
    assert "1 of 2" in str(shown["missing"])
    late = vote.decryption("b")
    vote.decrypt("a")
    tallied = vote.tally()
    before = rows(vote, "idempotency")
    assert vote.tally() == tallied
    assert rows(vote, "idempotency") == before
    with refused(vote, "election-state", Conflict):
        vote.decrypt("b", late)


@pytest.mark.parametrize("rules", [TICKS, AGAIN], ids=["once", "recast"])
def test_every_set_of_scrutineers_gives_the_same(stage: Stages, rules: Any) -> None:
    """Any two of three, and all three, in any order."""
    for number in (2, 3):
        for decrypting in itertools.permutations(TRUSTEES, number):
            vote = stage(cosigned, **rules)
            for subject in decrypting:
                vote.decrypt(subject)
            tallied = vote.tally()
            assert tallied["result"] == [[6, 2, 0]]
            assert counted(vote) == [(6, 0, 0), (2, 0, 4), (0, 0, 6)]
            assert vote.broken() == []
            if number == 3:
                break
