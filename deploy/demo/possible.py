"""Whether a year can have these figures at all: the first contradiction in one clear line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .figures import SHARE, BadFigures, Figures


def check(figures: Figures, today: dt.date) -> None:
    """Raise BadFigures with the first reason why no year can have these figures."""
    for reason in _reasons(figures, today):
        raise BadFigures(f"no year can have these figures 数字互相矛盾: {reason}")


def _reasons(figures: Figures, today: dt.date) -> Iterator[str]:
    yield from _of_days(figures, today)
    yield from _of_collection(figures)
    yield from _of_ballot(figures)
    yield from _of_projects(figures)
    yield from _of_week(figures)
    yield from _of_online(figures)


def _of_days(figures: Figures, today: dt.date) -> Iterator[str]:
    year, by = figures.year, figures.completed_by
    if dt.date(year + 1, 1, 31) > today:
        yield f"the year {year} and the January after it must be over (不能补记尚未发生的事项)"
    if year < 1952:
        yield f"year is {year}; the calendar here begins in 1952"
    if not dt.date(year, 3, 31) <= by <= figures.as_of:
        yield (
            f"completion is asked by {by}; it must lie between {year}-03-31, after the vote, and "
            f"{figures.as_of}, the day of the report (须在票决之后、报告之日以前)"
        )


def _of_collection(figures: Figures) -> Iterator[str]:
    of, aspects = figures["intake.deputy_suggestions"], figures["intake.suggestion_aspects"]
    if of < 1:
        yield "intake.deputy_suggestions is 0, and a share of none is undefined (分母为零)"
    if aspects > of:
        yield (
            f"intake.suggestion_aspects is {aspects}, more than the {of} suggestions "
            "(方面数不能多于建议条数)"
        )
    if of and aspects < 1:
        yield "intake.suggestion_aspects is 0, but every suggestion has one (每条建议都有所属方面)"
    share = figures.of(SHARE)
    if not share.fits(figures.matching / max(of, 1)):
        yield f"{SHARE} is {share.value}, which no whole number of {of} suggestions makes"


def _of_ballot(figures: Figures) -> Iterator[str]:
    roll, present = figures["ballot.roll"], figures["ballot.present"]
    candidates, chosen = figures["ballot.candidates"], figures["ballot.chosen"]
    if roll < 1 or present > roll:
        yield f"ballot.present is {present} and ballot.roll {roll} (实到不能多于应到)"
    if 3 * present < 2 * roll:
        yield (
            f"ballot.present is {present}, no quorum of a roll of {roll}: two thirds are "
            f"{-(-2 * roll // 3)} (不足法定人数)"
        )
    if chosen < 1 or chosen > candidates:
        yield (f"ballot.chosen is {chosen} of {candidates} candidates (至少一项,且不能多于候选)")


def _of_projects(figures: Figures) -> Iterator[str]:
    chosen, projects = figures["ballot.chosen"], figures["supervision.projects"]
    if projects != chosen:
        yield (
            f"supervision.projects is {projects}, ballot.chosen {chosen}: every project comes from "
            "the vote (项目均由票决产生)"
        )
    items, done = figures["supervision.sub_items"], figures[figures.completed_key]
    if items < projects:
        yield f"supervision.sub_items is {items} for {projects} projects (每个项目至少一个子项)"
    if done > items:
        yield f"{figures.completed_key} is {done} of {items} sub-items (完成数不能多于子项数)"
    groups = figures["supervision.groups"]
    if groups > projects:
        yield f"supervision.groups is {groups} for {projects} projects (每个项目至多一个监督小组)"


def _of_week(figures: Figures) -> Iterator[str]:
    week = "supervision.week."
    own, below = figures[week + "city_deputies"], figures[week + "district_deputies"]
    attendances, roll = figures[week + "attendances"], figures["ballot.roll"]
    if own > roll:
        yield f"{week}city_deputies is {own}, but ballot.roll {roll} (参加人数不能多于代表总数)"
    if below and not figures.code.endswith("00"):
        yield (
            f"{week}district_deputies is {below}, but {figures.code} has no districts "
            "(没有下级人大)"
        )
    if attendances < own + below:
        yield (
            f"{week}attendances is {attendances}, fewer than the {own} + {below} persons who "
            "attend (人次不能少于人数)"
        )
    if attendances and not own + below:
        yield f"{week}attendances is {attendances}, but nobody attends (有人次而无人)"


def _of_online(figures: Figures) -> Iterator[str]:
    online = "supervision.online."
    people, projects = figures[online + "city_deputies"], figures[online + "projects_covered"]
    opinions = figures[online + "opinions"]
    answered = figures[online + "opinions_handled_and_replied"]
    if people > figures["ballot.roll"]:
        yield f"{online}city_deputies is {people}, more than ballot.roll (参加人数不能多于代表总数)"
    if projects > figures["supervision.projects"]:
        yield f"{online}projects_covered is {projects}, more than there are (不能多于项目总数)"
    if bool(people) != bool(projects) or (opinions and not people):
        yield (
            f"{online}city_deputies is {people}, projects_covered {projects}, opinions {opinions}: "
            "none of them is without the others (人、项目、意见须同时存在)"
        )
    if answered > opinions:
        yield (
            f"{online}opinions_handled_and_replied is {answered} of {opinions} opinions "
            "(处理并回复数不能多于意见数)"
        )
