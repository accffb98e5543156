"""The calendar of a year: drawn from the rule, moved, kept, dropped, called to mind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model import calendar as model
from ..model.activity import Activity
from ..model.calendar import CalendarEntry
from ..model.deadline import AGREED, CALENDAR
from ..model.document import Document
from ..model.look_back import LookBack
from ..model.meeting import Meeting
from ..model.opinion import OnlineCheck
from ..model.rule import Rule
from ..queries import calendar as queries
from ..queries.rules import in_force
from . import deadlines, references

Json = dict[str, Any]

#: What may be named as having kept an entry; others are only described.
_KEEPERS: dict[str, type[Any]] = {
    model.MEETING: Meeting,
    model.ACTIVITY: Activity,
    model.DOCUMENT: Document,
    model.ONLINE_CHECK: OnlineCheck,
    model.LOOK_BACK: LookBack,
}


def draw_calendar(command: Json, uow: UnitOfWork) -> Json:
    """Draw a year's entries from the rule in force; what is there already, stays as it is.

    What was over on the day of drawing is not drawn.
    """
    day = uow.happened(command["happened_on"])
    year = command["year"]
    rule = in_force(uow.session, "calendar", day)
    there = queries.drawn_of(uow.session, year)
    wanted = [
        one
        for one in model.drawn(rule.content, year)
        if (one["part"], one["ordinal"]) not in there and one["due_on"] >= day
    ]
    for one in wanted:
        _enter(uow, one, day, rule)
    return {"year": year, "drawn": len(wanted), "there": len(there)}


def enter_in_calendar(command: Json, uow: UnitOfWork) -> CalendarEntry:
    """Add an entry by hand, to the calendar of the year in which it begins."""
    day = uow.happened(command["happened_on"])
    if command["starts_on"].year != command["year"]:
        raise Invalid(
            "other-year",
            f"this begins in another year than {command['year']}",
            f"该项开始日期不在 {command['year']} 年",
            [{"pointer": "/starts_on", "detail": "is in another year"}],
        )
    there = queries.drawn_of(uow.session, command["year"])
    ordinal = 1 + max((n for part, n in there if part == command["part"]), default=0)
    said = {name: value for name, value in command.items() if name != "happened_on"}
    return _enter(uow, said | {"ordinal": ordinal}, day)


def _enter(uow: UnitOfWork, fields: Json, day: dt.date, rule: Rule | None = None) -> CalendarEntry:
    under: Json = {"rule_id": rule.id or None, "rule_digest": rule.digest} if rule else {}
    entry = CalendarEntry.enter(**fields, **under, happened_on=day, recorded_at=uow.now)
    uow.add(entry)
    deadlines.agree(uow, CALENDAR, entry.id, entry.due_on, begins=AGREED, day=day)
    return entry


def move_calendar_entry(command: Json, uow: UnitOfWork) -> CalendarEntry:
    """Give an entry other days."""
    entry = uow.get(CalendarEntry, command["id"])
    day = uow.happened(command["happened_on"])
    entry.move(command["starts_on"], command["due_on"], command["reason"], day)
    deadlines.agree_again(uow, CALENDAR, entry.id, entry.due_on)
    return entry


def keep_calendar_entry(command: Json, uow: UnitOfWork) -> CalendarEntry:
    """Say what kept an entry that nothing kept by itself, such as a meeting held late."""
    entry = uow.get(CalendarEntry, command["id"])
    day = uow.happened(command["happened_on"])
    by, note = command["kept_by"], command["note"]
    if by is not None and entry.must in _KEEPERS:
        thing = references.own(uow, _KEEPERS[entry.must], by, "/kept_by")
        if entry.of is not None and thing.kind != entry.of:
            raise Invalid(
                "other-kind",
                f"this entry is kept by a {entry.must} of the kind {entry.of}",
                f"该项须由 {entry.of} 类的 {entry.must} 完成",
                [{"pointer": "/kept_by", "detail": f"is not of the kind {entry.of}"}],
            )
    elif by is not None or note is None:
        raise Invalid(
            "note-missing",
            "say in a note how this entry was kept",
            "请在 note 中说明如何完成",
            [{"pointer": "/note", "detail": "is needed, and kept_by is not"}],
        )
    entry.keep(by, note, day)
    return _ended(uow, entry, day)


def drop_calendar_entry(command: Json, uow: UnitOfWork) -> CalendarEntry:
    """Say that an entry will not happen, and why."""
    entry = uow.get(CalendarEntry, command["id"])
    day = uow.happened(command["happened_on"])
    entry.drop(command["reason"], day)
    return _ended(uow, entry, day)


def fulfil(
    uow: UnitOfWork, must: str, of: str | None, by: str, held_on: dt.date, day: dt.date
) -> None:
    """Let what was recorded on ``day`` keep the open entry within whose days it was held."""
    with uow.session.no_autoflush:
        entry = queries.open_on(uow.session, must, of, held_on)
        if entry is not None and entry.happened_on <= day:
            entry.keep(by, None, day)
            _ended(uow, entry, day)


def remind(uow: UnitOfWork, limit: int = 200) -> int:
    """Call to mind what is due soon, each entry once; how many there were."""
    found = queries.to_remind(uow.session, uow.today, limit)
    for entry in found:
        entry.remind(uow.today)
    return len(found)


def _ended(uow: UnitOfWork, entry: CalendarEntry, day: dt.date) -> CalendarEntry:
    deadlines.end(uow, day, kind=CALENDAR, subject_id=[entry.id])
    return entry
