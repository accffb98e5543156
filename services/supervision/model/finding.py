"""What was found on a visit, and where a deputy checked in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid
from services.commons.location import located
from services.commons.places import metres

from .activity import Visit
from .plan_content import Site

FINDING, CHECK_IN = ("finding", "check-in")


@dataclass(eq=False)
class Finding(Aggregate):
    """Something that was seen on a visit (走访发现), good or bad; photos are kept with it.

    ``deputy_id``: who noted it, None for the office.  ``problem_id``, ``opinion_id``: what became
    of it.
    """

    id: str
    visit_id: str
    project_id: str
    deputy_id: str | None
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    problem_id: str | None = None
    opinion_id: str | None = None
    version: int = 0

    @classmethod
    def note(
        cls,
        visit: Visit,
        *,
        deputy_id: str | None,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Finding:
        """Note what was seen; raises Invalid before the visit."""
        not_before(happened_on, visit.happened_on)
        return cls(new_id(), visit.id, visit.project_id, deputy_id, text, happened_on, recorded_at)

    def link(self, problem_id: str | None, opinion_id: str | None) -> None:
        """Point to the problem or the opinion that it became, each once."""
        if problem_id is None and opinion_id is None:
            raise Invalid(
                "link-empty",
                "name the problem or the opinion that it became",
                "请填写由此形成的问题或者意见建议",
                [{"pointer": "/problem_id", "detail": "is missing, and so is opinion_id"}],
            )
        for name, id_ in (("problem_id", problem_id), ("opinion_id", opinion_id)):
            if id_ is None:
                continue
            if getattr(self, name) is not None:
                raise Conflict(
                    "linked-already",
                    f"this finding has its {name} already",
                    "该发现已经关联",
                    [{"pointer": f"/{name}", "detail": "is there already"}],
                )
            setattr(self, name, id_)


@dataclass(eq=False, kw_only=True)
class CheckIn(Aggregate):
    """A deputy was at a site of a project (签到打卡), by the place of her device.

    ``site_code``: the site that she named, or the nearest of the project's plan; ``distance``: to
    it, in metres, None where the plan has no point.  Both are for her and the office, never
    published.
    """

    id: str
    deputy_id: str
    project_id: str
    visit_id: str | None
    site_code: str | None
    distance: int | None
    division: str | None
    longitude: float | None
    latitude: float | None
    datum: str | None
    given_longitude: float | None
    given_latitude: float | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def make(
        cls,
        sites: Iterable[Site],
        *,
        deputy_id: str,
        project_id: str,
        visit_id: str | None,
        place: dict[str, Any],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> CheckIn:
        """Check in at the nearest of these sites."""
        kept = located(place)
        near = sorted(_distances((kept["longitude"], kept["latitude"]), sites))
        distance, code = near[0] if near else (None, None)
        return cls(
            id=new_id(),
            deputy_id=deputy_id,
            project_id=project_id,
            visit_id=visit_id,
            site_code=code,
            distance=distance,
            happened_on=happened_on,
            recorded_at=recorded_at,
            **kept,
        )


def _distances(here: tuple[float, float], sites: Iterable[Site]) -> Iterable[tuple[int, str]]:
    for site in sites:
        there = site.place["longitude"], site.place["latitude"]
        if None not in there:
            yield round(metres(here, there)), site.code
