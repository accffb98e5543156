"""Drawings: pledged before the list is seen, done once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.model.drawing import Drawing, DrawnUnit
from services.survey.model.frame import SamplingFrame
from services.survey.model.sampling import commitment

from .test_frame import DAY, NOW, frame

UNITS = {f"合成-{n}": f"district={n % 2}" for n in range(40)}
LATER = DAY + dt.timedelta(days=3)
PLAN = {"allocation": "equal", "size": 10, "reserve": 20}


def announced(on: SamplingFrame, **changes: Any) -> Drawing:
    """A drawing with a pledged seed, unless the changes say otherwise."""
    given = {
        "title": "合成抽样",
        "plan": PLAN,
        "commitment": commitment("合成种子"),
        "public_source": None,
        "public_on": None,
        "happened_on": DAY,
        "recorded_at": NOW,
    }
    return Drawing.announce(on, **given | changes)


def test_the_pledged_seed_draws_once() -> None:
    """Another seed is refused, the pledged one gives the sample, a second time there is none."""
    one = frame()
    drawing = announced(one)
    with pytest.raises(Conflict, match="frame-empty"):
        drawing.draw(one, {}, "合成种子", LATER)
    one.load(UNITS, has_contacts=False, happened_on=DAY)
    with pytest.raises(Invalid, match="seed-differs"):
        drawing.draw(one, UNITS, "别的种子", LATER)
    drawing.draw(one, UNITS, "合成种子", LATER)
    assert drawing.strata == [
        {"cell": "district=0", "population": 20, "drawn": 5, "reserve": 1},
        {"cell": "district=1", "population": 20, "drawn": 5, "reserve": 1},
    ]
    assert (drawing.issued, drawing.population) == (10, {"district=0": 20, "district=1": 20})
    assert drawing.frame_digest == one.digest
    with pytest.raises(Conflict, match="drawn-already"):
        drawing.draw(one, UNITS, "合成种子", LATER)


def test_who_has_seen_the_list_cannot_pledge_a_seed() -> None:
    """Then only a source will do that is still to speak."""
    one = frame()
    one.load(UNITS, has_contacts=False, happened_on=DAY)
    with pytest.raises(Conflict, match="seed-too-late"):
        announced(one)
    public = {"commitment": None, "public_source": "合成彩票第一期"}
    with pytest.raises(Invalid, match="seed-known"):
        announced(one, **public, public_on=DAY)
    drawing = announced(one, **public, public_on=LATER)
    with pytest.raises(Conflict, match="seed-unknown"):
        drawing.draw(one, UNITS, "01 02 03", DAY)
    assert len(drawing.draw(one, UNITS, "01 02 03", LATER)) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"commitment": None},
        {"public_source": "来源", "public_on": LATER},
        {"commitment": None, "public_source": "来源"},
        {"commitment": None, "public_on": LATER},
    ],
)
def test_a_drawing_has_one_pledge(changes: dict[str, Any]) -> None:
    """Neither none, nor both, nor half of one."""
    with pytest.raises(Invalid, match="seed-unpledged"):
        announced(frame(), **changes)


def test_a_sample_serves_one_audience() -> None:
    """Drawn first; the same audience may ask twice."""
    one = frame()
    drawing = announced(one)
    with pytest.raises(Conflict, match="not-drawn"):
        drawing.serve("a")
    one.load(UNITS, has_contacts=False, happened_on=DAY)
    drawing.draw(one, UNITS, "合成种子", LATER)
    drawing.serve("a")
    drawing.serve("a")
    with pytest.raises(Conflict, match="drawing-taken"):
        drawing.serve("b")


def test_the_next_of_the_reserve_takes_a_place_until_there_is_none() -> None:
    """The order of the reserve is the order of the drawing."""
    one = frame()
    drawing = announced(one)
    one.load(UNITS, has_contacts=False, happened_on=DAY)
    (stratum, _) = drawing.draw(one, UNITS, "合成种子", LATER)
    units = [DrawnUnit(**row) for row in DrawnUnit.rows(drawing.id, stratum)]
    assert [(unit.rank, unit.state) for unit in units][-2:] == [(5, "drawn"), (6, "reserve")]
    units[0].give_way(units[5], "moved", LATER)
    assert (units[0].state, units[5].state) == ("replaced", "drawn")
    with pytest.raises(Conflict, match="not-in-sample"):
        units[0].give_way(None, "moved", LATER)
    with pytest.raises(Conflict, match="reserve-empty"):
        units[1].give_way(None, "moved", LATER)
