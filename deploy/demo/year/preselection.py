"""Preliminary selection (初定): suggested projects, candidates, opinions on them, the shortlist."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from .. import actors, catalogue, texts
from ..catalogue import Theme
from ..request import Lane, Ref, Request, Step, single
from ..scene import Planned, Scene
from . import collection
from .preparation import office

SHORTLIST = "shortlist"
_CRITERIA = ("necessity", "feasibility", "fiscal-capacity")


def steps(scene: Scene) -> Iterator[Step]:
    """From suggestions to the adopted shortlist."""
    yield Step("凝练建议项目", single([*_distilled(scene), *_not_counted(scene)]))
    yield Step("交办建议项目并逐件答复", list(_answered(scene)))
    yield Step("提出候选项目并审议", list(_candidates(scene)))
    names = [candidate.name for candidate in scene.candidates]
    days = scene.days
    yield Step(
        "审定候选项目清单", [shortlist(SHORTLIST, scene.figures.year, names, days.shortlist)]
    )


def propose(
    scene: Scene, candidate: Planned, year: int, day: dt.date, distilled: Sequence[str] = ()
) -> Request:
    """The request that puts a candidate forward."""
    theme, rng = candidate.theme, scene.rng(candidate.name)
    total = rng.randint(20, 900) * 1_000_000
    items = [
        {"name": name, "target": target, "unit_of_measure": measure}
        for name, target, measure in candidate.items
    ]
    body = {
        "year": year,
        "name": theme.project,
        "description": texts.candidate(theme, scene.figures.place),
        "aspect": theme.code,
        "lead_unit_id": Ref(office(theme)),
        "budget": {
            "total_yuan": total,
            "year_yuan": total * rng.randint(50, 100) // 100,
            "funding_source": "财政资金(演示)",
        },
        "due_on": str(dt.date(year, 12, 31)),
        "sub_items": items,
        "suggested_project_ids": [Ref(name) for name in distilled],
        "happened_on": str(day),
    }
    return Request(candidate.name, actors.GOVERNMENT, "/v1/candidates", body)


def shortlist(name: str, year: int, candidates: list[str], adopted_on: dt.date) -> Lane:
    """The requests that draw up and adopt a shortlist."""
    drawn = adopted_on - dt.timedelta(days=10)
    body = {
        "year": year,
        "candidate_ids": [Ref(candidate) for candidate in candidates],
        "happened_on": str(drawn),
    }
    adoption = {"adopted_by": "人大常委会会议(演示)", "happened_on": str(adopted_on)}
    path = "/v1/shortlists/{}/adoption"
    return [
        Request(name, actors.GOVERNMENT, "/v1/shortlists", body),
        Request(f"{name}/adoption", actors.CLERK, path, adoption, (Ref(name),)),
    ]


def _distilled(scene: Scene) -> Iterator[Request]:
    """The suggested projects whose aspects count: from deputies' suggestions, and residents'."""
    rng = scene.rng("suggested projects")
    deputies, residents = collection.counted(scene), collection.residents(scene)
    for number in range(scene.figures["intake.proposed_project_aspects"]):
        theme = catalogue.theme(number)
        for again in range(1 + (number % 3 == 0)):
            own = _about(theme, deputies, rng) + _about(theme, residents, rng)[:1]
            name = f"suggested/{theme.code}/{again + 1}"
            yield _distil(scene, name, theme, again + 1, own, scene.days.distilling)


def _not_counted(scene: Scene) -> Iterator[Request]:
    """Suggested projects that must not count: from residents alone, of another year, too late."""
    aside, days, year = scene.aside, scene.days, scene.figures.year
    others = [
        ("suggested/residents", "suggestion/resident/1", days.distilling, year),
        (f"suggested/{year + 1}", f"suggestion/{year + 1}/0", days.report_meeting, year + 1),
        ("suggested/late", collection.counted(scene)[0][0], days.later, year),
    ]
    for number, (name, suggestion, day, of_year) in enumerate(others):
        request = _distil(scene, name, aside, number, [suggestion], day)
        request.body["year"] = of_year
        yield request


def _answered(scene: Scene) -> Iterator[Lane]:
    """Each suggested project of the year is handed to its theme's office, which answers."""
    rng, days = scene.rng("answers"), scene.days
    for number in range(scene.figures["intake.proposed_project_aspects"]):
        theme = catalogue.theme(number)
        for again in range(1 + (number % 3 == 0)):
            name = f"suggested/{theme.code}/{again + 1}"
            unit = Ref(office(theme))
            handover = {
                "unit_id": unit,
                "document_number": f"演示〔{days.handing_over.year}〕{number + 1}号",
                "happened_on": str(days.handing_over),
            }
            answer = {
                "text": f"建议已收悉,正在研究办理。{texts.MARK}",
                "result": rng.choice("AACD"),
                "happened_on": str(days.answering),
            }
            path = "/v1/suggested-projects/{}"
            yield [
                Request(
                    f"{name}/handover", actors.CLERK, f"{path}/handover", handover, (Ref(name),)
                ),
                Request(
                    f"{name}/answer",
                    actors.unit(office(theme)),
                    f"{path}/answer",
                    answer,
                    (Ref(name),),
                ),
            ]


def _about(theme: Theme, named: list[tuple[str, Theme]], rng: random.Random) -> list[str]:
    own = [name for name, about in named if about.code == theme.code]
    if not own:
        return [rng.choice(named)[0]]
    return rng.sample(own, min(len(own), rng.randint(2, 6)))


def _distil(
    scene: Scene, name: str, theme: Theme, number: int, suggestions: list[str], day: dt.date
) -> Request:
    title, text = texts.suggested_project(theme, scene.figures.place, number)
    body = {
        "year": scene.figures.year,
        "title": title,
        "aspect": theme.code,
        "text": text,
        "suggestion_ids": [Ref(suggestion) for suggestion in suggestions],
        "happened_on": str(day),
    }
    return Request(name, actors.CLERK, "/v1/suggested-projects", body)


def _candidates(scene: Scene) -> Iterator[Lane]:
    rng, days = scene.rng("deliberation"), scene.days
    distilled = scene.figures["intake.proposed_project_aspects"]
    covered = {catalogue.theme(number).code for number in range(distilled)}
    for candidate in scene.candidates:
        code = candidate.theme.code
        origins = [f"suggested/{code}/1"] if code in covered else []
        lane = [propose(scene, candidate, scene.figures.year, days.proposing, origins)]
        for criterion in _CRITERIA:
            person = rng.choice(scene.who.roll)
            body = {
                "criterion": criterion,
                "deputy_id": Ref(person.name),
                "text": texts.deliberation(criterion, candidate.theme, rng),
                "happened_on": str(days.deliberation),
            }
            name = f"{candidate.name}/{criterion}"
            by, path = actors.deputy(person.name), "/v1/candidates/{}/opinions"
            lane.append(Request(name, by, path, body, (candidate.id,)))
        yield lane
