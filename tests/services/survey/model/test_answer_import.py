"""Imports of answers as records: begun, checked, written, given up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Conflict
from services.survey.model.answer_import import AnswerImport, blank_report, check_finished

NOW = dt.datetime(2024, 1, 20, tzinfo=dt.UTC)


def asked(**fields: Any) -> AnswerImport:
    """An import that was just asked for."""
    given: dict[str, Any] = {"audience_id": "a", "sha256": "0" * 64, "size": 9, "name": "f.csv"}
    return AnswerImport.ask(asked_by="li", recorded_at=NOW, **given, **fields)


def test_an_import_is_checked_then_written() -> None:
    """A second attempt goes on; what the first one wrote is not called known before."""
    one = asked()
    one.begin(NOW)
    one.checked(rows=10, same=0, report=blank_report(), at=NOW)
    one.wrote(4, NOW)
    one.begin(NOW)
    assert (one.state, one.attempts) == ("writing", 2)
    one.checked(rows=10, same=4, report=blank_report(), at=NOW)
    one.wrote(6, NOW)
    one.finish(NOW)
    assert (one.state, one.written, one.same, one.ended_at) == ("done", 10, 0, NOW)


def test_faults_refuse_the_file_and_a_dry_run_writes_nothing() -> None:
    """Both are ends."""
    one = asked()
    one.begin(NOW)
    one.checked(rows=3, same=0, report=blank_report() | {"fault_count": 1}, at=NOW)
    assert one.state == "refused"
    other = asked(dry_run=True)
    other.begin(NOW)
    other.checked(rows=3, same=0, report=blank_report(), at=NOW)
    assert other.state == "checked"
    check_finished([one, other])


def test_an_unfinished_import_is_named_or_given_up() -> None:
    """It keeps the audience open until somebody says why it is given up."""
    one = asked()
    with pytest.raises(Conflict) as refused:
        check_finished([one])
    assert one.id in refused.value.en
    one.set_aside("文件有误,另行导入", NOW)
    check_finished([one])
    with pytest.raises(Conflict):
        one.set_aside("again", NOW)
