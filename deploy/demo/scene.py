"""What the parts of a year share: the figures, the calendar, the people, the planned projects."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import catalogue
from .catalogue import SubItem, Theme
from .days import Days
from .figures import Figures
from .people import People, Person, people
from .request import Ref

#: The groups in which ballots are encrypted; Debian's ``belenios-tool`` knows the second one.
ED25519, BELENIOS_2048 = GROUPS = ("Ed25519", "BELENIOS-2048")


@dataclass(frozen=True)
class Planned:
    """A candidate project as the generator plans it; ``name``: of the request that proposes it."""

    name: str
    theme: Theme
    items: list[SubItem]
    chosen: bool

    @property
    def id(self) -> Ref:
        """Its id, which is also the project's once it is chosen."""
        return Ref(self.name)

    def item_id(self, place: int) -> Ref:
        """The id of its ``place``-th sub-item, from 0."""
        return Ref(self.name, ("sub_items", place, "id"))


@dataclass(frozen=True)
class Scene:
    """Everything that a part of the year is made from; ``group``: of the electronic ballots."""

    figures: Figures
    seed: str
    days: Days
    who: People
    candidates: list[Planned]
    group: str = ED25519

    def rng(self, topic: str) -> random.Random:
        """A source of chance for one topic, which no other topic disturbs."""
        return random.Random(f"{self.seed}/{topic}")

    def some(self, rng: random.Random, persons: list[Person], count: int) -> list[Person]:
        """``count`` different persons, or all if there are fewer."""
        return rng.sample(persons, min(count, len(persons)))

    @property
    def projects(self) -> list[Planned]:
        """The candidates that will be chosen."""
        return [candidate for candidate in self.candidates if candidate.chosen]

    @property
    def aspects(self) -> list[Theme]:
        """The themes that the deputies' suggestions are about."""
        return [catalogue.theme(n) for n in range(self.figures["intake.suggestion_aspects"])]

    @property
    def aside(self) -> Theme:
        """A theme of things that must not count: no accepted suggestion of a deputy is about it."""
        names = (
            "intake.suggestion_aspects",
            "intake.proposed_project_aspects",
            "ballot.candidates",
        )
        return catalogue.theme(max(self.figures[name] for name in names))

    @property
    def level(self) -> str:
        """The character for the level in the names of offices: 市 or 区."""
        return "市" if self.figures.code.endswith("00") else "区"

    @property
    def divisions(self) -> dict[str, str]:
        """Places by their code: the districts, or the place itself where it has none."""
        figures = self.figures
        return catalogue.districts(figures.code) or {figures.code: figures.place}


def scene(figures: Figures, seed: str, group: str = ED25519) -> Scene:
    """The scene of a replay."""
    days = Days(figures.year, figures.completed_by, figures.as_of)
    return Scene(figures, seed, days, people(figures), _planned(figures, seed), group)


def _planned(figures: Figures, seed: str) -> list[Planned]:
    chosen, total = figures["ballot.chosen"], figures["supervision.sub_items"]
    each, more = divmod(total, chosen)
    counts = [each + (n < more) for n in range(chosen)]
    counts += [2] * (figures["ballot.candidates"] - chosen)
    planned = [
        Planned(
            f"candidate/{n + 1:02}",
            catalogue.theme(n),
            catalogue.sub_items(catalogue.theme(n), count),
            chosen=n < chosen,
        )
        for n, count in enumerate(counts)
    ]
    random.Random(f"{seed}/order").shuffle(planned)
    return planned
