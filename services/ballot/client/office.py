"""The credentials office (大会秘书处): it makes credentials, hands them out, and withdraws them.

Offline but for :func:`plan`, :func:`register`, :func:`issue` and :func:`withdraw`.  The service is
told public credentials only; which deputy is handed which letter nobody writes down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.ballot.annex.case import Published
from services.ballot.annex.keyfile import CREDENTIALS_LIST, MODERATE, seal, unseal
from services.ballot.belenios.credential import make_credential, public, read_credential
from services.ballot.belenios.encoding import array, canonical, dumps, fields, integer, string
from services.ballot.belenios.encoding import uuid as uuid_of
from services.ballot.belenios.group import group_named
from services.ballot.belenios.refused import Refused

from . import files
from .gateway import Service, items
from .trouble import Trouble

_PLAN, _LIST = "credentials-plan", "public-credentials"
_MOST = 10_000
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Plan:
    """What credentials are made for: a ballot's elections, the spare ones among them."""

    ballot_id: str
    group: str
    uuids: tuple[str, ...]
    roll: int

    def to_text(self) -> str:
        """Its file."""
        return files.labelled(
            _PLAN,
            ("制作投票凭证所需的公开信息", "what the office needs to know to make credentials"),
            ("可以公开", "public"),
            ballot_id=self.ballot_id,
            group=self.group,
            uuids=list(self.uuids),
            roll=self.roll,
        )

    @classmethod
    def read(cls, path: Path) -> Plan:
        """Read its file."""
        data = files.read_fields(path, _PLAN, "ballot_id", "group", "uuids", "roll")
        try:
            return _plan(data)
        except Refused as exc:
            raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc


@dataclass(frozen=True)
class Credentials:
    """The private credentials of one ballot, in the order of the letters' numbers from 1."""

    plan: Plan
    private: tuple[str, ...]

    @classmethod
    def made(cls, plan: Plan, number: int) -> Credentials:
        """New ones; one for each deputy who votes electronically."""
        if not 0 < number <= min(plan.roll, _MOST):
            raise Trouble(
                "bad-number",
                f"份数应为 1 至 {min(plan.roll, _MOST)}(全体代表 {plan.roll} 人)",
                f"there are {plan.roll} deputies",
            )
        return cls(plan, tuple(make_credential() for _ in range(number)))

    def public(self, uuid: str) -> list[str]:
        """The public ones for one election, in an order that says nothing of the letters."""
        group = group_named(self.plan.group)
        return sorted(public(uuid, one, group) for one in self.private)

    def public_of(self, uuid: str, number: int) -> str:
        """The public credential of one letter."""
        if not 0 < number <= len(self.private):
            raise Trouble(
                "bad-number",
                f"信封编号应为 1 至 {len(self.private)}",
                f"letters are numbered from 1 to {len(self.private)}",
            )
        if uuid not in self.plan.uuids:
            raise Trouble("other-election", f"{uuid} 不属于本次票决", "no election of this ballot")
        return public(uuid, self.private[number - 1], group_named(self.plan.group))

    def sealed(self, passphrase: str, *, cost: tuple[int, int] = MODERATE) -> str:
        """The text of their key file."""
        plan = self.plan
        secret = dumps(
            {
                "ballot_id": plan.ballot_id,
                "group": plan.group,
                "uuids": list(plan.uuids),
                "roll": plan.roll,
                "credentials": list(self.private),
            }
        )
        try:
            return seal(CREDENTIALS_LIST, secret, passphrase, cost=cost)
        except Refused as exc:
            raise Trouble.of(exc) from exc

    @classmethod
    def unsealed(cls, path: Path, passphrase: str) -> Credentials:
        """Read their key file; Trouble for a wrong passphrase."""
        text = files.read(path)
        try:
            secret = canonical(unseal(CREDENTIALS_LIST, text, passphrase), most=_MOST_BYTES)
            read = fields(secret, "ballot_id", "group", "uuids", "roll", "credentials")
            return cls(_plan(read), tuple(map(read_credential, array(read["credentials"]))))
        except Refused as exc:
            raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc


def _plan(data: dict[str, Any]) -> Plan:
    group_named(data["group"])
    uuids = tuple(map(uuid_of, array(data["uuids"], most=20)))
    return Plan(string(data["ballot_id"]), data["group"], uuids, integer(data["roll"], most=_MOST))


def plan(service: Service, ballot_id: str) -> Plan:
    """What the service says of a ballot that is drafted."""
    found = (one for one in items(service, "ballots", limit=200) if one["id"] == ballot_id)
    ballot: dict[str, Any] = next(found, {})
    if not ballot.get("uuids"):
        raise Trouble("no-ballot", "没有此电子票决", "there is no such electronic ballot")
    method = service.get(f"ballot-methods/{ballot['method_id']}")
    electronic = method["parameters"]["electronic"]
    data = {"ballot_id": ballot_id, "group": electronic["group"]}
    try:
        return _plan(data | {"uuids": ballot["uuids"], "roll": ballot["roll"]})
    except Refused as exc:
        raise Trouble.of(exc) from exc


def write_all(
    credentials: Credentials,
    folder: Path,
    passphrase: str,
    letters: str,
    *,
    cost: tuple[int, int] = MODERATE,
) -> list[Path]:
    """The sealed list, ``letters`` to print, and the public lists; Trouble if they are there.

    The sealed list comes first: a credential that is printed can always be derived again.
    """
    key = folder / "credentials.key.json"
    files.write(key, credentials.sealed(passphrase, cost=cost), secret=True, new=True)
    written = [key, folder / "letters.html"]
    files.write(written[1], letters, secret=True, new=True)
    for uuid in credentials.plan.uuids:
        written.append(folder / f"public-{uuid}.json")
        files.write(written[-1], public_list(credentials, uuid), secret=False)
    return written


def public_list(credentials: Credentials, uuid: str) -> str:
    """The file of one election's public credentials."""
    return files.labelled(
        _LIST,
        ("公开凭证名册:不含任何秘密", "the public credentials of one election: nothing secret"),
        ("可以公开,并交投票服务登记", "public; it is registered with the voting service"),
        ballot_id=credentials.plan.ballot_id,
        group=credentials.plan.group,
        uuid=uuid,
        credentials=credentials.public(uuid),
    )


def read_public_list(path: Path) -> dict[str, Any]:
    """Such a file."""
    return files.read_fields(path, _LIST, "ballot_id", "group", "uuid", "credentials")


def published(path: Path) -> Published:
    """The public credentials of such a file, to hold an election's roll against it."""
    data = read_public_list(path)
    try:
        credentials = tuple(map(string, array(data["credentials"], most=_MOST)))
        return Published(uuid_of(data["uuid"]), string(data["group"]), credentials)
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc


def register(service: Service, lists: Sequence[dict[str, Any]], on: dt.date) -> None:
    """Register public lists; the ballot goes on when all its elections have theirs."""
    for one in lists:
        body = {
            "uuid": one["uuid"],
            "credentials": one["credentials"],
            "happened_on": on.isoformat(),
        }
        service.post(f"ballots/{one['ballot_id']}/credential-lists", body)


def issue(service: Service, ballot_id: str, deputy_id: str, on: dt.date) -> None:
    """Note that a deputy who signed in was handed a letter; never which."""
    body = {"deputy_id": deputy_id, "happened_on": on.isoformat()}
    service.post(f"ballots/{ballot_id}/credential-issues", body)


def withdraw(service: Service, uuid: str, credential: str) -> None:
    """Publish a public credential as withdrawn, before its deputy is handed a paper."""
    service.post(f"elections/{uuid}/withdrawn-credentials", {"credential": credential})
