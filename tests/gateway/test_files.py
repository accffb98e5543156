"""Files at the gateway, without a broker or a service: who may, what is told, what is refused."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from gateway.roles import AUDITOR, CLERK, DEPUTY, GOVERNMENT, RESIDENT, SCRUTINEER, UNIT
from gateway.routes.files import File
from tests.services.commons.photos import samples

from .test_app import Gateway

PATH = "/v1/files"
PHOTO = samples.photo(exif=samples.exif())
NAME = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application; no service can be called."""
    made = Gateway(tmp_path)
    made.answer = AssertionError("no service is needed for files")
    return made


def upload(gateway: Gateway, data: bytes, *roles: str, **headers: str) -> Any:
    """POST the bytes of a file."""
    given = {
        "Idempotency-Key": "key-12345",
        "Authorization": f"Bearer {gateway.token(*(roles or (RESIDENT,)))}",
        "Content-Type": "image/jpeg",
    }
    sent = given | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.client.post(PATH, data=data, headers=sent)


def get(gateway: Gateway, path: str, *roles: str, **headers: str) -> Any:
    """GET with these roles."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    token = f"Bearer {gateway.token(*roles)}"
    return gateway.client.get(f"{PATH}/{path}", headers={"Authorization": token, **sent})


def test_an_uploaded_photo_is_told_of(gateway: Gateway) -> None:
    """Its name, kind, size and time; never its place."""
    response = upload(gateway, PHOTO)
    told = response.get_json()
    received_at = told.pop("received_at")
    assert response.status_code == 201 and received_at.endswith("+00:00")
    assert response.headers["Location"] == f"{PATH}/{NAME}"
    assert told == {
        "sha256": NAME,
        "kind": "jpeg",
        "media_type": "image/jpeg",
        "size": len(PHOTO),
        "width": 640,
        "height": 480,
        "taken_at": "2023-05-01T10:20:30+08:00",
        "has_public": True,
    }
    again = upload(gateway, PHOTO).get_json()
    assert again == told | {"received_at": received_at} and File().validate(again) == {}
    assert gateway.calls == []


def test_a_camera_without_a_zone_is_in_ours(gateway: Gateway) -> None:
    """An exact time needs an offset: the jurisdiction's."""
    exif = samples.exif()
    del exif.get_ifd(0x8769)[0x9011]
    told = upload(gateway, samples.photo(exif=exif)).get_json()
    assert told["taken_at"] == "2023-05-01T10:20:30+08:00"
    assert upload(gateway, samples.photo()).get_json()["taken_at"] is None


@pytest.mark.parametrize(
    "kind", ["image/jpeg", "application/octet-stream", "application/pdf", "image/heic", ""]
)
def test_the_declared_type_counts_nothing(gateway: Gateway, kind: str) -> None:
    """What a file is, its content says."""
    assert upload(gateway, PHOTO, Content_Type=kind).get_json()["media_type"] == "image/jpeg"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_form_is_no_file(gateway: Gateway, kind: str) -> None:
    """The bytes themselves are wanted."""
    response = upload(gateway, PHOTO, Content_Type=kind)
    assert (response.status_code, response.get_json()["type"]) == (415, "/problems/not-a-file")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (samples.photo(form="GIF"), 415, "file-kind-refused"),
        (samples.archive(a=b"x"), 415, "file-kind-refused"),
        (PHOTO + samples.archive(a=b"x"), 422, "file-polyglot"),
        (PHOTO[:-50], 422, "file-broken"),
        (samples.office(**{"word/media/x.xml": bytes(30_000_000)}), 422, "file-bomb"),
        (samples.office(**{"word/vbaProject.bin": b"x"}), 422, "file-active"),
        (b"", 422, "file-empty"),
    ],
)
def test_what_is_refused_says_why(gateway: Gateway, data: bytes, status: int, code: str) -> None:
    """As a problem in both languages, with what is taken; nothing is kept."""
    response = upload(gateway, data, Accept_Language="en")
    chinese = upload(gateway, data)
    assert (response.status_code, chinese.status_code) == (status, status)
    assert response.get_json()["type"] == f"/problems/{code}"
    assert response.get_json()["detail"] != chinese.get_json()["detail"]
    name = hashlib.sha256(data).hexdigest()
    assert get(gateway, name, CLERK).status_code == 404


def test_a_refused_kind_is_named(gateway: Gateway) -> None:
    """For people and for programs."""
    told = upload(gateway, samples.photo(form="GIF"), Accept_Language="en").get_json()
    assert told["detail"].startswith("GIF pictures") and told["errors"][0]["detail"] == "gif"


def test_a_file_over_the_limit_is_413(tmp_path: Path) -> None:
    """By the limit of uploads, not by that of bodies."""
    gateway = Gateway(tmp_path)
    object.__setattr__(gateway.settings, "upload_limit", 1000)
    response = upload(gateway, PHOTO)
    assert (response.status_code, response.get_json()["type"]) == (413, "/problems/file-too-large")


def digest(data: bytes) -> str:
    """A Content-Digest of it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (digest(PHOTO), 201),
        (f"md5=:AAAA:, {digest(PHOTO)}", 201),
        ("sha-512=:AAAA:", 201),
        (digest(b"other"), 422),
        ("sha-256=nonsense", 422),
        ("sha-256=::", 422),
        (f"{digest(PHOTO)}, {digest(b'other')}", 422),
    ],
)
def test_a_declared_digest_is_compared(gateway: Gateway, header: str, status: int) -> None:
    """What arrived otherwise than it was sent is refused and not kept."""
    response = upload(gateway, PHOTO, Content_Digest=header)
    assert response.status_code == status
    assert get(gateway, NAME, CLERK).status_code == (200 if status == 201 else 404)


@pytest.mark.parametrize(
    ("headers", "roles", "status"),
    [
        ({"Authorization": ""}, (CLERK,), 401),
        ({"Idempotency-Key": ""}, (CLERK,), 400),
        ({}, (SCRUTINEER,), 403),
        ({}, (AUDITOR,), 403),
        ({}, (DEPUTY,), 201),
        ({}, (RESIDENT,), 201),
        ({}, (UNIT,), 201),
    ],
)
def test_who_may_upload(
    gateway: Gateway, headers: dict[str, str], roles: tuple[str, ...], status: int
) -> None:
    """Token, role and key come before the body."""
    assert upload(gateway, PHOTO, *roles, **headers).status_code == status


def test_who_may_see_what(gateway: Gateway) -> None:
    """Residents nothing, deputies the derivative, clerks and auditors the original and place."""
    upload(gateway, PHOTO)
    for role, about, public, original in (
        (RESIDENT, 403, 403, 403),
        (DEPUTY, 200, 200, 403),
        (UNIT, 200, 200, 403),
        (GOVERNMENT, 200, 200, 403),
        (CLERK, 200, 200, 200),
        (AUDITOR, 200, 200, 200),
    ):
        found = [get(gateway, NAME + end, role).status_code for end in ("", "/public", "/original")]
        assert found == [about, public, original], role
        place = get(gateway, NAME, role).get_json().get("position")
        assert (place is not None) == (original == 200)
    assert File().validate(get(gateway, NAME, CLERK).get_json()) == {}
    assert place == {
        "latitude": 30.26,
        "longitude": 120.15,
        "datum": "WGS-84",
        "source": "exif",
    }


def test_the_derivative_may_be_kept_by_who_may_see_it(gateway: Gateway) -> None:
    """It never changes; 304 for who has it; no type is guessed."""
    upload(gateway, PHOTO)
    response = get(gateway, f"{NAME}/public", DEPUTY)
    assert response.content_type == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"WGS-84" not in response.data and b"Exif" not in response.data
    etag = response.headers["ETag"]
    again = get(gateway, f"{NAME}/public", DEPUTY, If_None_Match=etag)
    assert (again.status_code, again.data) == (304, b"")


def test_the_original_comes_as_it_was_sent(gateway: Gateway) -> None:
    """Byte for byte, to be saved and not shown."""
    upload(gateway, PHOTO)
    response = get(gateway, f"{NAME}/original", AUDITOR)
    assert response.data == PHOTO
    assert response.headers["Content-Disposition"] == f'attachment; filename="{NAME}.jpeg"'
    assert response.headers["Content-Length"] == str(len(PHOTO))
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_document_has_nothing_to_show(gateway: Gateway) -> None:
    """Its original is for clerks; a derivative there is not."""
    told = upload(gateway, samples.PDF).get_json()
    assert (told["kind"], told["has_public"], told["width"]) == ("pdf", False, None)
    assert get(gateway, f"{told['sha256']}/public", CLERK).status_code == 404
    assert get(gateway, f"{told['sha256']}/original", CLERK).data == samples.PDF


@pytest.mark.parametrize("name", ["0" * 64, "x" * 64, "0" * 63, "..%2F..%2Fx", NAME.upper()])
@pytest.mark.parametrize("end", ["", "/public", "/original"])
def test_what_is_not_there_is_404(gateway: Gateway, name: str, end: str) -> None:
    """Whatever the name."""
    upload(gateway, PHOTO)
    response = get(gateway, name + end, CLERK)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
