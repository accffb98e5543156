"""A score is published by a decision, at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.model.publication import Publication, check_none_waits

from ..samples import NOON, day

LATER = NOON + dt.timedelta(days=3)


def decided(**changed: Any) -> Publication:
    """A decision of 11 December to publish three days after noon of the first."""
    given: dict[str, Any] = {
        "closed_on": day("12-10"),
        "decided_by": "主任会议(合成)",
        "reference": "合成〔2023〕1号",
        "decided_on": day("12-11"),
        "publishes_at": LATER,
        "recorded_at": NOON,
    }
    return Publication.decide("q", **(given | changed))


def test_it_is_due_at_its_time_and_only_once() -> None:
    """Not before; and when it has been carried out, never again."""
    publication = decided()
    assert not publication.is_due(LATER - dt.timedelta(seconds=1))
    assert publication.is_due(LATER)
    publication.carry_out(day("12-11"))
    assert publication.state == "published" and not publication.is_due(LATER)
    with pytest.raises(Conflict):
        publication.carry_out(day("12-11"))


def test_it_can_be_withdrawn_before_its_time() -> None:
    """With a reason; then another may be decided.  After its time nobody can."""
    publication = decided()
    with pytest.raises(Conflict):
        check_none_waits([publication])
    with pytest.raises(Invalid):
        publication.withdraw("数据待核(合成)", day("12-10"), NOON)
    publication.withdraw("数据待核(合成)", day("12-11"), NOON)
    assert publication.state == "withdrawn" and not publication.is_due(LATER)
    check_none_waits([publication])
    with pytest.raises(Conflict):
        publication.carry_out(day("12-12"))
    with pytest.raises(Conflict):
        decided().withdraw("太迟(合成)", day("12-12"), LATER)


def test_nothing_is_decided_before_the_closing() -> None:
    """While answers are taken, and with an earlier day than the closing's."""
    with pytest.raises(Conflict):
        decided(closed_on=None)
    with pytest.raises(Invalid):
        decided(decided_on=day("12-09"))
    published = decided()
    published.carry_out(day("12-12"))
    with pytest.raises(Conflict):
        check_none_waits([published])
