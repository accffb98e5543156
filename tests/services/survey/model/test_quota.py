"""Quotas and the cells that they ask about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Invalid
from services.survey.model.cell import cell_of, joined, parts_of
from services.survey.model.quota import Quota, QuotaCount, quotas_from

STRATA = {"age": ["18-59", "60+"], "sex": ["f", "m"]}
PARTS = st.dictionaries(st.sampled_from(["age", "district", "sex"]), st.text("60+-x", min_size=1))


@given(PARTS, PARTS)
def test_cells_are_written_one_way(known: dict[str, str], asked: dict[str, str]) -> None:
    """Whatever the order, the text is the same, and of two values the known one counts."""
    assert parts_of(cell_of(known)) == known
    assert joined(cell_of(known), cell_of(asked)) == cell_of(asked | known)


def test_a_full_quota_counts_nobody_more_and_says_of_whom() -> None:
    """The third answer from the old is screened out; the young, and other quotas, go on."""
    quotas = quotas_from(
        [{"when": {"age": "60+"}, "at_most": 2}, {"when": {"sex": "f"}, "at_most": 3}], STRATA
    )
    count = QuotaCount.blank("a", quotas, ["age=60+|sex=f", "age=60+|sex=m", "age=18-59|sex=f"])
    assert [count.admit(quotas, "age=60+|sex=f") for _ in range(3)] == [True, True, False]
    assert count.admit(quotas, "age=18-59|sex=f")
    assert not count.admit(quotas, "age=18-59|sex=f")
    assert not count.admit(quotas, "age=60+|sex=m")
    assert count.counts == [2, 3]
    assert count.screened == {"age=60+|sex=f": 1, "age=60+|sex=m": 1, "age=18-59|sex=f": 1}


def test_a_quota_on_several_questions_covers_who_fits_all() -> None:
    """Old women only; who was not asked is not covered."""
    quota = Quota({"age": "60+", "sex": "f"}, 1)
    assert quota.covers("age=60+|district=330102|sex=f")
    assert not quota.covers("age=60+|sex=m")
    assert not quota.covers("")


def test_a_quota_on_what_is_no_strata_question_is_refused() -> None:
    """Each wrong place is named."""
    with pytest.raises(Invalid) as refused:
        quotas_from(
            [
                {"when": {"grade": "satisfied"}, "at_most": 1},
                {"when": {"age": "61+", "sex": "f"}, "at_most": 1},
            ],
            STRATA,
        )
    assert [one["pointer"] for one in refused.value.errors] == [
        "/quotas/0/when/grade",
        "/quotas/1/when/age",
    ]
