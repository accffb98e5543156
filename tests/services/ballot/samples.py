"""Synthetic things to vote with: methods, sessions, shortlists and counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from services.ballot.model.ballot import Ballot
from services.ballot.model.count import Count
from services.ballot.model.method import BallotMethod
from services.ballot.model.officer import Officer
from services.ballot.model.rules import Rules
from services.ballot.model.session import Session
from services.ballot.model.shortlist import HeardShortlist
from services.commons.aggregate import new_id

NOON = dt.datetime(2023, 2, 22, 4, tzinfo=dt.UTC)
CITY, DISTRICT = "330100", "330106"


def day(text: str) -> dt.date:
    """``02-22`` of 2023."""
    return dt.date.fromisoformat(f"2023-{text}")


def parameters(**changed: Any) -> dict[str, Any]:
    """The statutory rules: 2/3 of all for a quorum, more than half of all to pass; 10 seats."""
    return {
        "body": "congress",
        "quorum": {"share": "2/3", "inclusive": True},
        "seats": 10,
        "min_margin": None,
        "choice": "approve-oppose-abstain",
        "threshold": {"base": "all", "share": "1/2", "inclusive": False},
        "overvote": "void-paper",
        "undervote": "valid",
        "returned_gt_issued": "void",
        "tie": "run-off",
        "shortfall": "leave-vacant",
        "proxy": False,
        "media": ["paper", "hands"],
        "publish_counts": True,
    } | changed


def online(**changed: Any) -> dict[str, Any]:
    """The parameters of an electronic vote beside paper: two of three scrutineers decrypt."""
    electronic = {
        "group": "Ed25519",
        "overvote": "blank",
        "recast": False,
        "least_ballots": 5,
        "least_papers": 4,
        "spare_elections": 2,
        "trustees": {"size": 3, "threshold": 2},
    } | changed
    return {"media": ["electronic", "paper", "hands"], "electronic": electronic}


def rules(**changed: Any) -> Rules:
    """The rules of :func:`parameters`."""
    return Rules.from_data(parameters(**changed))


def method(*, adopted: bool = True, **changed: Any) -> BallotMethod:
    """A ballot method, adopted on 20 February."""
    one = BallotMethod.draft(
        title="民生实事项目票决办法(合成)",
        text="合成文本。",
        parameters=parameters(**changed),
        supersedes=None,
        drafted_on=day("02-10"),
        recorded_at=NOON,
    )
    if adopted and one.rules.body == "congress":
        one.discuss("示例代表团", day("02-18"))
        one.submit("大会主席团(合成)", day("02-19"))
    if adopted:
        one.adopt("大会全体会议(合成)", day("02-20"))
    return one


def session() -> Session:
    """A session from 18 to 22 February."""
    return Session.open(
        congress=CITY,
        term=14,
        ordinal=3,
        name="某市第十四届人民代表大会第三次会议(合成)",
        opens_on=day("02-18"),
        closes_on=day("02-22"),
        recorded_at=NOON,
    )


def officer(role: str, subject: str = "s", *others: Officer, **changed: Any) -> Officer:
    """An officer of the session, approved on 20 February."""
    given: dict[str, Any] = {
        "session": session(),
        "others": others,
        "has_voted": False,
        "subject": subject,
        "name": f"人员{subject}(虚构)",
        "role": role,
        "put_up_by": "示例代表团",
        "approved_by": "大会全体会议(合成)",
        "approved_on": day("02-20"),
        "recorded_at": NOON,
    }
    return Officer.approve(**given | changed)


def shortlist(number: int) -> HeardShortlist:
    """A shortlist of so many candidates, adopted on 18 January."""
    return HeardShortlist(
        id=new_id(),
        year=2023,
        adopted_on=day("01-18"),
        candidates=[candidate(n) for n in range(1, number + 1)],
        version=2,
    )


def candidate(number: int) -> dict[str, Any]:
    """A candidate as proposal publishes it."""
    return {
        "id": new_id(),
        "name": f"候选项目{number}(合成)",
        "description": "合成说明。",
        "aspect": "elderly-care",
        "lead_unit_id": new_id(),
        "budget_yuan": 50_000_000,
        "due_on": "2023-11-30",
        "sub_items": [
            {"id": new_id(), "name": f"子项{number}", "target": 120, "unit_of_measure": "家"}
        ],
        "suggested_project_ids": [new_id()],
    }


def opened(candidates: int = 13, *, roll: int = 511, present: int = 491, **changed: Any) -> Ballot:
    """A ballot opened on 22 February; as in Hangzhou 13 candidates, 511 deputies, 491 present."""
    return Ballot.open(
        session=session(),
        shortlist=shortlist(candidates),
        method=method(**changed),
        roll=roll,
        present=present,
        opened_on=day("02-22"),
        recorded_at=NOON,
    )


def count(
    ids: Sequence[str], approvals: Sequence[int], *, voting: int = 491, **changed: Any
) -> Count:
    """A paper count in which whoever did not approve opposed."""
    data: dict[str, Any] = {
        "medium": "paper",
        "issued": voting,
        "returned": voting,
        "valid": voting,
        "invalid": 0,
    } | changed
    data["candidates"] = [
        {"candidate_id": id_, "approve": n, "oppose": data["valid"] - n, "abstain": 0}
        for id_, n in zip(ids, approvals, strict=True)
    ]
    return Count.from_data(data)


def vote(ballot: Ballot, approvals: Sequence[int], *, voting: int = 491, **changed: Any) -> None:
    """Count the ballot's latest round and confirm it, all on its day."""
    counted = count(ballot.round.candidate_ids, approvals, voting=voting, **changed)
    on = ballot.round.opened_on
    ballot.enter_count(counted, by="scrutineer-1", on=on, present=ballot.round.present)
    ballot.confirm_count(ballot.round.number, by="scrutineer-2", on=on)


def chosen(ballot: Ballot) -> list[int]:
    """Which candidates are chosen, by their number in the shortlist from 1."""
    return [n for n, verdict in enumerate(ballot.verdicts, 1) if verdict["chosen"]]


def reasons(ballot: Ballot) -> list[str]:
    """The reason of each candidate, in the order of the shortlist."""
    return [verdict["reason"] for verdict in ballot.verdicts]
