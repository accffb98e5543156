"""A second, plain way to count a year's figures: from the requests alone, without any service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.demo.figures import Figures
from deploy.demo.request import Ref, Request, Step
from deploy.demo.voting import Voter, Voting


class Ledger:
    """All requests of a replay, by path."""

    def __init__(self, figures: Figures, steps: list[Step]) -> None:
        self.figures = figures
        self.as_of = str(figures.as_of)
        self.requests = [request for step in steps for request in step.requests]
        self.by_name = {request.name: request for request in self.requests}
        self.sheets = [step.sheet for step in steps if step.sheet]
        (self.voting,) = (a for step in steps for a in step.acts if isinstance(a, Voting))

    def of(self, path: str) -> list[Request]:
        """The requests to a path that record something, dated no later than the report."""
        return [
            request
            for request in self.requests
            if request.method == "POST"
            and request.path == path
            and request.body.get("happened_on", "") <= self.as_of
        ]

    def counted(self) -> dict[str, float]:
        """The figures by key."""
        return {
            **self._intake(),
            **self._ballot(),
            **self._projects(),
            **self._week(),
            **self._online(),
            **dict(self._declared()),
        }

    def made(self) -> dict[str, dict[str, Any]]:
        """All suggestions that were handed in, one by one or in a file, with what they say."""
        handed_in = {self.about(r) for r in self.of("/v1/suggestions/{}/submission")}
        one_by_one = {
            r.name: r.body
            for r in self.of("/v1/suggestions")
            if not r.body.get("draft") or r.name in handed_in
        }
        rows = {
            row["来源编号"]: {
                "author_kind": "deputy" if row["提出人类别"] == "代表" else "resident",
                "year": int(row["年度"]),
                "aspect": row["方面"],
            }
            for sheet in self.sheets
            for row in sheet.rows
            if row["提出日期"] <= self.as_of
        }
        return one_by_one | rows

    def about(self, request: Request) -> str:
        """The suggestion that a request is about, or its number in a file."""
        return self.suggestion(request.of[0])

    def suggestion(self, ref: str | Ref) -> str:
        """The suggestion that a reference stands for."""
        assert isinstance(ref, Ref)
        found = self.by_name[ref.name]
        if found.method == "GET":
            assert isinstance(found.of[0], str)
            return found.of[0]
        return ref.name

    def accepted(self) -> dict[str, str]:
        """Every suggestion that stands accepted and not withdrawn, with its aspect."""
        made = self.made()
        aspects = {name: body["aspect"] for name, body in made.items()}
        states: dict[str, str] = {}
        for request in self.of("/v1/suggestions/{}/sorting"):
            name, body = self.about(request), request.body
            aspects[name] = body.get("aspect") or aspects[name]
            if body["outcome"] != "reclassified":
                states[name] = body["outcome"]
        withdrawn = {self.about(r) for r in self.of("/v1/suggestions/{}/withdrawal")}
        return {
            name: aspects[name]
            for name, state in states.items()
            if state == "accepted" and name not in withdrawn
        }

    def _intake(self) -> dict[str, float]:
        made = self.made()
        accepted = {
            name: aspect
            for name, aspect in self.accepted().items()
            if made[name]["author_kind"] == "deputy" and made[name]["year"] == self.figures.year
        }
        judged = {self.about(r): r.body["sub_item_id"] for r in self.of("/v1/suggestions/{}/match")}
        matched = {name for name, sub_item in judged.items() if sub_item}
        distilled = {
            r.body["aspect"]
            for r in self.of("/v1/suggested-projects")
            if r.body["year"] == self.figures.year
            and any(self.suggestion(ref) in accepted for ref in r.body["suggestion_ids"])
        }
        return {
            "intake.deputy_suggestions": len(accepted),
            "intake.suggestion_aspects": len(set(accepted.values())),
            "intake.proposed_project_aspects": len(distilled),
            "intake.suggestions_matching_voted_share": len(matched & accepted.keys())
            / len(accepted),
        }

    def _ballot(self) -> dict[str, float]:
        session = self.by_name["session"].body
        roll = {
            name
            for name in self.own()
            if self.by_name[name].body["happened_on"] <= session["opens_on"]
        }
        present = {
            r.body["deputy_id"].name
            for r in self.of("/v1/sessions/{}/sign-ins")
            if r.of == (Ref("session"),) and r.body["happened_on"] == session["closes_on"]
        }
        return {
            "ballot.roll": len(roll),
            "ballot.present": len(present & roll),
            "ballot.candidates": len(self.candidates()),
            "ballot.chosen": len(self.chosen()),
        }

    def own(self) -> set[str]:
        """The deputies of this congress."""
        return {
            r.name
            for r in self.of("/v1/deputies")
            if self.figures.code in [m["congress"] for m in r.body["mandates"]]
        }

    def chosen(self) -> list[str]:
        """The chosen candidates by a plain reading of the law: majority of all, most approvals."""
        approvals = self.approvals()
        roll = len([n for n in self.own() if not n.startswith("deputy/late")])
        passing = sorted(
            (n for n in approvals if 2 * approvals[n] > roll), key=lambda n: -approvals[n]
        )
        return passing[: self.figures["ballot.chosen"]]

    def candidates(self) -> list[str]:
        """The candidates on the ballot, by the names of their proposals."""
        return [ref.name for ref in self.by_name["shortlist"].body["candidate_ids"]]

    def voters(self) -> tuple[Voter, ...]:
        """Everybody who votes electronically, in the crowd or alone."""
        return self.voting.voters

    def approvals(self) -> dict[str, int]:
        """How many tick each candidate."""
        return {name: sum(name in v.ticks for v in self.voters()) for name in self.candidates()}

    def _projects(self) -> dict[str, float]:
        chosen = self.chosen()
        targets = {
            (name, ("sub_items", place, "id")): item["target"]
            for name in chosen
            for place, item in enumerate(self._sub_items(name))
        }
        standing: dict[Any, dict[str, Any]] = {}
        for request in self.of("/v1/projects/{}/progress"):
            item = request.body["sub_item_id"]
            standing[item.name, item.path, request.body["month"]] = request.body
        complete = {
            (name, path)
            for (name, path, _), body in standing.items()
            if (name, path) in targets
            and body["happened_on"] <= str(self.figures.completed_by)
            and _reaches(targets[name, path], body)
        }
        groups = [r.body["project_id"].name for r in self.of("/v1/groups")]
        return {
            "supervision.projects": len(chosen),
            "supervision.sub_items": len(targets),
            self.figures.completed_key: len(complete),
            "supervision.groups": len(set(groups) & set(chosen)),
        }

    def _sub_items(self, candidate: str) -> list[dict[str, Any]]:
        """A candidate's sub-items as they were last revised; a revision keeps their order."""
        items: list[dict[str, Any]] = self.by_name[candidate].body["sub_items"]
        for request in self.of("/v1/candidates/{}/revision"):
            if request.of == (Ref(candidate),) and "sub_items" in request.body:
                places = [("sub_items", place, "id") for place in range(len(items))]
                items = request.body["sub_items"]
                assert [item["id"].path for item in items] == places
        return items

    def _week(self) -> dict[str, float]:
        week = self.by_name["activity/week"].body

        def within(request: Request) -> bool:
            day: str = request.body["happened_on"]
            return bool(week["starts_on"] <= day <= week["ends_on"])

        visits = {
            r.name
            for r in self.of("/v1/visits")
            if r.body["activity_id"] == Ref("activity/week") and within(r)
        }
        there = [
            (r.of[0], r.body["deputy_id"].name)
            for r in self.of("/v1/visits/{}/attendances")
            if isinstance(r.of[0], Ref) and r.of[0].name in visits
        ]
        assert len(set(there)) == len(there), "nobody is twice on one visit"
        own, people = self.own(), {person for _, person in there}
        problems = [
            r
            for r in self.of("/v1/problems")
            if r.body["visit_id"] and r.body["visit_id"].name in visits and within(r)
        ]
        opinions = [r for r in self.of("/v1/opinions") if r.body["channel"] == "week" and within(r)]
        return {
            "supervision.week.city_deputies": len(people & own),
            "supervision.week.district_deputies": len(people - own),
            "supervision.week.attendances": len(there),
            "supervision.week.problems": len(problems),
            "supervision.week.opinions": len(opinions),
        }

    def _online(self) -> dict[str, float]:
        own, chosen = self.own(), self.chosen()

        def counts(request: Request) -> bool:
            body = request.body
            return (
                body["deputy_id"].name in own
                and body["project_id"].name in chosen
                and body["happened_on"].startswith(str(self.figures.year))
            )

        opinions = [
            r for r in self.of("/v1/opinions") if r.body["channel"] == "online" and counts(r)
        ]
        acts = [*opinions, *(r for r in self.of("/v1/online-checks") if counts(r))]
        handled, replied = (
            {r.of[0].name for r in self.of(f"/v1/opinions/{{}}/{what}")}  # type: ignore[union-attr]
            for what in ("handling", "reply")
        )
        online = "supervision.online."
        return {
            online + "city_deputies": len({r.body["deputy_id"].name for r in acts}),
            online + "projects_covered": len({r.body["project_id"].name for r in acts}),
            online + "opinions": len(opinions),
            online + "opinions_handled_and_replied": len(
                {r.name for r in opinions} & handled & replied
            ),
        }

    def _declared(self) -> Iterator[tuple[str, float]]:
        for indicator in self.of("/v1/indicators"):
            if indicator.body["year"] != self.figures.year:
                continue
            months = {
                r.body["month"]: r.body["value"]
                for r in self.of("/v1/indicators/{}/entries")
                if r.of == (Ref(indicator.name),)
            }
            yield f"declared.{indicator.body['key']}", sum(months.values())


def _reaches(target: float | None, body: dict[str, Any]) -> bool:
    if target is None:
        return bool(body["share"] >= 1)
    return bool(body["quantity"] >= target)
