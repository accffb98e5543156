"""Every figure of the annual report, computed: those that it has, those added, those declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from . import figures_matters, figures_plans, figures_registers, figures_report
from .evidence import Evidence
from .figure import DECLARED, Counted, Figure, Tally, fingerprint, line
from .registry import DEFINITIONS, Definition

#: They register themselves when they are imported; shown in this order: the real report's first.
_REGISTERED = (figures_report, figures_plans, figures_matters, figures_registers)
_PLACES = {module.__name__: place for place, module in enumerate(_REGISTERED)}
_ORDERED = sorted(DEFINITIONS, key=lambda definition: _PLACES[definition.count.__module__])

#: The figures by name: their keys without the day that some end with.
NAMES = tuple(definition.key.partition("_by_{day")[0] for definition in _ORDERED)


def compute(evidence: Evidence) -> list[Figure]:
    """All figures that the evidence gives; the declared ones come last."""
    return [figure for figure, _ in counted(evidence)]


def counted(evidence: Evidence) -> Iterator[tuple[Figure, tuple[Counted, ...]]]:
    """The same, each with the records that were counted for it."""
    for definition in _ORDERED:
        tally = definition.count(evidence)
        yield (
            _figure(definition, tally, evidence.question.completed_by),
            _records(tally, definition.of),
        )
    yield from figures_plans.lit(evidence)
    yield from _declared(evidence)


def _figure(definition: Definition, tally: Tally, day: dt.date) -> Figure:
    return Figure(
        key=definition.key.format(day=day),
        value=tally.value,
        unit=definition.unit,
        kind=definition.kind,
        title=definition.title,
        definition_zh=definition.zh.format(day=day),
        definition_en=definition.en.format(day=day),
        counted=len(tally.lines),
        hash=fingerprint(tally.lines),
        numerator=tally.numerator,
        denominator=tally.denominator,
    )


def _records(tally: Tally, of: str) -> tuple[Counted, ...]:
    named = ((text, text.partition(" ")[0]) for text in tally.lines)
    return tuple(Counted(tally.kinds.get(id_, of), id_, text) for text, id_ in named)


# What units declare (申报)


def _declared(evidence: Evidence) -> Iterator[tuple[Figure, tuple[Counted, ...]]]:
    for indicator in evidence.indicators:
        entries = evidence.declared(indicator)
        lines = tuple(line(entry.id, entry.month, entry.value) for entry in entries)
        tally = Tally(sum(entry.value for entry in entries), lines)
        figure = Figure(
            key=f"declared.{indicator.key}",
            value=tally.value,
            unit=indicator.unit_of_measure,
            kind=DECLARED,
            title=indicator.name,
            definition_zh=f"{indicator.name}:有关单位逐月申报数之和,非本系统记录",
            definition_en=f"{indicator.name}: the sum of what a unit declared month by month; "
            "no record of this system",
            counted=len(lines),
            hash=fingerprint(lines),
        )
        yield figure, _records(tally, "indicator-entry")
