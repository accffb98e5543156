"""Which of the records count for a question: the rules that several figures share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from ..activity import WEEK
from ..monthly import completion, standing
from . import records as r


class Dated(Protocol):
    """Anything with the day of its deed."""

    @property
    def happened_on(self) -> dt.date:
        """The day of the deed."""


D = TypeVar("D", bound=Dated)


class Evidence:
    """The records that count for one question, found when first asked for."""

    def __init__(self, records: r.Records, question: r.Question) -> None:
        self.records = records
        self.question = question

    def dated(self, records: Sequence[D]) -> list[D]:
        """Those that had happened by the day asked for."""
        return [record for record in records if record.happened_on <= self.question.as_of]

    # Who is who

    @cached_property
    def deputies(self) -> dict[str, r.Deputy]:
        """The enrolled deputies by id."""
        return {deputy.id: deputy for deputy in self.dated(self.records.deputies)}

    def own(self, deputy_id: str) -> bool:
        """Whether she sits in this jurisdiction's congress; then no other mandate matters."""
        deputy = self.deputies.get(deputy_id)
        return deputy is not None and self.question.jurisdiction in deputy.congresses

    def below(self, deputy_id: str) -> bool:
        """Whether she sits only in a congress of the level below, not in this jurisdiction's."""
        deputy = self.deputies.get(deputy_id)
        if deputy is None or self.own(deputy_id):
            return False
        inside = _prefix(self.question.jurisdiction)
        return any(congress.startswith(inside) for congress in deputy.congresses)

    # What people asked for

    @cached_property
    def suggestions(self) -> list[r.SuggestionStep]:
        """The deputies' suggestions (代表建议) for the year that were accepted in sorting."""
        last: dict[str, r.SuggestionStep] = {}
        for step in sorted(self.dated(self.records.suggestions), key=lambda s: s.version):
            last[step.id] = step
        return [
            s
            for s in last.values()
            if s.year == self.question.year and s.author_kind == "deputy" and s.state == "accepted"
        ]

    @cached_property
    def suggested_projects(self) -> list[r.SuggestedProject]:
        """The year's suggested projects that come from at least one of those suggestions."""
        ids = {suggestion.id for suggestion in self.suggestions}
        return [
            project
            for project in self.dated(self.records.suggested_projects)
            if project.year == self.question.year and ids.intersection(project.suggestion_ids)
        ]

    # What the congress decided

    @cached_property
    def results(self) -> list[r.Result]:
        """The year's certified results of this jurisdiction's congress, in order."""
        own = {s.id for s in self.records.sessions if s.congress == self.question.jurisdiction}
        results = [
            result
            for result in self.dated(self.records.results)
            if result.year == self.question.year and result.session_id in own
        ]
        return sorted(results, key=lambda result: (result.happened_on, result.id))

    @cached_property
    def session(self) -> r.Session | None:
        """The session of the year's last certified result."""
        if not self.results:
            return None
        id_ = self.results[-1].session_id
        return next(session for session in self.records.sessions if session.id == id_)

    @cached_property
    def roll(self) -> list[r.Deputy]:
        """The deputies due at that session (应到): in its congress, enrolled by its first day."""
        session = self.session
        if session is None:
            return []
        return [
            deputy
            for deputy in self.deputies.values()
            if session.congress in deputy.congresses and deputy.happened_on <= session.happened_on
        ]

    @cached_property
    def present(self) -> list[r.SignIn]:
        """The sign-ins of the roll on the day of the vote (实到), one of several days."""
        if self.session is None:
            return []
        day = self.results[-1].voted_on
        roll = {deputy.id for deputy in self.roll}
        return [
            s
            for s in self.dated(self.records.sign_ins)
            if s.session_id == self.session.id and s.happened_on == day and s.deputy_id in roll
        ]

    # What became of it

    @cached_property
    def projects(self) -> dict[str, r.Project]:
        """The year's projects by id."""
        return {
            project.id: project
            for project in self.dated(self.records.projects)
            if project.year == self.question.year
        }

    @cached_property
    def sub_items(self) -> dict[str, r.SubItem]:
        """The sub-items of those projects by id."""
        return {i.id: i for i in self.records.sub_items if i.project_id in self.projects}

    @cached_property
    def progress(self) -> dict[str, list[r.Progress]]:
        """The entries of progress by sub-item, replaced ones among them."""
        entries: dict[str, list[r.Progress]] = {id_: [] for id_ in self.sub_items}
        for entry in self.dated(self.records.progress):
            if entry.sub_item_id in entries:
                entries[entry.sub_item_id].append(entry)
        return entries

    @cached_property
    def completions(self) -> dict[str, r.Progress]:
        """The entry with which a sub-item was complete, for each that was."""
        found = {
            id_: completion(item.target, self.progress[id_]) for id_, item in self.sub_items.items()
        }
        return {id_: entry for id_, entry in found.items() if entry is not None}

    @cached_property
    def groups(self) -> list[r.Group]:
        """The supervision groups of those projects."""
        return [g for g in self.dated(self.records.groups) if g.project_id in self.projects]

    @cached_property
    def visits(self) -> list[r.Visit]:
        """The visits to those projects, as part of the week or not."""
        return [v for v in self.dated(self.records.visits) if v.project_id in self.projects]

    @cached_property
    def opinions(self) -> list[r.Opinion]:
        """The opinions about those projects, raised through whatever channel."""
        return [o for o in self.dated(self.records.opinions) if o.project_id in self.projects]

    # The supervision week

    @cached_property
    def weeks(self) -> dict[str, r.Activity]:
        """The year's supervision weeks (代表监督周) by id."""
        return {
            activity.id: activity
            for activity in self.dated(self.records.activities)
            if activity.kind == WEEK and activity.year == self.question.year
        }

    @cached_property
    def week_visits(self) -> dict[str, r.Visit]:
        """The visits to those projects that were part of the week and within its days, by id."""
        visits = {}
        for visit in self.dated(self.records.visits):
            week = self.weeks.get(visit.activity_id or "")
            if week and _within(visit, week) and visit.project_id in self.projects:
                visits[visit.id] = visit
        return visits

    @cached_property
    def week_attendances(self) -> list[r.Attendance]:
        """Who was at those visits: one row per deputy and visit."""
        return [a for a in self.dated(self.records.attendances) if a.visit_id in self.week_visits]

    @cached_property
    def visit_of(self) -> dict[str, str]:
        """The visit of each attendance."""
        return {attendance.id: attendance.visit_id for attendance in self.records.attendances}

    @cached_property
    def week_problems(self) -> list[r.Problem]:
        """The problems found on those visits, within the days of the week."""
        problems = []
        for problem in self.dated(self.records.problems):
            visit = self.week_visits.get(problem.visit_id or "")
            if visit and _within(problem, self.weeks[visit.activity_id or ""]):
                problems.append(problem)
        return problems

    @cached_property
    def week_opinions(self) -> list[r.Opinion]:
        """The opinions raised through the week's channel within the days of a week."""
        return [
            opinion
            for opinion in self.dated(self.records.opinions)
            if opinion.channel == "week"
            and opinion.project_id in self.projects
            and any(_within(opinion, week) for week in self.weeks.values())
        ]

    # Online supervision

    @cached_property
    def online_opinions(self) -> list[r.Opinion]:
        """The opinions that this congress's deputies raised online in the year."""
        return [
            opinion
            for opinion in self.dated(self.records.opinions)
            if opinion.channel == "online" and self._online(opinion)
        ]

    @cached_property
    def online_acts(self) -> list[r.Opinion | r.OnlineCheck]:
        """Those opinions, and the checks that this congress's deputies made online in the year."""
        checks = [c for c in self.dated(self.records.online_checks) if self._online(c)]
        return [*self.online_opinions, *checks]

    def _online(self, act: r.Opinion | r.OnlineCheck) -> bool:
        return (
            act.happened_on.year == self.question.year
            and act.project_id in self.projects
            and self.own(act.deputy_id)
        )

    def answered(self, opinion: r.Opinion) -> bool:
        """Whether it was both handled and replied to by the day asked for."""
        days = (opinion.handled_on, opinion.replied_on)
        return all(day is not None and day <= self.question.as_of for day in days)

    # What units declare

    @cached_property
    def indicators(self) -> list[r.Indicator]:
        """The year's indicators, in the order of their keys."""
        year = self.question.year
        found = [i for i in self.dated(self.records.indicators) if i.year == year]
        return sorted(found, key=lambda indicator: indicator.key)

    @cached_property
    def indicator_of(self) -> dict[str, str]:
        """The indicator of each entry."""
        return {entry.id: entry.indicator_id for entry in self.records.indicator_entries}

    @cached_property
    def task_of_check(self) -> dict[str, str]:
        """The item of a task list of each check."""
        return {one.id: one.task_item_id for one in self.records.registers.task_checks}

    def declared(self, indicator: r.Indicator) -> list[r.IndicatorEntry]:
        """The standing entries of an indicator, month by month."""
        entries = [
            entry
            for entry in self.dated(self.records.indicator_entries)
            if entry.indicator_id == indicator.id
        ]
        return sorted(standing(entries, lambda e: e.indicator_id), key=lambda e: e.month)


def _within(record: Dated, activity: r.Activity) -> bool:
    return activity.starts_on <= record.happened_on <= activity.ends_on


def _prefix(code: str) -> str:
    """The digits that the codes of all divisions inside one share: 330100 → 3301 (GB/T 2260)."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
