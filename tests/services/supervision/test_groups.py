"""Groups over time, the leading group, and the register of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Conflict, Invalid, NotFound, Stale
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import OWN, Year, new


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """The service, which has heard of a unit and a session."""
    return Year(serve(SupervisionService))


def formed(year: Year, *members: dict[str, Any]) -> dict[str, Any]:
    """A group of the year's only project."""
    (project_id,) = year.vote("(合成)甲")
    body = {"project_id": project_id, "name": "(合成)一组", "liaison_officers": ["(示例)处长"]}
    return year.call("form_group", **body, members=list(members), happened_on="2023-03-01")


def test_members_join_and_leave_and_it_is_known_who_was_one_on_a_day(year: Year) -> None:
    """A membership lasts from its day to the day before the departure; none is forgotten."""
    first, second = year.deputy(OWN), year.deputy(OWN)
    group = formed(year, {"kind": "deputy", "deputy_id": first, "role": "leader"})
    join = {"kind": "deputy", "deputy_id": second, "happened_on": "2023-05-01"}
    year.call("join_group", group["id"], **join)
    leader = next(one for one in group["memberships"] if one["role"] == "leader")
    left = {"membership_id": leader["id"], "reason": "(合成)调离", "happened_on": "2023-06-01"}
    after = year.call("leave_group", group["id"], **left)
    assert [one["left_on"] for one in after["memberships"]] == ["2023-06-01", None, None]

    def on(day: str) -> set[str | None]:
        shown = year.service.call("get_group_members", group["id"], {"on": day})
        return {one["deputy_id"] for one in shown["members"]} - {None}

    days = ("2023-02-28", "2023-03-01", "2023-05-01", "2023-05-31", "2023-06-01")
    assert [on(day) for day in days] == [
        set(),
        {first},
        {first, second},
        {first, second},
        {second},
    ]
    assert year.service.call("get_group", group["id"])["members"] == group["members"]


def test_a_group_has_one_leader_at_a_time_and_nobody_twice(year: Year) -> None:
    """A second leader waits until the first has left; who left may come again."""
    first, second = year.deputy(OWN), year.deputy(OWN)
    group = formed(year, {"kind": "deputy", "deputy_id": first, "role": "leader"})
    lead = {"kind": "deputy", "role": "leader"}
    with pytest.raises(Conflict, match="role-taken"):
        year.call("join_group", group["id"], **lead, deputy_id=second)
    with pytest.raises(Conflict, match="member-already"):
        year.call("join_group", group["id"], kind="deputy", deputy_id=first)
    left = {"membership_id": group["memberships"][0]["id"], "reason": "(合成)"}
    year.call("leave_group", group["id"], **left)
    with pytest.raises(Conflict, match="left-already"):
        year.call("leave_group", group["id"], **left)
    year.call("join_group", group["id"], **lead, deputy_id=second)
    year.call("join_group", group["id"], kind="deputy", deputy_id=first)


def test_a_liaison_officer_speaks_for_a_unit_and_has_an_office(year: Year) -> None:
    """Without an office, or as a deputy, she is refused; so is a member that is misnamed."""
    group = formed(year, {"kind": "city-organ", "unit_id": year.unit})
    liaison = {"role": "liaison", "unit_id": year.unit}
    with pytest.raises(Invalid, match="member-misnamed"):
        year.call("join_group", group["id"], **liaison)
    with pytest.raises(Invalid, match="member-misnamed"):
        year.call("join_group", group["id"], deputy_id=year.deputy(OWN))
    made = year.call("join_group", group["id"], **liaison, office="(示例)办公室主任")
    assert (made["memberships"][-1]["role"], made["memberships"][-1]["unit_id"]) == (
        "liaison",
        year.unit,
    )
    with pytest.raises(Conflict, match="unit-not-heard"):
        year.call("join_group", group["id"], kind="city-organ", unit_id=new())
    with pytest.raises(NotFound):
        year.call("leave_group", group["id"], membership_id=new(), reason="(合成)")
    with pytest.raises(Invalid, match="day-before"):
        year.call(
            "join_group",
            group["id"],
            kind="deputy",
            deputy_id=year.deputy(OWN),
            happened_on="2023-02-28",
        )


def test_a_group_formed_before_memberships_were_kept_has_its_first_members(year: Year) -> None:
    """Their memberships keep one id, so that they can leave."""
    group = formed(year, {"kind": "deputy", "deputy_id": year.deputy(OWN)})
    table = year.service.metadata.tables["groups"]
    with year.service.engine.begin() as connection:
        connection.execute(sa.update(table).values(memberships=sa.null()))
    old = year.service.call("get_group", group["id"])
    assert [one["joined_on"] for one in old["memberships"]] == ["2023-03-01", "2023-03-01"]
    left = {"membership_id": old["memberships"][0]["id"], "reason": "(合成)"}
    after = year.call("leave_group", group["id"], **left)
    assert [one["left_on"] for one in after["memberships"]] == ["2023-05-16", None]


def test_two_who_change_a_group_at_once_do_not_undo_each_other(year: Year) -> None:
    """If-Match with the version that one has seen; the second is told."""
    group = formed(year, {"kind": "city-organ", "unit_id": year.unit})
    body = {"kind": "deputy", "role": "member", "happened_on": "2023-05-16"}
    one, two = (body | {"deputy_id": year.deputy(OWN)} for _ in range(2))
    year.service.call("join_group", group["id"], one, expected_version=group["version"])
    with pytest.raises(Stale):
        year.service.call("join_group", group["id"], two, expected_version=group["version"])


def test_a_leading_group_has_a_head_an_office_and_liaison_officers(year: Year) -> None:
    """By offices; the head's place is free when the head has left."""
    members = [
        {"role": "head", "office": "(示例)市人大常委会副主任"},
        {"role": "member", "office": "(示例)财经委主任委员", "unit_id": year.unit},
        {"role": "office-head", "office": "(示例)办公厅主任"},
        {"role": "liaison", "office": "(示例)处长", "unit_id": year.unit},
    ]
    made = year.call(
        "establish_leading_group",
        name="(合成)领导小组",
        office_unit_id=year.unit,
        members=members,
        happened_on="2023-01-10",
    )
    assert [one["role"] for one in made["memberships"]] == [one["role"] for one in members]
    head = {"role": "head", "office": "(示例)市人大常委会主任"}
    with pytest.raises(Conflict, match="role-taken"):
        year.call("join_leading_group", made["id"], **head)
    left = {"membership_id": made["memberships"][0]["id"], "reason": "(合成)换届"}
    year.call("leave_leading_group", made["id"], **left)
    year.call("join_leading_group", made["id"], **head)
    shown = year.service.call("get_leading_group_members", made["id"], {"on": "2023-05-16"})
    heads = [one["office"] for one in shown["members"] if one["role"] == "head"]
    assert heads == [head["office"]]
    assert year.service.call("list_leading_groups", {})["items"][0]["id"] == made["id"]


def document(year: Year, **changes: Any) -> dict[str, Any]:
    """Register a work plan."""
    body = {"kind": "work-plan", "title": "(合成)工作计划", "issuer": "(示例)办公厅", "year": 2023}
    return year.call("register_document", **body | changes)


def test_a_document_is_a_file_that_was_uploaded_or_a_text(year: Year) -> None:
    """Neither is a document; nor is a file that nobody sent."""
    with pytest.raises(Invalid, match="document-empty"):
        document(year)
    with pytest.raises(Invalid, match="file-unknown"):
        document(year, sha256="0" * 64)
    made = document(year, text="(合成)正文", number="(示例)〔2023〕1号")
    assert year.service.call("get_document", made["id"]) == made
    found = year.service.call("list_documents", {"kind": "work-plan", "year": "2023"})
    assert found["items"] == [made]


def test_a_document_is_replaced_once(year: Year) -> None:
    """Both stay in the register."""
    first = document(year, text="(合成)一")
    document(year, text="(合成)二", replaces_id=first["id"])
    with pytest.raises(Conflict, match="replaced-already"):
        document(year, text="(合成)三", replaces_id=first["id"])
    assert len(year.service.call("list_documents", {})["items"]) == 2
