"""Supervision itself evaluated (监督评价): what each group, deputy, unit and link of the chain did.

Counts, and what is missing; no marks: nobody is ranked by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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


@dataclass(frozen=True)
class Deed:
    """Something done for a project, by a deputy; either is None where nobody says.

    ``kind``: one of COUNTED.
    """

    kind: str
    project_id: str | None
    deputy_id: str | None


#: What is counted of each group and deputy: being at visits, opinions, checks online, items of task
#: lists that she watches and their checks, meetings, questions there, snaps (each of which, once
#: its project is known, is an opinion too), findings of visits.
COUNTED = (
    *("attendances", "opinions", "online_checks", "tasks", "task_checks"),
    *("meetings", "questions", "snaps", "findings"),
)


def groups(evidence: Evidence, more: Sequence[Deed] = ()) -> list[Json]:
    """What was done for each group's project, and how many of its deputies did any of it.

    ``more``: what was done beside what is evidence of figures.
    """
    deeds = _deeds(evidence, more)
    done = Counter((deed.project_id, deed.kind) for deed in deeds)
    active: dict[str | None, set[str | None]] = {}
    for deed in deeds:
        active.setdefault(deed.project_id, set()).add(deed.deputy_id)
    rows = []
    for group in sorted(evidence.groups, key=lambda group: group.id):
        deputies = {m["deputy_id"] for m in group.members if m.get("deputy_id")}
        counts = _of(done, group.project_id)
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


def deputies(
    evidence: Evidence, only: Collection[str] | None = None, more: Sequence[Deed] = ()
) -> list[Json]:
    """What each deputy of this congress did for the year's projects; of some of them if asked."""
    done = Counter((deed.deputy_id, deed.kind) for deed in _deeds(evidence, more))
    rows = []
    for id_ in sorted(evidence.deputies):
        if evidence.own(id_) and (only is None or id_ in only):
            counts = _of(done, id_)
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


def _deeds(evidence: Evidence, more: Iterable[Deed]) -> list[Deed]:
    """Everything done for the year's projects, and ``more``."""
    visits = {visit.id: visit.project_id for visit in evidence.visits}
    attended = evidence.dated(evidence.records.attendances)
    checks = evidence.dated(evidence.records.online_checks)
    return [
        *(
            Deed("attendances", visits[a.visit_id], a.deputy_id)
            for a in attended
            if a.visit_id in visits
        ),
        *(Deed("opinions", o.project_id, o.deputy_id) for o in evidence.opinions),
        *(
            Deed("online_checks", c.project_id, c.deputy_id)
            for c in checks
            if c.project_id in evidence.projects
        ),
        *more,
    ]


def _of(done: Counter[tuple[str | None, str]], id_: str) -> dict[str, int]:
    """The counts of one project or person."""
    return {kind: done[id_, kind] for kind in COUNTED}


def _missing(counts: Mapping[str, int]) -> list[str]:
    return [name for name, count in counts.items() if not count]
