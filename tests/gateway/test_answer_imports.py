"""Files of forms at the gateway, without a service: what is kept, what is refused before."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gateway.roles import CLERK, DEPUTY
from gateway.uploads import operation_of
from services.commons.errors import Conflict

from .test_app import Gateway

AUDIENCE = "00000000-0000-4000-8000-000000000001"
PATH = f"/v1/audiences/{AUDIENCE}/answer-imports"
FORMS = "编号,1. 项目\n1,满意\n".encode()
SHA256 = hashlib.sha256(FORMS).hexdigest()


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application."""
    return Gateway(tmp_path)


def send(gateway: Gateway, role: str = CLERK, **headers: str) -> Any:
    """POST the file."""
    given = {
        "Idempotency-Key": "key-12345",
        "Authorization": f"Bearer {gateway.token(role)}",
        "Content-Type": "text/csv",
    }
    path = f"{PATH}?name=forms.csv&dry_run=true"
    return gateway.client.post(path, data=FORMS, headers=given | headers)


def kept(gateway: Gateway) -> list[Path]:
    """Files in the store."""
    folder = gateway.settings.data_dir / "files" / "sheets"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_once_its_import_is_taken(gateway: Gateway) -> None:
    """The service is told of it by hash, and the bytes lie in the store."""
    assert send(gateway).status_code == 201
    ((service, method, args, _),) = gateway.calls
    assert (service, method, args[0]) == ("survey", "import_answers", AUDIENCE)
    assert args[1] == {
        "sha256": SHA256,
        "size": len(FORMS),
        "name": "forms.csv",
        "sheet": None,
        "dry_run": True,
    }
    (file,) = kept(gateway)
    assert file.read_bytes() == FORMS and file.name == SHA256


def test_nothing_is_kept_of_a_file_that_is_refused(gateway: Gateway) -> None:
    """By the service, by the role, or since other bytes arrived than were meant."""
    gateway.answer = Conflict("audience-takes-no-forms", "no", "不")
    assert send(gateway).status_code == 409
    assert send(gateway, DEPUTY).status_code == 403
    wrong = "sha-256=:" + "A" * 43 + "=:"
    assert send(gateway, **{"Content-Digest": wrong}).status_code == 422
    assert kept(gateway) == []


def test_the_server_receives_it_as_a_file() -> None:
    """Larger than a body of JSON may be."""
    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": PATH}
    assert operation_of(asked) == "import_answers"
    assert operation_of(asked | {"REQUEST_METHOD": "GET"}) is None
    assert operation_of(asked | {"PATH_INFO": "/v1/files"}) == "upload_file"
    assert operation_of(asked | {"PATH_INFO": f"{PATH}/x"}) is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_the_titles(gateway: Gateway, kind: str) -> None:
    """As people read them."""
    gateway.answer = {"columns": [{"key": "form", "title": "编号"}, {"key": "a", "title": "=甲"}]}
    path = f"/v1/audiences/{AUDIENCE}/import-template?format={kind}"
    headers = {"Authorization": f"Bearer {gateway.token(CLERK)}"}
    data = gateway.client.get(path, headers=headers).data
    if kind == "csv":
        (titles,) = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    else:
        titles = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).active[1]]
    assert titles == ["编号", "=甲"]
