"""Sheets: what is read and written, and what is refused before it can do harm."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.commons import sheets
from services.commons.errors import Invalid
from services.commons.sheets import archive, text

COLUMNS = (
    sheets.Column("title", ("标题",), required=True),
    sheets.Column("text", ("内容", "正文"), required=True),
    sheets.Column("day", ("日期",)),
    sheets.Column("id", ("编号",), ignored=True),
)


def read(path: Path, **options: Any) -> list[sheets.Row]:
    """All rows."""
    with sheets.open_sheet(path, COLUMNS, **options) as sheet:
        return list(sheet)


def values(path: Path) -> list[dict[str, str]]:
    """All rows' values; there must be no faults."""
    rows = read(path)
    assert not any(row.faults for row in rows)
    return [row.values for row in rows]


def refused(path: Path, **options: Any) -> Invalid:
    """Why a file is refused."""
    with pytest.raises(Invalid) as caught:
        read(path, **options)
    assert caught.value.zh != caught.value.en
    return caught.value


def workbook(path: Path, *rows: list[Any]) -> Path:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


# What is read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_delimiters_of_spreadsheets(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """UTF-8 with and without its mark, GB18030; comma, semicolon, tab."""
    file = tmp_path / "表.csv"
    lines = [["标题", "Text "], ["停车难", "小区,夜间;无位"], ["𠮷", '说"好"']]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines]
    file.write_bytes("\r\n".join(delimiter.join(q) for q in quoted).encode(encoding))
    assert values(file) == [
        {"title": "停车难", "text": "小区,夜间;无位"},
        {"title": "𠮷", "text": '说"好"'},
    ]


def test_a_line_is_where_the_record_begins(tmp_path: Path) -> None:
    """Line breaks inside a cell and blank lines are counted."""
    file = tmp_path / "a.csv"
    file.write_text('标题,内容\n甲,"一\n二\n三"\n\n, \n乙,四\n', "utf-8")
    assert [row.line for row in read(file)] == [2, 7]


def test_a_workbook_gives_text_whatever_its_cells_are(tmp_path: Path) -> None:
    """Days in ISO form, whole numbers without a point, blanks as blanks."""
    file = workbook(
        tmp_path / "a.xlsx",
        ["标题*", "正文", "日期"],
        [2023.0, 120.15, dt.date(2022, 11, 1)],
        [],
        [True, None, "2022-11-02"],
    )
    assert values(file) == [
        {"title": "2023", "text": "120.15", "day": "2022-11-01"},
        {"title": "true", "text": "", "day": "2022-11-02"},
    ]
    assert [row.line for row in read(file)] == [2, 4]


def test_a_worksheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    """The first without a name; an unknown name is refused with those that there are."""
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    book.create_sheet("数据").append(["标题", "内容"])
    book["数据"].append(["甲", "乙"])
    book.save(tmp_path / "a.xlsx")
    assert len(read(tmp_path / "a.xlsx", sheet="数据")) == 1
    assert refused(tmp_path / "a.xlsx").code == "sheet-columns"
    error = refused(tmp_path / "a.xlsx", sheet="别的")
    assert error.code == "sheet-unknown" and "数据" in error.zh


# What is written comes back

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("kind", ["csv", "ndjson"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS).filter(lambda r: "".join(r).strip()), max_size=5))
def test_any_text_comes_back_as_it_was(
    tmp_path: Path, kind: str, rows: list[tuple[str, str]]
) -> None:
    """Written as CSV or NDJSON and read again, whatever the cells hold."""
    file = tmp_path / f"a.{kind}"
    with sheets.writer(kind, file, COLUMNS[:2], title="表") as sheet:
        for row in rows:
            sheet.row(row)
    assert values(file) == [{"title": a, "text": b} for a, b in rows]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    """Never another failure than the typed one."""
    for name, head in (("a.csv", b"title,text\n"), ("a.ndjson", b""), ("b.xlsx", b"PK\x03\x04")):
        file = tmp_path / name
        file.write_bytes(head + content)
        try:
            read(file)
        except Invalid as exc:
            assert exc.code.startswith("sheet-")  # noqa: PT017


def test_a_broken_workbook_is_refused_wherever_it_breaks(tmp_path: Path) -> None:
    """Each byte of its parts may be wrong; the error is a typed one."""
    good = workbook(tmp_path / "a.xlsx", ["标题", "内容"], ["甲", "乙"])
    with zipfile.ZipFile(good) as archive_:
        parts = {name: archive_.read(name) for name in archive_.namelist()}
    for name, content in parts.items():
        for changed in (b"", content[: len(content) // 2], content.replace(b"<", b">", 3)):
            with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as out:
                for other, data in parts.items():
                    out.writestr(other, changed if other == name else data)
            try:
                read(tmp_path / "b.xlsx")
            except Invalid as exc:
                assert exc.code.startswith("sheet-")  # noqa: PT017


def test_a_workbook_comes_back_as_it_was(tmp_path: Path) -> None:
    """Text, also such as looks like a formula or a number, numbers, days, nothing."""
    file = tmp_path / "a.xlsx"
    with sheets.writer("xlsx", file, COLUMNS[:3], title="建议") as sheet:
        sheet.row(["=1+1", "007", dt.date(2023, 2, 22)])
        sheet.row([-1, " 甲\n乙 ", None])
        sheet.row(["bell \x07", 0, None])
    assert values(file) == [
        {"title": "=1+1", "text": "007", "day": "2023-02-22"},
        {"title": "-1", "text": " 甲\n乙 "},
        {"title": "bell \ufffd", "text": "0"},
    ]
    assert openpyxl.load_workbook(file).active["A2"].data_type == "s"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "'=", "''+"])
def test_no_cell_of_a_csv_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    """An apostrophe stands before it in the file, and is gone when the file is read here."""
    file = tmp_path / "a.csv"
    with sheets.writer("csv", file, COLUMNS[:2], title="表") as sheet:
        sheet.row([start + "cmd|' /C calc'!A0", -3.5])
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'" + start)
    assert values(file) == [{"title": start + "cmd|' /C calc'!A0", "text": "-3.5"}]
    assert text.plain("'twas") == "'twas"


# What is refused


def test_unknown_doubled_and_missing_columns_are_all_named(tmp_path: Path) -> None:
    """Each with its line and column."""
    file = tmp_path / "a.csv"
    file.write_text("\n标题,title,电话\n", "utf-8")
    error = refused(file)
    assert error.code == "sheet-columns"
    assert [e["pointer"] for e in error.errors] == ["/2/B title", "/2/C 电话", "/2/内容"]


def test_a_value_under_no_title_is_a_fault_of_its_row(tmp_path: Path) -> None:
    """The other rows stay good."""
    file = tmp_path / "a.csv"
    file.write_text("标题,内容\n甲,乙\n丙,丁,戊\n", "utf-8")
    good, bad = read(file)
    assert not good.faults
    assert (bad.faults[0].line, bad.faults[0].column) == (3, "C")


def test_formulas_errors_and_shortened_numbers_name_their_cell(tmp_path: Path) -> None:
    """Only plain values are data."""
    file = workbook(
        tmp_path / "a.xlsx",
        ["标题", "内容", "日期"],
        ["=1+1", "#N/A", 12345678901234567],
        ["甲", "乙", None],
    )
    bad, good = read(file)
    assert [f.column for f in bad.faults] == ["A 标题", "B 内容", "C 日期"]
    assert "A2" in bad.faults[0].en and "公式" in bad.faults[0].zh
    assert not good.faults


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    """A gigabyte of blanks in a megabyte is refused from the directory, at once."""
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("xl/workbook.xml", "<workbook/>")
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(b" " * 10_000_000)
    tracemalloc.start()
    began = time.monotonic()
    assert refused(file).code == "sheet-too-large"
    assert time.monotonic() - began < 1 and tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_parts_and_a_lying_directory_are_refused(tmp_path: Path) -> None:
    """Parts are counted; a part is never unpacked beyond what the directory declares."""
    file = tmp_path / "many.xlsx"
    with zipfile.ZipFile(file, "w") as out:
        for number in range(archive.ENTRIES + 1):
            out.writestr(f"{number}", b"")
    assert refused(file).code == "sheet-too-large"
    good = workbook(tmp_path / "a.xlsx", ["标题", "内容"], ["甲" * 5000, "乙"])
    raw = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as held:
        info = held.getinfo("xl/worksheets/sheet1.xml")
    place = raw.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert int.from_bytes(raw[place + 24 : place + 28], "little") == info.file_size
    raw[place + 24 : place + 28] = (100).to_bytes(4, "little")
    (tmp_path / "lie.xlsx").write_bytes(raw)
    assert refused(tmp_path / "lie.xlsx").code == "sheet-malformed"


def test_entities_do_not_expand(tmp_path: Path) -> None:
    """A document type with entities is refused."""
    good = workbook(tmp_path / "a.xlsx", ["标题", "内容"], ["甲", "乙"])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with zipfile.ZipFile(good) as held, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as out:
        for name in held.namelist():
            data = held.read(name)
            out.writestr(name, bomb + data if "sheet1" in name else data)
    assert refused(tmp_path / "b.xlsx").code == "sheet-malformed"


def test_macros_passwords_and_old_workbooks_are_refused_by_name(tmp_path: Path) -> None:
    """Each with what to do about it."""
    good = workbook(tmp_path / "a.xlsx", ["标题", "内容"])
    with zipfile.ZipFile(good, "a") as out:
        out.writestr("xl/vbaProject.bin", b"x")
    assert refused(good).code == "sheet-macros"
    compound = tmp_path / "b.xlsx"
    compound.write_bytes(archive.COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert refused(compound).code == "sheet-encrypted"
    compound.write_bytes(archive.COMPOUND + b"\0" * 600)
    assert refused(compound).code == "sheet-kind"


def test_a_million_rows_are_refused_quickly(tmp_path: Path) -> None:
    """By its declaration a workbook, by counting any other file, without holding it, at once."""
    file = tmp_path / "a.csv"
    with file.open("w") as out:
        out.write("标题,内容\n")
        for _ in range(1000):
            out.write("甲,乙\n" * 1000)
    tracemalloc.start()
    with pytest.raises(Invalid) as caught, sheets.open_sheet(file, COLUMNS):
        raise AssertionError("it was opened")
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "sheet-too-many-rows" and "200,000" in caught.value.zh
    assert held < 10_000_000

    book = tmp_path / "a.xlsx"
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))
    made = workbook(tmp_path / "b.xlsx", ["标题", "内容"])
    with zipfile.ZipFile(made) as held_, zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as out_:
        for name in held_.namelist():
            data = held_.read(name).decode()
            if "sheet1" in name:
                start, end = data.index("<sheetData>"), data.index("</sheetData>")
                data = data[:start] + "<sheetData>" + rows + data[end:]
                data = data.replace('ref="A1:B1"', 'ref="A1:B1000000"')
            out_.writestr(name, data)
    began = time.monotonic()
    assert refused(book).code in ("sheet-too-many-rows", "sheet-too-large")
    assert time.monotonic() - began < 1


def test_a_workbook_that_hides_its_size_is_counted(tmp_path: Path) -> None:
    """Rows that leap, and a row of endless cells, are refused whatever the declaration says."""
    made = workbook(tmp_path / "a.xlsx", ["标题", "内容"], ["甲", "乙"])
    leap = '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    wide = '<row r="3">' + "<c/>" * 20_000 + "</row>"
    far = '<row r="3"><c r="XFD3"><v>1</v></c></row>'
    for rows, code in ((leap, "too-many-rows"), (wide, "too-wide"), (far, "too-wide")):
        with zipfile.ZipFile(made) as held, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as out:
            for name in held.namelist():
                data = held.read(name).decode()
                out.writestr(name, data.replace("</sheetData>", rows + "</sheetData>"))
        assert refused(tmp_path / "b.xlsx").code == "sheet-" + code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-empty"),
        (b"\xff\xfet\x00", "sheet-encoding"),
        ("标题,内容\n甲,".encode() + b"\xff\xff\n", "sheet-encoding"),
        ('标题,内容\n甲,"乙'.encode(), "sheet-csv"),
        ('标题,内容\n"甲"乙,丙'.encode(), "sheet-csv"),
        ('标题,内容\n甲,"'.encode() + b"a" * 2_000_000, "sheet-record-too-long"),
        (b"PK\x03\x04 no zip", "sheet-malformed"),
    ],
    ids=range(7),
)
def test_what_is_no_sheet_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    """Nothing is read on, nothing fails otherwise."""
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    assert refused(file).code == code


def test_an_ndjson_line_that_is_no_flat_object_is_a_fault(tmp_path: Path) -> None:
    """Nested values, doubled and unknown names are faults of their line."""
    file = tmp_path / "a.ndjson"
    lines = ['{"title":"甲","text":1.50}', '{"title":{}}', '{"title":"a","title":"b"}', "[]"]
    file.write_text("\n".join([*lines, '{"phone":"1"}']), "utf-8")
    rows = read(file)
    assert rows[0].values == {"title": "甲", "text": "1.50"}
    assert [len(row.faults) for row in rows] == [0, 1, 1, 1, 1]


def test_rows_are_counted_and_not_their_lines(tmp_path: Path) -> None:
    """As many rows as may be, of several lines each and with blank ones between, are read."""
    for name, line in (("a.csv", '"甲\n丁\n戊",乙\n,\n\n'), ("a.ndjson", '{"title": "甲"}\n\n')):
        file = tmp_path / name
        file.write_text(("标题,内容\n" if name == "a.csv" else "") + line * 3)
        with sheets.open_sheet(file, COLUMNS, rows=3) as sheet:
            assert len(list(sheet)) == 3
        with pytest.raises(Invalid) as caught, sheets.open_sheet(file, COLUMNS, rows=2):
            raise AssertionError("it was opened")
        assert caught.value.code == "sheet-too-many-rows"
