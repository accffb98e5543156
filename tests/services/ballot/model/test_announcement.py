"""The announcement: what it says of each kind of vote, and that it says nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.model.announcement import announcement
from services.ballot.model.ballot import Ballot, State
from services.ballot.model.count import Count
from services.ballot.model.officer import Office
from services.ballot.model.outcome import Kind
from services.commons.documents import Document
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound
from tests.services.ballot.samples import chosen, count, day, online, opened, vote

THIRTEEN = [480, 475, 470, 465, 460, 455, 450, 445, 440, 435, 300, 255, 100]


def announced(ballot: Ballot) -> tuple[dict[str, Any], str]:
    """Certify and announce it; the announcement, and its text."""
    on = ballot.round.opened_on
    ballot.certify(by="chief", on=on)
    ballot.announce(number=2, signed_by="大会主席团(合成)", by="chair", on=on)
    found = announcement(ballot)
    return found, Document.from_data(found["document"]).to_text()


def test_thirteen_for_ten_as_it_is_announced() -> None:
    """Title, number, what was passed when, every candidate with counts and reason, the bases."""
    ballot = opened()
    vote(ballot, THIRTEEN, issued=491, returned=490, valid=489, invalid=1)
    found, text = announced(ballot)
    lines = text.splitlines()
    assert lines[:2] == ["某市第十四届人民代表大会第三次会议(合成)公告", "(第2号)"]
    assert "于2023年2月22日表决通过下列10项2023年民生实事项目,现予公告:" in text
    assert lines[-2:] == ["大会主席团(合成)", "2023年2月22日"]
    assert "应到代表511人,实到代表491人,符合法定人数。" in text
    assert "发出表决票491张,收回490张,其中有效票489张,无效票1张" in text
    assert "候选项目13项,应选10项,确定10项" in text
    for number, verdict in enumerate(ballot.verdicts, 1):
        (row,) = [line for line in lines if line.startswith(f"{number} ")]
        cells = row.split()
        assert cells[1:5] == [
            verdict["name"],
            *(str(verdict[name]) for name in ("approve", "oppose", "abstain")),
        ]
        assert cells[6] == ("入选" if number in chosen(ballot) else "未入选")
        assert row.endswith(verdict["reason_zh"])
    assert found["candidates"] == ballot.verdicts
    assert ballot.method.digest in text


def test_no_project_passed() -> None:
    """It says so, and what becomes of the seats."""
    ballot = opened(2, seats=2, shortfall="next-session")
    vote(ballot, [200, 100])
    found, text = announced(ballot)
    assert "没有项目获得通过。现予公告。" in text
    assert "应选项目尚缺 2 项,按票决办法留待下次会议另行表决。" in text
    assert found["vacant_seats"] == 2


def test_every_round_stands_in_it() -> None:
    """A re-vote and a run-off with their own numbers and counts."""
    ballot = opened(4, seats=3, shortfall="re-vote")
    vote(ballot, [400, 200, 100, 50])
    ballot.open_next(Kind.RE_VOTE, present=450, on=day("02-22"))
    vote(ballot, [300, 300, 300], voting=450)
    ballot.open_next(Kind.RUN_OFF, present=440, on=day("02-22"))
    vote(ballot, [220, 219, 100], voting=440, medium="hands")
    found, text = announced(ballot)
    assert "第1轮首次表决(2023年2月22日,实到491人):发出表决票491张" in text
    assert "第2轮另行表决(2023年2月22日,实到450人):发出表决票450张" in text
    assert "第3轮再次投票(2023年2月22日,实到440人):举手表决,参加表决440人" in text
    tables = [block["table"] for block in found["document"]["blocks"] if block["table"]]
    assert [len(table["rows"]) for table in tables] == [4, 4, 3, 3]
    assert tables[3]["rows"][0][1:] == ["220", "220", "0"]
    assert found["vacancy"] is None


@pytest.mark.parametrize(
    ("medium", "words"),
    [
        ("electronic", "电子表决,发出表决凭证491份,收回491张"),
        ("electronic-and-paper", "电子表决与纸质表决合并计票"),
    ],
)
def test_electronic_counts_are_announced_as_such(medium: str, words: str) -> None:
    """Credentials are no papers, and the sum of both says that it is one."""
    ballot = opened(2, seats=1, **online())
    vote(ballot, [400, 80], medium=medium)
    assert words in announced(ballot)[1]


def test_a_joint_count_may_have_more_issued_than_present() -> None:
    """A credential that came back unused and the paper for it are one deputy, who votes once."""
    ballot = opened(2, seats=1, present=491, **online())
    ids = ballot.round.candidate_ids
    both = count(ids, [400, 80], medium="electronic-and-paper", issued=495)
    ballot.enter_count(both, by="tally", on=day("02-22"), present=491)
    more = Count.from_data(count(ids, [400, 80], voting=492, medium=both.medium).to_data())
    with pytest.raises(Invalid) as caught:
        ballot.enter_count(more, by="tally", on=day("02-22"), present=491)
    assert [error["pointer"] for error in caught.value.errors] == ["/returned"]


def test_nothing_is_announced_before_the_certification() -> None:
    """Nor twice, nor before the day of the certification."""
    ballot = opened(2, seats=1)
    vote(ballot, [400, 80])
    how: dict[str, Any] = {"number": 2, "signed_by": "大会主席团(合成)", "by": "chair"}
    with pytest.raises(Conflict, match="ballot-state"):
        ballot.announce(**how, on=day("02-22"))
    ballot.certify(by="chief", on=day("02-22"))
    with pytest.raises(NotFound, match="result-not-announced"):
        announcement(ballot)
    with pytest.raises(Invalid, match="day-before"):
        ballot.announce(**how, on=day("02-21"))
    ballot.announce(**how, on=day("02-23"))
    assert ballot.state == State.ANNOUNCED
    with pytest.raises(Conflict, match="ballot-state"):
        ballot.announce(**how, on=day("02-23"))


def test_a_deputy_chief_certifies_in_the_chiefs_absence_only() -> None:
    """And the ballot says as what."""
    ballot = opened(2, seats=1)
    vote(ballot, [400, 80])
    with pytest.raises(Forbidden, match="chief-not-absent"):
        ballot.certify(by="d", on=day("02-22"), office=Office.DEPUTY_CHIEF)
    ballot.certify(by="d", on=day("02-22"), office=Office.DEPUTY_CHIEF, chief_absent=True)
    assert ballot.certified_as == "deputy-chief-scrutineer"


def test_a_vote_is_declared_void_before_its_certification() -> None:
    """From every state until then, and from none after it."""
    fresh, counted, decided = opened(2, seats=1), opened(2, seats=1), opened(2, seats=1)
    some = count(counted.round.candidate_ids, [400, 80])
    counted.enter_count(some, by="one", on=day("02-22"), present=491)
    vote(decided, [400, 80])
    for ballot in (fresh, counted, decided):
        with pytest.raises(Invalid, match="day-before"):
            ballot.void(reason="合成", by="chair", on=day("02-21"))
        ballot.void(reason="合成", by="chair", on=day("02-22"))
        assert ballot.state == State.VOID
        with pytest.raises(Conflict, match="ballot-state"):
            ballot.certify(by="chief", on=day("02-22"))
    certified = opened(2, seats=1)
    vote(certified, [400, 80])
    certified.certify(by="chief", on=day("02-22"))
    with pytest.raises(Conflict, match="ballot-state"):
        certified.void(reason="合成", by="chair", on=day("02-22"))
