"""Runs of clustering on both databases: kept once, arranged by people, from run to run."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from services.chassis.store import BoundStore
from services.commons.errors import Conflict, Invalid, NotFound
from services.proposal import nightly
from services.proposal.cli import proposal as commands
from services.proposal.similarity import building, runs

from .conftest import Office

DAY = "2022-12-01"


@pytest.fixture
def store(office: Office) -> BoundStore:
    """The store of a command line."""
    harness = office.harness
    return BoundStore(harness.engine, harness.metadata, harness.settings)


@pytest.fixture
def canteens(office: Office) -> list[str]:
    """Three about canteens, two about lamps, one about a bus."""
    texts = [
        ("增设老年食堂", "elderly-care"),
        ("老年食堂太少", "elderly-care"),
        ("开一家老年食堂", "elderly-care"),
        ("路灯坏了没人修", "transport"),
        ("路灯坏了", "transport"),
        ("公交站太远", "transport"),
    ]
    return [office.submit(title, title, aspect=aspect) for title, aspect in texts]


def arrangement(office: Office, run_id: str) -> set[frozenset[str]]:
    """The clusters of a run as the API gives them."""
    call = office.harness.call
    found = set()
    for one in call("list_clusters", run_id, {})["items"]:
        members = call("list_cluster_members", one["id"], {})["items"]
        assert one["size"] == len(members)
        assert one["representative_id"] in [member["suggestion_id"] for member in members]
        found.add(frozenset(member["suggestion_id"] for member in members))
    return found


def move(office: Office, run_id: str, one: str, other: str, verdict: str = "together") -> Any:
    """A person's decision."""
    body = {"suggestion_id": one, "other_id": other, "verdict": verdict, "happened_on": DAY}
    return office.harness.call("move_cluster_member", run_id, body)


def test_a_run_is_kept_with_what_it_is_made_of(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """Parameters, version, input, counts; its event; clusters with the typical one's title."""
    run, new = runs.run(store, 2023)
    assert new
    shown = office.harness.call("get_cluster_run", run.id)
    assert shown["parameters"]["distance"] == 0.9 and shown["code_version"] == runs.code_version()
    assert shown["counts"]["suggestions"] == 6 and shown["counts"]["clusters"] == 2
    assert arrangement(office, run.id) == {frozenset(canteens[:3]), frozenset(canteens[3:5])}
    (event,) = office.harness.events("cluster-run.finished.v1")
    assert event.subject == run.id
    first = office.harness.call("list_clusters", run.id, {"aspect": "elderly-care"})["items"]
    assert [one["size"] for one in first] == [3] and "老年食堂" in first[0]["title"]
    assert office.harness.call("get_cluster", first[0]["id"]) == first[0]


def test_the_same_input_gives_the_same_run(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """Nothing is written twice; a new suggestion makes a new run, one aspect its own."""
    one, _ = runs.run(store, 2023)
    again, new = runs.run(store, 2023)
    assert (again.id, new) == (one.id, False)
    assert len(office.harness.events("cluster-run.finished.v1")) == 1
    office.submit("井盖响", "井盖响", aspect="transport")
    other, new = runs.run(store, 2023)
    assert new and other.input_hash != one.input_hash
    part, new = runs.run(store, 2023, "transport")
    assert new and part.counts["suggestions"] == 4


def test_moves_outlive_the_run(office: Office, store: BoundStore, canteens: list[str]) -> None:
    """Applied at once, and to every run that comes; the run is measured by them."""
    one, two, three, lamp, other_lamp, bus = canteens
    run, _ = runs.run(store, 2023)
    assert run.agreement["pairs"] == 0 and run.agreement["precision"] is None
    moved = move(office, run.id, bus, lamp)
    assert moved["left_id"] is None
    move(office, run.id, three, one, "apart")
    expected = {frozenset([one, two]), frozenset([lamp, other_lamp, bus])}
    assert arrangement(office, run.id) == expected
    verdicts = [e.data["move"]["verdict"] for e in office.harness.events("cluster.rearranged.v1")]
    assert verdicts == ["together", "apart"]

    new = office.submit("井盖夜里响", "井盖夜里响", aspect="transport")
    later, made = runs.run(store, 2023)
    assert made and arrangement(office, later.id) == expected
    assert later.agreement == {
        "pairs": 2,
        "together": 1,
        "apart": 1,
        "precision": 0.0,
        "recall": 0.0,
    }
    move(office, later.id, new, three)
    assert frozenset([new, three]) in arrangement(office, later.id)
    assert len(office.harness.call("list_cluster_moves", {"year": 2023})["items"]) == 3


def test_a_moved_member_leaves_those_it_was_with(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """Which is a judgement too; a pair that loses one is no cluster any more."""
    one, *_, lamp, other_lamp, _bus = canteens
    run, _ = runs.run(store, 2023)
    moved = move(office, run.id, lamp, one)
    assert moved["left_id"] == other_lamp
    assert arrangement(office, run.id) == {frozenset([*canteens[:3], lamp])}
    move(office, run.id, other_lamp, lamp)
    assert arrangement(office, run.id) == {frozenset(canteens[:5])}
    later, _ = runs.run(store, 2023)
    assert arrangement(office, later.id) == {frozenset(canteens[:5])}


def test_a_representative_that_leaves_is_replaced(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """Its cluster goes on under another one."""
    run, _ = runs.run(store, 2023)
    clusters = office.harness.call("list_clusters", run.id, {"aspect": "elderly-care"})["items"]
    typical = clusters[0]["representative_id"]
    rest = [id_ for id_ in canteens[:3] if id_ != typical]
    move(office, run.id, typical, rest[0], "apart")
    assert frozenset(rest) in arrangement(office, run.id)


def test_what_cannot_be_moved(office: Office, store: BoundStore, canteens: list[str]) -> None:
    """Together what is, apart what is not, oneself, unknown ones, on an old run."""
    one, two, _, lamp, *_ = canteens
    run, _ = runs.run(store, 2023)
    for other, verdict in ((two, "together"), (lamp, "apart")):
        with pytest.raises(Conflict):
            move(office, run.id, one, other, verdict)
    with pytest.raises(Invalid):
        move(office, run.id, canteens[5], canteens[5])
    with pytest.raises(NotFound):
        move(office, run.id, one, "11111111-1111-4111-8111-111111111111")
    with pytest.raises(NotFound):
        move(office, "11111111-1111-4111-8111-111111111111", one, lamp)
    office.submit("井盖响", "井盖响", aspect="transport")
    runs.run(store, 2023)
    with pytest.raises(Conflict, match="newer run"):
        move(office, run.id, one, lamp)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"},
        {"state": "withdrawn"},
        {"state": "returned"},
        {"year": 2024},
        {"aspect": "elderly-care"},
    ],
)
def test_what_the_run_cannot_have_is_not_found(
    office: Office, store: BoundStore, canteens: list[str], changes: dict[str, Any]
) -> None:
    """As if it were not there, whichever of the two it is; nothing is written."""
    run, _ = runs.run(store, 2023, "transport")
    before = arrangement(office, run.id)
    hidden = office.submit("公交站没有灯", "公交站没有灯", aspect="transport")
    _change(office, [hidden], **changes)
    for one, other in ((hidden, canteens[5]), (canteens[5], hidden)):
        with pytest.raises(NotFound) as caught:
            move(office, run.id, one, other)
        assert hidden not in caught.value.en
    assert arrangement(office, run.id) == before
    assert office.harness.call("list_cluster_moves", {})["items"] == []


def test_what_came_after_the_run_may_be_moved_into_it(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """And a member that was returned since then still leaves its cluster; a withdrawn one not."""
    run, _ = runs.run(store, 2023)
    later = office.accept(office.submit("公交站没有灯", "公交站没有灯", aspect="transport"))
    move(office, run.id, later, canteens[5])
    assert frozenset([later, canteens[5]]) in arrangement(office, run.id)
    _change(office, [canteens[0]], state="returned")
    move(office, run.id, canteens[0], canteens[1], "apart")
    _change(office, [canteens[1]], state="withdrawn")
    with pytest.raises(NotFound):
        move(office, run.id, canteens[1], canteens[2], "apart")


def _change(office: Office, ids: list[str], **values: Any) -> None:
    """Let suggestions become something else."""
    table = office.harness.metadata.tables["suggestions"]
    with office.engine.begin() as connection:
        connection.execute(table.update().where(table.c.id.in_(ids)).values(**values))


def test_hidden_suggestions_are_not_clustered(
    office: Office, store: BoundStore, canteens: list[str]
) -> None:
    """Nor is a hidden one's title shown in a run from before."""
    from services.chassis import database
    from services.proposal.model.suggestion import Suggestion

    run, _ = runs.run(store, 2023)

    def withdraw(session: Any) -> None:
        for id_ in canteens[:3]:
            session.get(Suggestion, id_).state = "withdrawn"

    database.in_transaction(office.engine, withdraw)
    (first, _) = office.harness.call("list_clusters", run.id, {})["items"]
    assert first["title"] is None
    members = office.harness.call("list_cluster_members", first["id"], {})["items"]
    assert {member["title"] for member in members} == {None}
    later, _ = runs.run(store, 2023)
    assert arrangement(office, later.id) == {frozenset(canteens[3:5])}


def test_old_runs_keep_what_they_were_only(
    office: Office, store: BoundStore, canteens: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their clusters go; that they were, and how, stays."""
    monkeypatch.setattr(runs, "KEPT", 2)
    made = []
    for number in range(4):
        made.append(runs.run(store, 2023)[0].id)
        office.submit(f"第{number}件", f"第{number}件")
    assert [bool(arrangement(office, id_)) for id_ in made] == [False, False, True, True]
    assert len(office.harness.call("list_cluster_runs", {"year": 2023})["items"]) == 4


def test_the_night_puts_all_in_order(
    office: Office, canteens: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clusters each year, makes the index anew for new synonyms; twice is as good as once."""
    settings(office, monkeypatch)
    building.reindex(office.engine, [["旧", "老"]])
    assert nightly.main() == 0 and nightly.main() == 0
    assert len(office.harness.call("list_cluster_runs", {})["items"]) == 1
    with office.engine.connect() as connection:
        lexicons = office.harness.metadata.tables["similarity_lexicons"]
        assert connection.execute(lexicons.select()).one().generation == 2


def test_the_commands_say_what_they_did(
    office: Office, canteens: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run and its counts; the size of the index."""
    settings(office, monkeypatch)
    done = CliRunner().invoke(commands, ["cluster", "--year", "2023"])
    assert done.exit_code == 0, done.output
    assert "clusters: 2" in done.stdout and "precision: –" in done.stdout
    again = CliRunner().invoke(commands, ["cluster", "--year", "2023"])
    assert "was there already" in again.stdout
    done = CliRunner().invoke(commands, ["reindex"])
    assert "suggestions in the index: 6" in done.stdout


def settings(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find this database."""
    url = office.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MINSHENG_PROPOSAL_DATABASE_URL", url)
