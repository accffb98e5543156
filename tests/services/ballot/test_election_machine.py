"""An election in every order that hypothesis thinks of, against a plain count.

Casts, recasts, repeats, borrowed credentials, withdrawals, checks, closings, co-signatures,
decryptions true and false, results: no order loses a vote, counts one twice, or tallies anything
else than what was marked.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from services.ballot.annex.box import MOST_BALLOTS
from services.ballot.belenios.ballot import Ballot
from services.ballot.belenios.credential import public
from services.commons.errors import ServiceError

from .stages import Stages, counted, ticks
from .voting import OFFICE, TRUSTEES, Vote

LEAST = 3
RULES: dict[bool, Any] = {
    recast: {
        "choice": "tick-up-to",
        "threshold": None,
        "tie": "run-off",
        "electronic": {"overvote": "prevented", "recast": recast, "least_ballots": LEAST},
    }
    for recast in (False, True)
}
#: Deputies who sit in the hall, by their places; the last of the nine is absent.
SEATS = st.integers(0, 7)
#: At most two of three projects are ticked.
CHOSEN = st.sets(st.integers(0, 2), max_size=2).map(tuple)
TRUSTEE = st.sampled_from(TRUSTEES)


class Machine(RuleBasedStateMachine):
    """One election, and what must be true of it by a plain count.

    ``votes``: what counts, by credential; ``flagged``: whose login has voted; ``taken``: every
    ballot with its receipt; ``opened``: how many each had opened; ``decrypted``: what each
    scrutineer posted.
    """

    stage: ClassVar[Stages]

    @initialize(recast=st.booleans())
    def open(self, recast: bool) -> None:
        """A vote that has just been opened."""
        self.recast = recast
        self.vote: Vote = self.stage(**RULES[recast])
        self.votes: dict[int, tuple[int, ...]] = {}
        self.flagged: set[int] = set()
        self.taken: list[tuple[int, Ballot, Any]] = []
        self.withdrawn: set[int] = set()
        self.opened: Counter[int] = Counter()
        self.cosigned: set[str] = set()
        self.decrypted: dict[str, dict[str, str]] = {}
        self.state = "open"

    def does(self, code: str | None, call: Any, *args: Any, **how: Any) -> Any:
        """Call it; it must succeed with ``code`` None, and be refused with ``code`` otherwise."""
        if code is None:
            return call(*args, **how)
        with pytest.raises(ServiceError) as caught:
            call(*args, **how)
        assert caught.value.code == code, str(caught.value)
        return None

    def expected(self, login: int, credential: int) -> str | None:
        """Why a new ballot is refused; None if it is taken."""
        again = self.recast and credential in self.votes
        if self.state != "open":
            return "election-state"
        if login in self.flagged and not again:
            return "voted-already"
        if credential in self.withdrawn:
            return "credential-withdrawn"
        if credential in self.votes and not again:
            return "voted-already"
        of = public(self.vote.uuid, self.vote.credentials[credential], self.vote.group)
        number = sum(ballot.credential == of for _, ballot, _ in self.taken)
        return "too-many-recasts" if number >= MOST_BALLOTS else None

    def cast(self, login: int, credential: int, chosen: tuple[int, ...]) -> None:
        """Cast a new ballot."""
        ballot = self.vote.made(credential, *ticks(*chosen))
        code = self.expected(login, credential)
        receipt = self.does(code, self.vote.cast, login, ballot)
        if code is None:
            self.votes[credential] = chosen
            self.taken.append((login, ballot, receipt))
            if len(self.flagged) < len(self.votes):
                self.flagged.add(login)

    @rule(deputy=SEATS, chosen=CHOSEN)
    def vote_once(self, deputy: int, chosen: tuple[int, ...]) -> None:
        """A deputy votes, perhaps again."""
        self.cast(deputy, deputy, chosen)

    @rule(chosen=st.lists(CHOSEN, min_size=3, max_size=8))
    def many_vote(self, chosen: list[tuple[int, ...]]) -> None:
        """So many vote in a row."""
        for deputy, one in enumerate(chosen):
            self.cast(deputy, deputy, one)

    @rule(login=SEATS, credential=SEATS, chosen=CHOSEN)
    def vote_with_a_borrowed_credential(
        self, login: int, credential: int, chosen: tuple[int, ...]
    ) -> None:
        """Somebody gave her letter away."""
        self.cast(login, credential, chosen)

    @rule(data=st.data(), login=SEATS)
    def repeat(self, data: st.DataObject, login: int) -> None:
        """A ballot that stands on the board is sent again, by whomever: the same receipt."""
        if self.taken:
            _, ballot, receipt = data.draw(st.sampled_from(self.taken))
            assert self.does(None, self.vote.cast, login, ballot) == receipt

    @rule(credential=SEATS)
    def withdraw(self, credential: int) -> None:
        """The office publishes a credential as unused."""
        text = public(self.vote.uuid, self.vote.credentials[credential], self.vote.group)
        code = "election-state" if self.state != "open" else None
        code = code or ("credential-used" if credential in self.votes else None)
        call = self.vote.box.call
        uuid, body = self.vote.uuid, {"credential": text}
        self.does(code, call, "withdraw_credential", uuid, body, roles=OFFICE)
        if code is None:
            self.withdrawn.add(credential)

    @rule(deputy=SEATS, chosen=CHOSEN)
    def check(self, deputy: int, chosen: tuple[int, ...]) -> None:
        """A ballot is opened and then sent nevertheless."""
        ballot = self.vote.made(deputy, *ticks(*chosen))
        code = None if self.state == "open" else "election-state"
        code = code or ("too-many-spoiled" if self.opened[deputy] >= 10 else None)
        how = {"roles": ("deputy",), "subject": self.vote.congress.deputies[deputy]}
        body = {"hash": ballot.unsigned_hash}
        self.does(code, self.vote.box.call, "spoil_ballot", self.vote.uuid, body, **how)
        if code == "too-many-spoiled":
            return
        self.opened[deputy] += code is None
        refused = self.expected(deputy, deputy) or "ballot-spoiled"
        self.does(refused, self.vote.cast, deputy, ballot)

    @rule()
    def close(self) -> None:
        """The voting ends; again, nothing changes.  It is put off while few have voted."""
        if self.state != "open" or len(self.votes) >= LEAST:
            self.does(None, self.vote.close)
            self.state = "closed" if self.state == "open" else self.state

    @rule(trustee=TRUSTEE)
    def cosign(self, trustee: str) -> None:
        """A scrutineer signs the end."""
        if self.state == "open":
            self.does("election-state", self.vote.cosign, trustee, "0" * 64)
        else:
            self.does(None, self.vote.cosign, trustee)
            self.cosigned.add(trustee)

    @rule(trustee=TRUSTEE, true=st.booleans(), again=st.booleans())
    def decrypt(self, trustee: str, true: bool, again: bool) -> None:
        """A scrutineer decrypts: truly, with a false key, or sends again what she sent."""
        if self.state == "open":
            body = {"decryption": "{}", "proofs": "{}"}
            self.does("election-state", self.vote.decrypt, trustee, body)
            return
        if again and trustee in self.decrypted:
            self.does(None, self.vote.decrypt, trustee, self.decrypted[trustee])
            return
        body = self.vote.decryption(trustee, key=None if true else 4711)
        code = self.undecryptable()
        code = code or ("decrypted-already" if trustee in self.decrypted else None)
        code = code or (None if true else "false-decryption")
        self.does(code, self.vote.decrypt, trustee, body)
        if code is None:
            self.decrypted[trustee] = body

    def undecryptable(self) -> str | None:
        """Why nobody may decrypt now."""
        if self.state != "closed":
            return "election-state"
        return "end-not-cosigned" if len(self.cosigned) < 2 else None

    @rule()
    def tally(self) -> None:
        """The result is computed, once there is enough for it."""
        if self.state == "tallied":
            self.does(None, self.vote.tally)
            return
        code = self.undecryptable()
        code = code or ("too-few-decryptions" if len(self.decrypted) < 2 else None)
        tallied = self.does(code, self.vote.tally)
        if code is None:
            self.state = "tallied"
            assert tallied["result"] == [self.plain()]
            assert [one[0] for one in counted(self.vote)] == self.plain()

    def plain(self) -> list[int]:
        """The plain count."""
        return [sum(n in chosen for chosen in self.votes.values()) for n in range(3)]

    @invariant()
    def nothing_is_lost(self) -> None:
        """As many ballots count as there are votes, and each that was taken stands on the board."""
        if not hasattr(self, "votes"):
            return
        shown = self.vote.ballot.call("get_election", self.vote.uuid)
        assert (shown["state"], shown["cast"]) == (self.state, len(self.votes))
        assert shown["decrypted"] == [TRUSTEES.index(one) + 1 for one in self.decrypted]
        ballots = [one.text for one in self.vote.members() if '"election_uuid"' in one.text[:20]]
        assert ballots == [ballot.to_text() for _, ballot, _ in self.taken]

    def teardown(self) -> None:
        """However far it came, it verifies and can be brought to its result."""
        if not hasattr(self, "votes"):
            return
        try:
            if len(self.votes) >= LEAST:
                self.close()
                for trustee in TRUSTEES[:2]:
                    self.cosign(trustee)
                for trustee in TRUSTEES:
                    if self.state == "closed" and trustee not in self.decrypted:
                        self.decrypt(trustee, True, False)
                self.tally()
                assert self.state == "tallied"
                voters = self.vote.ballot.call("get_voters", self.vote.uuid)["voters"]
                flagged = {one["deputy_id"] for one in voters if one["voted"]}
                assert flagged == {self.vote.congress.deputies[n] for n in self.flagged}
            assert self.vote.broken() == []
        finally:
            self.vote.ballot.close()
            self.vote.box.close()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_order_loses_a_vote(stage: Stages) -> None:
    """Fifteen elections of some twenty steps each."""
    Machine.stage = stage
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
