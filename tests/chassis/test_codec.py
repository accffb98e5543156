"""What is read as JSON, and what is not."""

from __future__ import annotations

import pytest

from services.chassis import codec


@pytest.mark.parametrize(
    "text", ['{"a": "\\ud83d\\ude00"}', '"\\\\ud800"', "1e300", "[-0.5, 1e-999]"]
)
def test_what_is_read_can_be_written_again(text: str) -> None:
    """Escaped pairs, an escaped backslash, large and small numbers."""
    value = codec.loads(text)
    assert codec.loads(codec.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[Infinity]",
        "1e999",
        "-1e999",
        '"\\ud800"',
        '{"\\uDFFF": 1}',
        '"\\ude00\\ud83d"',
        b'"\xed\xa0\x80"',
        '"x"'.encode("utf-16"),
    ],
)
def test_what_could_not_be_written_again_is_not_read(text: str | bytes) -> None:
    """No number, a number without end, half a character, another encoding than UTF-8."""
    with pytest.raises(ValueError):  # noqa: PT011 (json's and the codec's own)
        codec.loads(text)
