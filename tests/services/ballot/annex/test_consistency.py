"""Two copies of one board."""

from __future__ import annotations

import pytest

from services.ballot.annex import chain as lines
from services.ballot.annex.consistency import check_annex_grown, check_grown, consistent
from services.ballot.annex.verification import verify
from services.ballot.belenios.archive import Archive
from services.ballot.belenios.refused import Refused

from .elections import Vote, finished, rechained, steps_of


def test_a_copy_and_a_later_one_are_consistent() -> None:
    """Every copy from before is how the later one begins."""
    archive = Archive.from_bytes(finished().archive)
    whole = archive.to_bytes()
    for count in range(len(archive.members) + 1):
        part = Archive(archive.timestamp, archive.members[:count]).to_bytes()
        added = len(archive.members) - count
        assert check_grown(part, whole) == consistent(part, whole) == added
        assert consistent(whole, part) == -added


def test_a_board_that_lost_its_end_is_refused() -> None:
    """The later copy must not be the shorter one."""
    steps = steps_of(finished().archive)
    with pytest.raises(Refused, match="board-shrunk.* height 9 on"):
        check_grown(finished().archive, rechained(steps[:9]))


def test_boards_that_differ_are_refused_with_the_place() -> None:
    """A trustee's copy has a ballot that the published one has not."""
    steps = steps_of(finished().archive)
    other = rechained([*steps[:2], *steps[3:]])
    for one, two in ((finished().archive, other), (other, finished().archive)):
        with pytest.raises(Refused, match="boards-differ.* height 2"):
            check_grown(one, two)


def test_another_board_is_refused() -> None:
    """Another Setup, or the same with another timestamp."""
    archive = Archive.from_bytes(finished().archive)
    moved = Archive(archive.timestamp + 1, archive.members).to_bytes()
    for other in (Vote().archive, moved):
        with pytest.raises(Refused, match="boards-differ"):
            consistent(finished().archive, other)


def test_something_else_is_no_copy() -> None:
    """Whichever of the two it is."""
    for pair in ((b"", finished().archive), (finished().archive, b"PK")):
        with pytest.raises(Refused, match="not-an-archive"):
            consistent(*pair)


def test_an_annex_grows() -> None:
    """Every annex from before is how a later one begins; one that lost lines is refused."""
    whole = finished().annex
    texts = whole.splitlines(keepends=True)
    for count in range(1, len(texts) + 1):
        assert check_annex_grown(b"".join(texts[:count]), whole) == len(texts) - count
    with pytest.raises(Refused, match=f"board-shrunk.* line {len(texts) - 1} on"):
        check_annex_grown(whole, b"".join(texts[:-1]))


def test_an_annex_that_was_written_anew_is_refused() -> None:
    """With every signature and every parent right, since the board itself holds its key."""
    vote = Vote()
    vote.say(lines.SPOILED, {"hash": "x" * 43})
    vote.say(lines.WITHDRAWN, {"credential": vote.public(1)})
    earlier, count = vote.annex, len(vote.chain.lines)
    for _ in range(2):
        vote.chain.lines.pop()
    vote.chain.last = vote.chain.lines[-1]
    vote.say(lines.WITHDRAWN, {"credential": vote.public(1)})
    vote.say(lines.WITHDRAWN, {"credential": vote.public(2)})
    vote.say(lines.WITHDRAWN, {"credential": vote.public(3)})
    with pytest.raises(Refused, match=f"boards-differ.* line {count - 2}"):
        check_annex_grown(earlier, vote.annex)
    with pytest.raises(Refused, match="truncated"):
        check_annex_grown(earlier[:-1], vote.annex)
    claims = verify(vote.archive, vote.annex, earlier_annex=earlier)
    assert [one.refused.code for one in claims if one.refused] == ["boards-differ"]
