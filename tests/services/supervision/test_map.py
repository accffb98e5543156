"""The map: sites as they are, what persons saw no more exactly than the rule says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import codec
from services.commons.errors import Invalid
from services.supervision.service import SupervisionService
from services.supervision.tables import opinions

from ...benchmarks.supervision_data import City, fill
from ...harness import Harness

PUBLIC: tuple[str, ...] = ()


@pytest.fixture
def service(serve: Callable[[Any], Harness]) -> Harness:
    """The service with a hundredth of a city's year."""
    service = serve(SupervisionService)
    fill(service.engine, City(1, service.settings.today, 0.01))
    return service


def features(service: Harness, roles: tuple[str, ...] = ("clerk",), **params: Any) -> Any:
    """What the map has."""
    return service.call("get_map", params, roles=roles)["features"]


def test_it_is_geojson_with_sites_and_rounded_places(service: Harness) -> None:
    """RFC 7946: longitude first, in WGS-84; a place that a person gave has three decimals."""
    found = service.call("get_map", {})
    assert codec.loads(codec.dumps(found)) == found  # as it crosses the broker
    assert (found["type"], found["truncated"]) == ("FeatureCollection", False)
    kinds = {one["properties"]["kind"] for one in found["features"]}
    assert {"site", "opinion", "problem"} <= kinds
    for one in found["features"]:
        longitude, latitude = one["geometry"]["coordinates"]
        assert one["type"] == "Feature" and 119 < longitude < 121 and 29 < latitude < 31
        if one["properties"]["kind"] != "site":
            assert (round(longitude, 3), round(latitude, 3)) == (longitude, latitude)
    told = {name for one in found["features"] for name in one["properties"]}
    assert not told & {"deputy_id", "text", "author"}


def test_the_public_sees_what_was_published_and_sites(service: Harness) -> None:
    """And snaps of kinds that the rule shows to everybody."""
    seen = features(service, PUBLIC, kind="opinion")
    everything = features(service, kind="opinion")
    assert 0 < len(seen) < len(everything)
    o = opinions.opinions.c
    with service.engine.connect() as connection:
        open_ = sa.or_(o.published_on.is_not(None), o.channel == "snap")
        wanted = set(connection.execute(sa.select(o.id).where(open_)).scalars())
    assert {one["id"] for one in seen} <= wanted
    assert features(service, PUBLIC, kind="site") == features(service, kind="site")


def test_an_area_and_a_number_cut_it_and_say_so(service: Harness) -> None:
    """Sites and what was seen alike; who gets a part is told that there is more."""
    some = features(service, bbox="120.0,30.1,120.5,30.4")
    assert 0 < len(some) < len(features(service))
    for one in some:
        longitude, latitude = one["geometry"]["coordinates"]
        assert 120 <= longitude <= 120.5 and 30.1 <= latitude <= 30.4
    part = service.call("get_map", {"limit": 3})
    assert (len(part["features"]), part["truncated"]) == (3, True)
    with pytest.raises(Invalid, match="bbox"):
        features(service, bbox="1,2,3")


def test_a_project_or_another_year_can_be_asked_for(service: Harness) -> None:
    """Only its own; nothing of a year without projects."""
    project = features(service)[0]["properties"]["project_id"]
    mine = features(service, project_id=project)
    assert {one["properties"]["project_id"] for one in mine} == {project}
    assert features(service, year=2050) == []
