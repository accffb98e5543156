"""The vote (票决): method, session, officers, sign-ins; a count on paper, and its announcement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..count import PaperCount
from ..people import Person, delegations
from ..request import Lane, Ref, Request, Step, single
from ..scene import Scene
from . import deliberation, electronic, preselection

_TEXT = (
    "出席代表达到全体代表的三分之二以上,始得表决。每个候选项目可以赞成、反对或者弃权。"
    "赞成票超过全体代表半数的,方可确定;达到要求的多于应选数的,以赞成票多的确定;"
    "票数相等不能确定的,就票数相等的项目再次投票。收回票数多于发出票数的,表决无效。"
)

#: The name of the year's ballot among the requests.
BALLOT = electronic.BALLOT
_OFFICERS = ("周明远", "林静秋", "沈书禾", "顾若涵", "唐景行", "程望舒")


def steps(scene: Scene) -> Iterator[Step]:
    """The session and its vote, on the deputies' devices, to the announced and verified result."""
    figures, days = scene.figures, scene.days
    opens, closes = days.session
    present = figures["ballot.present"]
    attending = scene.some(scene.rng("present"), scene.who.roll, present)
    absent = [person for person in scene.who.roll if person not in attending]
    yield Step(
        "票决办法、大会",
        [
            method(
                "method",
                scene,
                figures.year,
                figures["ballot.chosen"],
                (opens, opens + dt.timedelta(days=1), closes),
                "method/before",
                text=electronic.TEXT,
                rules={
                    "min_margin": len(scene.candidates) - figures["ballot.chosen"] or None,
                    **electronic.parameters(scene),
                },
            ),
            [
                session("session", scene, opens, closes, ordinal=3),
                *officers("session", scene, opens + dt.timedelta(days=1)),
            ],
            [preselection.at_congress(scene)],
            *single(
                [
                    deliberation.at_session(scene, number, candidate)
                    for number, candidate in enumerate(scene.candidates[:3])
                ]
            ),
        ],
    )
    # Who came on the first day but not to the vote must not count as present at it.
    early = [*absent, *attending[: len(attending) // 5]]
    yield Step(
        "代表签到",
        single([*_signed(early, "session", opens), *_signed(attending, "session", closes)]),
    )
    yield from electronic.steps(scene, attending)


def method(
    name: str,
    scene: Scene,
    year: int,
    seats: int,
    dates: tuple[dt.date, dt.date, dt.date],
    supersedes: str | None = None,
    *,
    text: str = _TEXT,
    rules: dict[str, Any] | None = None,
) -> Lane:
    """The requests that take a ballot method for so many seats from its draft to its adoption.

    ``dates``: when the delegations discuss it, the presidium passes it and the plenary adopts it.
    ``text``, ``rules``: what it says, and where it differs from the usual one on paper.
    """
    discussed, submitted, adopted = dates
    body: dict[str, Any] = {
        "title": f"{year}年民生实事项目人大代表票决办法(演示)",
        "text": f"应选项目{seats}项。{text}{texts.MARK}",
        "parameters": parameters(seats) | (rules or {}),
        "supersedes": Ref(supersedes) if supersedes else None,
        "happened_on": str(discussed - dt.timedelta(days=5)),
    }
    opinion = f"原则同意草案。{texts.MARK}"
    discussions = [
        ("discussions", f"/{n}", {"delegation": one, "opinion": opinion}, discussed)
        for n, one in enumerate(delegations(scene.figures))
    ]
    steps = [
        *discussions,
        ("presidium-decisions", "", {"submitted_by": "大会主席团(演示)"}, submitted),
        ("adoption", "", {"adopted_by": "大会全体会议(演示)"}, adopted),
    ]
    return [
        Request(name, actors.CLERK, "/v1/ballot-methods", body),
        *(
            Request(
                f"{name}/{step}{number}",
                actors.SECRETARIAT,
                f"/v1/ballot-methods/{{}}/{step}",
                said | {"happened_on": str(day)},
                (Ref(name),),
            )
            for step, number, said, day in steps
        ),
    ]


def parameters(seats: int) -> dict[str, Any]:
    """The rules as data: quorum two thirds, more than half of all deputies, most approvals."""
    return {
        "body": "congress",
        "quorum": {"share": "2/3", "inclusive": True},
        "seats": seats,
        "min_margin": None,
        "choice": "approve-oppose-abstain",
        "threshold": {"base": "all", "share": "1/2", "inclusive": False},
        "overvote": "void-paper",
        "undervote": "valid",
        "returned_gt_issued": "void",
        "tie": "run-off",
        "shortfall": "leave-vacant",
        "proxy": False,
        "media": ["paper", "hands"],
        "publish_counts": True,
    }


def session(name: str, scene: Scene, opens: dt.date, closes: dt.date, *, ordinal: int) -> Request:
    """The request that opens a session of the congress."""
    body = {
        "congress": scene.figures.code,
        "term": 14,
        "ordinal": ordinal,
        "name": f"{scene.figures.place}人民代表大会会议({opens.year}年,演示)",
        "opens_on": str(opens),
        "closes_on": str(closes),
    }
    return Request(name, actors.SECRETARIAT, "/v1/sessions", body)


def officers(of: str, scene: Scene, day: dt.date) -> Lane:
    """The requests that record who watches and counts the vote of a session, and who declares it.

    Whoever is put up comes from another delegation; tellers and the chairperson from none.
    """
    names, plenary = delegations(scene.figures), "大会全体会议(演示)"
    watching = [
        (actors.CHIEF, "chief-scrutineer"),
        (actors.DEPUTY_CHIEF, "deputy-chief-scrutineer"),
        (actors.SCRUTINEER, "scrutineer"),
        (actors.SECOND, "scrutineer"),
    ]
    people = [
        *((one, role, names[n % len(names)], plenary) for n, (one, role) in enumerate(watching)),
        (actors.TELLER, "teller", None, "大会秘书处(演示)"),
        (actors.CHAIRPERSON, "executive-chairperson", None, "大会主席团(演示)"),
    ]
    return [
        Request(
            f"{of}/officer/{person.subject}",
            actors.SECRETARIAT,
            "/v1/sessions/{}/officers",
            {
                "subject": person.subject,
                "name": f"{_OFFICERS[number]}(虚构)",
                "role": role,
                "put_up_by": delegation,
                "approved_by": body,
                "happened_on": str(day),
            },
            (Ref(of),),
        )
        for number, (person, role, delegation, body) in enumerate(people)
    ]


def sign_ins(persons: list[Person], session: str, day: dt.date) -> list[Request]:
    """Each of them signs in on that day."""
    return list(_signed(persons, session, day))


def ballot(
    name: str, session: str, shortlist: str, method: str, day: dt.date, counted: PaperCount
) -> Lane:
    """The requests of a vote on paper: opened, counted, confirmed, certified, announced."""
    opening = {
        "session_id": Ref(session),
        "shortlist_id": Ref(shortlist),
        "method_id": Ref(method),
        "happened_on": str(day),
    }
    dated, of = {"happened_on": str(day)}, (Ref(name),)
    return [
        Request(name, actors.SECRETARIAT, "/v1/ballots", opening, patient=True),
        Request(
            f"{name}/count", actors.TELLER, "/v1/ballots/{}/counts", _paper(counted) | dated, of
        ),
        Request(
            f"{name}/confirmation",
            actors.SCRUTINEER,
            "/v1/ballots/{}/counts/1/confirmation",
            dated,
            of,
        ),
        Request(f"{name}/certification", actors.CHIEF, "/v1/ballots/{}/certification", dated, of),
        Request(
            f"{name}/announcement",
            actors.CHAIRPERSON,
            "/v1/ballots/{}/announcement",
            {"number": 2, "signed_by": "大会主席团(演示)"} | dated,
            of,
            expect={"state": "announced"},
        ),
    ]


def _paper(counted: PaperCount) -> dict[str, Any]:
    return {
        "medium": "paper",
        "issued": counted.issued,
        "returned": counted.returned,
        "valid": counted.valid,
        "invalid": counted.invalid,
        "candidates": [
            {"candidate_id": Ref(name), "approve": approve, "oppose": oppose, "abstain": abstain}
            for name, (approve, oppose, abstain) in counted.marks.items()
        ],
    }


def _signed(persons: list[Person], session: str, day: dt.date) -> Iterator[Request]:
    for person in persons:
        body = {"deputy_id": Ref(person.name), "happened_on": str(day)}
        name = f"sign-in/{session}/{day}/{person.name}"
        yield Request(name, actors.SECRETARIAT, "/v1/sessions/{}/sign-ins", body, (Ref(session),))
