"""Several log files as one stream."""

from __future__ import annotations

from pathlib import Path

from deploy.local.logs import Follower


def test_new_lines_are_printed_with_their_process(tmp_path: Path) -> None:
    """Old lines are not repeated; a file may come later; half a line waits for its end."""
    files = {"ballot": tmp_path / "ballot.log", "gateway": tmp_path / "gateway.log"}
    files["ballot"].write_text("old\n")
    said: list[str] = []
    follower = Follower(files, said.append)
    with files["ballot"].open("a") as log:
        log.write("new\nhal")
        log.flush()
        follower._step()
        log.write("f\n")
    files["gateway"].write_text("民生\n")
    follower.start()
    follower.stop()
    assert sorted(said) == ["ballot  | half", "ballot  | new", "gateway | 民生"]
    assert said.index("ballot  | new") < said.index("ballot  | half")


def test_what_a_service_writes_before_its_lines_stands_there_once(tmp_path: Path) -> None:
    """In place of its program stands its process; any other line is left as it is."""
    file = tmp_path / "ballotbox-2.log"
    file.write_text("")
    said: list[str] = []
    follower = Follower({"ballotbox-2": file}, said.append)
    file.write_text("ballotbox   | 12:00:00 info started\na | b\n")
    follower._step()
    assert said == ["ballotbox-2 | 12:00:00 info started", "ballotbox-2 | a | b"]


def test_a_rotated_file_is_followed_to_its_end_and_on(tmp_path: Path) -> None:
    """No line is lost when a log file is moved away and begun anew."""
    file = tmp_path / "ballot.log"
    file.write_text("")
    said: list[str] = []
    follower = Follower({"ballot": file}, said.append)
    with file.open("a") as log:
        log.write("last\n")
    file.rename(tmp_path / "ballot.log.1")
    file.write_text("first\n")
    follower._step()
    assert said == ["ballot | last", "ballot | first"]
