"""What is known of the forms of an audience on paper, beside what its tallies count.

How many were handed out and came back by the tellers' own counting, what the forms were found to
be, how many marks were invalid, and how well two people read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .paper import CONDITIONS, MARKED, SET_ASIDE

#: What a returned form can be.
OUTCOMES = (*CONDITIONS, SET_ASIDE)


@dataclass(eq=False, kw_only=True)
class OfflineCount:
    """The count of forms (票数) of one audience; one record, changed under its lock.

    ``issued``, ``handed_in``: counted by hand (发出、收回).  ``outcomes``: code of
    :data:`OUTCOMES` → forms.  ``void_lines``: key → marks that were invalid.  ``pairs``: forms
    that two people entered; ``pairs_different``: that differed; ``lines``, ``lines_different``:
    the same of lines, the form's condition being one.
    """

    audience_id: str
    issued: int | None = None
    handed_in: int | None = None
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    void_lines: dict[str, int] = field(default_factory=dict)
    pairs: int = 0
    pairs_different: int = 0
    lines: int = 0
    lines_different: int = 0

    @property
    def returned(self) -> int:
        """How many forms came back, by the entries."""
        return sum(self.outcomes.values())

    @property
    def valid(self) -> int:
        """How many of them are valid: those that are marked."""
        return self.outcomes[MARKED]

    def counted(self, *, strata: bool) -> int:
        """How many forms the tallies must have: with strata the valid ones only."""
        return self.valid if strata else self.returned

    @property
    def error_rate(self) -> Fraction | None:
        """Which part of the lines two people read differently (差错率); None without any."""
        return Fraction(self.lines_different, self.lines) if self.lines else None

    def decided(self, outcomes: Mapping[str, int], void_lines: Mapping[str, int]) -> None:
        """Count forms that are decided, by their outcomes, and their void lines."""
        self.outcomes = _added(self.outcomes, outcomes)
        self.void_lines = _added(self.void_lines, void_lines)

    def paired(self, lines: int, different: int) -> None:
        """Count one pair of entries."""
        self.pairs += 1
        self.pairs_different += bool(different)
        self.lines += lines
        self.lines_different += different

    def problems(self, undecided: int = 0) -> list[dict[str, str]]:
        """What does not agree, ``{code, zh, en}`` each.  ``undecided``: forms not matched yet."""
        known = self.returned + undecided
        return [
            {"code": code, "zh": zh, "en": en}
            for code, wrong, zh, en in self._checks(known)
            if wrong
        ]

    def _checks(self, known: int) -> Iterable[tuple[str, bool, str, str]]:
        issued, handed_in = self.issued, self.handed_in
        yield (
            "issued-unknown",
            issued is None,
            "尚未登记发出票数",
            "how many forms were issued is not recorded",
        )
        yield (
            "returned-exceeds-issued",
            issued is not None and max(known, handed_in or 0) > issued,
            f"收回 {max(known, handed_in or 0)} 张,多于发出的 {issued} 张",
            f"{max(known, handed_in or 0)} forms returned, more than the {issued} issued",
        )
        yield (
            "entered-differs-from-handed-in",
            handed_in is not None and known != handed_in,
            f"录入 {known} 张,清点收回 {handed_in} 张,两者不符",
            f"{known} forms entered, {handed_in} counted by hand",
        )


def _added(known: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    names = dict.fromkeys([*known, *more])
    return {name: known.get(name, 0) + more.get(name, 0) for name in names}
