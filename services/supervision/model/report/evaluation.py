"""Supervision itself evaluated (监督评价): what each group, deputy, unit and link of the chain did.

Counts, and what is missing; no marks: nobody is ranked by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .evidence import Evidence
from .expectation import EXPECTATIONS
from .figure import Figure
from .narrative import Narrative

Json = dict[str, Any]


def links(
    chain: Sequence[Json], evidence: Evidence, narrative: Narrative, figures: Sequence[Figure]
) -> list[Json]:
    """Each link of the chain (环节) as the rule has it: its figures, what it should have, gaps."""
    by_name = {figure.name: figure for figure in figures}
    return [
        {
            "code": link["code"],
            "name": link["name"],
            "figures": [by_name[name] for name in link["figures"] if name in by_name],
            "expectations": [_expected(code, evidence, narrative) for code in link["expects"]],
        }
        for link in chain
    ]


def _expected(code: str, evidence: Evidence, narrative: Narrative) -> Json:
    one = EXPECTATIONS[code]
    found = one.look(evidence, narrative)
    return {
        "code": code,
        "subject": one.subject,
        "definition_zh": one.zh,
        "definition_en": one.en,
        "of": found.of,
        "met": found.met,
        "missing": list(found.missing),
    }


def groups(evidence: Evidence) -> list[Json]:
    """What was done for each group's project, and how many of its deputies did any of it."""
    done = _Deeds(evidence, lambda deed: deed.project_id)
    active = done.who_by_project
    rows = []
    for group in sorted(evidence.groups, key=lambda group: group.id):
        deputies = {m["deputy_id"] for m in group.members if m.get("deputy_id")}
        counts = done.of(group.project_id)
        rows.append(
            {
                "group_id": group.id,
                "project_id": group.project_id,
                "deputies": len(deputies),
                "active_deputies": len(deputies & active.get(group.project_id, set())),
                **counts,
                "missing": _missing(counts),
            }
        )
    return rows


def deputies(evidence: Evidence, only: Collection[str] | None = None) -> list[Json]:
    """What each deputy of this congress did for the year's projects; of some of them if asked."""
    done = _Deeds(evidence, lambda deed: deed.deputy_id)
    rows = []
    for id_ in sorted(evidence.deputies):
        if evidence.own(id_) and (only is None or id_ in only):
            counts = done.of(id_)
            rows.append({"deputy_id": id_, **counts, "missing": _missing(counts)})
    return rows


def units(evidence: Evidence, overdue: Mapping[str, int]) -> list[Json]:
    """How each lead unit reported and answered; ``overdue``: what it owes, on the day."""
    led: dict[str, set[str]] = {}
    for project in evidence.projects.values():
        led.setdefault(project.lead_unit_id, set()).add(project.id)
    rows = []
    for unit_id in sorted(led):
        items = [i.id for i in evidence.sub_items.values() if i.project_id in led[unit_id]]
        reports = [len(evidence.progress[item]) for item in items]
        raised = [one for one in evidence.opinions if one.project_id in led[unit_id]]
        answered = sum(evidence.answered(one) for one in raised)
        late = overdue.get(unit_id, 0)
        gaps = {
            "progress": not all(reports),
            "answers": answered < len(raised),
            "deadlines": late > 0,
        }
        rows.append(
            {
                "unit_id": unit_id,
                "projects": len(led[unit_id]),
                "progress_reports": sum(reports),
                "opinions": len(raised),
                "opinions_answered": answered,
                "overdue": late,
                "missing": [name for name, lacks in gaps.items() if lacks],
            }
        )
    return rows


class _Deeds:
    """Visits, opinions, checks and problems, counted by project or by person."""

    def __init__(self, evidence: Evidence, key: Callable[[Any], str]) -> None:
        visits = {visit.id: visit for visit in evidence.visits}
        attended = [
            _Deed(visits[one.visit_id].project_id, one.deputy_id)
            for one in evidence.dated(evidence.records.attendances)
            if one.visit_id in visits
        ]
        checks = [
            check
            for check in evidence.dated(evidence.records.online_checks)
            if check.project_id in evidence.projects
        ]
        raised = evidence.opinions
        self.counts = {
            "attendances": _count(attended, key),
            "opinions": _count(raised, key),
            "online_checks": _count(checks, key),
        }
        self.who_by_project: dict[str, set[str]] = {}
        every: list[Any] = [*attended, *raised, *checks]
        for deed in every:
            self.who_by_project.setdefault(deed.project_id, set()).add(deed.deputy_id)

    def of(self, id_: str) -> dict[str, int]:
        """The counts of one project or person."""
        return {name: count[id_] for name, count in self.counts.items()}


@dataclass(frozen=True)
class _Deed:
    """Who did something for which project."""

    project_id: str
    deputy_id: str


def _count(deeds: Iterable[Any], key: Callable[[Any], str]) -> Counter[str]:
    return Counter(map(key, deeds))


def _missing(counts: Mapping[str, int]) -> list[str]:
    return [name for name, count in counts.items() if not count]
