"""The figures: what each counts, what it must not count, and what moves when one record changes."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.supervision.model.report import records as r
from services.supervision.model.report.evidence import Evidence
from services.supervision.model.report.figure import Figure, fingerprint
from services.supervision.model.report.figures import compute
from services.supervision.model.report.registry import DEFINITIONS

from . import sample
from .sample import D

COMPLETED = "supervision.sub_items_completed_by_2023_11_30"
MATCHING = "intake.suggestions_matching_voted_share"

EXPECTED = {
    "intake.deputy_suggestions": 4,
    "intake.suggestion_aspects": 3,
    "intake.proposed_project_aspects": 2,
    MATCHING: 0.5,
    "ballot.roll": 4,
    "ballot.present": 2,
    "ballot.candidates": 3,
    "ballot.chosen": 2,
    "supervision.projects": 2,
    "supervision.sub_items": 3,
    COMPLETED: 2,
    "supervision.groups": 2,
    "supervision.week.city_deputies": 2,
    "supervision.week.district_deputies": 1,
    "supervision.week.attendances": 5,
    "supervision.week.problems": 2,
    "supervision.week.opinions": 2,
    "supervision.online.city_deputies": 4,
    "supervision.online.projects_covered": 2,
    "supervision.online.opinions": 4,
    "supervision.online.opinions_handled_and_replied": 1,
    "supervision.online.opinions_open": 3,
    "declared.warnings": 90,
}


#: The figures of the real report; the others have tests of their own.
REAL = {one.count for one in DEFINITIONS if one.count.__module__.endswith("figures_report")}


def figures(records: r.Records, **question: Any) -> dict[str, Figure]:
    """The figures of the real report by key, and the declared ones."""
    asked = dataclasses.replace(sample.QUESTION, **question)
    added = {one.key for one in DEFINITIONS if one.count not in REAL}
    every = compute(Evidence(records, asked))
    return {figure.key: figure for figure in every if figure.key not in added}


def moved(before: dict[str, Figure], after: dict[str, Figure]) -> tuple[set[str], set[str]]:
    """The keys whose value changed, and those of which only the counted records changed."""
    keys = before.keys() | after.keys()
    gone = {key for key in keys if key not in before or key not in after}
    values = {k for k in keys - gone if before[k].value != after[k].value} | gone
    hashes = {k for k in keys - gone if before[k].hash != after[k].hash}
    return values, hashes - values


def test_the_sample_year_gives_the_expected_figures() -> None:
    """Every figure counts what it should, beside many records that must not count."""
    found = {key: figure.value for key, figure in figures(sample.records()).items()}
    assert found == EXPECTED


def test_the_real_reports_figures_come_first() -> None:
    """In the order of the report; what was added follows, what is declared comes last."""
    keys = [one.key for one in compute(Evidence(sample.records(), sample.QUESTION))]
    real = [one.key.partition("_by_{day")[0] for one in DEFINITIONS if one.count in REAL]
    assert [key.partition("_by_2")[0] for key in keys[: len(real)]] == real
    assert keys[-1] == "declared.warnings"


# Each change of one record: the figures whose value moves, then those of which only the
# counted records (the hash) move.
MOVES: list[tuple[str, str, dict[str, Any], set[str], set[str]]] = [
    (
        "suggestions", "s4", {"state": "returned"},
        {"intake.deputy_suggestions", "intake.suggestion_aspects", MATCHING}, set(),
    ),
    ("suggestions", "s4", {"aspect": "schools"}, {"intake.suggestion_aspects"}, set()),
    ("suggestions", "s3", {"sub_item_id": "i3"}, {MATCHING}, set()),
    ("suggestions", "s3", {"sub_item_id": "i0"}, set(), {MATCHING}),
    (
        "suggestions", "resident", {"author_kind": "deputy"},
        {"intake.deputy_suggestions", "intake.suggestion_aspects", MATCHING,
         "intake.proposed_project_aspects"}, set(),
    ),
    (
        "suggested_projects", "sp1", {"aspect": "elderly"},
        {"intake.proposed_project_aspects"}, set(),
    ),
    ("suggested_projects", "sp3", {"year": 2024}, set(), {"intake.proposed_project_aspects"}),
    ("deputies", "d2", {"happened_on": D("2023-02-21")}, {"ballot.roll"}, set()),
    (
        "deputies", "both", {"congresses": frozenset({sample.DISTRICT})},
        {"ballot.roll", "ballot.present", "supervision.week.city_deputies",
         "supervision.week.district_deputies", "supervision.online.city_deputies",
         "supervision.online.opinions", "supervision.online.opinions_open"},
        {"supervision.online.projects_covered"},
    ),
    ("sign_ins", "n3", {"happened_on": D("2023-02-22")}, {"ballot.present"}, set()),
    ("sign_ins", "n3", {"happened_on": D("2023-02-23")}, set(), set()),
    ("results", "ballot", {"voted_on": D("2023-02-20")}, {"ballot.present"}, set()),
    (
        "results", "ballot",
        {"candidates": (sample.candidate("p1", chosen=True), sample.candidate("p2", chosen=True))},
        {"ballot.candidates"}, set(),
    ),
    (
        "results", "ballot",
        {"candidates": tuple(sample.candidate(c, chosen=True) for c in ("p1", "p2", "c3"))},
        {"ballot.chosen"}, set(),
    ),
    ("sub_items", "i0", {"project_id": "p1"}, {"supervision.sub_items", COMPLETED}, set()),
    ("sub_items", "i3", {"target": 0.5}, {COMPLETED}, set()),
    ("progress", "i2-2", {"happened_on": D("2023-12-01")}, {COMPLETED}, set()),
    ("progress", "i2-2", {"share": 0.99}, {COMPLETED}, set()),
    ("progress", "i3-3", {"happened_on": D("2023-11-30")}, {COMPLETED}, set()),
    ("progress", "i3-2", {"month": "2023-09"}, {COMPLETED}, set()),
    ("progress", "i1-2", {"happened_on": D("2023-10-26")}, set(), {COMPLETED}),
    ("progress", "i1-3", {"quantity": 130}, set(), set()),
    ("groups", "g2", {"project_id": "p0"}, {"supervision.groups"}, set()),
    (
        "activities", "week", {"kind": "research"},
        {f"supervision.week.{name}" for name in
         ("city_deputies", "district_deputies", "attendances", "problems", "opinions")}, set(),
    ),
    (
        "activities", "week", {"ends_on": D("2023-05-18")}, {"supervision.week.opinions"}, set(),
    ),
    (
        "visits", "v2", {"happened_on": D("2023-05-20")},
        {"supervision.week.attendances"}, {"supervision.week.city_deputies"},
    ),
    (
        "attendances", "a3", {"deputy_id": "d2"},
        {"supervision.week.city_deputies", "supervision.week.district_deputies"}, set(),
    ),
    (
        "attendances", "a4", {"deputy_id": "x1"},
        set(),
        {"supervision.week.city_deputies", "supervision.week.district_deputies"},
    ),
    (
        "attendances", "a5", {"visit_id": "after-week"},
        {"supervision.week.attendances"}, {"supervision.week.city_deputies"},
    ),
    ("problems", "m2", {"happened_on": D("2023-05-20")}, {"supervision.week.problems"}, set()),
    ("problems", "m4", {"visit_id": "v2"}, {"supervision.week.problems"}, set()),
    ("opinions", "w5", {"channel": "week"}, {"supervision.week.opinions"}, set()),
    (
        "opinions", "o3", {"handled_on": D("2023-07-01")},
        {"supervision.online.opinions_handled_and_replied", "supervision.online.opinions_open"},
        set(),
    ),
    (
        "opinions", "o2", {"replied_on": D("2023-07-01")},
        {"supervision.online.opinions_handled_and_replied", "supervision.online.opinions_open"},
        set(),
    ),
    (
        "opinions", "o3", {"channel": "meeting"},
        {"supervision.online.opinions", "supervision.online.opinions_open",
         "supervision.online.city_deputies"},
        {"supervision.online.projects_covered"},
    ),
    (
        "online_checks", "c1", {"project_id": "p1"},
        {"supervision.online.projects_covered"}, set(),
    ),
    (
        "online_checks", "c1", {"happened_on": D("2022-12-31")},
        {"supervision.online.projects_covered", "supervision.online.city_deputies"}, set(),
    ),
    ("indicator_entries", "e1", {"value": 41}, {"declared.warnings"}, set()),
    ("indicator_entries", "e2", {"value": 41}, set(), set()),
    (
        "projects", "p2", {"year": 2024},
        {"supervision.projects", "supervision.sub_items", "supervision.groups",
         "supervision.online.city_deputies", "supervision.online.projects_covered"}, set(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "id_", "fields", "values", "evidence"),
    MOVES,
    ids=[f"{kind}-{id_}-{'-'.join(fields)}" for kind, id_, fields, _, _ in MOVES],
)
def test_one_changed_record_moves_exactly_the_named_figures(
    kind: str, id_: str, fields: dict[str, Any], values: set[str], evidence: set[str]
) -> None:
    """Changing one record moves these figures, these others' evidence, and nothing else."""
    before = sample.records()
    after = sample.change(before, kind, id_, **fields)
    assert moved(figures(before), figures(after)) == (values, evidence)


def test_every_figure_is_moved_by_some_change() -> None:
    """The table above leaves out no key."""
    assert set().union(*(values for _, _, _, values, _ in MOVES)) == set(EXPECTED)


AFTER = D("2023-12-28")
LATER: list[tuple[str, Any]] = [
    ("suggestions", sample.suggestion("s9", happened_on=AFTER)),
    ("suggestions", sample.suggestion("s1", 4, state="returned", happened_on=AFTER)),
    ("suggestions", sample.suggestion("s1", 5, sub_item_id=None, happened_on=AFTER)),
    ("suggested_projects", r.SuggestedProject("sp9", 2023, "new", ("s1",), AFTER)),
    ("deputies", sample.deputy("d9", sample.OWN, on="2023-12-28")),
    ("sign_ins", r.SignIn("n9", "session", "d2", AFTER)),
    ("projects", r.Project("p9", 2023, "新", "u1", AFTER)),
    ("progress", sample.progress("i3", 4, "2023-11", 7.5, "2023-12-28")),
    ("progress", sample.progress("i1", 5, "2023-10", 1, "2023-12-28")),
    ("groups", r.Group("g9", "p1", (), (), AFTER)),
    (
        "activities",
        r.Activity("w9", 2023, "supervision-week", "补", D("2023-06-01"), D("2023-06-30"), AFTER),
    ),
    ("attendances", sample.attendance("a0", "v1", "d2", "2023-12-28")),
    ("problems", r.Problem("m9", "p1", "v1", AFTER)),
    ("opinions", sample.opinion("o9", happened_on=AFTER)),
    ("online_checks", r.OnlineCheck("c9", "d2", "p2", AFTER)),
    ("indicators", r.Indicator("z", 2023, "other", "其他", "次", "u1", AFTER)),
    ("indicator_entries", r.IndicatorEntry("e9", "w", 9, "2023-02", 1, AFTER)),
]


@pytest.mark.parametrize(("kind", "record"), LATER, ids=[f"{k}-{x.id}" for k, x in LATER])
def test_what_happens_after_the_day_asked_for_moves_nothing(kind: str, record: Any) -> None:
    """As of a day nothing later counts, corrections and withdrawals included."""
    before = sample.records()
    assert moved(figures(before), figures(sample.add(before, kind, record))) == (set(), set())


def test_the_order_of_the_records_does_not_matter() -> None:
    """The same records in another order give the same values and the same hashes."""
    before = sample.records()
    names = [f.name for f in dataclasses.fields(before) if f.name != "registers"]
    back: dict[str, Any] = {name: list(getattr(before, name))[::-1] for name in names}
    turned = dataclasses.replace(before, **back)
    assert moved(figures(before), figures(turned)) == (set(), set())


def test_completion_asked_for_another_day_has_another_key() -> None:
    """The day for completion stands in the key and in both definitions."""
    figure = figures(sample.records(), completed_by=D("2023-12-25"))[
        "supervision.sub_items_completed_by_2023_12_25"
    ]
    assert figure.value == 3
    assert "2023-12-25" in figure.definition_zh
    assert "2023-12-25" in figure.definition_en


def test_completion_is_seen_no_further_than_the_day_asked_for() -> None:
    """As of October, what was done in November is not done."""
    assert figures(sample.records(), as_of=D("2023-10-31"))[COMPLETED].value == 2 - 1


def test_a_share_states_its_numerator_and_denominator() -> None:
    """The denominator is every accepted suggestion of a deputy, matched or not."""
    figure = figures(sample.records())[MATCHING]
    assert (figure.numerator, figure.denominator, figure.counted) == (2, 4, 4)
    assert figure.kind == "share"


def test_without_suggestions_there_is_no_share() -> None:
    """Nothing to divide by is neither nought nor an error."""
    figure = figures(r.Records())[MATCHING]
    assert (figure.value, figure.numerator, figure.denominator) == (None, 0, 0)


def test_an_empty_year_counts_nought_everywhere() -> None:
    """Without records every counted figure is nought, and no indicator is declared."""
    found = figures(r.Records())
    assert {f.value for f in found.values() if f.kind == "counted"} == {0}
    assert not [key for key in found if key.startswith("declared.")]


def test_a_declared_figure_says_that_it_is_declared() -> None:
    """An indicator carries the kind, the unit and its name in the definition."""
    figure = figures(sample.records())["declared.warnings"]
    assert (figure.kind, figure.unit) == ("declared", "warning")
    assert "预警" in figure.definition_zh


def test_every_definition_is_there_in_both_languages_and_names_no_level() -> None:
    """Definitions speak of this congress and the level below; the level is configuration."""
    for figure in figures(sample.records()).values():
        assert figure.definition_zh
        assert figure.definition_en
        assert "市" not in figure.definition_zh
        assert "city" not in figure.definition_en


def test_the_same_records_serve_a_district() -> None:
    """For the district's own congress the same people count the other way round."""
    found = figures(sample.records(), jurisdiction=sample.DISTRICT)
    assert found["supervision.week.city_deputies"].value == 2
    assert found["supervision.week.district_deputies"].value == 0
    assert found["ballot.roll"].value == 3


def test_the_hash_can_be_made_again_from_the_lines() -> None:
    """SHA-256 over the sorted lines, one record each: who has the records can check it."""
    found = figures(sample.records())["supervision.week.attendances"]
    assert found.hash == fingerprint(["a5", "a4", "a3", "a2", "a1"])
    assert found.hash == fingerprint(["a1", "a2", "a3", "a4", "a5"])
