"""What is asked for without a day is asked of today, by the clock of the jurisdiction."""

from __future__ import annotations

import dataclasses
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis.files import Files
from services.proposal.transfer import exporting

from ...harness import Harness
from .intake import by_resident, sort
from .transfer.test_exporting import ask, written
from .transfer.test_importing import store

#: Between these it is never the same day.
EARLY, LATE = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")


def moved(proposal: Harness, zone: ZoneInfo) -> str:
    """Today, after the jurisdiction has moved."""
    proposal.settings = dataclasses.replace(proposal.settings, zone=zone)
    return proposal.settings.today.isoformat()


def adopted(proposal: Harness, kind: str, day: str) -> dict[str, Any]:
    """The shipped rule, adopted on a day."""
    shipped = proposal.call("get_rule_in_force", {"kind": kind, "on": "1949-01-01"})
    rule = {name: shipped[name] for name in ("kind", "title", "text", "source", "content")}
    said = rule | {"adopted_by": "主任会议(合成)", "happened_on": day}
    made: dict[str, Any] = proposal.call("adopt_rule", said)
    return made


def test_a_rule_is_in_force_from_that_day_of_the_jurisdictions(proposal: Harness) -> None:
    """Whether the rule itself is asked for, or what is computed by it."""
    today = moved(proposal, EARLY)
    rules = {kind: adopted(proposal, kind, today)["id"] for kind in ("quotas", "demand")}

    def found() -> tuple[Any, ...]:
        return (
            proposal.call("get_rule_in_force", {"kind": "quotas"})["id"],
            proposal.call("get_quotas", {"year": "2023"})["rule_id"],
            proposal.call("get_reserve_pool", {})["rule"]["id"],
        )

    assert found() == (rules["quotas"], rules["quotas"], rules["demand"])
    assert moved(proposal, LATE) < today
    assert found() == ("", None, None)


def test_what_was_due_yesterday_is_overdue_today(proposal: Harness) -> None:
    """In the lists, in what is filtered and in files, by the same day."""
    made = by_resident(proposal)
    sort(proposal, made["id"])
    late = moved(proposal, LATE)
    table = proposal.metadata.tables["deadlines"]
    with proposal.engine.begin() as connection:
        connection.execute(table.update().values(due_on=proposal.settings.today))

    def found() -> tuple[int, ...]:
        filtered = proposal.call("list_suggestions", {"overdue": "true"})["items"]
        exported = written(proposal, "ndjson", "overdue").splitlines()
        return len(proposal.call("list_overdue", {})["items"]), len(filtered), len(exported)

    assert found() == (0, 0, 0)
    assert moved(proposal, EARLY) > late
    assert found() == (1, 1, 1)


def test_an_export_is_named_after_the_day_on_which_it_was_asked_for(proposal: Harness) -> None:
    """As the clocks show it where it was asked for."""
    made = ask(proposal, "csv")
    exporting.write_all(store(proposal), Files(proposal.settings))
    for zone in (EARLY, LATE):
        today = moved(proposal, zone).replace("-", "")
        assert proposal.call("get_export_file", made["id"])["name"] == f"suggestions-{today}.csv"
