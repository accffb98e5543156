"""What the tests of answers and follow-ups share: suggestions, projects, candidates, results."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa

from ...harness import Harness, example

CLERK = ("clerk", "recorder")
GOVERNMENT = ("government", "recorder")


def as_unit(id_: str) -> dict[str, Any]:
    """Who calls: a unit itself, whose token names it by its id in the register."""
    return {"roles": ("unit", "recorder"), "subject": id_}


Json = dict[str, Any]


class Collection:
    """The service with an aspect and two units, and short ways to everything that follows."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.call = harness.call
        self.call("define_aspect", {"code": "elderly-care", "name": "养老"})
        self.unit, self.other = (
            self.call("register_unit", {"name": f"示例市{n}局(合成)", "kind": "department"})["id"]
            for n in ("民政", "住建")
        )

    def enrolled(self) -> str:
        """A deputy of whom the register has told."""
        deputy = example("ballot", "deputy.enrolled.v1") | {"id": str(uuid.uuid4())}
        self.harness.deliver("ballot.deputy.enrolled.v1", deputy)
        return str(deputy["id"])

    def submitted(self, by: str | None = None, **changes: Any) -> Json:
        """A suggestion, a resident's unless changed; ``by`` herself, or entered by staff."""
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
        if "deputy_id" in changes:
            body["author_kind"] = "deputy"
        if by is None:
            body["channel"] = "letter"
            return self._made(body | changes)
        return self._made(body | changes, roles=("resident", "recorder"), subject=by)

    def _made(self, body: Json, **who: Any) -> Json:
        made: Json = self.call("submit_suggestion", body, **who)
        return made

    def accepted(self, day: str = "2022-12-01", **changes: Any) -> Json:
        """A suggestion that was accepted on a day."""
        sorting = {"outcome": "accepted", "happened_on": day}
        found: Json = self.call("sort_suggestion", self.submitted(**changes)["id"], sorting)
        return found

    def project(self, suggestion_ids: list[str], day: str = "2022-12-10") -> Json:
        """A suggested project."""
        body = {
            "year": 2023,
            "title": "助餐(合成)",
            "aspect": "elderly-care",
            "text": "合成",
            "suggestion_ids": suggestion_ids,
            "happened_on": day,
        }
        made: Json = self.call("distil_suggested_project", body)
        return made

    def handed_over(self, project_id: str, day: str = "2022-12-15", **changes: Any) -> Json:
        """A suggested project that was given to the first unit."""
        body = {"unit_id": self.unit, "happened_on": day} | changes
        made: Json = self.call("hand_over_suggested_project", project_id, body)
        return made

    def answer_together(self, project_id: str, day: str = "2023-02-01", **changes: Any) -> Json:
        """A suggested project whose members were answered."""
        body = {"text": "答复(合成)", "result": "A", "happened_on": day} | changes
        handler = self.call("get_suggested_project", project_id)["unit_id"] or self.unit
        made: Json = self.call("answer_together", project_id, body, **as_unit(handler))
        return made

    def answer(self, suggestion_id: str, day: str = "2023-02-01", **changes: Any) -> Json:
        """An answer to one suggestion, which the government gives for a unit."""
        body = {
            "text": "答复(合成)",
            "result": "A",
            "unit_id": self.unit,
            "happened_on": day,
        }
        body |= changes
        made: Json = self.call("answer_suggestion", suggestion_id, body, roles=GOVERNMENT)
        return made

    def answers(self, suggestion_id: str) -> list[Json]:
        """The answers to a suggestion."""
        found: list[Json] = self.call("list_answers", suggestion_id, {"limit": "200"})["items"]
        return found

    def overdue(self, on: str, **params: str) -> list[Json]:
        """What was overdue on a day."""
        page = self.call("list_overdue", {"on": on, "limit": "200"} | params)
        found: list[Json] = page["items"]
        return found

    def kept(self, table: str, key: str, value: str) -> dict[str, str | None]:
        """What a column of a table holds, by another one: what no view shows."""
        columns = self.harness.metadata.tables[table].c
        with self.harness.engine.connect() as connection:
            rows = connection.execute(sa.select(columns[key], columns[value])).all()
        return {row[0]: row[1] for row in rows}

    def milestones(self, suggestion_id: str) -> list[str]:
        """What the author was told, in the order of the days."""
        return [one["milestone"] for one in self.follow_ups(suggestion_id)]

    def follow_ups(self, suggestion_id: str) -> list[Json]:
        """The same, whole."""
        found: list[Json] = self.call("list_follow_ups", suggestion_id, {"limit": "200"})["items"]
        return found

    def candidate(
        self, project_ids: list[str], name: str = "助餐服务(合成)", **changes: Any
    ) -> Json:
        """A candidate with two sub-items."""
        body = {
            "year": 2023,
            "name": name,
            "description": "合成",
            "aspect": "elderly-care",
            "lead_unit_id": self.unit,
            "budget": {"total_yuan": 10, "year_yuan": 5, "funding_source": "财政"},
            "due_on": "2023-11-30",
            "sub_items": [
                {"name": "食堂(合成)", "target": 100, "unit_of_measure": "家"},
                {"name": "送餐(合成)", "target": None, "unit_of_measure": "人"},
            ],
            "suggested_project_ids": project_ids,
            "happened_on": "2022-12-20",
        }
        roles = ("government", "recorder")
        made: Json = self.call("propose_candidate", body | changes, roles=roles)
        return made

    def shortlisted(self, candidate_ids: list[str]) -> Json:
        """An adopted shortlist."""
        body = {"year": 2023, "candidate_ids": candidate_ids, "happened_on": "2023-01-10"}
        made = self.call("draw_up_shortlist", body)
        adoption = {"adopted_by": "常委会(合成)", "happened_on": "2023-01-18"}
        found: Json = self.call("adopt_shortlist", made["id"], adoption)
        return found


def certified(chosen: list[Json], others: list[Json]) -> Json:
    """The certified result over candidates as this service has them."""
    result = example("ballot", "result.certified.v1")
    lines = []
    for candidate, wins in [(one, True) for one in chosen] + [(one, False) for one in others]:
        lines.append(
            {
                "candidate_id": candidate["id"],
                "name": candidate["name"],
                "chosen": wins,
                "reason": "passed" if wins else "below-threshold",
                "round": 1,
                "approve": 470 if wins else 255,
                "oppose": 9,
                "abstain": 10,
                "description": candidate["description"],
                "aspect": candidate["aspect"],
                "lead_unit_id": candidate["lead_unit_id"],
                "budget_yuan": 10,
                "due_on": candidate["due_on"],
                "sub_items": candidate["sub_items"],
                "suggested_project_ids": candidate["suggested_project_ids"],
            }
        )
    counts = [
        {"candidate_id": one["candidate_id"], "approve": 1, "oppose": 0, "abstain": 0}
        for one in lines
    ]
    result["rounds"][0]["candidates"] = counts
    return result | {"id": str(uuid.uuid4()), "candidates": lines}


def progressed(candidate: Json, month: str, quantity: float | None, **changes: Any) -> Json:
    """A month's progress of a candidate's first sub-item, or of another."""
    item = changes.pop("item", 0)
    data = completed(candidate) | {"completed_on": None}
    data["progress"] = {
        "sub_item_id": candidate["sub_items"][item]["id"],
        "month": month,
        "quantity": quantity,
        "share": changes.pop("share", None),
        "happened_on": f"{month}-28",
    }
    return data | changes


def completed(candidate: Json) -> Json:
    """The project of a candidate, complete."""
    items = [one | {"completed_on": None} for one in candidate["sub_items"]]
    return example("supervision", "project.completed.v1") | {
        "id": candidate["id"],
        "name": candidate["name"],
        "sub_items": items,
    }


def scored(candidate: Json) -> Json:
    """A published score of a candidate's project."""
    score = example("survey", "score.published.v1")
    item = score["items"][0] | {"item_id": candidate["id"], "project_id": candidate["id"]}
    return score | {"items": [item | {"name": candidate["name"]}]}


def looked_back(candidate: Json) -> Json:
    """A look-back at a candidate's project, which names it only."""
    found = example("supervision", "look-back.recorded.v1")
    return found | {"project_name": candidate["name"], "project_year": candidate["year"]}
