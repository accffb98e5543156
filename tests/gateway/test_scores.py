"""A score at the gateway: its files and charts, for everybody and as what they are."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from services.commons.charts import BARS, Chart, Series
from tests.services.survey.model.result.sample import method, score

from .test_app import Gateway

ID = "3f0c1c2e-5d0b-4a55-8a46-0c2d8f3a1b01"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """A gateway."""
    return Gateway(tmp_path)


@pytest.fixture
def tables() -> dict[str, Any]:
    """What the service gives of the sample."""
    from services.survey.model.result.tables import counts, workbook

    return {
        "counts": counts(score(), method()).to_data(),
        "sheets": [one.to_data() for one in workbook(score(), method())],
    }


def test_a_score_is_got_as_csv_with_the_syntax_that_reads_it(
    gateway: Gateway, tables: dict[str, Any]
) -> None:
    """Under the name that the syntax reads, with as many columns as it names."""
    gateway.answer = tables
    got = gateway.client.get(f"/v1/questionnaires/{ID}/score.csv")
    assert got.mimetype == "text/csv"
    assert got.headers["Content-Disposition"] == 'attachment; filename="score.csv"'
    header, *rows = csv.reader(io.StringIO(got.data.decode("utf-8-sig"), newline=""))
    assert len(rows) == len(tables["counts"]["rows"])
    sps = gateway.client.get(f"/v1/questionnaires/{ID}/score.sps").get_data(as_text=True)
    do = gateway.client.get(f"/v1/questionnaires/{ID}/score.do").get_data(as_text=True)
    assert "'score.csv'" in sps and '"score.csv"' in do
    assert do.count("rename v") == len(header)


def test_a_score_is_got_as_a_workbook(gateway: Gateway, tables: dict[str, Any]) -> None:
    """With its sheets in order."""
    gateway.answer = tables
    got = gateway.client.get(f"/v1/questionnaires/{ID}/score.xlsx")
    book = load_workbook(io.BytesIO(got.data))
    assert book.sheetnames == [one["title"] for one in tables["sheets"]]
    assert book["逐项"]["C2"].value == "project"


def test_a_chart_is_got_as_svg(gateway: Gateway) -> None:
    """Public as the score is: the service says when; nothing in it may run."""
    gateway.answer = Chart(
        "years", BARS, "(合成)各年度", "%", ("2023年",), (Series("满意率", (99,)),)
    ).to_data()
    got = gateway.client.get(f"/v1/questionnaires/{ID}/charts/years.svg")
    assert got.mimetype == "image/svg+xml"
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert gateway.calls[-1][:3] == ("survey", "get_score_chart", (ID, "years"))
