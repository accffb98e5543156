"""The count (计票) of one round of voting, in whatever medium, and whether it adds up.

The rules stand in the electoral law, which ballot methods follow by analogy: papers returned may
not be more than papers issued (选举法 art. 44), and a paper with too many marks is void.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.commons.errors import Invalid

from .electronic import PREVENTED
from .rules import ELECTRONIC, HANDS, PAPER, Choice, Rules

#: An electronic and a paper count of the same round, added up.
JOINT = "electronic-and-paper"
MEDIA = (PAPER, HANDS, ELECTRONIC, JOINT)

#: Where it is, in Chinese, in English.
Mistake = tuple[str, str, str]


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

    def __add__(self, other: Marks) -> Marks:
        """What both got, of one candidate."""
        return Marks(
            self.candidate_id,
            self.approve + other.approve,
            self.oppose + other.oppose,
            self.abstain + other.abstain,
        )


@dataclass(frozen=True)
class Count:
    """Papers issued (发出), returned (收回), valid, invalid, and the marks for each candidate.

    By show of hands all of issued, returned and valid are the number of those who voted.  In an
    electronic vote issued are the credentials handed out, returned the ballots cast, invalid the
    blank ones.
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
        self.check_returned()
        _refuse(
            "count-does-not-add-up",
            ("计票结果不符:", "the count does not add up: "),
            [
                *self._mistakes_of_papers(rules, present),
                *self.mistakes_of_marks(candidate_ids),
                *self._mistakes_of_choice(rules, seats),
            ],
        )

    def check_returned(self) -> None:
        """Raise Invalid where more was returned than issued: the vote is void."""
        if self.returned > self.issued:
            raise Invalid(
                "vote-void",
                f"{self.returned} papers were returned and only {self.issued} issued: the vote is "
                "void and must be held again; nothing was recorded",
                f"收回 {self.returned} 张,多于发出的 {self.issued} 张:"
                "本次表决无效,应重新进行(未作记录)",
                errors=[{"pointer": "/returned", "detail": "收回多于发出 (more than issued)"}],
            )

    @property
    def media(self) -> tuple[str, ...]:
        """The media in which it was voted."""
        return (ELECTRONIC, PAPER) if self.medium == JOINT else (self.medium,)

    def mistakes_of_validity(self, rules: Rules) -> Iterator[Mistake]:
        """Whether valid and invalid are what was returned, and there may be invalid ones."""
        if self.valid + self.invalid != self.returned:
            yield "/valid", "有效加无效应等于收回", "valid and invalid do not make up the returned"
        online = rules.electronic
        if self.medium == ELECTRONIC and online and online.overvote == PREVENTED and self.invalid:
            yield (
                "/invalid",
                "按办法不可能投出无效票",
                "the method makes invalid ballots impossible",
            )

    def _mistakes_of_papers(self, rules: Rules, present: int) -> Iterator[Mistake]:
        if not set(self.media) <= set(rules.media):
            yield "/medium", "票决办法不采用此方式", "the method does not know this medium"
        if self.medium != JOINT and self.issued > present:
            yield (
                "/issued",
                f"发出多于实到 {present} 人",
                f"more were issued than the {present} deputies present",
            )
        # Whoever gives back a credential unused gets a paper, so of both together only this holds.
        if self.medium == JOINT and self.returned > present:
            yield _more_than_present(self.returned, present)
        yield from self.mistakes_of_validity(rules)
        if self.medium == HANDS and not self.issued == self.returned == self.valid:
            yield (
                "/medium",
                "举手表决时发出、收回、有效均为参加表决人数",
                "by hands, issued, returned and valid all are those who voted",
            )

    def mistakes_of_marks(self, candidate_ids: Sequence[str]) -> Iterator[Mistake]:
        """Whether each candidate is there once, with as many marks as there are valid papers."""
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

    def _mistakes_of_choice(self, rules: Rules, seats: int) -> Iterator[Mistake]:
        for index, marks in enumerate(self.candidates):
            if rules.choice.is_tick and marks.oppose:
                yield (
                    f"/candidates/{index}/oppose",
                    "勾选式表决没有反对票",
                    "nobody can oppose where papers are ticked",
                )
        approvals, most = sum(self.approvals.values()), self.valid * seats
        exact = rules.choice is Choice.TICK_EXACTLY
        if rules.choice.has_limit and (approvals > most or (exact and approvals < most)):
            each_zh, each_en = ("应", "exactly") if exact else ("至多", "at most")
            yield (
                "/candidates",
                f"{self.valid} 张有效票每张{each_zh}选 {seats} 项,与赞成票总数 {approvals} 不符",
                f"{self.valid} papers with {each_en} {seats} approvals cannot make {approvals}",
            )


def joined(electronic: Count, paper: Count, rules: Rules, present: int) -> Count:
    """The sum of an electronic and a paper count of one round.

    ``present``: deputies signed in.  Raises Invalid where the method votes in one of them only, a
    part does not add up, both hold other candidates, together they are more than those present,
    or one of them has so few ballots that the sum would show how single deputies voted.
    """
    for part in (electronic, paper):
        part.check_returned()
    _refuse(
        "counts-cannot-join",
        ("两部分计票结果不能合并:", "the two counts cannot be joined: "),
        list(_mistakes_of_joining(electronic, paper, rules, present)),
    )
    papers = {marks.candidate_id: marks for marks in paper.candidates}
    return Count(
        medium=JOINT,
        issued=electronic.issued + paper.issued,
        returned=electronic.returned + paper.returned,
        valid=electronic.valid + paper.valid,
        invalid=electronic.invalid + paper.invalid,
        candidates=tuple(marks + papers[marks.candidate_id] for marks in electronic.candidates),
    )


def _mistakes_of_joining(
    electronic: Count, paper: Count, rules: Rules, present: int
) -> Iterator[Mistake]:
    online = rules.electronic
    if (electronic.medium, paper.medium) != (ELECTRONIC, PAPER):
        yield "/medium", "应为电子与纸质计票各一", "one must be electronic, the other on paper"
    if online is None or PAPER not in rules.media:
        yield "/medium", "票决办法未同时采用电子与纸质", "the method does not vote in both media"
        return
    ids = [marks.candidate_id for marks in electronic.candidates]
    for at, part in (("/electronic", electronic), ("/paper", paper)):
        for where, zh, en in (*part.mistakes_of_validity(rules), *part.mistakes_of_marks(ids)):
            yield at + where, zh, en
    # An invalid paper hides nobody: what the sum would show are the valid ones.
    if paper.valid < online.least_papers:
        yield (
            "/paper/valid",
            f"有效纸质票 {paper.valid} 张,少于办法规定的 {online.least_papers} 张,合并将泄露投票",
            f"{paper.valid} valid papers, and the method joins from {online.least_papers} on: "
            "fewer would show how they voted",
        )
    if electronic.returned < online.least_ballots:
        yield (
            "/electronic/returned",
            f"电子票 {electronic.returned} 张,少于办法规定的 {online.least_ballots} 张",
            f"{electronic.returned} ballots were cast, fewer than {online.least_ballots}",
        )
    together = electronic.returned + paper.returned
    if together > present:
        yield _more_than_present(together, present)


def _more_than_present(returned: int, present: int) -> Mistake:
    return (
        "/returned",
        f"收回 {returned} 张,多于实到 {present} 人",
        f"{returned} were returned, more than the {present} deputies present",
    )


def _refuse(code: str, opening: tuple[str, str], mistakes: Sequence[Mistake]) -> None:
    if not mistakes:
        return
    raise Invalid(
        code,
        opening[1] + "; ".join(en for _, _, en in mistakes),
        opening[0] + ";".join(zh for _, zh, _ in mistakes),
        errors=[{"pointer": at, "detail": f"{zh} ({en})"} for at, zh, en in mistakes],
    )
