"""The report at the gateway: as DOCX, its charts as SVG, and links to the records of a figure."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from gateway.routes.report_figures import LINKS
from services.commons.charts import BARS, Chart, Series
from services.commons.documents import DOCX, Document, Heading
from services.supervision.model.report import figures, registry
from tests.services.commons.test_documents import DAY

from .test_app import Gateway

CHART = Chart("years", BARS, "(合成)比较", "条", ("甲",), (Series("本年", (1,)),))


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """A gateway."""
    return Gateway(tmp_path)


def bearer(gateway: Gateway, role: str) -> dict[str, str]:
    """The header of somebody in a role."""
    return {"Authorization": f"Bearer {gateway.token(role)}"}


def test_the_report_is_got_as_docx(gateway: Gateway) -> None:
    """A file named by the report's title; deputies and staff only."""
    document = Document("(合成)报告", "", (Heading(2, "一、甲"), CHART), "", DAY)
    gateway.answer = {"title": "(合成)报告", "document": document.to_data()}
    path = "/v1/reports/2023/document"
    assert gateway.client.get(path).status_code == 401
    answer = gateway.client.get(path, headers=bearer(gateway, "clerk"))
    assert answer.content_type == DOCX
    assert answer.headers["Content-Disposition"].endswith("%E6%8A%A5%E5%91%8A.docx")
    assert docx.Document(io.BytesIO(answer.data)).paragraphs[0].text == "(合成)报告"


def test_a_chart_is_got_as_svg_without_a_token(gateway: Gateway) -> None:
    """What it shows is public as the figures are; nothing in it may run."""
    gateway.answer = CHART.to_data()
    answer = gateway.client.get("/v1/reports/2023/charts/years.svg?as_of=2023-12-27")
    assert answer.mimetype == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "(合成)比较" in answer.get_data(as_text=True)
    assert gateway.calls[-1][:3] == (
        "supervision",
        "get_report_chart",
        (2023, "years", {"as_of": "2023-12-27"}),
    )


def test_every_link_leads_somewhere(gateway: Gateway) -> None:
    """Each is a path of the API that can be got."""
    ids = {
        "id": "11111111-1111-4111-8111-111111111111",
        "of": "22222222-2222-4222-8222-222222222222",
    }
    paths = gateway.app.url_map.bind("localhost")
    for template in LINKS.values():
        assert paths.test(template.format(**ids), "GET"), template


def test_every_kind_of_record_that_figures_count_is_linked() -> None:
    """But those that no resource shows one by one."""
    assert len(figures.NAMES) == len(registry.DEFINITIONS), "all have registered themselves"
    kinds = {definition.of for definition in registry.DEFINITIONS}
    assert kinds - set(LINKS) == {"deadline", "sign-in"}


def test_records_of_a_figure_are_linked(gateway: Gateway) -> None:
    """Where a record has no resource of its own, the link is to what it belongs to, or null."""
    id_, of = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
    kinds = ("opinion", "attendance", "online-check")
    items = [{"kind": kind, "id": id_, "of": of, "line": id_} for kind in kinds]
    gateway.answer = {"items": items, "next": "abc"}
    answer = gateway.client.get(
        "/v1/reports/2023/figures/supervision.online.opinions/records",
        headers=bearer(gateway, "auditor"),
    )
    assert [one["link"] for one in answer.get_json()["items"]] == [
        f"/v1/opinions/{id_}",
        f"/v1/visits/{of}/attendances",
        None,
    ]
    assert answer.headers["Link"].endswith('?cursor=abc>; rel="next"')
