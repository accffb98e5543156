"""What operators watch (指标): answers, publications, imports, touched records; never a person."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.gauges import Counted
from services.commons import clock

from ..model.answer_import import STATES as IMPORT_STATES
from ..model.paper import UNDECIDED
from ..tables.audiences import audiences, tallies
from ..tables.offline import answer_imports, paper_forms
from ..tables.results import publications, record_checks

Counts = dict[tuple[str, ...], float]


def count_answers(session: Session, today: dt.date) -> Counts:
    """Answers that were counted, by channel, of all audiences together."""
    a, t = audiences.c, tallies.c
    query = sa.select(a.channel, sa.func.sum(t.returned)).join(tallies, t.audience_id == a.id)
    return {(row[0],): float(row[1]) for row in session.execute(query.group_by(a.channel))}


def count_audiences(session: Session, today: dt.date) -> Counts:
    """Open audiences by channel, and those whose last day is over."""
    c = audiences.c
    still = c.opened_on.is_not(None) & c.closed_on.is_(None)
    query = sa.select(c.channel, c.closes_on < today, sa.func.count()).where(still)
    return {
        (channel, "overdue" if over else "running"): float(number)
        for channel, over, number in session.execute(query.group_by(c.channel, c.closes_on < today))
    }


def count_publications(session: Session, today: dt.date) -> Counts:
    """Decisions that wait for their time, and those whose time is over: something is stuck."""
    c = publications.c
    waiting = c.published_on.is_(None) & c.withdrawn_on.is_(None)
    times = session.scalars(sa.select(c.publishes_at).where(waiting))
    now = clock.now()
    over = [one <= now for one in times]
    return {("waiting",): float(over.count(False)), ("overdue",): float(over.count(True))}


def count_imports(session: Session, today: dt.date) -> Counts:
    """Files of forms by state; ``refused`` ones had faults, and nothing of them was counted."""
    c = answer_imports.c
    query = sa.select(c.state, sa.func.count()).where(c.dry_run.is_(False)).group_by(c.state)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {(state,): float(found.get(state, 0)) for state in IMPORT_STATES}


def count_undecided(session: Session, today: dt.date) -> Counts:
    """Forms on paper that wait for a second entry, or for somebody to decide."""
    c = paper_forms.c
    query = sa.select(c.state, sa.func.count()).where(c.state.in_(UNDECIDED)).group_by(c.state)
    return {(row[0],): float(row[1]) for row in session.execute(query)}


def count_touched(session: Session, today: dt.date) -> Counts:
    """Findings of the last night's check of all records, by sign; any is one too many."""
    c = record_checks.c
    return {(row.sign,): float(row.number) for row in session.execute(sa.select(c.sign, c.number))}


def checked_at(session: Session, today: dt.date) -> Counts:
    """When the records were checked last, in seconds of Unix time; 0: never."""
    last = session.scalar(sa.select(sa.func.max(record_checks.c.checked_at)))
    return {(): last.timestamp() if last else 0.0}


COUNTED = (
    Counted("minsheng_survey_answers", "Answers that were counted", ("channel",), count_answers),
    Counted(
        "minsheng_survey_audiences_open",
        "Audiences that are asked; overdue: their last day is over and they are not closed",
        ("channel", "state"),
        count_audiences,
    ),
    Counted(
        "minsheng_survey_publications_waiting",
        "Publications that are decided and not carried out; overdue: their time is over",
        ("state",),
        count_publications,
    ),
    Counted("minsheng_survey_imports", "Files of filled-in forms", ("state",), count_imports),
    Counted(
        "minsheng_survey_paper_undecided",
        "Forms on paper that are entered once, or differ",
        ("state",),
        count_undecided,
    ),
    Counted(
        "minsheng_survey_records_touched",
        "Records that a hand other than the service's touched, as the last night found them",
        ("sign",),
        count_touched,
    ),
    Counted(
        "minsheng_survey_records_checked_timestamp_seconds",
        "When the records were checked last",
        (),
        checked_at,
    ),
)
