"""Similar suggestions on both databases: who is found, why, and from when to when."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Invalid, NotFound
from services.proposal.tables.suggestions import suggestions

from .conftest import Office

CANTEEN = "希望在社区里开一家老年食堂,让老人吃上热饭。"


def test_the_likest_comes_first_with_its_reasons(office: Office) -> None:
    """Shared words, aspect, division and distance; the suggestion itself is left out."""
    point = {"division": "330106", "longitude": 120.1, "latitude": 30.21}
    one = office.submit("增设老年食堂", CANTEEN)
    like = office.submit("社区老年食堂", "老人做饭难,盼有老年食堂。", place=point)
    office.submit("路灯不亮", "夜里路灯坏了。", aspect="transport", place={"division": "330105"})
    first, *_ = office.similar(one)
    assert first["id"] == like
    assert first["reasons"] == {
        "words": ["老年食堂", "社区", "老人"],
        "aspect": True,
        "same_division": True,
        "distance_km": 1.1,
        "copy": False,
    }
    assert first["title"] == "社区老年食堂" and first["state"] == "submitted"
    assert one not in [hit["id"] for hit in office.similar(one)]


def test_a_copy_is_told(office: Office) -> None:
    """Set otherwise, but the same words: it comes first."""
    made = office.submit("增设老年食堂", CANTEEN)
    office.submit("增设老年食堂", CANTEEN + "还要便宜。")
    first, second = office.search(CANTEEN.replace(",", "，\n"), title="增设老年食堂")
    assert (first["id"], first["reasons"]["copy"]) == (made, True)
    assert not second["reasons"]["copy"]


def test_what_was_just_submitted_is_found(office: Office) -> None:
    """In the next query, without anything that runs in between."""
    assert office.search(CANTEEN) == []
    made = office.submit("增设老年食堂", CANTEEN)
    assert office.ids(CANTEEN) == [made]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_ones_are_hidden(office: Office, state: str) -> None:
    """Nobody sees them, and nobody can ask by their id."""
    made = office.submit("增设老年食堂", CANTEEN)
    assert office.ids(CANTEEN) == [made]
    change(office, made, state=state)
    assert office.ids(CANTEEN) == []
    with pytest.raises(NotFound):
        office.similar(made)
    change(office, made, state="submitted")
    assert office.ids(CANTEEN) == [made]


def test_a_correction_is_found_by_what_it_says_now(office: Office) -> None:
    """And no more by what it said."""
    made = office.submit("增设老年食堂", CANTEEN)
    change(office, made, title="路灯不亮", text="夜里路灯坏了。")
    assert office.ids("夜里路灯坏了") == [made]
    assert office.ids("老年食堂吃热饭") == []


def test_a_returned_one_shows_its_state(office: Office) -> None:
    """People may see that it was asked for and returned."""
    made = office.submit("增设老年食堂", CANTEEN)
    back = {"outcome": "returned", "reason": "合成理由", "happened_on": "2022-12-01"}
    office.harness.call("sort_suggestion", made, back)
    assert office.search(CANTEEN)[0]["state"] == "returned"


def test_residents_see_accepted_ones_and_nothing_private(office: Office) -> None:
    """No distance, and no word that stands in the text only."""
    waiting = office.submit("增设老年食堂", CANTEEN)
    shown = office.accept(office.submit("老年食堂", CANTEEN))
    asked = {"place": {"division": "330106", "longitude": 120.1, "latitude": 30.2}}
    (hit,) = office.search(CANTEEN, role="resident", **asked)
    assert hit["id"] == shown
    assert hit["reasons"]["distance_km"] is None and hit["reasons"]["same_division"]
    assert hit["reasons"]["words"] == ["老年食堂"]
    assert {one["id"] for one in office.search(CANTEEN)} == {waiting, shown}


def test_no_point_tells_a_resident_where(office: Office) -> None:
    """Wherever she says that hers is, all scores stay as they are; the division counts."""
    for latitude in (30.2, 30.21, 31.0):
        place = {"division": "330106", "longitude": 120.1, "latitude": latitude}
        office.accept(office.submit("老年食堂", CANTEEN, place=place))
    asked = {"division": "330106"}
    points: list[dict[str, Any]] = [
        {"longitude": 120.1, "latitude": 30.2},
        {"longitude": 120.1, "latitude": 31.0},
        {"longitude": 120.1, "latitude": 30.2, "datum": "GCJ-02"},
    ]
    without = office.search("食堂", role="resident", place=asked)
    assert len({hit["score"] for hit in without}) == 1
    for point in points:
        assert office.search("食堂", role="resident", place=asked | point) == without
    elsewhere = office.search("食堂", role="resident", place={"division": "330105"} | points[0])
    assert elsewhere[0]["score"] < without[0]["score"]
    assert len({hit["score"] for hit in office.search("食堂", place=asked | points[0])}) == 3


def test_residents_see_no_correction_before_it_is_sorted(office: Office) -> None:
    """Neither by its new words nor by the old ones; staff see it; sorted again, all do."""
    made = office.accept(office.submit("增设老年食堂", CANTEEN))
    changes = {"title": "麒麟", "text": "独一无二的麒麟", "happened_on": "2022-12-02"}
    read = office.harness.call("correct_suggestion", made, changes)["version"]
    for text in ("独一无二的麒麟", CANTEEN):
        assert office.search(text, role="resident") == []
    assert office.ids("独一无二的麒麟") == [made]
    office.accept(made, read)
    (hit,) = office.search("独一无二的麒麟", role="resident")
    assert (hit["id"], hit["title"]) == (made, "麒麟")


def test_residents_are_shown_enough_though_most_is_hidden(office: Office) -> None:
    """More candidates are looked at where the likest may not be shown."""
    shown = office.accept(office.submit("食堂", "老人的食堂"))
    for number in range(120):
        office.submit("增设老年食堂", f"{CANTEEN}第{number}处")
    assert [one["id"] for one in office.search(CANTEEN, role="resident")] == [shown]


def test_synonyms_are_one_word(office: Office) -> None:
    """The shipped list: 电瓶车 is 电动车."""
    made = office.submit("电瓶车充电", "楼道里电瓶车乱停", aspect="transport")
    (hit,) = office.search("电动自行车")
    assert hit["id"] == made and hit["reasons"]["words"] == ["电动自行车/电瓶车"]


@pytest.mark.parametrize("limit", [0, 21, "x", None])
def test_a_limit_is_from_one_to_twenty(office: Office, limit: object) -> None:
    """Anything else is told with its place."""
    with pytest.raises(Invalid) as told:
        office.search(CANTEEN, limit=limit)
    assert told.value.errors[0]["pointer"] == "/limit"


def test_the_limit_is_kept(office: Office) -> None:
    """Five unless another is asked for."""
    for number in range(8):
        office.submit("增设老年食堂", f"{CANTEEN}第{number}处")
    assert len(office.search(CANTEEN)) == 5
    assert len(office.search(CANTEEN, limit=7)) == 7


@pytest.mark.parametrize("text", ["的", "!!!", "，。", "𠮷𠮷", "a" * 10_000, "天" * 10_000])
def test_odd_texts_are_answered(office: Office, text: str) -> None:
    """Nothing but stock phrases, marks, one character ten thousand times."""
    office.submit("增设老年食堂", CANTEEN)
    assert office.search(text) == []


def change(office: Office, id_: str, **values: str) -> None:
    """Write another state or text as the commands for it do: through the session."""
    from services.chassis import database
    from services.proposal.model.suggestion import Suggestion

    def work(session: sa.orm.Session) -> None:
        entity = session.get(Suggestion, id_)
        for name, value in values.items():
            setattr(entity, name, value)

    database.in_transaction(office.engine, work)
    with office.engine.connect() as connection:
        query = sa.select(suggestions).where(suggestions.c.id == id_)
        assert connection.execute(query).one()._asdict().items() >= values.items()
