"""Personal data in free text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.personal import STRUCK, personal, struck


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("请打13800000000找我", "mobile", f"请打{STRUCK}找我"),
        ("+86 138-0000-0000", "mobile", STRUCK),
        ("１３８００００００００", "mobile", STRUCK),
        ("0571-85250000转2", "telephone", f"{STRUCK}转2"),
        ("(0571)85250000", "telephone", STRUCK),
        ("身份证33010619900101001X。", "identity-card", f"身份证{STRUCK}。"),
        ("卡号6222 0000 0000 0000 000x", "bank-card", f"卡号{STRUCK} 000x"),
        ("写信给wang@example.cn吧", "e-mail", f"写信给{STRUCK}吧"),
        ("车浙A12345挡路", "plate", f"车{STRUCK}挡路"),
    ],
)
def test_what_has_a_form_is_struck_out(text: str, kind: str, left: str) -> None:
    """Numbers and addresses by which somebody can be reached or known."""
    assert [one.kind for one in personal(text)] == [kind]
    assert struck(text) == left


@pytest.mark.parametrize(
    "text", ["2023年12月10日完成22项", "投资1.2亿元", "门牌2-1-301", "编号 123456", ""]
)
def test_other_numbers_stay(text: str) -> None:
    """Years, sums and numbers of houses are none."""
    assert struck(text) == text


@given(st.text("0123456789１３8-+.@a浙AX找 ", max_size=40))
def test_nothing_is_left(text: str) -> None:
    """What was struck out once holds no more of it."""
    assert personal(struck(text)) == []
