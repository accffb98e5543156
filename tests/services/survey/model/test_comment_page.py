"""Pages of comments: sorted, rewritten whole, closed when they are full."""

from __future__ import annotations

from services.survey.model.comment_page import FULL, CommentPage


def test_texts_stand_sorted_whatever_order_they_come_in() -> None:
    """Nothing of the order is left."""
    first, second = (CommentPage.blank("a", "why") for _ in range(2))
    assert first.add(["丙", "甲"]) == [] and first.add(["乙"]) == []
    assert second.add(["乙"]) == [] and second.add(["甲", "丙"]) == []
    assert first.texts == second.texts == sorted("甲乙丙")


def test_a_full_page_is_closed_and_leaves_the_rest() -> None:
    """The one that fills it is on it; the others wait for the next page."""
    page = CommentPage.blank("a", "why")
    long = "长" * (FULL // 3)
    assert page.add(["短"]) == [] and page.open
    assert page.add([long, "余"]) == ["余"]
    assert not page.open and page.texts == sorted(["短", long])
