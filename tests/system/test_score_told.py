"""Whatever a method measures, the annual report tells the score as the survey published it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from services.supervision import readers
from services.supervision.model.report.narrative import Score
from services.survey.model.form import Item
from services.survey.model.method import Formula, Measure, Measured
from services.survey.model.scoring import score
from tests.services.supervision.model.test_report import narrative, report
from tests.services.survey.model.scoring.tables import DAY, group, three
from tests.services.survey.samples import THREE, parameters

P, S = (f"{n:08d}-0000-4000-8000-000000000000" for n in (1, 2))
LINES = [Item(P, P, "project", "(合成)项目"), Item(S, P, "sub-item", "(合成)子项")]
POINTS = ("100", "60", "0")
OPTIONS = [one | {"value": points} for one, points in zip(THREE, POINTS, strict=True)]
GRADES = [{"grade": "satisfied", "sum": ["satisfied"], "share": "4/5", "inclusive": True}]
GROUPS = [
    {"group": "all-deputies", "name_zh": "代表", "weight": "60/100"},
    {"group": "households", "name_zh": "住户", "weight": "30/100"},
    {"group": "residents", "name_zh": "居民", "weight": "10/100"},
]


def told(headline: Measure, measured: Measured) -> dict[str, Any]:
    """What the event says of a score that fell below the line, as it goes over the wire."""
    drawn: dict[str, Any] = {"grades": ["dissatisfied"]}
    if measured is not Measured.GRADE:
        drawn = {"below": "99/100", "inclusive": False}
    data = parameters(
        options=OPTIONS,
        grades=GRADES,
        otherwise="dissatisfied",
        measure=headline.value,
        groups=GROUPS,
        thresholds=[
            {"of": of, "measure": measured.value, "then": ["rectify"], **drawn}
            for of in ("project", "sub-item")
        ],
    )
    counts = {f"grade:{P}": three(5, 3, 2), f"grade:{S}": three(6, 2, 2)}
    asked = [
        group(counts, eligible=12),
        group(counts, "households", sampling="sample", eligible=900, issued=20),
        group(counts, "residents", sampling="open", eligible=None),
    ]
    found = score(Formula.from_data(data), LINES, asked, as_of=DAY)
    wire: dict[str, Any] = json.loads(json.dumps(found.told()))
    return wire


@pytest.mark.parametrize("measured", list(Measured))
@pytest.mark.parametrize("headline", list(Measure))
def test_the_report_tells_every_score(headline: Measure, measured: Measured) -> None:
    """With its groups, how sure they are, and what fell below the line, by whatever measure."""
    event = told(headline, measured)
    assert len(event["consequences"]) == 2
    parts: dict[str, Any] = {
        name: [reader().load(one) for one in event[name]]
        for name, reader in (
            ("items", readers.ScoredItem),
            ("groups", readers.ScoreGroup),
            ("projects", readers.ScoredProject),
            ("consequences", readers.ScoreConsequence),
        )
    }
    heard = Score(2023, 12, 10, "(合成)", happened_on=dt.date(2023, 12, 20), id="q", **parts)
    text = report(told=replace(narrative(), scores=[heard]))
    assert "| 代表 | 全体(普查) | 12 |" in text and "置信区间" in text and "界限" in text
    assert text.count("第1次 | 限期整改") == 2
