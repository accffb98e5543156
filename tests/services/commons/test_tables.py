"""Tables as CSV, XLSX, and the syntax by which SPSS and Stata read the CSV."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.commons.sheets import NUMBER, Field, Table, to_do, to_sps, to_xlsx

WORDS = st.text("满意abc'\"`,.=1\n", max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of text, of codes with labels and of numbers."""
    labels = draw(st.dictionaries(st.sampled_from(["yes", "no", "maybe"]), WORDS, min_size=1))
    fields = (
        Field("name", draw(WORDS)),
        Field("answer", draw(WORDS), labels=labels),
        Field("number", draw(WORDS), NUMBER),
    )
    numbers = st.none() | st.integers(0, 10**9) | st.sampled_from([0.5, 99.21, 12.125])
    row = st.tuples(st.none() | WORDS, st.none() | st.sampled_from(sorted(labels)), numbers)
    return Table("counts", draw(WORDS), fields, tuple(draw(st.lists(row, max_size=5))))


def read(table: Table) -> list[list[str]]:
    """The CSV as any reader has it, without the header."""
    return list(csv.reader(io.StringIO(table.to_csv().decode("utf-8-sig"), newline="")))[1:]


def as_written(value: Any) -> str:
    """A value as it stands in the CSV, before formulas are made harmless."""
    return "" if value is None else str(value)


@given(tables())
def test_nothing_is_lost_on_the_way(table: Table) -> None:
    """As data and back it is the same; the CSV has every value, formulas made harmless."""
    assert Table.from_data(table.to_data()) == table
    expected = [[as_written(value) for value in row] for row in table.rows]
    assert [[cell.removeprefix("'") for cell in row] for row in read(table)] == [
        [cell.removeprefix("'") for cell in row] for row in expected
    ]


def parsed_sps(text: str) -> tuple[list[tuple[str, str]], dict[str, str], dict[str, set[str]]]:
    """Variables with their formats, their labels, and the codes that have labels."""
    head, _, rest = text.partition("VARIABLE LABELS\n")
    variables = re.findall(r"^    (\w+) ([AF][\d.]+?)\.?$", head, re.MULTILINE)
    titles, *coded = re.split(r"^VALUE LABELS ", rest, flags=re.MULTILINE)
    quoted = r"'((?:[^']|'')*)'"
    named = dict(re.findall(rf"^  (\w+) {quoted}", titles, re.MULTILINE))
    codes = {
        part.split("\n", 1)[0]: set(re.findall(rf"^  {quoted} ", part, re.MULTILINE))
        for part in coded
    }
    return variables, named, codes


@given(tables())
def test_spss_reads_the_csv(table: Table) -> None:
    """As many variables as columns, wide enough for every value; each code has its label."""
    variables, named, codes = parsed_sps(to_sps(table, "counts.csv"))
    assert [name for name, _ in variables] == [one.key for one in table.fields]
    assert named.keys() == {one.key for one in table.fields}
    assert codes == {one.key: set(one.labels) for one in table.fields if one.labels}
    for row in read(table):
        for cell, (_, form) in zip(row, variables, strict=True):
            width, _, decimals = form[1:].partition(".")
            assert len(cell.encode()) <= int(width)
            if form[0] == "F" and cell:
                assert len(f"{float(cell):.{decimals}f}") <= int(width)
                assert float(f"{float(cell):.{decimals}f}") == float(cell)


@given(tables())
def test_stata_reads_the_csv(table: Table) -> None:
    """Columns are renamed by place; numbers become numbers; each code its number and label."""
    text = to_do(table, "counts.csv")
    renamed = dict(re.findall(r"^rename v(\d+) (\w+)$", text, re.MULTILINE))
    assert [renamed[str(n)] for n in range(1, len(table.fields) + 1)] == [
        one.key for one in table.fields
    ]
    assert re.findall(r"^destring (\w+), replace$", text, re.MULTILINE) == ["number"]
    numbers = dict(re.findall(r'^replace answer_n = (\d+) if answer == `"(.*)"\'$', text, re.M))
    defined = re.findall(r"^label define answer_l (\d+) `\".*\"', add$", text, re.MULTILINE)
    assert set(numbers.values()) == set(table.fields[1].labels)
    assert list(numbers) == defined


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    """Titles, numbers and texts; a text that begins as a formula stays text."""
    fields = (Field("name", "名称"), Field("number", "数", NUMBER))
    first = Table("first", "逐项", fields, (("=1+1", 3), ("满意", None), ("(合成)", 0)))
    book = load_workbook(io.BytesIO(to_xlsx([first, Table("second", "方法", fields, ())])))
    assert book.sheetnames == ["逐项", "方法"]
    rows = [[cell.value for cell in row] for row in book["逐项"].iter_rows()]
    assert rows == [["名称", "数"], ["=1+1", 3], ["满意", None], ["(合成)", 0]]
    assert book["逐项"]["A2"].data_type == "s"


def test_a_table_is_whole() -> None:
    """A row that has other values than there are fields is no row of it."""
    with pytest.raises(ValueError):
        Table("key", "题", (Field("a", "甲"),), ((1, 2),))
