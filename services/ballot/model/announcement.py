"""The announcement (公告) of a certified result: its facts, and its text in Chinese.

The form is that of congresses' announcements: title, number, what was passed when, 现予公告, signed
by the presidium (主席团), which announces the projects (Shaanxi's regulation of 2025).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from services.commons.documents import Document, Table, chinese_day
from services.commons.errors import NotFound

from .count import JOINT
from .outcome import Kind
from .result import published
from .rules import ELECTRONIC, HANDS, PAPER

if TYPE_CHECKING:
    from .ballot import Ballot
    from .round import Round

_KINDS = {
    Kind.FIRST: "首次表决",
    Kind.RUN_OFF: "再次投票",
    Kind.RE_VOTE: "另行表决",
}
_PAPERS = "收回{returned}张,其中有效票{valid}张,无效票{invalid}张。"
_COUNTED = {
    PAPER: "发出表决票{issued}张," + _PAPERS,
    HANDS: "举手表决,参加表决{valid}人(发出、收回、有效均计为{valid},无效{invalid})。",
    ELECTRONIC: "电子表决,发出表决凭证{issued}份," + _PAPERS,
    JOINT: "电子表决与纸质表决合并计票,发出表决凭证和表决票共{issued}份," + _PAPERS,
}
_MARKS = ("approve", "oppose", "abstain")
_HEAD = ("赞成", "反对", "弃权")


def announcement(ballot: Ballot) -> dict[str, Any]:
    """The announcement with its text as a document; NotFound before it is made."""
    day, signed_by = ballot.announced_on, ballot.announcement_signed_by
    if day is None or signed_by is None:
        raise NotFound(
            "result-not-announced", "the result is not announced yet", "票决结果尚未公告"
        )
    document = Document(
        title=f"{ballot.session.name}公告",
        subtitle=f"(第{ballot.announcement_number}号)",
        blocks=(*_passed(ballot), *_held(ballot), *_votes(ballot)),
        signed_by=signed_by,
        signed_on=day,
    )
    return published(ballot) | {
        "session_name": ballot.session.name,
        "method": ballot.method.reference() | {"digest": ballot.method.digest},
        "number": ballot.announcement_number,
        "signed_by": signed_by,
        "announced_on": day.isoformat(),
        "document": document.to_data(),
        "version": ballot.version,
    }


def _rounds(ballot: Ballot) -> list[Round]:
    """Those that count."""
    return [one for one in ballot.rounds if one.is_confirmed]


def _passed(ballot: Ballot) -> Iterator[str]:
    names = [verdict["name"] for verdict in ballot.verdicts if verdict["chosen"]]
    held = f"{ballot.session.name}于{chinese_day(_rounds(ballot)[-1].opened_on)}"
    if not names:
        yield f"{held}对{ballot.year}年民生实事候选项目进行表决,没有项目获得通过。现予公告。"
        return
    yield f"{held}表决通过下列{len(names)}项{ballot.year}年民生实事项目,现予公告:"
    yield "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))


def _held(ballot: Ballot) -> Iterator[str]:
    seats, rounds = ballot.method.rules.seats, _rounds(ballot)
    yield (
        f"应到代表{ballot.roll}人,实到代表{rounds[0].present}人,符合法定人数。"
        f"候选项目{len(ballot.candidates)}项,应选{seats}项,确定{seats - ballot.open_seats}项。"
    )
    for one in rounds:
        title = f"{_titled(one)}({chinese_day(one.opened_on)},实到{one.present}人)"
        count = one.voted.count
        yield f"{title}:" + _COUNTED[count.medium].format(**count.to_data())
    if ballot.vacancy:
        yield ballot.vacancy["zh"] + "。"
    yield (
        f"本次表决依照《{ballot.method.title}》进行,其正文和参数的校验值(SHA-256)为"
        f"{ballot.method.digest}。"
    )


def _votes(ballot: Ballot) -> Iterator[Table]:
    rows = [
        (
            str(number),
            verdict["name"],
            *(str(verdict[name]) for name in _MARKS),
            str(verdict["round"]),
            "入选" if verdict["chosen"] else "未入选",
            verdict["reason_zh"],
        )
        for number, verdict in enumerate(ballot.verdicts, 1)
    ]
    head = ("序号", "候选项目", *_HEAD, "轮次", "结果", "理由")
    yield Table("各候选项目得票和结果(得票数为决定其结果的一轮)", head, tuple(rows))
    rounds = _rounds(ballot)
    if len(rounds) > 1:
        yield from (_round(ballot, one) for one in rounds)


def _round(ballot: Ballot, one: Round) -> Table:
    names = {candidate["id"]: candidate["name"] for candidate in ballot.candidates}
    rows = tuple(
        (names[marks.candidate_id], str(marks.approve), str(marks.oppose), str(marks.abstain))
        for marks in one.voted.count.candidates
    )
    return Table(f"{_titled(one)}得票(名额{one.seats}项)", ("候选项目", *_HEAD), rows)


def _titled(one: Round) -> str:
    return f"第{one.number}轮{_KINDS[Kind(one.kind)]}"
