"""The board: what may follow what."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from services.ballot.belenios.archive import DATA, EVENT, Archive, Member
from services.ballot.belenios.board import Board, Event, setup_data
from services.ballot.belenios.refused import Refused

from .archives import ARCHIVES, SINGLE_2048, entries, texts

ENTRIES = entries(SINGLE_2048.read_bytes())
MEMBERS = Archive.from_bytes(SINGLE_2048.read_bytes()).members
KINDS = [entry.event.type for entry in ENTRIES]
END = KINDS.index("EndBallots")


def board_until(count: int) -> Board:
    """A board with the first events of the sample."""
    board = Board()
    for entry in ENTRIES[:count]:
        board.append(entry.event.type, *texts(entry))
    return board


def take_all(members: Sequence[Member]) -> None:
    """Put them all on an empty board."""
    board = Board()
    for member in members:
        board.take(member)


@pytest.mark.parametrize("file", ARCHIVES, ids=lambda file: file.stem)
def test_a_board_makes_the_members_of_the_tools(file: Path) -> None:
    """From the data alone come the same events, and so the same archive."""
    archive = Archive.from_bytes(file.read_bytes())
    board = Board()
    members = [
        member
        for entry in entries(file.read_bytes())
        for member in board.append(entry.event.type, *texts(entry))
    ]
    assert tuple(members) == archive.members


def test_an_entry_brings_what_its_payload_refers_to() -> None:
    """Setup brings election, trustees and credentials, in the order of its fields."""
    setup = ENTRIES[0]
    assert json.loads(setup.referred[0].text)["name"] == "Bench 13 answers"
    assert [json.loads(one.text)[0][0] for one in setup.referred[1:2]] == ["Single"]
    assert setup.payload
    assert setup.payload.text == setup_data(*(member.text for member in setup.referred))
    assert ENTRIES[END].payload is None


def test_a_board_goes_on_from_its_newest_event() -> None:
    """A service that restarts needs only that event and who has decrypted."""
    for count in range(1, len(ENTRIES)):
        before = board_until(count)
        assert before.last
        resumed = Board.resumed(before.last.to_text(), before.owners)
        entry = ENTRIES[count]
        assert resumed.append(entry.event.type, *texts(entry))[-1].hash == entry.hash


@pytest.mark.parametrize(
    ("count", "again"),
    [
        (1, 0),
        (3, 0),
        (0, 1),
        (END + 1, 1),
        (END + 1, END),
        (len(ENTRIES), 1),
        (END + 2, END + 1),
        (END + 3, END + 1),
        (1, END + 1),
        (END, END + 2),
        (END + 2, len(ENTRIES) - 1),
        (len(ENTRIES), END),
    ],
    ids=[
        "two Setups",
        "a Setup after ballots",
        "a ballot before the Setup",
        "a ballot after the end",
        "two ends",
        "a ballot after the result",
        "two tallies",
        "a tally after a decryption",
        "a tally before the end",
        "a decryption before the tally",
        "a result without decryptions",
        "an end after the result",
    ],
)
def test_events_out_of_sequence_are_refused(count: int, again: int) -> None:
    """Each kind of event has its place."""
    data = texts(ENTRIES[again])
    # The same data would be refused as data; here it is the event that is out of place.
    board = board_until(count)
    board._seen.clear()
    with pytest.raises(Refused, match="out-of-sequence"):
        board.append(KINDS[again], *data)


def test_two_decryptions_by_one_owner_are_refused() -> None:
    """A trustee decrypts once, however the second one differs."""
    board = board_until(END + 3)
    factors, owned = texts(ENTRIES[END + 3])
    assert json.loads(owned)["owner"] == 2
    with pytest.raises(Refused, match="decryption-twice"):
        board.append("PartialDecryption", factors, owned.replace('"owner":2', '"owner":1'))


def test_an_unreferenced_datum_is_refused() -> None:
    """Nothing stands in an archive that no event refers to: before an event, or at the end."""
    stray = Member(DATA, '"a message to be smuggled"')
    for position, member in enumerate(MEMBERS):
        if member.kind == EVENT:
            with pytest.raises(Refused):
                take_all((*MEMBERS[:position], stray, *MEMBERS[position:]))
    board = board_until(len(ENTRIES))
    board.take(stray)
    with pytest.raises(Refused, match="unreferenced"):
        board.check_nothing_waits()


def test_a_missing_member_is_refused() -> None:
    """Whichever member is left out, the archive no longer holds together."""
    for left_out in range(len(MEMBERS) - 1):
        with pytest.raises(Refused):
            take_all((*MEMBERS[:left_out], *MEMBERS[left_out + 1 :]))


def test_a_datum_stands_there_once() -> None:
    """The same ballot twice is refused as such."""
    board = board_until(END)
    with pytest.raises(Refused, match="datum-twice"):
        board.append("Ballot", *texts(ENTRIES[1]))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"height":1', '"height":2'),
        lambda text: text.replace('"parent":"', '"parent":"0')[: len(text)],
        lambda text: '{"height":1,"type":"Ballot",' + text.split(",", 3)[3],
        lambda text: text.replace('"type":"Ballot"', '"type":"Shuffle"'),
        lambda text: text.replace('"type":"Ballot"', '"type":["Ballot"]'),
        lambda text: text.replace('"height":1', '"height":1.0'),
        lambda text: text.replace('"height":1', '"height":true'),
        lambda text: text.replace(",", ", "),
        lambda text: text[:-1] + ',"note":"x"}',
        lambda text: text.replace('"height":1,', '"height":1,"height":1,'),
        lambda text: text.split(',"payload"')[0] + "}",
        lambda text: "{" + text[1:-1].split(",", 1)[1] + "," + text[1:-1].split(",", 1)[0] + "}",
    ],
)
def test_events_written_otherwise_are_refused(change: Callable[[str], str]) -> None:
    """One event has one text, and it names the one before it."""
    board = board_until(1)
    ballot, event = MEMBERS[5:7]
    board.take(ballot)
    changed = change(event.text)
    assert changed != event.text
    with pytest.raises(Refused):
        board.take(Member(EVENT, changed))


def test_an_event_is_read_as_it_is_written() -> None:
    """All events of the sample come back."""
    for entry in ENTRIES:
        assert Event.from_text(entry.event.to_text()) == entry.event
