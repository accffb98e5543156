"""Snap, forward, supervise on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Forbidden, Invalid
from services.supervision.service import SupervisionService

from ...harness import Harness
from .loop_sample import DAY, Json, Loop
from .pictures import photos, picture, uploaded
from .plan_sample import content
from .year import OWN, new

#: The planned site of the sample, as GCJ-02 has it, and a place some 60 km off.
SITE = {"longitude": 120.13, "latitude": 30.26, "datum": "GCJ-02"}
FAR = {"longitude": 120.6, "latitude": 30.6, "datum": "WGS-84"}


@pytest.fixture
def loop(serve: Callable[[Any], Harness]) -> Loop:
    """A service whose project has a plan with one site."""
    made = Loop(serve(SupervisionService))
    item = made.service.call("get_project", made.project)["sub_items"][0]["id"]
    made.year.call(
        "publish_plan",
        made.project,
        valid_from="2023-03-01",
        content=content(made.unit, item),
        happened_on="2023-03-01",
    )
    return made


def snapped(loop: Loop, seed: int = 1, place: Json = SITE, **more: Any) -> Json:
    """A deputy's snap."""
    shown = photos(uploaded(loop.service, picture(seed)), place=place)
    body = {"deputy_id": loop.deputy, "text": f"(合成)第{seed}处", "place": place}
    whole = {"happened_on": DAY, "photos": shown} | body | more
    return loop.as_deputy(loop.deputy, "take_snap", whole)


def test_a_snap_near_a_planned_site_goes_to_the_unit_at_once(loop: Loop) -> None:
    """It becomes an opinion of the same id, with its place in WGS-84 and as it was given."""
    snap = snapped(loop, kind="facility")
    assert (snap["state"], snap["project_id"]) == ("assigned", loop.project)
    assert (snap["site_code"], snap["distance_m"]) == ("s1", 0)
    opinion = loop.get(snap)
    assert (opinion["id"], opinion["channel"]) == (snap["opinion_id"], "snap")
    assert (opinion["state"], opinion["unit_id"]) == ("routed", loop.unit)
    assert (opinion["given_longitude"], opinion["datum"]) == (120.13, "GCJ-02")
    assert opinion["longitude"] != opinion["given_longitude"]
    (photo,) = snap["photos"]
    assert loop.history(snap)["photos"] == [photo]
    assert photo["project_id"] == loop.project
    loop.reply(snap, result="C")
    assert loop.judge(snap, "satisfied")["state"] == "closed"


def test_a_point_alone_is_enough_to_find_the_districts_unit(loop: Loop) -> None:
    """A phone knows no division; that of the nearest planned site is taken, however assigned."""
    item = loop.service.call("get_project", loop.project)["sub_items"][0]["id"]
    district = loop.a_unit()
    units = [{"unit_id": loop.unit, "role": "lead"}]
    units += [{"unit_id": district, "role": "district", "division": "330106"}]
    task = {"code": "t1", "division": "330106", "unit_id": district, "sub_item_id": item}
    loop.year.call(
        "publish_plan",
        loop.project,
        valid_from="2023-03-02",
        content=content(loop.unit, item, units=units, tasks=[task | {"share": 0.5}]),
        happened_on="2023-03-02",
        reason="(合成)",
    )
    found, named = snapped(loop), snapped(loop, 2, project_id=loop.project)
    for snap in (found, named):
        opinion = loop.get(snap)
        assert (opinion["unit_id"], opinion["division"]) == (district, "330106")
        assert loop.history(snap)["routings"][0]["basis"] == "task:t1"
    elsewhere = snapped(loop, 3, place=FAR, project_id=loop.project)
    assert loop.get(elsewhere)["unit_id"] == loop.unit


def test_a_snap_that_is_near_nothing_waits_on_the_overdue_list_until_it_is_assigned(
    loop: Loop,
) -> None:
    """The office says which project, and only then its clock of a reply begins; once."""
    snap = snapped(loop, place=FAR)
    assert (snap["state"], snap["project_id"], snap["opinion_id"]) == ("unassigned", None, None)
    assert loop.overdue("2023-06-01", kind="snap") == [snap["id"]]
    done = loop.year.call(
        "assign_snap", snap["id"], project_id=loop.project, happened_on="2023-05-18"
    )
    assert (done["state"], done["opinion_id"]) == ("assigned", snap["id"])
    assert loop.overdue("2023-06-01", kind="snap") == []
    opinion = loop.get(snap)
    assert (opinion["happened_on"], opinion["routed_on"]) == (DAY, "2023-05-18")
    assert opinion["text"] == snap["text"]
    with pytest.raises(Conflict, match="snap-decided"):
        loop.year.call("assign_snap", snap["id"], project_id=loop.project)
    assert loop.service.call("list_snaps", {"state": "assigned"})["items"] == [
        loop.service.call("get_snap", snap["id"])
    ]


def test_a_snap_about_no_project_is_declined_with_a_reason(loop: Loop) -> None:
    """She reads why; nothing is owed any more."""
    snap = snapped(loop, place=FAR)
    declined = loop.year.call("decline_snap", snap["id"], reason="(合成)不属民生实事项目")
    assert (declined["state"], declined["declined_reason"]) == (
        "declined",
        "(合成)不属民生实事项目",
    )
    assert loop.overdue("2023-06-01", kind="snap") == []
    told = [event.data for event in loop.service.events() if ".snap." in event.type]
    assert "合成" not in str(told)
    assert loop.deputy not in str(told)


def test_the_same_snap_under_another_key_is_told(loop: Loop) -> None:
    """By its photo, or by its words at the place; a repeat under the same key is the same snap."""
    first = snapped(loop)
    assert first["similar"] == []
    assert snapped(loop, text="(合成)别的话")["similar"] == [first["id"]]
    assert first["id"] in snapped(loop, 2, text=first["text"])["similar"]
    assert snapped(loop, 3)["similar"] == []
    assert snapped(loop, 4, place=FAR, text=first["text"])["similar"] == []
    body: Json = {"deputy_id": loop.deputy, "text": "(合成)", "place": SITE}
    body["happened_on"] = DAY
    body["photos"] = photos(uploaded(loop.service, picture(5)))
    sent = [
        loop.service.call("take_snap", body, key="key-00005", subject="somebody") for _ in range(2)
    ]
    assert sent[0] == sent[1]


def test_bad_snaps_are_refused_at_their_place(loop: Loop) -> None:
    """No photo, one that is none, 300 at once, no place, another's name, an unknown project."""
    with pytest.raises(Invalid) as caught:
        snapped(loop, photos=[])
    assert caught.value.errors[0]["pointer"] == "/photos"
    text = uploaded(loop.service, b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(Invalid, match="photo-none|photo-unknown"):
        snapped(loop, photos=photos(text))
    with pytest.raises(Invalid):
        snapped(loop, photos=photos(*(f"{number:064x}" for number in range(300))))
    with pytest.raises(Invalid):
        snapped(loop, place={"longitude": 30.26, "latitude": 120.13})
    with pytest.raises(Forbidden):
        snapped(loop, deputy_id=loop.year.deputy(OWN))
    with pytest.raises(Conflict, match="project-not-heard"):
        snapped(loop, project_id=new())
    with pytest.raises(Invalid, match="kind-unknown"):
        snapped(loop, kind="weather")


def test_an_opinion_does_not_pass_for_a_snap(loop: Loop) -> None:
    """What is no snap, with no photo, is not shown to anybody as one."""
    with pytest.raises(Invalid) as caught:
        loop.raised(channel="snap", kind="facility", place=FAR | {"division": "330106"})
    assert caught.value.errors[0]["pointer"] == "/channel"
