"""Who makes the requests.  All of them record late, for the year is over."""

from __future__ import annotations

from .request import Actor, Ref

_LATE = "recorder"

CLERK = Actor("demo-clerk", ("clerk", _LATE))
SECRETARIAT = Actor("demo-secretariat", ("secretariat", _LATE))
GOVERNMENT = Actor("demo-government", ("government", _LATE))
#: One enters a count on paper, another confirms it, the chief certifies, the chairperson announces.
#: In an electronic vote the scrutineers are the trustees of its keys.
TELLER = Actor("demo-teller", ("teller", _LATE))
SCRUTINEER = Actor("demo-scrutineer-1", ("scrutineer", _LATE))
SECOND = Actor("demo-scrutineer-2", ("scrutineer", _LATE))
DEPUTY_CHIEF = Actor("demo-deputy-chief-scrutineer", ("chief-scrutineer", _LATE))
CHIEF = Actor("demo-chief-scrutineer", ("chief-scrutineer", _LATE))
CREDENTIALS_OFFICE = Actor("demo-credentials-office", ("credentials-office", _LATE))
CHAIRPERSON = Actor("demo-executive-chairperson", ("executive-chairperson", _LATE))


#: The page on which people answer, long after the days of answering; it says nobody's name.
PAGE = Actor("demo-page", (_LATE,))


def resident(number: int) -> Actor:
    """One of the residents; each has a number."""
    return Actor(f"demo-resident-{number:03}", ("resident", _LATE))


def unit(name: str) -> Actor:
    """A unit itself, by the name of its registration: the subject is its id in the register."""
    return Actor(Ref(name), ("unit", _LATE))


def deputy(name: str) -> Actor:
    """A deputy herself: her token's subject is her id in the register."""
    return Actor(Ref(name), ("deputy", _LATE))
