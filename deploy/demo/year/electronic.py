"""The year's vote on the deputies' devices: credentials, keys, ballots, decryption, result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import actors, acts
from ..count import majority
from ..people import Person
from ..request import Actor, Ref, Request, Step, single
from ..scene import BELENIOS_2048, Scene
from ..ticks import ticks, voting
from ..voting import Voter, Voting
from .preselection import SHORTLIST

#: The name of the year's ballot among the requests.
BALLOT = "ballot"
#: Two of these three decrypt.
TRUSTEES = (actors.DEPUTY_CHIEF, actors.SCRUTINEER, actors.SECOND)
_DECRYPT = 2
#: How many deputies vote by the program of their own instead of in the crowd.
_ALONE = 3
_ELECTION = Ref(BALLOT, ("uuids", 0))
TEXT = (
    "出席代表达到全体代表的三分之二以上,始得表决。代表在本人设备上以无记名方式电子表决,"
    "所投选票加密后公开,任何人均可核对。每张选票赞成的项目不得多于应选数。"
    "赞成票超过全体代表半数的,方可确定;达到要求的多于应选数的,以赞成票多的确定;"
    "票数相等不能确定的,就票数相等的项目再次投票。监票人三人分持密钥,二人到场方可解密计票。"
    "已投票数多于发出凭证数的,表决无效。电子表决不能进行的,改用纸质票或者举手。"
)


def parameters(scene: Scene) -> dict[str, Any]:
    """What the method fixes of the kind of ballot: at most as many approved as there are seats."""
    return {
        "choice": "tick-up-to",
        "media": ["electronic", "paper", "hands"],
        "electronic": {
            "group": scene.group,
            "overvote": "prevented",
            "recast": False,
            "least_ballots": max(1, min(20, majority(len(scene.who.roll)) // 2)),
            "least_papers": 20,
            "spare_elections": 1,
            "trustees": {"size": len(TRUSTEES), "threshold": _DECRYPT},
        },
    }


def steps(scene: Scene, attending: list[Person]) -> Iterator[Step]:
    """From the draft of the vote to its announcement, and its verification by anybody."""
    day = str(scene.days.session[1])
    title = f"{scene.figures.year}年民生实事项目票决(演示)"
    voters = _voters(scene, attending)
    yield Step("登记电子票决", [[_draft(day)]])
    yield Step(
        "秘书处离线制作投票凭证、登记公开名册",
        [[_ceremony(day)]],
        acts=(acts.Credentials(Ref(BALLOT), title, day),),
    )
    yield Step(
        "监票人生成密钥、总监票人宣布投票开始",
        [[_opening(title, day)]],
        acts=(acts.Ceremony(Ref(BALLOT), TRUSTEES),),
    )
    # Whoever is absent is handed none, and her letter stays sealed.
    yield Step("发放密封信", single([_issue(one, day) for one in attending]))
    yield Step(
        "代表投票(监票人同时跟踪公告板)、截止",
        [[_act("closing", "/v1/elections/{}/closing", actors.CHIEF, day, _ELECTION)]],
        acts=(
            Voting(
                _ELECTION,
                Ref(BALLOT),
                followers=TRUSTEES[:_DECRYPT],
                crowd=tuple(voters[_ALONE:]),
                alone=tuple(voters[:_ALONE]),
            ),
        ),
    )
    yield Step(
        "监票人会签、解密;计票、确认、公告",
        [_result(day)],
        acts=(
            acts.Cosigning(_ELECTION, TRUSTEES[:_DECRYPT]),
            acts.decrypting(_ELECTION, TRUSTEES[:_DECRYPT]),
        ),
    )
    yield Step(
        "任何人核对档案与附件",
        [],
        acts=(acts.Verification(_ELECTION, tool=scene.group == BELENIOS_2048),),
    )


def _voters(scene: Scene, attending: list[Person]) -> list[Voter]:
    """Those who vote, each with a letter that says nothing of her place on the roll."""
    roll = len(scene.who.roll)
    number = voting(len(attending), roll)
    marks = ticks(scene.candidates, roll=roll, voters=number, rng=scene.rng("ticks"))
    letters = scene.rng("letters").sample(range(1, roll + 1), number)
    people = scene.some(scene.rng("voters"), attending, number)
    return [
        Voter(person.name, letter, ticked)
        for person, letter, ticked in zip(people, letters, marks, strict=True)
    ]


def _draft(day: str) -> Request:
    body = {
        "session_id": Ref("session"),
        "shortlist_id": Ref(SHORTLIST),
        "method_id": Ref("method"),
        "medium": "electronic",
        "happened_on": day,
    }
    return Request(BALLOT, actors.SECRETARIAT, "/v1/ballots", body, patient=True)


def _ceremony(day: str) -> Request:
    body = {"trustees": [one.subject for one in TRUSTEES], "happened_on": day}
    path = "/v1/ballots/{}/ceremonies"
    return Request("ballot/ceremony", actors.SECRETARIAT, path, body, (Ref(BALLOT),))


def _opening(title: str, day: str) -> Request:
    body = {"title": title, "happened_on": day}
    path = "/v1/ballots/{}/elections"
    return Request("ballot/election", actors.CHIEF, path, body, (Ref(BALLOT),))


def _issue(person: Person, day: str) -> Request:
    return Request(
        f"ballot/issue/{person.name}",
        actors.CREDENTIALS_OFFICE,
        "/v1/ballots/{}/credential-issues",
        {"deputy_id": Ref(person.name), "happened_on": day},
        (Ref(BALLOT),),
    )


def _result(day: str) -> list[Request]:
    signed = {"number": 2, "signed_by": "大会主席团(演示)"}
    return [
        _act("tally", "/v1/elections/{}/tally", actors.CHIEF, day, _ELECTION),
        _act("certification", "/v1/ballots/{}/certification", actors.CHIEF, day, Ref(BALLOT)),
        _act(
            "announcement",
            "/v1/ballots/{}/announcement",
            actors.CHAIRPERSON,
            day,
            Ref(BALLOT),
            said=signed,
            expect={"state": "announced"},
        ),
    ]


def _act(
    name: str,
    path: str,
    by: Actor,
    day: str,
    of: Ref,
    *,
    said: dict[str, Any] | None = None,
    expect: dict[str, Any] | None = None,
) -> Request:
    body = {**(said or {}), "happened_on": day}
    return Request(f"{BALLOT}/{name}", by, path, body, (of,), expect=expect or {})
