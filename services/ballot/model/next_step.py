"""What a ballot still lacks before its next step, told to whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ballot import Ballot

#: By the ballot's state: the step, in Chinese and English.
_LACKS: dict[str, tuple[str, str, str]] = {
    "drafted": (
        "credentials",
        "凭证办登记本次票决及各预备场次的公开凭证",
        "the credentials office registers the lists of the election and its spares",
    ),
    "registered": (
        "keys",
        "监票人完成密钥生成",
        "the scrutineers finish the key ceremony",
    ),
    "keys-made": (
        "opening",
        "总监票人开始投票(须达到法定人数)",
        "the chief scrutineer opens the voting, with a quorum",
    ),
    "counted": (
        "confirmation",
        "另一名监票人确认计票结果",
        "a second scrutineer confirms the count",
    ),
    "tied": ("run-off", "就票数相等的项目再次投票", "a run-off among the tied"),
    "short": ("re-vote", "就不足的名额另行表决", "a re-vote for the open seats"),
    "decided": (
        "certification",
        "总监票人确认结果",
        "the chief scrutineer certifies the result",
    ),
    "certified": (
        "announcement",
        "大会执行主席宣布结果",
        "the executive chairperson announces the result",
    ),
    "closed": (
        "tally",
        "监票人会签、解密,总监票人计算结果(见该电子票决)",
        "scrutineers co-sign and decrypt, the chief has the result computed: see the election",
    ),
}
_OPEN = {
    True: ("closing", "总监票人宣布投票截止", "the chief scrutineer ends the voting"),
    False: ("count", "录入计票结果", "a count is entered"),
}


def missing(ballot: Ballot) -> list[dict[str, str]]:
    """The next step, and nothing once the result is announced or the vote is void."""
    lacks = _LACKS.get(ballot.state)
    if ballot.state == "open":
        lacks = _OPEN[ballot.round.medium == "electronic"]
    return [step(*lacks)] if lacks else []


def step(name: str, zh: str, en: str) -> dict[str, str]:
    """A step that is missing, as it is told."""
    return {"step": name, "zh": zh, "en": en}
