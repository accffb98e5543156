"""A project with its units and a deputy, and the steps of the closed loop in few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.supervision.rules import shipped

from ...harness import Harness
from .year import OWN, Year, new

DAY = "2023-05-16"
Json = dict[str, Any]


class Loop:
    """Speaks to the service as the unit that has a matter, its deputy, and the office."""

    def __init__(self, service: Harness) -> None:
        self.service, self.year = service, Year(service)
        (self.project,) = self.year.vote("(合成)甲")
        self.unit, self.other = self.year.unit, self.a_unit()
        self.deputy = self.year.deputy(OWN)
        self.register = "opinion"

    def a_unit(self) -> str:
        """Another unit of the register."""
        made = self.year.hear("proposal.unit.registered.v1", id=new(), name="(合成)另一局")
        return str(made["id"])

    def adopt(self, kind: str, change: Callable[[Any], Any]) -> None:
        """Adopt a rule that differs from the shipped one, from May on."""
        body = {"kind": kind, "title": "(合成)", "text": "(合成)", "source": "(合成)"}
        self.year.call(
            "adopt_supervision_rule",
            **body,
            content=change(shipped(kind)["content"]),
            adopted_by="(合成)",
            happened_on="2023-05-01",
        )

    def raised(self, **more: Any) -> Json:
        """An opinion of the deputy."""
        body = {"project_id": self.project, "deputy_id": self.deputy, "channel": "online"}
        return self.year.call("raise_opinion", **{"text": "(合成)"} | body | more)

    def get(self, matter: Json) -> Json:
        """How it stands."""
        found: Json = self.service.call(f"get_{self.register}", matter["id"])
        return found

    def history(self, matter: Json) -> Json:
        """All that happened to it."""
        found: Json = self.service.call("get_matter_history", self.register, matter["id"])
        return found

    def open_codes(self, matter: Json) -> set[str]:
        """The terms that run for it."""
        found = self.history(matter)["deadlines"]
        return {one["code"] for one in found if one["ended_on"] is None}

    def overdue(self, on: str, **which: str) -> list[str]:
        """What was overdue on a day."""
        found = self.service.call("list_supervision_overdue", {"on": on, "limit": "200"} | which)
        return [one["subject_id"] for one in found["items"]]

    def step(self, method: str, matter: Json, by_unit: str | None = None, **body: Any) -> Json:
        """A step that the unit takes which has it in hand."""
        whole = {"happened_on": DAY} | body
        args = (self.register, matter["id"], whole)
        return self.as_unit(by_unit or body.get("unit_id", self.unit), method, *args)

    def reply(self, matter: Json, **body: Any) -> Json:
        """The unit's reply."""
        return self.step(
            "reply_to_matter", matter, unit_id=self.unit, **{"text": "(合成)答复"} | body
        )

    def judge(self, matter: Json, judgement: str, by: str | None = None, **body: Any) -> Json:
        """The deputy's judgement."""
        whole = {"happened_on": DAY, "judgement": judgement} | body
        return self.as_deputy(by or self.deputy, "judge_reply", matter["id"], whole)

    def confirm(self, matter: Json, **body: Any) -> Json:
        """The deputy's word whether it is solved."""
        whole = {"happened_on": DAY, "deputy_id": self.deputy, "solved": True} | body
        return self.as_deputy(self.deputy, "confirm_solution", self.register, matter["id"], whole)

    def close(self, matter: Json, **body: Any) -> Json:
        """The office settles it."""
        whole = {"reason": "(合成)"} | body
        return self.year.call("close_matter", self.register, matter["id"], **whole)

    def route(self, matter: Json, unit_id: str, beside: list[str] | None = None) -> Json:
        """The office gives it to a unit, and to others beside it."""
        body = {"unit_id": unit_id, "co_handling_unit_ids": beside or [], "reason": "(合成)改交"}
        return self.year.call("route_matter", self.register, matter["id"], **body)

    def rates(self, on: str, **which: str) -> Json:
        """The rates as of a day."""
        found: Json = self.service.call("get_matter_rates", {"on": on} | which)
        return found

    def as_unit(self, unit_id: str, method: str, *args: Any) -> Json:
        """Call as a unit."""
        roles = ("unit", "recorder")
        found: Json = self.service.call(method, *args, roles=roles, subject=unit_id)
        return found

    def as_deputy(self, deputy_id: str, method: str, *args: Any) -> Json:
        """Call as a deputy."""
        roles = ("deputy", "recorder")
        found: Json = self.service.call(method, *args, roles=roles, subject=deputy_id)
        return found
