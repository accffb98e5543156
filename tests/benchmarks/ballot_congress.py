"""A congress on a whole system, over its gateway: electronic votes opened and brought to an end.

Everything is synthetic.  Whoever acts uses the project's own clients.
"""

from __future__ import annotations

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kombu import Connection, Exchange, Producer
from nacl.pwhash import argon2id

from deploy.local.system import System
from services.ballot.belenios.ballot import sign
from services.ballot.client import ceremony, office, voter
from services.ballot.client.gateway import Gateway
from services.ballot.client.office import Credentials
from services.ballot.client.trouble import Trouble
from services.chassis import cloudevents, development_key, settings
from services.chassis.cloudevents import Event
from tests.services.ballot.congress import (
    CLOSING,
    method_body,
    officer_body,
    session_body,
    shortlist,
)
from tests.services.ballot.samples import CITY, online

from .ballot_archives import CANDIDATES, MOST, random_marks

#: Scrutineers who are trustees, by the subjects of their tokens; two of them can decrypt.
TRUSTEES = ("a", "b", "c")
CHIEF, CHAIR = "chief", "chair"
CHOICES = {1: "tick-up-to", 2: "approve-oppose-abstain", 3: "approve-oppose-abstain-up-to"}
DAY = dt.date.fromisoformat(CLOSING)
#: Of the trustees' key files, which cost as little to open as the format allows.
PASSPHRASE = "synthetic words, twelve at least"  # noqa: S105 - of keys that decide nothing
_CHEAP = (argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
_AT_ONCE = 4
_ROLES = {
    "clerk": "clerk",
    "office": "credentials-office",
    CHIEF: "chief-scrutineer",
    CHAIR: "executive-chairperson",
} | dict.fromkeys(TRUSTEES, "scrutineer")

T = TypeVar("T")


@dataclass
class Ballot:
    """An electronic vote that is open, with everybody's private credentials."""

    id: str
    group: str
    kind: int
    uuid: str
    credentials: Credentials


class Assembly:
    """Some deputies, all signed in, and the officers of their session."""

    def __init__(self, system: System, folder: Path, number: int) -> None:
        self.folder = folder
        self.url = system.gateway_url
        self._amqp = system.env["AMQP_URI"]
        self._settings = settings.load("gateway", system.env)
        self._gateways = {who: self._gateway(who, role) for who, role in _ROLES.items()}
        self.deputies: list[str] = self._at_once("clerk", self._enrol, range(number))
        self.session = self.post("clerk", "sessions", session_body())["id"]
        for who in (*TRUSTEES, CHIEF, CHAIR):
            path = f"sessions/{self.session}/officers"
            self.post("clerk", path, officer_body(who, _ROLES[who]))
        self._at_once("clerk", self._sign_in, self.deputies)

    def close(self) -> None:
        """Close the connections."""
        for gateway in self._gateways.values():
            gateway.close()

    def gateway(self, who: str) -> Gateway:
        """The client of an officer."""
        return self._gateways[who]

    def token(self, subject: str, role: str) -> str:
        """A token of a role, good for what happened long ago as well."""
        roles = [role, "recorder"]
        return development_key.token(self._settings, subject, roles, dt.timedelta(hours=6))

    def post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        """Post as an officer."""
        return self._gateways[who].post(path, body)

    def open(self, group: str, kind: int, voters: int) -> Ballot:
        """An electronic vote, ready for the first ballot of so many deputies."""
        drafted = self._drafted(group, kind)
        plan = office.plan(self.gateway("office"), drafted["id"])
        credentials = Credentials.made(plan, len(self.deputies))
        for one in plan.uuids:
            body = {"uuid": one, "credentials": credentials.public(one), "happened_on": CLOSING}
            self.post("office", f"ballots/{plan.ballot_id}/credential-lists", body)
        ballot = Ballot(plan.ballot_id, group, kind, plan.uuids[0], credentials)
        self._make_keys(ballot)
        body = {"title": "民生实事项目票决(合成)", "happened_on": CLOSING}
        self.post(CHIEF, f"ballots/{ballot.id}/elections", body)
        issue = f"ballots/{ballot.id}/credential-issues"
        self._at_once("office", lambda at, one: at.post(issue, one), self._issues(voters))
        return ballot

    def ballots(self, ballot: Ballot, voters: int) -> list[dict[str, str]]:
        """The signed ballots of the first deputies, as the load casts them."""
        found = voter.fetch(self.gateway("clerk"), ballot.uuid)
        rng = random.Random(voters)  # noqa: S311 - which projects are approved is no secret here
        made: list[dict[str, str]] = []
        for deputy, credential in zip(self.deputies, ballot.credentials.private, strict=True):
            if len(made) == voters:
                break
            prepared = voter.make(found, credential, random_marks(ballot.kind, rng))
            signed = sign(found.election, credential, prepared.ballot)
            token = self.token(deputy, "deputy")
            made.append({"token": token, "tracker": signed.tracker, "text": signed.to_text()})
        return made

    def _drafted(self, group: str, kind: int) -> Any:
        rules = online(group=group, spare_elections=0, least_ballots=1, overvote="prevented")
        drafted = method_body(choice=CHOICES[kind], seats=MOST, **rules)
        method = self.post("clerk", "ballot-methods", drafted)["id"]
        said = {"delegation": "示例代表团", "happened_on": "2023-02-18"}
        self.post("clerk", f"ballot-methods/{method}/discussions", said)
        said = {"submitted_by": "大会主席团(合成)", "happened_on": "2023-02-19"}
        self.post("clerk", f"ballot-methods/{method}/presidium-decisions", said)
        said = {"adopted_by": "大会全体会议(合成)", "happened_on": "2023-02-20"}
        self.post("clerk", f"ballot-methods/{method}/adoption", said)
        listed = shortlist(CANDIDATES)
        self._publish("proposal.shortlist.adopted.v1", listed)
        body = {"session_id": self.session, "shortlist_id": listed["id"], "method_id": method}
        body |= {"happened_on": CLOSING, "medium": "electronic"}
        return _insist("shortlist-not-heard", lambda: self.post("clerk", "ballots", body))

    def _make_keys(self, ballot: Ballot) -> None:
        body = {"trustees": list(TRUSTEES), "happened_on": CLOSING}
        self.post("clerk", f"ballots/{ballot.id}/ceremonies", body)
        for _ in range(len(ceremony.STEPS) + 1):
            for who in TRUSTEES:
                self._take_part(ballot, who)

    def _take_part(self, ballot: Ballot, who: str) -> None:
        folder = self.folder / ballot.uuid / who
        folder.mkdir(parents=True, exist_ok=True)
        try:
            ceremony.hold(
                self.gateway(who), folder, ballot.id, lambda new: PASSPHRASE, _wait, cost=_CHEAP
            )
        except _Waiting:
            return

    def _publish(self, type_: str, data: dict[str, Any]) -> None:
        """Publish an event in another service's name; its own work is not measured here."""
        now = dt.datetime.now(dt.UTC)
        source = f"/{CITY}/{type_.partition('.')[0]}"
        event = Event(str(uuid.uuid4()), type_, source, data["id"], 1, now, data)
        name = type_.partition(".")[2]
        with Connection(self._amqp) as connection:
            exchange = Exchange("proposal.events", type="topic", no_declare=True)
            Producer(connection, exchange).publish(
                event.to_json(),
                routing_key=cloudevents.routing_key(name, CITY),
                content_type=cloudevents.CONTENT_TYPE,
                content_encoding="utf-8",
            )

    def _enrol(self, at: Gateway, number: int) -> str:
        mandate = {"congress": CITY, "level": "city", "delegation": "示例代表团"}
        body = {"name": f"代表{number}(合成)", "mandates": [mandate], "happened_on": "2023-01-05"}
        return str(at.post("deputies", body)["id"])

    def _sign_in(self, at: Gateway, deputy: str) -> None:
        body = {"deputy_id": deputy, "happened_on": CLOSING}
        at.post(f"sessions/{self.session}/sign-ins", body)

    def _issues(self, voters: int) -> list[dict[str, str]]:
        return [{"deputy_id": one, "happened_on": CLOSING} for one in self.deputies[:voters]]

    def _at_once(
        self, who: str, work: Callable[[Gateway, Any], T], items: Iterable[Any]
    ) -> list[T]:
        """Do the same for many, some at a time: a client is for one thread."""
        everything = list(items)

        def some(first: int) -> list[T]:
            gateway = self._gateway(who, _ROLES[who])
            try:
                return [work(gateway, one) for one in everything[first::_AT_ONCE]]
            finally:
                gateway.close()

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return [one for part in pool.map(some, range(_AT_ONCE)) for one in part]

    def _gateway(self, who: str, role: str) -> Gateway:
        return Gateway(self.url, self.token(who, role))


class _Waiting(Exception):
    """A trustee waits for the others."""


def _wait(shown: dict[str, Any]) -> None:
    raise _Waiting


def _insist(code: str, work: Callable[[], Any], patience: float = 20.0) -> Any:
    """Do it as long as it is refused with this code."""
    end = time.monotonic() + patience
    while True:
        try:
            return work()
        except Trouble as exc:
            if exc.code != code or time.monotonic() > end:
                raise
            time.sleep(0.1)
