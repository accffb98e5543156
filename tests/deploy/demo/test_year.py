"""The generator: what it makes fits the figures, holds what must not count, and can be repeated."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.demo.acts import Credentials, Verification
from deploy.demo.assessment_acts import Residents
from deploy.demo.comparison import compare
from deploy.demo.figures import Figures
from deploy.demo.request import Ref, Request
from deploy.demo.year import rules, steps

from .ledger import Ledger
from .samples import hangzhou, small


def _ledger(figures: Figures) -> Ledger:
    return Ledger(figures, steps(figures, "seed"))


def _assert_fits(figures: Figures) -> None:
    counted = _ledger(figures).counted()
    rows = compare(figures, [{"key": key, "value": value} for key, value in counted.items()])
    assert [row.row() for row in rows if not row.fits] == []


def _shown(figures: Figures, seed: str) -> list[str]:
    return [repr(request) for step in steps(figures, seed) for request in step.requests]


def test_hangzhous_year_fits_its_figures() -> None:
    """Counted from the requests alone, every figure of the file comes out."""
    _assert_fits(hangzhou())


def test_a_small_year_fits_its_figures() -> None:
    """Other numbers of everything, another year and another place."""
    _assert_fits(small())


@pytest.mark.parametrize(
    "changes",
    [
        {"ballot__candidates": 4},
        {"ballot__candidates": 5, "ballot__present": 30},
        {"ballot__roll": 3, "ballot__present": 2}
        | {"supervision__week__city_deputies": 1, "supervision__online__city_deputies": 1}
        | {"supervision__online__projects_covered": 4},
        {"supervision__week__city_deputies": 1, "supervision__week__district_deputies": 0},
        {"supervision__week__city_deputies": 0, "supervision__week__district_deputies": 0}
        | {"supervision__week__attendances": 0},
        {"supervision__week__problems": 0, "supervision__week__opinions": 0},
        {"supervision__online__city_deputies": 0, "supervision__online__projects_covered": 0}
        | {
            "supervision__online__opinions": 0,
            "supervision__online__opinions_handled_and_replied": 0,
        },
        {"supervision__sub_items_completed_by_2022_10_31": 0, "supervision__groups": 0},
        {"supervision__sub_items": 60, "supervision__sub_items_completed_by_2022_10_31": 60},
        {"ballot__candidates": 40, "ballot__chosen": 33, "supervision__projects": 33}
        | {"supervision__sub_items": 33},
        {"intake__deputy_suggestions": 1, "intake__suggestion_aspects": 1}
        | {"intake__suggestions_matching_voted_share": 1},
        {"intake__proposed_project_aspects": 8, "intake__suggestion_aspects": 2},
        {"intake__suggestions_matching_voted_share": 0, "declared__repairs": 0},
    ],
)
def test_extreme_years_fit_their_figures(changes: dict[str, Any]) -> None:
    """Nothing, one, all, and more than the catalogue knows names for."""
    _assert_fits(small(**changes))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_possible_year_fits_its_figures(data: st.DataObject) -> None:
    """Whatever the figures, as long as they do not contradict each other."""

    def draw(least: int, most: int) -> int:
        return data.draw(st.integers(least, most))

    roll, suggestions, chosen = draw(1, 60), draw(1, 40), draw(1, 18)
    own, below, online = draw(0, roll), draw(0, 12), draw(0, roll)
    items, opinions = draw(chosen, chosen * 4), draw(0, 20) if online else 0
    _assert_fits(
        small(
            intake__deputy_suggestions=suggestions,
            intake__suggestion_aspects=draw(1, suggestions),
            intake__proposed_project_aspects=draw(0, 12),
            intake__suggestions_matching_voted_share=draw(0, suggestions) / suggestions,
            ballot__roll=roll,
            ballot__present=draw(-(-2 * roll // 3), roll),
            ballot__chosen=chosen,
            ballot__candidates=chosen + draw(0, 4),
            supervision__projects=chosen,
            supervision__sub_items=items,
            supervision__sub_items_completed_by_2022_10_31=draw(0, items),
            supervision__groups=draw(0, chosen),
            supervision__week__city_deputies=own,
            supervision__week__district_deputies=below,
            supervision__week__attendances=own + below + (draw(0, 50) if own + below else 0),
            supervision__week__problems=draw(0, 20),
            supervision__week__opinions=draw(0, 20),
            supervision__online__city_deputies=online,
            supervision__online__projects_covered=draw(1, chosen) if online else 0,
            supervision__online__opinions=opinions,
            supervision__online__opinions_handled_and_replied=draw(0, opinions),
        )
    )


def test_the_same_seed_makes_the_same_requests() -> None:
    """And another seed others, for the same figures."""
    assert _shown(small(), "one") == _shown(small(), "one")
    assert _shown(small(), "one") != _shown(small(), "two")


def test_a_request_refers_only_to_what_was_answered_before_it() -> None:
    """Within its lane, or in an earlier step; no two requests have one name."""
    answered: set[str] = set()
    for step in steps(hangzhou(), "seed"):
        before = set(answered)
        assert {ref.name for act in step.acts for ref in _refs_of(act)} <= before, step.title
        for lane in step.lanes:
            known = set(before)
            for request in lane:
                assert {ref.name for ref in request.refs()} <= known, request.name
                assert request.name not in answered
                known.add(request.name)
                answered.add(request.name)


def _refs_of(act: Any) -> list[Ref]:
    """What an act in the hall refers to: elections and ballots, who votes and for whom."""
    own = [value for value in vars(act).values() if isinstance(value, Ref)]
    voters = getattr(act, "voters", ())
    return own + [Ref(name) for one in voters for name in (one.name, *one.ticks)]


def test_every_request_has_a_key_of_its_own() -> None:
    """The same in the same replay, another in another."""
    requests = _ledger(small()).requests
    keys = {request.key("a") for request in requests}
    assert len(keys) == len(requests)
    assert keys.isdisjoint(request.key("b") for request in requests)
    assert requests[0].key("a") == requests[0].key("a")


def test_every_replay_holds_what_must_not_count() -> None:
    """Each kind of it, in the small year and in the large one."""
    for figures in (small(), hangzhou()):
        ledger = _ledger(figures)
        kinds = _not_counting(ledger)
        assert [kind for kind, found in kinds.items() if not found] == []


def _not_counting(ledger: Ledger) -> dict[str, Any]:
    """What must not count, by kind: whether there is any."""
    year, own, chosen = ledger.figures.year, ledger.own(), ledger.chosen()
    week = ledger.by_name["activity/week"].body
    everything = ledger.requests

    def some(path: str, holds: Any) -> bool:
        return any(request.path == path and holds(request.body) for request in everything)

    half = {what: _about(everything, what) for what in ("handling", "reply")}
    return _not_counting_of_intake(ledger) | {
        "residents' suggestions": some(
            "/v1/suggestions", lambda b: b["author_kind"] == "resident" and b["year"] == year
        ),
        "returned suggestions": some(
            "/v1/suggestions/{}/sorting", lambda b: b["outcome"] == "returned"
        ),
        "suggestions of the year before": some("/v1/suggestions", lambda b: b["year"] < year),
        "suggestions of the year after": some("/v1/suggestions", lambda b: b["year"] > year),
        "residents' suggestions that match": some("/v1/suggestions/{}/match", lambda b: True)
        and any(
            isinstance(r.of[0], Ref) and r.of[0].name.startswith("suggestion/resident")
            for r in everything
            if r.path == "/v1/suggestions/{}/match"
        ),
        "mandates on both levels": any(
            len(ledger.by_name[name].body["mandates"]) == 2 for name in own
        ),
        "deputies after the roll": any(name.startswith("deputy/late") for name in own),
        "a vote of another year": "ballot/before" in ledger.by_name,
        "signed in on another day": some(
            "/v1/sessions/{}/sign-ins", lambda b: b["happened_on"] < week["starts_on"]
        ),
        "completed late, of another year": some(
            "/v1/projects/{}/progress",
            lambda b: b["sub_item_id"].name not in chosen and b["happened_on"] > f"{year}-02-28",
        ),
        "progress after the day": some(
            "/v1/projects/{}/progress",
            lambda b: b["happened_on"] > str(ledger.figures.completed_by),
        ),
        "corrected progress": any(request.name.endswith("/again") for request in everything),
        "visits outside the week": some(
            "/v1/visits", lambda b: b["happened_on"] > week["ends_on"] and b["activity_id"]
        ),
        "visits in the week but not of it": some(
            "/v1/visits",
            lambda b: (
                week["starts_on"] <= b["happened_on"] <= week["ends_on"] and not b["activity_id"]
            ),
        ),
        "problems outside the week": some(
            "/v1/problems", lambda b: b["happened_on"] > week["ends_on"]
        ),
        "the week's opinions after it": some(
            "/v1/opinions",
            lambda b: b["channel"] == "week" and b["happened_on"] > week["ends_on"],
        ),
        "opinions at a meeting in the week": some(
            "/v1/opinions", lambda b: b["channel"] == "meeting"
        ),
        "online, of another level": some(
            "/v1/opinions",
            lambda b: b["channel"] == "online" and b["deputy_id"].name not in own,
        ),
        "handled but not replied to": half["handling"] - half["reply"],
        "replied to but not handled": half["reply"] - half["handling"],
        "replied to after the report": some(
            "/v1/opinions/{}/reply", lambda b: b["happened_on"] > ledger.as_of
        ),
        "declared for another year": some("/v1/indicators", lambda b: b["year"] < year),
        "declared after the report": some(
            "/v1/indicators/{}/entries", lambda b: b["happened_on"] > ledger.as_of
        ),
    }


def _not_counting_of_intake(ledger: Ledger) -> dict[str, Any]:
    """The same for collection: each kind would count but for one thing."""
    deputies = {r.name: r.body for r in ledger.requests if r.body.get("author_kind") == "deputy"}
    acts = [r for r in ledger.requests if r.method == "POST" and r.path.startswith("/v1/sugg")]

    def after(what: str, **said: Any) -> set[str]:
        """The suggestions of deputies with which this was done."""
        return {
            ledger.about(r)
            for r in acts
            if r.path == f"/v1/suggestions/{{}}/{what}" and said.items() <= r.body.items()
        } & deputies.keys()

    accepted = after("sorting", outcome="accepted")
    sorted_ = [
        ledger.about(r)
        for r in acts
        if r.path.endswith("/sorting") and r.body["outcome"] == "accepted"
    ]
    drafts = {name for name, body in deputies.items() if body.get("draft")}
    return {
        "withdrawn after acceptance": accepted & after("withdrawal"),
        "drafts that nobody handed in": drafts - after("submission") - after("withdrawal"),
        "drafts that were thrown away": drafts & after("withdrawal"),
        "reclassified": after("sorting", outcome="reclassified"),
        "accepted twice, after a correction": after("correction")
        & {name for name in sorted_ if sorted_.count(name) > 1},
        "accepted after the report": {
            ledger.about(r)
            for r in acts
            if r.path.endswith("/sorting") and r.body["happened_on"] > ledger.as_of
        },
        "matched, and then not": after("match", sub_item_id=None)
        & {ledger.about(r) for r in acts if r.path.endswith("/match") and r.body["sub_item_id"]},
        "imported": [row for sheet in ledger.sheets for row in sheet.rows],
        "imported and accepted": {
            r.name for r in acts if r.path.endswith("/sorting") and r.name.startswith("imported/")
        },
        "candidates that went back before the vote": ledger.of("/v1/candidates/{}/return"),
        "targets that were raised": ledger.of("/v1/candidates/{}/revision"),
    }


@pytest.mark.parametrize(
    ("dropped", "key", "more"),
    [
        ("suggestion/withdrawn/withdrawal", "intake.deputy_suggestions", 1),
        ("suggestion/0005/sorting/again", "intake.suggestion_aspects", 1),
        ("suggestion/0001/sorting", "intake.deputy_suggestions", -1),
        ("match/again", "intake.suggestions_matching_voted_share", 1 / 104),
        ("suggestion/late/0", "intake.deputy_suggestions", 0),
    ],
)
def test_each_of_these_requests_decides_a_figure(dropped: str, key: str, more: float) -> None:
    """The plain count sees them: without one of them, another number comes out."""
    figures = hangzhou()
    year = steps(figures, "seed")
    left = [
        dataclasses.replace(
            step, lanes=[[r for r in lane if not r.name.endswith(dropped)] for lane in step.lanes]
        )
        for step in year
    ]
    whole, without = Ledger(figures, year).counted(), Ledger(figures, left).counted()
    assert without[key] - whole[key] == pytest.approx(more)


def test_what_is_accepted_after_the_report_counts_later() -> None:
    """Two more deputies' suggestions, one of which matches, once the day is past theirs."""
    figures = hangzhou()
    ledger = _ledger(figures)
    before = ledger.counted()["intake.deputy_suggestions"]
    ledger.as_of = f"{figures.year + 1}-01-31"
    counted = ledger.counted()
    assert counted["intake.deputy_suggestions"] == before + 2
    assert counted["intake.suggestions_matching_voted_share"] == 74 / 106


#: What the office, deputies, residents, units and the government do between first call and vote.
INTAKE = {
    "/v1/rules",
    "/v1/rounds",
    "/v1/collection-activities",
    "/v1/files",
    "/v1/suggestions",
    "/v1/similar-searches",
    "/v1/suggestions/{}/correction",
    "/v1/suggestions/{}/submission",
    "/v1/suggestions/{}/withdrawal",
    "/v1/suggestions/{}/sorting",
    "/v1/suggestions/{}/supports",
    "/v1/suggestions/{}/support-withdrawal",
    "/v1/suggestions/{}/cosignatures",
    "/v1/suggestions/{}/comments",
    "/v1/cluster-runs/{}/moves",
    "/v1/suggested-projects",
    "/v1/suggested-projects/{}/members",
    "/v1/suggested-projects/{}/handover",
    "/v1/suggested-projects/{}/extension",
    "/v1/suggested-projects/{}/answer",
    "/v1/handovers/{}/return",
    "/v1/handovers/{}/opinion",
    "/v1/suggestions/{}/answers",
    "/v1/answers/{}/judgement",
    "/v1/pool-entries",
    "/v1/pool-entries/{}/suggestions",
    "/v1/pool-entries/{}/removal",
    "/v1/candidates",
    "/v1/candidates/{}/revision",
    "/v1/candidates/{}/return",
    "/v1/candidates/{}/screenings",
    "/v1/candidates/{}/opinions",
    "/v1/candidates/{}/opinions/{}/answer",
    "/v1/shortlists",
    "/v1/shortlists/{}/stages",
    "/v1/shortlists/{}/adoption",
    "/v1/suggestions/{}/match",
}

#: What units, groups, deputies, residents and the office do from the vote to the report.
SUPERVISION = {
    "/v1/projects/{}/plans",
    "/v1/projects/{}/progress",
    "/v1/projects/{}/funds",
    "/v1/projects/{}/changes",
    "/v1/changes/{}/decision",
    "/v1/changes/{}/announcement",
    "/v1/projects/{}/acceptances",
    "/v1/leading-groups",
    "/v1/documents",
    "/v1/calendars/2023",
    "/v1/groups",
    "/v1/task-items",
    "/v1/task-items/{}/checks",
    "/v1/task-items/{}/completion",
    "/v1/meetings/{}/decisions",
    "/v1/decisions/{}/completion",
    "/v1/meetings/{}/questions",
    "/v1/questions/{}/answers",
    "/v1/questions/{}/follow-ups",
    "/v1/questions/{}/closing",
    "/v1/visits/{}/attendances",
    "/v1/problems",
    "/v1/snaps",
    "/v1/opinions/{}/return",
    "/v1/opinions/{}/routing",
    "/v1/opinions/{}/acceptance",
    "/v1/opinions/{}/handling",
    "/v1/opinions/{}/reply",
    "/v1/opinions/{}/judgement",
    "/v1/opinions/{}/confirmation",
    "/v1/messages",
    "/v1/messages/{}/approval",
    "/v1/messages/{}/refusal",
    "/v1/messages/{}/answer",
    "/v1/archived-projects",
    "/v1/planned-look-backs",
    "/v1/look-backs/{}/visits",
    "/v1/look-backs/{}/findings",
    "/v1/look-backs/{}/conclusion",
    "/v1/reports/2023/editions",
    "/v1/report-editions/{}/submission",
    "/v1/report-editions/{}/deliberation",
    "/v1/report-opinions",
    "/v1/report-opinions/{}/answers",
    "/v1/sampling-frames/{}/units?happened_on=2023-11-24",
    "/v1/drawings/{}/drawing",
    "/v1/audiences/{}/sample",
    "/v1/audiences/{}/answers",
    "/v1/audiences/{}/links",
    "/v1/rectifications/{}/reports",
    "/v1/rectifications/{}/confirmation",
}


def test_the_intake_goes_through_all_that_there_is() -> None:
    """Hangzhou's year uses each of these; the number of requests stays bounded."""
    requests = _ledger(hangzhou()).requests
    done = {request.path for request in requests if request.method == "POST"}
    assert INTAKE - done == set()
    assert len(requests) < 6_000


def test_supervision_goes_through_all_that_there_is() -> None:
    """The same from the vote on."""
    done = {r.path for r in _ledger(hangzhou()).requests if r.method == "POST"}
    assert SUPERVISION - done == set()


def test_a_former_project_that_serves_no_more_counts_against_its_unit() -> None:
    """It has the lead unit of one of the year's projects, and the method says what follows."""
    ledger = _ledger(hangzhou())
    former = ledger.by_name["former/project"].body
    leads = {ledger.by_name[name].body["lead_unit_id"] for name in ledger.chosen()}
    assert former["lead_unit_id"] in leads and former["year"] == 2021
    assert ledger.by_name["former/look-back/conclusion"].body["effective"] is False
    method = ledger.by_name["assessment-method"].body
    assert method["parameters"]["look_back"]["consequences"] and "回头看" in method["text"]


def test_residents_answer_beside_the_deputies_by_what_they_were_given() -> None:
    """So many households are drawn from a frame that says it is synthetic; six in ten answer."""
    year = steps(hangzhou(), "seed")
    (residents,) = (a for step in year for a in step.acts if isinstance(a, Residents))
    assert len(residents.invitations) == 180 and max(residents.invitations) < 300
    assert residents.size + sum(len(step.requests) for step in year) < 6_000
    ledger = Ledger(hangzhou(), year)
    frame = ledger.by_name["frame/units"].csv.splitlines()
    assert len(frame) == 3_001 and all("合成" in line for line in frame[1:])
    drawing = ledger.by_name["drawing"].body
    assert drawing["plan"]["size"] == 300
    seed = ledger.by_name["drawing/seed"].body["seed"]
    assert drawing["commitment"] == hashlib.sha256(seed.encode()).hexdigest()


def test_what_falls_below_the_line_is_put_right_and_assessed_again() -> None:
    """By the method's line; its unit reports and a deputy confirms, before the report's day."""
    ledger = _ledger(hangzhou())
    (line,) = ledger.by_name["assessment-method"].body["parameters"]["thresholds"]
    assert "rectify" in line["then"] and "assess-again" in line["then"]
    report, confirmation = (
        ledger.by_name[f"rectification/{what}"] for what in ("report", "confirmation")
    )
    assert report.by.roles[0] == "unit" and confirmation.by.roles[0] == "deputy"
    again = ledger.by_name["questionnaire/again"].body
    assert again["follows"] == Ref("questionnaire")
    published = ledger.by_name["questionnaire/again/publication"].body["happened_on"]
    assert report.body["happened_on"] < confirmation.body["happened_on"] < published
    assert published <= ledger.as_of
    weights = [one["weight"] for one in _weighed(ledger)]
    assert weights == ["70/100", "30/100"]


def _weighed(ledger: Ledger) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = ledger.by_name["assessment-method"].body["parameters"]["groups"]
    return groups


def test_of_the_snaps_one_was_returned_one_judged_twice_and_one_is_open() -> None:
    """So that the demo shows the loop and what is left of it."""
    acts = [r for r in _ledger(hangzhou()).requests if r.name.startswith("snap/")]
    paths = [r.path.rpartition("/")[2] for r in acts]
    assert paths.count("snaps") == 6 and paths.count("return") == 1
    assert paths.count("confirmation") == 5 and paths.count("judgement") == 6


def test_answers_differ_and_one_does_not_satisfy() -> None:
    """Results A, B with a promise, C and D; who is not satisfied is answered again."""
    requests = _ledger(hangzhou()).requests
    results = {r.body["result"] for r in requests if "result" in r.body}
    assert results == {"A", "B", "C", "D"}
    judged = [r for r in requests if r.path == "/v1/answers/{}/judgement"]
    names = [r.name.removesuffix("/judgement") for r in judged if r.body["judgement"] == "not"]
    assert len(names) == 1
    assert f"{names[0]}/answer/again" in {r.name for r in requests}


def test_a_return_names_the_item_that_fails() -> None:
    """Every item of the checklist in turn; acceptances answer them all."""
    items = set(rules.FIT)
    ledger = _ledger(hangzhou())
    sortings = ledger.of("/v1/suggestions/{}/sorting")
    returned = [r for r in sortings if r.body["outcome"] == "returned"]
    assert {r.expect["reason_code"] for r in returned} == items
    accepted = [r for r in sortings if r.body["outcome"] == "accepted"]
    assert all(r.body["checks"] == rules.FIT for r in accepted)


def test_the_imported_file_is_residents_and_synthetic() -> None:
    """No deputy's, each number once, and every text says that it is made up."""
    for figures in (small(), hangzhou()):
        (sheet,) = _ledger(figures).sheets
        assert {row["提出人类别"] for row in sheet.rows} <= {"群众", "单位"}
        assert len({row["来源编号"] for row in sheet.rows}) == len(sheet.rows)
        assert all("合成" in row["内容"] for row in sheet.rows)


def _about(requests: list[Request], what: str) -> set[str]:
    return {
        request.of[0].name
        for request in requests
        if request.path == f"/v1/opinions/{{}}/{what}" and isinstance(request.of[0], Ref)
    }


def test_nobody_with_both_mandates_is_two_people() -> None:
    """She is enrolled once, goes to visits of the week, and counts there as a city deputy."""
    ledger = _ledger(hangzhou())
    both = {n for n in ledger.own() if len(ledger.by_name[n].body["mandates"]) == 2}
    there = {r.body["deputy_id"].name for r in ledger.of("/v1/visits/{}/attendances")}
    assert len(both) >= 10 and both <= there


def test_the_count_holds_the_cases_worth_seeing() -> None:
    """An eleventh candidate with its majority is not chosen, and two have none."""
    ledger = _ledger(hangzhou())
    approvals = ledger.approvals()
    losing = [approve for name, approve in approvals.items() if name not in ledger.chosen()]
    assert sum(approve >= 256 for approve in losing) == 1
    assert sum(0 < approve < 256 for approve in losing) == 2
    assert min(approvals[name] for name in ledger.chosen()) > max(losing)
    assert len({approvals[name] for name in ledger.chosen()}) > 3


def test_only_who_is_present_votes_and_within_the_limit() -> None:
    """Each by the letter that she was handed, of which the absent get none; a few do not vote."""
    for figures in (small(), hangzhou(), small(ballot__present=30)):
        ledger = _ledger(figures)
        voters, seats = ledger.voters(), figures["ballot.chosen"]
        day = ledger.by_name["session"].body["closes_on"]
        present = {
            r.body["deputy_id"].name
            for r in ledger.of("/v1/sessions/{}/sign-ins")
            if r.of == (Ref("session"),) and r.body["happened_on"] == day
        }
        issued = [r.body["deputy_id"].name for r in ledger.of("/v1/ballots/{}/credential-issues")]
        assert sorted(issued) == sorted(present) and len(present) == figures["ballot.present"]
        names, letters = {one.name for one in voters}, {one.letter for one in voters}
        assert names < present and len(names) == len(letters) == len(voters) == len(present) - 2
        assert letters <= set(range(1, figures["ballot.roll"] + 1))
        assert all(len(one.ticks) <= seats for one in voters)


def test_letters_say_nothing_of_their_deputies() -> None:
    """They are handed out in another order than that of the roll."""
    voters = sorted(_ledger(hangzhou()).voters(), key=lambda one: one.name)
    assert [one.letter for one in voters] != sorted(one.letter for one in voters)


@pytest.mark.parametrize(("group", "tool"), [("Ed25519", False), ("BELENIOS-2048", True)])
def test_the_stock_tool_verifies_where_it_knows_the_group(group: str, tool: bool) -> None:
    """The method names the group; the marks are the same in both."""
    year = steps(small(), "seed", group)
    ledger = Ledger(small(), year)
    online = ledger.by_name["method"].body["parameters"]["electronic"]
    assert online["group"] == group and online["trustees"] == {"size": 3, "threshold": 2}
    acts = [act for step in year for act in step.acts]
    assert [act.tool for act in acts if isinstance(act, Verification)] == [tool]
    assert ledger.approvals() == _ledger(small()).approvals()


def test_the_election_says_that_it_is_a_demonstration() -> None:
    """In its name and in the letters, or no crowd would vote in it."""
    year = steps(hangzhou(), "seed")
    (made,) = (a for step in year for a in step.acts if isinstance(a, Credentials))
    opened = Ledger(hangzhou(), year).by_name["ballot/election"]
    assert "演示" in made.title and opened.body["title"] == made.title


def test_an_earlier_day_gives_fewer() -> None:
    """By the end of June not every sub-item is complete, and not every opinion is answered."""
    figures = hangzhou()
    ledger = _ledger(figures)
    ledger.as_of = f"{figures.year}-06-30"
    counted = ledger.counted()
    assert 0 < counted[figures.completed_key] < 22
    answered = "supervision.online.opinions_handled_and_replied"
    assert 0 < counted[answered] < 167


def test_people_and_texts_say_that_they_are_made_up() -> None:
    """Every name of a person, and every text that could be taken for a real one."""
    for request in _ledger(hangzhou()).requests:
        body = request.body
        if request.path == "/v1/deputies":
            assert body["name"].endswith("(虚构)")
        for field in ("text", "description", "finding", "reason"):
            if field in body:
                assert "合成" in body[field], request.name
        if contact := body.get("contact"):
            assert contact["name"].endswith("(虚构)") and contact["email"].endswith("@example.com")
            assert contact["phone"].startswith("0571-0000")
        for officer in body.get("liaison_officers", []):
            assert officer.endswith("(虚构)")


def test_no_figure_stands_in_a_request() -> None:
    """The rare numbers of the file are nowhere: neither as a number nor inside a text.

    A paper count alone may hold how many were present, for that is how many papers were issued.
    """
    figures = hangzhou()
    texts = [
        json.dumps(request.body, ensure_ascii=False, default=str)
        for request in _ledger(figures).requests
        if request.path != "/v1/ballots/{}/counts"
    ]
    for key in ("ballot.roll", "ballot.present", "supervision.online.opinions"):
        assert not any(f": {figures[key]}," in text for text in texts), key
    declared = re.compile(r"(?<![\d.])(47900|4\.79)(?!\d)")
    assert not any(declared.search(text) for text in texts)
