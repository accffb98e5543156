"""The archive of all years (实事档案馆): counts, and what became of each year's projects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.errors import NotFound

from ..model.archived_project import ArchivedProject
from ..model.look_back import LookBack
from ..model.project import NO_BALLOT, Project
from ..tables import heard, look_backs, projects
from .acceptances import accepted_days

Json = dict[str, Any]


def archive(session: Session) -> Json:
    """The years, the last first, each with its counts; years that only look-backs know, too."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    complete = _complete(session)
    c = projects.projects.c
    for year, id_, ballot_id in session.execute(sa.select(c.year, c.id, c.ballot_id)):
        counts, items = found[year], complete.get(id_, [])
        counts["projects"] += 1
        counts["completed"] += bool(items) and all(items)
        counts["sub_items"] += len(items)
        counts["completed_sub_items"] += sum(items)
        counts["archived"] += ballot_id == NO_BALLOT
    table = look_backs.look_backs.c
    for year, effective in session.execute(sa.select(table.project_year, table.effective)):
        found[year]["look_backs"] += 1
        found[year]["effective"] += effective
    return {"years": [{"year": year} | found[year] for year in sorted(found, reverse=True)]}


def _complete(session: Session) -> dict[str, list[bool]]:
    """Of each project which sub-items are complete, as the model has it, counted by the database.

    Ten years of entries would take too long to load: of each sub-item the entry of the last month
    that was recorded last must reach the target.
    """
    items, c = projects.sub_items.c, projects.progress.c
    # What a district reports of its own part is compared with the project's figure, never counted.
    own = c.task_code.is_(None)
    month = (
        sa.select(c.sub_item_id, sa.func.max(c.month).label("month"))
        .where(own)
        .group_by(c.sub_item_id)
        .subquery()
    )
    of_it = sa.and_(c.sub_item_id == month.c.sub_item_id, c.month == month.c.month)
    last = (
        sa.select(c.project_id, sa.func.max(c.sequence).label("sequence"))
        .join(month, of_it)
        .where(own)
        .group_by(c.project_id, c.sub_item_id)
        .subquery()
    )
    reached = (
        sa.select(c.sub_item_id)
        .join(last, sa.and_(c.project_id == last.c.project_id, c.sequence == last.c.sequence))
        .join(projects.sub_items, items.id == c.sub_item_id)
        .where(
            sa.or_(
                sa.and_(items.target.is_not(None), c.quantity >= items.target),
                sa.and_(items.target.is_(None), c.share >= 1),
            )
        )
    )
    done = set(session.scalars(reached))
    found: dict[str, list[bool]] = {}
    for id_, project_id in session.execute(sa.select(items.id, items.project_id)):
        found.setdefault(project_id, []).append(id_ in done)
    return found


def archive_of(session: Session, year: int) -> Json:
    """A year's projects by name, each with its outcome, scores and look-backs."""
    query = sa.select(Project).where(projects.projects.c.year == year)
    found = list(session.scalars(query.order_by(projects.projects.c.name, projects.projects.c.id)))
    back = _look_backs(session, year)
    if not found and not back:
        raise NotFound("year-empty", "nothing is kept of this year", "该年度没有归档内容")
    entered = _entered(session, [project.id for project in found])
    scores = scores_of(session)
    accepted = accepted_days(session, [project.id for project in found])
    kept = [_outcome(one, entered.get(one.id), accepted, scores, back) for one in found]
    known = {one.id for project in found for one in _of(project, back)}
    others = [one for one in back if one.id not in known]
    return {"year": year, "projects": kept, "other_look_backs": others}


def outcome_of(session: Session, project: Project) -> Json:
    """What became of one project."""
    entered = _entered(session, [project.id]).get(project.id)
    accepted = accepted_days(session, [project.id])
    back = _look_backs(session, project.year)
    return _outcome(project, entered, accepted, scores_of(session), back)


_COUNTS = (
    "projects",
    "completed",
    "sub_items",
    "completed_sub_items",
    "archived",
    "look_backs",
    "effective",
)


def scores_of(session: Session) -> list[Json]:
    """The lines about projects of all published scores, in the order of publication."""
    c = heard.scores.c
    columns: list[Any] = [c.id, c.year, c["items"], c.published_on, c.follows, c.parts]
    rows = session.execute(sa.select(*columns).order_by(c.published_on, c.id))
    found = []
    for id_, year, items, day, follows, parts in rows:
        told = {"questionnaire_id": id_, "score_year": year, "published_on": day}
        whole = {one["project_id"]: one["composite"] for one in (parts or {}).get("projects", ())}
        found += [
            told | {"follows": follows} | item | _whole(item, whole)
            for item in items
            if item["kind"] in ("project", "former-project")
        ]
    return found


def _whole(item: Json, whole: dict[str, str | None]) -> Json:
    """The project's own figure over all groups and parts, where its score has one."""
    composite = whole.get(item.get("project_id", "")) or item.get("composite")
    return {"composite": composite} if composite else {}


def _look_backs(session: Session, year: int) -> list[LookBack]:
    c = look_backs.look_backs.c
    query = sa.select(LookBack).where(c.project_year == year)
    return list(session.scalars(query.order_by(c.happened_on, c.id)))


def _entered(session: Session, ids: list[str]) -> dict[str, ArchivedProject]:
    entity: Any = ArchivedProject
    return {one.id: one for one in session.scalars(sa.select(entity).where(entity.id.in_(ids)))}


def _outcome(
    project: Project,
    entered: ArchivedProject | None,
    accepted: dict[str, dt.date],
    scores: list[Json],
    back: list[LookBack],
) -> Json:
    return {
        "project": project,
        "origin": "archive" if project.chosen_by is None else "vote",
        "source": entered.source if entered else None,
        "satisfaction": entered.satisfaction if entered else None,
        "sub_items": [
            {"state": state, "accepted_on": accepted.get(state.item.id)}
            for state in project.sub_item_states
        ],
        "scores": [score for score in scores if is_about(score, project)],
        "look_backs": _of(project, back),
    }


def is_about(score: Json, project: Project) -> bool:
    """Whether a line of a score is about a project; before lines had ids, by name and year."""
    if score.get("project_id"):
        return bool(score["project_id"] == project.id)
    return (score["name"], score["score_year"]) == (project.name, project.year)


def _of(project: Project, back: list[LookBack]) -> list[LookBack]:
    return [
        one
        for one in back
        if one.project_id == project.id
        or (one.project_id is None and one.project_name == project.name)
    ]
