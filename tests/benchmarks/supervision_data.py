"""A city's supervision, written straight into the tables: synthetic, seeded, valid by the model.

A year has ten projects of five sub-items, thirteen districts, 2,000 opinions, 10,000 entries of
progress and 5,000 photos (合成).
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from services.supervision.tables import metadata

SEED = 20231128
DISTRICTS = [f"3301{number:02}" for number in (2, 5, 6, 8, 9, 10, 11, 12, 13, 14, 22, 27, 82)]
CONGRESS = "330100"
PROJECTS, ITEMS, DEPUTIES, UNITS = 10, 5, 500, 40
#: Of each project, in a year.
OPINIONS, PROBLEMS, PROGRESS, PHOTOS, VISITS, TASKS = 200, 40, 1000, 500, 20, 12
_KINDS = ("quality", "progress", "facility", "environment", "safety", "other")
_CLASS = {"safety": "major"}


class City:
    """Makes the rows; ``share`` of a whole city's, for tests."""

    def __init__(self, years: int, today: dt.date, share: float = 1.0, seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        self.today, self.share = today, share
        self.years = range(today.year - years + 1, today.year + 1)
        self.units = [self.id() for _ in range(UNITS)]
        self.of_districts = dict(zip(DISTRICTS, self.units[1:], strict=False))
        self.deputies = [self.id() for _ in range(max(20, round(DEPUTIES * share)))]
        #: Of the last year, for who wants to ask about one.
        self.projects: list[str] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def id(self) -> str:
        """The next id."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def add(self, table: str, **values: Any) -> str:
        """A row: what is not given is empty; its id."""
        columns = metadata.tables[table].c
        empty = {c.name: None for c in columns if c.server_default is None}
        row = empty | {"id": self.id()} | values
        if "recorded_at" in columns and "recorded_at" not in values:
            day = values.get("happened_on") or values.get("starts_on") or self.today
            row["recorded_at"] = dt.datetime(day.year, day.month, day.day, 8, tzinfo=dt.UTC)
        if "version" in columns and "version" not in values:
            row["version"] = 1
        self.rows.setdefault(table, []).append(row)
        return str(row["id"])

    def filled(self) -> Iterator[dict[str, list[dict[str, Any]]]]:
        """The rows in portions, the earliest year first."""
        for number, unit in enumerate(self.units):
            self.add("units", id=unit, name=f"(合成)单位{number}", kind="department")
        for deputy in self.deputies:
            enrolled = dt.date(self.years[0] - 1, 1, 10)
            self.add("deputies", id=deputy, congresses=[CONGRESS], enrolled_on=enrolled)
        for year in self.years:
            Year(self, year).fill()
            yield self.rows
            self.rows = {}

    def count(self, of_a_project: int) -> int:
        """How many of something a project has here."""
        return max(2, round(of_a_project * self.share))

    def some(self, things: list[str], most: int) -> list[str]:
        """A few different ones."""
        return self.chance.sample(things, self.chance.randint(1, most))


class Year:
    """One year's rows."""

    def __init__(self, city: City, year: int) -> None:
        self.city, self.year, self.chance = city, year, city.chance
        self.last = min(dt.date(year, 12, 20), city.today)

    def fill(self) -> None:
        """All of them."""
        city, year = self.city, self.year
        ballot, adopted = city.id(), dt.date(year, 1, 20)
        title = f"(合成){year}年度报告"
        city.add(
            "reports",
            year=year,
            title=title,
            completed_by=dt.date(year, 11, 30),
            happened_on=adopted,
        )
        week = city.add(
            "activities",
            year=year,
            kind="supervision-week",
            name="(合成)代表监督周",
            starts_on=dt.date(year, 5, 15),
            ends_on=dt.date(year, 5, 19),
            happened_on=adopted,
        )
        city.projects = []
        for number in range(PROJECTS):
            project = city.add(
                "projects",
                year=year,
                name=f"(合成){year}年项目{number + 1}",
                description="(合成)",
                aspect="elderly-care",
                lead_unit_id=self.chance.choice(city.units),
                budget_yuan=10_000_000,
                due_on=dt.date(year, 11, 30),
                ballot_id=ballot,
                suggested_project_ids=[],
                adopted_on=adopted,
            )
            city.projects.append(project)
            Project(self, project, week).fill()

    def day(self, month: int | None = None) -> dt.date:
        """A day of the year that is not to come, perhaps of one month."""
        month = month or self.chance.randint(2, 12)
        length = calendar.monthrange(self.year, month)[1]
        return min(dt.date(self.year, month, self.chance.randint(1, length)), self.last)

    def after(self, day: dt.date, days: int) -> dt.date | None:
        """A day soon after another; None if that is still to come."""
        later = day + dt.timedelta(days=self.chance.randint(1, days))
        return later if later <= self.city.today else None


class Project:
    """One project's rows."""

    def __init__(self, year: Year, id_: str, week: str) -> None:
        self.of, self.city, self.chance = year, year.city, year.chance
        self.id, self.week = id_, week
        self.items: list[str] = []
        self.group = ""

    def fill(self) -> None:
        """All of them."""
        for position in range(1, ITEMS + 1):
            self.items.append(
                self.add(
                    "sub_items",
                    position=position,
                    name=f"(合成)子项{position}",
                    target=100.0,
                    unit_of_measure="个",
                )
            )
        self._plan()
        self._progress()
        self._group()
        visits = [self._visit() for _ in range(self.city.count(VISITS))]
        for _ in range(self.city.count(OPINIONS)):
            self._opinion(visits)
        for _ in range(self.city.count(PROBLEMS)):
            self._problem(visits)
        for _ in range(self.city.count(TASKS)):
            self._task()

    def add(self, table: str, **values: Any) -> str:
        """A row of this project."""
        return self.city.add(table, project_id=self.id, **values)

    def _plan(self) -> None:
        year = self.of.year
        content: dict[str, Any] = {
            "units": [
                {"unit_id": self.city.units[0], "role": "lead", "division": None},
                *(
                    {"unit_id": unit, "role": "district", "division": division}
                    for division, unit in self.city.of_districts.items()
                ),
            ],
            "targets": [{"sub_item_id": item, "target": 100.0} for item in self.items],
            "due_on": f"{year}-11-30",
            "monthly": [
                {
                    "sub_item_id": item,
                    "month": f"{year}-{month:02}",
                    "quantity": min(100.0, 10.0 * (month - 1)),
                    "share": None,
                }
                for item in self.items
                for month in range(2, 12)
            ],
            "milestones": [],
            "funds": {"total_yuan": 10_000_000, "years": [{"year": year, "yuan": 10_000_000}]},
            "safeguards": "(合成)",
            "stages": [],
            "sites": [self._site(number) for number in range(self.city.count(50))],
            "tasks": [
                {
                    "code": f"t{place}-{division}",
                    "division": division,
                    "unit_id": self.city.of_districts[division],
                    "sub_item_id": item,
                    "target": None,
                    "share": 1 / 16,
                }
                for place, item in enumerate(self.items)
                for division in DISTRICTS
            ],
        }
        day = dt.date(year, 2, 10)
        self.add(
            "plans",
            number=1,
            content=content,
            valid_from=day,
            reason="",
            unit_id=self.city.units[0],
            happened_on=day,
        )

    def _site(self, number: int) -> dict[str, Any]:
        place = self._place()
        return {
            "code": f"s{number}",
            "name": f"(合成)点位{number}",
            "place": place,
            "sub_item_id": self.chance.choice(self.items),
        }

    def _place(self) -> dict[str, Any]:
        longitude, latitude = 119.8 + self.chance.random(), 30 + self.chance.random() / 2
        return {
            "division": self.chance.choice(DISTRICTS),
            "longitude": longitude,
            "latitude": latitude,
            "datum": "WGS-84",
            "given_longitude": longitude,
            "given_latitude": latitude,
        }

    def _progress(self) -> None:
        """Each sub-item's own month by month, and the districts' parts of it as often."""
        own = [(item, None, month) for item in self.items for month in range(2, 12)]
        parts = [
            (item, f"t{place}-{division}", month)
            for month in range(2, 12)
            for place, item in enumerate(self.items)
            for division in DISTRICTS
        ]
        wanted = self.city.count(PROGRESS)
        sequence = 0
        while sequence < wanted:
            for item, task, month in (own + parts)[: wanted - sequence]:
                sequence += 1
                day = self.of.day(month)
                reached = min(110.0, 11.0 * (month - 1))
                self.add(
                    "progress",
                    sub_item_id=item,
                    sequence=sequence,
                    month=f"{day:%Y-%m}",
                    quantity=reached if task is None else reached / 16,
                    text="(合成)",
                    happened_on=day,
                    task_code=task,
                )

    def _group(self) -> None:
        day = dt.date(self.of.year, 3, 1)
        members = [{"kind": "deputy", "deputy_id": id_} for id_ in self.city.deputies[:]]
        members = self.chance.sample(members, 10)
        memberships = [
            {
                "id": self.city.id(),
                "role": "member",
                "kind": "deputy",
                "unit_id": None,
                "deputy_id": one["deputy_id"],
                "office": None,
                "joined_on": day.isoformat(),
                "left_on": None,
                "reason": None,
            }
            for one in members
        ]
        self.group = self.add(
            "groups",
            name="(合成)监督小组",
            members=members,
            liaison_officers=[],
            memberships=memberships,
            happened_on=day,
        )

    def _visit(self) -> tuple[str, dt.date]:
        day = self.of.day()
        visit = self.add(
            "visits",
            activity_id=self.week if day.month == 5 else None,
            kind="open-visit",
            place="(合成)",
            happened_on=day,
        )
        for deputy in self.chance.sample(self.city.deputies, 10):
            self.city.add("attendances", visit_id=visit, deputy_id=deputy, happened_on=day)
        return visit, day

    def _opinion(self, visits: list[tuple[str, dt.date]]) -> None:
        visit, day = self.chance.choice(visits)
        matter = self._matter("opinion", day)
        channel = self.chance.choice(("week", "online", "meeting", "snap", "message"))
        opinion = self.add(
            "opinions", deputy_id=self.chance.choice(self.city.deputies), channel=channel, **matter
        )
        self._around("opinion", opinion, matter)
        photos = self.city.count(PHOTOS) // self.city.count(OPINIONS)
        for position in range(photos + self.chance.randint(0, 1)):
            self._photo("opinion", opinion, position, day)

    def _problem(self, visits: list[tuple[str, dt.date]]) -> None:
        visit, day = self.chance.choice(visits)
        matter = self._matter("problem", day)
        problem = self.add("problems", visit_id=visit, **matter)
        self._around("problem", problem, matter)

    def _matter(self, register: str, day: dt.date) -> dict[str, Any]:
        """Its way through the loop, as far as it has come by today."""
        kind = self.chance.choice(_KINDS)
        handled = self.of.after(day, 40)
        replied = self.of.after(handled, 20) if handled else None
        judged = self.of.after(replied, 20) if replied else None
        closed = self.of.after(judged, 10) if judged else None
        state = (
            "closed" if closed else "replied" if replied else "handled" if handled else "accepted"
        )
        unit = self.chance.choice(self.city.units)
        return {
            "text": "(合成)希望加快进度。",
            "happened_on": day,
            "kind": kind,
            "class": _CLASS.get(kind, "general"),
            "state": state,
            "unit_id": unit,
            "routed_on": day,
            "accepted_on": day,
            "handled_on": handled,
            "handled_by": unit if handled else None,
            "handling_text": "(合成)" if handled else None,
            "replied_on": replied,
            "replied_by": unit if replied else None,
            "reply_text": "(合成)" if replied else None,
            "result": "A" if replied else None,
            "claimed_on": replied,
            "confirmed_on": judged,
            "judgement": "satisfied" if judged and register == "opinion" else None,
            "judged_on": judged if register == "opinion" else None,
            "closed_on": closed,
            "published_on": replied if self.chance.random() < 0.3 else None,
            "round": 1,
            "handled_round": 1 if handled else 0,
            "replies": 1 if replied else 0,
            **self._place(),
        }

    def _around(self, register: str, id_: str, matter: dict[str, Any]) -> None:
        """What its steps left: the routing, the reply, the judgement, the deadline."""
        of = {"register": register, "matter_id": id_}
        day, unit = matter["happened_on"], matter["unit_id"]
        self.add(
            "routings",
            **of,
            unit_id=unit,
            role="lead",
            basis="lead",
            accepted_on=day,
            happened_on=day,
        )
        if matter["replied_on"]:
            reply = self.add(
                "replies",
                **of,
                unit_id=unit,
                number=1,
                text="(合成)",
                result="A",
                solved=True,
                happened_on=matter["replied_on"],
            )
            if matter["judged_on"]:
                self.add(
                    "judgements",
                    **of,
                    reply_id=reply,
                    unit_id=unit,
                    deputy_id=self.chance.choice(self.city.deputies),
                    judgement="satisfied",
                    happened_on=matter["judged_on"],
                )
        if matter["confirmed_on"]:
            self.add(
                "confirmations",
                **of,
                handler_id=unit,
                confirmer_kind="clerk",
                confirmer="somebody",
                solved=True,
                waiver="(合成)",
                happened_on=matter["confirmed_on"],
            )
        self._deadline(register, id_, "reply", unit, day, matter["replied_on"])
        if matter["replied_on"] and register == "opinion":
            self._deadline(register, id_, "judge", None, matter["replied_on"], matter["judged_on"])

    def _deadline(
        self,
        kind: str,
        subject: str,
        code: str,
        unit: str | None,
        day: dt.date,
        ended: dt.date | None,
    ) -> None:
        self.add(
            "deadlines",
            kind=kind,
            subject_id=subject,
            unit_id=unit,
            code=code,
            begins="routed",
            amount=30,
            unit="days",
            over_holidays=False,
            starts_on=day,
            due_on=day + dt.timedelta(days=30),
            provisional=False,
            ended_on=ended,
        )

    def _photo(self, kind: str, subject: str, position: int, day: dt.date) -> None:
        self.add(
            "photos",
            subject_kind=kind,
            subject_id=subject,
            position=position,
            role="site",
            sha256=f"{self.chance.getrandbits(256):064x}",
            dhash=f"{self.chance.getrandbits(64):016x}",
            width=4000,
            height=3000,
            source="client",
            happened_on=day,
            published_on=day if self.chance.random() < 0.1 else None,
            **self._place(),
        )

    def _task(self) -> None:
        day = self.of.day(3)
        ended = self.of.after(day, 400)
        task = self.add(
            "task_items",
            kind="site",
            name="(合成)重点点位",
            group_id=self.group,
            due_on=dt.date(self.of.year, 10, 31),
            state="done" if ended else "open",
            ended_on=ended,
            happened_on=day,
        )
        due = dt.date(self.of.year, 10, 31) - dt.timedelta(days=30)
        self._deadline("task", task, "task", None, max(day, due), ended)


def fill(engine: sa.Engine, city: City) -> int:
    """Write it all; how many rows."""
    total = 0
    for rows in city.filled():
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if of_table := rows.get(table.name):
                    connection.execute(sa.insert(table), of_table)
                    total += len(of_table)
    return total
