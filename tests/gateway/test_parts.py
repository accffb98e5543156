"""Uploads in parts: gone on with where they broke, nobody's spoiled by another, none for ever."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from services.chassis import receiving
from services.commons import clock
from services.commons.errors import Unavailable
from tests.services.commons.photos import samples

from .test_app import Gateway

PHOTO = samples.photo(samples.scene((900, 700), seed=51))
NAME = hashlib.sha256(PHOTO).hexdigest()
HALF = len(PHOTO) // 2


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application; no service can be called."""
    made = Gateway(tmp_path)
    made.answer = AssertionError("no service is needed for files")
    return made


class Phone:
    """A deputy's phone that uploads a photo in parts."""

    def __init__(self, gateway: Gateway, subject: str = "deputy-1") -> None:
        self.gateway = gateway
        token = gateway.token("deputy", subject=subject)
        self.headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": "key-12345",
            "Content-Type": "application/octet-stream",
        }

    def send(self, part: bytes, offset: int, name: str = NAME, size: int = len(PHOTO)) -> Any:
        """One part."""
        path = f"/v1/uploads/{name}/parts?offset={offset}&size={size}"
        return self.gateway.client.post(path, data=part, headers=self.headers)

    def state(self, name: str = NAME) -> Any:
        """How far it has come."""
        return self.gateway.client.get(f"/v1/uploads/{name}", headers=self.headers).get_json()


def test_a_photo_arrives_in_parts(gateway: Gateway) -> None:
    """The state tells where to go on; with the last part the file is there like any other."""
    phone = Phone(gateway)
    assert (phone.state()["offset"], phone.state()["file"]) == (0, None)
    first = phone.send(PHOTO[:HALF], 0)
    assert first.status_code == 200, first.get_json()
    assert first.get_json()["offset"] == phone.state()["offset"] == HALF
    told = phone.send(PHOTO[HALF:], HALF).get_json()
    assert told["offset"] == len(PHOTO) and told["file"]["sha256"] == NAME
    assert told["file"]["kind"] == "jpeg"
    assert phone.state()["file"] == told["file"]
    assert phone.send(PHOTO[:HALF], 0).get_json()["file"] == told["file"]
    assert not list((Path(gateway.settings.files) / "parts").rglob("0*0"))


def test_a_part_that_comes_twice_or_too_early_is_told_where_to_go_on(gateway: Gateway) -> None:
    """An answer that was lost costs one question."""
    phone = Phone(gateway)
    phone.send(PHOTO[:HALF], 0)
    for offset in (0, HALF + 1):
        refused = phone.send(PHOTO[offset:], offset)
        assert refused.status_code == 409
        assert refused.get_json()["errors"][0]["detail"] == str(HALF)
    assert phone.send(PHOTO[HALF:], HALF).get_json()["file"]


def test_nobody_spoils_or_sees_what_another_has_begun(gateway: Gateway) -> None:
    """Each sender's parts are her own."""
    phone, other = Phone(gateway), Phone(gateway, "deputy-2")
    phone.send(PHOTO[:HALF], 0)
    assert other.state()["offset"] == 0
    other.send(b"x" * HALF, 0)
    assert phone.send(PHOTO[HALF:], HALF).get_json()["file"]


def test_other_bytes_than_declared_are_dropped(gateway: Gateway) -> None:
    """And so is what is no photo; the next try begins anew."""
    phone = Phone(gateway)
    phone.send(PHOTO[:HALF], 0)
    wrong = phone.send(b"x" * (len(PHOTO) - HALF), HALF)
    assert (wrong.status_code, phone.state()["offset"]) == (422, 0)
    text = b"no photo " * 1000
    name = hashlib.sha256(text).hexdigest()
    refused = phone.send(text, 0, name, len(text))
    assert (refused.status_code, phone.state(name)["offset"]) == (415, 0)


def test_parts_have_a_size_and_an_end(gateway: Gateway) -> None:
    """Neither crumbs nor more than the file, nor more than a file may have."""
    phone = Phone(gateway)
    assert phone.send(PHOTO[:100], 0).status_code == 422
    assert phone.send(PHOTO + b"x", 0).status_code == 422
    assert phone.send(PHOTO[:HALF], 0, size=10**9).status_code == 413
    assert phone.send(PHOTO[:HALF], 0, "g" * 64).status_code == 404
    assert phone.state()["offset"] == 0


def test_one_sender_begins_so_many_files_and_old_parts_go(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who leaves them lying can begin anew a day later."""
    monkeypatch.setattr(receiving, "BEGUN", 2)
    phone = Phone(gateway)
    names = [f"{n:064x}" for n in range(3)]
    for name in names[:2]:
        assert phone.send(PHOTO[:HALF], 0, name).status_code == 200
    assert phone.send(PHOTO[:HALF], 0, names[2]).status_code == 429
    then = (clock.now() - dt.timedelta(days=2)).timestamp()
    for part in (Path(gateway.settings.files) / "parts").rglob("0*0"):
        os.utime(part, (then, then))
    monkeypatch.setattr(receiving, "SWEPT", 0)
    assert phone.send(PHOTO[:HALF], 0, names[2]).status_code == 200
    assert [phone.state(name)["offset"] for name in names] == [0, 0, HALF]


def test_a_store_that_is_away_keeps_the_parts(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not the sender's fault does not make her begin anew."""
    phone = Phone(gateway)
    phone.send(PHOTO[:HALF], 0)

    def away(*_: Any) -> None:
        raise Unavailable("files-unavailable", "away")

    with monkeypatch.context() as patched:
        patched.setattr(gateway.app.config["files"], "store", away)
        assert phone.send(PHOTO[HALF:], HALF).status_code == 503
    assert phone.state()["offset"] == len(PHOTO)
    assert phone.send(b"", len(PHOTO)).get_json()["file"]["sha256"] == NAME
