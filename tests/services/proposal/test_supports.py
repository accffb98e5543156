"""Support, co-signing, comments and the public view, on both databases."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound

from ...harness import Harness
from .intake import DEPUTY, RESIDENT, body, by_deputy, by_resident, enrolled, sort

DAY = {"happened_on": "2022-12-02"}


def support(proposal: Harness, id_: str, subject: str, **more: Any) -> dict[str, Any]:
    """What a person who supports is told."""
    told: dict[str, Any] = proposal.call(
        "support_suggestion", id_, {}, roles=RESIDENT, subject=subject, **more
    )
    return told


def test_a_person_supports_once(proposal: Harness) -> None:
    """The second time is a conflict, a repeat of the request is not; she may think better of it."""
    made = by_resident(proposal)
    assert support(proposal, made["id"], "a", key="key-00001")["supporters"] == 1
    assert support(proposal, made["id"], "a", key="key-00001")["supporters"] == 1
    with pytest.raises(Conflict) as caught:
        support(proposal, made["id"], "a")
    assert caught.value.code == "already-supported"
    assert support(proposal, made["id"], "b")["supporters"] == 2
    back = proposal.call("withdraw_support", made["id"], {}, roles=RESIDENT, subject="a")
    assert back == {"suggestion_id": made["id"], "supporters": 1, "supported": False}
    with pytest.raises(Conflict):
        proposal.call("withdraw_support", made["id"], {}, roles=RESIDENT, subject="a")
    assert [e.data["supporters"] for e in proposal.events("suggestion.supported.v1")] == [1, 2]
    assert proposal.call("get_suggestion", made["id"])["supporters"] == 1


def test_nobody_supports_her_own_or_what_is_closed(proposal: Harness) -> None:
    """Nor what was returned, nor what does not exist."""
    deputy = enrolled(proposal)
    own, deputys = by_resident(proposal, "a"), by_deputy(proposal, deputy)
    with pytest.raises(Conflict) as caught:
        support(proposal, own["id"], "a")
    assert caught.value.code == "suggestion-own"
    with pytest.raises(Conflict):
        proposal.call("support_suggestion", deputys["id"], {}, roles=DEPUTY, subject=deputy)
    sort(proposal, own["id"], "returned", reason="合成")
    with pytest.raises(Conflict):
        support(proposal, own["id"], "b")
    with pytest.raises(NotFound):
        support(proposal, "11111111-1111-4111-8111-111111111111", "b")


def test_supporters_cannot_be_followed_from_one_suggestion_to_another(proposal: Harness) -> None:
    """The same person is another one at each suggestion; no row says who or when."""
    ids = [by_resident(proposal)["id"] for _ in range(2)]
    for id_ in ids:
        support(proposal, id_, "somebody-7")
    table = proposal.metadata.tables["supports"]
    with proposal.engine.connect() as connection:
        rows = connection.execute(sa.select(table)).all()
    assert len({row.person for row in rows}) == 2
    assert set(table.c.keys()) == {"suggestion_id", "person"}
    assert "somebody-7" not in repr(rows) + repr(proposal.events())


def test_many_support_at_once_and_the_count_is_right(proposal: Harness) -> None:
    """Every one of them counts once, in the row, the table and the events."""
    made = by_resident(proposal)
    failed: list[BaseException] = []

    def people(number: int) -> None:
        try:
            for one in range(5):
                support(proposal, made["id"], f"person-{number}-{one}")
        except BaseException as exc:
            failed.append(exc)

    threads = [threading.Thread(target=people, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    shown = proposal.call("get_suggestion", made["id"])
    told = [event.data["supporters"] for event in proposal.events("suggestion.supported.v1")]
    with proposal.engine.connect() as connection:
        rows = connection.execute(sa.select(proposal.metadata.tables["supports"])).all()
    assert shown["supporters"] == len(rows) == 40
    assert sorted(told) == list(range(1, 41))


def test_deputies_co_sign_once_each(proposal: Harness) -> None:
    """Herself or through the office, not her own, not in another's name, and known."""
    author, other, third = (enrolled(proposal) for _ in range(3))
    made = by_deputy(proposal, author)
    sign = {"deputy_id": other} | DAY
    signed = proposal.call("cosign_suggestion", made["id"], sign, roles=DEPUTY, subject=other)
    assert signed["deputy_id"] == other
    proposal.call("cosign_suggestion", made["id"], {"deputy_id": third} | DAY)
    with pytest.raises(Conflict):
        proposal.call("cosign_suggestion", made["id"], sign)
    with pytest.raises(Conflict):
        proposal.call("cosign_suggestion", made["id"], {"deputy_id": author} | DAY)
    with pytest.raises(Forbidden):
        proposal.call("cosign_suggestion", made["id"], sign, roles=DEPUTY, subject=third)
    with pytest.raises(Invalid):
        proposal.call("cosign_suggestion", made["id"], sign | {"deputy_id": made["id"]})
    listed = proposal.call("list_cosignatures", made["id"], {})["items"]
    assert {one["deputy_id"] for one in listed} == {other, third}
    assert proposal.call("get_suggestion", made["id"])["cosigners"] == 2
    assert [e.data["cosigners"] for e in proposal.events("suggestion.cosigned.v1")] == [1, 2]


def test_nothing_is_joined_or_corrected_before_it_was_made(proposal: Harness) -> None:
    """The day of a deed on a suggestion is not before the suggestion's."""
    deputy, before = enrolled(proposal), {"happened_on": "2022-10-31"}
    made = by_resident(proposal)
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    hers: dict[str, Any] = {"roles": DEPUTY, "subject": deputy}
    for method, said, who in (
        ("cosign_suggestion", {"deputy_id": deputy}, hers),
        ("comment_on_suggestion", {"deputy_id": deputy, "text": "合成"}, hers),
        ("correct_suggestion", {"title": "改过(合成)"}, mine),
    ):
        with pytest.raises(Invalid) as caught:
            proposal.call(method, made["id"], said | before, **who)
        assert caught.value.code == "day-before"
        proposal.call(method, made["id"], said | {"happened_on": made["happened_on"]}, **who)


def test_a_deputys_comment_stays_here(proposal: Harness) -> None:
    """Its event says that there is one and whose; not what she wrote."""
    deputy = enrolled(proposal)
    made = by_resident(proposal)
    said = {"deputy_id": deputy, "text": "很有必要(合成)"} | DAY
    proposal.call("comment_on_suggestion", made["id"], said, roles=DEPUTY, subject=deputy)
    (listed,) = proposal.call("list_comments", made["id"], {})["items"]
    assert listed["text"] == said["text"]
    (event,) = proposal.events("suggestion.commented.v1")
    assert event.data["commenter_id"] == deputy and said["text"] not in repr(event.data)
    with pytest.raises(Forbidden):
        proposal.call("comment_on_suggestion", made["id"], said, roles=DEPUTY, subject="x")
    with pytest.raises(NotFound):
        proposal.call("list_comments", "x", {})


def test_the_public_sees_what_was_accepted_and_not_who_or_where(proposal: Harness) -> None:
    """Without author, deputy, point, staff; by support, year, aspect, division and words."""
    deputy = enrolled(proposal)
    first = by_deputy(proposal, deputy, title="电梯(合成)")
    second = by_resident(proposal, aspect="health", place={"division": "330108"})
    hidden, returned = by_resident(proposal), by_resident(proposal)
    for made in (first, second):
        sort(proposal, made["id"])
    sort(proposal, returned["id"], "returned", reason="合成")
    for subject in ("a", "b"):
        support(proposal, second["id"], subject)
    support(proposal, first["id"], "a")

    def listed(**params: str) -> list[str]:
        return [o["id"] for o in proposal.call("list_published_suggestions", params)["items"]]

    assert set(listed()) == {first["id"], second["id"]}
    assert listed(sort="supporters") == [second["id"], first["id"]]
    page = proposal.call("list_published_suggestions", {"sort": "supporters", "limit": "1"})
    assert listed(sort="supporters", cursor=page["next"]) == [first["id"]]
    assert listed(aspect="health") == listed(division="330108") == [second["id"]]
    assert listed(q="电梯") == [first["id"]] and listed(year="2024") == []
    shown = proposal.call("get_published_suggestion", first["id"])
    assert shown["supporters"] == 1 and shown["answered"] is False
    hides = {"author", "deputy_id", "entered_by", "longitude", "latitude", "given_longitude"}
    assert not hides & shown.keys() and deputy not in repr(shown)
    for made in (hidden, returned):
        with pytest.raises(NotFound):
            proposal.call("get_published_suggestion", made["id"])


@pytest.mark.parametrize("q", ["电", " 电 ", "a b c d e f"])
def test_a_public_search_is_for_a_few_words(proposal: Harness, q: str) -> None:
    """One character stands in nearly every text; many words cost as much each."""
    with pytest.raises(Invalid) as caught:
        proposal.call("list_published_suggestions", {"q": q}, roles=())
    assert caught.value.errors[0]["pointer"] == "/q"
    proposal.call("list_suggestions", {"q": q})


def test_a_public_search_looks_at_the_newest(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That fit the rest; page by page in the order of the list."""
    monkeypatch.setattr("services.proposal.queries.suggestions.SEARCHED", 2)
    made = [by_resident(proposal, happened_on=f"2022-11-0{n}")["id"] for n in (1, 2, 3)]
    old = by_resident(proposal, happened_on="2022-10-01", aspect="health")["id"]
    for id_ in (*made, old):
        sort(proposal, id_)
    support(proposal, made[1], "a")

    def found(**params: str) -> list[str]:
        seen, page = [], {"next": ""}
        while page["next"] is not None:
            more = {"cursor": page["next"]} if page["next"] else {}
            asked = {"q": "食堂 合成", "limit": "1"} | params | more
            page = proposal.call("list_published_suggestions", asked, roles=())
            seen += [one["id"] for one in page["items"]]
        return seen

    assert found() == made[1:]
    assert found(sort="supporters") == made[1:]
    assert found(aspect="health") == [old]
    assert found(q="地铁") == []


def test_the_public_filters_by_what_is_shown(proposal: Harness) -> None:
    """A correction that waits for the sorter is found by nothing, and hides nothing."""
    mine: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}
    made, moved = by_resident(proposal, title="电梯(合成)"), by_resident(proposal, place=None)
    read: dict[str, int] = {}
    for one in (made, moved):
        sort(proposal, one["id"])
        change = {"title": "公厕(合成)", "text": "新址(合成)", "place": {"division": "330108"}}
        after = proposal.call("correct_suggestion", one["id"], change | DAY, **mine)
        read[one["id"]] = after["version"]

    def listed(**params: str) -> list[str]:
        return [o["id"] for o in proposal.call("list_published_suggestions", params)["items"]]

    assert listed(division="330106") == listed(q="电梯") == [made["id"]]
    assert listed(division="330108") == listed(q="公厕") == listed(q="新址") == []
    assert listed(division="330106", aspect="elderly-care", q="合成文本") == [made["id"]]
    again: dict[str, Any] = {
        "happened_on": "2022-12-03",
        "aspect": "health",
        "read": read[made["id"]],
    }
    sort(proposal, made["id"], **again)
    assert listed(division="330108") == listed(q="公厕") == [made["id"]]
    assert listed(division="330106") == listed(q="电梯") == []
    assert listed(aspect="health") == [made["id"]] and listed(aspect="elderly-care") == [
        moved["id"]
    ]


def test_a_body_with_something_in_it_is_no_support(proposal: Harness) -> None:
    """Nothing is said with a support."""
    made = proposal.call("submit_suggestion", body())
    with pytest.raises(Invalid):
        proposal.call("support_suggestion", made["id"], {"name": "x"}, roles=RESIDENT, subject="a")
