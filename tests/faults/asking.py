"""A questionnaire to deputies, households and residents on a whole system, and who answers it."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from services.commons import clock
from services.commons.aggregate import new_id

from ..desk import PATIENCE, Desk
from ..services.supervision.year import OWN, Year
from ..services.survey import sampled
from ..services.survey.cycle import adopted_method, audience_body, questionnaire_body
from ..services.survey.samples import parameters

#: Who is asked, by group.
SECRET, NAMED, HOUSEHOLDS, RESIDENTS = GROUPS = ("all-deputies", "team", "households", "residents")
MARKS = ("satisfied", "basically-satisfied", "dissatisfied")
TEXT = {"zh-CN": "(合成)题"}
QUESTIONS = [
    {"code": "grade", "kind": "grade", "per": "item", "text": TEXT},
    {"code": "why", "kind": "text", "per": "once", "text": TEXT},
]
#: Nobody can be satisfied so often here; then the unit must put it right.
PARAMETERS = parameters(
    groups=[{"group": group, "name_zh": f"{group}(合成)", "weight": "1/4"} for group in GROUPS],
    thresholds=[
        {"of": of, "measure": "top1", "below": "99/100", "inclusive": False, "then": ["rectify"]}
        for of in ("project", "sub-item")
    ],
)


@dataclass(frozen=True)
class Form:
    """What somebody sends: the ``marks`` of the lines and a ``word``.

    ``subject``: the deputy who is logged in, else ""; ``given``: the token or the link.
    """

    group: str
    key: str
    subject: str
    given: dict[str, str]
    marks: tuple[str, ...]
    word: str | None


@dataclass(frozen=True)
class Answered:
    """What came back of a form."""

    form: Form
    status: int
    answer: Any


class Assessment:
    """A project of a vote, assessed by deputies, households and residents; open to all of them."""

    def __init__(self, desk: Desk, zone: ZoneInfo, *, deputies: int, team: int) -> None:
        self.desk, self.year = desk, Year(desk)
        #: Who is not logged in cannot name a day, so it all happens today.
        self.day = clock.civil_day(clock.now(), zone).isoformat()
        (self.project,) = self.year.vote("(合成)甲")
        self.deputies = [self.year.deputy(OWN) for _ in range(deputies)]
        self.team = self.deputies[:team]
        method = adopted_method(desk, parameters=PARAMETERS)
        body = questionnaire_body(method, questions=QUESTIONS)
        self.id = desk.call("draft_questionnaire", body)["id"]
        self.audiences = {group: self._added(group) for group in GROUPS}
        drawing = sampled.drawn(desk)
        desk.call("use_sample", self.audiences[HOUSEHOLDS], {"drawing_id": drawing["id"]})
        self.items = self._opened()
        sheet = {"reason": "发放邀请(合成)"}
        rows = desk.call("make_link_sheet", self.audiences[HOUSEHOLDS], sheet)
        self.tokens = [row["链接"].partition("#token=")[2] for row in rows]
        link = {"label": "合成场所", "happened_on": self.day}
        self.code = desk.call("open_link", self.audiences[RESIDENTS], link)["code"]

    def body(self, form: Form) -> dict[str, Any]:
        """A form as it is sent."""
        answers: list[dict[str, Any]] = [
            {"question": "grade", "item_id": item, "value": mark}
            for item, mark in zip(self.items, form.marks, strict=True)
        ]
        answers.append({"question": "why", "value": form.word})
        return {"form_version": 1, "answers": answers} | form.given

    def send(self, form: Form) -> tuple[int, Any]:
        """Send a form until there is an answer."""
        return self.desk.ask(
            "answer_questionnaire",
            self.audiences[form.group],
            self.body(form),
            roles=("deputy",),
            subject=form.subject,
            key=form.key,
        )

    def _added(self, group: str) -> str:
        days = {"opens_on": self.day, "closes_on": self.day}
        audience = audience_body(group=group, title=f"{group}(合成)", **days, **self._asked(group))
        return str(self.desk.call("add_audience", self.id, audience)["id"])

    def _asked(self, group: str) -> dict[str, Any]:
        # They are named, so that it is not opened before all of them have been heard of.
        deputies: dict[str, Any] = {"deputies": self.deputies}
        team = {"deputies": self.team, "kind": "named", "replaceable": True}
        limits = {"per_network_hour": 1000}
        return {
            SECRET: deputies,
            NAMED: team,
            HOUSEHOLDS: {"channel": "invitation", "kind": "anonymous", "sampling": "sample"},
            RESIDENTS: {
                "channel": "open",
                "kind": "anonymous",
                "sampling": "open",
                "limits": limits,
            },
        }[group]

    def _opened(self) -> list[str]:
        found = self.desk.call("open_questionnaire", self.id, {"happened_on": self.day})
        return [item["item_id"] for item in found["items"]]


class Respondents:
    """Everybody who answers, some twice at the same moment with other forms and other keys."""

    def __init__(self, asked: Assessment, residents: int, team_times: int, pause: float) -> None:
        self.asked, self.pause = asked, pause
        self.rng = random.Random(20231205)
        self.answered: list[Answered] = []
        self.failures: list[str] = []
        self._threads = [
            threading.Thread(target=self._run, args=(forms,))
            for forms in self._planned(residents, team_times)
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until all have their answers."""
        for thread in self._threads:
            thread.join(2 * PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads)
        assert not self.failures, self.failures[:3]

    @property
    def counted(self) -> list[Form]:
        """The forms that count: all that were accepted, of a named deputy her last one."""
        taken = [one.form for one in self.answered if one.status == 201]
        last = {form.subject: form for form in taken if form.group == NAMED}
        return [form for form in taken if form.group != NAMED] + list(last.values())

    def marks(self, group: str, item: int) -> Counter[str]:
        """How often each mark stands on that line of the forms that count."""
        return Counter(form.marks[item] for form in self.counted if form.group == group)

    def _planned(self, residents: int, team_times: int) -> list[list[Form]]:
        """The forms of each thread, in the order in which it sends them."""
        asked = self.asked
        plans = [[self._form(SECRET, subject=one) for one in part] for part in _two(asked.deputies)]
        plans += [[self._form(NAMED, subject=one) for _ in range(team_times)] for one in asked.team]
        for part in _two(asked.tokens):
            plans.append([self._form(HOUSEHOLDS, token=one) for one in part])
        for _ in range(2):
            plans.append([self._form(RESIDENTS, link=asked.code) for _ in range(residents // 2)])
        # A third of the deputies and of the households sends a second one at about the same time.
        plans.append([self._form(SECRET, subject=one) for one in asked.deputies[::3]])
        plans.append([self._form(HOUSEHOLDS, token=one) for one in asked.tokens[::3]])
        return plans

    def _form(self, group: str, subject: str = "", **given: str) -> Form:
        marks = tuple(self.rng.choice(MARKS) for _ in self.asked.items)
        word = None if group == NAMED else f"(合成)意见标记{self.rng.randrange(10**9)}"
        return Form(group, new_id(), subject, given, marks, word)

    def _run(self, forms: list[Form]) -> None:
        rng = random.Random(forms[0].key)
        for form in forms:
            try:
                time.sleep(rng.uniform(0, 2 * self.pause))
                self.answered.append(Answered(form, *self.asked.send(form)))
            except BaseException as exc:
                self.failures.append(repr(exc))
                return


def _two(all_: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The first half, and the other."""
    return all_[: len(all_) // 2], all_[len(all_) // 2 :]
