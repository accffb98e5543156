"""The charts of the annual report, each drawn from its figures or from the records behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from services.commons.charts import BARS, LINES, Chart, Series

from .assessment import first_of, fraction
from .evidence import Evidence
from .figure import Figure
from .narrative import Narrative
from .wording import one_line

#: Of which figures the last chart shows both years.
_COMPARED = (
    "supervision.week.attendances",
    "supervision.week.problems",
    "supervision.week.opinions",
    "supervision.online.city_deputies",
    "supervision.online.opinions",
    "supervision.online.opinions_handled_and_replied",
)
_MONTHS = tuple(f"{month}月" for month in range(1, 13))


def draw(evidence: Evidence, figures: Sequence[Figure], narrative: Narrative) -> list[Chart]:
    """The charts that there is something to show in."""
    made = (chart(evidence, figures, narrative) for chart in _CHARTS)
    return [chart for chart in made if chart is not None and chart.categories]


def _ballot(evidence: Evidence, figures: Sequence[Figure], narrative: Narrative) -> Chart | None:
    """The approvals of each candidate in its last round."""
    last = {one["candidate_id"]: one for result in evidence.results for one in result.candidates}
    shown = sorted(last.values(), key=lambda one: -(one["approve"] or 0))
    return Chart(
        "ballot",
        BARS,
        "候选项目赞成票",
        "票",
        tuple(one_line(one["name"]) for one in shown),
        (Series("赞成", tuple(one["approve"] for one in shown)),),
    )


def _completion(
    evidence: Evidence, figures: Sequence[Figure], narrative: Narrative
) -> Chart | None:
    """How many sub-items each project has, and how many of them are complete."""
    projects = sorted(evidence.projects.values(), key=lambda project: (project.name, project.id))
    every = Counter(item.project_id for item in evidence.sub_items.values())
    done = Counter(evidence.sub_items[id_].project_id for id_ in evidence.completions)
    return Chart(
        "completion",
        BARS,
        "各项目子项完成情况",
        "个",
        tuple(one_line(project.name) for project in projects),
        (
            Series("子项", tuple(every[project.id] for project in projects)),
            Series("已完成", tuple(done[project.id] for project in projects)),
        ),
    )


def _aspects(evidence: Evidence, figures: Sequence[Figure], narrative: Narrative) -> Chart | None:
    """The accepted suggestions of deputies by aspect."""
    found = Counter(suggestion.aspect for suggestion in evidence.suggestions)
    order = sorted(found, key=lambda aspect: (-found[aspect], aspect))
    values = tuple(found[aspect] for aspect in order)
    return Chart("aspects", BARS, "代表建议按方面", "条", tuple(order), (Series("建议", values),))


def _months(evidence: Evidence, figures: Sequence[Figure], narrative: Narrative) -> Chart | None:
    """Opinions raised online, month by month, and the checks beside them."""
    acts = evidence.online_acts
    if not acts:
        return None
    raised = Counter(one.happened_on.month for one in evidence.online_opinions)
    every = Counter(act.happened_on.month for act in acts)
    return Chart(
        "months",
        LINES,
        "线上监督逐月情况",
        "次、条",
        _MONTHS,
        (
            Series("查看进展", tuple(every[m] - raised[m] for m in range(1, 13))),
            Series("意见建议", tuple(raised[m] for m in range(1, 13))),
        ),
    )


def _satisfaction(
    evidence: Evidence, figures: Sequence[Figure], narrative: Narrative
) -> Chart | None:
    """What share was satisfied, satisfied or basically satisfied with each item, and the whole."""
    score = first_of(evidence, narrative)
    items = score.items if score else ()
    weighed = tuple(_percent(item.get("composite")) for item in items)
    composite = (Series("综合", weighed),) if any(weighed) else ()
    return Chart(
        "satisfaction",
        BARS,
        "满意度测评",
        "%",
        tuple(one_line(item["name"]) for item in items),
        (
            Series("满意率", tuple(_percent(item["top1"]) for item in items)),
            Series("满意和基本满意率", tuple(_percent(item["top2"]) for item in items)),
            *composite,
        ),
    )


def _percent(text: str | None) -> float | None:
    told = fraction(text)
    return None if told is None else round(float(100 * Fraction(*told)), 1)


def _years(evidence: Evidence, figures: Sequence[Figure], narrative: Narrative) -> Chart | None:
    """Some figures of this year beside those of the year before."""
    shown = list(_with_years(figures))
    year = evidence.question.year
    return Chart(
        "years",
        BARS,
        "监督情况与上年比较",
        "各按其单位",
        tuple(figure.title for figure, _ in shown),
        (
            Series(f"{year}年", tuple(figure.value for figure, _ in shown)),
            Series(f"{year - 1}年", tuple(before.value for _, before in shown)),
        ),
    )


def _with_years(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for figure in figures:
        if figure.previous is not None and figure.key in _COMPARED:
            yield figure, figure.previous


_CHARTS: tuple[Callable[[Evidence, Sequence[Figure], Narrative], Chart | None], ...] = (
    _ballot,
    _completion,
    _aspects,
    _months,
    _satisfaction,
    _years,
)
