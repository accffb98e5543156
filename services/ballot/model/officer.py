"""The officers of a session: who counts the votes, who certifies them, who announces the result.

A chief scrutineer (总监票人) and scrutineers (监票人) are put up by the delegations and passed by
the congress before it votes; tellers (计票人) are named by the secretariat; an executive
chairperson (大会执行主席) declares the result.  Source: the election methods of congresses, by
analogy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Forbidden, Invalid

from .session import Session


class Office(StrEnum):
    """What a person is in a session; one thing only."""

    CHIEF = "chief-scrutineer"
    DEPUTY_CHIEF = "deputy-chief-scrutineer"
    SCRUTINEER = "scrutineer"
    TELLER = "teller"
    CHAIRPERSON = "executive-chairperson"

    @property
    def watches(self) -> bool:
        """Whether it is a scrutineer's, whom the congress passes before it votes."""
        return self in CONFIRMING


#: A count is confirmed by one of these; a teller may enter it too.
CONFIRMING = (Office.CHIEF, Office.DEPUTY_CHIEF, Office.SCRUTINEER)
ENTERING = (*CONFIRMING, Office.TELLER)
CERTIFYING = (Office.CHIEF, Office.DEPUTY_CHIEF)
ANNOUNCING = (Office.CHAIRPERSON,)

_CALLED = {
    Office.CHIEF: "总监票人",
    Office.DEPUTY_CHIEF: "副总监票人",
    Office.SCRUTINEER: "监票人",
    Office.TELLER: "计票人",
    Office.CHAIRPERSON: "大会执行主席",
}


@dataclass(eq=False, kw_only=True)
class Officer(Aggregate):
    """One person's office in one session.

    ``subject``: of her token, by which she is known when she acts.  ``put_up_by``: the delegation
    that put her up; ``approved_by``: the body that passed or named her.
    """

    id: str
    session_id: str
    subject: str
    name: str
    role: str
    put_up_by: str | None
    approved_by: str
    approved_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def approve(
        cls,
        *,
        session: Session,
        others: Sequence[Officer],
        has_voted: bool,
        subject: str,
        name: str,
        role: str,
        put_up_by: str | None,
        approved_by: str,
        approved_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Officer:
        """Record an officer; ``others``: those of the session, ``has_voted``: a ballot was opened.

        Raises Conflict for a second office of the person, a second chief, and a scrutineer once the
        session has begun to vote; Invalid for a scrutineer whom no delegation put up.
        """
        office = Office(role)
        session.check_day(approved_on)
        _check_alone(subject, office, others)
        if office.watches and has_voted:
            raise Conflict(
                "scrutineers-after-opening",
                "scrutineers are passed before the first ballot of the session is opened",
                "监票人应在本次会议首次票决开始之前通过",
            )
        if office.watches and put_up_by is None:
            raise Invalid(
                "delegation-missing",
                "a scrutineer is put up by a delegation",
                "监票人应由代表团推荐",
                [{"pointer": "/put_up_by", "detail": "应填写推荐的代表团 (name the delegation)"}],
            )
        officer = cls(
            id=new_id(),
            session_id=session.id,
            subject=subject,
            name=name,
            role=office.value,
            put_up_by=put_up_by,
            approved_by=approved_by,
            approved_on=approved_on,
            recorded_at=recorded_at,
        )
        officer.record("officer.approved.v1")
        return officer

    def public_state(self) -> dict[str, Any]:
        """The office, without the person."""
        return {
            "id": self.id,
            "session_id": self.session_id,
            "role": self.role,
            "put_up_by": self.put_up_by,
            "approved_by": self.approved_by,
            "approved_on": self.approved_on.isoformat(),
        }


def acting(officer: Officer | None, offices: Iterable[Office], day: dt.date) -> Office:
    """In which of these offices the person acts on that day; raises Forbidden if in none."""
    if officer and Office(officer.role) in offices and officer.approved_on <= day:
        return Office(officer.role)
    listed = tuple(offices)
    raise Forbidden(
        "not-an-officer",
        "this needs a person who was recorded in the session as "
        + " or ".join(office.value for office in listed)
        + " by that day",
        "此操作须由截至当日已在本次会议登记的" + "或".join(_CALLED[one] for one in listed) + "进行",
    )


def check_scrutineers(officers: Iterable[Officer], day: dt.date) -> None:
    """Raise Conflict unless somebody can enter, confirm and certify a count of that day.

    That is a chief scrutineer, and one more scrutineer or deputy chief beside her.
    """
    passed = [Office(one.role) for one in officers if one.approved_on <= day]
    lacking = []
    if Office.CHIEF not in passed:
        lacking.append(("尚未通过总监票人", "a chief scrutineer"))
    if sum(office.watches and office is not Office.CHIEF for office in passed) < 1:
        lacking.append(("尚未通过监票人", "a scrutineer beside the chief"))
    if lacking:
        raise Conflict(
            "scrutineers-missing",
            "the congress must have passed " + " and ".join(en for _, en in lacking),
            ";".join(zh for zh, _ in lacking),
            [{"pointer": "/session_id", "detail": f"{zh} ({en})"} for zh, en in lacking],
        )


def _check_alone(subject: str, office: Office, others: Sequence[Officer]) -> None:
    if any(one.subject == subject for one in others):
        raise Conflict(
            "office-held",
            "this person holds an office in this session already",
            "该人员在本次会议中已有职务,一人只任一职",
            [{"pointer": "/subject", "detail": "已有职务 (holds an office)"}],
        )
    if office is Office.CHIEF and any(one.role == Office.CHIEF for one in others):
        raise Conflict(
            "chief-scrutineer-named",
            "the session has a chief scrutineer already; others are deputies",
            "本次会议已有总监票人",
            [{"pointer": "/role", "detail": "只有一名总监票人 (one only)"}],
        )
