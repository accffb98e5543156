"""Bulk import on both databases: checked whole, written in chunks, nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.chassis.cli import main
from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore
from services.commons.errors import Invalid
from services.proposal.service import ProposalService
from services.proposal.transfer import importing
from services.proposal.transfer.command import ROLES
from services.proposal.transfer.rows import digest

from ....harness import Harness
from .files import HEAD, row, write


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """The service with two aspects."""
    harness = serve(ProposalService)
    harness.call("define_aspect", {"code": "elderly-care", "name": "养老"})
    harness.call("define_aspect", {"code": "traffic", "name": "交通"})
    return harness


def store(proposal: Harness) -> BoundStore:
    """The store as the command has it."""
    context = CallContext(principal=Principal("operator", ROLES))
    return BoundStore(proposal.engine, proposal.metadata, proposal.settings, context)


def check(proposal: Harness, file: Path, **options: Any) -> importing.Checked:
    """Check a file."""
    return importing.check(store(proposal), file, **options)


def run(proposal: Harness, file: Path, chunk: int = 3) -> tuple[importing.Checked, Any]:
    """Check a file, and write it."""
    checked = check(proposal, file)
    assert checked.fault_count == 0, checked.faults
    return checked, importing.write(store(proposal), checked, file.name, chunk=chunk)


def count(proposal: Harness, table: str) -> int:
    """Rows of a table."""
    query = sa.select(sa.func.count()).select_from(proposal.metadata.tables[table])
    with proposal.engine.execution_options(reading=True).connect() as connection:
        return connection.execute(query).scalar_one()


def told(proposal: Harness) -> int:
    """Events of suggestions in the outbox."""
    outbox = proposal.metadata.tables["outbox"]
    query = sa.select(sa.func.count()).where(outbox.c.routing_key.startswith("suggestion."))
    with proposal.engine.execution_options(reading=True).connect() as connection:
        return connection.execute(query).scalar_one()


def test_every_row_becomes_a_suggestion_with_its_event(proposal: Harness, tmp_path: Path) -> None:
    """The same suggestion and the same event as one that is submitted."""
    file = write(tmp_path / "a.csv", [row(n) for n in range(7)])
    checked, done = run(proposal, file)
    assert (checked.rows, checked.new, done.written, done.state) == (7, 7, 7, "done")
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "hotline",
        "aspect": "elderly-care",
        "title": row(3)["title"],
        "text": row(3)["text"],
        "beneficiaries": "老人",
        "place": {
            "division": "330106",
            "longitude": 120.15,
            "latitude": 30.28,
            "datum": "GCJ-02",
        },
        "happened_on": "2022-11-01",
    }
    by_hand = proposal.call("submit_suggestion", body, subject="operator")
    shown = proposal.call("list_suggestions", {"q": "食堂 3"})["items"]
    own = ("id", "recorded_at", "source", "source_id")
    first, second = ({k: v for k, v in one.items() if k not in own} for one in shown)
    assert first == second
    events = proposal.events("suggestion.submitted.v1")
    assert len(events) == 8 and {e.version for e in events} == {1}
    mine = next(e for e in events if e.subject == by_hand["id"])
    other = next(e for e in events if e.subject == shown[0]["id"])
    assert {**mine.data, "id": ""} == {**other.data, "id": ""}


def test_the_same_file_again_makes_nothing(proposal: Harness, tmp_path: Path) -> None:
    """Neither rows nor events, also under another name or as another kind of file."""
    file = write(tmp_path / "a.csv", [row(n) for n in range(5)])
    run(proposal, file)
    book = openpyxl.Workbook()
    book.active.append(list(HEAD.values()))
    for n in range(5):
        book.active.append(list(row(n, longitude=120.15, latitude=30.28, year=2023).values()))
    book.save(tmp_path / "b.xlsx")
    for again in (file, tmp_path / "b.xlsx"):
        checked, done = run(proposal, again)
        assert (checked.new, checked.same, checked.difference_count) == (0, 5, 0)
        assert done.state == "done"
    assert count(proposal, "suggestions") == len(proposal.events("suggestion.submitted.v1")) == 5
    assert count(proposal, "imports") == 2


def test_a_changed_row_is_reported_and_left(proposal: Harness, tmp_path: Path) -> None:
    """The number is known, the words are others: a difference, not an overwriting."""
    run(proposal, write(tmp_path / "a.csv", [row(1), row(2)]))
    changed = write(tmp_path / "b.csv", [row(1, title="另一件(合成)"), row(2), row(3)])
    checked, done = run(proposal, changed)
    assert (checked.new, checked.same, done.written) == (1, 1, 1)
    (difference,) = checked.differences
    assert (difference.line, difference.column) == (2, "B 来源编号")
    titles = [one["title"] for one in proposal.call("list_suggestions", {})["items"]]
    assert "另一件(合成)" not in titles and len(titles) == 3


def test_what_was_sorted_since_is_still_the_same_row(proposal: Harness, tmp_path: Path) -> None:
    """A row is compared with what it said, not with what became of it."""
    file = write(tmp_path / "a.csv", [row(1)])
    run(proposal, file)
    (made,) = proposal.call("list_suggestions", {})["items"]
    sorting = {"outcome": "accepted", "aspect": "traffic", "happened_on": "2022-12-01"}
    proposal.call("sort_suggestion", made["id"], sorting)
    checked, _ = run(proposal, file)
    assert (checked.same, checked.difference_count) == (1, 0)


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"title": ""}, "标题", "缺少内容"),
    ({"title": "长" * 121}, "标题", "长度应为 1 至 120"),
    ({"text": "a\x07"}, "内容", "控制字符"),
    ({"year": "二〇二三"}, "年度", "不是有效数字"),
    ({"happened_on": "2022-13-01"}, "提出日期", "不是有效日期"),
    ({"happened_on": "2199-01-01"}, "提出日期", "尚未发生"),
    ({"aspect": "unknown"}, "方面", "没有代码为 unknown"),
    ({"channel": "fax!"}, "渠道", "没有名为“fax!”的渠道,现有:"),
    ({"channel": "传真"}, "渠道", "没有名为“传真”的渠道,现有:"),
    ({"aspect": "教育"}, "方面", "没有名为“教育”的方面,现有:交通、养老"),
    ({"channel": "fax"}, "渠道", "没有代码为 fax"),
    ({"channel": "session"}, "渠道", "不接受此类提出人"),
    ({"author_kind": "神仙"}, "提出人类别", "应为下列之一"),
    ({"author_kind": "代表", "channel": "session"}, "代表编号", "代表建议须注明代表"),
    ({"deputy_id": "nobody"}, "代表编号", "不是有效编号"),
    ({"deputy_id": str(uuid.UUID(int=1))}, "代表编号", "代表"),
    (
        {"author_kind": "代表", "channel": "session", "deputy_id": str(uuid.UUID(int=1))},
        "代表编号",
        "没有该代表",
    ),
    ({"division": "33010"}, "区划代码", "格式不符"),
    ({"longitude": "east"}, "经度", ""),
    ({"latitude": "95"}, "纬度", "应在 -90 与 90 之间"),
    ({"latitude": ""}, "纬度", "须与另一坐标同时填写"),
    ({"division": ""}, "区划代码", "缺少内容"),
    ({"datum": "北京54"}, "坐标系", "应为下列之一"),
    ({"round_id": str(uuid.UUID(int=1))}, "征集编号", "不存在"),
    ({"activity_id": str(uuid.UUID(int=1))}, "活动编号", "不存在"),
    ({"longitude": "30.28", "latitude": "120.15"}, "纬度", "应在 -90 与 90 之间"),
    ({"longitude": "30.28", "latitude": "80"}, "经度", "经度与纬度似乎颠倒"),
    ({"title": "\u200b"}, "标题", "看不见"),
    ({"source_id": ""}, "来源编号", "应为 1 至 120"),
    ({"source": ""}, "来源", "应为 1 至 60"),
    ({"source_id": "S000000"}, "来源编号", "与第 2 行编号重复"),
]


def test_every_bad_row_is_reported_and_nothing_is_written(
    proposal: Harness, tmp_path: Path
) -> None:
    """Each with line, column and reason in both languages."""
    rows = [row(0), *(row(n + 1, **changes) for n, (changes, _, _) in enumerate(BAD)), row(99)]
    checked = check(proposal, write(tmp_path / "a.csv", rows))
    assert (checked.rows, checked.new) == (len(BAD) + 2, 2)
    by_line: dict[int, list[Any]] = {}
    for fault in checked.faults:
        by_line.setdefault(fault.line, []).append(fault)
    told_in = [fault.line for fault in checked.faults]
    assert told_in == sorted(told_in)
    # Each text of two lines takes two lines of the file; that is where a person finds it.
    lines = [2]
    for one in rows[:-1]:
        lines.append(lines[-1] + 1 + one["text"].count("\n"))
    for line, (changes, column, reason) in zip(lines[1:-1], BAD, strict=True):
        found = by_line.pop(line)
        assert [f.column.partition(" ")[2] for f in found] == [column], changes
        assert reason in found[0].zh and found[0].en, changes
    assert by_line == {}
    assert count(proposal, "suggestions") == told(proposal) == 0


def test_a_row_for_a_closed_round_is_refused(proposal: Harness, tmp_path: Path) -> None:
    """The round that it names must be open on its day; without one it finds the open round."""
    made = proposal.call(
        "open_round",
        {
            "year": 2023,
            "kind": "concentrated",
            "name": "四季度集中征集(合成)",
            "starts_on": "2022-10-01",
            "ends_on": "2022-11-05",
        },
    )
    rows = [
        row(1, round_id=made["id"]),
        row(2, round_id=made["id"], happened_on="2022-11-06"),
        row(3, round_id=made["id"], year="2024"),
    ]
    checked = check(proposal, write(tmp_path / "a.csv", rows))
    assert (checked.new, checked.fault_count) == (1, 2)
    assert [fault.line for fault in checked.faults] == [4, 6]
    assert [fault.column.partition(" ")[2] for fault in checked.faults] == ["征集编号"] * 2
    again = write(tmp_path / "b.csv", [row(1), row(2, happened_on="2022-11-06")])
    (fault,) = check(proposal, again).faults
    assert (fault.line, fault.column.partition(" ")[2]) == (4, "征集编号")
    assert "2022-11-05" in fault.zh
    run(proposal, write(tmp_path / "c.csv", [row(1), row(2, year="2024")]))
    listed = proposal.call("list_suggestions", {"round": made["id"]})["items"]
    assert [one["happened_on"] for one in listed] == ["2022-11-01"]


def test_an_unknown_name_is_told_with_those_that_there_are(
    proposal: Harness, tmp_path: Path
) -> None:
    """At most twenty, with how many there are; the row's other faults are told with it."""
    for number in range(23):
        proposal.call("define_aspect", {"code": f"a-{number}", "name": f"方面{number:02}"})
    file = write(tmp_path / "a.csv", [row(1, aspect="教\x1b[1m育", title="")])
    faults = {f.column.partition(" ")[2]: f for f in check(proposal, file).faults}
    assert faults.keys() == {"方面", "标题"}
    said = faults["方面"]
    assert said.zh.count("、") == said.en.count(",") == 19
    assert "等 25 个" in said.zh and "and 5 more" in said.en and "教?[1m育" in said.zh


def test_without_aspects_it_is_said_that_there_are_none(
    serve: Callable[[Any], Harness], tmp_path: Path
) -> None:
    """As in a system that has just been set up."""
    empty = serve(ProposalService)
    (fault,) = check(empty, write(tmp_path / "a.csv", [row(1)])).faults
    assert "没有名为“养老”的方面,尚未设立任何方面" in fault.zh and "none is there yet" in fault.en


def test_a_formula_stops_the_import(proposal: Harness, tmp_path: Path) -> None:
    """It is named with its cell."""
    book = openpyxl.Workbook()
    book.active.append(list(HEAD.values()))
    book.active.append([*list(row(1, title="=HYPERLINK(1)").values())])
    book.save(tmp_path / "a.xlsx")
    checked = check(proposal, tmp_path / "a.xlsx")
    assert checked.fault_count == 1 and "H2" in checked.faults[0].zh


def test_gb18030_and_english_headers_are_read(proposal: Harness, tmp_path: Path) -> None:
    """As spreadsheets in China save them."""
    head = {key: key.upper().replace("_", " ") for key in HEAD if key != "source"}
    days = ["2022/11/1", "2022年11月1日", "2022-11-01"]
    rows = [row(n, happened_on=day) for n, day in enumerate(days)]
    file = write(tmp_path / "a.csv", rows, head=head, encoding="gb18030")
    checked = check(proposal, file, source="合成")
    assert (checked.new, checked.fault_count) == (3, 0)


def test_two_runs_at_once_are_one_import(proposal: Harness, tmp_path: Path) -> None:
    """Both have checked before either wrote; the second writes what the first did not."""
    file = write(tmp_path / "a.csv", [row(n) for n in range(10)])
    first, second = check(proposal, file), check(proposal, file)
    importing.write(store(proposal), first, "a.csv", chunk=4)
    done = importing.write(store(proposal), second, "b.csv", chunk=3)
    assert done.written == count(proposal, "suggestions") == 10
    assert len(proposal.events("suggestion.submitted.v1")) == 10 and count(proposal, "imports") == 1


def command(proposal: Harness, *args: str) -> Any:
    """The command line, in this process."""
    environ = {
        "MINSHENG_DATABASE_URL": str(proposal.engine.url.render_as_string(hide_password=False)),
        "MINSHENG_DATA_DIR": str(proposal.settings.data_dir),
    }
    environ["MINSHENG_DATABASE_URL"] = environ["MINSHENG_DATABASE_URL"].replace("+psycopg2", "")
    return CliRunner(env=environ).invoke(main, ["proposal", "import", *args])


def test_the_command_says_what_it_found(proposal: Harness, tmp_path: Path) -> None:
    """Faults: exit 1 and nothing written, at most a thousand shown; a dry run writes nothing."""
    bad = write(tmp_path / "bad.csv", [row(n, title="") for n in range(1200)])
    said = command(proposal, str(bad))
    assert said.exit_code == 1
    assert said.output.count("缺少内容 Missing data") == 1000
    assert "200 处 more" in said.output and "1200 处有误" in said.output
    good = write(tmp_path / "good.csv", [row(1)])
    assert command(proposal, str(good), "--dry-run").exit_code == 0
    assert count(proposal, "suggestions") == 0
    assert "written in all: 1" in command(proposal, str(good)).output
    wrong = write(tmp_path / "wrong.csv", [], head={**HEAD, "phone": "电话"})
    said = command(proposal, str(wrong))
    assert said.exit_code == 1 and "/1/R 电话" in said.output


def test_a_file_of_a_million_rows_is_refused(proposal: Harness, tmp_path: Path) -> None:
    """With one clear sentence before any is checked, and nothing written."""
    file = tmp_path / "a.csv"
    with file.open("w") as out:
        out.write("来源编号,年度,提出人类别,渠道,方面,标题,内容,提出日期\n")
        for _ in range(100):
            out.write(",,,,,,x,\n" * 10_000)
    began = time.monotonic()
    with pytest.raises(Invalid) as caught:
        importing.check(store(proposal), file)
    assert caught.value.code == "sheet-too-many-rows" and time.monotonic() - began < 15
    assert count(proposal, "suggestions") == 0


@pytest.mark.parametrize("seconds", [0.0, 0.15])
def test_an_import_that_is_killed_and_begun_again_is_one_import(
    proposal: Harness, tmp_path: Path, seconds: float
) -> None:
    """Kill -9 while it writes: the rest is written by the next run, with one event a row."""
    number = 3000
    file = write(tmp_path / "a.csv", [row(n) for n in range(number)])
    url = proposal.engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
    environ = {**os.environ, "MINSHENG_DATABASE_URL": url, "MINSHENG_DATA_DIR": str(tmp_path)}
    line = [sys.executable, "-m", "services.chassis.cli", "proposal", "import", str(file)]
    process = subprocess.Popen(
        [*line, "--chunk", "20"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    end = time.monotonic() + 60
    while count(proposal, "suggestions") == 0 and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    written = count(proposal, "suggestions")
    assert 0 < written < number
    assert told(proposal) == written
    done = subprocess.run(line, env=environ, capture_output=True, text=True, check=True)
    assert f"same: {written}" in done.stdout and f"all: {number}" in done.stdout
    assert count(proposal, "suggestions") == told(proposal) == number
    assert count(proposal, "imports") == 1
    outbox = proposal.metadata.tables["outbox"]
    with proposal.engine.execution_options(reading=True).connect() as connection:
        of_suggestions = outbox.c.routing_key.startswith("suggestion.")
        bodies = connection.execute(sa.select(outbox.c.body).where(of_suggestions)).scalars()
        assert len({json.loads(body)["subject"] for body in bodies}) == number


def test_what_is_not_said_changes_no_hash() -> None:
    """A column that a later release adds, and the round that was found; but nought is said."""
    said = {"year": 2023, "place": {"longitude": 0.0}}
    later = {**said, "draft": False, "contact": None, "attachments": [], "round_id": "x"}
    assert digest(said) == digest(later)
    assert digest(said) != digest({"year": 2023, "place": {}})
