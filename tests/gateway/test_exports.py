"""Exports and statistics at the gateway: roles, and the bytes of a file."""

from __future__ import annotations

from pathlib import Path

from services.chassis.files import Files
from services.commons.errors import Conflict

from .test_app import Gateway

ID = "11111111-1111-4111-8111-111111111111"


def headers(gateway: Gateway, *roles: str, **more: str) -> dict[str, str]:
    """A token's header, and others."""
    given = {name.replace("_", "-"): value for name, value in more.items()}
    return {"Authorization": f"Bearer {gateway.token(*roles)}", **given}


def test_a_file_is_streamed_with_its_name_and_its_hash(tmp_path: Path) -> None:
    """The service says where it lies; the bytes come from the store, and not twice."""
    gateway = Gateway(tmp_path)
    made = tmp_path / "made"
    made.write_bytes(b"\xef\xbb\xbf" + b"x" * 3_000_000)
    Files(gateway.settings).keep("exports/a-1.csv", made)
    size = made.stat().st_size
    gateway.answer = {
        "key": "exports/a-1.csv",
        "name": "suggestions-20230222.csv",
        "format": "csv",
        "size": size,
        "sha256": "f" * 64,
    }
    path = f"/v1/exports/{ID}/file"
    answer = gateway.client.get(path, headers=headers(gateway, "government"))
    assert answer.status_code == 200 and answer.data == made.read_bytes()
    assert answer.headers["Content-Length"] == str(size)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="suggestions-20230222.csv"'
    )
    again = headers(gateway, "clerk", If_None_Match=answer.headers["ETag"])
    assert gateway.client.get(path, headers=again).status_code == 304
    assert gateway.calls[-1][:3] == ("proposal", "get_export_file", (ID,))


def test_a_file_that_is_not_ready_is_a_problem(tmp_path: Path) -> None:
    """409, and nothing of a file."""
    gateway = Gateway(tmp_path)
    gateway.answer = Conflict("export-not-ready", "not ready", "尚未生成")
    answer = gateway.client.get(f"/v1/exports/{ID}/file", headers=headers(gateway, "clerk"))
    assert answer.status_code == 409
    assert "export-not-ready" in answer.text


def test_only_staff_may_ask_for_exports(tmp_path: Path) -> None:
    """Neither deputies nor residents; and what no list is called is refused at its place."""
    gateway = Gateway(tmp_path)
    body = {"list": "suggestions", "format": "csv"}
    for role in ("deputy", "resident", "unit"):
        assert gateway.post("/v1/exports", body, role).status_code == 403
    refused = gateway.post("/v1/exports", {"list": "deputies", "format": "pdf"}, "clerk")
    assert refused.status_code == 422
    assert "/list" in refused.text and "/format" in refused.text


def test_statistics_are_public(tmp_path: Path) -> None:
    """Counts tell of nobody; a grouping that there is not is refused."""
    gateway = Gateway(tmp_path)
    gateway.answer = {}
    found = gateway.client.get("/v1/statistics/suggestions?year=2023&by=aspect")
    assert found.status_code == 200
    assert gateway.client.get("/v1/statistics/matching?year=2023").status_code == 200
    refused = gateway.client.get("/v1/statistics/suggestions?year=2023&by=author")
    assert refused.status_code == 422
