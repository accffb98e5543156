"""How to reach authors, on both databases: sealed, apart, read with a reason, deleted."""

from __future__ import annotations

import dataclasses
import logging
import os
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from services.chassis.secretbox import keys_of
from services.chassis.settings import BadSetting
from services.commons.errors import Forbidden, Invalid, NotFound
from services.proposal.service import ProposalService

from ...harness import Harness
from .intake import RESIDENT, by_resident, sort

PHONE = "13900001234"
CONTACT = {"name": "示例居民", "phone": PHONE, "email": "a@example.cn", "address": "示例路1号"}
MINE: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
WHY = {"reason": "回访(合成)"}


def everything(proposal: Harness) -> str:
    """All rows of all tables, as text."""
    with proposal.engine.connect() as connection:
        rows = [connection.execute(sa.select(t)).all() for t in proposal.metadata.tables.values()]
    return repr([tuple(map(_plain, row)) for table in rows for row in table])


def _plain(value: Any) -> Any:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def files(proposal: Harness, folder: Path) -> bytes:
    """All bytes of the database's files, where they are files."""
    proposal.engine.dispose()
    return b"".join(file.read_bytes() for file in folder.glob("*.db*"))


def test_a_contact_is_nowhere_in_clear(
    proposal: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in rows, files, events, answers, kept answers or logs, also after it was read."""
    caplog.set_level(logging.DEBUG)
    made = by_resident(proposal, contact=CONTACT)
    sort(proposal, made["id"])
    read = proposal.call("read_contact", made["id"], WHY)
    assert read == CONTACT | {"suggestion_id": made["id"]}
    shown = [
        made,
        proposal.call("list_suggestions", {}),
        proposal.call("list_published_suggestions", {}),
        [event.data for event in proposal.events()],
    ]
    for secret in (PHONE, "示例居民", "a@example.cn", "示例路"):
        assert secret not in everything(proposal) + repr(shown) + caplog.text
        assert secret.encode() not in files(proposal, tmp_path)
    assert "contact" not in made


def test_every_reading_is_noted_with_who_and_why(proposal: Harness) -> None:
    """Also when the same request is sent twice, for nothing of the answer is kept."""
    made = by_resident(proposal, contact=CONTACT)
    for _ in range(2):
        proposal.call("read_contact", made["id"], WHY, subject="clerk-1", key="key-00001")
    proposal.call("read_contact", made["id"], {"reason": "本人(合成)"}, **MINE)
    readings = proposal.call("list_contact_readings", made["id"], roles=("auditor",))["items"]
    assert [(one["read_by"], one["reason"]) for one in readings] == [
        ("clerk-1", "回访(合成)"),
        ("clerk-1", "回访(合成)"),
        ("author", "本人(合成)"),
    ]


def test_only_the_clerk_and_the_author_read_it(proposal: Harness) -> None:
    """Not the government, a deputy or another resident; and nobody without a reason."""
    made = by_resident(proposal, contact=CONTACT)
    for role in ("government", "deputy", "unit"):
        with pytest.raises(Forbidden):
            proposal.call("read_contact", made["id"], WHY, roles=(role,), subject="x")
    with pytest.raises(NotFound):
        proposal.call("read_contact", made["id"], WHY, roles=RESIDENT, subject="another")
    with pytest.raises(Invalid):
        proposal.call("read_contact", made["id"], {"reason": " "})
    assert proposal.call("list_contact_readings", made["id"])["items"] == []


def test_the_author_gives_another_or_takes_it_back(proposal: Harness) -> None:
    """What was there before is gone; nobody else's hand is on it but the clerk's."""
    made = by_resident(proposal, contact=CONTACT)
    proposal.call("give_contact", made["id"], {"contact": {"phone": "0571-87000000"}}, **MINE)
    read = proposal.call("read_contact", made["id"], WHY)
    assert (read["phone"], read["name"]) == ("0571-87000000", None)
    with pytest.raises(Forbidden):
        proposal.call("give_contact", made["id"], {"contact": None}, roles=("deputy",), subject="x")
    given = proposal.call("give_contact", made["id"], {"contact": None}, **MINE)
    assert given == {"suggestion_id": made["id"], "kept": False}
    with pytest.raises(NotFound):
        proposal.call("read_contact", made["id"], WHY)


def test_contacts_are_deleted_by_command(proposal: Harness, operator: Any) -> None:
    """Of a year, of what was made before a day, of one; the suggestions and readings stay."""
    ids = [
        by_resident(proposal, contact=CONTACT, **changes)["id"]
        for changes in (
            {"year": 2022, "happened_on": "2021-11-01"},
            {"happened_on": "2022-01-01"},
            {},
            {},
        )
    ]
    proposal.call("read_contact", ids[3], WHY)
    assert operator("purge-contacts", "--year", "2022") == "contacts deleted: 1\n"
    assert operator("purge-contacts", "--before", "2022-06-01") == "contacts deleted: 1\n"
    assert operator("purge-contacts", "--suggestion", ids[3]) == "contacts deleted: 1\n"
    assert operator("purge-contacts", "--suggestion", ids[3]) == "contacts deleted: 0\n"
    operator("purge-contacts", code=2)
    operator("purge-contacts", "--year", "2023", "--before", "2023-01-01", code=2)
    assert proposal.call("read_contact", ids[2], WHY)["phone"] == PHONE
    assert proposal.call("get_suggestion", ids[3])
    assert len(proposal.call("list_contact_readings", ids[3])["items"]) == 1


def test_contacts_are_sealed_anew_when_a_key_is_replaced(
    proposal: Harness, operator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it the older key opens nothing that is needed; the last line stays the last."""
    ids = [by_resident(proposal, contact=CONTACT)["id"] for _ in range(3)]
    old = (proposal.settings.data_dir / "development-keys").read_text().strip()
    newer = Fernet.generate_key().decode()
    file = tmp_path / "keys"
    file.write_text(f"{newer}\n{old}\n")
    monkeypatch.setenv("MINSHENG_KEYS", str(file))
    before = everything(proposal)
    assert operator("rotate-keys") == "contacts sealed anew: 3\n"
    assert everything(proposal) != before
    with proposal.engine.connect() as connection:
        sealed = connection.scalars(sa.select(proposal.metadata.tables["contacts"].c.sealed)).all()
    assert [Fernet(newer).decrypt(bytes(one)) for one in sealed]
    assert len(ids) == len(sealed)


def test_keys_are_made_in_development_only(proposal: Harness) -> None:
    """For its user alone; production names a file of its own, or the service does not start."""
    by_resident(proposal, contact=CONTACT)
    file = proposal.settings.data_dir / "development-keys"
    assert os.stat(file).st_mode & 0o777 == 0o600
    with pytest.raises(BadSetting, match="MINSHENG_KEYS"):
        keys_of(dataclasses.replace(proposal.settings, environment="production"))
    assert ProposalService.store.seals
