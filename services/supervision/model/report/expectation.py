"""What each link of the chain should leave records of, and what of it is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .evidence import Evidence
from .narrative import Narrative


@dataclass(frozen=True)
class Expected:
    """Of how many things something is expected, and of which of them it is missing (their ids).

    What is expected of the year itself has no ids: ``of`` is 1, and ``met`` 0 or 1.
    """

    of: int
    met: int
    missing: tuple[str, ...] = ()


Expecting = Callable[[Evidence, Narrative], Expected]


@dataclass(frozen=True)
class Expectation:
    """A named expectation; ``subject``: the kind of the things of which it is."""

    code: str
    subject: str
    zh: str
    en: str
    look: Expecting


EXPECTATIONS: dict[str, Expectation] = {}


def expects(code: str, subject: str, zh: str, en: str) -> Callable[[Expecting], Expecting]:
    """Make a function the expectation ``code``."""

    def register(look: Expecting) -> Expecting:
        EXPECTATIONS[code] = Expectation(code, subject, zh, en, look)
        return look

    return register


def each_has(things: Iterable[str], having: Iterable[str]) -> Expected:
    """One of each thing."""
    every, with_it = sorted(set(things)), set(having)
    missing = tuple(id_ for id_ in every if id_ not in with_it)
    return Expected(len(every), len(every) - len(missing), missing)


def once(found: object) -> Expected:
    """At least one in the year."""
    return Expected(1, 1 if found else 0)


@expects("suggestions-accepted", "year", "当年有经梳理采纳的代表建议", "a suggestion was accepted")
def suggestions_accepted(evidence: Evidence, narrative: Narrative) -> Expected:
    return once(evidence.suggestions)


@expects(
    "suggestions-distilled",
    "suggestion",
    "采纳的代表建议均已归入某一建议项目",
    "every accepted suggestion is part of a suggested project",
)
def suggestions_distilled(evidence: Evidence, narrative: Narrative) -> Expected:
    projects = evidence.suggested_projects
    return each_has(
        (one.id for one in evidence.suggestions),
        (id_ for project in projects for id_ in project.suggestion_ids),
    )


@expects("result-certified", "year", "当年票决结果已确认", "a result of the year was certified")
def result_certified(evidence: Evidence, narrative: Narrative) -> Expected:
    return once(evidence.results)


@expects("week-arranged", "year", "安排了代表监督周", "a supervision week was arranged")
def week_arranged(evidence: Evidence, narrative: Narrative) -> Expected:
    return once(evidence.weeks)


@expects(
    "projects-visited-in-week",
    "project",
    "监督周内每个项目均有走访",
    "every project was visited in the supervision week",
)
def projects_visited_in_week(evidence: Evidence, narrative: Narrative) -> Expected:
    return each_has(
        evidence.projects, (visit.project_id for visit in evidence.week_visits.values())
    )


@expects("report-meeting-held", "year", "召开了工作情况报告会", "a report meeting was held")
def report_meeting_held(evidence: Evidence, narrative: Narrative) -> Expected:
    year = evidence.question.year
    held = (m for m in evidence.dated(narrative.meetings) if m.kind == "report-meeting")
    return once([meeting for meeting in held if meeting.happened_on.year == year])


@expects("groups-formed", "project", "每个项目均有监督小组", "every project has its group")
def groups_formed(evidence: Evidence, narrative: Narrative) -> Expected:
    return each_has(evidence.projects, (group.project_id for group in evidence.groups))


@expects("projects-visited", "project", "每个项目均有走访", "every project was visited")
def projects_visited(evidence: Evidence, narrative: Narrative) -> Expected:
    return each_has(evidence.projects, (visit.project_id for visit in evidence.visits))


@expects(
    "projects-checked-online",
    "project",
    "每个项目均有代表在线监督",
    "every project was looked at online",
)
def projects_checked_online(evidence: Evidence, narrative: Narrative) -> Expected:
    return each_has(evidence.projects, (act.project_id for act in evidence.online_acts))


@expects(
    "plans-published",
    "project",
    "每个项目均已公布实施计划",
    "every project has its published plan",
)
def plans_published(evidence: Evidence, narrative: Narrative) -> Expected:
    plans = evidence.dated(evidence.records.registers.plans)
    return each_has(evidence.projects, (plan.project_id or "" for plan in plans))


@expects(
    "tasks-listed",
    "project",
    "每个项目均有任务清单",
    "every project has something on its task list",
)
def tasks_listed(evidence: Evidence, narrative: Narrative) -> Expected:
    tasks = evidence.dated(evidence.records.registers.tasks)
    return each_has(evidence.projects, (task.project_id or "" for task in tasks))


@expects(
    "tasks-checked",
    "task-item",
    "任务清单的每一项均有检查",
    "every item of a task list was checked",
)
def tasks_checked(evidence: Evidence, narrative: Narrative) -> Expected:
    registers = evidence.records.registers
    listed = evidence.dated(registers.tasks)
    return each_has(
        (task.id for task in listed if task.project_id in evidence.projects),
        (check.task_item_id for check in evidence.dated(registers.task_checks)),
    )


@expects(
    "calendar-kept",
    "calendar-entry",
    "监督日程中到期的各项均已落实",
    "every entry of the calendar that was due was kept",
)
def calendar_kept(evidence: Evidence, narrative: Narrative) -> Expected:
    as_of = evidence.question.as_of
    entries = evidence.dated(evidence.records.registers.calendar)
    due = [one for one in entries if one.due_on is not None and one.due_on <= as_of]
    return each_has(
        (one.id for one in due if one.state != "dropped"),
        (one.id for one in due if one.state == "kept" and one.has_ended(as_of)),
    )


@expects("progress-reported", "sub-item", "每个子项均有进展填报", "every sub-item has progress")
def progress_reported(evidence: Evidence, narrative: Narrative) -> Expected:
    entries = evidence.progress
    return each_has(evidence.sub_items, (id_ for id_ in entries if entries[id_]))


@expects(
    "opinions-answered",
    "opinion",
    "当年项目的意见建议均已处理并答复",
    "every opinion about the year's projects was handled and replied to",
)
def opinions_answered(evidence: Evidence, narrative: Narrative) -> Expected:
    raised = evidence.opinions
    return each_has(
        (one.id for one in raised), (one.id for one in raised if evidence.answered(one))
    )


@expects("score-published", "year", "公布了满意度测评结果", "a satisfaction score was published")
def score_published(evidence: Evidence, narrative: Narrative) -> Expected:
    year = evidence.question.year
    return once([one for one in evidence.dated(narrative.scores) if one.year == year])


@expects("look-back-made", "year", "对往年项目开展了回头看", "a former project was looked back at")
def look_back_made(evidence: Evidence, narrative: Narrative) -> Expected:
    year = evidence.question.year
    made = evidence.dated(narrative.look_backs)
    return once([one for one in made if one.happened_on.year == year])


@expects(
    "rectifications-confirmed",
    "rectification",
    "测评后的整改任务均已确认整改到位",
    "everything that was assessed below the line is confirmed to be put right",
)
def rectifications_confirmed(evidence: Evidence, narrative: Narrative) -> Expected:
    tasks = evidence.dated(evidence.records.registers.rectifications)
    as_of = evidence.question.as_of
    return each_has((one.id for one in tasks), (one.id for one in tasks if one.has_ended(as_of)))
