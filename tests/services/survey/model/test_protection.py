"""Questions that only some were asked are no way around what the tables by stratum hide."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Invalid
from services.survey.model.breakdown import breakdowns
from services.survey.model.cell import cell_of
from services.survey.model.form import Form, Item
from services.survey.model.protection import Protection
from services.survey.model.result.questions import questions
from services.survey.model.scoring.counted import CellCount, Counted

from .form.forms import AGE, DISTRICT, GRADE, OPTIONS, options, question
from .test_breakdown import CODES, formula, of

OLD = {"question": "age", "in": ["60+"]}
HERE = {"question": "district", "in": ["330102"]}
BAD = {"question": "grade", "in": ["dissatisfied"]}
WHY = question("why", "choice", per="item", options=options("slow", "far"), **{"if": BAD})
ITEMS = [Item("s1", "p1", "sub-item", "一")]


def used(condition: dict[str, Any]) -> dict[str, Any]:
    """A choice that is asked on a condition."""
    return question("used", "choice", options=options("yes", "no"), **{"if": condition})


def form(*asked: dict[str, Any]) -> Form:
    """Age, district and a grade before the others."""
    return Form.from_data([AGE, DISTRICT, GRADE, *asked], ITEMS, OPTIONS)


def group(sizes: dict[tuple[str, str], int], key: str, asked: Any) -> Counted:
    """People by age and district, a third of each dissatisfied.

    ``asked``: given age, district, people and how many were dissatisfied, how many were asked
    ``key``; all answered by the first option.
    """
    cells = {}
    for (age, district), people in sizes.items():
        bad = people // 3
        marks = dict(zip(CODES, (people - bad, 0, bad), strict=True))
        number = asked(age, district, people, bad)
        first, second = ("slow", "far") if key.startswith("why") else ("yes", "no")
        counts = {first: number - number // 2, second: number // 2, "_asked": number}
        cells[cell_of({"age": age, "district": district})] = CellCount(
            people, {}, {"grade:s1": marks, key: counts}
        )
    return of(cells)


def sizes(*numbers: int) -> dict[tuple[str, str], int]:
    """By age and district, in this order."""
    pairs = [(age, place) for age in ("18-59", "60+") for place in ("330102", "330105")]
    return dict(zip(pairs, numbers, strict=True))


def old(age: str, district: str, people: int, bad: int) -> int:
    """Those over 60 were asked."""
    return people if age == "60+" else 0


def test_what_few_were_asked_is_not_told() -> None:
    """Three were dissatisfied: neither their reasons nor that they were asked."""
    counted = group(sizes(3, 3, 2, 3), "why:s1", lambda *given: given[-1])
    (told,) = questions(formula(), form(WHY), [counted])
    assert (told["asked"], told["counts"]) == (None, None)
    assert told["names"] == {"slow": "选项slow", "far": "选项far"}


def test_what_many_were_asked_is_told() -> None:
    """The reasons of forty who were dissatisfied."""
    counted = group(sizes(30, 30, 30, 30), "why:s1", lambda *given: given[-1])
    (told,) = questions(formula(), form(WHY), [counted])
    assert (told["asked"], told["counts"]) == (40, {"slow": 20, "far": 20})


def test_a_question_of_one_stratum_is_no_row_of_a_hidden_table() -> None:
    """Five are below 60, so nobody is told how many are above; not by whom was asked, either."""
    counted = group(sizes(2, 3, 30, 30), "used", old)
    known = form(used(OLD))
    (told,) = questions(formula(), known, [counted])
    assert (told["asked"], told["counts"]) == (None, None)
    for table in breakdowns(formula(), [counted], known):
        assert all(line["counts"] is None for row in table["cells"] for line in row["items"][1:])
    wide = group(sizes(30, 30, 30, 30), "used", old)
    (told,) = questions(formula(), known, [wide])
    assert (told["asked"], told["counts"]) == (60, {"yes": 30, "no": 30})


def test_two_strata_are_not_crossed_by_a_condition() -> None:
    """Thirty of 60+ and a district were asked; with the tables that tells of the four others."""
    both = {"all": [OLD, HERE]}

    def asked(age: str, district: str, people: int, bad: int) -> int:
        return people if (age, district) == ("60+", "330102") else 0

    counted = group(sizes(30, 30, 30, 4), "used", asked)
    assert not Protection(formula(), counted, form()).small
    assert Protection(formula(), counted, form(used(both))).concealed == {"used"}
    wide = group(sizes(30, 30, 30, 30), "used", asked)
    assert not Protection(formula(), wide, form(used(both))).concealed


def test_marks_of_a_stratum_are_not_told_by_a_condition() -> None:
    """Who was dissatisfied *and* over 60 was asked: her row of the grades, where that is hidden."""
    mixed = question("old", "choice", per="item", options=options("slow", "far"))
    mixed["if"] = {"all": [OLD, BAD]}

    def asked(age: str, district: str, people: int, bad: int) -> int:
        return bad if age == "60+" else 0

    small = group(sizes(4, 4, 40, 40), "old:s1", asked)
    assert Protection(formula(), small, form(mixed)).concealed == {"old:s1"}
    wide = group(sizes(40, 40, 40, 40), "old:s1", asked)
    assert not Protection(formula(), wide, form(mixed)).concealed


def test_what_follows_from_a_hidden_question_is_hidden() -> None:
    """How many said yes is not told, so neither is how many were asked because of it."""
    how = question("how", "rating", rating={"from": 1, "to": 2, "labels": {}})
    how["if"] = {"question": "used", "in": ["yes"]}
    counted = group(sizes(2, 3, 30, 30), "used", old)
    more = {
        name: CellCount(one.returned, {}, {**one.counts, "how": {"1": 8, "2": 7, "_asked": 15}})
        for name, one in counted.cells.items()
        if name.startswith("age=60+")
    }
    both = of({**counted.cells, **more})
    assert Protection(formula(), both, form(used(OLD), how)).concealed == {"used", "how"}


def test_who_is_not_counted_by_a_stratum_is_not_told_by_it() -> None:
    """Deputies answer in one count, whatever their age: a condition does not bring it back."""
    counts: dict[str, Any] = {"yes": 20, "no": 10, "_asked": 30}
    deputies = of({"": CellCount(60, {}, {"used": counts})})
    assert Protection(formula(), deputies, form(used(OLD))).concealed == {"used"}


@pytest.mark.parametrize("condition", [OLD, {"not": {"any": [HERE, OLD]}}])
def test_a_grade_does_not_hang_on_a_stratum(condition: dict[str, Any]) -> None:
    """Its counts are published in full; directly or by another question it is refused."""
    grade = question("late", "grade", per="item", **{"if": condition})
    with pytest.raises(Invalid, match="form-contradicts-itself") as refused:
        form(grade)
    assert [one["pointer"] for one in refused.value.errors] == ["/questions/3/if"]
    grade["if"] = {"question": "used", "in": ["yes"]}
    with pytest.raises(Invalid, match="form-contradicts-itself"):
        form(used(condition), grade)
