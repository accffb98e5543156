"""The count (计票) of one round of voting, on paper or by show of hands, and whether it adds up.

The rules stand in the electoral law, which ballot methods follow by analogy: papers returned may
not be more than papers issued (选举法 art. 44), and a paper with too many marks is void.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.commons.errors import Invalid

from .rules import Choice, Rules

PAPER, HANDS = "paper", "hands"


@dataclass(frozen=True)
class Marks:
    """What one candidate project got: 赞成, 反对, 弃权.

    Where papers are ticked, a tick approves, everything else abstains, and nobody opposes.
    """

    candidate_id: str
    approve: int
    oppose: int
    abstain: int

    @property
    def total(self) -> int:
        """All three together."""
        return self.approve + self.oppose + self.abstain


@dataclass(frozen=True)
class Count:
    """Papers issued (发出), returned (收回), valid, invalid, and the marks for each candidate.

    By show of hands all of issued, returned and valid are the number of those who voted.
    """

    medium: str
    issued: int
    returned: int
    valid: int
    invalid: int
    candidates: tuple[Marks, ...]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Count:
        """Read the written form."""
        plain = {name: data[name] for name in ("medium", "issued", "returned", "valid", "invalid")}
        return cls(**plain, candidates=tuple(Marks(**marks) for marks in data["candidates"]))

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return asdict(self) | {"candidates": [asdict(marks) for marks in self.candidates]}

    @property
    def approvals(self) -> dict[str, int]:
        """Approvals by candidate."""
        return {marks.candidate_id: marks.approve for marks in self.candidates}

    def check(
        self, rules: Rules, *, candidate_ids: Sequence[str], seats: int, present: int
    ) -> None:
        """Raise Invalid unless this can be the count of a vote on those candidates.

        ``present``: how many deputies had signed in.  More papers returned than issued makes the
        vote itself void, and it is said so; everything else is a mistake in the counting.
        """
        if self.returned > self.issued:
            raise Invalid(
                "vote-void",
                f"{self.returned} papers were returned and only {self.issued} issued: the vote is "
                "void and must be held again; nothing was recorded",
                f"收回 {self.returned} 张,多于发出的 {self.issued} 张:"
                "本次表决无效,应重新进行(未作记录)",
                errors=[{"pointer": "/returned", "detail": "收回多于发出 (more than issued)"}],
            )
        mistakes = [
            *self._mistakes_of_papers(rules, present),
            *self._mistakes_of_marks(candidate_ids),
            *self._mistakes_of_choice(rules, seats),
        ]
        if mistakes:
            raise Invalid(
                "count-does-not-add-up",
                "the count does not add up: " + "; ".join(en for _, _, en in mistakes),
                "计票结果不符:" + ";".join(zh for _, zh, _ in mistakes),
                errors=[{"pointer": at, "detail": f"{zh} ({en})"} for at, zh, en in mistakes],
            )

    def _mistakes_of_papers(self, rules: Rules, present: int) -> Iterator[tuple[str, str, str]]:
        if self.medium not in rules.media:
            yield "/medium", "票决办法不采用此方式", "the method does not know this medium"
        if self.issued > present:
            yield (
                "/issued",
                f"发出多于实到 {present} 人",
                f"more were issued than the {present} deputies present",
            )
        if self.valid + self.invalid != self.returned:
            yield "/valid", "有效加无效应等于收回", "valid and invalid do not make up the returned"
        if self.medium == HANDS and not self.issued == self.returned == self.valid:
            yield (
                "/medium",
                "举手表决时发出、收回、有效均为参加表决人数",
                "by hands, issued, returned and valid all are those who voted",
            )

    def _mistakes_of_marks(self, candidate_ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        counted = [marks.candidate_id for marks in self.candidates]
        if sorted(counted) != sorted(candidate_ids):
            yield (
                "/candidates",
                "应恰好包含本轮每个候选项目一次",
                "must hold each candidate of this round exactly once",
            )
        for index, marks in enumerate(self.candidates):
            if marks.total != self.valid:
                yield (
                    f"/candidates/{index}",
                    f"赞成、反对、弃权之和应为 {self.valid}",
                    f"approve, oppose and abstain do not make up {self.valid}",
                )

    def _mistakes_of_choice(self, rules: Rules, seats: int) -> Iterator[tuple[str, str, str]]:
        if not rules.choice.is_tick:
            return
        for index, marks in enumerate(self.candidates):
            if marks.oppose:
                yield (
                    f"/candidates/{index}/oppose",
                    "勾选式表决没有反对票",
                    "nobody can oppose where papers are ticked",
                )
        ticks, most = sum(self.approvals.values()), self.valid * seats
        exact = rules.choice is Choice.TICK_EXACTLY
        if ticks > most or (exact and ticks < most):
            each_zh, each_en = ("应", "exactly") if exact else ("至多", "at most")
            yield (
                "/candidates",
                f"{self.valid} 张有效票每张{each_zh}选 {seats} 项,与赞成票总数 {ticks} 不符",
                f"{self.valid} papers with {each_en} {seats} ticks cannot make {ticks} approvals",
            )
