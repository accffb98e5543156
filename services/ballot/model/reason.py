"""The reason for each candidate's result in words, as it is announced (公告), with its numbers."""

from __future__ import annotations

from .count import Marks
from .outcome import Reason, Voted, least_approvals
from .rules import Base, Rules

Text = tuple[str, str]

_BASES: dict[Base, Text] = {
    Base.ALL: ("全体代表", "all deputies"),
    Base.PRESENT: ("出席代表", "the deputies present"),
    Base.VALID: ("有效票", "the valid papers"),
}

#: Chinese and English; ``bar`` is the threshold in words, ``n`` the approvals.
_WORDS: dict[Reason, Text] = {
    Reason.PASSED: ("赞成 {n} 票,{bar},入选", "{n} approvals, {bar}: chosen"),
    Reason.MOST_APPROVALS: (
        "赞成 {n} 票,{bar};达到要求的多于名额,得票较多,入选",
        "{n} approvals, {bar}; more passed than there are seats, this is among the most: chosen",
    ),
    Reason.FEWER_APPROVALS: (
        "赞成 {n} 票,{bar};但达到要求的多于名额,得票较少,未入选",
        "{n} approvals, {bar}; but more passed than there are seats, others got more: not chosen",
    ),
    Reason.BELOW_THRESHOLD: ("赞成 {n} 票,未{bar},未入选", "{n} approvals, not {bar}: not chosen"),
    Reason.NO_APPROVAL: ("无赞成票,未入选", "no approval: not chosen"),
    Reason.TIED: (
        "赞成 {n} 票,与其他项目票数相等,无法确定,须再次投票",
        "{n} approvals, level with others at the last seat: to be voted on again",
    ),
    Reason.WON_RUN_OFF: (
        "再次投票中赞成 {n} 票,得票较多,入选",
        "{n} approvals in the run-off: chosen",
    ),
    Reason.LOST_RUN_OFF: (
        "再次投票中赞成 {n} 票,得票较少,未入选",
        "{n} approvals in the run-off, fewer than others: not chosen",
    ),
}

#: By what the method says of a shortfall; where it says re-vote, that has been held.
_SHORTFALL: dict[str, Text] = {
    "leave-vacant": (
        "应选项目尚缺 {n} 项,按票决办法予以空缺",
        "seats left open, and vacant as the method says: {n}",
    ),
    "next-session": (
        "应选项目尚缺 {n} 项,按票决办法留待下次会议另行表决",
        "seats left open, and left to the next session as the method says: {n}",
    ),
    "re-vote": (
        "应选项目经另行表决仍缺 {n} 项,予以空缺",
        "seats left open after the re-vote, and vacant: {n}",
    ),
}


def in_words(reason: Reason, marks: Marks, rules: Rules, roll: int, voted: Voted) -> Text:
    """The reason in Chinese and in English."""
    bar_zh, bar_en = _bar(rules, roll, voted)
    zh, en = _WORDS[reason]
    return zh.format(n=marks.approve, bar=bar_zh), en.format(n=marks.approve, bar=bar_en)


def vacancy_in_words(rules: Rules, open_seats: int) -> Text | None:
    """What becomes of seats that the vote left open; None if there are none."""
    if not open_seats:
        return None
    zh, en = _SHORTFALL[rules.shortfall]
    return zh.format(n=open_seats), en.format(n=open_seats)


def _bar(rules: Rules, roll: int, voted: Voted) -> Text:
    bar = rules.threshold
    if bar is None:
        return "有赞成票", "approved"
    sizes = {"roll": roll, "present": voted.present, "valid": voted.count.valid}
    whole, least = bar.whole(**sizes), least_approvals(rules, **sizes)
    base_zh, base_en = _BASES[bar.base]
    share = bar.threshold.share
    more_zh, more_en = ("达到", "at least") if bar.threshold.inclusive else ("超过", "more than")
    return (
        f"{more_zh}{base_zh} {whole} 的 {share}(至少 {least} 票)",
        f"{more_en} {share} of {base_en} ({whole}; at least {least})",
    )
