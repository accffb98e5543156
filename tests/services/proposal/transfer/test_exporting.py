"""Exports on both databases: asked for, written by a process of its own, fetched, gone."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.files import Files
from services.commons import sheets
from services.commons.errors import Conflict, Invalid, NotFound, Unavailable
from services.proposal.model import transfer
from services.proposal.service import ProposalService
from services.proposal.transfer import exporting
from services.proposal.transfer.columns import CONTENT, ORIGIN, SUGGESTIONS
from services.proposal.transfer.lists import LISTS

from ....harness import Harness
from .files import row, write
from .test_importing import run, store

ALL = ("suggestions", "suggested-projects", "candidates", "units")


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """The service with two aspects."""
    harness = serve(ProposalService)
    harness.call("define_aspect", {"code": "elderly-care", "name": "养老"})
    harness.call("define_aspect", {"code": "traffic", "name": "交通"})
    return harness


def ask(proposal: Harness, format_: str, list_: str = "suggestions", **filters: Any) -> Any:
    """Ask for an export."""
    body = {"list": list_, "format": format_, "filters": filters}
    return proposal.call("ask_for_export", body, roles=("government",))


def written(proposal: Harness, format_: str, list_: str = "suggestions", **filters: Any) -> bytes:
    """An export's file."""
    made = ask(proposal, format_, list_, **filters)
    files = Files(proposal.settings)
    assert exporting.write_all(store(proposal), files) == 1
    shown = proposal.call("get_export", made["id"])
    assert shown["state"] == "ready", shown
    file = proposal.call("get_export_file", made["id"])
    data = b"".join(files.kept(file["key"], file["size"]))
    assert hashlib.sha256(data).hexdigest() == shown["sha256"]
    return data


def rows_of(data: bytes, format_: str, folder: Path) -> list[dict[str, str]]:
    """A file's rows as an import sees them."""
    file = folder / f"out-{uuid.uuid4().hex}.{format_}"
    file.write_bytes(data)
    with sheets.open_sheet(file, SUGGESTIONS) as sheet:
        rows = list(sheet)
    assert not any(one.faults for one in rows)
    return [{k: v for k, v in one.values.items() if v} for one in rows]


@pytest.mark.parametrize("format_", sheets.FORMATS)
def test_what_goes_out_comes_in_again(
    proposal: Harness, tmp_path: Path, serve: Callable[[Any], Harness], format_: str
) -> None:
    """An export is the same import: nothing new here, and the same rows in another database."""
    run(proposal, write(tmp_path / "a.csv", [row(n, title=f"={n}(合成)") for n in range(4)]))
    proposal.call(
        "submit_suggestion",
        {
            "year": 2023,
            "author_kind": "resident",
            "channel": "site",
            "aspect": "traffic",
            "title": "-停车(合成)",
            "text": "'=引号\n换行",
            "place": {"division": "330106"},
            "happened_on": "2022-11-02",
        },
    )
    data = written(proposal, format_)
    file = tmp_path / f"again.{format_}"
    file.write_bytes(data)
    checked, _ = run(proposal, file)
    assert (checked.new, checked.same, checked.difference_count) == (0, 5, 0)
    with proposal.engine.begin() as connection:
        connection.execute(sa.delete(proposal.metadata.tables["suggestions"]))
    checked, _ = run(proposal, file)
    assert checked.new == 5
    names = [column.key for column in (*ORIGIN, *CONTENT)]
    first, second = (
        sorted([one.get(n, "") for n in names] for one in rows_of(content, format_, tmp_path))
        for content in (data, written(proposal, format_))
    )
    assert first == second and len(first) == 5


def test_a_csv_has_its_mark_and_no_formula(proposal: Harness, tmp_path: Path) -> None:
    """As spreadsheets want it."""
    run(proposal, write(tmp_path / "a.csv", [row(1, title="=1+1")]))
    data = written(proposal, "csv")
    assert data.startswith("\ufeff来源,来源编号,".encode()) and b",'=1+1," in data


def test_filters_and_order_are_those_of_the_list(proposal: Harness, tmp_path: Path) -> None:
    """The same parameters; what the list would refuse is refused when it is asked for."""
    rows = [row(n, happened_on=f"2022-11-0{n + 1}") for n in range(5)]
    run(proposal, write(tmp_path / "a.csv", rows))
    filters: dict[str, Any] = {
        "from": "2022-11-02",
        "to": "2022-11-04",
        "sort": "-happened_on",
        "year": 2023,
    }
    found = rows_of(written(proposal, "ndjson", **filters), "ndjson", tmp_path)
    assert [one["happened_on"][-1] for one in found] == ["4", "3", "2"]
    for bad in ({"cursor": "x"}, {"state": "unknown"}, {"phone": "1"}):
        with pytest.raises(Invalid) as caught:
            ask(proposal, "csv", **bad)
        assert caught.value.errors[0]["pointer"] == f"/filters/{next(iter(bad))}"


@pytest.mark.parametrize("list_", ALL)
@pytest.mark.parametrize("format_", sheets.FORMATS)
def test_every_list_goes_out_in_every_format(
    proposal: Harness, tmp_path: Path, list_: str, format_: str
) -> None:
    """Each with its rows."""
    suggestion = proposal.call(
        "submit_suggestion",
        {
            "year": 2023,
            "author_kind": "resident",
            "channel": "site",
            "aspect": "traffic",
            "title": "停车(合成)",
            "text": "合成",
            "happened_on": "2022-11-02",
        },
    )
    proposal.call(
        "sort_suggestion", suggestion["id"], {"outcome": "accepted", "happened_on": "2022-12-01"}
    )
    unit = proposal.call("register_unit", {"name": "合成局", "kind": "department"})
    project = {
        "year": 2023,
        "title": "停车泊位(合成)",
        "aspect": "traffic",
        "text": "合成",
        "suggestion_ids": [suggestion["id"]],
        "happened_on": "2022-12-05",
    }
    proposal.call("distil_suggested_project", project)
    body = {
        "year": 2023,
        "name": "停车泊位(合成)",
        "description": "合成",
        "aspect": "traffic",
        "lead_unit_id": unit["id"],
        "budget": {"total_yuan": 10, "year_yuan": 5, "funding_source": "财政(合成)"},
        "due_on": "2023-12-31",
        "sub_items": [{"name": "泊位", "target": None, "unit_of_measure": "个"}],
        "happened_on": "2022-12-10",
    }
    proposal.call("propose_candidate", body, roles=("government", "recorder"))
    data = written(proposal, format_, list_)
    assert len(data) > 50
    if format_ != "xlsx":
        text = data.decode("utf-8-sig")
        assert ("合成局" if list_ == "units" else "停车") in text


def test_only_who_asked_and_the_office_may_fetch_it(proposal: Harness) -> None:
    """To anybody else there is no such export; before it is ready it cannot be fetched."""
    made = ask(proposal, "csv")
    for method in ("get_export", "get_export_file"):
        with pytest.raises(NotFound):
            proposal.call(method, made["id"], roles=("government",), subject="another")
    with pytest.raises(Conflict) as caught:
        proposal.call("get_export_file", made["id"], roles=("government",))
    assert caught.value.code == "export-not-ready"
    exporting.write_all(store(proposal), Files(proposal.settings))
    assert proposal.call("get_export_file", made["id"], roles=("clerk",), subject="another")


def change(proposal: Harness, **values: Any) -> None:
    """Set columns of all exports."""
    with proposal.engine.begin() as connection:
        connection.execute(sa.update(proposal.metadata.tables["exports"]).values(**values))


def test_a_file_goes_after_seven_days(proposal: Harness) -> None:
    """The record stays and says so."""
    made = ask(proposal, "csv")
    files = Files(proposal.settings)
    exporting.write_all(store(proposal), files)
    key = proposal.call("get_export_file", made["id"])["key"]
    file = Path(proposal.settings.files) / key
    assert file.exists()
    change(proposal, ready_at=dt.datetime.now(dt.UTC) - transfer.KEPT - dt.timedelta(minutes=1))
    exporting.write_all(store(proposal), files)
    assert proposal.call("get_export", made["id"])["state"] == "expired" and not file.exists()
    with pytest.raises(Conflict) as caught:
        proposal.call("get_export_file", made["id"])
    assert caught.value.code == "export-expired"


def test_a_list_that_no_file_holds_fails_with_its_reason(
    proposal: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves no file behind."""
    monkeypatch.setattr("services.commons.sheets.writing._LARGEST", 2)
    run(proposal, write(tmp_path / "a.csv", [row(n) for n in range(3)]))
    made = ask(proposal, "xlsx")
    assert exporting.write_all(store(proposal), Files(proposal.settings)) == 0
    shown = proposal.call("get_export", made["id"])
    assert (shown["state"], shown["reason"]) == ("failed", "sheet-too-many-rows")


def test_an_export_whose_writer_is_killed_is_begun_again(proposal: Harness, tmp_path: Path) -> None:
    """Once the writer has been silent for its lease; not before, and not for ever."""
    run(proposal, write(tmp_path / "a.csv", [row(n) for n in range(4000)]), chunk=1000)
    made = ask(proposal, "ndjson")
    url = proposal.engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
    environ = {**os.environ, "MINSHENG_DATABASE_URL": url, "MINSHENG_DATA_DIR": str(tmp_path)}
    line = [sys.executable, "-m", "services.proposal.transfer.exporting"]
    process = subprocess.Popen(line, env=environ, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while proposal.call("get_export", made["id"])["state"] == "waiting" and time.monotonic() < end:
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert proposal.call("get_export", made["id"])["state"] == "writing"
    files = Files(proposal.settings)
    assert exporting.write_all(store(proposal), files) == 0
    change(proposal, beat_at=dt.datetime.now(dt.UTC) - transfer.LEASE - dt.timedelta(seconds=1))
    subprocess.run(line, env=environ, check=True, stderr=subprocess.DEVNULL)
    shown = proposal.call("get_export", made["id"])
    assert (shown["state"], shown["rows"]) == ("ready", 4000)
    change(proposal, state="writing", attempts=transfer.ATTEMPTS)
    change(proposal, beat_at=dt.datetime.now(dt.UTC) - transfer.LEASE - dt.timedelta(seconds=1))
    assert exporting.write_all(store(proposal), files) == 0
    assert proposal.call("get_export", made["id"])["reason"] == "writer-ended"


def test_a_writer_that_was_silent_too_long_gives_way(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another has begun: the first one's file is not taken for the export."""
    made = ask(proposal, "csv")
    files = Files(proposal.settings)
    keep = Files.keep

    def slowly(self: Files, key: str, file: Path) -> None:
        keep(self, key, file)
        monkeypatch.undo()
        change(proposal, beat_at=dt.datetime.now(dt.UTC) - transfer.LEASE * 2)
        assert exporting.write_all(store(proposal), files) == 1

    monkeypatch.setattr(Files, "keep", slowly)
    assert exporting.write_all(store(proposal), files) == 0
    file = proposal.call("get_export_file", made["id"])
    assert file["key"].endswith("-2.csv")
    assert kept(proposal) == [file["key"].removeprefix("exports/")]


def kept(proposal: Harness) -> list[str]:
    """The names of the exports' files that lie in the store."""
    folder = Path(proposal.settings.files) / "exports"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_a_slow_store_does_not_cost_the_writer_its_export(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a file is being kept its writer goes on saying that it lives."""
    made = ask(proposal, "csv")
    files = Files(proposal.settings)
    keep = Files.keep

    def slowly(self: Files, key: str, file: Path) -> None:
        change(proposal, beat_at=dt.datetime.now(dt.UTC) - transfer.LEASE * 2)
        time.sleep(1)
        assert exporting.write_all(store(proposal), files) == 0
        keep(self, key, file)

    monkeypatch.setattr(exporting, "BEAT", 0.05)
    monkeypatch.setattr(Files, "keep", slowly)
    assert exporting.write_all(store(proposal), files) == 1
    assert proposal.call("get_export_file", made["id"])["key"].endswith("-1.csv")


def test_a_file_that_cannot_be_dropped_is_dropped_later(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export has expired only when its files are gone, those of ended writers too."""
    made = ask(proposal, "csv")
    files = Files(proposal.settings)
    change(proposal, attempts=1)
    exporting.write_all(store(proposal), files)
    (Path(proposal.settings.files) / "exports" / f"{made['id']}-1.csv").write_bytes(b"")
    assert len(kept(proposal)) == 2
    change(proposal, ready_at=dt.datetime.now(dt.UTC) - transfer.KEPT - dt.timedelta(minutes=1))

    def away(self: Files, key: str) -> None:
        raise Unavailable("files-unavailable", "away")

    monkeypatch.setattr(Files, "drop", away)
    with pytest.raises(Unavailable):
        exporting.write_all(store(proposal), files)
    assert proposal.call("get_export", made["id"])["state"] == "ready"
    monkeypatch.undo()
    exporting.write_all(store(proposal), files)
    assert proposal.call("get_export", made["id"])["state"] == "expired" and kept(proposal) == []


def test_what_fails_leaves_no_file(proposal: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither after the store has broken off, nor after writers that were ended."""
    made = ask(proposal, "csv")
    files = Files(proposal.settings)
    keep = Files.keep

    def broken(self: Files, key: str, file: Path) -> None:
        keep(self, key, file)
        raise Unavailable("files-unavailable", "away")

    monkeypatch.setattr(Files, "keep", broken)
    assert exporting.write_all(store(proposal), files) == 0
    assert proposal.call("get_export", made["id"])["reason"] == "files-unavailable"
    assert kept(proposal) == []
    folder = Path(proposal.settings.files) / "exports"
    for attempt in range(1, transfer.ATTEMPTS + 1):
        (folder / f"{made['id']}-{attempt}.csv").write_bytes(b"")
    change(proposal, state="waiting", attempts=transfer.ATTEMPTS)
    assert exporting.write_all(store(proposal), files) == 0
    assert proposal.call("get_export", made["id"])["reason"] == "writer-ended"
    assert kept(proposal) == []


def test_no_list_has_a_column_that_tells_who_a_resident_is() -> None:
    """Neither contacts nor pseudonyms nor who of the staff entered it."""
    for one in LISTS.values():
        names = {column.key for column in one.columns}
        assert not names & {"author", "entered_by", "sorted_by", "matched_by", "phone", "contact"}


def test_reading_is_one_moment(proposal: Harness, tmp_path: Path) -> None:
    """What is imported while a file is written is not in it."""
    run(proposal, write(tmp_path / "a.csv", [row(n) for n in range(1500)]), chunk=1500)
    export = transfer.Export.ask(
        asked_by="x", recorded_at=dt.datetime.now(dt.UTC), list="suggestions", format="csv",
        filters={},
    )  # fmt: skip
    rows = exporting._rows(store(proposal), LISTS["suggestions"], export)
    next(rows)
    run(proposal, write(tmp_path / "b.csv", [row(5000)]))
    assert sum(1 for _ in rows) == 1499


def test_importing_and_exporting_know_the_same_columns(proposal: Harness) -> None:
    """Every column of the query has its column in the sheet."""
    query = LISTS["suggestions"].query({})
    made = {"wgs84_longitude", "wgs84_latitude"}
    given = {"given_longitude", "given_latitude"}
    assert {c.name for c in query.selected_columns} - given == {c.key for c in SUGGESTIONS} - made
