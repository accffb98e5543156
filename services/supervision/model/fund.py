"""Money of a project: what was released and what was spent, against its budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

from .correction import check_correction
from .rule import Rule

RELEASED, SPENT = KINDS = ("released", "spent")


@dataclass(eq=False)
class FundEntry(Aggregate):
    """One payment (资金监管): released to a unit (拨付), or spent by it (支出); whole yuan.

    Entries are single sums, not cumulative.  ``source``: a code of the rule ``fund-sources``
    (``rule_id``, None for the shipped one, and ``rule_digest``).  ``sub_item_id``: what it was for,
    where that is known.  ``corrects``: the earlier entry that it replaces, which is kept (更正).
    """

    id: str
    project_id: str
    kind: str
    amount_yuan: int
    source: str
    unit_id: str
    sub_item_id: str | None
    document: str
    corrects: str | None
    reason: str | None
    rule_id: str | None
    rule_digest: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def enter(
        cls,
        rule: Rule,
        before: Iterable[FundEntry],
        *,
        project_id: str,
        kind: str,
        amount_yuan: int,
        source: str,
        unit_id: str,
        sub_item_id: str | None,
        document: str,
        corrects: str | None,
        reason: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> FundEntry:
        """A new entry; ``before``: the project's entries of the kind, of which it may correct one.

        Raises Invalid for a source that the rule has not, or a sum of 0 that corrects nothing;
        Conflict if the entry was corrected already.
        """
        sources = [one["code"] for one in rule.content]
        if source not in sources:
            raise Invalid(
                "fund-source-unknown",
                f"the rule in force knows these sources: {', '.join(sources)}",
                f"现行规则中的资金来源为:{'、'.join(sources)}",
                [{"pointer": "/source", "detail": "is not a source of the rule in force"}],
            )
        check_correction(before, corrects, reason)
        if corrects is None and amount_yuan <= 0:
            raise Invalid(
                "nothing-paid",
                "a payment has a sum; one that did not happen is corrected to 0",
                "金额应大于 0;未发生的款项请以更正记为 0",
                [{"pointer": "/amount_yuan", "detail": "must be more than 0"}],
            )
        return cls(
            id=new_id(),
            project_id=project_id,
            kind=kind,
            amount_yuan=amount_yuan,
            source=source,
            unit_id=unit_id,
            sub_item_id=sub_item_id,
            document=document,
            corrects=corrects,
            reason=reason,
            rule_id=rule.id or None,
            rule_digest=rule.digest,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
