"""The ceremony of keys: each step checked as far as everybody can, and what ends an attempt."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from services.ballot.annex.ceremony import Complaint, commit, judge_complaint
from services.ballot.belenios.certificate import Certificate, make_certificate
from services.ballot.belenios.dealing import Polynomial
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.pedersen import (
    BadShare,
    make_polynomial,
    make_vinputs,
    make_voutput,
)
from services.ballot.belenios.pki import decryption_key, make_seed, receive, send, signing_key
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound

from .congress import SCRUTINEER
from .stages import TICKS, Stages, refused, rows, ticks
from .voting import TRUSTEES, Vote

STEPS = ("certificate", "commitment", "polynomial", "voutput", "rehearsal")


def registered(vote: Vote) -> None:
    """Credentials are registered, and nobody has begun with the keys."""
    vote.register_all()


def started(vote: Vote) -> None:
    """The trustees are named."""
    vote.register_all()
    vote.start_ceremony()


def ceremony(vote: Vote) -> Any:
    """It, as it is shown."""
    return vote.ballot.call("get_ceremony", vote.id)


def complain(vote: Vote, subject: str, complaint: Complaint) -> Any:
    """A trustee complains."""
    body = {"message": dumps(complaint.to_data())}
    return vote.box.call("complain", vote.id, body, roles=SCRUTINEER, subject=subject)


def certificates(vote: Vote) -> list[Certificate]:
    """Those on the board."""
    seats = ceremony(vote)["seats"]
    return [Certificate.from_text(one["certificate"], vote.group.q) for one in seats]


def dealt(vote: Vote) -> list[Polynomial]:
    """The polynomials on the board."""
    seats = ceremony(vote)["seats"]
    return [Polynomial.from_text(one["polynomial"], vote.group.q) for one in seats]


def test_each_step_waits_for_all(stage: Stages) -> None:
    """No later step is taken before it, none is taken twice otherwise, and who is missing is told.

    The same message again changes nothing.
    """
    vote = stage(started, **TICKS)
    for place, step in enumerate(STEPS):
        assert ceremony(vote)["step"] == step
        messages = {subject: vote.message(subject, step) for subject in TRUSTEES}
        for later in STEPS[place + 1 :]:
            with refused(vote, "ceremony-step", Conflict):
                vote.post("a", later, messages["a"])
        with refused(vote, "no-trustee", Forbidden):
            vote.post("d", step, messages["a"])
        for number, (subject, message) in enumerate(messages.items(), 1):
            assert ceremony(vote)["missing"] == [1, 2, 3][number - 1 :]
            vote.post(subject, step, message)
            before = rows(vote, "idempotency")
            vote.post(subject, step, message)
            assert rows(vote, "idempotency") == before
            for earlier in STEPS[: place + 1]:
                with refused(vote, "posted-already", Conflict):
                    vote.post(subject, earlier, message + " ")
    assert ceremony(vote)["step"] == "done"
    assert vote.shown()["state"] == "keys-made"
    with refused(vote, "ballot-state", Conflict):
        vote.start_ceremony()


def test_who_can_be_a_trustee(stage: Stages) -> None:
    """As many scrutineers of the session as the method says, each once, after the credentials."""
    vote = stage(registered, **TICKS)
    for trustees, code in (
        (["a", "b", "t"], "no-scrutineer"),
        (["a", "b", "p"], "no-scrutineer"),
        (["a", "b", "nobody"], "no-scrutineer"),
        (["a", "b"], "wrong-trustees"),
        (["a", "b", "c", "d"], "wrong-trustees"),
        (["a", "b", "b"], "wrong-trustees"),
    ):
        with refused(vote, code):
            vote.start_ceremony(trustees)
    with refused(vote, "not-found", NotFound):
        ceremony(vote)


def nothing(vote: Vote) -> None:
    """A ballot that was only drafted."""


def test_no_keys_before_the_credentials(stage: Stages) -> None:
    """What the ballot waits for is told."""
    vote = stage(nothing, **TICKS)
    with refused(vote, "ballot-state", Conflict):
        vote.start_ceremony()


def test_certificates_of_somebody_else(stage: Stages) -> None:
    """Under another number, of another ceremony, or with a key that is there already."""
    vote = stage(started, **TICKS)

    def made(**changed: Any) -> str:
        given: dict[str, Any] = {"size": 3, "threshold": 2, "index": 2} | changed
        seed = given.pop("seed", vote.seeds["b"])
        return dumps(make_certificate(vote.group, seed, **given).to_data())

    vote.post("a", "certificate", vote.message("a", "certificate"))
    for message, code in (
        (made(index=1), "wrong-context"),
        (made(size=4), "wrong-context"),
        (made(threshold=3), "wrong-context"),
        (made(seed=vote.seeds["a"]), "same-key"),
        (ceremony(vote)["seats"][0]["certificate"], "wrong-context"),
        (made().replace(",", ", "), "not-canonical"),
        (made()[:-1], "not-json"),
    ):
        with refused(vote, code, Invalid):
            vote.post("b", "certificate", message)
    vote.post("b", "certificate", made())


def test_commitments_of_somebody_else(stage: Stages) -> None:
    """Another's, or one that she did not sign."""
    vote = stage(started, **TICKS)
    vote.take_step("certificate")
    of_a = vote.message("a", "commitment")
    vote.post("a", "commitment", of_a)
    with refused(vote, "other-index", Invalid):
        vote.post("b", "commitment", of_a)
    with refused(vote, "bad-signature", Invalid):
        vote.post("b", "commitment", of_a.replace('"index":1', '"index":2'))


def test_coefficients_that_were_not_committed_to(stage: Stages) -> None:
    """Whoever sees the others' and then changes her own is found out; nor are another's hers."""
    vote = stage(started, **TICKS)
    vote.take_step("certificate")
    vote.take_step("commitment")
    of_a = vote.message("a", "polynomial")
    vote.post("a", "polynomial", of_a)
    other = make_polynomial(vote.group, vote.seeds["b"], certificates(vote))
    with refused(vote, "other-coefficients", Invalid):
        vote.post("b", "polynomial", dumps(other.to_data()))
    with refused(vote, "bad-coefficients", Invalid):
        vote.post("b", "polynomial", of_a)
    vote.post("b", "polynomial", vote.message("b", "polynomial"))


def test_keys_and_rehearsals_of_somebody_else(stage: Stages) -> None:
    """A key must follow from what was dealt, and a rehearsed decryption from the key."""
    vote = stage(started, **TICKS)
    for step in STEPS[:3]:
        vote.take_step(step)
    of_a = vote.message("a", "voutput")
    with refused(vote, "wrong-key", Invalid):
        vote.post("b", "voutput", of_a)
    vote.take_step("voutput")
    of_a = vote.message("a", "rehearsal")
    with refused(vote, "false-rehearsal", Invalid):
        vote.post("b", "rehearsal", of_a)
    vote.take_step("rehearsal")


def with_false_share(vote: Vote) -> None:
    """Trustee c deals trustee a a share that does not match her coefficients."""
    vote.register_all()
    vote.start_ceremony()
    vote.take_step("certificate")
    certs = certificates(vote)
    for subject in "ab":
        vote.post(subject, "commitment", vote.message(subject, "commitment"))
    made = make_polynomial(vote.group, vote.seeds["c"], certs)
    key = signing_key(vote.group, vote.seeds["c"])
    false = send(vote.group, key, certs[0].keys.encryption, dumps({"secret": "12345"}))
    vote.polynomials["c"] = replace(made, secrets=(false, *made.secrets[1:]))
    promised = commit(vote.group, vote.seeds["c"], certs, made.coefexps.message)
    vote.post("c", "commitment", dumps(promised.to_data()))
    for subject in TRUSTEES:
        vote.post(subject, "polynomial", dumps(vote.polynomials[subject].to_data()))


def found_by(vote: Vote, subject: str) -> Complaint:
    """What her command complains of."""
    certs, index = certificates(vote), TRUSTEES.index(subject)
    vinput = make_vinputs(vote.group, certs, dealt(vote))[index]
    with pytest.raises(BadShare) as caught:
        make_voutput(vote.group, vote.seeds[subject], certs, vinput)
    return Complaint.about(caught.value)


def test_a_false_share_is_named_and_ends_the_attempt(stage: Stages) -> None:
    """Everybody can judge the complaint; with new keys a new attempt makes a whole election."""
    vote = stage(with_false_share, **TICKS)
    complaint = found_by(vote, "a")
    with refused(vote, "complaint-of-another", Forbidden):
        complain(vote, "b", complaint)
    with refused(vote, "no-trustee", Forbidden):
        complain(vote, "d", complaint)
    failed = complain(vote, "a", complaint)
    assert failed["step"] == "failed"
    assert "from 3 to 1" in failed["failed_because"]
    shown = vote.ballot.call("get_ceremony", vote.id, roles=())
    published = Complaint.from_data(json.loads(shown["complaint"]), vote.group.q)
    coefficients = dealt(vote)[published.dealer - 1].coefexps
    assert judge_complaint(vote.group, certificates(vote), coefficients, published) == 3
    (event,) = vote.ballot.events("ceremony.failed.v1")
    assert event.data["trustee"] == 3
    before = rows(vote, "idempotency")
    complain(vote, "a", complaint)
    assert rows(vote, "idempotency") == before
    with refused(vote, "ceremony-step", Conflict):
        vote.post("b", "voutput", vote.message("b", "voutput"))
    vote.seeds = {subject: make_seed() for subject in TRUSTEES}
    assert vote.make_keys()["attempt"] == 2
    vote.open()
    for deputy in range(6):
        vote.issue(vote.present[deputy])
        vote.vote(deputy, *ticks(0))
    vote.finish()
    assert vote.broken() == []


def test_an_unfounded_complaint_changes_nothing(stage: Stages) -> None:
    """About a true share, a forged one, or a dealer whom there is not."""
    vote = stage(with_false_share, **TICKS)
    certs, polynomials = certificates(vote), dealt(vote)
    key = decryption_key(vote.group, vote.seeds["a"])
    sender = vote.group.parse(certs[1].keys.verification)
    true = receive(vote.group, key, sender, polynomials[1].secrets[0])
    with refused(vote, "unfounded-complaint", Invalid):
        complain(vote, "a", Complaint(2, 1, true))
    with refused(vote, "bad-signature", Invalid):
        complain(vote, "a", Complaint(3, 1, true))
    forged = replace(true, message=true.message.replace("secret", "secrets"))
    with refused(vote, "bad-signature", Invalid):
        complain(vote, "a", Complaint(2, 1, forged))
    for_b = receive(
        vote.group,
        decryption_key(vote.group, vote.seeds["b"]),
        vote.group.parse(certs[2].keys.verification),
        polynomials[2].secrets[1],
    )
    with refused(vote, "wrong-recipient", Invalid):
        complain(vote, "a", Complaint(3, 1, for_b))
    for dealer in (0, 4):
        with refused(vote, "no-such-trustee", Invalid):
            complain(vote, "a", Complaint(dealer, 1, true))
    assert ceremony(vote)["step"] == "voutput"


def test_no_complaint_before_there_are_shares(stage: Stages) -> None:
    """Nor after all have their keys."""
    vote = stage(with_false_share, **TICKS)
    complaint = found_by(vote, "a")
    vote.start_ceremony()
    with refused(vote, "ceremony-step", Conflict):
        complain(vote, "a", complaint)
    vote.make_keys()
    with refused(vote, "ceremony-step", Conflict):
        complain(vote, "a", complaint)


def test_a_new_attempt_gives_up_the_old_one(stage: Stages) -> None:
    """Whoever will not go on cannot hold it up; what was posted counts no more."""
    vote = stage(started, **TICKS)
    vote.take_step("certificate")
    vote.post("a", "commitment", vote.message("a", "commitment"))
    again = vote.start_ceremony(["b", "a", "c"])
    assert (again["attempt"], again["step"], again["missing"]) == (2, "certificate", [1, 2, 3])
    assert [one["subject"] for one in again["seats"]] == ["b", "a", "c"]
    assert all(one.get("certificate") is None for one in again["seats"])
    with refused(vote, "ceremony-step", Conflict):
        vote.post("b", "commitment", "{}")
    (event,) = vote.ballot.events("ceremony.failed.v1")
    assert (event.data["attempt"], event.data["trustee"]) == (1, None)
    assert again["complaint"] is None
