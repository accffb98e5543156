"""The ballot method (票决办法): the written rules of a vote, with their parameters as data.

Its life follows a real session (Hangzhou, January 2024): the delegations (代表团) discuss the
draft, the presidium (主席团) passes it and puts it before the plenary, the plenary adopts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.commons.aggregate import new_id
from services.commons.canonical import digest
from services.commons.clock import not_before
from services.commons.errors import Conflict
from services.commons.method import Method

from .rules import Rules

#: The body that votes in sessions; methods of others are adopted without delegations.
CONGRESS = "congress"


class Stage(StrEnum):
    """How far a method has come."""

    DRAFTED = "drafted"
    DISCUSSED = "discussed"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"


#: What a method may lack, in the order of its life: Chinese, English.
_LACKS = {
    Stage.DISCUSSED: ("尚无代表团讨论", "no delegation has discussed it"),
    Stage.SUBMITTED: ("主席团尚未通过并提请", "the presidium has not passed and submitted it"),
    Stage.ADOPTED: ("大会全体会议尚未通过", "the plenary has not adopted it"),
}


@dataclass(eq=False, kw_only=True)
class Discussion:
    """One delegation's discussion of a draft, with its opinion if it gave one in writing."""

    id: str
    delegation: str
    happened_on: dt.date
    opinion: str | None = None


@dataclass(eq=False, kw_only=True)
class BallotMethod(Method):
    """A written ballot method; from its adoption (通过) on, ballots can be held by it.

    ``submitted_by``, ``submitted_on``: the presidium that passed the draft and put it before the
    plenary.  There is no way back: what should change becomes a new method.
    """

    called = "票决办法"

    id: str
    title: str
    text: str
    parameters: dict[str, Any]
    supersedes: str | None
    drafted_on: dt.date
    recorded_at: dt.datetime
    discussions: list[Discussion] = field(default_factory=list)
    submitted_by: str | None = None
    submitted_on: dt.date | None = None
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        title: str,
        text: str,
        parameters: dict[str, Any],
        supersedes: str | None,
        drafted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> BallotMethod:
        """A method not adopted yet; raises Invalid if its parameters make no rules."""
        method = cls(
            id=new_id(),
            title=title,
            text=text,
            parameters=Rules.from_data(parameters).to_data(),
            supersedes=supersedes,
            drafted_on=drafted_on,
            recorded_at=recorded_at,
        )
        method.record("ballot-method.drafted.v1", drafted_on=drafted_on.isoformat())
        return method

    def discuss(self, delegation: str, on: dt.date, opinion: str | None = None) -> None:
        """Note that a delegation discussed the draft; each does so once.

        Raises Conflict once the presidium has passed it, Invalid before it was drafted.
        """
        self._must_be_of_a_congress()
        if self.submitted_on is not None or self.adopted_on is not None:
            raise _gone_on(self.stage)
        if any(one.delegation == delegation for one in self.discussions):
            raise Conflict(
                "delegation-discussed",
                "this delegation has discussed the draft already",
                "该代表团已经讨论过此草案",
            )
        not_before(on, self.drafted_on)
        self.discussions.append(
            Discussion(id=new_id(), delegation=delegation, happened_on=on, opinion=opinion)
        )
        self.record(
            "ballot-method.discussed.v1", delegation=delegation, discussed_on=on.isoformat()
        )

    def submit(self, by: str, on: dt.date) -> None:
        """The presidium ``by`` passes the draft and puts it before the plenary.

        Raises Conflict without a discussion and the second time, Invalid before the last one.
        """
        self._must_be_of_a_congress()
        if self.submitted_on is not None or self.adopted_on is not None:
            raise _gone_on(self.stage)
        self._must_have(Stage.DISCUSSED)
        not_before(on, max(one.happened_on for one in self.discussions))
        self.submitted_by, self.submitted_on = by, on
        self.record("ballot-method.submitted.v1", submitted_by=by, submitted_on=on.isoformat())

    def adopt(self, by: str, on: dt.date) -> None:
        """The plenary ``by`` adopts it; Conflict unless the presidium has put it before it."""
        if self.adopted_on is None:
            self._must_have(Stage.DISCUSSED, Stage.SUBMITTED)
            not_before(on, self.submitted_on)
        super().adopt(by, on)
        self.record("ballot-method.adopted.v1", adopted_by=by, adopted_on=on.isoformat())

    @property
    def rules(self) -> Rules:
        """The rules that the parameters describe."""
        return Rules.from_data(self.parameters)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form of text and parameters: what is fixed before a vote."""
        return digest({"text": self.text, "parameters": self.parameters})

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.adopted_on is not None:
            return Stage.ADOPTED
        if self.submitted_on is not None:
            return Stage.SUBMITTED
        return Stage.DISCUSSED if self.discussions else Stage.DRAFTED

    @property
    def missing(self) -> list[dict[str, str]]:
        """What it still lacks before ballots can be held by it, the next step first."""
        return [
            {"step": stage.value, "zh": _LACKS[stage][0], "en": _LACKS[stage][1]}
            for stage in self._lacking()
        ]

    def public_state(self) -> dict[str, Any]:
        """Which method it is, and the digest of what it says."""
        return self.reference() | {"digest": self.digest, "stage": self.stage.value}

    def reference(self) -> dict[str, Any]:
        """Id and title, as what is done by it names it."""
        return super().public_state()

    def _lacking(self) -> Iterator[Stage]:
        if self.adopted_on is not None:
            return
        if self.rules.body == CONGRESS:
            if not self.discussions:
                yield Stage.DISCUSSED
            if self.submitted_on is None:
                yield Stage.SUBMITTED
        yield Stage.ADOPTED

    def _must_have(self, *stages: Stage) -> None:
        lacking = [stage for stage in self._lacking() if stage in stages]
        if lacking:
            raise Conflict(
                "method-step-missing",
                "these steps must come first: " + "; ".join(_LACKS[one][1] for one in lacking),
                "以下步骤应在先:" + ";".join(_LACKS[one][0] for one in lacking),
                [
                    {"pointer": "", "detail": f"{one.value}: {_LACKS[one][0]} ({_LACKS[one][1]})"}
                    for one in lacking
                ],
            )

    def _must_be_of_a_congress(self) -> None:
        if self.rules.body != CONGRESS:
            raise Conflict(
                "method-of-another-body",
                "only a congress in session has delegations and a presidium",
                "只有人民代表大会会议才有代表团和主席团",
            )


def _gone_on(stage: Stage) -> Conflict:
    return Conflict(
        "method-gone-on",
        f"the method is {stage.value} already, and there is no way back; draft a new one",
        "该办法已进入后续环节,不可退回;如需修改请另行起草",
        [{"pointer": "", "detail": f"stage: {stage.value}"}],
    )
