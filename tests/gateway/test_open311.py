"""Open311 GeoReport v2 as its clients see it: XML and JSON, errors in its own form, reports."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from services.commons.errors import Invalid, NotFound, Unavailable

from .test_app import Gateway

ROOT = "/open311/v2"
ID, PHOTO = str(uuid.uuid4()), str(uuid.uuid4())
HASH = "ab" * 32
SERVICES = {"items": [{"code": "facility", "name": "设施", "description": "设施损坏"}]}
REQUEST = {
    "id": ID,
    "status": "open",
    "status_notes": "已转办",
    "code": "facility",
    "name": "设施",
    "agency": "(合成)民生局",
    "requested_at": "2023-05-16T08:00:00+08:00",
    "updated_at": "2023-05-17T00:00:00+08:00",
    "expected_at": "2023-05-23T23:59:59+08:00",
    "description": "(合成)<路灯> & 不亮",
    "longitude": 120.17,
    "latitude": 30.25,
    "photo_id": PHOTO,
}
REPORT = {
    "jurisdiction_id": "330100",
    "service_code": "facility",
    "lat": "30.25",
    "long": "120.17",
    "description": "(合成)路灯不亮",
    "media_url": f"https://example.cn/v1/files/{HASH}",
}


class Open311(Gateway):
    """The gateway with services that answer as supervision does."""

    answers: dict[str, Any]

    def _call(self, service: str, method: str, *args: Any, context: Any, deadline: float) -> Any:
        self.calls.append((service, method, args, context))
        answer = self.answers[method]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def gateway(tmp_path: Path) -> Open311:
    """The application."""
    made = Open311(tmp_path)
    update: dict[str, Any] = {"id": PHOTO, "request_id": ID, "status": "closed"}
    update |= {"updated_at": REQUEST["updated_at"], "description": "(合成)已修"}
    made.answers = {
        "open311_services": SERVICES,
        "open311_requests": {"items": [REQUEST]},
        "open311_request": REQUEST,
        "open311_updates": {"items": [update]},
        "take_snap": {"id": ID},
    }
    return made


def xml(response: Any) -> ET.Element:
    """The document, which must be UTF-8 and say so."""
    assert response.content_type == "text/xml; charset=utf-8"
    assert response.data.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return ET.fromstring(response.data)


def test_services_are_listed_in_both_forms(gateway: Open311) -> None:
    """And each has a definition, without attributes."""
    root = xml(gateway.client.get(f"{ROOT}/services.xml?jurisdiction_id=330100"))
    assert (root.tag, root[0].tag) == ("services", "service")
    assert {child.tag: child.text for child in root[0]} == {
        "service_code": "facility",
        "service_name": "设施",
        "description": "设施损坏",
        "metadata": "false",
        "type": "realtime",
        "keywords": None,
        "group": None,
    }
    (told,) = gateway.client.get(f"{ROOT}/services.json").get_json()
    assert (told["service_code"], told["metadata"]) == ("facility", False)
    defined = xml(gateway.client.get(f"{ROOT}/services/facility.xml"))
    assert (defined.tag, defined.findtext("service_code")) == ("service_definition", "facility")
    assert gateway.client.get(f"{ROOT}/services/other.xml").status_code == 404


def test_a_request_has_all_that_the_specification_names(gateway: Open311) -> None:
    """Words that look like XML stay words; what is not known is empty."""
    for path in ("requests.xml", f"requests/{ID}.xml"):
        root = xml(gateway.client.get(f"{ROOT}/{path}"))
        assert (root.tag, root[0].tag) == ("service_requests", "request")
        shown = {child.tag: child.text for child in root[0]}
        assert shown["description"] == "(合成)<路灯> & 不亮"
        assert (shown["lat"], shown["long"]) == ("30.25", "120.17")
        assert shown["media_url"] == f"http://localhost/v1/published-photos/{PHOTO}/image"
        assert shown["service_request_id"] == ID and shown["address"] is None
        assert shown["expected_datetime"] == "2023-05-23T23:59:59+08:00"
    (told,) = gateway.client.get(f"{ROOT}/requests.json").get_json()
    assert set(told) == set(shown) and told["zipcode"] is None


def test_the_usual_filters_are_passed_on(gateway: Open311) -> None:
    """Lists by commas; both states are no filter."""
    path = f"{ROOT}/requests.json?service_code=facility,safety&status=closed&page=2&page_size=50"
    gateway.client.get(f"{path}&updated_after=2023-05-16T00:00:00Z")
    gateway.client.get(f"{ROOT}/requests.json?status=open,closed")
    (_, _, (first,), _), (_, _, (second,), _) = gateway.calls
    assert first == {
        "codes": ["facility", "safety"],
        "status": "closed",
        "page": "2",
        "page_size": "50",
        "updated_after": "2023-05-16T00:00:00Z",
    }
    assert second == {}


def test_updates_tokens_and_discovery(gateway: Open311) -> None:
    """A token is the request's id, which it has at once."""
    root = xml(gateway.client.get(f"{ROOT}/servicerequestupdates.xml"))
    assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")
    assert root[0].findtext("description") == "(合成)已修"
    (token,) = gateway.client.get(f"{ROOT}/tokens/{ID}.json").get_json()
    assert token == {"service_request_id": ID, "token": ID}
    found = xml(gateway.client.get(f"{ROOT}/discovery.xml"))
    formats = [one.text for one in found.iter("format")]
    assert formats == ["text/xml", "application/json"]
    for told in ("changeset", "contact", "key_service", "endpoints/endpoint/changeset"):
        assert found.findtext(told)


def test_ids_override_all_other_arguments(gateway: Open311) -> None:
    """As the specification says; a page is still a page."""
    gateway.client.get(
        f"{ROOT}/requests.json?service_request_id={ID},{PHOTO}&service_code=safety&status=closed"
        "&start_date=2023-05-16T00:00:00Z&page=2&page_size=5"
    )
    ((_, _, (asked,), _),) = gateway.calls
    assert asked == {"ids": [ID, PHOTO], "page": "2", "page_size": "5"}


def test_what_is_wrong_is_told_by_the_clients_own_names(gateway: Open311) -> None:
    """Not by those of our bodies, which it never sent."""
    places = ("/place/latitude", "/text", "/photos/0/sha256", "/ids/0", "/page")
    gateway.answers["open311_requests"] = Invalid(
        "body-invalid", "no", "", [{"pointer": place, "detail": "no"} for place in places]
    )
    root = xml(gateway.client.get(f"{ROOT}/requests.xml"))
    told = root[0].findtext("description") or ""
    for name in ("/lat: ", "/description: ", "/media_url: ", "/service_request_id: ", "/page: "):
        assert name in told
    assert "/place" not in told and "/ids" not in told


def test_a_deputys_report_becomes_a_snap_of_hers(gateway: Open311) -> None:
    """By her token as api_key; sent twice it is the same."""
    key = gateway.token("deputy", subject="deputy-1")
    for _ in range(2):
        response = gateway.client.post(f"{ROOT}/requests.xml", data=REPORT | {"api_key": key})
        root = xml(response)
        assert response.status_code == 201
        assert root[0].findtext("service_request_id") == ID
    taken = [(args[0], context) for _, method, args, context in gateway.calls if "snap" in method]
    (body, context), (again, repeated) = taken
    assert body == again
    assert (body["deputy_id"], body["kind"]) == ("deputy-1", "facility")
    assert body["place"] == {"longitude": 120.17, "latitude": 30.25, "datum": "WGS-84"}
    assert body["photos"] == [{"sha256": HASH}]
    assert context.principal.subject == "deputy-1"
    assert context.idempotency_key == repeated.idempotency_key


@pytest.mark.parametrize(
    ("change", "roles", "status"),
    [
        ({"service_code": ""}, ("deputy",), 400),
        ({"service_code": "unknown"}, ("deputy",), 400),
        ({"lat": "north"}, ("deputy",), 400),
        ({"lat": "nan"}, ("deputy",), 400),
        ({"long": "-inf"}, ("deputy",), 400),
        ({"media_url": "https://example.cn/cat.jpg"}, ("deputy",), 400),
        ({"jurisdiction_id": "110000"}, ("deputy",), 404),
        ({}, ("resident",), 403),
        ({"api_key": "x"}, ("deputy",), 403),
    ],
)
@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_bad_report_is_told_in_georeports_form(
    gateway: Open311, form: str, change: dict[str, str], roles: tuple[str, ...], status: int
) -> None:
    """Nothing reaches the register."""
    data = REPORT | {"api_key": gateway.token(*roles)} | change
    response = gateway.client.post(f"{ROOT}/requests.{form}", data=data)
    assert response.status_code == status
    if form == "xml":
        root = xml(response)
        assert root.tag == "errors" and root[0].findtext("code") == str(status)
        assert root[0].findtext("description")
    else:
        (error,) = response.get_json()
        assert error["code"] == status and error["description"]
    assert not [call for call in gateway.calls if call[1] == "take_snap"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (NotFound("request-not-found", "none"), 404),
        (Invalid("body-invalid", "no", "", [{"pointer": "/page", "detail": "no"}]), 400),
        (Unavailable("away", "away"), 503),
        (RuntimeError("secret"), 500),
    ],
)
def test_failures_of_services_are_told_in_georeports_form(
    gateway: Open311, answer: Exception, status: int
) -> None:
    """And no inner text of ours."""
    gateway.answers["open311_request"] = answer
    response = gateway.client.get(f"{ROOT}/requests/{ID}.xml")
    assert (response.status_code, xml(response)[0].findtext("code")) == (status, str(status))
    assert b"secret" not in response.data
    assert xml(gateway.client.get(f"{ROOT}/nothing"))[0].findtext("code") == "404"
    assert gateway.client.get(f"{ROOT}/requests.json?status=x").status_code == 400
