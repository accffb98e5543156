"""The archive: read strictly, written byte for byte."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.archive import DATA, EVENT, Archive, Member, header_bytes
from services.ballot.belenios.refused import Refused

from .archives import ARCHIVES, SINGLE_2048

SMALL = SINGLE_2048.read_bytes()
#: Where the second member begins: header block and one block of its 38 bytes.
SECOND = 1024
EACH_ARCHIVE = pytest.mark.parametrize("file", ARCHIVES, ids=lambda file: file.stem)


@EACH_ARCHIVE
def test_archives_of_the_tools_are_written_again_byte_for_byte(file: Path) -> None:
    """What Belenios' own tools wrote is read, and written again as the same bytes."""
    data = file.read_bytes()
    assert Archive.from_bytes(data).to_bytes() == data


@EACH_ARCHIVE
def test_an_archive_is_its_header_and_its_members(file: Path) -> None:
    """A server can append the bytes of each member to those of the header."""
    archive = Archive.from_bytes(file.read_bytes())
    grown = header_bytes(archive.timestamp)
    for member in archive.members:
        grown += member.to_bytes(archive.timestamp)
    assert grown == file.read_bytes()


@given(
    timestamp=st.integers(0, 8**11 - 1).filter(lambda n: n < 10**10),
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=600)),
    data=st.data(),
)
def test_whatever_is_written_is_read(timestamp: int, texts: list[str], data: st.DataObject) -> None:
    """Any texts come back; an old tar program sees the same names and contents."""
    kinds = [data.draw(st.sampled_from([DATA, EVENT])) for _ in texts]
    archive = Archive(timestamp, tuple(map(Member, kinds, texts)))
    written = archive.to_bytes()
    assert Archive.from_bytes(written) == archive
    with tarfile.open(fileobj=BytesIO(written)) as tar:
        names = [info.name for info in tar.getmembers()]
    assert names == ["BELENIOS", *(member.name for member in archive.members)]


@pytest.mark.parametrize(
    ("offset", "replacement"),
    [
        (100, b"0000755\0"),
        (108, b"0001750\0"),
        (124, b"     001716\0"),
        (124, b"000000001716"),
        (136, b"15301003227\0"),
        (148, b"0017620\0"),
        (156, b"\0"),
        (257, b"ustar"),
        (511, b"\1"),
        (512 + 974, b"\1"),
    ],
    ids=[
        "mode",
        "owner",
        "size-blank",
        "size-long",
        "time",
        "checksum",
        "type",
        "magic",
        "tail",
        "padding",
    ],
)
def test_other_bytes_for_the_same_content_are_refused(offset: int, replacement: bytes) -> None:
    """Every byte of a member is fixed, whether or not a tar program would mind."""
    offset += SECOND
    data = SMALL[:offset] + replacement + SMALL[offset + len(replacement) :]
    assert data != SMALL
    with pytest.raises(Refused):
        Archive.from_bytes(data)


@pytest.mark.parametrize("kept", [len(SMALL) - 1, len(SMALL) - 512, SECOND + 100, SECOND - 1, 511])
def test_a_truncated_archive_is_refused(kept: int) -> None:
    """A copy that broke off in a member is no archive; one that ends after a member is."""
    with pytest.raises(Refused, match="truncated"):
        Archive.from_bytes(SMALL[:kept])
    assert Archive.from_bytes(SMALL[:SECOND]).members == ()


def test_blocks_that_end_an_archive_are_refused() -> None:
    """An archive can always grow, so nothing ends it."""
    with pytest.raises(Refused, match="end-of-archive"):
        Archive.from_bytes(SMALL + bytes(1024))


def test_contents_that_are_not_those_of_the_name_are_refused() -> None:
    """A member is named by the hash of its contents."""
    with pytest.raises(Refused, match="wrong-name"):
        Archive.from_bytes(SMALL.replace(b"Bench election", b"Bench Election"))


@pytest.mark.parametrize("name", [b"../../etc/passwd", b"A" * 64 + b".data.json", b"x.data.json"])
def test_other_names_are_refused(name: bytes) -> None:
    """Nothing but data and events stands in an archive."""
    data = SMALL[:SECOND] + name.ljust(100, b"\0") + SMALL[SECOND + 100 :]
    with pytest.raises(Refused, match="bad-member"):
        Archive.from_bytes(data)


def test_a_member_of_gigabytes_is_refused_before_it_is_read() -> None:
    """The size stands first; what is too large is not taken."""
    data = SMALL[: SECOND + 124] + b"77777777777" + SMALL[SECOND + 135 :]
    with pytest.raises(Refused, match="too-long"):
        Archive.from_bytes(data)


@pytest.mark.parametrize(
    "header",
    [
        '{"version":1,"timestamp":1795425942}',
        '{"version":2,"timestamp":"1795425942"}',
        '{"version":true,"timestamp":"1795425942"}',
        '{"timestamp":"1795425942","version":1}',
        '{"version":1,"timestamp":"01795425942"}',
        '{"version":1,"timestamp":"１795425942"}',
        '{"version":1,"timestamp":"9999999999"}',
        '{"version":1,"timestamp":"1795425942","timestamp":"1795425942"}',
        '{"version": 1,"timestamp":"1795425942"}',
        "BELENIOS",
    ],
)
def test_other_headers_are_refused(header: str) -> None:
    """The header has one form: version 1, its timestamp a string of digits."""
    before = header_bytes(1795425942)
    body = header.encode()
    size = b"%011o\0" % len(body)
    block = before[:124] + size + before[136:148] + b" " * 8 + before[156:512]
    block = block[:148] + b"%06o\0 " % sum(block) + block[156:]
    with pytest.raises(Refused):
        Archive.from_bytes(block + body.ljust(512, b"\0"))


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"{}", bytes(10240), b"BELENIOS"])
def test_something_else_is_no_archive(data: bytes) -> None:
    """Any other file is refused with a word, not with a traceback."""
    with pytest.raises(Refused):
        Archive.from_bytes(data)


@given(st.binary(max_size=2000), st.integers(0, len(SMALL)))
def test_noise_never_breaks_the_reader(noise: bytes, offset: int) -> None:
    """Whatever stands in a file, the answer is an archive or a refusal."""
    data = SMALL[:offset] + noise + SMALL[offset + len(noise) :]
    try:
        archive = Archive.from_bytes(data)
    except Refused:
        return
    assert archive.to_bytes() == data
