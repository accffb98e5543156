"""A small synthetic year, told to the service by events and calls as the others would."""

from __future__ import annotations

import uuid
from typing import Any

from ...harness import Harness, example

OWN, DISTRICT = "330100", "330106"


def new() -> str:
    """A fresh id."""
    return str(uuid.uuid4())


class Year:
    """Speaks to a supervision service: first what it hears, then what it is asked to record."""

    def __init__(self, service: Harness) -> None:
        self.service = service
        self.unit = self.hear("proposal.unit.registered.v1", id=new(), name="(合成)民生局")["id"]
        self.session = self.hear(
            "ballot.session.opened.v1",
            id=new(),
            congress=OWN,
            opens_on="2023-02-20",
            closes_on="2023-02-22",
        )["id"]

    def hear(self, type_: str, *, version: int = 1, **changes: Any) -> dict[str, Any]:
        """Deliver the producer's example with changes; what was delivered."""
        producer, _, name = type_.partition(".")
        data = example(producer, name) | changes
        self.service.deliver(type_, data, version=version)
        return data

    def deputy(self, *congresses: str, on: str = "2022-01-10") -> str:
        """Enrol a deputy of these congresses; her id."""
        mandates = [
            {"congress": c, "level": "city" if c == OWN else "district", "delegation": "(合成)一团"}
            for c in congresses
        ]
        data = self.hear("ballot.deputy.enrolled.v1", id=new(), mandates=mandates, enrolled_on=on)
        return str(data["id"])

    def vote(self, *names: str, target: float | None = 100, year: int = 2023) -> list[str]:
        """A certified result that chooses these and not one more; the chosen ones' ids."""
        candidates = [self._candidate(name, target, chosen=True) for name in names]
        self.hear(
            "ballot.result.certified.v1",
            version=4,
            id=new(),
            year=year,
            session_id=self.session,
            certified_on="2023-02-22",
            candidates=[*candidates, self._candidate("(合成)落选项目", target, chosen=False)],
        )
        return [candidate["candidate_id"] for candidate in candidates]

    def _candidate(self, name: str, target: float | None, *, chosen: bool) -> dict[str, Any]:
        shape: dict[str, Any] = example("ballot", "result.certified.v1")["candidates"][0]
        item = shape["sub_items"][0] | {"id": new(), "name": name + "子项", "target": target}
        return shape | {
            "candidate_id": new(),
            "name": name,
            "chosen": chosen,
            "lead_unit_id": self.unit,
            "sub_items": [item],
        }

    def call(self, method: str, *ids: str, **body: Any) -> dict[str, Any]:
        """Call a method as the office; ``happened_on`` is a day of May unless it is given."""
        answer: dict[str, Any] = self.service.call(
            method, *ids, {"happened_on": "2023-05-16"} | body
        )
        return answer

    def week(self) -> str:
        """Arrange the supervision week of May; its id."""
        made = self.call(
            "arrange_activity",
            year=2023,
            kind="supervision-week",
            name="(合成)代表监督周",
            starts_on="2023-05-15",
            ends_on="2023-05-19",
            happened_on="2023-04-20",
        )
        return str(made["id"])

    def figures(self, as_of: str = "2023-12-27") -> dict[str, Any]:
        """The values of the year's figures by key."""
        found = self.service.call("get_report_figures", 2023, {"as_of": as_of})
        return {figure["key"]: figure["value"] for figure in found["figures"]}
