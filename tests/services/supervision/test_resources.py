"""What is owed to projects and what units arrange for them, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import Year, new

Json = dict[str, Any]


class Work(Year):
    """A year with one project and a second unit."""

    def __init__(self, service: Harness) -> None:
        super().__init__(service)
        (self.project,) = self.vote("(合成)甲")
        self.other = self.hear("proposal.unit.registered.v1", id=new(), name="(合成)资规局")["id"]

    def owe(self, **changes: Any) -> Json:
        """Land, owed by the other unit by the end of June."""
        body = {
            "kind": "land",
            "name": "(合成)服务站用地",
            "quantity": 1200,
            "unit_of_measure": "平方米",
            "unit_id": self.other,
            "due_on": "2023-06-30",
        }
        return self.call("owe_resource", self.project, **(body | changes))

    def deliver(self, resource: Json, quantity: float, on: str, **more: Any) -> Json:
        """Record a delivery of the other unit."""
        body = {"unit_id": self.other, "quantity": quantity, "happened_on": on} | more
        return self.call("deliver_resource", resource["id"], **body)

    def overdue(self, on: str, **which: str) -> list[Json]:
        """What was overdue on a day of what this is about; plans and reports are others' matter."""
        found = self.service.call("list_supervision_overdue", {"on": on} | which)["items"]
        return [one for one in found if one["kind"] in ("resource", "coordination")]

    def refused(
        self, error: type[Exception], code: str, method: str, *ids: str, **body: Any
    ) -> Any:
        """Call, and be refused with this code."""
        with pytest.raises(error) as caught:
            self.call(method, *ids, **body)
        assert caught.value.code == code  # type: ignore[attr-defined]
        return caught.value


@pytest.fixture
def work(serve: Callable[[Any], Harness]) -> Work:
    """The service with a project and two units."""
    return Work(serve(SupervisionService))


def test_what_is_owed_is_overdue_until_all_of_it_is_delivered(work: Work) -> None:
    """A part does not end the deadline; the rest does, on its day."""
    owed = work.owe()
    assert (owed["state"], owed["delivered"], owed["rule_id"]) == ("owed", 0, None)
    assert work.overdue("2023-06-30") == []
    (late,) = work.overdue("2023-07-01", kind="resource")
    assert (late["unit_id"], late["project_id"]) == (work.other, work.project)
    part = work.deliver(owed, 700.1, "2023-06-01")
    assert (part["state"], part["delivered_on"]) == ("owed", None)
    assert len(work.overdue("2023-07-01")) == 1
    rest = work.deliver(owed, 499.9, "2023-07-10")
    assert (rest["state"], rest["delivered"], rest["delivered_on"]) == (
        "delivered", 1200, "2023-07-10",
    )  # fmt: skip
    assert len(work.overdue("2023-07-05")) == 1
    assert work.overdue("2023-07-10") == []
    assert [e.data["delivered_on"] for e in work.service.events("resource.delivered.v1")] == [
        "2023-07-10"
    ]
    assert work.service.call("get_resource", owed["id"]) == rest


def test_a_corrected_delivery_is_kept_and_waited_for_again(work: Work) -> None:
    """What met the deadline did not happen: it is overdue again; the reason stands beside it."""
    owed = work.owe()
    full = work.deliver(owed, 1200, "2023-06-20")
    wrong = full["deliveries"][0]["id"]
    again = work.deliver(owed, 0, "2023-06-20", corrects=wrong, reason="(合成)误报")
    assert (again["state"], again["delivered"], len(again["deliveries"])) == ("owed", 0, 2)
    assert [d["reason"] for d in again["deliveries"]] == [None, "(合成)误报"]
    assert len(work.overdue("2023-07-01")) == 1
    body = {"quantity": 5, "unit_id": work.other}
    for error, code, more in (
        (Conflict, "entry-corrected", {"corrects": wrong, "reason": "再"}),
        (Invalid, "entry-unknown", {"corrects": new(), "reason": "再"}),
        (Invalid, "correction-incomplete", {"reason": "再"}),
        (Invalid, "correction-incomplete", {"corrects": wrong}),
    ):
        work.refused(error, code, "deliver_resource", owed["id"], **(body | more))


def test_what_is_needed_no_longer_is_not_overdue(work: Work) -> None:
    """It is withdrawn once, with a reason; nothing is delivered then."""
    owed = work.owe()
    gone = work.call("withdraw_resource", owed["id"], reason="(合成)改用现有场地")
    assert (gone["state"], gone["withdrawal_reason"]) == ("withdrawn", "(合成)改用现有场地")
    assert work.overdue("2023-12-31") == []
    work.refused(Conflict, "resource-withdrawn", "withdraw_resource", owed["id"], reason="再")
    work.refused(
        Conflict, "resource-withdrawn", "deliver_resource", owed["id"],
        quantity=1, unit_id=work.other,
    )  # fmt: skip
    other = work.owe()
    work.deliver(other, 1200, "2023-06-01")
    work.refused(Conflict, "resource-delivered", "withdraw_resource", other["id"], reason="再")


def test_what_cannot_be_owed_is_refused(work: Work) -> None:
    """A kind or measure that the rule has not, a day before it was agreed, no quantity."""
    for changes, code, pointer in (
        ({"kind": "water"}, "resource-kind-unknown", "/kind"),
        ({"unit_of_measure": "人"}, "unit-of-measure-unfit", "/unit_of_measure"),
        ({"due_on": "2023-05-15"}, "day-before", "/due_on"),
        ({"quantity": 0}, "body-invalid", "/quantity"),
        ({"quantity": -5}, "body-invalid", "/quantity"),
    ):
        with pytest.raises(Invalid) as caught:
            work.owe(**changes)
        assert caught.value.code == code
        assert pointer in [one["pointer"] for one in caught.value.errors]


def test_deliveries_are_recorded_by_who_owes_or_leads(work: Work) -> None:
    """Each in its own name only; nothing before it was owed, and no delivery of nothing."""
    owed = work.owe()
    body = {"quantity": 1, "unit_id": work.other, "happened_on": "2023-05-20"}

    def deliver(subject: str, **changes: Any) -> Json:
        roles = ("unit", "recorder")
        given = body | changes
        result: Json = work.service.call(
            "deliver_resource", owed["id"], given, roles=roles, subject=subject
        )
        return result

    assert deliver(work.other)["delivered"] == 1
    assert deliver(work.unit, unit_id=work.unit)["delivered"] == 2
    with pytest.raises(Forbidden):
        deliver(work.unit)
    work.refused(
        Invalid, "unit-not-concerned", "deliver_resource", owed["id"], quantity=1, unit_id=new()
    )
    work.refused(
        Invalid, "nothing-delivered", "deliver_resource", owed["id"],
        quantity=0, unit_id=work.other,
    )  # fmt: skip
    work.refused(
        Invalid, "day-before", "deliver_resource", owed["id"],
        quantity=1, unit_id=work.other, happened_on="2023-05-01",
    )  # fmt: skip
    with pytest.raises(Forbidden):
        work.service.call(
            "withdraw_resource", owed["id"], {"reason": "再", "happened_on": "2023-05-20"},
            roles=("unit", "recorder"), subject=work.other,
        )  # fmt: skip


def test_resources_are_listed_by_the_day_they_are_due(work: Work) -> None:
    """Of a project, a kind, or what one unit owes."""
    late, soon = work.owe(due_on="2023-09-30"), work.owe(due_on="2023-05-31")
    people = work.owe(kind="people", unit_of_measure="人", unit_id=work.unit)

    def ids(**which: str) -> list[str]:
        found = work.service.call("list_resources", which)["items"]
        return [one["id"] for one in found]

    assert ids() == [soon["id"], people["id"], late["id"]]
    assert ids(unit_id=work.other) == [soon["id"], late["id"]]
    assert ids(kind="people", project_id=work.project) == [people["id"]]
    assert ids(project_id=new()) == []


def test_an_adopted_rule_says_what_may_be_owed(work: Work) -> None:
    """And the record names the rule under which it was made."""
    rule = work.call(
        "adopt_supervision_rule", kind="resources", title="(合成)", text="(合成)", source="(合成)",
        adopted_by="(合成)常委会", content=[{"code": "water", "name": "用水", "units": ["吨"]}],
        happened_on="2023-03-01",
    )  # fmt: skip
    owed = work.owe(kind="water", unit_of_measure="吨")
    assert (owed["rule_id"], owed["rule_digest"]) == (rule["id"], rule["digest"])


def test_an_agreement_has_tasks_that_are_overdue_until_done(work: Work) -> None:
    """Who does what by when; only the unit that took a task on says that it is done, once."""
    task = {"unit_id": work.other, "text": "(合成)完成选址", "due_on": "2023-05-31"}
    made = work.call(
        "agree_coordination", work.project, subject="(合成)选址", text="(合成)已商定",
        unit_ids=[work.unit, work.other], tasks=[task],
    )  # fmt: skip
    (taken,) = made["tasks"]
    (late,) = work.overdue("2023-06-01", kind="coordination")
    assert (late["subject_id"], late["unit_id"]) == (taken["id"], work.other)
    done = {"text": "(合成)已完成", "happened_on": "2023-06-02"}
    with pytest.raises(Forbidden):
        work.service.call(
            "do_coordination_task", made["id"], taken["id"], done,
            roles=("unit", "recorder"), subject=work.unit,
        )  # fmt: skip
    after = work.call("do_coordination_task", made["id"], taken["id"], **done)
    assert after["tasks"][0]["done_on"] == "2023-06-02"
    assert work.overdue("2023-06-02") == []
    work.refused(Conflict, "task-done", "do_coordination_task", made["id"], taken["id"], **done)
    work.refused(NotFound, "not-found", "do_coordination_task", made["id"], new(), **done)


def test_help_that_is_asked_for_must_be_answered_in_time(work: Work) -> None:
    """The rule's term waits for the unit that was asked; who agrees takes tasks on."""
    asked = work.call(
        "ask_for_help", work.project, subject="(合成)用电", text="(合成)请协助增容",
        asked_by=work.unit, asked_of=work.other,
    )  # fmt: skip
    (late,) = work.overdue("2023-05-31")
    assert (late["code"], late["unit_id"], late["due_on"]) == (
        "help-answer", work.other, "2023-05-30",
    )  # fmt: skip
    body = {"agrees": True, "text": "(合成)同意", "happened_on": "2023-05-20"}
    with pytest.raises(Forbidden):
        work.service.call(
            "answer_request", asked["id"], body, roles=("unit", "recorder"), subject=work.unit
        )
    task = {"unit_id": work.other, "text": "(合成)增容", "due_on": "2023-06-15"}
    agreed = work.service.call(
        "answer_request", asked["id"], body | {"tasks": [task]},
        roles=("unit", "recorder"), subject=work.other,
    )  # fmt: skip
    assert (agreed["state"], agreed["answered_on"]) == ("agreed", "2023-05-20")
    assert [one["subject_id"] for one in work.overdue("2023-06-16")] == [agreed["tasks"][0]["id"]]
    work.refused(Conflict, "nothing-asked", "answer_request", asked["id"], **body)
    assert [e.data["state"] for e in work.service.events("coordination.answered.v1")] == ["agreed"]


def test_a_refusal_takes_on_no_tasks(work: Work) -> None:
    """Nothing waits after it; it stays on record among the refused."""
    ask = {"subject": "(合成)用电", "text": "(合成)", "asked_by": work.unit, "asked_of": work.other}
    asked = work.call("ask_for_help", work.project, **ask)
    task = {"unit_id": work.other, "text": "(合成)", "due_on": "2023-06-15"}
    no = {"agrees": False, "text": "(合成)不属本单位职责"}
    work.refused(Invalid, "refused-with-tasks", "answer_request", asked["id"], tasks=[task], **no)
    work.call("answer_request", asked["id"], **no)
    assert work.overdue("2023-12-31") == []
    listed = work.service.call("list_coordinations", {"state": "refused"})["items"]
    assert [one["id"] for one in listed] == [asked["id"]]


def test_what_cannot_be_arranged_is_refused(work: Work) -> None:
    """A unit asks another; tasks are of those who take part, and due after the agreement."""
    ask = {"subject": "(合成)", "text": "(合成)", "asked_by": work.unit}
    work.refused(Invalid, "asks-itself", "ask_for_help", work.project, asked_of=work.unit, **ask)
    work.refused(Conflict, "unit-not-heard", "ask_for_help", work.project, asked_of=new(), **ask)
    agree = {"subject": "(合成)", "text": "(合成)", "unit_ids": [work.unit]}
    twice = agree | {"unit_ids": [work.unit, work.unit]}
    work.refused(Invalid, "unit-twice", "agree_coordination", work.project, **twice)
    task = {"unit_id": work.other, "text": "(合成)", "due_on": "2023-05-31"}
    error = work.refused(
        Invalid, "unit-took-no-part", "agree_coordination", work.project, tasks=[task], **agree
    )
    assert error.errors[0]["pointer"] == "/tasks/0/unit_id"
    early = task | {"unit_id": work.unit, "due_on": "2023-05-01"}
    error = work.refused(
        Invalid, "day-before", "agree_coordination", work.project, tasks=[early], **agree
    )
    assert error.errors[0]["pointer"] == "/tasks/0/due_on"
    ask |= {"asked_by": work.other}
    work.refused(
        Invalid, "unit-of-another-project", "ask_for_help", work.project, asked_of=work.unit, **ask
    )
    work.refused(NotFound, "not-found", "agree_coordination", new(), **agree)


def test_a_repeated_delivery_counts_once(work: Work) -> None:
    """The same key again gives the same answer."""
    owed = work.owe()
    body = {"quantity": 5, "unit_id": work.other, "happened_on": "2023-05-20"}
    first, second = (
        work.service.call("deliver_resource", owed["id"], body, key="key-delivery") for _ in "ab"
    )
    assert first == second
    assert first["delivered"] == 5


def test_what_was_withdrawn_is_neither_kept_nor_missed(work: Work) -> None:
    """And what a correction took back is waited for by the same deadline, counted once."""

    def counted() -> tuple[int, str | None]:
        asked = {"unit_id": work.other, "year": "2023", "on": "2023-12-20"}
        terms = work.service.call("preview_appraisal", asked)["terms"]
        (term,) = [one for one in terms if one["code"] == "resources"]
        return term["counted"], term["value"]

    gone, kept = work.owe(), work.owe()
    assert counted() == (2, "0")
    work.call("withdraw_resource", gone["id"], reason="(合成)改用存量用地")
    assert counted() == (1, "0")
    first = work.deliver(kept, 1200, "2023-06-01")["deliveries"][0]
    assert counted() == (1, "1")
    work.deliver(kept, 10, "2023-06-01", corrects=first["id"], reason="(合成)误记")
    assert counted() == (1, "0")
    assert len(work.overdue("2023-12-20")) == 1
