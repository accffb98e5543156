"""A scrutineer's side of the key ceremony: resumed wherever it broke, refused what was changed."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from services.ballot.annex.ceremony import commit
from services.ballot.belenios.certificate import Certificate
from services.ballot.belenios.dealing import Polynomial
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import ED25519
from services.ballot.belenios.pedersen import make_polynomial
from services.ballot.belenios.pki import send, signing_key
from services.ballot.belenios.trustee import Trustees
from services.ballot.client import ceremony, files
from services.ballot.client.trouble import Trouble
from services.ballot.client.trustee_state import State, newest_state
from services.ballot.model.ceremony import Step

from .desks import TRUSTEES, Hall, Killed, asked, hold_all, hold_until, take_part


def trouble(code: str) -> pytest.RaisesExc[Trouble]:
    """Expect this trouble."""
    return pytest.raises(Trouble, check=lambda exc: exc.code == code)


def test_scrutineers_make_their_keys(tmp_path: Path) -> None:
    """Each run of a command goes on where it was; in the end each holds the key of her seat."""
    hall = Hall()
    states = hold_all(hall, tmp_path)
    assert hall.ceremony.step == Step.DONE and set(states) == set(TRUSTEES)
    trustees = Trustees.from_text(hall.ceremony.trustees or "", ED25519)
    for state in states.values():
        x = ceremony.private_key(ED25519, state)
        own = trustees.verification_keys[state.index - 1].public_key
        assert ED25519.text(ED25519.exp_g(x)) == own
        assert state.seen[ceremony.TRUSTEES] == trustees.hash


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ballot_id", "../../elsewhere/x", "other-ballot"),
        ("ballot_id", "6e1e7f5c-4a2c-4d6e-9d0f-3a2b1c0d9e8f", "other-ballot"),
        ("attempt", "../../x", "bad-attempt"),
        ("attempt", 0, "bad-attempt"),
        ("attempt", True, "bad-attempt"),
    ],
)
def test_a_service_names_no_files(tmp_path: Path, name: str, value: Any, code: str) -> None:
    """Only the ceremony that was asked for is taken part in; nothing is written for another."""
    hall = Hall()
    hall.change = lambda shown: shown.update({name: value})
    with trouble(code):
        take_part(hall, "a", tmp_path / "below")
    assert not [one for one in tmp_path.rglob("*") if one.is_file()] and not hall.history


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 3},
        {"group": "BELENIOS-2048"},
        {"uuids": ["uTRT9mVxBfxQEG", "uTRT9mVxBfxQEH"]},
    ],
)
def test_a_ceremony_that_is_not_the_methods_is_refused(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    """The adopted method says how many decrypt, in which group, and for how many elections."""
    hall = Hall()
    hall.change = lambda shown: shown.update(changes)
    with trouble("other-method"):
        take_part(hall, "a", tmp_path)
    assert not hall.history


def test_elections_and_method_are_kept(tmp_path: Path) -> None:
    """As they were when she began; other elections are no more taken for hers."""
    hall = Hall()
    take_part(hall, "a", tmp_path)
    hall.change = lambda shown: shown.update(uuids=["uTRT9mVxBfxQEH"])
    with trouble("ceremony-changed"):
        take_part(hall, "a", tmp_path)
    state = newest_state(tmp_path / "a", hall.ballot_id, None)
    assert (state.uuids, state.method) == (hall.ceremony.uuids, hall.method.digest)
    assert state.seed == ""


@pytest.mark.parametrize("asked_for", ["../../x", "6E1E7F5C-4A2C-4D6E-9D0F-3A2B1C0D9E8F", ""])
def test_what_is_asked_for_is_an_id(tmp_path: Path, asked_for: str) -> None:
    """A record is looked for under nothing else either."""
    with trouble("bad-id"):
        ceremony.hold(Hall().seat("a"), tmp_path, asked_for, asked, lambda shown: None)
    with trouble("bad-id"):
        newest_state(tmp_path, asked_for, asked)


def test_secrets_are_in_files_of_their_owner_and_sealed(tmp_path: Path) -> None:
    """Key and record are 0600; neither shows the seed, the polynomial or the private key."""
    hall = Hall()
    state = hold_all(hall, tmp_path)["b"]
    polynomial = Polynomial.from_text(state.secret(ceremony.POLYNOMIAL), ED25519.q)
    found = sorted((tmp_path / "b").iterdir())
    assert {one.stat().st_mode & 0o777 for one in found} == {0o600}
    text = "".join(one.read_text() for one in found)
    assert state.seed not in text and str(ceremony.private_key(ED25519, state)) not in text
    assert polynomial.polynomial not in text
    assert "不得交给任何人" in found[0].read_text() and "不得交给任何人" in found[1].read_text()


@pytest.fixture
def points(tmp_path: Path) -> int:
    """How many points there are at which the first scrutineer's command could be killed."""
    return len(killed_at(tmp_path / "counted", None))


def killed_at(folder: Path, point: int | None) -> list[str]:
    """Hold a ceremony in which ``a`` is killed at this point, once; the points that were passed."""
    hall, passed = Hall(size=2), list[str]()

    def pass_(name: str) -> None:
        passed.append(name)
        if len(passed) - 1 == point:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        write = files.write

        def written(path: Path, text: Any, **how: Any) -> None:
            pass_(f"before {path.name}")
            write(path, text, **how)
            pass_(f"after {path.name}")

        while hall.ceremony.step != Step.DONE:
            place = hall.seat("a")
            place.before = lambda: pass_("before a post")
            place.after = lambda: pass_("after a post")
            patch.setattr(files, "write", written)
            with contextlib.suppress(Killed):
                take_part(hall, "a", folder, place)
            patch.setattr(files, "write", write)
            take_part(hall, "b", folder)
    own = [(step, message) for subject, step, message in hall.history if subject == "a"]
    assert len(set(own)) == len(ceremony.STEPS), "every message was made once"
    state = newest_state(folder / "a", hall.ballot_id, asked)
    assert state.made[ceremony.VOUTPUT] == dict(own)[ceremony.VOUTPUT]
    return passed


def test_a_command_that_was_killed_goes_on(tmp_path: Path, points: int) -> None:
    """Before and after each write and each post: no second certificate, polynomial or key."""
    assert points > 20
    for point in range(points):
        killed_at(tmp_path / str(point), point)


def test_what_others_posted_must_not_change(tmp_path: Path) -> None:
    """A commitment that is another one after she has revealed is noticed."""
    hall = Hall()
    hold_until(hall, tmp_path, Step.VOUTPUT)
    state = newest_state(tmp_path / "c", hall.ballot_id, asked)
    certs = [
        Certificate.from_text(one, ED25519.q) for one in hall.ceremony.messages(Step.CERTIFICATE)
    ]
    other = make_polynomial(ED25519, state.seed, certs)
    committed = commit(ED25519, state.seed, certs, other.coefexps.message)

    def change(shown: dict[str, Any]) -> None:
        shown["seats"][2]["commitment"] = dumps(committed.to_data())
        shown["seats"][2]["polynomial"] = dumps(other.to_data())

    hall.change = change
    with trouble("ceremony-changed"):
        take_part(hall, "a", tmp_path)


def test_who_reveals_something_else_is_noticed(tmp_path: Path) -> None:
    """Even where the service lets it pass."""
    hall = Hall()
    hold_until(hall, tmp_path, Step.VOUTPUT)
    state = newest_state(tmp_path / "c", hall.ballot_id, asked)
    certs = [
        Certificate.from_text(one, ED25519.q) for one in hall.ceremony.messages(Step.CERTIFICATE)
    ]
    other = dumps(make_polynomial(ED25519, state.seed, certs).to_data())
    hall.change = lambda shown: shown["seats"][2].update(polynomial=other)
    with trouble("other-coefficients"):
        take_part(hall, "a", tmp_path)


def test_a_message_under_her_name_is_noticed(tmp_path: Path) -> None:
    """What stands at her seat and was not made here."""
    hall = Hall()
    take_part(hall, "a", tmp_path)
    hall.change = lambda shown: shown["seats"][0].update(certificate="{}")
    with trouble("posted-by-another"):
        take_part(hall, "a", tmp_path)


def test_a_wrong_key_at_the_end_is_noticed(tmp_path: Path) -> None:
    """Trustees that do not follow from what all posted are not rehearsed with."""
    hall, other = Hall(), Hall()
    hold_all(other, tmp_path / "other")
    hold_until(hall, tmp_path, Step.REHEARSAL)
    hall.change = lambda shown: shown.update(trustees=other.ceremony.trustees)
    with trouble("other-trustees"):
        take_part(hall, "b", tmp_path)


def test_a_false_share_is_complained_about(tmp_path: Path) -> None:
    """The dealer is named, the attempt is over, and the next one has new seeds."""
    hall = Hall()
    hold_until(hall, tmp_path, Step.POLYNOMIAL)
    cheat(hall, newest_state(tmp_path / "c", hall.ballot_id, asked))
    hold_until(hall, tmp_path, Step.VOUTPUT)
    with trouble("bad-share"):
        take_part(hall, "a", tmp_path)
    assert hall.ceremony.step == Step.FAILED and "trustee 3" in str(hall.ceremony.failed_because)
    with trouble("ceremony-failed"):
        take_part(hall, "b", tmp_path)
    before = newest_state(tmp_path / "a", hall.ballot_id, asked)
    hall.begin()
    states = hold_all(hall, tmp_path)
    assert states["a"].attempt == 2 and states["a"].seed != before.seed


def cheat(hall: Hall, state: State) -> None:
    """Have ``c`` deal a false share to ``a``, well signed."""
    certs = [
        Certificate.from_text(one, ED25519.q) for one in hall.ceremony.messages(Step.CERTIFICATE)
    ]
    made = Polynomial.from_text(state.secret(ceremony.POLYNOMIAL), ED25519.q)
    false = send(
        ED25519, signing_key(ED25519, state.seed), certs[0].keys.encryption, '{"secret":"12345"}'
    )
    data = made.to_data() | {"secrets": [false, *made.secrets[1:]]}
    del state.made[ceremony.POLYNOMIAL]
    state.keep(ceremony.POLYNOMIAL, dumps(data), secret=True)


def test_a_lost_folder_is_told(tmp_path: Path) -> None:
    """She cannot go on with a certificate whose key she does not have."""
    hall = Hall()
    take_part(hall, "a", tmp_path)
    with trouble("no-state"):
        take_part(hall, "a", tmp_path / "elsewhere")


def test_only_trustees_take_part(tmp_path: Path) -> None:
    """Anybody else is told so before anything is made."""
    hall = Hall()
    with trouble("no-trustee"):
        take_part(hall, "d", tmp_path)
    assert not (tmp_path / "d").exists()


def test_a_wrong_passphrase_is_told(tmp_path: Path) -> None:
    """In one line."""
    hall = Hall()
    take_part(hall, "a", tmp_path)
    with trouble("wrong-passphrase"):
        newest_state(tmp_path / "a", hall.ballot_id, lambda new: "another passphrase")


def test_a_minority_that_could_decrypt_is_refused(tmp_path: Path) -> None:
    """Whatever the service says the threshold is, before anything is made."""
    with trouble("low-threshold"):
        take_part(Hall(size=3, threshold=1), "a", tmp_path)
    assert not (tmp_path / "a").exists()
