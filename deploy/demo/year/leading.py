"""Who leads the supervision (组织领导), its scheme, and the calendar of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Ref, Request, Step
from ..scene import Scene
from .preparation import organ


def steps(scene: Scene) -> Iterator[Step]:
    """The leading group with its office, the scheme, the calendar by the rule."""
    lane = [_leading_group(scene), _scheme(scene), _calendar(scene)]
    yield Step("领导小组、工作方案、年度日历", [lane])


def _leading_group(scene: Scene) -> Request:
    members = [
        {"role": "head", "office": "常委会分管副主任(演示)"},
        {"role": "member", "unit_id": Ref(organ(0)), "office": "工作委员会主任(演示)"},
        {"role": "office-head", "unit_id": Ref(organ(0)), "office": "工作委员会副主任(演示)"},
        {"role": "liaison", "unit_id": Ref(organ(1)), "office": "处室负责人(演示)"},
    ]
    body = {
        "name": "深化民生实事项目票决制工作领导小组(演示)",
        "office_unit_id": Ref(organ(0)),
        "members": members,
        "happened_on": str(scene.days.kick_off - dt.timedelta(days=7)),
    }
    return Request("leading-group", actors.CLERK, "/v1/leading-groups", body, patient=True)


def _scheme(scene: Scene) -> Request:
    body = {
        "kind": "scheme",
        "title": "关于深化民生实事项目人大代表票决制工作的方案(演示)",
        "issuer": "人大常委会(演示)",
        "year": scene.figures.year,
        "leading_group_id": Ref("leading-group"),
        "text": f"明确组织领导、工作机制和步骤。{texts.MARK}",
        "happened_on": str(scene.days.kick_off - dt.timedelta(days=5)),
    }
    return Request("document/scheme", actors.CLERK, "/v1/documents", body)


def _calendar(scene: Scene) -> Request:
    """The year as the rule has it; meetings, activities and others keep its entries."""
    body = {"happened_on": str(scene.days.kick_off - dt.timedelta(days=7))}
    return Request("calendar", actors.CLERK, f"/v1/calendars/{scene.figures.year}", body)
