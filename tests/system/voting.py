"""A small congress that votes electronically over HTTP, played with the clients' own functions."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nacl.pwhash import argon2id

from deploy.demo.tokens import Tokens
from deploy.local.system import System
from services.ballot.annex.copying import Mark
from services.ballot.annex.receipt import Receipt
from services.ballot.client import ceremony, office, trustee, voter
from services.ballot.client.follower import Follower
from services.ballot.client.gateway import Gateway
from services.ballot.client.letters import to_html
from services.ballot.client.trouble import Trouble
from services.ballot.client.trustee_state import State, newest_state
from tests.services.ballot.samples import online, parameters

DAY = "2023-02-22"
CONGRESS = "330100"
PASSPHRASE = "合成口令 system test"
CHEAP = (argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
DEPUTIES, PRESENT, CANDIDATES = 8, 7, 3
NAME = "民生实事项目票决(合成)"


class Congress:
    """The people of one vote; ``year`` keeps it apart from the others.

    ``deputies``: those that another vote has enrolled.
    """

    def __init__(
        self,
        system: System,
        year: int,
        folder: Path,
        deputies: Sequence[str] = (),
        **electronic: Any,
    ) -> None:
        self.system, self.year, self.folder = system, year, folder
        sample = system.minsheng("token", "--role", "clerk", "--subject", "nobody").strip()
        self._tokens = Tokens(sample, Path(system.env["MINSHENG_DATA_DIR"]))
        self.clerk = self.gateway("clerk", "clerk", "recorder")
        self.government = self.gateway("government", "government", "recorder")
        self.office = self.gateway("office", "credentials-office", "recorder")
        self.trustees = [f"{year}-scrutineer-{n}" for n in (1, 2, 3)]
        self.chief = self.gateway(f"{year}-chief", "chief-scrutineer", "recorder")
        self.deputies = deputies or [self._enrol(number) for number in range(DEPUTIES)]
        self.session = self._session()
        for deputy in self.deputies[:PRESENT]:
            body = {"deputy_id": deputy, "happened_on": DAY}
            self.clerk.post(f"sessions/{self.session}/sign-ins", body)
        self.method = self._method(electronic)
        self.ballot = self._ballot(self._shortlist())
        self.id: str = self.ballot["id"]
        self.uuid: str = self.ballot["uuids"][0]

    def gateway(self, subject: str, *roles: str) -> Gateway:
        """Somebody's connection."""
        return Gateway(self.system.gateway_url, self._tokens.of(subject, roles))

    def scrutineer(self, subject: str) -> Gateway:
        """A scrutineer's connection."""
        return self.gateway(subject, "scrutineer", "recorder")

    # Preparing

    def register(self) -> office.Credentials:
        """The office makes its files and registers the public lists."""
        plan = office.plan(self.office, self.id)
        credentials = office.Credentials.made(plan, DEPUTIES)
        folder = self.folder / "office"
        letters = to_html(credentials, NAME)
        written = office.write_all(credentials, folder, PASSPHRASE, letters, cost=CHEAP)
        lists = [office.read_public_list(path) for path in written[2:]]
        office.register(self.office, lists, dt.date.fromisoformat(DAY))
        return office.Credentials.unsealed(written[0], PASSPHRASE)

    def hold_ceremony(self) -> None:
        """Every scrutineer runs her command again and again until the keys are made."""
        body = {"trustees": self.trustees, "happened_on": DAY}
        self.clerk.post(f"ballots/{self.id}/ceremonies", body)
        waiting = list(self.trustees)
        while waiting:
            for subject in list(waiting):
                if self._take_part(subject):
                    waiting.remove(subject)

    def state(self, subject: str) -> State:
        """A scrutineer's record."""
        return newest_state(self.folder / subject, self.id, lambda new: PASSPHRASE)

    def open(self) -> Any:
        """The chief scrutineer opens the voting; then letters are handed out."""
        opened = self.chief.post(
            f"ballots/{self.id}/elections", {"title": NAME, "happened_on": DAY}
        )
        for deputy in self.deputies[:PRESENT]:
            office.issue(self.office, self.id, deputy, dt.date.fromisoformat(DAY))
        return opened

    # Voting and after it

    def deputy(self, number: int) -> Gateway:
        """A deputy's connection."""
        return self.gateway(self.deputies[number], "deputy")

    def vote(self, number: int, credential: str, marks: list[Mark] | None) -> Receipt:
        """A deputy votes with a client of her own."""
        connection = self.deputy(number)
        at = voter.fetch(connection, self.uuid)
        return voter.cast(connection, at, credential, voter.make(at, credential, marks))

    def follower(self, subject: str) -> Follower:
        """A scrutineer's copy, brought up to date."""
        at = Follower(self.folder / subject, self.uuid)
        at.update(self.scrutineer(subject))
        return at

    def act(self, what: str, by: Gateway | None = None) -> Any:
        """Take the election one step further."""
        return (by or self.chief).post(f"elections/{self.uuid}/{what}", {"happened_on": DAY})

    def cosign(self, subject: str) -> str:
        """A scrutineer signs the end."""
        at = self.follower(subject)
        return trustee.cosign_end(self.scrutineer(subject), at, self.state(subject))

    def decrypt(self, subject: str) -> str:
        """A scrutineer decrypts."""
        at = self.follower(subject)
        return trustee.decrypt_tally(self.scrutineer(subject), at, self.state(subject))

    def _take_part(self, subject: str) -> bool:
        class Waiting(Exception):
            pass

        def waits(shown: Any) -> None:
            raise Waiting

        try:
            ceremony.hold(
                self.scrutineer(subject),
                self.folder / subject,
                self.id,
                lambda new: PASSPHRASE,
                waits,
                cost=CHEAP,
            )
        except Waiting:
            return False
        return True

    def _enrol(self, number: int) -> str:
        mandate = {"congress": CONGRESS, "level": "city", "delegation": "示例代表团"}
        body = {
            "name": f"代表{number}(合成)",
            "mandates": [mandate],
            "happened_on": "2023-01-05",
        }
        return str(self.clerk.post("deputies", body)["id"])

    def _session(self) -> str:
        body = {
            "congress": CONGRESS,
            "term": 14,
            "ordinal": self.year % 100,
            "name": f"某市第十四届人民代表大会会议({self.year},合成)",
            "opens_on": "2023-02-18",
            "closes_on": DAY,
        }
        session = str(self.clerk.post("sessions", body)["id"])
        roles = dict.fromkeys(self.trustees, "scrutineer") | {
            f"{self.year}-chief": "chief-scrutineer"
        }
        for subject, role in roles.items():
            officer = {
                "subject": subject,
                "name": f"人员{subject}(虚构)",
                "role": role,
                "put_up_by": "示例代表团",
                "approved_by": "大会全体会议(合成)",
                "happened_on": "2023-02-20",
            }
            self.clerk.post(f"sessions/{session}/officers", officer)
        return session

    def _method(self, electronic: dict[str, Any]) -> str:
        chosen = {"seats": 2, "choice": "approve-oppose-abstain-up-to"}
        body = {
            "title": "票决办法(合成)",
            "text": f"合成文本({self.year})。",
            "parameters": parameters(**online(**electronic), **chosen),
            "happened_on": "2023-02-10",
        }
        method = str(self.clerk.post("ballot-methods", body)["id"])
        for step, said in (
            ("discussions", {"delegation": "示例代表团", "happened_on": "2023-02-18"}),
            (
                "presidium-decisions",
                {"submitted_by": "大会主席团(合成)", "happened_on": "2023-02-19"},
            ),
            ("adoption", {"adopted_by": "大会全体会议(合成)", "happened_on": "2023-02-20"}),
        ):
            self.clerk.post(f"ballot-methods/{method}/{step}", said)
        return method

    def _shortlist(self) -> str:
        code = f"vote-{self.year}"
        self.clerk.post("aspects", {"code": code, "name": "合成养老"})
        unit = self.clerk.post("units", {"name": f"示例局{self.year}(合成)", "kind": "department"})
        ids = []
        for number in range(1, CANDIDATES + 1):
            body = {
                "year": self.year,
                "name": f"候选项目{number}(合成)",
                "description": "合成说明。",
                "aspect": code,
                "lead_unit_id": unit["id"],
                "budget": {
                    "total_yuan": 50_000_000,
                    "year_yuan": 20_000_000,
                    "funding_source": "财政",
                },
                "due_on": "2023-11-30",
                "sub_items": [{"name": "食堂", "target": 120, "unit_of_measure": "家"}],
                "happened_on": "2022-12-20",
            }
            ids.append(self.government.post("candidates", body)["id"])
        drawn = {"year": self.year, "candidate_ids": ids, "happened_on": "2023-01-10"}
        shortlist = str(self.government.post("shortlists", drawn)["id"])
        adopted = {"adopted_by": "市人大常委会(合成)", "happened_on": "2023-01-18"}
        self.clerk.post(f"shortlists/{shortlist}/adoption", adopted)
        return shortlist

    def _ballot(self, shortlist: str) -> Any:
        body = {
            "session_id": self.session,
            "shortlist_id": shortlist,
            "method_id": self.method,
            "medium": "electronic",
            "happened_on": DAY,
        }
        return eventually(lambda: self.clerk.post("ballots", body))


def eventually(call: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What a call answers once another service's events are there; its Trouble without them."""
    end = time.monotonic() + seconds
    while True:
        try:
            return call()
        except Trouble as exc:
            if exc.status not in (404, 409, 422) or time.monotonic() > end:
                raise
        time.sleep(0.2)
