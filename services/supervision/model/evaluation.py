"""The evaluation of projects and the appraisal of units, computed by a rule and kept as it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from .exact import exact, rounded
from .measure import MEASURES, Taken
from .observed import UNIT, Observed
from .report.figure import fingerprint
from .rule import Rule

EVALUATION, APPRAISAL = "evaluation", "appraisal"
#: What a term without a measured value does: it is left out, or counts as the worst.
LEAVE_OUT, WORST = MISSING = ("leave-out", "worst")


@dataclass(frozen=True)
class Result:
    """What a rule gave: its terms with their numbers, the score (None: nothing measured), a grade.

    ``exact``: as a fraction, ``100/3``.  ``counted``: the lines of each term's records by its code.
    """

    terms: tuple[dict[str, Any], ...]
    counted: Mapping[str, tuple[str, ...]]
    exact: str | None
    score: str | None
    grade: str | None

    @property
    def hash(self) -> str:
        """SHA-256 over the terms' codes and hashes, one a line; see :func:`fingerprint`."""
        return fingerprint(f"{one['code']} {one['hash']}" for one in self.terms)


def compute(content: Mapping[str, Any], seen: Observed) -> Result:
    """The result by the content of a rule.

    Each term gives the share of the way from its worst to its best value, at least 0 and at most
    1; the score is their weighted mean times the scale.  All of it exact; only ``score`` is
    rounded, once, half up.  The grade is that of the exact score.
    """
    taken = {one["code"]: MEASURES[one["measure"]].take(seen) for one in content["terms"]}
    terms = tuple(_term(one, taken[one["code"]], content) for one in content["terms"])
    weighed = [(one["weight"], Fraction(one["points"])) for one in terms if one["points"]]
    weights = sum(weight for weight, _ in weighed)
    counted = {code: one.lines for code, one in taken.items()}
    if not weights:
        return Result(terms, counted, None, None, None)
    mean = sum((weight * points for weight, points in weighed), Fraction(0)) / weights
    score = mean * content["scale"]
    grade = _grade(content["grades"], score)
    return Result(terms, counted, str(score), rounded(score, content["decimals"]), grade)


def _term(term: Mapping[str, Any], taken: Taken, content: Mapping[str, Any]) -> dict[str, Any]:
    measure = MEASURES[term["measure"]]
    points = None
    if taken.value is not None:
        points = _points(taken.value, exact(term["best"]), exact(term["worst"]))
    elif content["missing"] == WORST:
        points = Fraction(0)
    return {
        **{name: term[name] for name in ("code", "name", "measure", "weight", "best", "worst")},
        "zh": measure.zh,
        "en": measure.en,
        "value": None if taken.value is None else str(taken.value),
        "points": None if points is None else str(points),
        "counted": len(taken.lines),
        "hash": fingerprint(taken.lines),
    }


def _points(value: Fraction, best: Fraction, worst: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(1), (value - worst) / (best - worst)))


def _grade(grades: Iterable[Mapping[str, Any]], score: Fraction) -> str | None:
    """The code of the first grade, from the best down, that the score reaches."""
    return next((one["code"] for one in grades if score >= exact(one["at_least"])), None)


@dataclass(eq=False, kw_only=True)
class Evaluation(Aggregate):
    """The evaluation of a project (实施情况评估) or the appraisal of a unit (动态考核).

    It never changes; a later one may supersede it (``supersedes``, with ``reason``).
    ``as_of``: the day up to which records counted.  ``made_by``: which office or body made it.
    ``terms``, ``counted``, ``exact``, ``score``, ``grade``: see :class:`Result`.
    """

    id: str
    subject: str
    project_id: str | None
    unit_id: str | None
    year: int
    as_of: dt.date
    made_by: str
    text: str
    terms: list[dict[str, Any]]
    counted: dict[str, list[str]]
    exact: str | None
    score: str | None
    grade: str | None
    hash: str
    rule_id: str | None
    rule_digest: str
    supersedes: str | None
    reason: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0
    #: Read from the database: the later one that supersedes this.
    superseded_by: str | None = None

    @classmethod
    def make(
        cls,
        rule: Rule,
        seen: Observed,
        before: Evaluation | None,
        *,
        subject: str,
        year: int,
        made_by: str,
        text: str,
        reason: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        project_id: str | None = None,
        unit_id: str | None = None,
    ) -> Evaluation:
        """Compute and keep; ``before``: the one that it supersedes, for which ``reason`` is given.

        Raises Invalid for a day of evaluation before ``seen.on``, or an earlier one of another
        subject; Conflict if that is superseded already.
        """
        not_before(happened_on, seen.on)
        _check_superseded(before, reason, (subject, project_id, unit_id, year))
        result = compute(rule.content, seen)
        made = cls(
            id=new_id(),
            subject=subject,
            project_id=project_id,
            unit_id=unit_id,
            year=year,
            as_of=seen.on,
            made_by=made_by,
            text=text,
            terms=list(result.terms),
            counted={code: list(lines) for code, lines in result.counted.items()},
            exact=result.exact,
            score=result.score,
            grade=result.grade,
            hash=result.hash,
            rule_id=rule.id or None,
            rule_digest=rule.digest,
            supersedes=before.id if before else None,
            reason=reason,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        made.record("evaluation.made.v1")
        return made

    @property
    def about(self) -> tuple[str, str | None, str | None, int]:
        """What it is about: the kind of subject, its id, the year."""
        return self.subject, self.project_id, self.unit_id, self.year

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of evidence of each term, with the hash that they give."""
        return [
            {"code": one["code"], "hash": one["hash"], "lines": self.counted[one["code"]]}
            for one in self.terms
        ]

    def public_state(self) -> dict[str, Any]:
        """Score and grade, and under which rule."""
        return {
            "id": self.id,
            "subject": self.subject,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "score": self.score,
            "grade": self.grade,
            "rule_id": self.rule_id,
            "rule_digest": self.rule_digest,
            "supersedes": self.supersedes,
            "happened_on": self.happened_on.isoformat(),
        }


def kind_of_rule(subject: str) -> str:
    """The rule by which a project is evaluated or a unit appraised."""
    return APPRAISAL if subject == UNIT else EVALUATION


def _check_superseded(
    before: Evaluation | None, reason: str | None, about: tuple[str, str | None, str | None, int]
) -> None:
    if (before is None) != (reason is None):
        missing = "/reason" if reason is None else "/supersedes"
        raise Invalid(
            "superseding-incomplete",
            "a result that takes another's place names it, and the reason",
            "替代先前结果的,须写明所替代的结果和理由",
            [{"pointer": missing, "detail": "is missing"}],
        )
    if before is None:
        return
    if before.about != about:
        raise Invalid(
            "other-subject",
            "the superseded result is about another project, unit or year",
            "所替代的结果属于其他项目、单位或年度",
            [{"pointer": "/supersedes", "detail": "is about something else"}],
        )
    if before.superseded_by is not None:
        raise Conflict(
            "superseded-already",
            "this result has been superseded already; name the later one",
            "该结果已被替代,请写明最新的结果",
            [{"pointer": "/supersedes", "detail": "has been superseded already"}],
        )
