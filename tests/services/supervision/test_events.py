"""The contracts of supervision's events, and the readers of the events it hears."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from services.supervision import readers
from services.supervision.model.meeting import LookBack

from .model.test_entities import D, opinion, project

FOLDER = resources.files("services.supervision") / "events"
CONTRACTS: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
    for file in FOLDER.iterdir()
    if file.name.endswith(".json")
}
NOW = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)


def check(type_: str, data: dict[str, Any]) -> None:
    """Raise unless the data keeps the contract (ids of the samples are no UUIDs)."""
    Draft202012Validator(CONTRACTS[type_]).validate(data)


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_a_contract_is_sound_and_its_examples_keep_it(type_: str) -> None:
    """Each contract is a JSON Schema with an audience, and its examples fit it, formats too."""
    contract = CONTRACTS[type_]
    Draft202012Validator.check_schema(contract)
    assert contract["x-audience"] in ("internal", "districts", "all")
    assert contract["examples"]
    for example in contract["examples"]:
        Draft202012Validator(contract, format_checker=FormatChecker()).validate(example)


def test_what_the_model_records_keeps_the_contracts() -> None:
    """Every event of a project, an opinion and a look-back fits its contract, and none is left out."""
    seen = {"project.adopted.v1", "opinion.raised.v1"}
    p, o = project(), opinion()
    check("project.adopted.v1", p.public_state())
    check("opinion.raised.v1", o.public_state())
    p.report_progress(
        "open", month="2023-06", quantity=None, share=1, text="", happened_on=D("2023-06-30"),
        recorded_at=NOW,
    )  # fmt: skip
    p.report_progress(
        "numbered", month="2023-06", quantity=100, share=None, text="",
        happened_on=D("2023-06-30"), recorded_at=NOW,
    )  # fmt: skip
    o.handle(unit_id="u", text="", happened_on=D("2023-06-20"))
    o.reply(unit_id="u", text="", happened_on=D("2023-06-20"))
    back = LookBack.make(
        project_name="旧", project_year=2021, finding="", effective=True,
        happened_on=D("2023-09-01"), recorded_at=NOW,
    )  # fmt: skip
    for entity in (p, o, back):
        for event in entity.take_recorded():
            check(event.type, entity.public_state() | event.detail)
            seen.add(event.type)
    assert seen == set(CONTRACTS)


UUID = "00000001-0000-4000-8000-000000000001"
HEARD: list[tuple[type[readers.Reader], dict[str, Any]]] = [
    (readers.UnitRegistered, {"id": UUID, "name": "(示例)民政局", "kind": "department"}),
    (
        readers.SuggestionChanged,
        {
            "id": UUID, "year": 2023, "author_kind": "deputy", "deputy_id": UUID,
            "channel": "session", "aspect": "elderly-care", "title": "(示例)", "division": None,
            "happened_on": "2022-11-03", "state": "accepted", "sorted_on": "2022-11-10",
            "matched": {"sub_item_id": None, "matched_on": "2023-03-01"},
        },
    ),
    (
        readers.SuggestedProjectDistilled,
        {
            "id": UUID, "year": 2023, "title": "(示例)", "aspect": "elderly-care",
            "suggestion_ids": [UUID], "happened_on": "2022-12-01",
        },
    ),
    (
        readers.DeputyEnrolled,
        {
            "id": UUID, "enrolled_on": "2022-01-10",
            "mandates": [{"congress": "330100", "level": "city", "delegation": "一"}],
        },
    ),
    (
        readers.SessionOpened,
        {
            "id": UUID, "congress": "330100", "term": 14, "ordinal": 3, "year": 2023,
            "opens_on": "2023-02-20", "closes_on": "2023-02-22",
        },
    ),
    (
        readers.DeputySignedIn,
        {"id": UUID, "session_id": UUID, "deputy_id": UUID, "happened_on": "2023-02-22"},
    ),
    (
        readers.ResultCertified,
        {
            "id": UUID, "year": 2023, "session_id": UUID, "shortlist_id": UUID,
            "certified_on": "2023-02-22", "roll": 511, "present": 491,
            "method": {"id": UUID, "title": "(示例)票决办法"}, "rounds": [{"number": 1, "opened_on": "2023-02-22", "present": 491}],
            "candidates": [
                {
                    "candidate_id": UUID, "name": "(示例)", "chosen": True, "reason": "passed", "round": 1,
                    "approve": 400, "oppose": 50, "abstain": 41, "description": "(示例)",
                    "aspect": "elderly-care", "lead_unit_id": UUID, "budget_yuan": 1000000,
                    "due_on": "2023-11-30", "suggested_project_ids": [UUID],
                    "sub_items": [
                        {"id": UUID, "name": "(示例)", "target": None, "unit_of_measure": "户"}
                    ],
                }
            ],
        },
    ),
    (
        readers.ScorePublished,
        {
            "id": UUID, "year": 2023, "eligible": 511, "returned": 480,
            "published_on": "2023-12-20", "method": {"id": UUID, "title": "(示例)测评办法"},
            "items": [
                {
                    "item_id": UUID, "project_id": UUID, "kind": "project", "name": "(示例)",
                    "counts": {"satisfied": 470, "abstain": 10}, "denominator": 480,
                    "top1": "47/48", "top2": "47/48", "grade": "satisfied",
                }
            ],
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "data"), HEARD, ids=[r.__name__ for r, _ in HEARD])
def test_a_reader_takes_what_it_needs_and_overlooks_what_is_new(
    reader: type[readers.Reader], data: dict[str, Any]
) -> None:
    """An event as its producer states it is read, also with fields that came later."""
    plain = reader().load(data)
    assert reader().load(data | {"something": {"new": 1}}) == plain
    assert plain["id"] == UUID


def test_nobody_reads_who_made_a_suggestion() -> None:
    """The figures need to know only whether a deputy made it."""
    assert "deputy_id" not in readers.SuggestionChanged().load(dict(HEARD[1][1]))
