"""The people of a replay: deputies with mandates and delegations.  Nobody here is real (虚构)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from . import actors
from .catalogue import districts
from .days import Days
from .figures import Figures
from .request import Lane, Request, single

_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
_GIVEN = "安柏晨澄初丹芳舫禾和恒华嘉静可岚朗乐礼立林满梅宁澎平青然荣若山书思松庭溪晓欣雪言亦远云泽"
#: How many of this congress's deputies also sit in a congress below.
BOTH_LEVELS = 12
BY_ELECTED = 3


@dataclass(frozen=True)
class Person:
    """A deputy: the name of her enrolment among the requests, and whether she sits below too."""

    name: str
    both_levels: bool = False


@dataclass(frozen=True)
class People:
    """Everybody, by part.

    ``roll``: due at the session of the vote.  ``late``: of the same congress, but enrolled after it
    (补选).  ``below``: only in congresses of the districts; more of them than any figure needs.
    """

    roll: list[Person]
    late: list[Person]
    below: list[Person]

    @property
    def own(self) -> list[Person]:
        """All deputies of this congress."""
        return [*self.roll, *self.late]


def people(figures: Figures) -> People:
    """The people that the figures need, and some more."""
    roll = figures["ballot.roll"]
    divisions = districts(figures.code)
    both = min(BOTH_LEVELS, roll // 4) if divisions else 0
    below = figures["supervision.week.district_deputies"] + 9 if divisions else 0
    return People(
        roll=[Person(f"deputy/{n:04}", both_levels=n <= both) for n in range(1, roll + 1)],
        late=[Person(f"deputy/late/{n}") for n in range(1, BY_ELECTED + 1)],
        below=[Person(f"deputy/below/{n:03}") for n in range(1, below + 1)],
    )


def enrolments(figures: Figures, days: Days, who: People, rng: random.Random) -> list[Lane]:
    """Enrol everybody who is a deputy before the session of the vote."""
    names = _names(rng)
    divisions = sorted(districts(figures.code))
    own = [
        _enrol(person, next(names), _mandates(figures, person, number), days.enrolment)
        for number, person in enumerate(who.roll)
    ]
    below = [
        _enrol(person, next(names), [_below(figures, divisions, number)], days.enrolment)
        for number, person in enumerate(who.below)
    ]
    return single([*own, *below])


def by_elections(figures: Figures, days: Days, who: People, rng: random.Random) -> list[Lane]:
    """Enrol those who enter after the session: of the congress, but not on its roll."""
    names = _names(rng)
    return single(
        [
            _enrol(person, next(names), _mandates(figures, person, number), days.by_election)
            for number, person in enumerate(who.late)
        ]
    )


def _enrol(person: Person, name: str, mandates: list[dict[str, str]], day: object) -> Request:
    body = {"name": f"{name}(虚构)", "mandates": mandates, "happened_on": str(day)}
    return Request(person.name, actors.CLERK, "/v1/deputies", body)


def delegations(figures: Figures) -> list[str]:
    """The delegations (代表团) of this congress, in the order in which deputies fall to them."""
    below = districts(figures.code)
    return [f"{below[code]}代表团" for code in sorted(below)] or ["第一代表团"]


def _mandates(figures: Figures, person: Person, number: int) -> list[dict[str, str]]:
    divisions = sorted(districts(figures.code))
    every = delegations(figures)
    delegation = every[number % len(every)]
    level = "city" if figures.code.endswith("00") else "district"
    mandates = [{"congress": figures.code, "level": level, "delegation": delegation}]
    if person.both_levels:
        mandates.append(_below(figures, divisions, number))
    return mandates


def _below(figures: Figures, divisions: list[str], number: int) -> dict[str, str]:
    group = f"第{number // len(divisions) % 5 + 1}代表小组"
    return {
        "congress": divisions[number % len(divisions)],
        "level": "district",
        "delegation": group,
    }


def _names(rng: random.Random) -> Iterator[str]:
    while True:
        yield rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, 2))
