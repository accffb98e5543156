"""Invitations and open links on both databases: once each, within limits, by quotas."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from services.survey.queries.frames import populations
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import CLOSES, DRAFTED, OPENS, close, form, hear_project
from .sampled import answer, drafted, drawn, invited, links, opened

REASON = {"reason": "合成缘由"}
ONCE = {"accepted": True}
AGE = {
    "code": "age",
    "kind": "choice",
    "per": "once",
    "text": {"zh-CN": "您的年龄"},
    "options": [
        {"code": "18-59", "text": {"zh-CN": "18至59岁"}},
        {"code": "over-60", "text": {"zh-CN": "60岁及以上"}},
    ],
    "required": True,
    "stratum": True,
}
GRADE = {
    "code": "grade",
    "kind": "grade",
    "per": "item",
    "text": {"zh-CN": "您是否满意"},
}


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def returned(survey: Harness, questionnaire: dict[str, Any]) -> int:
    """How many have answered."""
    shown = survey.call("get_participation", questionnaire["audience_id"])
    return int(shown["returned"])


def by_cell(survey: Harness, questionnaire: dict[str, Any]) -> dict[str, int]:
    """How many of each cell have answered, as it is stored."""
    table = survey.metadata.tables["cell_tallies"]
    query = sa.select(table.c.cell, table.c.returned)
    query = query.where(table.c.audience_id == questionnaire["audience_id"], table.c.returned > 0)
    with survey.engine.connect() as connection:
        return {row.cell: row.returned for row in connection.execute(query)}


def test_an_audience_by_invitation_is_not_opened_without_its_sample(survey: Harness) -> None:
    """Nobody could ever answer, and afterwards it takes no sample; with one it is opened."""
    questionnaire, added = drafted(survey, channel="invitation", sampling="sample")
    with pytest.raises(Conflict, match="sample-missing"):
        opened(survey, questionnaire, added)
    survey.call("use_sample", added["id"], {"drawing_id": drawn(survey)["id"]})
    assert opened(survey, questionnaire, added)["state"] == "open"


def test_whoever_is_not_invited_has_no_list_of_the_unanswered(survey: Harness) -> None:
    """The call says that this audience has no invitations."""
    questionnaire, added = drafted(survey, channel="open", sampling="open")
    opened(survey, questionnaire, added)
    with pytest.raises(Conflict, match="not-by-invitation"):
        survey.call("list_unanswered", added["id"], {})


def test_a_link_answers_once_and_is_counted_in_its_stratum(survey: Harness) -> None:
    """The frame knows the district; who has answered is known, what is not."""
    questionnaire = invited(survey)
    tokens = links(survey, questionnaire)
    assert len(tokens) == 20
    audience = survey.call("get_audience", questionnaire["audience_id"])
    assert (audience["eligible"], audience["issued"]) == (60, 20)
    unit, token = next(iter(tokens.items()))
    assert answer(survey, questionnaire, "satisfied", token=token) == ONCE
    with pytest.raises(Conflict, match="already-answered"):
        answer(survey, questionnaire, "dissatisfied", token=token)
    assert by_cell(survey, questionnaire) == {"district=330102": 1}
    left = survey.call("list_unanswered", questionnaire["audience_id"], {})
    assert (left["count"], left["parts"], len(left["units"])) == (19, 1, 19)
    assert unit not in [one["unit"] for one in left["units"]]


def test_a_repeated_answer_is_one(survey: Harness) -> None:
    """A network that repeats a request with its key makes no second answer and gets no error."""
    questionnaire = invited(survey)
    token = next(iter(links(survey, questionnaire).values()))
    for _ in range(3):
        assert answer(survey, questionnaire, "satisfied", token=token, key="the-same-key") == ONCE
    assert returned(survey, questionnaire) == 1


def test_of_a_token_used_at_the_same_moment_one_answer_counts(survey: Harness) -> None:
    """Eight threads with keys of their own: one is accepted, seven are told."""
    questionnaire = invited(survey)
    token = next(iter(links(survey, questionnaire).values()))

    def once(_: int) -> str:
        try:
            answer(survey, questionnaire, "satisfied", token=token)
        except Conflict as exc:
            return exc.code
        return "accepted"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(once, range(8)))
    assert outcomes == ["accepted", *["already-answered"] * 7]
    assert returned(survey, questionnaire) == 1


def test_who_is_not_invited_is_not_let_in(survey: Harness) -> None:
    """Without a token, with a made-up one, with one of another audience, or with a hash."""
    questionnaire = invited(survey)
    other = next(iter(links(survey, invited(survey)).values()))
    for given in ({}, {"token": "a" * 26}, {"token": other}, {"link": other}):
        with pytest.raises(Forbidden, match="invitation-unknown"):
            answer(survey, questionnaire, "satisfied", **given)
    assert returned(survey, questionnaire) == 0


def test_an_answer_that_is_refused_leaves_the_token_unused(survey: Harness) -> None:
    """Malformed, of another version, or too early: nothing is half-written."""
    questionnaire = invited(survey)
    token = next(iter(links(survey, questionnaire).values()))
    for changed, error in (
        ({"answers": []}, Invalid),
        ({"form_version": 2}, Conflict),
        ({"happened_on": "2023-11-30"}, Conflict),
    ):
        with pytest.raises(error):
            answer(survey, questionnaire, "satisfied", token=token, **changed)
    assert answer(survey, questionnaire, "satisfied", token=token) == ONCE


def test_links_are_given_out_once(survey: Harness) -> None:
    """No token is stored; asking again is refused, or makes new ones and kills the unused."""
    questionnaire = invited(survey)
    first = links(survey, questionnaire)
    with survey.engine.connect() as connection:
        rows = str(
            [
                row
                for table in survey.metadata.sorted_tables
                for row in connection.execute(sa.select(table))
            ]
        )
    assert not any(token in rows for token in first.values())
    with pytest.raises(Conflict, match="links-made"):
        links(survey, questionnaire)
    used, lost = list(first)[:2]
    answer(survey, questionnaire, "satisfied", token=first[used])
    second = links(survey, questionnaire, again=True)
    assert set(second) == set(first) - {used}
    with pytest.raises(Forbidden, match="invitation-unknown"):
        answer(survey, questionnaire, "satisfied", token=first[lost])
    assert answer(survey, questionnaire, "satisfied", token=second[lost]) == ONCE
    with pytest.raises(NotFound, match="part-unknown"):
        links(survey, questionnaire, part=2)


def test_a_sheet_holds_the_contacts_and_is_noted(survey: Harness) -> None:
    """The clerk can post it; the log says how many contacts were read, and why."""
    questionnaire = invited(survey)
    sheet = survey.call("make_link_sheet", questionnaire["audience_id"], REASON, subject="clerk-1")
    assert all(row["address"].startswith("合成路") and row["token"] for row in sheet["items"])
    frame_id = questionnaire["drawing"]["frame_id"]
    (noted,) = survey.call("list_frame_contact_readings", frame_id, {})["items"]
    assert (noted["purpose"], noted["count"], noted["read_by"]) == ("links", 20, "clerk-1")


def test_a_lost_link_is_replaced_and_noted(survey: Harness) -> None:
    """The old one is dead, the new one works, and who made it stands in the log."""
    questionnaire = invited(survey)
    tokens = links(survey, questionnaire)
    unit = next(iter(tokens))
    body = {"unit": unit} | REASON
    renewed = survey.call("renew_link", questionnaire["audience_id"], body)
    with pytest.raises(Forbidden, match="invitation-unknown"):
        answer(survey, questionnaire, "satisfied", token=tokens[unit])
    assert answer(survey, questionnaire, "satisfied", token=renewed["token"]) == ONCE
    with pytest.raises(Conflict, match="already-answered"):
        survey.call("renew_link", questionnaire["audience_id"], body)
    with pytest.raises(NotFound, match="not-invited"):
        survey.call("renew_link", questionnaire["audience_id"], body | {"unit": "没有"})
    frame_id = questionnaire["drawing"]["frame_id"]
    noted = survey.call("list_frame_contact_readings", frame_id, {})["items"]
    assert [(one["purpose"], one["unit"]) for one in noted] == [("links", None), ("renewal", unit)]


def test_reminders_are_recorded_and_limited(survey: Harness) -> None:
    """How many, when; the sheet names who has not answered and no link."""
    questionnaire = invited(survey, limits={"reminders": 1})
    id_ = questionnaire["audience_id"]
    token = next(iter(links(survey, questionnaire).values()))
    answer(survey, questionnaire, "satisfied", token=token)
    with pytest.raises(Conflict, match="reminder-unrecorded"):
        survey.call("make_reminder_sheet", id_, REASON)
    reminder = survey.call("remind", id_, REASON | {"happened_on": "2023-12-06"})
    assert (reminder["round"], reminder["count"]) == (1, 19)
    sheet = survey.call("make_reminder_sheet", id_, REASON)
    assert len(sheet["items"]) == 19 and all("token" not in row for row in sheet["items"])
    with pytest.raises(Conflict, match="reminders-spent"):
        survey.call("remind", id_, REASON | {"happened_on": "2023-12-09"})
    assert survey.call("list_reminders", id_)["items"] == [reminder]


def test_after_the_closing_nobody_is_invited_or_reminded(survey: Harness) -> None:
    """Neither links nor reminders."""
    questionnaire = invited(survey)
    close(survey, questionnaire)
    for method, body in (
        ("make_link_sheet", REASON),
        ("remind", REASON | {"happened_on": CLOSES}),
        ("renew_link", REASON | {"unit": "合成-0001"}),
    ):
        with pytest.raises(Conflict, match="audience-closed"):
            survey.call(method, questionnaire["audience_id"], body)


def opened_to_all(survey: Harness, **audience: Any) -> dict[str, Any]:
    """An open questionnaire to whoever comes."""
    given = {"group": "residents", "channel": "open", "sampling": "open"} | audience
    return opened(survey, *drafted(survey, **given))


def link(survey: Harness, questionnaire: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A link of its audience."""
    body = {"label": "合成口袋公园", "happened_on": DRAFTED} | changed
    made: dict[str, Any] = survey.call("open_link", questionnaire["audience_id"], body)
    return made


def test_a_site_is_counted_apart(survey: Harness) -> None:
    """A link that is opened while people answer gets its cell at once."""
    questionnaire = opened_to_all(survey)
    anywhere = link(survey, questionnaire)
    answer(survey, questionnaire, "satisfied", link=anywhere["code"])
    park = link(survey, questionnaire, site="park-1")
    for grade in ("satisfied", "dissatisfied"):
        answer(survey, questionnaire, grade, link=park["code"])
    assert by_cell(survey, questionnaire) == {"": 1, "site=park-1": 2}
    shown = survey.call("list_links", questionnaire["audience_id"])["items"]
    assert [one["days"] for one in shown] == [{"2023-12-05": 1}, {"2023-12-05": 2}]


def test_links_have_limits(survey: Harness) -> None:
    """In all, on a day, and for a network in an hour; what is refused is not counted."""
    questionnaire = opened_to_all(survey, limits={"per_network_hour": 3, "total": 5})
    one = link(survey, questionnaire, limits={"per_day": 4})["code"]
    for _ in range(3):
        answer(survey, questionnaire, "satisfied", link=one, network="n1")
    with pytest.raises(TooMany, match="network-busy"):
        answer(survey, questionnaire, "satisfied", link=one, network="n1")
    answer(survey, questionnaire, "satisfied", link=one, network="n2")
    with pytest.raises(TooMany, match="link-full-today"):
        answer(survey, questionnaire, "satisfied", link=one, network="n3")
    answer(survey, questionnaire, "satisfied", link=one, happened_on="2023-12-06", network="n3")
    with pytest.raises(TooMany, match="link-full"):
        answer(survey, questionnaire, "satisfied", link=one, happened_on="2023-12-07")
    assert returned(survey, questionnaire) == 5


def test_many_at_once_do_not_pass_a_limit(survey: Harness) -> None:
    """Twelve threads, a limit of five: five are counted."""
    questionnaire = opened_to_all(survey)
    code = link(survey, questionnaire, limits={"total": 5})["code"]

    def once(_: int) -> bool:
        try:
            answer(survey, questionnaire, "satisfied", link=code)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(once, range(12))) == 5
    assert returned(survey, questionnaire) == 5


def test_a_link_that_is_closed_or_unknown_takes_nothing(survey: Harness) -> None:
    """Nor does another audience's."""
    questionnaire = opened_to_all(survey)
    one = link(survey, questionnaire)
    other = link(survey, opened_to_all(survey))
    survey.call("close_link", one["id"], {"happened_on": OPENS})
    for code, what in ((one["code"], "closed"), (other["code"], "unknown"), ("x", "unknown")):
        with pytest.raises(Forbidden, match=f"link-{what}"):
            answer(survey, questionnaire, "satisfied", link=code)
    with pytest.raises(Conflict, match="not-open-to-all"):
        link(survey, invited(survey))


def test_networks_are_forgotten_at_the_closing(survey: Harness) -> None:
    """The days stay, by which a burst is seen."""
    questionnaire = opened_to_all(survey)
    code = link(survey, questionnaire)["code"]
    answer(survey, questionnaire, "satisfied", link=code, network="0123456789abcdef")
    table = survey.metadata.tables["network_counts"]
    with survey.engine.connect() as connection:
        assert connection.execute(sa.select(table.c.networks)).scalar_one() == {
            "0123456789abcdef": 1
        }
    close(survey, questionnaire)
    with survey.engine.connect() as connection:
        assert connection.execute(sa.select(table.c.networks)).scalar_one() == {}
    (shown,) = survey.call("list_links", questionnaire["audience_id"])["items"]
    assert shown["total"] == 1


def with_age(questionnaire: dict[str, Any], age: str, **more: Any) -> dict[str, Any]:
    """A form with the strata question before the lines."""
    body = form(questionnaire, "satisfied")
    return {"answers": [{"question": "age", "value": age}, *body["answers"]]} | more


def test_a_full_quota_screens_out_and_says_how_many(survey: Harness) -> None:
    """The third of the old is taken and not counted; the young go on."""
    quotas = [{"when": {"age": "over-60"}, "at_most": 2}]
    questionnaire, audience = drafted(
        survey, channel="open", sampling="open", group="residents", quotas=quotas
    )
    survey.call(
        "revise_questionnaire",
        questionnaire["id"],
        {"questions": [AGE, GRADE], "happened_on": DRAFTED},
    )
    questionnaire = opened(survey, questionnaire, audience)
    code = link(survey, questionnaire, site="park-1")["code"]
    outcomes = [
        answer(survey, questionnaire, "satisfied", link=code, **with_age(questionnaire, age))
        for age in ("over-60", "over-60", "over-60", "18-59")
    ]
    assert outcomes == [ONCE, ONCE, ONCE | {"counted": False}, ONCE]
    assert by_cell(survey, questionnaire) == {
        "age=18-59|site=park-1": 1,
        "age=over-60|site=park-1": 2,
    }
    seen = {"when": {"age": "over-60"}, "at_most": 2, "full": True}
    shown = survey.call("get_screened", questionnaire["audience_id"])
    assert (shown["quotas"], shown["screened"]) == ([seen | {"count": None}], None)
    close(survey, questionnaire)
    shown = survey.call("get_screened", questionnaire["audience_id"])
    assert shown["quotas"] == [seen | {"count": 2}]
    assert shown["screened"] == {"age=over-60|site=park-1": 1}


def test_who_was_screened_out_has_answered_too(survey: Harness) -> None:
    """The form is not changed behind her: her invitation is used."""
    quotas = [{"when": {"district": "330102"}, "at_most": 0}]
    questionnaire = invited(survey, quotas=quotas)
    revision = {"title": "另一标题(合成)", "happened_on": DRAFTED}
    outcomes = [
        answer(survey, questionnaire, "satisfied", token=token)
        for unit, token in links(survey, questionnaire).items()
        if int(unit[-4:]) % 2 == 0
    ]
    assert outcomes == [ONCE | {"counted": False}] * 10
    with pytest.raises(Conflict) as refused:
        survey.call("revise_questionnaire", questionnaire["id"], revision)
    assert refused.value.code == "form-locked"


@pytest.mark.parametrize("name", ["link", "token"])
@pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
def test_a_code_that_no_database_can_look_up_is_malformed(
    survey: Harness, name: str, bad: str
) -> None:
    """It is told as a mistake of the body."""
    questionnaire, audience = drafted(survey, channel="open", sampling="open", group="residents")
    questionnaire = opened(survey, questionnaire, audience)
    with pytest.raises(Invalid) as refused:
        answer(survey, questionnaire, "satisfied", **{name: bad})
    assert [one["pointer"] for one in refused.value.errors] == [f"/{name}"]


def test_what_counts_up_without_a_version_has_none(survey: Harness) -> None:
    """A link's days would be kept by a cache; a drawing counts what was replaced."""
    questionnaire = invited(survey)
    drawing = survey.call("get_drawing", questionnaire["drawing"]["id"])
    unit = survey.call("list_drawn_units", drawing["id"], {})["items"][0]["unit"]
    body = {"unit": unit, "reason": "moved", "happened_on": DRAFTED}
    replaced = survey.call("replace_unit", drawing["id"], body)
    assert replaced["version"] > drawing["version"]
    other, audience = drafted(survey, channel="open", sampling="open", group="residents")
    assert "version" not in link(survey, opened(survey, other, audience))


def test_a_quota_on_nothing_keeps_an_audience_from_opening(survey: Harness) -> None:
    """The form has no such strata question."""
    quotas = [{"when": {"age": "over-60"}, "at_most": 2}]
    questionnaire, audience = drafted(
        survey, channel="open", sampling="open", group="residents", quotas=quotas
    )
    with pytest.raises(Invalid, match="quotas-unknown"):
        opened(survey, questionnaire, audience)
    with pytest.raises(Invalid, match="audience-contradicts-itself"):
        drafted(survey, channel="offline", sampling="open", quotas=quotas)


def test_a_code_and_a_poster_lead_to_the_form(survey: Harness) -> None:
    """SVG and PNG; the poster says what is asked, where and until when, in Chinese."""
    questionnaire = opened_to_all(survey)
    one = link(survey, questionnaire)
    address = f"https://example.org/survey/{questionnaire['audience_id']}?link={one['code']}"
    assert survey.call("draw_link_code", address, "svg")["svg"].startswith("<svg")
    assert survey.call("draw_link_code", address, "png")["png"].startswith("iVBORw0KGgo")
    poster = survey.call("draw_link_poster", one["id"], address)["svg"]
    text = "".join(re.findall(r"<text[^>]*>([^<]*)<", poster))
    for part in ("合成口袋公园", OPENS, CLOSES, one["code"], "满意度测评(合成)"):
        assert part in text


def test_a_sample_is_scored_by_the_frame_it_was_drawn_from(survey: Harness) -> None:
    """Its population reaches the score: of sixty households, twenty asked, all answered."""
    questionnaire = invited(survey)
    for token in links(survey, questionnaire).values():
        answer(survey, questionnaire, "satisfied", token=token)
    close(survey, questionnaire)
    score = survey.call("get_score", questionnaire["id"])
    (group,) = score["groups"]
    assert (group["eligible"], group["issued"], group["returned"]) == (60, 20, 20)
    with Session(survey.engine) as session:
        found = populations(session, questionnaire["id"])
    assert found == {questionnaire["audience_id"]: {"district=330102": 30, "district=330105": 30}}
