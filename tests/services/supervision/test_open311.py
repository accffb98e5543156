"""Snaps as Open311 shows them: what is public of them, filters, paging, updates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .pictures import photos, picture, uploaded
from .year import OWN, Year, new

TODAY = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
PLACE = {"longitude": 120.17, "latitude": 30.25}


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit."""
    return Year(serve(SupervisionService))


class Reports:
    """A deputy's snaps of one project."""

    def __init__(self, year: Year) -> None:
        self.year = year
        (self.project_id,) = year.vote("(合成)甲")
        self.deputy = year.deputy(OWN)
        self.seed = 0

    def snap(self, kind: str | None = "facility", *, project: bool = True) -> str:
        """Take one today; its id."""
        self.seed += 1
        made = self.year.call(
            "take_snap",
            deputy_id=self.deputy,
            text=f"(合成)第{self.seed}处路灯不亮",
            kind=kind,
            project_id=self.project_id if project else None,
            place=PLACE,
            photos=photos(uploaded(self.year.service, picture(self.seed))),
            happened_on=TODAY,
        )
        return str(made["id"])

    def act(self, method: str, id_: str, **more: Any) -> Any:
        """A step of the loop, today."""
        return self.year.call(method, id_, happened_on=TODAY, **more)

    def listed(self, **asked: Any) -> list[Any]:
        """As an Open311 client sees them."""
        found = self.year.service.call("open311_requests", asked, roles=())["items"]
        return list(found)


def test_only_offered_kinds_are_services_and_requests(year: Year) -> None:
    """By the rule in force; a snap without a kind is of the others."""
    reports = Reports(year)
    codes = {one["code"] for one in year.service.call("open311_services", roles=())["items"]}
    assert "facility" in codes and "funds" not in codes
    shown, hidden, other = reports.snap(), reports.snap("funds"), reports.snap(None)
    assert {one["id"]: one["code"] for one in reports.listed()} == {
        shown: "facility",
        other: "other",
    }
    for unknown in (hidden, new()):
        with pytest.raises(NotFound):
            year.service.call("open311_request", unknown, roles=())


def test_words_place_and_photo_are_shown_once_they_are_published(year: Year) -> None:
    """Before, a request says no more than that there is one, of what kind and how far it is."""
    reports = Reports(year)
    id_ = reports.snap()
    before = year.service.call("open311_request", id_, roles=())
    private = ("description", "longitude", "latitude", "photo_id")
    assert [before[name] for name in private] == [None] * 4
    assert (before["status"], before["agency"]) == ("open", "(合成)民生局")
    assert before["expected_at"] > before["requested_at"]
    reports.act("handle_opinion", id_, unit_id=year.unit, text="(合成)")
    reports.act("reply_to_opinion", id_, unit_id=year.unit, text="(合成)已修")
    told = year.service.call("open311_request", id_, roles=())
    assert told["status_notes"] == "已答复"
    assert year.service.call("open311_updates", {}, roles=())["items"] == []
    year.call("publish_matter", "opinion", id_, text="(合成)网站", happened_on=TODAY)
    (photo,) = year.service.call("list_photos", {"subject_id": id_})["items"]
    body = {"published": True, "reason": "(合成)", "happened_on": TODAY}
    year.service.call("publish_photo", photo["id"], body)
    after = year.service.call("open311_request", id_, roles=())
    assert after["description"] == "(合成)第1处路灯不亮"
    assert (after["longitude"], after["latitude"]) == (120.17, 30.25)
    assert after["photo_id"] == photo["id"]
    assert after["status_notes"] == "已答复:(合成)已修"
    (update,) = year.service.call("open311_updates", {}, roles=())["items"]
    assert (update["request_id"], update["description"]) == (id_, "(合成)已修")


def test_requests_are_filtered_and_paged(year: Year) -> None:
    """The latest first, each once; a declined snap is closed."""
    reports = Reports(year)
    ids = [reports.snap() for _ in range(3)]
    lost = reports.snap("safety", project=False)
    reports.act("decline_snap", lost, reason="(合成)")
    assert [one["id"] for one in reports.listed()] == [lost, *reversed(ids)]
    assert [one["id"] for one in reports.listed(status="closed")] == [lost]
    assert [one["id"] for one in reports.listed(codes=["safety"])] == [lost]
    assert {one["id"] for one in reports.listed(ids=[ids[0], lost])} == {ids[0], lost}
    pages = [reports.listed(page=str(n), page_size="3") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert reports.listed(end_date="2023-01-01T00:00:00Z") == []
    assert len(reports.listed(start_date="2023-01-01T00:00:00Z")) == 4
    assert reports.listed(updated_before="2023-01-01T00:00:00Z") == []
    assert len(reports.listed(updated_after="2023-01-01T00:00:00Z")) == 4
    for bad in ({"page_size": "1001"}, {"start_date": "yesterday"}, {"ids": ["x"]}):
        with pytest.raises(Invalid):
            reports.listed(**bad)
