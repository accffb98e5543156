"""A score as tables: nothing counted is lost, nothing suppressed comes back."""

from __future__ import annotations

import csv
import io
import re

from services.commons.sheets import to_do, to_sps
from services.survey.model.result.tables import counts, workbook

from .sample import OPTIONS, PROJECT, SUB_ITEM, method, score


def test_every_count_stands_in_the_table() -> None:
    """Each group, line and mark once, blanks too; the sums are the forms returned."""
    table = counts(score(), method())
    rows = [dict(zip((one.key for one in table.fields), row, strict=True)) for row in table.rows]
    graded = [r for r in rows if r["question"] == "grade" and r["stratum"] is None]
    assert len(graded) == 2 * 2 * (len(OPTIONS) + 1)
    for group, returned in (("all-deputies", 126), ("residents", 40)):
        mine = [r["number"] for r in graded if r["audience"] == group and r["item_id"] == PROJECT]
        assert sum(n for n in mine if isinstance(n, int)) == returned
    (first, *_) = graded
    assert (first["option"], first["number"], first["percent"]) == ("satisfied", 125, 99.21)
    (other,) = (r for r in rows if r["question"] == "often")
    assert (other["audience"], other["item_id"], other["number"]) == ("residents", None, 12)
    assert (first["option_name"], other["option_name"]) == ("满意", "每天")


def test_each_dimension_has_its_rows() -> None:
    """A form that asks in several dimensions is told by them, and not as one count."""
    told = score()
    for line in told["groups"][1]["items"]:
        parts = {"quality": (10, 5, 5), "speed": (20, 0, 0)}
        line["dimensions"] = [
            {
                "code": code,
                "counts": dict(zip(OPTIONS, marks, strict=True)),
                "blank": 20,
                "denominator": 20,
            }
            for code, marks in parts.items()
        ]
    table = counts(told, method())
    rows = [dict(zip((one.key for one in table.fields), row, strict=True)) for row in table.rows]
    mine = [r for r in rows if r["audience"] == "residents" and r["stratum"] is None]
    assert [r["question"] for r in mine[:8]] == ["quality"] * 4 + ["speed"] * 4
    assert [r["number"] for r in mine[:8]] == [10, 5, 5, 20, 20, 0, 0, 20]


def test_a_suppressed_cell_has_no_number() -> None:
    """It is named, so that nobody takes it for nobody; its counts are not told."""
    table = counts(score(), method())
    rows = [dict(zip((one.key for one in table.fields), row, strict=True)) for row in table.rows]
    shown, hidden = (r for r in rows if r["stratum"] == "age")
    assert (shown["cell"], shown["number"], shown["suppressed"]) == ("60+", 17, 0)
    assert (hidden["cell"], hidden["number"], hidden["suppressed"]) == ("18-35", None, 1)
    assert hidden["option"] is None
    assert (shown["cell_name"], hidden["cell_name"]) == ("60岁及以上", "18至35岁")
    (few,) = (r for r in rows if r["question"] == "why")
    assert (few["item_id"], few["option"], few["number"]) == (SUB_ITEM, None, None)
    assert few["suppressed"] == 1


def test_the_workbook_has_its_sheets() -> None:
    """Lines, groups, projects with the whole, counts, consequences, notices, definitions."""
    sheets = {one.key: one for one in workbook(score(), method())}
    assert list(sheets) == [
        "items",
        "groups",
        "projects",
        "counts",
        "consequences",
        "notices",
        "definitions",
    ]
    assert sheets["items"].column("n1") == [125, 122, 30, 20]
    assert sheets["groups"].column("sampling") == ["census", "open"]
    assert sheets["projects"].column("exact") == ["125/126", "123/125"]
    defined = {str(name): text for name, text in sheets["definitions"].rows}
    assert defined["top1"] == "满意 ÷ 收回"
    assert sheets["consequences"].column("then") == ["限期整改、再次测评"]
    assert '"denominator":"returned"' in str(defined["办法参数"])


def test_the_syntax_fits_the_csv() -> None:
    """SPSS and Stata name as many variables as the CSV has columns, and label all its codes."""
    table = counts(score(), method())
    header, *rows = csv.reader(io.StringIO(table.to_csv().decode("utf-8-sig"), newline=""))
    variables = re.findall(r"^    (\w+) ([AF])\d+", to_sps(table, "score.csv"), re.MULTILINE)
    assert len(variables) == len(header)
    assert len(re.findall(r"^rename v\d+ ", to_do(table, "score.csv"), re.MULTILINE)) == len(header)
    for place, (name, kind) in enumerate(variables):
        cells = [row[place] for row in rows if row[place]]
        if kind == "F":
            assert all(re.fullmatch(r"[\d.]+", cell) for cell in cells)
        if name in ("audience", "item_kind"):
            labels = next(one.labels for one in table.fields if one.key == name)
            assert set(cells) <= set(labels)
