"""A year's assessment over HTTP, of deputies, households and residents.  All of it synthetic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from services.commons import clock
from tests.chassis.house import until
from tests.desk import rows
from tests.services.survey import cycle, sampled
from tests.services.survey.samples import parameters

from .walk import WORDS, Walk

Json = dict[str, Any]

#: Operations that rest on an event of another service.
PATIENT = ("open_ballot", "draft_questionnaire", "open_questionnaire", "get_rectification")
GOOD, FAIR, BAD = "satisfied", "basically-satisfied", "dissatisfied"
TEXT = {"zh-CN": "(合成)题"}
QUESTIONS: list[Json] = [
    {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
    {"code": "why", "kind": "text", "per": "once", "text": TEXT},
]
PARAMETERS = parameters(
    groups=[
        {"group": "all-deputies", "name_zh": "代表", "weight": "60/100"},
        {"group": "households", "name_zh": "住户", "weight": "30/100"},
        {"group": "residents", "name_zh": "居民", "weight": "10/100"},
    ],
    thresholds=[
        {
            "of": "sub-item",
            "measure": "composite",
            "below": "4/5",
            "inclusive": False,
            "then": ["rectify", "assess-again"],
            "days": 60,
        }
    ],
    aggregation={"project": {"from": "sub-items", "by": "mean"}},
)
#: What the deputies, households and residents mark, line by line: project, then sub-item.
MARKS = {
    "all-deputies": [(GOOD, GOOD)] * 3 + [(GOOD, BAD)] * 6,
    "households": [(GOOD, GOOD)] * 5 + [(FAIR, BAD)] * 10,
    "residents": [(BAD, BAD)] * 2,
}
#: 60 % of 3/9, 30 % of 5/15, 10 % of 0/2.
COMPOSITE, LINE = "30.00", "4/5"


@dataclass
class Assessment:
    """What is asked of whom on the project of a walk, and what becomes of it."""

    walk: Walk
    zone: ZoneInfo
    id: str = ""
    items: list[Json] = field(default_factory=list)
    audiences: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    code: str = ""
    requirement: str = ""

    @property
    def day(self) -> str:
        """Today: who is not logged in cannot name a day."""
        return clock.civil_day(clock.now(), self.zone).isoformat()

    def draft(self) -> Json:
        """A method with a line, and a questionnaire on the project and its sub-item."""
        desk = self.walk.desk
        method = cycle.adopted_method(desk, parameters=PARAMETERS)
        asked = {"item_ids": [self.walk.project, self.walk.item], "questions": QUESTIONS}
        drafted: Json = desk.call("draft_questionnaire", cycle.questionnaire_body(method, **asked))
        self.id = drafted["id"]
        return drafted

    def ask(self) -> Json:
        """Everybody who is asked: deputies, a sample of households, residents by a link."""
        desk = self.walk.desk
        self._audience("all-deputies")
        anonymous = {"kind": "anonymous"}
        self._audience("households", channel="invitation", sampling="sample", **anonymous)
        self._audience("residents", channel="open", sampling="open", **anonymous)
        drawing = sampled.drawn(desk)
        desk.call("use_sample", self.audiences["households"], {"drawing_id": drawing["id"]})
        opened: Json = desk.call("open_questionnaire", self.id, {"happened_on": self.day})
        self.items = opened["items"]
        rows = desk.call(
            "make_link_sheet", self.audiences["households"], {"reason": "发放邀请(合成)"}
        )
        self.tokens = {row["编号"]: row["链接"].partition("#token=")[2] for row in rows}
        link = {"label": "合成场所", "happened_on": self.day}
        self.code = desk.call("open_link", self.audiences["residents"], link)["code"]
        return opened

    def answer(self) -> Json:
        """They answer, some with words; how many have, by whom they were asked."""
        who: dict[str, list[tuple[str, dict[str, str]]]] = {
            "all-deputies": [(one, {}) for one in self.walk.deputies],
            "households": [("", {"token": one}) for one in self.tokens.values()],
            "residents": [("", {"link": self.code})] * 2,
        }
        for group, marks in MARKS.items():
            for (subject, given), own in zip(who[group], marks, strict=False):
                assert self.send(group, own, subject, **given) == (201, {"accepted": True})
        return {
            group: self.walk.desk.call("get_participation", audience)["returned"]
            for group, audience in self.audiences.items()
        }

    def send(
        self, group: str, marks: tuple[str, ...], subject: str, **given: str
    ) -> tuple[int, Any]:
        """Send a form, whatever the answer is."""
        answers: list[Json] = [
            {"question": "grade", "item_id": item["item_id"], "value": mark}
            for item, mark in zip(self.items, marks, strict=True)
        ]
        answers.append({"question": "why", "value": WORDS})
        body = {"form_version": 1, "answers": answers, **given}
        to = self.audiences[group]
        return self.walk.desk.ask(
            "answer_questionnaire", to, body, roles=("deputy",), subject=subject
        )

    def early(self) -> list[int]:
        """What the public and the office are answered that ask for the score while it runs."""
        ask = self.walk.desk.ask
        return [
            ask("get_score", self.id, subject="")[0],
            ask("get_score", self.id, roles=("clerk",))[0],
        ]

    def publish(self) -> Json:
        """Close, and publish a moment later by a decision; the score as everybody reads it."""
        desk = self.walk.desk
        desk.call("close_questionnaire", self.id, {"happened_on": self.day})
        at = (clock.now() + dt.timedelta(seconds=1)).isoformat()
        decision = cycle.decision(publishes_at=at, happened_on=self.day)
        assert desk.call("publish_score", self.id, decision)["state"] == "waiting"
        until(lambda: desk.ask("get_score", self.id, subject="")[0] == 200)
        score: Json = desk.call("get_score", self.id, subject="")
        return score

    def rectify(self) -> list[Json]:
        """The requirement, its task at the unit, reported, confirmed; the requirement then."""
        desk = self.walk.desk
        (required,) = desk.listed("list_requirements", self.id)
        self.requirement = required["id"]
        task = desk.call("get_rectification", self.requirement)
        body = {"text": WORDS, "happened_on": self.day}
        reported = self.walk.as_unit("report_rectification", self.requirement, body)
        seen = body | {"deputy_id": self.walk.deputies[0]}
        confirmed = self.walk.as_deputy("confirm_rectification", self.requirement, seen)

        def heard() -> Any:
            found = desk.call("get_requirement", self.requirement)
            known = found["rectification"]
            return known and known["state"] == "confirmed" and found

        return [required, task, reported, confirmed, until(heard)]

    def again(self) -> tuple[Json, Json]:
        """A second assessment of what failed, by all deputies: its score, beside the first."""
        desk = self.walk.desk
        days = {"opens_on": self.day, "closes_on": self.day}
        second = cycle.opened(desk, days, follows=self.id, on=self.day)
        for deputy in self.walk.deputies:
            cycle.answer(desk, second, deputy, GOOD, roles=("deputy",))
        desk.call("close_questionnaire", second["id"], {"happened_on": self.day})
        desk.call("publish_score", second["id"], cycle.decision(happened_on=self.day))
        score = desk.call("get_score", second["id"], subject="")
        return score, desk.call("get_comparison", second["id"], subject="")

    def report(self) -> Json:
        """The year's report, as of today, when both scores have come; as text and digest."""
        desk = self.walk.desk
        title = {"year": 2023, "title": "(合成)报告", "completed_by": "2023-11-30"}
        desk.call("define_report", title | {"happened_on": self.day})
        until(lambda: len(rows(desk.system, "supervision", "scores")) == 2)
        body = {"as_of": self.day, "happened_on": self.day}
        edition: Json = desk.call("draft_edition", 2023, body)
        return edition

    def _audience(self, group: str, **asked: Any) -> None:
        days = {"opens_on": self.day, "closes_on": self.day}
        body = cycle.audience_body(group=group, title=f"{group}(合成)", **days, **asked)
        self.audiences[group] = self.walk.desk.call("add_audience", self.id, body)["id"]
