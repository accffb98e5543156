"""External indicators on both databases: what a unit declares about itself, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Forbidden, Invalid
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def defined(year: Year, **changed: Any) -> dict[str, Any]:
    """An indicator of warnings, told in 万."""
    body = {
        "year": 2023,
        "key": "warnings",
        "name": "(合成)预警信号",
        "unit_of_measure": "次",
        "declared_by": year.unit,
        "definition": "(合成)平台发出的预警信号次数",
        "source": "(合成)养老平台",
        "period": "2023年1月至11月",
        "scale": 10_000,
        "happened_on": "2023-02-01",
    }
    return year.call("define_indicator", **body | changed)


def declared(year: Year, id_: str, **changed: Any) -> dict[str, Any]:
    """The number of November."""
    body = {"month": "2023-11", "value": 47_900, "happened_on": "2023-11-30"}
    return year.call("declare_indicator", id_, **body | changed)


def test_a_rounded_number_says_what_it_may_stand_for(year: Year) -> None:
    """4.79万 rounded to hundreds lies between 47,850 and 47,949; all of them were responded to."""
    one = defined(year)
    assert one["definition"] == "(合成)平台发出的预警信号次数"
    said = declared(year, one["id"], rounded_to=100, responded=47_900)
    assert said["total"] == {
        "months": 1,
        "value": 47_900,
        "low": 47_850,
        "high": 47_949,
        "responded": 47_900,
        "response_rate": "47900/47900",
        "shown": "4.79万",
    }
    assert year.service.call("get_indicator", one["id"]) == said


def test_a_correction_keeps_what_it_replaces_and_why(year: Year) -> None:
    """The later number of a month stands; without responses of one month there is no rate."""
    one = defined(year, scale=None)
    first = declared(year, one["id"], value=100, responded=90)
    again = declared(year, one["id"], value=110, responded=110, reason="(合成)补报")
    assert [entry["value"] for entry in again["entries"]] == [100, 110]
    assert (again["entries"][1]["reason"], first["total"]["response_rate"]) == (
        "(合成)补报",
        "90/100",
    )
    assert again["standing"] == [again["entries"][1]["id"]]
    more = declared(year, one["id"], month="2023-10", value=5)
    assert (more["total"]["value"], more["total"]["responded"]) == (115, None)
    assert (more["total"]["low"], more["total"]["high"], more["total"]["shown"]) == (
        115,
        115,
        "115",
    )


def test_declared_numbers_are_never_mixed_with_records(year: Year) -> None:
    """Whatever a unit declares, no figure of this system's own records moves."""
    year.vote("(合成)甲")
    year.deputy(OWN)
    year.call(
        "define_report",
        year=2023,
        title="(合成)",
        completed_by="2023-11-30",
        happened_on="2023-12-01",
    )
    before = year.figures()
    one = defined(year, key="projects", name="(合成)与记录同名")
    declared(year, one["id"], responded=47_900)
    after = year.figures()
    assert after.pop("declared.projects") == 47_900
    assert after == before
    kinds = {
        figure["key"]: figure["kind"]
        for figure in year.service.call("get_report_figures", 2023, {"as_of": "2023-12-27"})[
            "figures"
        ]
    }
    assert [key for key, kind in kinds.items() if kind == "declared"] == ["declared.projects"]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"responded": 47_901}, "/responded"),
        ({"responded": -1}, "/responded"),
        ({"rounded_to": 1000}, "/value"),
        ({"rounded_to": 0}, "/rounded_to"),
        ({"month": "2022-11"}, "/month"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    year: Year, changed: dict[str, Any], pointer: str
) -> None:
    """More responses than there were, a rounding that is none, a month of another year."""
    one = defined(year)
    with pytest.raises(Invalid) as caught:
        declared(year, one["id"], **changed)
    assert caught.value.errors[0]["pointer"] == pointer


def test_only_the_unit_itself_declares(year: Year) -> None:
    """Another unit is refused; a scale that nobody uses, too."""
    one = defined(year)
    body = {"month": "2023-11", "value": 1, "happened_on": "2023-11-30"}
    with pytest.raises(Forbidden):
        year.service.call("declare_indicator", one["id"], body, roles=("unit",), subject=new())
    with pytest.raises(Invalid) as caught:
        defined(year, key="other", scale=7)
    assert caught.value.errors[0]["pointer"] == "/scale"
