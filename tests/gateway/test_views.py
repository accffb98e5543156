"""The views over HTTP: links, media types, and an export that no spreadsheet runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest

from gateway.app import create_app
from gateway.links import PATHS, linked
from gateway.routes.views import COLUMNS
from services.chassis import development_key, settings
from services.supervision.schemas.views import MatterTimes


class Gateway:
    """The application with a stand-in that gives prepared answers, one a call."""

    def __init__(self, data_dir: Path) -> None:
        self.settings = settings.load("gateway", {"MINSHENG_DATA_DIR": str(data_dir)})
        self.answers: list[dict[str, Any]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.app = create_app(self.settings, self._call)

    def _call(self, service: str, method: str, *args: Any, context: Any, deadline: float) -> Any:
        self.asked.append((method, *args))
        return self.answers.pop(0)

    def get(self, path: str) -> Any:
        """GET as a clerk."""
        token = development_key.token(self.settings, "me", ["clerk"], dt.timedelta(hours=1))
        return self.app.test_client().get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application."""
    return Gateway(tmp_path)


def test_every_link_leads_to_something_that_can_be_read(gateway: Gateway) -> None:
    """Each path is one of the application's."""
    known = {
        re.sub("<[^>]*>", "{id}", rule.rule)
        for rule in gateway.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    assert set(PATHS.values()) <= known


def test_what_cannot_be_read_by_itself_has_no_link() -> None:
    """And what can has its own."""
    known, unknown = linked([{"record": "visit", "id": "1"}, {"record": "nothing", "id": "2"}])
    assert (known["link"], unknown["link"]) == ("/v1/visits/1", None)


def test_the_map_is_geojson(gateway: Gateway) -> None:
    """By its media type, too."""
    gateway.answers = [{"type": "FeatureCollection", "features": []}]
    answer = gateway.get("/v1/map?bbox=120,30,121,31")
    assert (answer.status_code, answer.mimetype) == (200, "application/geo+json")
    assert gateway.asked == [("get_map", {"bbox": "120,30,121,31"})]


def test_the_export_is_one_csv_of_all_pages_that_runs_nothing(gateway: Gateway) -> None:
    """With the mark of UTF-8 and titles in Chinese; a name like a formula is neutral."""
    assert set(COLUMNS) == set(MatterTimes().fields) - {"class_"} | {"class"}
    row = dict.fromkeys(COLUMNS) | {"id": "1", "project": "=1+1"}
    gateway.answers = [
        {"items": [row], "next": "there"},
        {"items": [row | {"id": "2"}], "next": None},
    ]
    answer = gateway.get("/v1/supervision-statistics/matters.csv?year=2023")
    assert answer.data.startswith("\ufeff".encode())
    head, one, two = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head == list(COLUMNS.values())
    assert (one[1], two[1], one[2]) == ("1", "2", "'=1+1")
    assert gateway.asked[1] == ("list_matter_times", {"year": "2023", "cursor": "there"})
