"""The examination in a process of its own."""

from __future__ import annotations

import dataclasses
import os
import tempfile
import time
from pathlib import Path

import pytest

from services.commons.errors import Invalid, ServiceError, TooLarge, Unsupported
from services.commons.photos import Examined, Limits, confined, examined

from . import samples


def examine(data: bytes, **limits: int) -> Examined:
    """As from a file on disk."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        return examined(file, Limits(**limits))


def test_a_photo_comes_back_with_its_derivative() -> None:
    """All that was found crosses the process boundary."""
    found = examine(samples.photo(exif=samples.exif()))
    assert (found.kind, found.media_type) == ("jpeg", "image/jpeg")
    assert (found.width, found.height, len(found.dhash or "")) == (640, 480, 16)
    assert found.exif and found.exif["gps"]["latitude"] == 30.26
    assert found.public and found.public.startswith(b"\xff\xd8\xff")


def test_a_document_has_no_derivative() -> None:
    """Its kind, and nothing to show."""
    assert examine(samples.office("xlsx")) == Examined("xlsx")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.photo(form="GIF"), Unsupported),
        (samples.photo() + samples.archive(a=b"x"), Invalid),
        (b"", Invalid),
    ],
)
def test_a_refusal_crosses_with_its_texts(data: bytes, kind: type[ServiceError]) -> None:
    """In both languages."""
    with pytest.raises(kind) as caught:
        examine(data)
    assert caught.value.en and caught.value.zh != caught.value.en


def test_too_many_bytes_are_refused_before_a_process_starts() -> None:
    """The size is looked at first."""
    with pytest.raises(TooLarge):
        examine(b"x" * 11, size=10)


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    """The child has no more than its limit; we go on."""
    large = samples.photo(samples.scene((7000, 7000)), "PNG", compress_level=1)
    with pytest.raises(Invalid, match="file-"):
        examine(large, memory=150 * 1024 * 1024)


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the child's program, to be written by the test."""
    program = tmp_path / "child.py"
    command = [confined._COMMAND[0], str(program)]
    monkeypatch.setattr(confined, "_COMMAND", command)
    return program


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.kill(os.getpid(), 11)",
        "raise MemoryError",
        "print('no json')",
        "print('[1]')",
        "print('{\"unknown\": 1}')",
        "while True: bytearray(10**9) and None",
    ],
)
def test_a_child_that_crashes_is_a_refusal(child: Path, program: str) -> None:
    """Whatever becomes of it: the same clear sentence."""
    child.write_text(
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_AS, (3 * 10**8,) * 2)\n" + program
    )
    with pytest.raises(Invalid, match="file-unreadable"):
        examine(samples.photo())


def test_a_child_that_does_not_end_is_ended(child: Path, tmp_path: Path) -> None:
    """By the clock, and it is gone then."""
    mark = tmp_path / "pid"
    child.write_text(
        f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(Invalid, match="file-unreadable"):
        examine(samples.photo(), seconds=1)
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_a_child_that_spins_is_ended_by_its_processor_time() -> None:
    """The limit is set in the real child."""
    # Segments without end: each four bytes long.
    data = b"\xff\xd8" + b"\xff\xe0\x00\x02" * 4_000_000
    with pytest.raises(Invalid, match="file-unreadable|file-broken"):
        examine(data, seconds=1)


def test_the_child_is_told_no_secrets(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of our environment it gets the paths and nothing else."""
    monkeypatch.setenv("MINSHENG_DATABASE_URL", "postgresql://secret")
    child.write_text(
        "import json, os\nprint(json.dumps({'kind': 'pdf', 'exif': {'names': sorted(os.environ)}}))"
    )
    found = examine(samples.PDF)
    assert found.exif and set(found.exif["names"]) <= {"PATH", "PYTHONPATH", "LC_CTYPE"}


def test_limits_are_data() -> None:
    """Plain numbers, as a rule or a setting may give them."""
    given = dataclasses.asdict(Limits())
    assert all(isinstance(value, int) for value in given.values())
    assert Limits(**given) == Limits()
