"""Changes of voted projects: proposed by units, decided by whom the rule names, told to people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from ..model.change import ANNOUNCED, EFFECTIVE, REPORTED, Change, Decider, Standing
from ..model.deadline import (
    ANNOUNCEMENT,
    CHANGE,
    DECIDED,
    MILESTONE,
    PLAN,
    PROGRESS,
    REPORT,
    TASK_PROGRESS,
)
from ..model.difference import ADJUST, END, RESUME, Difference
from ..model.plan_content import Content
from ..model.project import Project
from ..queries import changes, plans
from ..queries.rules import in_force
from ..queries.states import standing_on
from . import deadlines, milestones, references
from .plans import content_before, content_of, enact, majors, not_ended
from .said import said

Json = dict[str, Any]

#: The term of the rule ``deadlines`` by which a step must be done.
_MONTHLY = (PROGRESS, TASK_PROGRESS)
_TERMS = {ANNOUNCED: ANNOUNCEMENT, REPORTED: REPORT}


def propose_change(command: Json, uow: UnitOfWork) -> Change:
    """Propose a change; the lead unit or an office does.  A minor one is effective at once."""
    # Locked: the plan may not become another one meanwhile.
    project = uow.get(Project, command["id"], locked=True)
    day = uow.happened(command["happened_on"])
    before = plans.latest(uow.session, project.id)
    unit_id = before.lead_unit_id if before else project.lead_unit_id
    references.speaks_for_unit(uow, unit_id)
    changes.none_pending(uow.session, project.id)
    stands = not_ended(uow, project, day)
    if command["kind"] == RESUME and not stands.deferred:
        raise Conflict(
            "not-deferred",
            "only a deferred project is taken up again",
            "只有暂缓的项目才能恢复实施",
            [{"pointer": "/kind", "detail": "the project is not deferred"}],
        )
    content = _content(uow, command, project)
    old = content_before(before, project, content)
    change = Change.propose(
        project_id=project.id,
        kind=command["kind"],
        content=content.plain() if content else None,
        deferred_until=command["deferred_until"],
        ground=command["ground"],
        reason=command["reason"],
        unit_id=unit_id,
        by=_decider(uow, command, project, Difference(old, content or old, command["kind"]), day),
        happened_on=day,
        recorded_at=uow.now,
    )
    uow.add(change)
    if change.state == EFFECTIVE:
        _take_effect(uow, project, change, day, stands)
    return change


def decide_change(command: Json, uow: UnitOfWork) -> Change:
    """Record the decision on a major change; only then the plan changes."""
    change = uow.get(Change, command["id"])
    project = uow.get(Project, change.project_id, locked=True)
    day = uow.happened(command["happened_on"])
    stands = standing_on(uow.session, project.id, day)
    change.decide(**said(command))
    if change.state == EFFECTIVE:
        _take_effect(uow, project, change, day, stands)
        ids = {"unit_id": change.unit_id, "project_id": project.id}
        for step in change.steps:
            deadlines.start(uow, CHANGE, change.id, _TERMS[step], DECIDED, day, **ids)
    return change


def withdraw_change(command: Json, uow: UnitOfWork) -> Change:
    """Take a proposal back before it is decided."""
    change = uow.get(Change, command["id"])
    references.speaks_for_unit(uow, change.unit_id)
    uow.happened(command["happened_on"])
    change.withdraw(**said(command))
    return change


def announce_change(command: Json, uow: UnitOfWork) -> Change:
    """Note that the decision was announced."""
    change = uow.get(Change, command["id"])
    day = uow.happened(command["happened_on"])
    change.announce(**said(command))
    deadlines.end(uow, day, kind=CHANGE, subject_id=[change.id], code=[ANNOUNCEMENT])
    return change


def report_change(command: Json, uow: UnitOfWork) -> Change:
    """Note that the decision was reported to the next congress."""
    change = uow.get(Change, command["id"])
    day = uow.happened(command["happened_on"])
    change.report(**said(command))
    deadlines.end(uow, day, kind=CHANGE, subject_id=[change.id], code=[REPORT])
    return change


def _content(uow: UnitOfWork, command: Json, project: Project) -> Content | None:
    """The plan that an adjustment makes; others may bring one, an ending has none."""
    if command["content"] is None:
        if command["kind"] == ADJUST:
            raise _missing("an adjustment gives the whole new plan", "调整应附完整的新计划")
        return None
    if command["kind"] == END:
        raise _missing("an ending has no new plan", "终止不附新计划")
    return content_of(uow, command["content"], project)


def _decider(
    uow: UnitOfWork, command: Json, project: Project, step: Difference, day: dt.date
) -> Decider:
    """Whether it is major by the rule of that day, and who decides it then."""
    rule = in_force(uow.session, "changes", day)
    grounds = [one["code"] for one in rule.content["grounds"]]
    if command["ground"] not in grounds:
        raise Invalid(
            "ground-unknown",
            f"the rule in force knows the grounds {', '.join(grounds)}",
            "现行规则中没有此项事由",
            [{"pointer": "/ground", "detail": "is not a ground of the rule in force"}],
        )
    level = command["level"] or _level(uow.settings.jurisdiction)
    bodies = {one["level"]: one["body"] for one in rule.content["decides"]}
    if level not in bodies:
        raise Invalid(
            "level-unknown",
            "the rule in force does not say who decides at this level",
            "现行规则未规定该层级由谁决定",
            [{"pointer": "/level", "detail": "is not a level of the rule in force"}],
        )
    return Decider(
        majors=tuple(majors(uow, project, rule.content["major"], step)),
        body=bodies[level],
        steps=tuple(rule.content["steps"]),
        rule_id=rule.id or None,
        rule_digest=rule.digest,
    )


def _level(jurisdiction: str) -> str:
    """The level of this congress by its code (GB/T 2260), which has none for townships."""
    if jurisdiction.endswith("0000"):
        return "province"
    return "city" if jurisdiction.endswith("00") else "county"


def _take_effect(
    uow: UnitOfWork, project: Project, change: Change, day: dt.date, stood: Standing
) -> None:
    """Let the plan, and what is owed, be what the change says; ``stood``: how it was before."""
    if change.content is not None:
        enact(
            uow,
            project,
            Content.of(change.content),
            unit_id=change.unit_id,
            reason=change.reason,
            valid_from=day,
            day=day,
            change_id=change.id,
        )
    elif change.kind == RESUME:
        before = plans.latest(uow.session, project.id)
        if before is not None:
            milestones.follow(uow, before, day)
    if change.kind not in (ADJUST, RESUME) or (change.kind == ADJUST and stood.deferred):
        # Nobody owes progress on what is deferred or ended.
        for kind in (*_MONTHLY, MILESTONE) if change.kind != END else (*_MONTHLY, MILESTONE, PLAN):
            deadlines.drop(uow, day, kind=kind, project_id=[project.id])
    project.record("project.changed.v1", change=change.public_state())


def _missing(en: str, zh: str) -> Invalid:
    return Invalid(
        "content-unfit", en, zh, [{"pointer": "/content", "detail": "does not fit the kind"}]
    )
