"""Figures of how projects stand: accepted, changed, and each light.

Each is marked as added by this system (本系统补充).
"""

from __future__ import annotations

from collections.abc import Iterator

from .evidence import Evidence
from .figure import COUNTED, SHARE, Counted, Figure, Tally, each, fingerprint, line, share
from .registers import Change
from .registry import counts


@counts(
    "supervision.sub_items_accepted_share",
    "sub-item",
    "share",
    "子项验收通过率",
    "当年项目的子项中,最近一次验收通过的比例;完成而未验收的不计为通过(本系统补充)",
    "of the sub-items of the year's projects, those of which the latest acceptance passed; what is "
    "finished and not accepted does not count (added by this system)",
    kind=SHARE,
)
def accepted(evidence: Evidence) -> Tally:
    latest = {
        one.sub_item_id: one.passed
        for one in sorted(
            evidence.dated(evidence.records.registers.acceptances), key=lambda one: one.sequence
        )
    }
    return share((id_, latest.get(id_, False)) for id_ in evidence.sub_items)


def _changes(evidence: Evidence) -> Iterator[Change]:
    for change in evidence.dated(evidence.records.registers.changes):
        if change.project_id in evidence.projects:
            yield change


@counts(
    "supervision.changes.effective",
    "change",
    "change",
    "已生效的调整",
    "当年项目已生效的调整、暂缓和终止(本系统补充)",
    "changes, deferrals and endings of the year's projects that have taken effect (added by this "
    "system)",
)
def changes(evidence: Evidence) -> Tally:
    as_of = evidence.question.as_of
    return each(
        line(change.id, change.kind)
        for change in _changes(evidence)
        if change.effective_on is not None and change.effective_on <= as_of
    )


@counts(
    "supervision.changes.major",
    "change",
    "change",
    "提请决定的重大调整",
    "就当年项目提出、按规则属于重大而须提请决定的调整、暂缓和终止,不论结果(本系统补充)",
    "changes, deferrals and endings of the year's projects that are major by the rule and so need "
    "a decision, whatever it was (added by this system)",
)
def major_changes(evidence: Evidence) -> Tally:
    return each(line(change.id, change.kind) for change in _changes(evidence) if change.major)


def lit(evidence: Evidence) -> Iterator[tuple[Figure, tuple[Counted, ...]]]:
    """How many projects show each light, for every light that one shows."""
    lights = evidence.records.registers.lights
    shown = {id_: lights[id_] for id_ in sorted(lights) if id_ in evidence.projects}
    for code, name in sorted(set(shown.values())):
        ids = tuple(id_ for id_, light in shown.items() if light == (code, name))
        yield (
            Figure(
                key=f"lights.{code}",
                value=len(ids),
                unit="project",
                kind=COUNTED,
                title=f"{name}灯项目" if len(name) == 1 else name,
                definition_zh=f"统计日进度灯为“{name}”的当年项目数(本系统补充)",
                definition_en=f"projects of the year with the light {code} on the day (added by "
                "this system)",
                counted=len(ids),
                hash=fingerprint(ids),
            ),
            tuple(Counted("project", id_, id_) for id_ in ids),
        )
