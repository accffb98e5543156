"""Files of forms on both databases: checked whole, counted in chunks, nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from services.commons import clock
from services.commons.aggregate import new_id
from services.commons.errors import Conflict
from services.commons.sheets import Column, writer
from services.survey import nightly
from services.survey.cli import survey as command_line
from services.survey.service import SurveyService
from services.survey.transfer import importing
from services.survey.transfer.alike import LENGTH
from services.survey.transfer.checking import check, hash_of
from services.survey.transfer.spool import Spool

from ....harness import Harness, example
from ..cycle import CLOSES, hear_project
from ..offline_cycle import on_paper, pair, store, tallies

NAMES = {"s": "满意", "b": "基本满意", "d": "不满意", "-": "", "x": "废"}


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service."""
    return serve(SurveyService)


def columns(survey: Harness, asked: dict[str, Any]) -> list[Column]:
    """The columns of the template."""
    found = survey.call("get_import_template", asked["audience_id"])["columns"]
    return [Column(one["key"], (one["title"],)) for one in found]


def write(path: Path, of: list[Column], rows: Iterable[tuple[int, str]]) -> Path:
    """A file of forms: numbers, and a letter a line."""
    with writer(path.suffix[1:], path, of, title="测评表") as out:
        for number, grades in rows:
            out.row([str(number), "", *(NAMES[one] for one in grades)])
    return path


def forms(count: int, first: int = 1) -> list[tuple[int, str]]:
    """So many forms, no two in a row alike."""
    return [(n, "sbd"[n % 3] + "sb"[n % 2] + "s") for n in range(first, first + count)]


def run(survey: Harness, asked: dict[str, Any], file: Path, chunk: int = 4) -> Any:
    """Import as the command does."""
    from services.survey.commands import answer_imports as commands

    bound = store(survey)
    id_ = bound.apply(
        lambda uow: (
            commands.ask_locally(
                uow,
                audience_id=asked["audience_id"],
                sha256=hash_of(file),
                size=file.stat().st_size,
                name=file.name,
                sheet=None,
            ).id
        )
    )
    return importing.run(bound, id_, file, chunk=chunk)


def first_line(survey: Harness, asked: dict[str, Any]) -> dict[str, int]:
    """The counts of the first line."""
    (tally,) = tallies(survey, asked["audience_id"]).values()
    found: dict[str, int] = next(iter(tally.counts.values()))
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ndjson"])
def test_every_form_counts(survey: Harness, tmp_path: Path, kind: str) -> None:
    """By the template's columns, whatever kind of file it is."""
    asked = on_paper(survey)
    file = write(tmp_path / f"a.{kind}", columns(survey, asked), forms(9))
    done = run(survey, asked, file)
    assert (done.state, done.rows, done.written, done.same) == ("done", 9, 9, 0)
    assert first_line(survey, asked) == {
        "satisfied": 3,
        "basically-satisfied": 3,
        "dissatisfied": 3,
    }
    assert tallies(survey, asked["audience_id"])[""].returned == 9


def test_the_same_forms_again_count_once(survey: Harness, tmp_path: Path) -> None:
    """In the same file, and in one that has more of them."""
    asked = on_paper(survey)
    of = columns(survey, asked)
    run(survey, asked, write(tmp_path / "a.csv", of, forms(5)))
    again = run(survey, asked, write(tmp_path / "a.csv", of, forms(5)))
    assert (again.written, again.same) == (0, 5)
    more = run(survey, asked, write(tmp_path / "b.csv", of, forms(8)))
    assert (more.written, more.same) == (3, 5)
    assert tallies(survey, asked["audience_id"])[""].returned == 8


def test_a_number_with_other_content_is_told_and_left(survey: Harness, tmp_path: Path) -> None:
    """Whether it was imported or entered by hand."""
    asked = on_paper(survey)
    of = columns(survey, asked)
    pair(survey, asked, "100", "satisfied")
    run(survey, asked, write(tmp_path / "a.csv", of, [(1, "sss"), (2, "sbs")]))
    file = write(tmp_path / "b.csv", of, [(1, "ddd"), (2, "sbs"), (100, "sss")])
    done = run(survey, asked, file)
    assert (done.written, done.same, done.report["difference_count"]) == (0, 1, 2)
    assert [one["line"] for one in done.report["differences"]] == [2, 4]
    assert first_line(survey, asked)["dissatisfied"] == 0


def test_any_fault_keeps_the_whole_file_out(survey: Harness, tmp_path: Path) -> None:
    """Each is told with line, column and reason in both languages, and no answer."""
    asked = on_paper(survey)
    file = write(tmp_path / "a.csv", columns(survey, asked), [*forms(3), (2, "sss")])
    bad = "张三,,满意,满意,满意\n7,,绝密,满意,满意\n"
    file.write_text(file.read_text("utf-8-sig") + bad, "utf-8")
    done = run(survey, asked, file)
    assert (done.state, done.written) == ("refused", 0)
    told = [(one["line"], one["column"]) for one in done.report["faults"]]
    title = columns(survey, asked)[2].names[0]
    assert sorted(told) == [(5, "A 编号"), (6, "A 编号"), (7, f"C {title}")]
    assert "绝密" not in json.dumps(done.report, ensure_ascii=False)
    assert tallies(survey, asked["audience_id"])[""].returned == 0


def test_straight_and_alike_forms_are_reported_and_counted(survey: Harness, tmp_path: Path) -> None:
    """Five lines alike on a form, and such forms in a row; none is dropped."""
    (sub_item, *_) = example("supervision", "project.adopted.v1")["sub_items"]
    hear_project(survey, id=new_id(), sub_items=[sub_item | {"id": new_id()}])
    asked = on_paper(survey)
    assert len(asked["items"]) == 6
    of = columns(survey, asked)
    file = write(tmp_path / "a.csv", of, [(n, "ssssss") for n in range(LENGTH)])
    done = run(survey, asked, file)
    assert done.report["straight"] == done.written == LENGTH
    assert done.report["alike"] == [{"first": 2, "last": LENGTH + 1, "forms": LENGTH}]
    assert tallies(survey, asked["audience_id"])[""].straight["satisfied"] == LENGTH


QUESTION = {"code": "grade", "kind": "grade", "per": "item", "text": {"zh-CN": "总体评价"}}
AGE = {
    "code": "age",
    "kind": "choice",
    "text": {"zh-CN": "年龄"},
    "options": [
        {"code": "young", "text": {"zh-CN": "60岁以下"}},
        {"code": "old", "text": {"zh-CN": "60岁及以上"}},
    ],
    "required": True,
    "stratum": True,
}


def test_strata_columns_give_the_cell(survey: Harness, tmp_path: Path) -> None:
    """A form without one is refused; one that is not valid belongs in none."""
    asked = on_paper(survey, questions=[AGE, QUESTION])
    of = columns(survey, asked)
    path = tmp_path / "a.csv"
    with writer("csv", path, of, title="x") as out:
        out.row(["1", "", "60岁以下", "满意", "满意", "满意"])
        out.row(["2", "", "old", "不满意", "", "满意"])
        out.row(["3", "废票", "", "", "", ""])
    assert run(survey, asked, path).written == 3
    found = tallies(survey, asked["audience_id"])
    assert {cell: tally.returned for cell, tally in found.items()} == {"age=young": 1, "age=old": 1}
    with writer("csv", path, of, title="x") as out:
        out.row(["4", "", "", "满意", "满意", "满意"])
    assert run(survey, asked, path).report["faults"][0]["column"].startswith("C ")


def test_closing_waits_for_an_unfinished_import(survey: Harness, tmp_path: Path) -> None:
    """Until it is run again, or set aside with a reason."""
    asked = on_paper(survey)
    file = write(tmp_path / "a.csv", columns(survey, asked), forms(4))
    bound = store(survey)
    _ask(survey, asked, file)
    with pytest.raises(Conflict) as refused:
        survey.call("close_audience", asked["audience_id"], {"happened_on": CLOSES})
    assert refused.value.code == "imports-unfinished"
    (waiting,) = survey.call("list_answer_imports", asked["audience_id"], {})["items"]
    survey.call("set_answer_import_aside", waiting["id"], {"reason": "文件有误"})
    survey.call("close_audience", asked["audience_id"], {"happened_on": CLOSES})
    with pytest.raises(Conflict):
        check(bound, asked["audience_id"], file, Spool())


def _ask(survey: Harness, asked: dict[str, Any], file: Path) -> Any:
    """Ask for an import as the gateway does."""
    body = {"sha256": hash_of(file), "size": file.stat().st_size, "name": file.name}
    found = survey.call("import_answers", asked["audience_id"], body)
    store(survey).files.keep(f"sheets/{asked['audience_id']}/{body['sha256']}", file)
    return found


def test_a_stored_file_is_imported_and_goes(survey: Harness, tmp_path: Path) -> None:
    """A process of the service takes it; asked for again it is known."""
    asked = on_paper(survey)
    file = write(tmp_path / "a.xlsx", columns(survey, asked), forms(5))
    waiting = _ask(survey, asked, file)
    bound = store(survey)
    assert importing.import_all(bound) == 1
    done = survey.call("get_answer_import", waiting["id"])
    assert (done["state"], done["written"]) == ("done", 5)
    assert not list((survey.settings.data_dir / "files" / "sheets").rglob("*.*"))
    again = _ask(survey, asked, file)
    importing.import_all(bound)
    assert survey.call("get_answer_import", again["id"])["same"] == 5


def test_a_file_may_be_on_its_way(survey: Harness, tmp_path: Path) -> None:
    """Its import waits; one that never came is refused after a while."""
    asked = on_paper(survey)
    file = write(tmp_path / "a.csv", columns(survey, asked), forms(2))
    waiting = _ask(survey, asked, file)
    bound = store(survey)
    key = f"sheets/{asked['audience_id']}/{hash_of(file)}"
    bound.files.drop(key)
    assert importing.import_all(bound) == 0
    assert survey.call("get_answer_import", waiting["id"])["state"] == "waiting"
    imports = survey.metadata.tables["answer_imports"]
    with survey.engine.begin() as connection:
        long_ago = clock.now() - 2 * importing.ARRIVES
        connection.execute(imports.update().values(asked_at=long_ago))
    importing.import_all(bound)
    found = survey.call("get_answer_import", waiting["id"])
    assert found["report"]["refusal"]["code"] == "sheet-gone"


def test_what_is_no_sheet_is_refused(survey: Harness, tmp_path: Path) -> None:
    """With the reason in both languages; the next file is taken nevertheless."""
    asked = on_paper(survey)
    book = openpyxl.Workbook()
    book.active.append(["编号", "别的"])
    book.save(tmp_path / "a.xlsx")
    bad = _ask(survey, asked, tmp_path / "a.xlsx")
    importing.import_all(store(survey))
    done = survey.call("get_answer_import", bad["id"])
    assert (done["state"], done["report"]["refusal"]["code"]) == ("refused", "sheet-columns")
    assert done["report"]["faults"]


def test_the_command_checks_and_imports(survey: Harness, tmp_path: Path) -> None:
    """``--dry-run`` writes nothing, not even that it was asked."""
    asked = on_paper(survey)
    file = write(tmp_path / "a.csv", columns(survey, asked), forms(5))
    arguments = ["import", str(file), "--audience", asked["audience_id"]]
    env = {
        "MINSHENG_DATABASE_URL": survey.engine.url.render_as_string(hide_password=False),
        "MINSHENG_DATA_DIR": str(survey.settings.data_dir),
    }
    tried = CliRunner().invoke(command_line, [*arguments, "--dry-run"], env=env)
    assert tried.exit_code == 0 and "新 new: 5" in tried.output, tried.output
    assert survey.call("list_answer_imports", asked["audience_id"], {})["items"] == []
    done = CliRunner().invoke(command_line, [*arguments, "--as", "teller"], env=env)
    assert done.exit_code == 0 and "counted in all: 5" in done.output, done.output
    (kept,) = survey.call("list_answer_imports", asked["audience_id"], {})["items"]
    assert (kept["asked_by"], kept["state"]) == ("teller", "done")
    file.write_text("编号,别的\n1,2\n", "utf-8")
    refused = CliRunner().invoke(command_line, arguments, env=env)
    assert refused.exit_code == 1 and "别的" in refused.output


def test_numbers_are_forgotten_after_the_closing(survey: Harness, tmp_path: Path) -> None:
    """In the night, all of them; only counts stay."""
    asked = on_paper(survey)
    run(survey, asked, write(tmp_path / "a.csv", columns(survey, asked), forms(5)))
    numbers = survey.metadata.tables["imported_forms"].select()
    left = []
    for night in range(2):
        if night:
            survey.call("close_audience", asked["audience_id"], {"happened_on": CLOSES})
        nightly.forget_numbers(store(survey))
        with survey.engine.connect() as connection:
            left.append(len(connection.execute(numbers).all()))
    assert left == [5, 0]


def test_killed_at_any_moment_every_form_counts_once(survey: Harness, tmp_path: Path) -> None:
    """SIGKILL again and again while it checks and counts; the last run ends it, exactly."""
    asked = on_paper(survey)
    rows = forms(3_000)
    file = write(tmp_path / "a.csv", columns(survey, asked), rows)
    command = [sys.executable, "-c", "from services.survey.cli import survey; survey()"]
    command += ["import", str(file), "--audience", asked["audience_id"], "--chunk", "50"]
    env = os.environ | {
        "MINSHENG_DATABASE_URL": survey.engine.url.render_as_string(hide_password=False),
        "MINSHENG_DATA_DIR": str(survey.settings.data_dir),
    }
    chance = random.Random(6)
    seen = set()
    for _ in range(4):
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        before = _returned(survey, asked)
        deadline = time.monotonic() + 30
        while _returned(survey, asked) == before and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(_returned(survey, asked))
    assert len(seen) > 1 and all(n % 50 == 0 for n in seen)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert _returned(survey, asked) == 3_000
    codes = {"s": "satisfied", "b": "basically-satisfied", "d": "dissatisfied"}
    counted = [sum(grades[0] == letter for _, grades in rows) for letter in codes]
    assert first_line(survey, asked) == dict(zip(codes.values(), counted, strict=True))


def _returned(survey: Harness, asked: dict[str, Any]) -> int:
    return int(tallies(survey, asked["audience_id"])[""].returned)
