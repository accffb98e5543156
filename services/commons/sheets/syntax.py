"""Syntax by which SPSS (.sps) and Stata (.do) read a table's CSV file, with its titles and labels.

Both are plain text, so no library is needed to write them, and whoever has R or Python reads the
CSV as it is.  Variables are read by their place: the header is in Chinese, their names are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from .table import NUMBER, Field, Table


def to_sps(table: Table, file: str) -> str:
    """SPSS syntax that reads ``file``, in UTF-8."""
    return "\n".join(_sps(table, file)) + "\n"


def to_do(table: Table, file: str) -> str:
    """A Stata do-file (from version 14 on) that reads ``file``, in UTF-8."""
    return "\n".join(_do(table, file)) + "\n"


def _sps(table: Table, file: str) -> Iterator[str]:
    yield f"* {_line(table.title)}."
    yield f"GET DATA /TYPE=TXT /FILE={_single(file)} /ENCODING='UTF8'"
    yield "  /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2"
    yield "  /VARIABLES="
    for place, one in enumerate(table.fields):
        end = "." if place == len(table.fields) - 1 else ""
        yield f"    {one.key} {_format(table, one)}{end}"
    yield "VARIABLE LABELS"
    for place, one in enumerate(table.fields):
        end = "." if place == len(table.fields) - 1 else ""
        yield f"  {one.key} {_single(one.name)}{end}"
    for one in table.fields:
        if one.labels:
            yield f"VALUE LABELS {one.key}"
            yield from _labelled(one)
    yield "EXECUTE."


def _labelled(one: Field) -> Iterator[str]:
    for place, (code, label) in enumerate(one.labels.items()):
        end = "." if place == len(one.labels) - 1 else ""
        yield f"  {_single(code)} {_single(label)}{end}"


def _format(table: Table, one: Field) -> str:
    values = [value for value in table.column(one.key) if value is not None]
    if one.kind == NUMBER:
        halves = [str(value).partition(".") for value in values]
        whole = max((len(before) for before, _, _ in halves), default=1)
        places = max((len(after) for _, _, after in halves), default=0)
        return f"F{whole + places + bool(places)}.{places}"
    codes = [str(value) for value in values] + list(one.labels)
    return f"A{max((len(text.encode()) + 1 for text in codes), default=1)}"


def _do(table: Table, file: str) -> Iterator[str]:
    yield f"* {_line(table.title)}"
    yield "version 14"
    yield f'import delimited using "{file}", clear delimiters(",") encoding("UTF-8") ///'
    yield "    varnames(nonames) rowrange(2) bindquote(strict) stringcols(_all)"
    for place, one in enumerate(table.fields, start=1):
        yield f"rename v{place} {one.key}"
        yield f"label variable {one.key} {_double(one.name)}"
        if one.kind == NUMBER:
            yield f"destring {one.key}, replace"
        elif one.labels:
            yield from _coded(one)


def _coded(one: Field) -> Iterator[str]:
    """Stata labels numbers only: a second variable has them, beside the codes themselves."""
    yield f"generate int {one.key}_n = ."
    for number, (code, label) in enumerate(one.labels.items(), start=1):
        yield f"replace {one.key}_n = {number} if {one.key} == {_double(code)}"
        yield f"label define {one.key}_l {number} {_double(label)}, add"
    yield f"label values {one.key}_n {one.key}_l"
    yield f"label variable {one.key}_n {_double(one.name)}"


def _single(text: str) -> str:
    return "'" + _line(text).replace("'", "''") + "'"


def _double(text: str) -> str:
    """A compound quotation, in which Stata takes quotes as they are."""
    return '`"' + _line(text).replace("`", "'") + "\"'"


def _line(text: str) -> str:
    return " ".join(text.split())
