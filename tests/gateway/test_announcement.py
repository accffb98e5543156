"""The announcement at the gateway: data, text or DOCX by Accept, and who may do what."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from services.ballot.model.announcement import announcement
from services.commons.documents import DOCX
from services.commons.errors import NotFound
from tests.services.ballot.samples import day, opened, vote

from .test_app import Gateway

ID = "11111111-1111-4111-8111-111111111111"
PATH = f"/v1/ballots/{ID}/announcement"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """A gateway whose service answers with the announcement of a vote of three for two."""
    ballot = opened(3, seats=2)
    vote(ballot, [480, 300, 200])
    ballot.certify(by="chief", on=day("02-22"))
    ballot.announce(number=2, signed_by="大会主席团(合成)", by="chair", on=day("02-22"))
    made = Gateway(tmp_path)
    made.answer = announcement(ballot) | {"version": 7}
    return made


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "image/png"])
def test_data_unless_something_else_is_asked_for(gateway: Gateway, accept: str) -> None:
    """JSON is what an API answers; nobody needs a token."""
    answer = gateway.client.get(PATH, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    assert answer.get_json() == gateway.answer
    assert gateway.calls[-1][:3] == ("ballot", "get_announcement", (ID,))


def test_as_text(gateway: Gateway) -> None:
    """The Chinese text, in UTF-8."""
    answer = gateway.client.get(PATH, headers={"Accept": "text/plain"})
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "现予公告" in answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].endswith("2%E5%8F%B7.txt")


def test_as_docx(gateway: Gateway) -> None:
    """Opened again, its table holds every candidate with its counts and reason."""
    answer = gateway.client.get(PATH, headers={"Accept": DOCX})
    assert answer.content_type == DOCX
    made = docx.Document(io.BytesIO(answer.data))
    (table,) = made.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    expected = [
        [
            str(number),
            one["name"],
            str(one["approve"]),
            str(one["oppose"]),
            str(one["abstain"]),
            "1",
            "入选" if one["chosen"] else "未入选",
            one["reason_zh"],
        ]
        for number, one in enumerate(gateway.answer["candidates"], 1)
    ]
    assert rows == expected
    assert [row[2] for row in rows] == ["480", "300", "200"]


def test_each_form_has_its_own_etag(gateway: Gateway) -> None:
    """A cache must not give one in place of another."""
    found: dict[str, Any] = {}
    for accept in ("application/json", "text/plain", DOCX):
        answer = gateway.client.get(PATH, headers={"Accept": accept})
        assert "Accept" in answer.vary
        found[accept] = answer.headers["ETag"]
        again = {"Accept": accept, "If-None-Match": answer.headers["ETag"]}
        assert gateway.client.get(PATH, headers=again).status_code == 304
    assert len(set(found.values())) == 3


def test_before_it_is_made_there_is_none(gateway: Gateway) -> None:
    """404 as a problem, whatever was asked for."""
    gateway.answer = NotFound("result-not-announced", "not yet", "尚未公告")
    answer = gateway.client.get(PATH, headers={"Accept": DOCX})
    assert answer.status_code == 404 and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "body", "role"),
    [
        (PATH, {"number": 2, "signed_by": "大会主席团"}, "executive-chairperson"),
        (f"/v1/ballots/{ID}/voiding", {"reason": "合成"}, "executive-chairperson"),
        (f"/v1/ballots/{ID}/certification", {}, "chief-scrutineer"),
        (f"/v1/ballot-methods/{ID}/discussions", {"delegation": "甲代表团"}, "clerk"),
        (f"/v1/ballot-methods/{ID}/presidium-decisions", {"submitted_by": "主席团"}, "secretariat"),
    ],
)
def test_who_may_take_a_step(tmp_path: Path, path: str, body: dict[str, Any], role: str) -> None:
    """One kind of role each; neither a deputy nor another officer."""
    gateway = Gateway(tmp_path)
    sent = body | {"happened_on": "2023-02-22"}
    for other in ("deputy", "scrutineer", "teller"):
        assert gateway.post(path, sent, other).status_code == 403
    assert gateway.calls == []
    assert gateway.post(path, sent, role).status_code in (200, 201)
