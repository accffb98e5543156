"""Residents beside the deputies (合成): households drawn from a frame, and a code at one site."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from .. import actors, assessment_acts, texts
from ..request import Lane, Ref, Request
from ..scene import Scene
from . import asking

#: The code of the group that the method weighs; those at the site weigh nothing.
GROUP, _PASSERS_BY = "households", "residents"
#: Households are drawn, so many of ten that stand in the frame; of those drawn, six in ten answer.
_DRAWN, _FRAME, _ANSWER = 300, 10, 6
_AT_SITE = 12
_DISTRICTS = 3
_SEED = "2023-11-27 演示用抽样种子(合成)".replace(" ", "-")


def drawn(scene: Scene) -> int:
    """How many households are drawn; fewer where there are few deputies."""
    return min(_DRAWN, 2 * len(scene.who.roll))


def preparing(scene: Scene) -> Lane:
    """The frame is announced, the seed pledged, the list loaded, the sample drawn and taken."""
    opens, closes = scene.days.assessment
    day = str(opens - dt.timedelta(days=10))
    districts = sorted(scene.divisions)[:_DISTRICTS]
    frame = {
        "title": "住户名单(合成)",
        "unit": "household",
        "strata": [{"code": "district", "title": "区划", "values": districts}],
        "source": f"随机生成{texts.MARK}",
        "happened_on": day,
    }
    drawing = {
        "title": "入户测评抽样(合成)",
        "plan": {"allocation": "proportional", "size": drawn(scene)},
        "commitment": hashlib.sha256(_SEED.encode()).hexdigest(),
        "happened_on": day,
    }
    asked = asking.audience(
        GROUP,
        "抽样住户(合成)",
        opens,
        closes,
        channel="invitation",
        kind="anonymous",
        sampling="sample",
    )
    of_frame, of = (Ref("frame"),), (Ref("questionnaire"),)
    return [
        Request("frame", actors.CLERK, "/v1/sampling-frames", frame),
        Request("drawing", actors.CLERK, "/v1/sampling-frames/{}/drawings", drawing, of_frame),
        Request(
            "frame/units",
            actors.CLERK,
            f"/v1/sampling-frames/{{}}/units?happened_on={day}",
            {},
            of_frame,
            csv=_list(scene, districts),
        ),
        Request(
            "drawing/seed",
            actors.CLERK,
            "/v1/drawings/{}/drawing",
            {"seed": _SEED, "happened_on": day},
            (Ref("drawing"),),
        ),
        Request("audience/households", actors.CLERK, _AUDIENCES, asked, of),
        Request(
            "audience/households/sample",
            actors.CLERK,
            "/v1/audiences/{}/sample",
            {"drawing_id": Ref("drawing")},
            (Ref("audience/households"),),
        ),
        Request("audience/site", actors.CLERK, _AUDIENCES, _passers_by(scene), of),
    ]


_AUDIENCES = "/v1/questionnaires/{}/audiences"


def _list(scene: Scene, districts: list[str]) -> str:
    """The list of the frame; nobody lives there."""
    rng = scene.rng("households")
    weights = [5, 3, 2][: len(districts)]
    rows = [
        f"合成-{number:05},(合成)第{number}号,{rng.choices(districts, weights)[0]}"
        for number in range(_FRAME * drawn(scene))
    ]
    return "\n".join(["编号,地址,区划", *rows]) + "\n"


def _passers_by(scene: Scene) -> dict[str, Any]:
    """Whoever comes by one site is asked about its project."""
    project = scene.projects[0]
    lines = [project.id, *(project.item_id(n) for n in range(len(project.items)))]
    return asking.audience(
        _PASSERS_BY,
        "现场扫码(合成)",
        *scene.days.assessment,
        channel="open",
        kind="anonymous",
        sampling="open",
        item_ids=lines,
    )


def at_the_site(scene: Scene) -> Lane:
    """A link for one site, whose code hangs there (民生码)."""
    body = {
        "label": f"{scene.projects[0].theme.project}现场(合成)",
        "site": "site-1",
        "project_id": scene.projects[0].id,
        "limits": {"per_day": 200},
        "happened_on": str(scene.days.assessment[0]),
    }
    of = (Ref("audience/site"),)
    return [Request("link", actors.CLERK, "/v1/audiences/{}/links", body, of)]


def answering(scene: Scene) -> assessment_acts.Residents:
    """Who was drawn and answers, each by her own link; and who reads the code."""
    rng = scene.rng("residents")
    every, asked = list(asking.items(scene)), _passers_by(scene)["item_ids"]
    numbers = sorted(rng.sample(range(drawn(scene)), drawn(scene) * _ANSWER // 10))
    day = scene.days.assessment[0] + dt.timedelta(days=3)
    return assessment_acts.Residents(
        invited=Ref("audience/households"),
        at_site=Ref("audience/site"),
        link=Ref("link"),
        invitations={
            number: [asking.mark(scene, item, rng) for item in every] for number in numbers
        },
        passing=[[asking.mark(scene, item, rng) for item in asked] for _ in range(_AT_SITE)],
        day=str(day),
    )
