"""Preliminary selection (初定): candidates, opinions on them, the shortlist through its stages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .. import actors, texts
from ..request import Lane, Ref, Request, Step
from ..scene import Scene
from . import candidates, deliberation, rules

SHORTLIST = "shortlist"


def steps(scene: Scene) -> Iterator[Step]:
    """From the reserve pool to the adopted shortlist."""
    every = list(enumerate(scene.candidates))
    lanes = [candidates.lane(scene, number, one) for number, one in every]
    yield Step("提出候选项目并评分", [*lanes, candidates.given_back(scene)])
    # A clerk's draft and the deputies' consultation come before their deliberation.
    yield Step("候选项目清单、部门提出", [_drawn_up(scene)])
    yield Step("审议候选项目并答复", [deliberation.lane(scene, n, one) for n, one in every])
    yield Step("清单逐级审议、通过", [_stages(scene)])


def shortlist(name: str, year: int, names: list[str], adopted_on: dt.date) -> Lane:
    """The requests that draw up and adopt a shortlist, without any other stage."""
    drawn = adopted_on - dt.timedelta(days=10)
    body = {
        "year": year,
        "candidate_ids": [Ref(candidate) for candidate in names],
        "happened_on": str(drawn),
    }
    adoption = {"adopted_by": "人大常委会会议(演示)", "happened_on": str(adopted_on)}
    path = "/v1/shortlists/{}/adoption"
    return [
        Request(name, actors.GOVERNMENT, "/v1/shortlists", body),
        Request(f"{name}/adoption", actors.CLERK, path, adoption, (Ref(name),)),
    ]


def at_congress(scene: Scene) -> Request:
    """The last stage: the adopted list comes before the congress."""
    return _stage(scene, "congress", scene.days.session[0])


def _drawn_up(scene: Scene) -> Lane:
    seats = scene.figures["ballot.chosen"]
    body = {
        "year": scene.figures.year,
        "candidate_ids": [candidate.id for candidate in scene.candidates],
        "seats": seats,
        "happened_on": str(scene.days.proposing + dt.timedelta(days=8)),
    }
    first = scene.days.proposing + dt.timedelta(days=9)
    return [
        Request(SHORTLIST, actors.GOVERNMENT, "/v1/shortlists", body),
        _stage(scene, "departments", first),
    ]


def _stages(scene: Scene) -> Lane:
    """Given back once, for a reason; then on, each stage with its document."""
    days = scene.days
    after = [days.deliberation + dt.timedelta(days=n) for n in (3, 5, 6, 9, 14)]
    reason = f"请部门补充两项资金说明后再报。{texts.MARK}"
    adoption = {
        "adopted_by": rules.body_of(scene, rules.ADOPTING),
        "document_number": _number(scene, rules.ADOPTING),
        "happened_on": str(days.shortlist),
    }
    path = "/v1/shortlists/{}/adoption"
    return [
        _stage(scene, "deputies", after[0], outcome="returned", note=reason, again="/returned"),
        _stage(scene, "departments", after[1], again="/again"),
        _stage(scene, "deputies", after[2]),
        _stage(scene, "government", after[3]),
        _stage(scene, "party-committee", after[4]),
        Request(f"{SHORTLIST}/adoption", actors.CLERK, path, adoption, (Ref(SHORTLIST),)),
    ]


def _stage(
    scene: Scene, code: str, day: dt.date, *, outcome: str = "passed", again: str = "", **more: str
) -> Request:
    body = {
        "stage": code,
        "body": rules.body_of(scene, code),
        "person": "主持人(虚构)",
        "document_number": _number(scene, code),
        "outcome": outcome,
        "happened_on": str(day),
    }
    path, name = "/v1/shortlists/{}/stages", f"{SHORTLIST}/stage/{code}{again}"
    return Request(name, actors.CLERK, path, body | more, (Ref(SHORTLIST),))


def _number(scene: Scene, code: str) -> str:
    """The number of the document of a stage."""
    place = [stage for stage, _, _ in rules.STAGES].index(code)
    return f"演示初定〔{scene.figures.year}〕{place + 1}号"
