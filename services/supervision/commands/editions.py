"""Editions of the annual report, the meeting that they go to, and what it says about them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.work import UnitOfWork
from services.commons.clock import not_before
from services.commons.errors import Conflict

from ..model.deadline import ISSUED, OPINION_ANSWER, REPORT_OPINION, SECOND_ANSWER, VOTED
from ..model.report.edition import Edition
from ..model.report.opinion import ReportOpinion, Vote
from ..queries import editions as queries
from ..queries.evidence import one_snapshot
from ..queries.reports import frozen
from ..queries.rules import in_force
from ..tables.editions import edition_evidence
from . import deadlines, references
from .said import said

Json = dict[str, Any]


def draft_edition(command: Json, uow: UnitOfWork) -> Edition:
    """Freeze what the year's report says as of a day; NotFound if it is not defined."""
    one_snapshot(uow.session)
    day = uow.happened(command["happened_on"])
    year = command["year"]
    as_of = command["as_of"] or day
    not_before(day, as_of)
    told, lines = frozen(uow.session, year, uow.settings.jurisdiction, as_of)
    edition = Edition.draft(
        number=queries.next_number(uow.session, year),
        note=command["note"],
        happened_on=day,
        recorded_at=uow.now,
        **told,
    )
    uow.add(edition)
    uow.session.flush()
    rows = [{"edition_id": edition.id, "key": key, "lines": one} for key, one in lines.items()]
    uow.session.execute(sa.insert(edition_evidence), rows)
    return edition


def submit_edition(command: Json, uow: UnitOfWork) -> Edition:
    """Hand an edition to a numbered meeting; Conflict while another of the year waits for one."""
    edition = uow.get(Edition, command["id"])
    day = uow.happened(command["happened_on"])
    if queries.pending(uow.session, edition.year, but=edition.id):
        raise Conflict(
            "edition-pending",
            "another edition of this year was submitted and not yet deliberated on; withdraw it",
            "该年度另一报告稿已提请审议尚未审议,请先撤回",
        )
    meeting = {n: command[n] for n in ("body", "congress", "term", "ordinal", "held_on")}
    edition.submit(meeting | {"congress": meeting["congress"] or uow.settings.jurisdiction}, day)
    return edition


def withdraw_edition(command: Json, uow: UnitOfWork) -> Edition:
    """Take a submitted edition back."""
    edition = uow.get(Edition, command["id"])
    edition.withdraw(command["reason"], uow.happened(command["happened_on"]))
    return edition


def deliberate_edition(command: Json, uow: UnitOfWork) -> Edition:
    """Note that the meeting has deliberated on it."""
    edition = uow.get(Edition, command["id"])
    edition.deliberate(uow.happened(command["happened_on"]))
    return edition


def issue_report_opinion(command: Json, uow: UnitOfWork) -> ReportOpinion:
    """Record an opinion of the meeting; the clock starts for each unit that it goes to."""
    day = uow.happened(command["happened_on"])
    edition = uow.known(Edition, command["edition_id"], "/edition_id")
    not_before(day, edition.deliberated())
    references.units(uow, command["unit_ids"], "/unit_ids")
    opinion = uow.add(ReportOpinion.issue(**command, year=edition.year, recorded_at=uow.now))
    _start(uow, opinion, OPINION_ANSWER, ISSUED, day)
    return opinion


def answer_report_opinion(command: Json, uow: UnitOfWork) -> ReportOpinion:
    """A unit answers what became of an opinion; its clock stops."""
    references.speaks_for_unit(uow, command["unit_id"])
    opinion = uow.get(ReportOpinion, command["id"])
    day = uow.happened(command["happened_on"])
    opinion.answer(**said(command))
    deadlines.end(
        uow, day, kind=REPORT_OPINION, subject_id=[opinion.id], unit_id=[command["unit_id"]]
    )
    return opinion


def vote_on_answers(command: Json, uow: UnitOfWork) -> ReportOpinion:
    """The meeting votes on the answers; not satisfied, the units answer again in another term."""
    opinion = uow.get(ReportOpinion, command["id"])
    day = uow.happened(command["happened_on"])
    rule = in_force(uow.session, "answer-votes", day)
    vote = Vote(**{name: command[name] for name in Vote.__dataclass_fields__})
    satisfied = opinion.vote(vote, rule=rule.content, rule_id=rule.id, digest=rule.digest, on=day)
    if not satisfied:
        _start(uow, opinion, SECOND_ANSWER, VOTED, day)
    return opinion


def close_report_opinion(command: Json, uow: UnitOfWork) -> ReportOpinion:
    """Close an answered opinion without a vote."""
    opinion = uow.get(ReportOpinion, command["id"])
    opinion.close(command["reason"], uow.happened(command["happened_on"]))
    return opinion


def _start(uow: UnitOfWork, opinion: ReportOpinion, code: str, begins: str, day: Any) -> None:
    for unit_id in opinion.unit_ids:
        deadlines.start(uow, REPORT_OPINION, opinion.id, code, begins, day, unit_id=unit_id)
