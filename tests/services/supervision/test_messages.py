"""Residents' messages: moderated, answered, closed; none is forgotten, no author is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from services.chassis import migrations, settings
from services.chassis.store import open_store
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from services.supervision.commands import message_contacts
from services.supervision.model import message
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import Year, new

RESIDENT: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "resident-1"}
OTHER: dict[str, Any] = RESIDENT | {"subject": "resident-2"}
TEXT = "(合成)路灯不亮,我住示例小区3幢"
CONTACT = {"phone": "13900001234"}


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit."""
    return Year(serve(SupervisionService))


class Page:
    """A project's public page, and who acts on it."""

    def __init__(self, year: Year) -> None:
        self.year = year
        (self.project_id,) = year.vote("(合成)甲")

    def post(self, day: str = "2023-05-16", **who: Any) -> dict[str, Any]:
        """A resident's message."""
        body = {"project_id": self.project_id, "text": TEXT, "happened_on": day}
        contact = who.pop("contact", None)
        if contact:
            body["contact"] = contact
        return self.year.service.call("post_message", body, **(who or RESIDENT))

    def act(self, act: str, id_: str, day: str = "2023-05-17", **more: Any) -> dict[str, Any]:
        """One step of it."""
        who = more.pop("who", {})
        return self.year.service.call(f"{act}_message", id_, {"happened_on": day} | more, **who)

    def answer(self, id_: str, day: str = "2023-05-18", **more: Any) -> dict[str, Any]:
        """The unit's answer."""
        unit = more.pop("unit_id", self.year.unit)
        who = {"roles": ("unit", "recorder"), "subject": unit}
        return self.act("answer", id_, day, unit_id=unit, text="(合成)已修复", who=who)

    def seen(self) -> list[dict[str, Any]]:
        """What anybody sees."""
        service = self.year.service
        listed = service.call("list_public_messages", self.project_id, {}, roles=())["items"]
        page = service.call("get_public_project", self.project_id, roles=())
        assert sorted(m["id"] for m in page["messages"]) == sorted(m["id"] for m in listed)
        assert sum(page["message_counts"].values()) == len(listed)
        light = service.call("get_project_light", self.project_id, {}, roles=())
        assert page["light"] == light and light["reason_zh"]
        return list(listed)

    def waiting(self, on: str = "2024-05-16") -> list[tuple[str, str | None]]:
        """Whose deadline has passed by then, and for what."""
        params = {"on": on, "kind": "message", "project_id": self.project_id}
        listed = self.year.service.call("list_supervision_overdue", params)["items"]
        return [(one["code"], one["unit_id"]) for one in listed]


def test_a_message_is_seen_once_it_is_approved_and_as_it_was_approved(year: Year) -> None:
    """The original stays for the office and its author; the unit and the public get the other."""
    page = Page(year)
    made = page.post()
    assert page.seen() == [] and page.waiting() == [("moderate", None)]
    page.act("approve", made["id"], public_text="(合成)路灯不亮")
    assert page.waiting() == [("message-answer", year.unit)]
    (seen,) = page.seen()
    assert seen["public_text"] == "(合成)路灯不亮" and "text" not in seen
    unit = {"roles": ("unit",), "subject": year.unit}
    for who, text in ((RESIDENT, TEXT), ({}, TEXT), (unit, None)):
        assert year.service.call("get_message", made["id"], **who).get("text") == text
    (listed,) = year.service.call("list_messages", {}, **unit)["items"]
    assert "text" not in listed
    answered = page.answer(made["id"])
    assert answered["state"] == "answered" and "text" not in answered
    assert page.waiting() == [("message-close", None)]
    closed = page.act("close", made["id"], "2023-05-19", who=RESIDENT)
    assert (closed["state"], page.waiting()) == ("closed", [])
    assert page.seen()[0]["answer_text"] == "(合成)已修复"
    acts = year.service.call("list_message_acts", made["id"])["items"]
    assert [(a["act"], a["done_by"]) for a in acts] == [
        ("approve", "somebody"),
        ("answer", year.unit),
        ("close", None),
    ]


def test_a_refusal_needs_a_reason_of_the_rule_and_can_be_taken_back(year: Year) -> None:
    """The author reads the reason; what was public is taken down the same way."""
    page = Page(year)
    made = page.post()
    with pytest.raises(Invalid, match="reason-unknown"):
        page.act("refuse", made["id"], reason_code="ugly")
    page.act("refuse", made["id"], reason_code="personal-data", note="(合成)含住址")
    assert page.seen() == [] and page.waiting() == []
    (own,) = year.service.call("list_own_messages", {}, **RESIDENT)["items"]
    assert (own["reason_code"], own["rule_id"]) == ("personal-data", None)
    assert own["rule_digest"]
    page.act("approve", made["id"], public_text="(合成)")
    page.answer(made["id"])
    page.act("refuse", made["id"], "2023-05-19", reason_code="unlawful")
    assert page.seen() == [] and page.waiting() == []


@pytest.mark.parametrize("by", ["the office", "its author"])
def test_a_closed_message_is_taken_down_too(year: Year, by: str) -> None:
    """What should never have been public does not stay so because it was answered."""
    page = Page(year)
    made = page.post(contact=CONTACT, **RESIDENT)
    page.act("approve", made["id"])
    page.answer(made["id"])
    page.act("close", made["id"], "2023-05-19")
    if by == "the office":
        with pytest.raises(Invalid, match="day-before"):
            page.act("refuse", made["id"], "2023-05-18", reason_code="personal-data")
        page.act("refuse", made["id"], "2023-05-20", reason_code="personal-data")
    else:
        page.act("withdraw", made["id"], "2023-05-20", who=RESIDENT)
        assert _sealed(year.service) == []
    assert page.seen() == [] and page.waiting() == []


def test_only_its_unit_answers_and_the_office_may_forward(year: Year) -> None:
    """Another unit's answer is refused; who got it instead has a deadline of its own."""
    page = Page(year)
    made = page.post()
    other = year.hear("proposal.unit.registered.v1", id=new(), name="(合成)城管局")["id"]
    with pytest.raises(Conflict, match="message-state"):
        page.answer(made["id"])
    page.act("approve", made["id"])
    with pytest.raises(Conflict, match="message-elsewhere"):
        page.answer(made["id"], unit_id=other)
    with pytest.raises(Conflict, match="message-there"):
        page.act("forward", made["id"], unit_id=year.unit, reason="(合成)")
    page.act("forward", made["id"], unit_id=other, reason="(合成)职责不在此")
    assert page.waiting() == [("message-answer", other)]
    with pytest.raises(NotFound):
        year.service.call("get_message", made["id"], roles=("unit",), subject=year.unit)
    page.answer(made["id"], unit_id=other)
    with pytest.raises(Conflict, match="message-state"):
        page.answer(made["id"], unit_id=other)


def test_an_author_asks_once_for_a_better_answer_and_takes_back_only_her_own(year: Year) -> None:
    """By the rule; the office may ask more often; nobody else may at all."""
    page = Page(year)
    made = page.post()
    page.act("approve", made["id"])
    page.answer(made["id"])
    for act in ("return", "close", "withdraw"):
        more = {"reason": "(合成)"} if act == "return" else {}
        with pytest.raises(NotFound):
            page.act(act, made["id"], "2023-05-19", who=OTHER, **more)
    page.act("return", made["id"], "2023-05-19", reason="(合成)没修好", who=RESIDENT)
    assert page.waiting() == [("message-answer", year.unit)]
    page.answer(made["id"], "2023-05-20")
    with pytest.raises(Conflict, match="message-returned"):
        page.act("return", made["id"], "2023-05-21", reason="(合成)", who=RESIDENT)
    page.act("return", made["id"], "2023-05-21", reason="(合成)")
    with pytest.raises(Forbidden, match="message-of-other"):
        page.act("withdraw", made["id"], "2023-05-22")
    page.act("withdraw", made["id"], "2023-05-22", who=RESIDENT)
    assert page.seen() == [] and page.waiting() == []


def test_figures_of_a_day_past_stay_when_a_better_answer_is_asked_for(year: Year) -> None:
    """What was forwarded and answered by then was, whatever became of it later."""
    page = Page(year)
    year.call("define_report", year=2023, title="(合成)报告", completed_by="2023-11-30")
    made = page.post()
    page.act("approve", made["id"])
    page.answer(made["id"], "2023-05-18")
    days = ("2023-05-16", "2023-05-17", "2023-05-18")
    before = [year.figures(day)["supervision.messages.answered_share"] for day in days]
    assert before == [None, 0.0, 1.0]
    page.act("return", made["id"], "2023-05-21", reason="(合成)")
    page.answer(made["id"], "2023-05-23")
    after = [year.figures(day)["supervision.messages.answered_share"] for day in days]
    assert after == before


def test_days_do_not_run_backwards(year: Year) -> None:
    """No answer before the message was forwarded, no message of tomorrow."""
    page = Page(year)
    made = page.post()
    page.act("approve", made["id"], "2023-05-18")
    with pytest.raises(Invalid, match="day-before"):
        page.answer(made["id"], "2023-05-17")
    with pytest.raises(Invalid, match="day-in-future"):
        page.post("2199-01-01")


def test_one_person_writes_so_many_messages_a_day(year: Year) -> None:
    """Others still may, and the office for anybody; nobody's name is kept for it."""
    page = Page(year)
    for _ in range(3):
        page.post()
    with pytest.raises(TooMany):
        page.post()
    page.post(**OTHER)
    page.post(roles=("clerk", "recorder"))
    dumped = _everything(year.service)
    assert "resident-1" not in dumped and "resident-2" not in dumped


def test_a_contact_is_sealed_read_for_a_reason_and_deleted_in_time(year: Year) -> None:
    """It stands in no answer and in no row as it is; who read it is noted."""
    page = Page(year)
    made = page.post(contact=CONTACT, **RESIDENT)
    kept = page.post(contact=CONTACT, **OTHER)
    assert "13900001234" not in str(made) + _everything(year.service)
    why = {"reason": "(合成)核实地点"}
    opened = year.service.call("read_message_contact", made["id"], why, subject="clerk-1")
    assert (opened["phone"], opened["name"]) == ("13900001234", None)
    (noted,) = year.service.call("list_message_contact_readings", made["id"])["items"]
    assert (noted["read_by"], noted["reason"]) == ("clerk-1", "(合成)核实地点")
    page.act("refuse", made["id"], reason_code="off-topic")
    store = open_store(year.service.settings, year.service.metadata)
    before = _sealed(year.service)
    assert store.apply(message_contacts.purge) == 1
    after = _sealed(year.service)
    assert len(after) == 1 and not set(after) & set(before)
    with pytest.raises(NotFound, match="contact-missing"):
        year.service.call("read_message_contact", made["id"], why)
    assert year.service.call("read_message_contact", kept["id"], why)["phone"]
    page.act("withdraw", kept["id"], who=OTHER)
    with pytest.raises(NotFound, match="contact-missing"):
        year.service.call("read_message_contact", kept["id"], why)


def test_a_message_leads_to_an_opinion_or_a_problem_of_its_project(year: Year) -> None:
    """Which are recorded already; one of each."""
    page = Page(year)
    made = page.post()
    problem = year.call("record_problem", project_id=page.project_id, text="(合成)")["id"]
    (other_project,) = year.vote("(合成)乙")
    elsewhere = year.call("record_problem", project_id=other_project, text="(合成)")["id"]
    for bad, code in ((new(), "reference-unknown"), (elsewhere, "other-project")):
        with pytest.raises(Invalid, match=code):
            page.act("link", made["id"], problem_id=bad)
    with pytest.raises(Invalid):
        page.act("link", made["id"])
    assert page.act("link", made["id"], problem_id=problem)["problem_id"] == problem
    with pytest.raises(Conflict, match="message-linked"):
        page.act("link", made["id"], problem_id=problem)


def _sealed(service: Harness) -> list[bytes]:
    """The contacts as they are kept."""
    with service.engine.connect() as connection:
        return list(
            connection.scalars(sa.select(service.metadata.tables["message_contacts"].c.sealed))
        )


def _everything(service: Harness) -> str:
    """All rows of all tables but the keys' own, as text."""
    with service.engine.connect() as connection:
        tables = [t for name, t in service.metadata.tables.items() if name != "idempotency"]
        return str([connection.execute(sa.select(table)).all() for table in tables])


class Messages(RuleBasedStateMachine):
    """Whatever everybody does: what is open is waited for, and nothing else is public."""

    def __init__(self, harness: Harness) -> None:
        super().__init__()
        self.page = Page(Year(harness))
        self.ids = [self.page.post(subject=new(), roles=RESIDENT["roles"])["id"]]

    @rule(entered=st.booleans())
    def post(self, entered: bool) -> None:  # noqa: FBT001 (hypothesis chooses)
        """One more, perhaps entered by the office, which may take it back."""
        roles = ("clerk", "recorder") if entered else RESIDENT["roles"]
        self.ids.append(self.page.post(subject=new(), roles=roles)["id"])

    @rule(
        at=st.integers(0, 3),
        act=st.sampled_from(
            ["approve", "refuse", "answer", "return", "close", "withdraw", "forward"]
        ),
    )
    def step(self, at: int, act: str) -> None:
        """One step, in order or not: a refusal changes nothing."""
        id_ = self.ids[at % len(self.ids)]
        before = self.state(id_)
        more: dict[str, Any] = {
            "refuse": {"reason_code": "off-topic"},
            "return": {"reason": "(合成)"},
            "forward": {"reason": "(合成)", "unit_id": self.page.year.unit},
        }.get(act, {})
        try:
            self.page.answer(id_) if act == "answer" else self.page.act(
                act, id_, "2023-05-18", **more
            )
        except (Conflict, Forbidden):
            assert self.state(id_) == before

    @invariant()
    def nothing_open_is_forgotten(self) -> None:
        """Each open message has one deadline; no other has one; none is lost."""
        waiting = dict.fromkeys(message.STATES, 0)
        for id_ in self.ids:
            waiting[self.state(id_)] += 1
        codes = [code for code, _ in self.page.waiting()]
        assert sorted(codes) == sorted(
            ["moderate"] * waiting["submitted"]
            + ["message-answer"] * waiting["approved"]
            + ["message-close"] * waiting["answered"]
        )
        public = sum(waiting[state] for state in message.PUBLIC)
        assert len(self.page.seen()) == public

    def state(self, id_: str) -> str:
        """Its state."""
        return str(self.page.year.service.call("get_message", id_)["state"])


def test_no_path_forgets_a_message(tmp_path: Any) -> None:
    """A machine of all steps, on SQLite."""
    url = f"sqlite:///{tmp_path}/supervision.db"
    migrations.upgrade(settings.load("supervision", {"MINSHENG_DATABASE_URL": url}))
    harness = Harness(SupervisionService, url, tmp_path)
    run = hypothesis_settings(max_examples=6, stateful_step_count=10, deadline=None)
    machine: Any = partial(Messages, harness)
    try:
        run_state_machine_as_test(machine, settings=run)
    finally:
        harness.close()
