"""Deadlines: what may move them, what counts as overdue, and what is computed anew."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from services.chassis import cli
from services.chassis.gauges import Gauges
from services.commons.deadline import Clock, Term, term
from services.commons.errors import Conflict
from services.commons.workdays import UNITS, Duration
from services.proposal.model.deadline import KINDS, Deadline
from services.proposal.queries import unsorted
from services.proposal.queries.deadlines import count_overdue, count_unanswered
from services.proposal.rules import shipped
from services.proposal.schemas.rules import CONTENTS
from services.proposal.service import ProposalService
from services.proposal.service.stored import COUNTED

from ...harness import Harness
from .samples import Collection

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2022, 12, 1, tzinfo=dt.UTC)
DAY = dt.date(2022, 12, 1)
ONE = dt.timedelta(days=1)


@pytest.fixture
def collection(serve: Callable[[Any], Harness]) -> Collection:
    """The service with an aspect and two units."""
    return Collection(serve(ProposalService))


def clock(day: dt.date = DAY) -> Clock:
    """A clock that starts on a day."""
    return Clock(day, None, ZONE, "", "0" * 64)


def deadline(one: Term, day: dt.date = DAY) -> Deadline:
    """A deadline of a suggestion."""
    return Deadline.set("suggestion", "s", one, clock(day), recorded_at=NOW, suggestion_id="s")


def months(amount: int, begins: str = "accepted", code: str = "answer") -> Term:
    """A term of months."""
    return Term(code, begins, Duration(amount, "months"), over_holidays=False)


@pytest.mark.parametrize("kind", ["deadlines", "results", "milestones"])
def test_the_shipped_rules_have_their_form(kind: str) -> None:
    """They could be adopted as they stand."""
    CONTENTS[kind].deserialize(shipped(kind)["content"])


def test_a_term_is_found_by_occasion_and_author() -> None:
    """The first that suits; none where the rule says nothing."""
    content = [
        {
            "code": "answer",
            "from": "accepted",
            "authors": authors,
            "amount": amount,
            "unit": "days",
            "over_holidays": False,
        }
        for authors, amount in ((["deputy"], 5), ([], 9))
    ]
    found = [term(content, "answer", "accepted", who) for who in ("deputy", "resident")]
    assert [one and one.duration.amount for one in found] == [5, 9]
    assert term(content, "answer", "handed-over", "deputy") is None


def test_a_deadline_is_met_once_and_is_over_the_day_after() -> None:
    """The last day lasts until midnight."""
    one = deadline(months(3))
    assert one.due_on == dt.date(2023, 3, 1)
    assert not one.is_over(one.due_on) and one.is_over(one.due_on + ONE)
    one.end(one.due_on)
    one.end(one.due_on + ONE)
    assert one.ended_on == one.due_on and not one.is_over(one.due_on + ONE)


def test_a_later_step_restarts_it_unless_it_is_late_or_extended() -> None:
    """The handover counts anew, once; it undoes no lateness."""
    one = deadline(months(3))
    handed = months(3, "handed-over")
    assert one.restart(handed, clock(dt.date(2023, 1, 10)))
    assert one.due_on == dt.date(2023, 4, 10)
    assert not one.restart(handed, clock(dt.date(2023, 2, 10)))
    late = deadline(months(3))
    assert not late.restart(handed, clock(late.due_on + ONE))
    extended = deadline(months(3))
    extended.extend(months(6, "start"), "合成", by="unit", day=DAY, zone=ZONE)
    assert not extended.restart(handed, clock())


def test_only_a_later_step_restarts_a_clock() -> None:
    """Accepted, handed over, judged, in this order; not the same one twice, and none before it."""
    steps = ("accepted", "handed-over", "judged")
    for before, had in enumerate(steps):
        for after, step in enumerate(steps):
            one = deadline(months(3, had))
            assert one.restart(months(3, step), clock(DAY + ONE)) is (after > before)
            assert one.begins == (step if after > before else had)


def test_sorting_a_corrected_one_again_puts_nothing_off(collection: Collection) -> None:
    """It was handed over; that it is accepted once more afterwards gives its unit no more time."""
    her: dict[str, Any] = {"roles": ("resident", "recorder"), "subject": "she"}
    one = collection.accepted("2022-12-01", by="she")
    collection.handed_over(collection.project([one["id"]])["id"], "2022-12-15")
    correction = {"text": "改后的文本(合成)", "happened_on": "2023-01-10"}
    read = collection.call("correct_suggestion", one["id"], correction, **her)["version"]
    sorting = {"outcome": "accepted", "happened_on": "2023-01-20"}
    again = collection.call("sort_suggestion", one["id"], sorting, expected_version=read)
    assert again["answer_due_on"] == "2023-03-15"
    (late,) = collection.overdue("2023-03-16", kind="suggestion")
    assert (late["starts_on"], late["unit_id"]) == ("2022-12-15", collection.unit)


def test_an_extension_is_counted_from_the_start() -> None:
    """Six months in all; one that brings nothing is refused."""
    one = deadline(months(3))
    with pytest.raises(Conflict) as caught:
        one.extend(months(3, "start"), "合成", by="unit", day=DAY, zone=ZONE)
    assert caught.value.code == "extension-too-short"
    one.extend(months(6, "start"), "合成", by="unit", day=one.due_on, zone=ZONE)
    assert one.due_on == dt.date(2023, 6, 1)


@given(
    st.dates(dt.date(2006, 1, 1), dt.date(2024, 6, 1)),
    st.integers(1, 90),
    st.sampled_from(UNITS),
    st.booleans(),
    st.integers(0, 400),
)
def test_a_restart_never_gives_less_time_than_was_left(
    start: dt.date, amount: int, unit: str, over: bool, later: int
) -> None:
    """And computing a certain deadline anew changes nothing."""
    first = Term("answer", "accepted", Duration(amount, unit), over)
    again = Term("answer", "handed-over", Duration(amount, unit), over)
    one = deadline(first, start)
    before = one.due_on
    one.restart(again, clock(start + later * ONE))
    assert one.due_on >= before
    assert not one.recompute(ZONE)


def test_overdue_begins_the_day_after_the_last_day(collection: Collection) -> None:
    """By kind and unit, the longest overdue first; as it stood on each day."""
    first, second = collection.accepted("2022-12-01"), collection.accepted("2022-12-05")
    project = collection.project([second["id"]])
    collection.handed_over(project["id"], "2022-12-12")
    assert collection.overdue("2023-03-01") == []
    assert [o["suggestion_id"] for o in collection.overdue("2023-03-02")] == [first["id"]]
    found = collection.overdue("2023-03-14")
    assert [o["due_on"] for o in found] == ["2023-03-01", "2023-03-13", "2023-03-13"]
    assert {o["kind"] for o in found} == {"suggestion", "project"}
    (of_project,) = collection.overdue("2023-03-14", kind="project")
    assert of_project["project_id"] == project["id"]
    assert len(collection.overdue("2023-03-14", unit_id=collection.unit)) == 2
    collection.answer(first["id"], "2023-03-14")
    assert len(collection.overdue("2023-03-14")) == 2
    assert len(collection.overdue("2023-03-13")) == 1  # it was still overdue then


def test_overdue_comes_in_pages(collection: Collection) -> None:
    """Each once, whatever the page's size."""
    ids = {collection.accepted()["id"] for _ in range(5)}
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = collection.call("list_overdue", {"on": "2023-04-01", "limit": "2"} | cursor)
        seen += [one["suggestion_id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == 5 and set(seen) == ids


def test_the_list_of_suggestions_agrees_with_what_is_overdue(collection: Collection) -> None:
    """A first answer, a second one, a promise: the filter shows just those that are listed."""
    deputy = collection.enrolled()
    first, promised, again = (collection.accepted(deputy_id=deputy)["id"] for _ in range(3))
    done, late = collection.accepted()["id"], collection.accepted()["id"]
    collection.answer(promised, result="B", promised_on="2023-11-30")
    answer = collection.answer(again)
    body = {"judgement": "not", "reason": "合成", "happened_on": "2023-02-10"}
    speaks: dict[str, Any] = {"roles": ("deputy", "recorder"), "subject": deputy}
    collection.call("judge_answer", answer["id"], body, **speaks)
    collection.answer(done)
    collection.answer(late, "2023-06-01")  # after its day, but now nothing is due
    due = {one["suggestion_id"] for one in collection.call("list_overdue", {})["items"]}
    assert due == {first, promised, again}
    for overdue, expected in (("true", due), ("false", {done, late})):
        page = collection.call("list_suggestions", {"overdue": overdue})
        assert {one["id"] for one in page["items"]} == expected


def test_what_is_overdue_today_is_found_among_the_open_ones(collection: Collection) -> None:
    """By the index of these, however long the history; a day that is past asks for the history."""
    import sqlalchemy as sa

    from services.proposal.queries.deadlines import list_overdue

    collection.accepted("2022-12-01")
    engine, table = collection.harness.engine, collection.harness.metadata.tables["deadlines"]
    with engine.begin() as connection:
        one = dict(connection.execute(sa.select(table)).mappings().one())
        ended = [
            one | {"id": str(uuid.uuid4()), "due_on": DAY - n * ONE, "ended_on": DAY}
            for n in range(5000)
        ]
        connection.execute(sa.insert(table), ended)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text("ANALYZE"))
    how = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    today = collection.harness.settings.today
    for params, index in (
        ({}, "ix_deadlines_open"),
        ({"on": today}, "ix_deadlines_open"),
        ({"on": today, "unit_id": collection.unit}, "ix_deadlines_open"),
        ({"on": DAY - 4000 * ONE}, "ix_deadlines_due_on_id"),
    ):
        query = list_overdue({"today": today} | params).limit(51)
        said = query.compile(engine, compile_kwargs={"literal_binds": True})
        with engine.connect() as connection:
            plan = str(connection.exec_driver_sql(f"{how} {said}").all())
        assert index in plan, plan


def test_what_is_counted_for_the_metrics(collection: Collection) -> None:
    """Overdue by kind, 0 where there is none; and every accepted one without an answer."""
    from sqlalchemy.orm import Session

    first, _ = collection.accepted(), collection.accepted()
    collection.submitted()
    collection.answer(first["id"], result="B", promised_on="2023-06-01")
    with Session(collection.harness.engine) as session:
        overdue = count_overdue(session, dt.date(2023, 3, 2))
        assert overdue == {
            ("suggestion",): 1,
            ("project",): 0,
            ("promise",): 0,
            ("opinion",): 0,
        }
        assert count_overdue(session, dt.date(2023, 6, 2))[("promise",)] == 1
        assert count_unanswered(session, DAY) == {(): 1}


def test_what_nobody_sorts_is_overdue_too(collection: Collection) -> None:
    """Ten working days after its submission, until it is sorted; drafts and withdrawn ones not."""
    waits, later = collection.submitted(), collection.submitted(happened_on="2022-11-02")
    done = collection.accepted(), collection.submitted(draft=True)
    gone = collection.submitted(by="resident-1")
    why = {"code": "solved", "happened_on": "2022-11-02"}
    collection.call("withdraw_suggestion", gone["id"], why)
    assert done and collection.overdue("2022-11-15", kind="sorting") == []
    (first,) = collection.overdue("2022-11-16", kind="sorting")
    assert (first["id"], first["suggestion_id"]) == (waits["id"], waits["id"])
    assert (first["starts_on"], first["due_on"]) == ("2022-11-01", "2022-11-15")
    assert (first["kind"], first["code"], first["provisional"]) == ("sorting", "sorting", False)
    both = collection.overdue("2022-11-17", kind="sorting")
    assert [one["id"] for one in both] == [waits["id"], later["id"]]
    page = collection.call("list_overdue", {"on": "2022-11-17", "kind": "sorting", "limit": "1"})
    rest = collection.overdue("2022-11-17", kind="sorting", cursor=page["next"])
    assert [one["id"] for one in rest] == [later["id"]]
    assert collection.overdue("2022-11-17", kind="sorting", unit_id=collection.unit) == []
    assert {one["id"] for one in both} <= {
        one["id"] for one in collection.call("list_overdue", {"kind": "sorting"})["items"]
    }
    returned = {"outcome": "returned", "reason": "合成", "happened_on": "2022-11-20"}
    collection.call("sort_suggestion", waits["id"], returned)
    assert [o["id"] for o in collection.overdue("2022-11-17", kind="sorting")] == [later["id"]]


def test_what_waits_to_be_sorted_is_filtered_and_sorted(collection: Collection) -> None:
    """By year and aspect as all that is overdue; the last day goes by the first one."""
    collection.call("define_aspect", {"code": "traffic", "name": "交通"})
    first = collection.submitted()["id"]
    second = collection.submitted(happened_on="2022-11-02", aspect="traffic")["id"]
    third = collection.submitted(happened_on="2022-11-03", year=2024)["id"]
    for params, ids in (
        ({"aspect": "traffic"}, [second]),
        ({"year": "2024"}, [third]),
        ({"year": "2024", "aspect": "traffic"}, []),
        ({"sort": "-due_on"}, [third, second, first]),
        ({"sort": "starts_on"}, [first, second, third]),
        ({"sort": "id"}, sorted([first, second, third])),
    ):
        found = collection.overdue("2022-12-01", kind="sorting", **params)
        assert [one["id"] for one in found] == ids, params


def test_the_metric_shows_what_waits_to_be_sorted(collection: Collection) -> None:
    """Under its kind, beside the others; as it is wired into the service."""
    collection.submitted()
    assert Gauges(collection.harness.engine, collection.harness.settings, COUNTED).refresh()
    for kind, number in (("sorting", 1), ("suggestion", 0)):
        labels = {"service": "proposal", "kind": kind}
        assert REGISTRY.get_sample_value("minsheng_overdue", labels) == number


def test_by_when_is_sorted_is_the_rule_of_the_day(collection: Collection) -> None:
    """For each kind of author its own term, or none; the metric counts by the same rule."""
    from sqlalchemy.orm import Session

    resident = collection.submitted()
    collection.submitted(author_kind="department")
    deputy = collection.submitted(deputy_id=collection.enrolled())
    term = {
        "code": "sorting",
        "name": "梳理(合成)",
        "unit": "days",
        "from": "submitted",
        "over_holidays": False,
        "source_text": "合成",
    }
    content = [
        term | {"amount": 2, "authors": ["deputy"]},
        term | {"amount": 5, "authors": ["resident", "organisation"]},
    ]
    rule = {
        "kind": "deadlines",
        "title": "期限(合成)",
        "text": "合成",
        "source": "合成",
        "adopted_by": "主任会议(合成)",
    }
    adoption = rule | {"content": content, "happened_on": "2022-11-03"}
    collection.call("adopt_rule", adoption)
    found = {
        day: [one["id"] for one in collection.overdue(day, kind="sorting")]
        for day in ("2022-11-03", "2022-11-04", "2022-11-06", "2022-11-07", "2023-11-07")
    }
    assert list(found.values())[:3] == [[], [deputy["id"]], [deputy["id"]]]
    assert set(found["2022-11-07"]) == set(found["2023-11-07"]) == {deputy["id"], resident["id"]}
    with Session(collection.harness.engine) as session:
        for day, ids in found.items():
            counted = unsorted.count_overdue(session, dt.date.fromisoformat(day))
            assert counted[("sorting",)] == len(ids)
            assert counted.keys() == {(kind,) for kind in (*KINDS, "sorting")}
    none = rule | {"content": [content[0] | {"code": "answer"}], "happened_on": "2022-11-20"}
    collection.call("adopt_rule", none)
    assert collection.overdue("2022-11-20", kind="sorting") == []


@given(
    st.dates(dt.date(2006, 1, 1), dt.date(2024, 6, 1)),
    st.integers(1, 60),
    st.sampled_from(UNITS),
    st.booleans(),
)
def test_the_day_from_which_a_term_has_run_out_is_the_last_such_day(
    on: dt.date, amount: int, unit: str, over: bool
) -> None:
    """One that began on it is over on that day, one that began the day after is not."""
    one = Term("sorting", "submitted", Duration(amount, unit), over)
    last = one.run_out(on, ZONE)
    assert one.due(last, None, ZONE).day < on <= one.due(last + ONE, None, ZONE).day


def unknown_from(monkeypatch: pytest.MonkeyPatch, year: int) -> Callable[[], None]:
    """Let the library know no year from this one on; the result lets it learn them."""
    known = chinese_calendar.is_workday

    def is_workday(day: dt.date) -> bool:
        if day.year >= year:
            raise NotImplementedError(f"no available data for year {day.year}")
        return bool(known(day))

    monkeypatch.setattr(chinese_calendar, "is_workday", is_workday)
    return lambda: monkeypatch.setattr(chinese_calendar, "is_workday", known)


def test_provisional_deadlines_are_computed_anew_when_the_year_is_announced(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that hang on it, once, with an event each; what was answered meanwhile stays."""
    learn = unknown_from(monkeypatch, 2023)
    # Three months end on Saturday 28 January, worked in 2023 for the Spring Festival.
    moved = collection.accepted("2022-10-28", happened_on="2022-10-01")
    stays = collection.accepted("2022-12-01")
    done = collection.accepted("2022-10-28", happened_on="2022-10-01")
    collection.answer(done["id"], "2023-01-05")
    assert (moved["answer_due_on"], moved["answer_due_provisional"]) == ("2023-01-30", True)
    assert (stays["answer_due_on"], stays["answer_due_provisional"]) == ("2023-03-01", True)
    harness = collection.harness
    monkeypatch.setenv("MINSHENG_DATABASE_URL", harness.engine.url.render_as_string(False))
    first = CliRunner().invoke(cli.main, ["proposal", "recompute-deadlines"])
    assert first.output == "deadlines changed: 0\n"
    learn()
    second = CliRunner().invoke(cli.main, ["proposal", "recompute-deadlines"])
    lines = second.output.splitlines()
    assert f"suggestion {moved['id']}: 2023-01-30 -> 2023-01-28 (certain)" in lines
    assert f"suggestion {stays['id']}: 2023-03-01 -> 2023-03-01 (certain)" in lines
    assert lines[-1] == "deadlines changed: 2"
    third = CliRunner().invoke(cli.main, ["proposal", "recompute-deadlines"])
    assert third.output == "deadlines changed: 0\n"
    found = collection.call("get_suggestion", moved["id"])
    assert (found["answer_due_on"], found["answer_due_provisional"]) == ("2023-01-28", False)
    events = collection.harness.events("deadline.moved.v1")
    assert {(e.data["cause"], e.data["provisional"]) for e in events} == {("recomputed", False)}
    assert len(events) == 2


def test_a_projects_day_follows_its_deadline(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what the suggested project shows is computed anew, batch by batch."""
    learn = unknown_from(monkeypatch, 2023)
    one = collection.accepted("2022-10-20", happened_on="2022-10-01")
    project = collection.project([one["id"]], "2022-10-21")
    handed = collection.handed_over(project["id"], "2022-10-28")
    assert (handed["answer_due_on"], handed["answer_due_provisional"]) == ("2023-01-30", True)
    learn()
    from services.chassis.store import BoundStore
    from services.proposal.commands.deadlines import recompute
    from services.proposal.schemas.answers import Recompute, Recomputed

    harness = collection.harness
    store = BoundStore(harness.engine, harness.metadata, harness.settings)
    found: Any = {"last": "00000000-0000-0000-0000-000000000000"}
    kinds = []
    while found["last"]:
        body = {"after": found["last"], "limit": 1}
        found = store.execute(recompute, Recompute, body, answer=Recomputed)
        kinds += [changed["kind"] for changed in found["changed"]]
    assert sorted(kinds) == ["project", "suggestion"]
    again = collection.call("get_suggested_project", project["id"])
    assert (again["answer_due_on"], again["answer_due_provisional"]) == ("2023-01-28", False)


def test_what_was_accepted_before_there_were_clocks_gets_one(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the day of its sorting, once; what waits for sorting or has an answer gets none."""
    old, answered = collection.accepted("2022-12-01"), collection.accepted("2022-12-01")
    collection.answer(answered["id"])
    collection.submitted()
    harness = collection.harness
    tables = harness.metadata.tables
    with harness.engine.begin() as connection:
        connection.execute(tables["deadlines"].delete())
        connection.execute(tables["suggestions"].update().values(answer_due_on=None))
    assert collection.overdue("2023-03-02") == []
    monkeypatch.setenv("MINSHENG_DATABASE_URL", harness.engine.url.render_as_string(False))
    first = CliRunner().invoke(cli.main, ["proposal", "recompute-deadlines"])
    assert first.output.splitlines() == [
        f"suggestion {old['id']}: none -> 2023-03-01 (certain)",
        "deadlines changed: 1",
    ]
    assert [o["suggestion_id"] for o in collection.overdue("2023-03-02")] == [old["id"]]
    second = CliRunner().invoke(cli.main, ["proposal", "recompute-deadlines"])
    assert second.output == "deadlines changed: 0\n"
