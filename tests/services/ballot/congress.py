"""A small congress on the running service: what a test asks of it, in one call each."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import ServiceError

from ...harness import Harness
from .samples import CITY, candidate, parameters

CLOSING = "2023-02-22"
SCRUTINEER = ("scrutineer", "recorder")
CHIEF = ("chief-scrutineer", "recorder")
CHAIR = ("executive-chairperson", "recorder")
DEPUTIES = 9
#: Who holds which office, by the subject of the person's token.
OFFICERS = {
    "a": "scrutineer",
    "b": "scrutineer",
    "c": "chief-scrutineer",
    "d": "deputy-chief-scrutineer",
    "t": "teller",
    "p": "executive-chairperson",
}


class Congress:
    """A small congress, of nine: its deputies, its session, its method, its shortlist."""

    def __init__(
        self, service: Harness, candidates: int = 3, deputies: int = DEPUTIES, **changed: Any
    ) -> None:
        self.service = service
        self.deputies = [self.enrol(n)["id"] for n in range(deputies)]
        self.session = service.call("open_session", session_body())["id"]
        for subject, role in OFFICERS.items():
            self.approve(subject, role)
        self.method = self.adopted_method(**changed)
        self.shortlist = shortlist(candidates)
        service.deliver("proposal.shortlist.adopted.v1", self.shortlist)

    def enrol(self, number: int, congress: str = CITY, level: str = "city") -> dict[str, Any]:
        """Enrol a deputy."""
        mandate = {"congress": congress, "level": level, "delegation": "示例代表团"}
        body = {
            "name": f"代表{number}(合成)",
            "mandates": [mandate],
            "happened_on": "2023-01-05",
        }
        found: dict[str, Any] = self.service.call("enrol_deputy", body)
        return found

    def adopted_method(self, **changed: Any) -> str:
        """Draft and adopt a method of two seats."""
        drafted = self.service.call("draft_ballot_method", method_body(seats=2, **changed))
        self.discuss(drafted["id"])
        self.submit(drafted["id"])
        self.adopt(drafted["id"])
        return str(drafted["id"])

    def discuss(self, method: str, delegation: str = "示例代表团", **said: Any) -> Any:
        """A delegation discusses a draft."""
        body = {"delegation": delegation, "happened_on": "2023-02-18"} | said
        return self.service.call("discuss_ballot_method", method, body)

    def submit(self, method: str) -> Any:
        """The presidium passes a draft."""
        body = {"submitted_by": "大会主席团(合成)", "happened_on": "2023-02-19"}
        return self.service.call("submit_ballot_method", method, body)

    def adopt(self, method: str) -> Any:
        """The plenary adopts a method."""
        body = {"adopted_by": "大会全体会议(合成)", "happened_on": "2023-02-20"}
        return self.service.call("adopt_ballot_method", method, body)

    def approve(self, subject: str, role: str, **changed: Any) -> Any:
        """Give a person an office in the session, or in another."""
        session = changed.pop("session", self.session)
        return self.service.call("approve_officer", session, officer_body(subject, role, **changed))

    def another_shortlist(self) -> str:
        """The id of another shortlist that has arrived."""
        data = shortlist(3)
        self.service.deliver("proposal.shortlist.adopted.v1", data)
        return str(data["id"])

    def sign_in(self, number: int, day: str = CLOSING) -> None:
        """Sign in the first so many deputies."""
        for deputy in self.deputies[:number]:
            body = {"deputy_id": deputy, "happened_on": day}
            self.service.call("sign_in_deputy", self.session, body)

    def open(self, **changed: Any) -> dict[str, Any]:
        """Open the ballot."""
        body = {
            "session_id": self.session,
            "shortlist_id": self.shortlist["id"],
            "method_id": self.method,
            "happened_on": CLOSING,
        }
        found: dict[str, Any] = self.service.call("open_ballot", body | changed)
        return found

    def enter(self, ballot: dict[str, Any], *approvals: int, **how: Any) -> dict[str, Any]:
        """Enter the latest round's count as scrutineer ``a``, everyone else opposing."""
        body = count_body(ballot, approvals, how.pop("voting", 8))
        given = {"roles": SCRUTINEER, "subject": "a"} | how
        found: dict[str, Any] = self.service.call("enter_ballot_count", ballot["id"], body, **given)
        return found

    def confirm(self, ballot: dict[str, Any], **how: Any) -> dict[str, Any]:
        """Confirm the latest round's count as scrutineer ``b``."""
        given = {"roles": SCRUTINEER, "subject": "b"} | how
        number = ballot["rounds"][-1]["number"]
        body = {"happened_on": CLOSING}
        found: dict[str, Any] = self.service.call(
            "confirm_ballot_count", ballot["id"], number, body, **given
        )
        return found

    def act(
        self, method: str, ballot: dict[str, Any], *roles: str, subject: str = "c", **said: Any
    ) -> dict[str, Any]:
        """Take a ballot one step further."""
        body = {"happened_on": CLOSING} | said
        found: dict[str, Any] = self.service.call(
            method, ballot["id"], body, roles=(*roles, "recorder"), subject=subject
        )
        return found

    def announce(self, ballot: dict[str, Any], number: int = 2, **how: Any) -> dict[str, Any]:
        """The executive chairperson announces the result."""
        said: dict[str, Any] = {"number": number, "signed_by": "大会主席团(合成)", "subject": "p"}
        said |= how
        return self.act("announce_result", ballot, "executive-chairperson", **said)

    def certified(self, *approvals: int, **changed: Any) -> dict[str, Any]:
        """A ballot from its opening to its certification, in one round."""
        decided = self.confirm(self.enter(self.open(**changed), *approvals))
        return self.act("certify_ballot", decided, "chief-scrutineer")


def session_body(**changed: Any) -> dict[str, Any]:
    """A session of five days."""
    return {
        "congress": CITY,
        "term": 14,
        "ordinal": 3,
        "name": "某市第十四届人民代表大会第三次会议(合成)",
        "opens_on": "2023-02-18",
        "closes_on": CLOSING,
    } | changed


def officer_body(subject: str, role: str, **changed: Any) -> dict[str, Any]:
    """An office of a made-up person."""
    return {
        "subject": subject,
        "name": f"人员{subject}(虚构)",
        "role": role,
        "put_up_by": "示例代表团",
        "approved_by": "大会全体会议(合成)",
        "happened_on": "2023-02-20",
    } | changed


def method_body(supersedes: str | None = None, **changed: Any) -> dict[str, Any]:
    """A draft."""
    return {
        "title": "票决办法(合成)",
        "text": "合成文本",
        "parameters": parameters(**changed),
        "supersedes": supersedes,
        "happened_on": "2023-02-10",
    }


def shortlist(number: int) -> dict[str, Any]:
    """What proposal publishes."""
    return {
        "id": str(uuid.uuid4()),
        "year": 2023,
        "adopted_on": "2023-01-18",
        "candidates": [{**candidate(n), "year": 2023} for n in range(1, number + 1)],
    }


def count_body(ballot: dict[str, Any], approvals: tuple[int, ...], voting: int) -> dict[str, Any]:
    """A paper count."""
    ids = ballot["rounds"][-1]["candidate_ids"]
    return {
        "medium": "paper",
        "issued": voting,
        "returned": voting,
        "valid": voting,
        "invalid": 0,
        "candidates": [
            {"candidate_id": id_, "approve": n, "oppose": voting - n, "abstain": 0}
            for id_, n in zip(ids, approvals, strict=True)
        ],
        "happened_on": CLOSING,
    }


def refusal(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The code with which a call is refused."""
    with pytest.raises(ServiceError) as caught:
        call(*args, **kwargs)
    return caught.value.code
