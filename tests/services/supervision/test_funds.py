"""The money of projects on both databases: entered, corrected, summed up, warned of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import Year, new

Json = dict[str, Any]


class Money(Year):
    """A year with one project, its plan, and a second unit that implements it."""

    def __init__(self, service: Harness) -> None:
        super().__init__(service)
        (self.project,) = self.vote("(合成)甲")
        found = self.service.call("get_project", self.project)
        self.item = found["sub_items"][0]["id"]
        self.other = self.hear("proposal.unit.registered.v1", id=new(), name="(合成)建设局")["id"]

    def plan(self, **funds: Any) -> Json:
        """Publish a plan with these funds."""
        units = [
            {"unit_id": self.unit, "role": "lead"},
            {"unit_id": self.other, "role": "implementing"},
        ]
        content = {"units": units, "targets": [], "funds": funds}
        return self.call(
            "publish_plan", self.project, content=content, happened_on="2023-03-10", reason="(合成)"
        )

    def pay(self, kind: str, yuan: int, on: str, **more: Any) -> Json:
        """Enter a payment of the lead unit."""
        body = {"kind": kind, "amount_yuan": yuan, "source": "own-budget", "unit_id": self.unit}
        return self.call("enter_funds", self.project, **(body | {"happened_on": on} | more))

    def funds(self, on: str = "2023-12-31") -> Json:
        """How the money stands."""
        found: Json = self.service.call("get_funds", self.project, {"on": on})
        return found

    def reach(self, quantity: float, on: str, **more: Any) -> None:
        """Report progress."""
        self.call(
            "report_progress", self.project, sub_item_id=self.item, month=on[:7],
            quantity=quantity, happened_on=on, **more,
        )  # fmt: skip

    def refused(self, error: type[Exception], code: str, **body: Any) -> Any:
        """A payment is refused with this code."""
        said: Json = {"yuan": 5, "on": "2023-06-01"} | body
        with pytest.raises(error) as caught:
            self.pay("spent", **said)
        assert caught.value.code == code  # type: ignore[attr-defined]
        return caught.value


@pytest.fixture
def money(serve: Callable[[Any], Harness]) -> Money:
    """The service with a project and two units."""
    return Money(serve(SupervisionService))


def test_rates_are_of_the_budget_of_the_plan_in_force(money: Money) -> None:
    """Of all years and of each; the day decides which payments count."""
    money.plan(total_yuan=3_000_000, years=[{"year": 2023, "yuan": 2_000_000}])
    money.pay("released", 1_500_000, "2023-04-01")
    money.pay("spent", 1_000_000, "2023-06-01")
    money.pay("spent", 500_000, "2024-01-10", source="higher-level")
    found = money.funds("2024-02-01")
    assert found["budget"] == {"origin": "plan", "plan_number": 1}
    assert found["whole"]["execution"] == {
        "part": 1_500_000, "whole": 3_000_000, "percent": "50.00",
    }  # fmt: skip
    by_year = {one["year"]: one for one in found["years"]}
    assert by_year[2023]["execution"]["percent"] == "50.00"
    assert by_year[2023]["release"]["percent"] == "75.00"
    assert by_year[2024]["execution"] == {"part": 500_000, "whole": None, "percent": None}
    assert [(one["source"], one["spent_yuan"]) for one in found["sources"]] == [
        ("higher-level", 500_000), ("own-budget", 1_000_000),
    ]  # fmt: skip
    assert (found["counted"], money.funds("2023-12-31")["counted"]) == (3, 2)
    assert found["hash"] != money.funds("2023-12-31")["hash"]


def test_without_a_plan_the_budget_is_the_candidates(money: Money) -> None:
    """The example's candidate has one; without a whole there is no rate."""
    found = money.funds("2023-03-01")
    assert found["budget"] == {"origin": "candidate", "plan_number": None}
    assert found["whole"]["execution"] == {"part": 0, "whole": 50_000_000, "percent": "0.00"}
    assert (found["warnings"], found["years"]) == ([], [])


def test_a_third_is_rounded_once(money: Money) -> None:
    """33.33 per cent, and two thirds are 66.67."""
    money.plan(total_yuan=3, years=[])
    money.pay("released", 2, "2023-04-01")
    money.pay("spent", 1, "2023-04-01")
    whole = money.funds()["whole"]
    assert (whole["execution"]["percent"], whole["release"]["percent"]) == ("33.33", "66.67")


def test_more_spent_than_released_is_a_warning_and_no_refusal(money: Money) -> None:
    """Of that unit alone; and so is what exceeds the budget, of the year and of the whole."""
    money.plan(total_yuan=100, years=[{"year": 2023, "yuan": 50}])
    money.pay("released", 120, "2023-04-01")
    money.pay("spent", 60, "2023-05-01")
    money.pay("spent", 1, "2023-05-01", unit_id=money.other)
    found = money.funds()["warnings"]
    assert [(one["code"], one["unit_id"], one["year"]) for one in found] == [
        ("spent-over-released", money.other, None),
        ("released-over-budget", None, None),
        ("spent-over-budget", None, 2023),
    ]
    assert found[0]["zh"] == "支出 1 元,多于拨付的 0 元"


def test_a_corrected_payment_is_kept_and_counts_no_longer(money: Money) -> None:
    """The later one says why; only what stands can be corrected, by one of its kind."""
    first = money.pay("spent", 500, "2023-06-01")
    fixed = money.pay("spent", 50, "2023-06-01", corrects=first["id"], reason="(合成)多记一个零")
    assert money.funds()["whole"]["spent_yuan"] == 50
    listed = money.service.call("list_fund_entries", {"project_id": money.project})["items"]
    assert {one["id"] for one in listed} == {first["id"], fixed["id"]}
    again = {"corrects": first["id"], "reason": "再"}
    money.refused(Conflict, "entry-corrected", **again)
    with pytest.raises(Invalid) as caught:
        money.pay("released", 1, "2023-06-01", corrects=fixed["id"], reason="再")
    assert caught.value.code == "entry-unknown"
    money.refused(Invalid, "correction-incomplete", reason="再")
    gone = money.pay("spent", 0, "2023-06-01", corrects=fixed["id"], reason="(合成)未发生")
    assert (gone["amount_yuan"], money.funds()["whole"]["spent_yuan"]) == (0, 0)


def test_a_unit_costs_what_was_spent_over_what_was_reached(money: Money) -> None:
    """By the quantity of the day; with a share spent on nothing in particular there is none."""
    money.plan(total_yuan=None, years=[])
    money.pay("spent", 1000, "2023-06-01")
    assert money.funds()["unit_costs"] == []
    money.reach(30, "2023-06-30")
    (cost,) = money.funds()["unit_costs"]
    assert (cost["yuan"], cost["exact"], cost["quantity"]) == ("33.33", "100/3", 30)
    assert money.funds("2023-06-29")["unit_costs"] == []
    money.pay("spent", 60, "2023-07-01", sub_item_id=money.item)
    (cost,) = money.funds()["unit_costs"]
    assert (cost["spent_yuan"], cost["yuan"]) == (60, "2.00")


def test_a_payment_that_cannot_be_is_refused(money: Money) -> None:
    """An unknown source, no or a negative sum, before the vote or in the future."""
    refused: list[tuple[Json, str]] = [
        ({"source": "lottery"}, "fund-source-unknown"),
        ({"yuan": 0}, "nothing-paid"),
        ({"yuan": -1}, "body-invalid"),
        ({"on": "2023-02-21"}, "day-before"),
        ({"on": "2999-01-01"}, "day-in-future"),
    ]
    for changes, code in refused:
        assert money.refused(Invalid, code, **changes).errors


def test_only_units_of_the_project_and_each_for_itself(money: Money) -> None:
    """A unit that the plan does not name is refused; so is another's name."""
    money.refused(Invalid, "unit-of-another-project", unit_id=money.other)
    money.plan(total_yuan=1, years=[])
    money.pay("spent", 5, "2023-06-01", unit_id=money.other)
    money.refused(NotFound, "sub-item-unknown", sub_item_id=new())
    body = {
        "kind": "spent", "amount_yuan": 5, "source": "own-budget", "unit_id": money.unit,
        "happened_on": "2023-06-01",
    }  # fmt: skip
    with pytest.raises(Forbidden):
        money.service.call(
            "enter_funds", money.project, body, roles=("unit", "recorder"), subject=money.other
        )
    with pytest.raises(NotFound):
        money.service.call("get_funds", new(), {})


def test_a_unit_corrects_only_its_own_payments(money: Money) -> None:
    """Another unit of the project may not take one away from it; the offices may."""
    money.plan(total_yuan=100, years=[])
    first = money.pay("spent", 50, "2023-06-01")
    body = {
        "kind": "spent", "amount_yuan": 1, "source": "own-budget", "unit_id": money.other,
        "happened_on": "2023-06-01", "corrects": first["id"], "reason": "(合成)挪到本单位",
    }  # fmt: skip
    with pytest.raises(Forbidden):
        money.service.call(
            "enter_funds", money.project, body, roles=("unit", "recorder"), subject=money.other
        )
    assert money.funds()["whole"]["spent_yuan"] == 50
    assert money.call("enter_funds", money.project, **body)["corrects"] == first["id"]


def test_a_correction_changes_no_day_before_its_own(money: Money) -> None:
    """What was known to be spent on a day stays spent on it."""
    first = money.pay("spent", 500, "2023-06-01")
    money.pay("spent", 400, "2023-08-01", corrects=first["id"], reason="(合成)退回一百")
    assert money.funds("2023-07-01")["whole"]["spent_yuan"] == 500
    assert money.funds("2023-08-01")["whole"]["spent_yuan"] == 400


def test_what_progress_says_was_paid_stands_beside_the_payments(money: Money) -> None:
    """The latest month's cumulative sum that stood on the day, never added, warned of if more."""
    assert (money.funds()["reported_paid"], money.funds()["reported_paid_yuan"]) == ([], None)
    money.pay("released", 1000, "2023-04-01")
    money.pay("spent", 300, "2023-04-20")
    money.reach(5, "2023-04-20", funds_paid_yuan=300)
    money.reach(6, "2023-05-20")
    money.reach(7, "2023-06-20", funds_paid_yuan=900)
    money.reach(7, "2023-06-20", funds_paid_yuan=800, reason="(合成)更正")
    found = money.funds("2023-05-31")
    assert (found["reported_paid_yuan"], found["whole"]["spent_yuan"]) == (300, 300)
    assert (found["reported_paid"][0]["month"], found["warnings"]) == ("2023-04", [])
    found = money.funds()
    (one,) = found["reported_paid"]
    assert (one["sub_item_id"], one["funds_paid_yuan"], one["unit_id"]) == (
        money.item, 800, money.unit,
    )  # fmt: skip
    assert (found["reported_paid_yuan"], found["whole"]["spent_yuan"]) == (800, 300)
    assert [one["code"] for one in found["warnings"]] == ["reported-over-spent"]
