"""The credentials office: one private list, a public one for each election, letters to seal."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from services.ballot.belenios.credential import public
from services.ballot.belenios.group import BELENIOS_2048, ED25519
from services.ballot.client import files, office
from services.ballot.client.letters import to_html
from services.ballot.client.office import Credentials, Plan

from .desks import CHEAP, PASSPHRASE
from .test_ceremony import trouble

UUIDS = ("1A2B3C4D5E6F7G", "2A2B3C4D5E6F7G", "3A2B3C4D5E6F7G")
PLAN = Plan("0e0d2a6e-1111-4222-8333-444455556666", "Ed25519", UUIDS, 9)


def made(folder: Path, number: int = 7, plan: Plan = PLAN) -> Credentials:
    """Credentials with all their files."""
    credentials = Credentials.made(plan, number)
    letters = to_html(credentials, "示例票决")
    office.write_all(credentials, folder, PASSPHRASE, letters, cost=CHEAP)
    return credentials


def test_all_lists_come_from_the_same_credentials(tmp_path: Path) -> None:
    """A run-off needs no new letters; the public order says nothing of the letters'."""
    credentials = made(tmp_path)
    lists = [office.read_public_list(tmp_path / f"public-{uuid}.json") for uuid in UUIDS]
    for uuid, one in zip(UUIDS, lists, strict=True):
        expected = {public(uuid, private, ED25519) for private in credentials.private}
        assert one["uuid"] == uuid and set(one["credentials"]) == expected
        assert one["credentials"] == sorted(one["credentials"]) and len(expected) == 7
    assert not set(lists[0]["credentials"]) & set(lists[1]["credentials"])
    larger = Credentials(Plan("b", "BELENIOS-2048", UUIDS, 9), credentials.private)
    assert larger.public_of(UUIDS[0], 1) == public(UUIDS[0], credentials.private[0], BELENIOS_2048)


def test_secrets_stay_in_two_files(tmp_path: Path) -> None:
    """The sealed list and the letters, both for the owner's eyes; public lists hold none."""
    credentials = made(tmp_path)
    modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    assert modes.pop("credentials.key.json") == modes.pop("letters.html") == 0o600
    assert set(modes.values()) == {0o644} and len(modes) == 3
    for path in tmp_path.iterdir():
        shown = [one for one in credentials.private if one in path.read_text()]
        assert len(shown) == (7 if path.name == "letters.html" else 0)
    with trouble("file-exists"):
        made(tmp_path)


def test_a_letter_for_each(tmp_path: Path) -> None:
    """One page, one number, one credential, and that it is secret."""
    credentials = made(tmp_path)
    text = (tmp_path / "letters.html").read_text()
    pages = re.findall("<section>.*?</section>", text, re.DOTALL)
    assert len(pages) == 7
    for number, (page, private) in enumerate(zip(pages, credentials.private, strict=True), 1):
        assert f"第 {number} 号" in page and private in page and "秘密" in page
        assert private in page.replace("&#8209;", "-").split('">', 2)[-1]
    assert "http" not in text and "<script" not in text


def test_a_title_is_no_markup() -> None:
    """What stands in the letters is text."""
    text = to_html(Credentials.made(PLAN, 1), "<b>&")
    assert "<b>" not in text and "&lt;b&gt;&amp;" in text


def test_the_sealed_list_is_read_again(tmp_path: Path) -> None:
    """With its passphrase only."""
    credentials = made(tmp_path)
    path = tmp_path / "credentials.key.json"
    assert Credentials.unsealed(path, PASSPHRASE) == credentials
    with trouble("wrong-passphrase"):
        Credentials.unsealed(path, "another passphrase")
    with trouble("short-passphrase"):
        credentials.sealed("short")


def test_numbers_are_those_of_deputies_and_letters() -> None:
    """No more letters than deputies; no other election than the ballot's."""
    for number in (0, 10, -1):
        with trouble("bad-number"):
            Credentials.made(PLAN, number)
    credentials = Credentials.made(PLAN, 2)
    for number in (0, 3):
        with trouble("bad-number"):
            credentials.public_of(UUIDS[0], number)
    with trouble("other-election"):
        credentials.public_of("9A2B3C4D5E6F7G", 1)


def test_a_plan_is_read_again_and_others_are_not(tmp_path: Path) -> None:
    """Strictly: what makes credentials must be what the service said."""
    path = tmp_path / "plan.json"
    files.write(path, PLAN.to_text(), secret=False)
    assert Plan.read(path) == PLAN
    path.write_text(PLAN.to_text().replace("Ed25519", "Ed448"))
    with trouble("unknown-group"):
        Plan.read(path)
    path.write_text(PLAN.to_text().replace("credentials-plan", "plan"))
    with trouble("other-file"):
        Plan.read(path)
    path.write_text("{")
    with trouble("not-json"):
        Plan.read(path)


class Registry:
    """Ballots and methods, and what is posted."""

    subject = "office"

    def __init__(self) -> None:
        self.posted: list[tuple[str, Any]] = []

    def get(self, path: str, **params: Any) -> Any:
        """Two pages of ballots; a method."""
        if path == "ballot-methods/m":
            return {"parameters": {"electronic": {"group": "Ed25519"}}}
        assert path == "ballots"
        if "cursor" not in params:
            return {"items": [{"id": "other", "uuids": []}], "next": "more"}
        ballot = {"id": PLAN.ballot_id, "uuids": list(UUIDS), "roll": 9, "method_id": "m"}
        return {"items": [ballot], "next": None}

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """Keep it."""
        self.posted.append((path, body))


def test_what_is_told_to_the_service(tmp_path: Path) -> None:
    """Public lists, that a letter was handed out, a withdrawn public credential: no secret."""
    service = Registry()
    assert office.plan(service, PLAN.ballot_id) == PLAN
    for ballot_id in ("other", "none"):
        with trouble("no-ballot"):
            office.plan(service, ballot_id)
    credentials = made(tmp_path)
    on = dt.date(2023, 2, 22)
    lists = [office.read_public_list(tmp_path / f"public-{uuid}.json") for uuid in UUIDS]
    office.register(service, lists, on)
    office.issue(service, PLAN.ballot_id, "deputy", on)
    office.withdraw(service, UUIDS[0], credentials.public_of(UUIDS[0], 3))
    paths = [path for path, _ in service.posted]
    assert paths == [
        *[f"ballots/{PLAN.ballot_id}/credential-lists"] * 3,
        f"ballots/{PLAN.ballot_id}/credential-issues",
        f"elections/{UUIDS[0]}/withdrawn-credentials",
    ]
    assert not any(one in str(service.posted) for one in credentials.private)
