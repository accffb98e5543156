"""Typed errors."""

from __future__ import annotations

import pytest

from services.commons import errors

KINDS = [
    errors.Invalid,
    errors.Unsupported,
    errors.TooLarge,
    errors.TooMany,
    errors.NotFound,
    errors.Conflict,
    errors.Stale,
    errors.Forbidden,
    errors.Unavailable,
    errors.DeadlineExceeded,
    errors.Internal,
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_made_again_from_its_arguments(kind: type[errors.ServiceError]) -> None:
    """That is how it crosses the wire."""
    error = kind("a-code", "english", "中文", [{"pointer": "/a", "detail": "b"}])
    again = kind(*error.args)
    assert (again.code, again.en, again.zh, again.errors) == (
        "a-code",
        "english",
        "中文",
        [{"pointer": "/a", "detail": "b"}],
    )


def test_without_chinese_the_english_stands_for_it() -> None:
    """There is always a text in both languages."""
    assert errors.NotFound("x", "nothing").zh == "nothing"


def test_kinds_are_told_apart() -> None:
    """No two errors share a kind."""
    assert len({kind.kind for kind in KINDS}) == len(KINDS)
