"""Rounds after the first: run-offs and re-votes with the spare elections, and void ones."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.commons.errors import Conflict, Forbidden

from .congress import CLOSING
from .stages import AGAIN, TICKS, Stages, counted, refused, ticks
from .voting import CHIEF, Vote

RE_VOTE: Any = TICKS | {"shortfall": "re-vote"}
NO_SPARE: Any = RE_VOTE | {"electronic": {"overvote": "prevented", "spare_elections": 0}}


def next_round(vote: Vote, method: str, **how: Any) -> Any:
    """One command; the vote goes on with the next spare election."""
    given = {"roles": CHIEF, "subject": "c"} | how
    shown = vote.ballot.call(method, vote.id, {"happened_on": CLOSING}, **given)
    used = [one["uuid"] for one in elections(vote)]
    vote.uuid = used[-1]
    return shown


def elections(vote: Vote) -> Any:
    """The ballot's elections in the order of their rounds."""
    found = vote.ballot.call("list_elections", {"ballot_id": vote.id})["items"]
    return sorted(found, key=lambda one: one["round"])


def void(vote: Vote, instead: str, **how: Any) -> Any:
    """The round does not count."""
    body = {"reason": "设备故障(合成)", "instead": instead, "happened_on": CLOSING}
    given = {"roles": CHIEF, "subject": "c"} | how
    return vote.box.call("void_election", vote.uuid, body, **given)


def tied(vote: Vote) -> None:
    """The third project passes, the two others are tied at the last seat."""
    vote.ready()
    for deputy in range(8):
        vote.vote(deputy, *ticks(2, deputy % 2))
    vote.finish()


def test_a_tie_is_voted_on_again_by_one_command(stage: Stages) -> None:
    """Among the tied only, with the same credentials under the spare's uuid; its archive verifies.

    Nobody registers, makes keys or hands out anything again.
    """
    vote = stage(tied, **TICKS, threshold=None)
    assert vote.shown()["state"] == "tied"
    first = vote.uuid
    shown = next_round(vote, "open_run_off")
    assert shown["state"] == "open"
    assert vote.uuid == vote.uuids[1] != first
    manifest = vote.manifest
    tied_ids = shown["rounds"][-1]["candidate_ids"]
    assert [one["id"] for one in manifest["candidates"]] == tied_ids
    assert (manifest["seats"], manifest["max"], manifest["round"]) == (1, 1, 2)
    for deputy in range(8):
        vote.vote(deputy, *ticks(deputy > 2, of=2))
    tallied = vote.finish()
    assert tallied["result"] == [[3, 5]]
    assert vote.broken() == []
    shown = vote.shown()
    assert shown["state"] == "decided"
    assert [one["reason"] for one in shown["verdicts"]] == [
        *("lost-run-off", "won-run-off", "most-approvals")
    ]
    vote.uuid = first
    assert vote.broken() == []
    vote.congress.act("certify_ballot", shown, "chief-scrutineer")


def short(vote: Vote) -> None:
    """One project passes, one seat stays open."""
    vote.ready()
    for deputy in range(7):
        vote.vote(deputy, *ticks(0, *[1] * (deputy < 3)))
    vote.finish()


def test_open_seats_are_voted_on_again(stage: Stages) -> None:
    """A re-vote, once, on what was not chosen, electronically with a spare."""
    vote = stage(short, **RE_VOTE)
    assert vote.shown()["state"] == "short"
    with refused(vote, "ballot-state", Conflict):
        next_round(vote, "open_run_off")
    next_round(vote, "open_re_vote")
    for deputy in range(6):
        vote.vote(deputy, *ticks(1, of=2))
    vote.finish()
    assert vote.broken() == []
    shown = vote.shown()
    assert shown["state"] == "decided"
    assert [one["chosen"] for one in shown["verdicts"]] == [True, False, True]


def test_without_a_spare_the_round_is_told_to_be_held_on_paper(stage: Stages) -> None:
    """Nothing is opened then."""
    vote = stage(short, **NO_SPARE)
    with refused(vote, "no-spare-election", Conflict) as caught:
        next_round(vote, "open_re_vote")
    assert "paper" in caught.value.en


def three_voted(vote: Vote) -> None:
    """A device fails in the middle of the vote."""
    vote.ready()
    for deputy in range(3):
        vote.vote(deputy, *ticks(1))


def test_a_void_round_is_held_again_with_a_spare(stage: Stages) -> None:
    """Those who had voted vote again; nothing of the void one counts or is decrypted."""
    vote = stage(three_voted, **TICKS)
    with refused(vote, "not-an-officer", Forbidden):
        void(vote, "electronic", subject="a")
    assert void(vote, "electronic")["state"] == "void"
    repeated = void(vote, "electronic")
    assert repeated["state"] == "void"
    assert len(elections(vote)) == 2
    old = vote.uuid
    late = vote.made(4, *ticks(0))
    with refused(vote, "election-state", Conflict):
        vote.cast(4, late)
    with refused(vote, "election-state", Conflict):
        vote.close()
    vote.uuid = elections(vote)[-1]["uuid"]
    for deputy in range(6):
        vote.vote(deputy, *ticks(0))
    vote.finish()
    assert counted(vote)[0] == (6, 0, 0)
    assert vote.broken() == []
    assert vote.shown()["rounds"][0]["void_because"] == "设备故障(合成)"
    assert vote.ballot.call("get_election", old)["result"] is None


def test_a_void_round_is_held_again_on_paper(stage: Stages) -> None:
    """The paper flow goes on to the certified result."""
    vote = stage(three_voted, **TICKS)
    void(vote, "paper")
    shown = vote.shown()
    assert (shown["state"], shown["rounds"][-1]["medium"]) == ("open", "paper")
    with refused(vote, "election-state", Conflict):
        vote.vote(4, *ticks(0))
    entered = vote.congress.enter(shown, 8, 5, 1, ticks=True)
    decided = vote.congress.confirm(entered)
    assert decided["state"] == "decided"
    certified = vote.congress.act("certify_ballot", decided, "chief-scrutineer")
    assert certified["state"] == "certified"
    result = vote.ballot.call("get_ballot_result", vote.id)
    assert [one["approve"] for one in result["candidates"]][:1] == [8]


def one_decrypted(vote: Vote) -> None:
    """Six vote; one scrutineer of the two that are needed has decrypted."""
    vote.ready()
    for deputy in range(6):
        vote.vote(deputy, *ticks(0))
    vote.close()
    vote.cosign("a")
    vote.cosign("b")
    vote.decrypt("a")


def test_a_result_that_is_known_is_not_thrown_away(stage: Stages) -> None:
    """With one more decryption anybody can compute it: no void round, but a void ballot."""
    vote = stage(one_decrypted, **TICKS)
    vote.decrypt("c")
    with refused(vote, "result-computable", Conflict):
        void(vote, "electronic")
    body = {"reason": "程序错误(合成)", "happened_on": CLOSING}
    with refused(vote, "not-an-officer", Forbidden):
        vote.ballot.call("void_ballot", vote.id, body, subject="c")
    shown = vote.ballot.call("void_ballot", vote.id, body, subject="p")
    assert (shown["state"], shown["void_reason"]) == ("void", body["reason"])
    assert vote.ballot.call("get_election", vote.uuid)["void_because"] == body["reason"]


def test_a_round_that_too_few_have_decrypted_may_be_void(stage: Stages) -> None:
    """As when the others have lost their keys."""
    vote = stage(one_decrypted, **TICKS)
    assert void(vote, "electronic")["state"] == "void"
    with refused(vote, "election-state", Conflict):
        vote.decrypt("b", {"decryption": "{}", "proofs": "{}"})


def test_a_void_round_has_no_medium_that_the_method_does_not_know(stage: Stages) -> None:
    """An electronic method without paper can only be held electronically again."""
    vote = stage(three_voted, **TICKS, media=["electronic"])
    with refused(vote, "medium-not-adopted", Conflict):
        void(vote, "paper")


def test_no_spare_is_left_after_the_last(stage: Stages) -> None:
    """Each void round uses one; then it is paper."""
    vote = stage(three_voted, **TICKS)
    for _ in range(2):
        void(vote, "electronic")
        vote.uuid = elections(vote)[-1]["uuid"]
    with refused(vote, "no-spare-election", Conflict):
        void(vote, "electronic")
    void(vote, "paper")
    assert vote.shown()["rounds"][-1]["medium"] == "paper"


def test_more_cast_than_issued_is_void_at_the_close(stage: Stages) -> None:
    """As when somebody changed the register of credentials handed out behind the service's back."""
    vote = stage(three_voted, **TICKS)
    table = vote.ballot.metadata.tables["credential_issues"]
    with vote.ballot.engine.begin() as connection:
        kept = vote.congress.deputies[:2]
        connection.execute(sa.delete(table).where(table.c.deputy_id.not_in(kept)))
    closed = vote.close()
    assert closed["state"] == "void"
    assert "cast 3, issued 2" in closed["void_because"]
    assert vote.ballot.events("election.closed.v1")[0].data["not_cast"] == -1
    with refused(vote, "election-state", Conflict):
        vote.cosign("a", "0" * 64)
    void(vote, "paper")
    assert vote.shown()["state"] == "open"


def test_the_chairperson_voids_the_whole_ballot(stage: Stages) -> None:
    """Open elections with it; in another session the shortlist may be voted on again, not here."""
    vote = stage(three_voted, **AGAIN)
    body = {"reason": "程序错误(合成)", "happened_on": CLOSING}
    vote.ballot.call("void_ballot", vote.id, body, subject="p")
    assert vote.shown()["state"] == "void"
    assert vote.ballot.call("get_election", vote.uuid)["state"] == "void"
    assert len(vote.ballot.events("election.voided.v1")) == 1
    with refused(vote, "election-state", Conflict):
        vote.vote(4, *ticks(0))
    with refused(vote, "shortlist-voted-on", Conflict):
        vote.congress.open(medium="electronic")
