"""Published photos at the gateway: the redaction where there is one, to be asked for each time."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.services.commons.photos import samples

from .test_app import Gateway

PATH = f"/v1/published-photos/{uuid.uuid4()}/image"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application, without services."""
    return Gateway(tmp_path)


def test_the_redaction_is_served_in_the_place_of_the_derivative(gateway: Gateway) -> None:
    """Nobody's cache keeps showing what was redacted since."""
    files = gateway.app.config["files"]
    about = files.store(samples.photo(exif=samples.exif()))
    made = files.redact(about.sha256, [(0, 0, 50, 50)])
    shown = {}
    for name in (None, made):
        gateway.answer = {"sha256": about.sha256, "made": name}
        response = gateway.client.get(PATH)
        assert (response.status_code, response.content_type) == (200, "image/jpeg")
        assert response.headers["Cache-Control"] == "private, no-cache"
        shown[name] = response
    assert shown[None].data == files.public(about.sha256)
    assert shown[made].data == files.redaction(made)
    assert b"Exif" not in shown[made].data
    again = {"If-None-Match": shown[None].headers["ETag"]}
    assert gateway.client.get(PATH, headers=again).status_code == 200
    again = {"If-None-Match": shown[made].headers["ETag"]}
    assert gateway.client.get(PATH, headers=again).status_code == 304
    gateway.answer = {"sha256": about.sha256, "made": "0" * 64}
    assert gateway.client.get(PATH).status_code == 404
