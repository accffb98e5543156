"""What must hold before a round of voting may be opened."""

from __future__ import annotations

import datetime as dt

from services.commons.errors import Conflict

from .electronic import Electronic
from .method import CONGRESS, BallotMethod
from .rules import Rules
from .shortlist import HeardShortlist


def check_method(method: BallotMethod, day: dt.date) -> None:
    """Raise Conflict unless the method is in force on that day, and one for a congress."""
    if not method.in_force_on(day):
        raise Conflict(
            "method-not-adopted",
            "the ballot method must have been adopted by the day of the vote",
            "票决办法应在表决之前通过",
            [
                {"pointer": "/method_id", "detail": f"{one['zh']} ({one['en']})"}
                for one in method.missing
            ],
        )
    if method.rules.body != CONGRESS:
        raise Conflict(
            "method-of-another-body",
            "the method is one for another body than a congress in session",
            "该办法不适用于人民代表大会会议票决",
        )


def check_shortlist(shortlist: HeardShortlist, rules: Rules, day: dt.date) -> None:
    """Raise Conflict unless the shortlist is adopted, genuine, and has the candidates it needs."""
    if shortlist.adopted_on > day:
        raise Conflict(
            "shortlist-not-adopted",
            f"the shortlist was adopted on {shortlist.adopted_on} only",
            f"候选项目名单于 {shortlist.adopted_on} 方才通过",
        )
    if not shortlist.is_genuine:
        raise Conflict(
            "shortlist-digest-mismatch",
            "the candidates that arrived here do not have the digest of the adopted shortlist",
            "收到的候选项目与通过的清单校验值不符",
            [{"pointer": "/shortlist_id", "detail": f"should hash to {shortlist.digest}"}],
        )
    number = len(shortlist.candidates)
    least = rules.min_margin.least_candidates(rules.seats)
    if number < least:
        raise Conflict(
            "margin-too-small",
            f"{number} candidates for {rules.seats} seats; the method asks for {least}",
            f"候选项目 {number} 项,应选 {rules.seats} 项,按票决办法至少应有 {least} 项候选",
            [
                {
                    "pointer": "/shortlist_id",
                    "detail": f"candidates {number}, seats {rules.seats}, required {least}",
                }
            ],
        )


def check_quorum(rules: Rules, *, roll: int, present: int) -> None:
    """Raise Conflict without a quorum (法定人数): 地方组织法 art. 14 says two thirds of all."""
    if roll and rules.quorum.met_by(present, roll):
        return
    least = rules.quorum.least(roll)
    raise Conflict(
        "no-quorum",
        f"{present} of {roll} deputies have signed in on that day; {least} are needed",
        f"该日实到代表 {present} 人,应到 {roll} 人,不足法定人数 {least} 人",
    )


def check_electronic(rules: Rules) -> Electronic:
    """What the method fixes of an electronic vote; Conflict if it knows none."""
    if rules.electronic is None:
        raise Conflict(
            "medium-not-adopted",
            "the method does not vote electronically",
            "票决办法不采用电子表决",
        )
    return rules.electronic
