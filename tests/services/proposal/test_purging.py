"""Uploaded files that nothing names go by command, and no other does."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.chassis import discarding, settings
from services.chassis.discarding import Discarding
from services.chassis.files import Files

from ...harness import Harness
from .intake import RESIDENT, body
from .test_attachments import attached, uploaded

MINE: dict[str, Any] = {"roles": RESIDENT, "subject": "resident-1"}


@pytest.fixture
def purge(operator: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The command, for files that have lain there for a day; what it printed, line by line."""
    monkeypatch.setattr(discarding, "GRACE", 0)

    def run(*more: str) -> list[str]:
        printed: str = operator("purge-files", "--unattached-for", "1", *more)
        return printed.splitlines()

    return run


def old(proposal: Harness, colour: str) -> str:
    """The hash of a photo that was uploaded two days ago."""
    sha256 = uploaded(proposal, colour)
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).timestamp()
    os.utime(Path(proposal.settings.files) / "sealed" / sha256, (then, then))
    return sha256


def lying(proposal: Harness, sha256: str) -> set[str]:
    """The folders in which a file has something."""
    root = Path(proposal.settings.files)
    return {str(file.parent.relative_to(root)) for file in root.rglob(f"{sha256}*")}


def test_only_what_nothing_names_goes(proposal: Harness, purge: Callable[..., list[str]]) -> None:
    """Not what a suggestion, a draft, an earlier version or the sorted text attaches; nothing new.

    After a draft was thrown away its files go too.
    """
    now, before, draft, stray = (old(proposal, one) for one in ("red", "blue", "green", "black"))
    recent = uploaded(proposal, "white")
    made = proposal.call("submit_suggestion", body(attachments=attached(before)))
    sorting = {"outcome": "accepted", "happened_on": "2022-12-01"}
    proposal.call("sort_suggestion", made["id"], sorting)
    change = {"attachments": attached(now), "happened_on": "2022-12-02"}
    proposal.call("correct_suggestion", made["id"], change)
    begun = proposal.call(
        "submit_suggestion", body(attachments=attached(draft), draft=True), **MINE
    )
    assert purge("--dry-run") == [stray, "files that nothing names: 1"]
    assert lying(proposal, stray) == {"sealed", "public", "about"}
    assert purge() == ["files deleted: 1"]
    assert lying(proposal, stray) == set()
    files = Files(proposal.settings)
    for kept in (now, before, draft, recent):
        assert files.public(kept) and b"".join(files.sealed(kept))
    why = {"code": "mistaken", "happened_on": "2022-12-02"}
    proposal.call("withdraw_suggestion", begun["id"], why, **MINE)
    assert purge() == ["files deleted: 1"] and lying(proposal, draft) == set()
    assert purge() == ["files deleted: 0"]


@pytest.mark.parametrize("by", ["attaching", "uploading"])
def test_what_is_wanted_just_then_is_put_back(
    proposal: Harness,
    purge: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    """A call that had found it before names it; or the same bytes come again."""
    wanted, stray = old(proposal, "red"), old(proposal, "blue")
    files = Files(proposal.settings)

    def meanwhile(_seconds: float) -> None:
        assert files.describe(wanted) is None and lying(proposal, wanted)
        if by == "uploading":
            assert uploaded(proposal, "red") == wanted
        else:  # it was known when this call looked
            know = "services.proposal.service.suggestions.know_files"
            monkeypatch.setattr(know, lambda *_: None)
            proposal.call("submit_suggestion", body(attachments=attached(wanted)))

    monkeypatch.setattr("services.chassis.discarding.sleep", meanwhile)
    assert purge() == ["files deleted: 1"]
    assert lying(proposal, wanted) == {"sealed", "public", "about"}
    assert files.public(wanted) and len(b"".join(files.sealed(wanted))) > 100
    assert lying(proposal, stray) == set()


def test_a_run_that_was_ended_goes_on(
    proposal: Harness, purge: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it had set aside is put back or deleted by the next one."""
    first, second = old(proposal, "red"), old(proposal, "blue")

    def ended(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("services.chassis.discarding.sleep", ended)
        with pytest.raises(KeyboardInterrupt):
            Discarding(proposal.settings).discard(dt.datetime.now(dt.UTC), set)
    assert lying(proposal, first) == {f"aside/{one}" for one in ("sealed", "public", "about")}
    assert uploaded(proposal, "red") == first
    proposal.call("submit_suggestion", body(attachments=attached(first)))
    assert purge() == ["files deleted: 1"]
    assert lying(proposal, first) == {"sealed", "public", "about"}
    assert lying(proposal, second) == set()


def test_what_another_service_has_claimed_stays(
    proposal: Harness, purge: Callable[..., list[str]]
) -> None:
    """Its records are in a database of its own; what this one claimed and let go is gone."""
    theirs, own = old(proposal, "red"), old(proposal, "blue")
    Files(settings.load("supervision", {"MINSHENG_FILES": proposal.settings.files})).claim(theirs)
    Files(proposal.settings).claim(own)
    assert purge() == ["files deleted: 1"]
    assert "sealed" in lying(proposal, theirs) and "sealed" not in lying(proposal, own)
