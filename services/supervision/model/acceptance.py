"""Technical standards of a project, and acceptance against them: finished is not yet accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid


@dataclass(eq=False)
class Standard(Aggregate):
    """A technical standard that a project is built or run by (技术规范、标准).

    ``number``: such as that of a national standard (GB/T …); None for one without.
    ``sub_item_id``: for which sub-item; None for all.
    """

    id: str
    project_id: str
    code: str
    title: str
    number: str | None
    sub_item_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def set(cls, *, recorded_at: dt.datetime, **fields: Any) -> Standard:
        """Enter a standard."""
        return cls(id=new_id(), recorded_at=recorded_at, **fields)


@dataclass(eq=False)
class Acceptance(Aggregate):
    """An acceptance of a sub-item (验收), passed or failed; a failed one is repeated.

    ``sequence``: the first of a sub-item is 1.  ``findings``: for each standard whether it was met,
    and what was seen.  ``unit_id``: who accepted.  ``document``: the number of the paper on it.
    """

    id: str
    project_id: str
    sub_item_id: str
    sequence: int
    unit_id: str
    passed: bool
    findings: list[dict[str, Any]]
    text: str
    document: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def hold(
        cls,
        *,
        project_id: str,
        sub_item_id: str,
        adopted_on: dt.date,
        accepted_on: dt.date | None,
        before: Collection[Acceptance],
        standards: Collection[str],
        finished_on: dt.date | None,
        unit_id: str,
        passed: bool,
        findings: list[dict[str, Any]],
        text: str,
        document: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Acceptance:
        """Record an acceptance; every standard of the sub-item is judged.

        ``before``: the sub-item's earlier ones; ``accepted_on``: when it passed, here or by the
        document of a former project; ``finished_on``: when it was finished.  Raises
        Conflict if it was accepted already, or passes unfinished; Invalid for a day before the vote
        (``adopted_on``) or an earlier acceptance, and findings that do not fit the standards or the
        result.
        """
        if accepted_on is not None:
            raise Conflict(
                "accepted-already", "this sub-item was accepted already", "该子项此前已通过验收"
            )
        if passed and (finished_on is None or finished_on > happened_on):
            raise Conflict(
                "not-finished",
                "a sub-item that is not finished cannot be accepted",
                "尚未完成的子项不能通过验收",
            )
        not_before(happened_on, max((one.happened_on for one in before), default=adopted_on))
        _judge_all(findings, standards, passed)
        made = cls(
            id=new_id(),
            project_id=project_id,
            sub_item_id=sub_item_id,
            sequence=len(before) + 1,
            unit_id=unit_id,
            passed=passed,
            findings=findings,
            text=text,
            document=document,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        made.record("acceptance.held.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: no text."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "sub_item_id": self.sub_item_id,
            "sequence": self.sequence,
            "unit_id": self.unit_id,
            "passed": self.passed,
            "standards": len(self.findings),
            "happened_on": self.happened_on.isoformat(),
        }


def _judge_all(findings: list[dict[str, Any]], standards: Collection[str], passed: bool) -> None:
    judged = [one["standard"] for one in findings]
    for place, code in enumerate(judged):
        if code not in standards or code in judged[:place]:
            raise Invalid(
                "standard-unknown",
                "a finding is about one of the sub-item's standards, each once",
                "每条验收意见应对应该子项的一项标准,且不重复",
                [{"pointer": f"/findings/{place}/standard", "detail": "is unknown or twice"}],
            )
        if passed and not findings[place]["met"]:
            raise Invalid(
                "standard-not-met",
                "what does not meet a standard has not passed",
                "有标准未达到的,不能通过验收",
                [{"pointer": f"/findings/{place}/met", "detail": "is false, yet it passed"}],
            )
    missing = sorted(set(standards) - set(judged))
    if missing:
        raise Invalid(
            "standard-unjudged",
            f"say of every standard whether it is met; missing: {', '.join(missing)}",
            f"应逐项说明标准是否达到,尚缺:{'、'.join(missing)}",
            [{"pointer": "/findings", "detail": "does not judge every standard"}],
        )
