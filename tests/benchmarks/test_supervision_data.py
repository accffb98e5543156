"""The synthetic city is one that the service itself could have: the model finds nothing wrong."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from services.supervision.model.plan_check import check
from services.supervision.model.plan_content import Content
from services.supervision.model.project import Project, SubItem

from .supervision_data import City

TODAY = dt.date(2023, 12, 31)


def test_the_same_seed_makes_the_same_city() -> None:
    """Row by row."""
    assert list(City(1, TODAY, 0.01).filled()) == list(City(1, TODAY, 0.01).filled())


def test_a_whole_citys_year_has_the_numbers_that_are_measured() -> None:
    """A tenth of ten years' 20,000 opinions, 100,000 entries of progress and 50,000 photos."""
    (rows,) = City(1, TODAY).filled()
    found = Counter({name: len(each) for name, each in rows.items()})
    assert found["projects"] == 10 and found["sub_items"] == 50 and found["deputies"] == 500
    assert found["opinions"] == 2000 and found["progress"] == 10_000
    assert 4_500 <= found["photos"] <= 6_500


def test_plans_fit_their_projects_and_days_follow_each_other() -> None:
    """Nothing that a command would have refused."""
    (rows,) = City(1, TODAY, 0.02).filled()
    for row in rows["projects"]:
        project = Project(**row)
        project.sub_items = [
            SubItem(**one) for one in rows["sub_items"] if one["project_id"] == project.id
        ]
        plan = next(one for one in rows["plans"] if one["project_id"] == project.id)
        check(Content.of(plan["content"]), project)
    for row in rows["opinions"] + rows["problems"]:
        days = [row[n] for n in ("happened_on", "handled_on", "replied_on", "judged_on")]
        known = [day for day in days if day is not None]
        assert known == sorted(known) and known[-1] <= TODAY
