"""Rows of a sheet as forms: what is read, and what is told of what cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.sheets import Row, open_sheet, writer
from services.survey.model.form import Form
from services.survey.transfer.alike import LENGTH, Alike
from services.survey.transfer.columns import Columns
from services.survey.transfer.rows import Faulty, Paper, Reader, counted_of

from ..offline_sample import GRADE, ITEMS, STARS, form, household


def row(**values: str) -> Row:
    """A row of the plain form, whose lines are a to f."""
    cells = {
        f"grade:{id_}": values.pop(name, "满意") for name, id_ in zip("abcdef", ITEMS, strict=True)
    }
    return Row(2, {"form": "1"} | cells | values)


def read(values: Row, of: Form | None = None) -> tuple[str, Any, list[str]]:
    """What a row counts for."""
    of = of or form()
    return counted_of(of.keys(), Reader(of).paper(values).counted)


def test_names_and_codes_and_widths_are_read_alike() -> None:
    """What people type for an option."""
    for cell in ("满意", "satisfied", " 满意 ", "SATISFIED", "satisfied"):
        condition, reading, _ = read(row(a=cell))
        assert (condition, reading.marks[f"grade:{ITEMS[0]}"]) == ("marked", "satisfied")


def test_blank_and_void_lines() -> None:
    """A blank is no mark; nor is a void line, and it is known as such."""
    _, reading, void = read(row(a="", b="废"))
    assert [reading.marks[f"grade:{id_}"] for id_ in ITEMS[:2]] == [None, None]
    assert void == [f"grade:{ITEMS[1]}"]


def test_a_form_that_is_not_marked() -> None:
    """Its lines must be empty."""
    empty = dict.fromkeys("abcdef", "")
    assert read(row(condition="废票", **empty)) == ("void", None, [])
    with pytest.raises(Faulty) as refused:
        read(row(condition="空白票"))
    assert len(refused.value.faults) == 6


def test_a_fault_tells_where_and_what_would_fit_and_no_answer() -> None:
    """In both languages; the cell's own text may be an answer to something, so it is not told."""
    with pytest.raises(Faulty) as refused:
        read(row(a="very secret", b="another"))
    first, second = refused.value.faults
    assert (first.line, first.column) == (2, f"grade:{ITEMS[0]}")
    assert "满意" in first.zh and "satisfied" in first.en
    assert "secret" not in first.told() + second.told()


@pytest.mark.parametrize("number", ["", "张三", "13800000000", "330102199001011234", "1 2"])
def test_a_form_is_known_by_no_persons_number(number: str) -> None:
    """Names, mobile telephones and identity cards are refused."""
    with pytest.raises(Faulty):
        Reader(form()).number(Row(2, {"form": number}))


def test_a_spreadsheet_may_drop_leading_zeros() -> None:
    """The form is the same."""
    reader = Reader(form())
    assert {reader.number(Row(2, {"form": n})) for n in ("007", "7", "7")} == {"7"}


def test_every_kind_of_question(tmp_path: Path) -> None:
    """A sheet by the template's titles gives the cell, the marks and the text."""
    asked = household()
    columns = Columns(asked).all
    path = tmp_path / "forms.csv"
    grades = ["满意"] * 5 + ["不满意"]
    said = ["007", "", "60岁及以上", *grades, "是", "食堂、公园", "很好", "2.5", "路灯不亮"]
    with writer("csv", path, columns, title="x") as out:
        out.row(said)
    with open_sheet(path, columns) as sheet:
        (found,) = sheet
    reader = Reader(asked)
    assert reader.number(found) == "7"
    _, reading, void = counted_of(asked.keys(), reader.paper(found).counted)
    assert reading is not None
    assert (reading.cell, void) == ("age=old", [])
    assert reading.marks["which"] == ["canteen", "park"]
    assert (reading.marks["stars"], reading.marks["visits"]) == (5, "2.5")
    assert reading.comments == (("remark", "路灯不亮"),)


def test_a_question_that_was_not_asked() -> None:
    """Its column is empty, or there is a fault under it."""
    asked = household()
    values = {f"grade:{id_}": "满意" for id_ in ITEMS} | {"age": "old", "used": "否"}
    _, reading, _ = read(Row(2, values), asked)
    assert "which" not in reading.marks
    with pytest.raises(Faulty) as refused:
        read(Row(2, values | {"which": "公园"}), asked)
    assert [one.column for one in refused.value.faults] == ["which"]
    assert refused.value.faults[0].en and refused.value.faults[0].zh


def test_titles_are_unique_and_lead_back_to_their_lines() -> None:
    """Also where two questions are asked of items with the same name."""
    asked = form(GRADE, {**STARS, "per": "item"})
    titles = [column.names[0] for column in Columns(asked).all]
    assert len(set(titles)) == len(titles) == 2 + 12
    assert titles[2] == "1. 项目1 总体评价"


def paper(said: str, *, complete: bool = True) -> Paper:
    """A form that says something."""
    return Paper(said, "", complete, straight=False)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 30)), max_size=8))
def test_like_forms_in_a_row_are_noticed(runs: list[tuple[str, int]]) -> None:
    """Every run of so many, with its lines; nothing else."""
    said = "".join(char * length for char, length in runs)
    alike = Alike()
    for line, char in enumerate(said, start=2):
        alike.see(line, paper(char))
    alike.end()
    found = [one["forms"] for one in alike.found]
    merged = [len(part) for part in said.replace("ab", "a|b").replace("ba", "b|a").split("|")]
    assert found == [n for n in merged if n >= LENGTH] and alike.count == len(found)
    assert all(one["last"] - one["first"] == one["forms"] - 1 for one in alike.found)


def test_forms_with_blanks_are_no_run() -> None:
    """A pile of blank forms is a pile of blank forms."""
    alike = Alike()
    for line in range(2 * LENGTH):
        alike.see(line, paper("x", complete=False))
    alike.end()
    assert alike.found == []
