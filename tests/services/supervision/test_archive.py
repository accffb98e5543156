"""The archive of all years and the dossier of a project, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from services.supervision.queries.project_registers import registers
from services.supervision.service import SupervisionService
from services.supervision.tables.metadata import metadata

from ...harness import Harness, example
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def sub_item(**changed: Any) -> dict[str, Any]:
    """A sub-item that was done and accepted."""
    return {
        "name": "(合成)子项",
        "target": 10,
        "unit_of_measure": "家",
        "quantity": 12,
        "reached_on": "2021-11-20",
        "accepted_on": "2021-12-05",
    } | changed


def archived(told: Year, *sub_items: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """Enter a project of 2021 from a document."""
    body = {
        "year": 2021,
        "name": "(合成)旧项目",
        "description": "(合成)",
        "aspect": "elderly-care",
        "lead_unit_id": told.unit,
        "adopted_on": "2021-02-01",
        "sub_items": list(sub_items) or [sub_item()],
        "source": {"title": "(合成)2021年情况报告"},
        "satisfaction": "满意率98%(合成)",
        "happened_on": "2024-03-01",
    }
    return told.call("archive_project", **body | changed)


def test_an_archived_project_is_a_project_like_others(year: Year) -> None:
    """What it reached is progress, its completion follows; the events tell the others once."""
    open_end = sub_item(target=None, quantity=None, share=1, name="(合成)愿接尽接")
    project = archived(year, sub_item(), open_end)
    assert (project["completed_on"], project["ballot_id"]) == ("2021-11-20", None)
    assert year.service.call("get_project", project["id"]) == project
    assert [
        e.type.partition(".")[2] for e in year.service.events() if e.subject == project["id"]
    ] == [
        "project.adopted.v1",
        "project.completed.v1",
    ]
    found = year.service.call("get_archived_year", 2021)
    (kept,) = found["projects"]
    assert (kept["origin"], kept["satisfaction"]) == ("archive", "满意率98%(合成)")
    assert kept["source"]["title"] == "(合成)2021年情况报告"
    assert [item["accepted_on"] for item in kept["sub_items"]] == ["2021-12-05"] * 2
    assert kept["sub_items"][0]["quantity"] == 12


def test_what_the_document_does_not_say_stays_open(year: Year) -> None:
    """A sub-item without a result is not complete, and so the project is not."""
    bare = sub_item(quantity=None, reached_on=None, accepted_on=None)
    project = archived(year, sub_item(), bare, sub_item(quantity=9, accepted_on=None))
    assert project["completed_on"] is None
    assert [item["quantity"] for item in project["sub_items"]] == [12, None, 9]


@pytest.mark.parametrize(
    ("changed", "item", "pointer"),
    [
        ({"year": 2024}, {}, "/year"),
        ({"adopted_on": "2022-02-01"}, {}, "/adopted_on"),
        ({"name": ""}, {}, "/name"),
        ({"source": {}}, {}, "/source/title"),
        ({"sub_items": []}, None, "/sub_items"),
        ({"budget_yuan": -1}, {}, "/budget_yuan"),
        ({}, {"quantity": None, "share": 1}, "/sub_items/0/quantity"),
        ({}, {"quantity": -1}, "/sub_items/0/quantity"),
        ({}, {"reached_on": None}, "/sub_items/0/reached_on"),
        ({}, {"reached_on": "2021-01-01"}, "/sub_items/0/reached_on"),
        ({}, {"accepted_on": "2021-11-01"}, "/sub_items/0/accepted_on"),
        ({}, {"quantity": 9}, "/sub_items/0/accepted_on"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(
    year: Year, changed: dict[str, Any], item: dict[str, Any] | None, pointer: str
) -> None:
    """Each mistake is told with where it stands."""
    items = [] if item is None else [sub_item(**item)]
    with pytest.raises(Invalid) as caught:
        archived(year, *items, **changed)
    assert caught.value.errors[0]["pointer"] == pointer


def test_only_a_recorder_archives_and_nothing_twice(year: Year) -> None:
    """The role, the unit, the name, and the year of a vote that is kept here."""
    archived(year)
    with pytest.raises(Conflict) as caught:
        archived(year)
    assert caught.value.code == "archived-already"
    with pytest.raises(Conflict):
        archived(year, name="(合成)另一", lead_unit_id=new())
    year.vote("(合成)甲")
    with pytest.raises(Conflict) as caught:
        archived(year, year=2023, adopted_on="2023-02-01")
    assert caught.value.code == "year-run-here"
    with pytest.raises(Forbidden):
        year.service.call("archive_project", _body(year), roles=("clerk",))


def _body(year: Year) -> dict[str, Any]:
    return {
        "year": 2020,
        "name": "(合成)",
        "description": "(合成)",
        "aspect": "elderly-care",
        "lead_unit_id": year.unit,
        "adopted_on": "2020-02-01",
        "sub_items": [sub_item(reached_on="2020-11-20", accepted_on=None)],
        "source": {"title": "(合成)"},
        "happened_on": "2024-03-01",
    }


def test_the_archive_counts_all_years_and_tells_scores_and_look_backs(year: Year) -> None:
    """A project of the archive, one of a vote, and one that only a look-back knows."""
    project = archived(year)
    (voted,) = year.vote("(合成)甲")
    item = year.service.call("get_project", voted)["sub_items"][0]["id"]
    for quantity in (100, 99):  # a correction takes the completion back
        year.call(
            "report_progress",
            voted,
            sub_item_id=item,
            month="2023-05",
            quantity=quantity,
            happened_on="2023-05-16",
        )
    year.call(
        "record_look_back",
        project_id=project["id"],
        finding="(合成)仍在使用",
        effective=True,
        happened_on="2024-04-01",
    )
    for name in ("(合成)旧项目", "(合成)更旧的项目"):
        year.call(
            "record_look_back",
            project_name=name,
            project_year=2021,
            finding="(合成)",
            effective=False,
            happened_on="2024-04-02",
        )
    shape = example("survey", "score.published.v1")
    line = shape["items"][0] | {"item_id": voted, "project_id": voted, "name": "(合成)改了名"}
    year.hear("survey.score.published.v1", id=new(), year=2023, items=[line])
    years = {one["year"]: one for one in year.service.call("get_project_archive")["years"]}
    assert list(years) == [2023, 2021]
    assert (years[2021]["projects"], years[2021]["archived"], years[2021]["completed"]) == (1, 1, 1)
    assert (years[2023]["projects"], years[2023]["completed_sub_items"]) == (1, 0)
    assert (years[2021]["look_backs"], years[2021]["effective"]) == (3, 1)
    former = year.service.call("get_archived_year", 2021)
    assert len(former["projects"][0]["look_backs"]) == 2
    assert [one["project_name"] for one in former["other_look_backs"]] == ["(合成)更旧的项目"]
    (kept,) = year.service.call("get_archived_year", 2023)["projects"]
    assert [score["top1"] for score in kept["scores"]] == [line["top1"]]
    with pytest.raises(NotFound):
        year.service.call("get_archived_year", 1990)


def test_a_dossier_has_every_register_of_a_project_without_persons(year: Year) -> None:
    """Counts and last records by register; a register is paged; nobody's id stands in it."""
    one, other = year.vote("(合成)甲", "(合成)乙")
    deputy = year.deputy(OWN)
    item = year.service.call("get_project", one)["sub_items"][0]["id"]
    for month in ("04", "05", "06", "07"):
        year.call(
            "report_progress",
            one,
            sub_item_id=item,
            month=f"2023-{month}",
            quantity=10,
            happened_on=f"2023-{month}-20",
        )
    visit = year.call("record_visit", project_id=one, kind="research")
    year.call("attend_visit", visit["id"], deputy_id=deputy)
    for project in (one, other):
        year.call(
            "raise_opinion",
            project_id=project,
            deputy_id=deputy,
            channel="online",
            text="(合成)意见",
        )
    found = year.service.call("get_dossier", one)
    assert found["outcome"]["id"] == one
    counts = {register["register"]: register["count"] for register in found["registers"]}
    assert (counts["progress"], counts["visits"], counts["opinions"]) == (4, 1, 1)
    assert counts["attendances"] == 1
    assert deputy not in str(found)
    last = {register["register"]: register["last"] for register in found["registers"]}
    assert [entry["happened_on"] for entry in last["progress"]] == [
        "2023-07-20",
        "2023-06-20",
        "2023-05-20",
    ]
    assert last["opinions"][0]["data"]["text"] == "(合成)意见"
    call = year.service.call
    first = call("list_dossier_register", one, "progress", {"limit": "3"})
    rest = call("list_dossier_register", one, "progress", {"cursor": first["next"]})
    assert [len(page["items"]) for page in (first, rest)] == [3, 1]
    assert first["items"][0]["data"]["month"] == "2023-04"


def test_strangers_are_told_plainly(year: Year) -> None:
    """No such project, no such register."""
    (one,) = year.vote("(合成)甲")
    for args in ((new(), "progress"), ("x", "progress"), (one, "outbox")):
        if args[0] == one or args[0] == "x":
            with pytest.raises(NotFound):
                year.service.call("list_dossier_register", *args, {})
        else:
            assert year.service.call("list_dossier_register", *args, {})["items"] == []
    with pytest.raises(NotFound):
        year.service.call("get_dossier", new())


def test_no_register_shows_a_column_that_tells_of_persons() -> None:
    """Whatever tables there are: no deputy's id, no place of a photo, no writing by default."""
    shown = {name: set(register.columns) for name, register in registers().items()}
    assert {"progress", "opinions", "visits", "attendances", "plans", "look_backs"} <= set(shown)
    for name, columns in shown.items():
        assert not {c for c in columns if "deputy" in c or "longitude" in c or c.endswith("_by")}
        assert columns <= set(metadata.tables[name].c.keys())


def test_acceptance_is_told_the_same_by_state_and_archive(year: Year) -> None:
    """Whether the document of a former project gives the day, or it was accepted here."""
    old = archived(year)
    state = year.service.call("get_project_state", old["id"], {"on": "2021-12-05"})
    assert (state["accepted_on"], state["light"]["code"]) == ("2021-12-05", "accepted")
    before = year.service.call("get_project_state", old["id"], {"on": "2021-12-04"})
    assert before["accepted_on"] is None
    again = {"sub_item_id": old["sub_items"][0]["id"], "unit_id": year.unit, "document": "(合成)"}
    with pytest.raises(Conflict, match="accepted-already"):
        year.call("hold_acceptance", old["id"], **again, passed=True, happened_on="2022-01-10")
    (id_,) = year.vote("(合成)甲")
    item = year.service.call("get_project", id_)["sub_items"][0]["id"]
    said = {"sub_item_id": item, "happened_on": "2023-10-20"}
    year.call("report_progress", id_, **said, month="2023-10", quantity=100)
    year.call("hold_acceptance", id_, **said, unit_id=year.unit, passed=True, document="(合成)")
    (kept,) = year.service.call("get_archived_year", "2023")["projects"]
    assert kept["sub_items"][0]["accepted_on"] == "2023-10-20"
    dossier = year.service.call("get_dossier", id_)
    assert dossier["outcome"]["sub_items"][0]["accepted_on"] == "2023-10-20"
