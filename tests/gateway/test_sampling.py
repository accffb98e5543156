"""Frames, sheets and networks at the gateway: files in, files out, and no address onwards."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from gateway import network
from services.chassis import settings

from .test_app import Gateway

ID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """The application."""
    return Gateway(tmp_path)


def seen(address: str, forwarded: str = "", proxies: int = 0) -> str:
    """The address that is taken for the client's."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with Flask("x").test_request_context(headers=headers, environ_base={"REMOTE_ADDR": address}):
        return network.client(request, proxies)


def test_only_our_own_proxies_are_believed() -> None:
    """Without any, the header is anybody's; with one, its last entry counts, and so on."""
    assert seen("192.0.2.1", "198.51.100.7") == "192.0.2.1"
    assert seen("192.0.2.1", "203.0.113.9, 198.51.100.7", 1) == "198.51.100.7"
    assert seen("192.0.2.1", "203.0.113.9, 198.51.100.7, 192.0.2.2", 2) == "198.51.100.7"
    assert seen("192.0.2.1", "198.51.100.7", 2) == "192.0.2.1"
    assert seen("192.0.2.1", "", 1) == "192.0.2.1"


def test_a_network_is_an_address_or_a_household_s_prefix() -> None:
    """IPv6 subscribers have a /64; a mapped address is the IPv4 one; rubbish is nothing."""
    assert network.network_of("198.51.100.7") == "198.51.100.7"
    assert network.network_of("::ffff:198.51.100.7") == "198.51.100.7"
    assert network.network_of("2001:db8:1:2:3::4") == network.network_of("2001:db8:1:2::9")
    assert network.network_of("2001:db8:1:2::9") != network.network_of("2001:db8:1:3::9")
    assert network.network_of("fe80::1%eth0") == "fe80::/64"
    assert network.network_of("unknown") == network.network_of("") == ""


def test_replicas_with_one_file_of_keys_agree(tmp_path: Path) -> None:
    """The same network, the same pseudonym; with other keys, or for another network, another."""
    files = [tmp_path / name for name in ("one", "two")]
    for file in files:
        file.write_text(f"key of {file.name}")

    def pseudonym(file: Path, address: str) -> str:
        own = settings.load("gateway", {"MINSHENG_KEYS": str(file)})
        with Flask("x").test_request_context(environ_base={"REMOTE_ADDR": address}):
            return network.pseudonym(request, own)

    first = pseudonym(files[0], "198.51.100.7")
    assert len(first) == 16 and "198" not in first
    assert first == pseudonym(files[0], "198.51.100.7")
    assert first != pseudonym(files[1], "198.51.100.7")
    assert first != pseudonym(files[0], "198.51.100.8")


def test_answers_carry_a_pseudonym_and_no_address(gateway: Gateway) -> None:
    """Nothing else does."""
    gateway.answer = {"accepted": True}
    sent = gateway.client.post(
        f"/v1/audiences/{ID}/answers",
        json={"form_version": 1, "answers": [{"question": "grade", "value": None}], "link": "x"},
        headers={"Idempotency-Key": "key-12345"},
        environ_base={"REMOTE_ADDR": "198.51.100.7"},
    )
    assert sent.status_code == 201
    (*_, context) = gateway.calls[-1]
    assert len(context.network) == 16 and "198.51.100.7" not in str(gateway.calls)
    gateway.client.get(f"/v1/audiences/{ID}/form")
    assert gateway.calls[-1][-1].network == ""


def test_a_list_is_handed_on_whole(gateway: Gateway) -> None:
    """The bytes in base64; JSON is no list."""
    path = f"/v1/sampling-frames/{ID}/units?happened_on=2023-11-28"
    headers = {
        "Authorization": f"Bearer {gateway.token('clerk')}",
        "Idempotency-Key": "key-12345",
        "Content-Type": "text/csv",
    }
    gateway.client.post(path, data="户号\n合成-1\n".encode(), headers=headers)
    service, method, (id_, body), _ = gateway.calls[-1]
    assert (service, method, id_) == ("survey", "load_frame", ID)
    assert body == {"file": "5oi35Y+3CuWQiOaIkC0xCg==", "happened_on": "2023-11-28"}
    refused = gateway.client.post(
        path, json={}, headers=headers | {"Content-Type": "application/json"}
    )
    assert refused.status_code == 415


def rows(answer: Any) -> list[dict[str, str]]:
    """A sheet that came as CSV."""
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_sheet_of_links_is_kept_by_nobody(gateway: Gateway) -> None:
    """One line a household, its link with the token behind ``#``; no cache may keep it."""
    gateway.answer = {
        "part": 1,
        "parts": 1,
        "items": [
            {"number": 1, "unit": "合成-1", "name": "=1+1", "address": "合成路1号", "token": "abc"}
        ],
    }
    body = {"reason": "发放(合成)", "address": "https://pingyi.example.org/"}
    answer = gateway.post(f"/v1/audiences/{ID}/link-sheets", body, "clerk")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert rows(answer) == [
        {
            "序号": "1",
            "编号": "合成-1",
            "姓名": "'=1+1",
            "电话": "",
            "地址": "合成路1号",
            "链接": f"https://pingyi.example.org/a/{ID}#token=abc",
        }
    ]
    for address in ("javascript:alert(1)", "https://x.org/?a=1", "https://x.org/#b"):
        refused = gateway.post(
            f"/v1/audiences/{ID}/link-sheets", body | {"address": address}, "clerk"
        )
        assert refused.status_code == 422


@pytest.mark.parametrize("role", ["deputy", "resident", "auditor", "secretariat"])
def test_only_the_clerk_gets_contacts_and_links(gateway: Gateway, role: str) -> None:
    """Everybody else is refused before the service is asked."""
    for path in (
        f"/v1/audiences/{ID}/link-sheets",
        f"/v1/audiences/{ID}/link-renewals",
        f"/v1/audiences/{ID}/reminder-sheets",
        f"/v1/drawings/{ID}/contact-sheets",
        f"/v1/sampling-frames/{ID}/contact-readings",
    ):
        assert gateway.post(path, {"reason": "x", "unit": "x"}, role).status_code == 403
    assert gateway.calls == []


def test_a_code_is_a_picture_of_the_link(gateway: Gateway) -> None:
    """The service draws what the gateway addresses; SVG, or PNG when asked for."""
    gateway.answer = {"audience_id": ID, "code": "abcd", "svg": "<svg/>", "png": "iVBORw0KGgo="}
    headers = {"Authorization": f"Bearer {gateway.token('clerk')}"}
    for kind, media in (("svg", "image/svg+xml"), ("png", "image/png")):
        path = f"/v1/links/{ID}/code?kind={kind}&address=https://pingyi.example.org"
        answer = gateway.client.get(path, headers=headers)
        assert answer.mimetype == media
        assert gateway.calls[-1][2] == (f"https://pingyi.example.org/a/{ID}#link=abcd", kind)
    answer = gateway.client.get(f"/v1/links/{ID}/poster", headers=headers)
    assert answer.mimetype == "image/svg+xml"
    assert gateway.calls[-1][2] == (ID, f"http://localhost/a/{ID}#link=abcd")
