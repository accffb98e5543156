"""A small synthetic year for the figures' tests: what counts, and beside it what must not count.

The comments say why a record does not count.  Names and numbers are made up.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from services.supervision.model.report import records as r

D = dt.date.fromisoformat
OWN, DISTRICT, ELSEWHERE = "330100", "330106", "330200"

QUESTION = r.Question(
    jurisdiction=OWN, year=2023, as_of=D("2023-12-27"), completed_by=D("2023-11-30")
)


def suggestion(id_: str, version: int = 2, **changes: Any) -> r.SuggestionStep:
    """An accepted suggestion of a deputy for 2023, unless changed."""
    fields: dict[str, Any] = {
        "year": 2023,
        "author_kind": "deputy",
        "aspect": "schools",
        "state": "accepted",
        "sub_item_id": None,
        "happened_on": D("2022-11-10"),
    }
    return r.SuggestionStep(id=id_, version=version, **(fields | changes))


def deputy(id_: str, *congresses: str, on: str = "2022-01-10") -> r.Deputy:
    """A deputy of these congresses."""
    return r.Deputy(id_, frozenset(congresses), D(on))


def visit(id_: str, on: str = "2023-05-16", activity: str | None = "week") -> r.Visit:
    """A visit to the first project."""
    return r.Visit(id_, activity, "p1", "research", D(on))


def attendance(id_: str, visit_id: str, deputy_id: str, on: str = "2023-05-16") -> r.Attendance:
    """A deputy at a visit."""
    return r.Attendance(id_, visit_id, deputy_id, D(on))


def opinion(id_: str, **changes: Any) -> r.Opinion:
    """An online opinion of an own deputy, neither handled nor replied to, unless changed."""
    fields: dict[str, Any] = {
        "project_id": "p1",
        "deputy_id": "d1",
        "channel": "online",
        "handled_on": None,
        "replied_on": None,
        "happened_on": D("2023-06-12"),
    }
    return r.Opinion(id=id_, **(fields | changes))


def progress(
    sub_item_id: str, sequence: int, month: str, quantity: float | None, on: str, **more: Any
) -> r.Progress:
    """An entry of progress; its id is made of the sub-item and the sequence."""
    id_ = f"{sub_item_id}-{sequence}"
    return r.Progress(id_, sub_item_id, sequence, month, quantity, more.get("share"), D(on))


def candidate(id_: str, *, chosen: bool) -> dict[str, Any]:
    """A candidate of the certified result."""
    return {
        "candidate_id": id_,
        "name": f"(合成)项目{id_}",
        "chosen": chosen,
        "reason": "passed" if chosen else "fewer-approvals",
        "round": 1,
        "approve": 5,
        "oppose": 1,
        "abstain": 0,
    }


def records() -> r.Records:
    """The year."""
    return r.Records(
        suggestions=[
            suggestion("s1", version=1, state="submitted"),
            suggestion("s1"),
            suggestion("s1", version=3, sub_item_id="i1", happened_on=D("2023-03-01")),
            suggestion("s2", aspect="elderly"),
            suggestion("s2", 3, aspect="elderly", sub_item_id="i2", happened_on=D("2023-03-01")),
            suggestion("s3", aspect="elderly"),
            suggestion("s4", aspect="traffic"),
            suggestion("resident", author_kind="resident", aspect="parks"),
            suggestion("department", author_kind="department", aspect="parks"),
            suggestion("other-year", year=2022, aspect="parks", happened_on=D("2021-11-10")),
            suggestion("next-year", year=2024, aspect="parks", happened_on=D("2023-11-10")),
            suggestion("returned", state="returned", aspect="parks"),
            suggestion("unsorted", version=1, state="submitted", aspect="parks"),
            # accepted, but only after the day asked for
            suggestion("late", version=1, state="submitted", aspect="parks"),
            suggestion("late", version=2, aspect="parks", happened_on=D("2023-12-28")),
        ],
        suggested_projects=[
            r.SuggestedProject("sp1", 2023, "schools", ("s1", "resident"), D("2022-12-01")),
            r.SuggestedProject("sp2", 2023, "elderly", ("s2", "s3"), D("2022-12-01")),
            r.SuggestedProject("sp3", 2023, "elderly", ("s2",), D("2022-12-01")),
            # from residents' suggestions alone
            r.SuggestedProject("sp4", 2023, "parks", ("resident",), D("2022-12-01")),
            r.SuggestedProject("sp5", 2022, "lights", ("s1",), D("2021-12-01")),
        ],
        deputies=[
            deputy("d1", OWN),
            deputy("d2", OWN),
            deputy("d3", OWN),
            deputy("both", OWN, DISTRICT),
            deputy("x1", DISTRICT),
            deputy("x2", DISTRICT),
            deputy("stranger", ELSEWHERE),
            # enrolled after the session of the vote
            deputy("new", OWN, on="2023-09-01"),
        ],
        sessions=[
            r.Session("session", OWN, D("2023-02-20")),
            r.Session("earlier", OWN, D("2022-02-20")),
            r.Session("district", DISTRICT, D("2023-02-01")),
        ],
        sign_ins=[
            # the opening meeting, two days before the vote
            r.SignIn("n1", "session", "d1", D("2023-02-20")),
            r.SignIn("n2", "session", "d2", D("2023-02-20")),
            r.SignIn("n3", "session", "d3", D("2023-02-20")),
            # the closing meeting, which voted
            r.SignIn("n4", "session", "d1", D("2023-02-22")),
            r.SignIn("n5", "session", "both", D("2023-02-22")),
            r.SignIn("n6", "earlier", "d2", D("2022-02-20")),
            r.SignIn("n7", "district", "x1", D("2023-02-01")),
        ],
        results=[
            r.Result(
                "ballot",
                2023,
                "session",
                "(合成)票决办法",
                D("2023-02-22"),
                (
                    candidate("p1", chosen=True),
                    candidate("p2", chosen=True),
                    candidate("c3", chosen=False),
                ),
                D("2023-02-22"),
            ),
            r.Result(
                "old",
                2022,
                "earlier",
                "旧",
                D("2022-02-20"),
                (candidate("p0", chosen=True),),
                D("2022-02-20"),
            ),
            # another congress's
            r.Result(
                "theirs",
                2023,
                "district",
                "区",
                D("2023-02-01"),
                (candidate("q1", chosen=True),),
                D("2023-02-01"),
            ),
        ],
        projects=[
            r.Project("p1", 2023, "(合成)项目一", "u1", D("2023-02-22")),
            r.Project("p2", 2023, "(合成)项目二", "u1", D("2023-02-22")),
            r.Project("p0", 2022, "(合成)旧项目", "u1", D("2022-02-20")),
        ],
        sub_items=[
            r.SubItem("i1", "p1", 1, "子项一", 100, "家"),
            r.SubItem("i2", "p1", 2, "子项二", None, "户"),
            r.SubItem("i3", "p2", 1, "子项三", 7.5, "公里"),
            r.SubItem("i0", "p0", 1, "旧子项", 1, "处"),
        ],
        progress=[
            progress("i1", 1, "2023-06", 60, "2023-06-30"),
            progress("i1", 2, "2023-10", 100, "2023-10-25"),
            progress("i1", 3, "2023-11", 120, "2023-11-25"),
            progress("i2", 1, "2023-09", None, "2023-09-30", share=0.8),
            progress("i2", 2, "2023-11", None, "2023-11-30", share=1),
            # a mistake for October, replaced; then complete, but after the day asked for
            progress("i3", 1, "2023-10", 8, "2023-10-31"),
            progress("i3", 2, "2023-10", 0.8, "2023-10-31"),
            progress("i3", 3, "2023-12", 7.5, "2023-12-20"),
            progress("i0", 1, "2022-11", 1, "2022-11-01"),
        ],
        groups=[
            r.Group(
                "g1", "p1", ({"kind": "deputy", "deputy_id": "d1"},), ("处长",), D("2023-03-10")
            ),
            r.Group("g2", "p2", ({"kind": "city-organ", "unit_id": "u1"},), (), D("2023-03-10")),
            r.Group("g0", "p0", (), (), D("2022-03-10")),
        ],
        activities=[
            r.Activity(
                "week",
                2023,
                "supervision-week",
                "监督周",
                D("2023-05-15"),
                D("2023-05-19"),
                D("2023-04-20"),
            ),
            r.Activity(
                "week-22",
                2022,
                "supervision-week",
                "监督周",
                D("2022-05-15"),
                D("2022-05-19"),
                D("2022-04-20"),
            ),
            r.Activity(
                "research",
                2023,
                "research",
                "调研",
                D("2023-05-15"),
                D("2023-05-19"),
                D("2023-04-20"),
            ),
        ],
        visits=[
            visit("v1"),
            visit("v2", "2023-05-17"),
            visit("after-week", "2023-06-16"),
            visit("other-activity", activity="research"),
            visit("on-her-own", activity=None),
            visit("last-year", "2022-05-16", "week-22"),
        ],
        attendances=[
            attendance("a1", "v1", "d1"),
            attendance("a2", "v1", "both"),
            attendance("a3", "v1", "x1"),
            attendance("a4", "v2", "d1", "2023-05-17"),
            attendance("a5", "v2", "both", "2023-05-17"),
            attendance("a6", "after-week", "d2", "2023-06-16"),
            attendance("a7", "other-activity", "d2"),
            attendance("a8", "on-her-own", "x2"),
            attendance("a9", "last-year", "d3", "2022-05-16"),
        ],
        problems=[
            r.Problem("m1", "p1", "v1", D("2023-05-16")),
            r.Problem("m2", "p1", "v1", D("2023-05-18")),
            r.Problem("m3", "p1", "v2", D("2023-06-01")),
            r.Problem("m4", "p1", None, D("2023-05-16")),
            r.Problem("m5", "p1", "after-week", D("2023-06-16")),
        ],
        opinions=[
            opinion("w1", channel="week", happened_on=D("2023-05-16")),
            opinion("w2", channel="week", deputy_id="x1", happened_on=D("2023-05-19")),
            opinion("w3", channel="week", happened_on=D("2023-05-20")),
            opinion("w4", channel="week", happened_on=D("2022-05-16"), project_id="p0"),
            opinion("w5", channel="meeting", happened_on=D("2023-05-16")),
            opinion("o1", handled_on=D("2023-06-20"), replied_on=D("2023-06-21")),
            opinion("o2", deputy_id="both", handled_on=D("2023-06-20")),
            opinion("o3", deputy_id="d2", replied_on=D("2023-06-21")),
            opinion("o4", handled_on=D("2023-06-20"), replied_on=D("2023-12-28")),
            opinion(
                "o5",
                happened_on=D("2022-06-12"),
                project_id="p0",
                handled_on=D("2022-06-20"),
                replied_on=D("2022-06-20"),
            ),
            # of another level, about a project of another year, after the day asked for
            opinion("o6", deputy_id="x1"),
            opinion("o7", project_id="p0"),
            opinion("o8", happened_on=D("2023-12-28")),
        ],
        online_checks=[
            r.OnlineCheck("c1", "d3", "p2", D("2023-07-01")),
            r.OnlineCheck("c2", "d1", "p1", D("2023-07-01")),
            r.OnlineCheck("c3", "x2", "p2", D("2023-07-01")),
            r.OnlineCheck("c4", "new", "p2", D("2023-12-29")),
        ],
        indicators=[
            r.Indicator("w", 2023, "warnings", "预警", "warning", "u1", D("2023-01-31")),
            r.Indicator("w-22", 2022, "warnings", "预警", "warning", "u1", D("2022-01-31")),
        ],
        indicator_entries=[
            r.IndicatorEntry("e1", "w", 1, "2023-01", 40, D("2023-01-31")),
            r.IndicatorEntry("e2", "w", 2, "2023-02", 500, D("2023-02-28")),
            # what February really was
            r.IndicatorEntry("e3", "w", 3, "2023-02", 50, D("2023-03-05")),
            r.IndicatorEntry("e4", "w", 4, "2023-12", 60, D("2023-12-31")),
            r.IndicatorEntry("e5", "w-22", 1, "2022-01", 7, D("2022-01-31")),
        ],
    )


def change(all_: r.Records, kind: str, id_: str, /, **fields: Any) -> r.Records:
    """The same with the last record of that id changed."""
    listed = list(getattr(all_, kind))
    place = max(place for place, record in enumerate(listed) if record.id == id_)
    listed[place] = dataclasses.replace(listed[place], **fields)
    changed: dict[str, Any] = {kind: listed}
    return dataclasses.replace(all_, **changed)


def add(all_: r.Records, kind: str, *records_: Any) -> r.Records:
    """The same with more records."""
    more: dict[str, Any] = {kind: [*getattr(all_, kind), *records_]}
    return dataclasses.replace(all_, **more)
