"""The formula: how counted marks become rates, grades, one weighed score, and consequences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from services.commons.errors import Invalid

from ..basis import LookBackRule
from .aggregation import Aggregation, From
from .contradictions import mistakes
from .line import Line
from .option import Denominator, GradeStep, Measure, Option
from .publication import PublicationRule, SampleRule
from .weighing import Dimension, Group


@dataclass(frozen=True)
class Formula:
    """How counted marks become a score.

    ``top1`` and ``top2``: the codes whose sum is the satisfaction rate (满意率) and the rate of
    satisfied and basically satisfied (满意和基本满意率).  ``grades``: tried in order; the first
    that is met holds, else ``otherwise``; no steps and no ``otherwise`` is a method of rates only.
    ``grade_names``: what a grade is called that is not called as the option of the same code.
    ``places``: decimal places of a printed percentage, half rounded up (四舍五入); everything
    before printing is exact.  ``look_back``: what look-backs at former projects do, None: nothing.

    ``dimensions``: the grade questions that make an item's measure, none: the only one there is.
    ``groups``: who is weighed, none: the only group there is.  ``measure``: the headline.
    ``project``, ``overall``: how they are made; an overall score that no method defines is none.
    """

    options: tuple[Option, ...]
    denominator: Denominator
    top1: tuple[str, ...]
    top2: tuple[str, ...]
    grades: tuple[GradeStep, ...]
    otherwise: str | None
    places: int
    grade_names: Mapping[str, str] = field(default_factory=dict)
    look_back: LookBackRule | None = None
    dimensions: tuple[Dimension, ...] = ()
    groups: tuple[Group, ...] = ()
    measure: Measure = Measure.TOP1
    project: Aggregation = Aggregation(From.OWN)
    overall: Aggregation | None = None
    thresholds: tuple[Line, ...] = ()
    sample: SampleRule | None = None
    publication: PublicationRule | None = None

    @property
    def codes(self) -> list[str]:
        """The codes of all options, in the order of the form."""
        return [option.code for option in self.options]

    @property
    def counted(self) -> list[str]:
        """The codes of those that count in the denominator."""
        return [option.code for option in self.options if option.counts_in_denominator]

    @property
    def ranking(self) -> list[str]:
        """The grades, the best first."""
        ranked = list(dict.fromkeys(step.grade for step in self.grades))
        return [*ranked, self.otherwise] if self.otherwise is not None else ranked

    @property
    def full_mark(self) -> Fraction | None:
        """The highest value (满分); None where not every option that counts has one."""
        values = [option.value for option in self.options if option.counts_in_denominator]
        known = [value for value in values if value is not None]
        return max(known) if known and len(known) == len(values) and max(known) > 0 else None

    @property
    def look_back_source(self) -> Group | None:
        """The look-backs as one more source, where they are one."""
        return next((group for group in self.groups if group.is_look_back), None)

    def denominator_of(self, group: str) -> Denominator:
        """What the rates of a group are a share of."""
        own = next((one.denominator for one in self.groups if one.group == group), None)
        return own or self.denominator

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Formula:
        """Read a method's ``parameters``; raises Invalid, with the places, if they contradict."""
        formula = cls(**_marks(data), **_whole(data))
        found = list(mistakes(formula))
        if found:
            raise Invalid(
                "formula-contradicts-itself",
                f"the parameters of the method contradict each other: {_first(found)}",
                f"测评办法的参数自相矛盾:{_first(found)}",
                errors=[{"pointer": f"/parameters{at}", "detail": why} for at, why in found],
            )
        return formula

    def to_data(self) -> dict[str, Any]:
        """The written form, as :meth:`from_data` reads it; what a method does not say is absent."""
        written: dict[str, Any] = {
            "options": [option.to_data() for option in self.options],
            "denominator": self.denominator.value,
            "rates": {"top1": list(self.top1), "top2": list(self.top2)},
            "grades": [step.to_data() for step in self.grades],
            "otherwise": self.otherwise,
            "rounding": self.places,
        }
        parts: dict[str, Any] = {
            "grade_names": dict(self.grade_names),
            "look_back": self.look_back and self.look_back.to_data(),
            "dimensions": [one.to_data() for one in self.dimensions],
            "groups": [one.to_data() for one in self.groups],
            "measure": None if self.measure is Measure.TOP1 else self.measure.value,
            "aggregation": self._aggregation(),
            "thresholds": [one.to_data() for one in self.thresholds],
            "sample": self.sample and self.sample.to_data(),
            "publication": self.publication and self.publication.to_data(),
        }
        return written | {name: part for name, part in parts.items() if part}

    def _aggregation(self) -> dict[str, Any]:
        project = {} if self.project.made_from is From.OWN else {"project": self.project.to_data()}
        return project | ({"overall": self.overall.to_data()} if self.overall else {})


def _marks(data: dict[str, Any]) -> dict[str, Any]:
    """What one item's marks of one group become."""
    at = "/parameters"
    return {
        "options": tuple(
            Option.from_data(one, f"{at}/options/{n}") for n, one in enumerate(data["options"])
        ),
        "denominator": Denominator(data["denominator"]),
        "top1": tuple(data["rates"]["top1"]),
        "top2": tuple(data["rates"]["top2"]),
        "grades": tuple(
            GradeStep.from_data(one, f"{at}/grades/{n}") for n, one in enumerate(data["grades"])
        ),
        "otherwise": data["otherwise"],
        "places": data["rounding"],
        "grade_names": data.get("grade_names", {}),
        "look_back": LookBackRule.from_data(data.get("look_back")),
        "measure": Measure(data.get("measure", Measure.TOP1)),
    }


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """What dimensions, groups, sub-items and projects become, and what follows."""
    at, made = "/parameters", data.get("aggregation", {})
    return {
        "dimensions": tuple(_each(data, "dimensions", Dimension)),
        "groups": tuple(_each(data, "groups", Group)),
        "project": Aggregation.from_data(made.get("project", {"from": From.OWN})),
        "overall": Aggregation.from_data(made["overall"]) if "overall" in made else None,
        "thresholds": tuple(_each(data, "thresholds", Line)),
        "sample": SampleRule.from_data(data["sample"], f"{at}/sample")
        if "sample" in data
        else None,
        "publication": (
            PublicationRule.from_data(data["publication"]) if "publication" in data else None
        ),
    }


def _each(data: dict[str, Any], name: str, kind: Any) -> Iterable[Any]:
    for n, one in enumerate(data.get(name, ())):
        yield kind.from_data(one, f"/parameters/{name}/{n}")


def _first(found: list[tuple[str, str]]) -> str:
    return f"/parameters{found[0][0]}: {found[0][1]}"
