"""A small year on a real system: broker, services, gateway; and the command around it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from deploy.demo import __main__ as command
from deploy.demo import replay
from deploy.demo.client import Caller, Refused
from deploy.demo.figures import Figures
from deploy.demo.year import imported, steps
from deploy.local.packages import may_install
from services.ballot.annex.verification import verify

from .ledger import Ledger
from .samples import data, small, written

#: After the vote; before, on and after the days on which something is complete or answered.
DAYS = ("2022-03-31", "2022-06-30", "2022-10-30", "2022-10-31", "2022-11-01", "2023-01-31")


def _asking(days: dict[str, list[dict[str, Any]]]) -> Callable[..., list[dict[str, Any]]]:
    """Asks for the figures of other days, too, while the system is there to be asked."""
    settled = replay.settled

    def ask(caller: Caller, figures: Figures) -> list[dict[str, Any]]:
        answered = settled(caller, figures)
        for day in DAYS:
            path = f"/v1/reports/{figures.year}/figures?as_of={day}"
            days[day] = caller.get(path)["figures"]
        return answered

    return ask


def test_a_small_year_is_replayed_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every figure agrees, on the day of the report and, against a second count, on other days.

    Its vote is in the group that Debian's tool knows, which verifies it as well where it is there.
    """
    days: dict[str, list[dict[str, Any]]] = {}
    monkeypatch.setattr(replay, "settled", _asking(days))
    file, folder = written(tmp_path, data()), tmp_path / "demo"
    where = ["--figures", str(file), "--folder", str(folder)]
    status = command.main([*where, "--group", "BELENIOS-2048"])
    shown = capsys.readouterr().out
    assert status == 0, shown
    assert "22 项全部相符" in shown and "synthetic" in shown
    assert "征集初定一览" in shown and "6 选 4,差额 2" in shown
    assert "占已采纳的7/14=50.0%(50%以上)" in re.sub(r"[\s│]+", "", shown)
    rows = (folder / imported.NAME).read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("来源,来源编号,") and len(rows) > 10
    assert str(folder / "report.json") in shown.replace("\n", "")
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert {"key": "ballot.roll", "value": 30} in report
    assert len(report) == 22 and all(list(one) == ["key", "value"] for one in report)
    announced = (folder / "announcement.txt").read_text("utf-8")
    assert "现予公告" in announced and announced.count(",入选\n") == 4
    (votes,) = docx.Document(str(folder / "announcement.docx")).tables
    assert [row.cells[6].text for row in votes.rows[1:]].count("入选") == 4
    _assert_voted(folder, shown)
    text = (folder / "report.md").read_text("utf-8")
    assert "演示" in text and "## 三、意见建议" in text and "满意度测评" in text
    _assert_assessed(folder, text, shown)
    _assert_days(days)


def _assert_assessed(folder: Path, text: str, shown: str) -> None:
    """Who was asked, what fell below the line and was put right, and the code at the site."""
    assert "测评一览" in shown and "抽样住户(合成)" in shown
    assert "| 抽样住户(合成) | 抽样 | 600 | 60 | 36 | 60.0%(36/60) | 30.0% |" in text
    assert "限期整改、再次测评 | " in text and "确认整改到位 |" in text
    assert "再次测评与前次相比:" in text
    assert (folder / "site-code.svg").read_text("utf-8").startswith("<")


def _assert_voted(folder: Path, shown: str) -> None:
    """Archive and annex hold; the counts are those of the marks; no credential leaves the hall."""
    assert "minsheng ballot verify vote.bel --annex vote.annex: 以上各项均成立" in shown
    if may_install() or shutil.which("belenios-tool"):
        assert "belenios-tool election verify: " in shown
    claims = list(
        verify(
            (folder / "vote.bel").read_bytes(), (folder / "vote.annex").read_bytes(), processes=1
        )
    )
    assert len(claims) > 15 and [str(one.refused) for one in claims if not one.holds] == []
    ledger = Ledger(small(), steps(small(), replay.SEED))
    (votes,) = docx.Document(str(folder / "announcement.docx")).tables
    approvals = sorted(int(row.cells[2].text) for row in votes.rows[1:])
    assert approvals == sorted(ledger.approvals().values())
    measured = json.loads((folder / "vote.json").read_text("utf-8"))
    assert measured["cast"] == len(ledger.voting.crowd) and measured["refused"] == {}
    letters = (folder / "hall" / "credentials-office" / "made" / "letters.html").read_text("utf-8")
    credentials = re.findall(r'data-credential="([^"]+)"', letters)
    assert len(set(credentials)) == 30
    public = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    assert not any(one.encode() in content for one in credentials for content in public)


def _assert_days(days: dict[str, list[dict[str, Any]]]) -> None:
    figures = small()
    ledger = Ledger(figures, steps(figures, replay.SEED))
    for day, answered in days.items():
        ledger.as_of = day
        values = {figure["key"]: figure["value"] for figure in answered}
        counted = ledger.counted()
        assert {key: values.get(key) for key in counted} == pytest.approx(counted), day


@pytest.mark.parametrize(("fits", "status"), [(True, 0), (False, 1)])
def test_the_exit_code_says_whether_every_figure_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fits: bool, status: int
) -> None:
    """One figure that differs is enough."""
    monkeypatch.setattr(command, "replay", lambda *_: fits)
    assert command.main(["--folder", str(tmp_path)]) == status


@pytest.mark.parametrize(
    ("failure", "status"), [(Refused("x: 409"), 1), (KeyboardInterrupt(), 130)]
)
def test_a_failure_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    status: int,
) -> None:
    """No traceback for what can be told; the exit code is not zero."""

    def fail(*_: Any) -> bool:
        raise failure

    monkeypatch.setattr(command, "replay", fail)
    assert command.main(["--folder", str(tmp_path)]) == status
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_group_of_the_ballots_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is handed on as it was chosen; nobody need choose."""
    groups: list[str] = []

    def replayed(*given: Any) -> bool:
        groups.append(given[3])
        return True

    monkeypatch.setattr(command, "replay", replayed)
    for chosen in ([], ["--group", "BELENIOS-2048"]):
        assert command.main(["--folder", str(tmp_path), *chosen]) == 0
    assert groups == ["Ed25519", "BELENIOS-2048"]


def test_a_second_signal_does_not_disturb_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one ends the replay; what ends the system then runs to its end."""
    ended: list[str] = []

    def replayed(*_: Any) -> bool:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            ended.append("in order")
        return True

    monkeypatch.setattr(command, "replay", replayed)
    before = signal.getsignal(signal.SIGINT)
    assert command.main(["--folder", str(tmp_path)]) == 130
    assert ended == ["in order"]
    assert signal.getsignal(signal.SIGINT) is before


def test_the_settling_waits_until_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that still change, or do not fit yet, are asked for again."""
    monkeypatch.setattr(replay, "_QUIET", 0.05)
    monkeypatch.setattr("time.sleep", lambda _: None)
    figures = small()
    fitting = [{"key": e.key, "value": e.value, "hash": "b"} for e in figures.expected]
    early = [figure | {"value": 0} for figure in fitting]
    shown = [early, early, [f | {"hash": "a"} for f in fitting], fitting]

    class Answers:
        calls = 0

        def get(self, path: str) -> dict[str, Any]:
            assert path == f"/v1/reports/2022/figures?as_of={dt.date(2022, 12, 28)}"
            self.calls += 1
            return {"figures": shown[min(self.calls, len(shown)) - 1]}

    answers: Any = Answers()
    assert replay.settled(answers, figures) == fitting
    assert answers.calls > len(shown)
