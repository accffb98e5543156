"""Texts that say the same, put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons import alike as module
from services.commons.alike import alike, normal

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["电梯太慢", "电梯太慢!", "电梯太慢了", "电梯不慢", "路灯不亮", "…", ""]),
        st.text("满意不很非常好路灯电梯12 ,。A", max_size=12),
    ),
    max_size=30,
)


def test_same_texts_count_together() -> None:
    """Width, capitals, blanks and punctuation make no difference; the commonest wording stands."""
    (group,) = alike(["电梯很好。", "电梯很好。", " 电梯很好!", "电梯 很好"])
    assert (group.text, group.count) == ("电梯很好。", 4)
    assert normal("ABC，12。") == "abc12"


def test_near_texts_count_together() -> None:
    """A word more or less still says the same."""
    groups = alike(["小区加装电梯以后方便多了", "小区加装电梯以后方便多了啊", "路灯夜里太暗"])
    assert [(one.text, one.count) for one in groups] == [
        ("小区加装电梯以后方便多了", 2),
        ("路灯夜里太暗", 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("这个项目非常满意", "这个项目非常不满意"),
        ("三单元门口路灯已经修好12号", "三单元门口路灯已经修好13号"),
        ("the lift was repaired in time", "the lift was not repaired in time"),
        ("电梯没有噪音真的很好", "电梯有噪音真的很好"),
    ],
)
def test_opposites_are_kept_apart(one: str, other: str) -> None:
    """However like the letters are: a denial or another number is another thing."""
    assert len(alike([one, other])) == 2


@given(TEXTS, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order(texts: list[str], random: object) -> None:
    """The same texts in any order make the same groups, and every text is counted once."""
    mixed = list(texts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    groups = alike(texts)
    assert groups == alike(mixed)
    counted = [text for one in groups for text, count in one.wordings for _ in range(count)]
    assert sorted(counted) == sorted(texts)


@pytest.mark.parametrize(("bound", "value"), [("NEAR_UP_TO", 1), ("NEAR_LETTERS", 5)])
def test_very_many_and_long_texts_are_only_put_with_the_same(
    monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    """Where comparing each with each would take too long, only the same are put together."""
    monkeypatch.setattr(module, bound, value)
    texts = ["小区加装电梯以后方便多了", "小区加装电梯以后方便多了啊", "小区加装电梯以后方便多了。"]
    assert sorted(one.count for one in alike(texts)) == [1, 2]
