"""Comments: grouped for reading, reviewed for the public."""

from __future__ import annotations

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.model.comment import CommentGroup, ReleasedComment, grouped

from ..samples import NOON, day


def group(*texts: str) -> CommentGroup:
    """The group of these comments on the suggestions."""
    (found,) = grouped({"suggestions": texts})
    return found


def test_they_are_grouped_by_question_and_item() -> None:
    """The same text on two lines is two groups; each in the order of its count."""
    found = grouped({"why:a": ["太慢", "太慢。", "很好"], "why:b": ["太慢"]})
    assert [(one.key, one.alike.text, one.alike.count) for one in found] == [
        ("why:a", "太慢", 2),
        ("why:a", "很好", 1),
        ("why:b", "太慢", 1),
    ]
    assert len({one.code for one in found}) == 3
    assert [one.code for one in grouped({"why:a": ["很好", "太慢。", "太慢"]})] == [
        one.code for one in found[:2]
    ]


def test_personal_data_is_shown_struck_out() -> None:
    """The suggestion for the reviewed text."""
    data = group("请打13800000000").to_data()
    assert (data["personal"], data["suggested"]) == (["mobile"], "请打■■■")


def test_a_released_text_names_nobody() -> None:
    """What still has a number in it is refused, with the place and without the number."""
    said = group("请打13800000000", "请打13800000000")
    given = {"by": "office", "on": day("12-11"), "recorded_at": NOON}
    with pytest.raises(Invalid) as refused:
        ReleasedComment.release("q", said, text="打13800000000", **given)  # type: ignore[arg-type]
    assert "138" not in str(refused.value.errors)
    released = ReleasedComment.release("q", said, text="请打■■■", **given)  # type: ignore[arg-type]
    assert (released.count, released.group) == (2, said.code)
    released.withdraw("重复(合成)", day("12-11"))
    with pytest.raises(Conflict):
        released.withdraw("重复(合成)", day("12-11"))
