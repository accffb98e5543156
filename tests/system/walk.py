"""A livelihood project's way through supervision over HTTP, step by step.  All of it synthetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.chassis.house import until
from tests.desk import Desk, rows
from tests.services.ballot.congress import Congress, shortlist
from tests.services.supervision.pictures import photos, picture
from tests.services.supervision.plan_sample import content
from tests.services.survey import cycle

Json = dict[str, Any]

UNIT, DEPUTY, RESIDENT = ("unit", "recorder"), ("deputy", "recorder"), ("resident", "recorder")
#: Operations that rest on an event of another service.
PATIENT = ("open_ballot", "publish_plan", "archive_project", "raise_opinion")
#: What may stand in no log, metric, event or dead letter; the place as given, near the plan's site.
WORDS, PHONE = "(合成)言语标记", "13900009731"
PLACE = {"longitude": 120.1300731, "latitude": 30.2600731, "datum": "GCJ-02"}
NAMES = [f"代表{number}(合成)" for number in range(9)]
#: What a look-back does by the method of the assessment.
LOOK_BACK = {
    "years": 3,
    "consequences": [
        {"finding": "not-effective", "effect": "again"},
        {
            "finding": "not-effective",
            "effect": "cap",
            "over": "unit",
            "grade": "basically-satisfied",
        },
    ],
}


@dataclass
class Walk:
    """The people and things of the walk, from a certified result on."""

    desk: Desk
    unit: str = ""
    inspector: str = ""
    project: str = ""
    item: str = ""
    deputies: list[str] = field(default_factory=list)

    def vote(self) -> None:
        """Two projects are chosen by a vote on paper, and supervision hears of it."""
        self.unit, self.inspector = (self._unit(name) for name in ("民生局", "验收局"))
        congress = Congress(self.desk, candidates=1)
        self.deputies = congress.deputies
        congress.shortlist = told = shortlist(3)
        for candidate in told["candidates"]:
            candidate["lead_unit_id"] = self.unit
            candidate["sub_items"][0]["target"] = 100  # as the sample of a plan has it
        self.desk.deliver("proposal.shortlist.adopted.v1", told)
        congress.sign_in(8)
        ballot = congress.certified(8, 7, 2)
        assert ballot["state"] == "certified"
        chosen = told["candidates"][0]
        self.project, self.item = chosen["id"], chosen["sub_items"][0]["id"]

    def as_unit(self, method: str, *args: Any, **how: Any) -> Any:
        """Call as the unit that leads the project."""
        return self.desk.call(method, *args, roles=UNIT, subject=self.unit, **how)

    def as_deputy(self, method: str, *args: Any, **how: Any) -> Any:
        """Call as the first of the deputies."""
        return self.desk.call(method, *args, roles=DEPUTY, subject=self.deputies[0], **how)

    def build(self) -> Json:
        """Plan, progress and acceptance; how the project stands then."""
        units = [(self.unit, "lead"), (self.inspector, "implementing")]
        units_of_plan = [{"unit_id": unit, "role": role} for unit, role in units]
        plan = content(self.unit, self.item, units=units_of_plan)
        body = {"content": plan, "happened_on": "2023-03-01"}
        self.as_unit("publish_plan", self.project, body)
        for month, day, quantity in (("2023-04", "2023-04-30", 30), ("2023-05", "2023-05-10", 100)):
            said = {"sub_item_id": self.item, "month": month, "happened_on": day}
            self.as_unit("report_progress", self.project, {"quantity": quantity, **said})
        accepted = {
            "sub_item_id": self.item,
            "unit_id": self.inspector,
            "passed": True,
            "document": "(合成)验收一号",
            "happened_on": "2023-05-12",
        }
        who: Json = {"roles": UNIT, "subject": self.inspector}
        self.desk.call("hold_acceptance", self.project, accepted, **who)
        state: Json = self.desk.call("get_project_state", self.project, {"on": "2023-05-31"})
        return state

    def snap(self, shown: list[Json], **how: Any) -> tuple[int, Any]:
        """A deputy's snap near the planned site, whatever the answer is."""
        body = {
            "deputy_id": self.deputies[0],
            "text": WORDS,
            "place": PLACE,
            "photos": shown,
            "happened_on": "2023-06-05",
        }
        who: Json = {"roles": DEPUTY, "subject": self.deputies[0]}
        return self.desk.ask("take_snap", body, **who, **how)

    def photo(self, seed: int, **more: Any) -> list[Json]:
        """An uploaded photo as a body names it."""
        sha256 = self.desk.upload(picture(seed), self.deputies[0], DEPUTY)
        return photos(sha256, **more)

    def loop(self) -> Json:
        """A snap is forwarded, answered, judged and confirmed; the opinion in the end."""
        status, snap = self.snap(self.photo(1, place=PLACE))
        assert (status, snap["project_id"], snap["site_code"]) == (201, self.project, "s1")
        opinion, unit = snap["opinion_id"], {"unit_id": self.unit, "happened_on": "2023-06-07"}
        self.as_unit("accept_opinion", opinion, unit)
        self.as_unit("handle_opinion", opinion, unit | {"text": WORDS})
        self.as_unit("reply_to_opinion", opinion, unit | {"text": WORDS, "result": "A"})
        judged = {"judgement": "satisfied", "reason": WORDS, "happened_on": "2023-06-08"}
        assert self.as_deputy("judge_reply", opinion, judged)["state"] == "replied"
        seen = {
            "deputy_id": self.deputies[0],
            "solved": True,
            "text": WORDS,
            "photos": self.photo(2, role="after", place=PLACE),
            "happened_on": "2023-06-09",
        }
        closed: Json = self.as_deputy("confirm_opinion", opinion, seen)
        return closed

    def replied(self) -> Json:
        """An opinion that has its reply and waits for somebody to settle it."""
        body = {
            "project_id": self.project,
            "deputy_id": self.deputies[0],
            "channel": "online",
            "text": WORDS,
            "happened_on": "2023-06-12",
        }
        made = self.as_deputy("raise_opinion", body)
        reply = {"unit_id": self.unit, "text": WORDS, "result": "C", "happened_on": "2023-06-13"}
        replied: Json = self.as_unit("reply_to_opinion", made["id"], reply)
        return replied

    def message(self) -> Json:
        """A resident's message with a contact; approved, and answered by the unit."""
        body = {
            "project_id": self.project,
            "text": WORDS,
            "contact": {"phone": PHONE},
            "happened_on": "2023-07-03",
        }
        made = self.desk.call("post_message", body, roles=RESIDENT, subject="(合成)居民")
        self.desk.call("approve_message", made["id"], {"happened_on": "2023-07-04"})
        answer = {"unit_id": self.unit, "text": WORDS, "happened_on": "2023-07-05"}
        answered: Json = self.as_unit("answer_message", made["id"], answer)
        return answered

    def look_back(self) -> str:
        """A former project of the same unit does not serve any more; the look-back's id."""
        item = {"name": "(合成)旧子项", "target": 3, "unit_of_measure": "处"}
        former = self.desk.call(
            "archive_project",
            {
                "year": 2021,
                "name": "(合成)旧项目",
                "description": "(合成)",
                "aspect": "elderly-care",
                "lead_unit_id": self.unit,
                "adopted_on": "2021-02-20",
                "sub_items": [item | {"quantity": 3, "reached_on": "2021-11-01"}],
                "source": {"title": "(合成)报告"},
                "happened_on": "2023-08-01",
            },
        )
        day = {"happened_on": "2023-09-05"}
        planned = self.desk.call("plan_look_back", day | {"project_id": former["id"]})["id"]
        went = day | {"place": WORDS, "deputy_ids": self.deputies[:1]}
        self.as_deputy("visit_look_back", planned, went)
        found = {"working": "not", "text": WORDS, "operator_unit_id": self.unit}
        self.as_deputy("find_at_look_back", planned, day | found)
        said = day | {"finding": WORDS, "effective": False}
        concluded = self.desk.call("conclude_look_back", planned, said)
        return str(concluded["id"])

    def score(self) -> Json:
        """The year's assessment, on the basis of what looking back found."""
        desk = self.desk
        for table, count in (("heard_projects", 3), ("heard_look_backs", 1), ("heard_deputies", 9)):
            until(partial(self._heard, table, count), 20)
        data = cycle.method_body()["parameters"] | {"look_back": LOOK_BACK}
        opened = cycle.opened(desk, method=cycle.adopted_method(desk, parameters=data))
        for deputy in self.deputies[:6]:
            cycle.answer(desk, opened, deputy, "satisfied")
        cycle.close(desk, opened)
        return cycle.publish(desk, opened)

    def grades(self) -> list[str]:
        """The grades of the project, once supervision has heard them."""

        def heard() -> list[str]:
            year = self.desk.call("get_archived_year", 2023)
            (project,) = [one for one in year["projects"] if one["id"] == self.project]
            return [score["grade"] for score in project["scores"]]

        found: list[str] = until(heard)
        return found

    def edition(self) -> Json:
        """The year's report, frozen as of the end of December."""
        defined = {"year": 2023, "title": "(合成)报告", "completed_by": "2023-11-30"}
        self.desk.call("define_report", defined | {"happened_on": "2023-12-20"})
        body = {"as_of": "2023-12-27", "happened_on": "2023-12-28"}
        drafted: Json = self.desk.call("draft_edition", 2023, body)
        return drafted

    def _heard(self, table: str, count: int) -> bool:
        return len(rows(self.desk.system, "survey", table)) == count

    def _unit(self, name: str) -> str:
        body = {"name": f"(合成){name}", "kind": "department"}
        return str(self.desk.call("register_unit", body)["id"])
