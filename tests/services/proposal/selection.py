"""Synthetic things to select from: bodies of calls, and a service that has what they refer to."""

from __future__ import annotations

from typing import Any

from ...harness import Harness

GOVERNMENT = ("government", "recorder")
UNIT = ("unit", "recorder")
CLERK = ("clerk", "recorder")


class Selection:
    """The service with two aspects and three units."""

    def __init__(self, service: Harness) -> None:
        self.service = service
        for code, name in (("elderly-care", "养老"), ("health", "卫生健康")):
            service.call("define_aspect", {"code": code, "name": name})
        self.lead, self.other, self.third = (
            service.call("register_unit", {"name": f"示例{n}局(合成)", "kind": "department"})["id"]
            for n in "甲乙丙"
        )

    def call(self, method: str, *args: Any, roles: tuple[str, ...] = CLERK, **how: Any) -> Any:
        """Call the service."""
        return self.service.call(method, *args, roles=roles, **how)

    def body(self, **changes: Any) -> dict[str, Any]:
        """A candidate as the first release knew it."""
        return {
            "year": 2023,
            "name": "社区老年助餐(合成)",
            "description": "新建社区老年食堂(合成)。",
            "aspect": "elderly-care",
            "lead_unit_id": self.lead,
            "budget": {"total_yuan": 50_000_000, "year_yuan": 20_000_000, "funding_source": "财政"},
            "due_on": "2023-11-30",
            "sub_items": [{"name": "食堂", "target": 120, "unit_of_measure": "家"}],
            "happened_on": "2022-12-20",
        } | changes

    def whole(self, **changes: Any) -> dict[str, Any]:
        """A candidate that says everything that one may say."""
        return self.body(
            goal="让老年人吃得上热饭(合成)",
            urgency="important",
            co_unit_ids=[self.other],
            budget={
                "total_yuan": 50_000_000,
                "year_yuan": 20_000_000,
                "funding_source": "财政",
                "sources": [
                    {"source": "市财政", "yuan": 30_000_000},
                    {"source": "区财政", "yuan": 20_000_000},
                ],
                "years": [{"year": 2023, "yuan": 20_000_000}, {"year": 2024, "yuan": 30_000_000}],
            },
            sub_items=[
                {"name": "食堂", "target": 120, "unit_of_measure": "家", "due_on": "2023-09-30"},
                {"name": "送餐", "target": None, "unit_of_measure": "人"},
            ],
            places=[
                {
                    "division": "330106",
                    "name": "示例社区(合成)",
                    "longitude": 120.1,
                    "latitude": 30.2,
                    "datum": "GCJ-02",
                },
                {"division": "330102", "name": "示例街道(合成)"},
            ],
            stages=[
                {"name": "第一年", "goal": "建成 60 家(合成)", "due_on": "2023-11-30"},
                {"name": "第二年", "goal": "全部建成(合成)", "due_on": "2024-11-30"},
            ],
            supporting="配套无障碍设施(合成)",
            operation="由社区长期运营,区财政补助(合成)",
            **changes,
        )

    def propose(self, **changes: Any) -> dict[str, Any]:
        """Put a candidate forward."""
        found: dict[str, Any] = self.call(
            "propose_candidate", self.body(**changes), roles=GOVERNMENT
        )
        return found

    def revise(self, id_: str, **changes: Any) -> dict[str, Any]:
        """Revise it."""
        body = {"reason": "核实后调整(合成)", "happened_on": "2022-12-25"} | changes
        found: dict[str, Any] = self.call("revise_candidate", id_, body, roles=GOVERNMENT)
        return found

    def accepted(self, **changes: Any) -> str:
        """An accepted suggestion's id."""
        body = {
            "year": 2023,
            "author_kind": "resident",
            "channel": "site",
            "aspect": "elderly-care",
            "title": "增设老年食堂(合成)",
            "text": "合成文本",
            "place": {"division": "330106"},
            "happened_on": "2022-11-01",
        }
        made = self.call("submit_suggestion", body | changes)["id"]
        sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
        self.call("sort_suggestion", made, sorting)
        return str(made)

    def distilled(self, *suggestions: str) -> str:
        """A suggested project's id."""
        body = {
            "year": 2023,
            "title": "助餐(合成)",
            "aspect": "elderly-care",
            "text": "合成",
            "suggestion_ids": list(suggestions),
            "happened_on": "2022-12-10",
        }
        return str(self.call("distil_suggested_project", body)["id"])

    def waiting(self, **changes: Any) -> dict[str, Any]:
        """An entry of the pool."""
        body = {
            "title": "老年助餐(合成)",
            "text": "合成",
            "aspect": "elderly-care",
            "happened_on": "2022-12-15",
        }
        found: dict[str, Any] = self.call("add_pool_entry", body | changes)
        return found

    def drawn(self, *ids: str, **changes: Any) -> dict[str, Any]:
        """A shortlist of candidates."""
        body = {"year": 2023, "candidate_ids": list(ids), "happened_on": "2023-01-10"}
        found: dict[str, Any] = self.call("draw_up_shortlist", body | changes, roles=GOVERNMENT)
        return found

    def adopt(self, id_: str, **changes: Any) -> dict[str, Any]:
        """Adopt it."""
        body = {"adopted_by": "市人大常委会(合成)", "happened_on": "2023-01-18"}
        found: dict[str, Any] = self.call("adopt_shortlist", id_, body | changes)
        return found

    def stage(self, id_: str, stage: str, **changes: Any) -> dict[str, Any]:
        """Record a stage."""
        body = {
            "stage": stage,
            "body": "示例机关(合成)",
            "outcome": "passed",
            "happened_on": "2023-01-12",
        }
        found: dict[str, Any] = self.call("pass_shortlist_stage", id_, body | changes)
        return found

    def rule(self, kind: str, content: Any, day: str = "2022-01-01") -> dict[str, Any]:
        """Adopt a rule."""
        body = {
            "kind": kind,
            "title": "示例规则(合成)",
            "text": "合成",
            "source": "合成",
            "content": content,
            "adopted_by": "示例机关(合成)",
            "happened_on": day,
        }
        found: dict[str, Any] = self.call("adopt_rule", body)
        return found
