"""The hall's programs: what they said, what they left running, whose files they get."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import actors, hall
from deploy.demo.client import Refused
from deploy.demo.hall import Hall, found
from deploy.demo.request import Actor, Ref


class Somebody:
    """Stands in for the API's caller and the system."""

    env: dict[str, str] = {"PATH": "/usr/bin:/bin"}
    gateway_url = "http://127.0.0.1:9"

    def token(self, subject: str, roles: tuple[str, ...]) -> str:
        """A token."""
        return f"{subject}:{','.join(roles)}"

    def find(self, ref: Ref) -> str:
        """What it refers to."""
        return f"id-of-{ref.name}"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Hall]:
    """A hall without a system."""
    somebody: Any = Somebody()
    with Hall(somebody, somebody, tmp_path, lambda _: None) as made:
        yield made


def test_a_programs_output_is_read_when_it_has_ended(place: Hall) -> None:
    """Also of several that run side by side; they know where the gateway is."""
    say = ["/bin/sh", "-c", 'sleep 0.1; echo "$0 at $MINSHENG_GATEWAY_URL"']
    programs = [place.start_program([*say, name]) for name in "ab"]
    assert [one.output() for one in programs] == [f"{n} at http://127.0.0.1:9\n" for n in "ab"]
    assert not any(one.running for one in programs)


def test_a_program_that_fails_is_told_in_one_line(place: Hall) -> None:
    """With what it said last, or else its exit code."""
    talking = place.start_program(["/bin/sh", "-c", "echo first; echo why >&2; exit 3"])
    with pytest.raises(Refused, match=r"^sh -c .*: why$"):
        talking.output()
    with pytest.raises(Refused, match=r": 4$"):
        place.start_program(["/bin/sh", "-c", "exit 4"]).output()


def test_what_is_left_running_is_ended(tmp_path: Path) -> None:
    """When the vote breaks off, nobody goes on following it."""
    somebody: Any = Somebody()
    with Hall(somebody, somebody, tmp_path, print) as made:
        program = made.start_program(["/bin/sleep", "600"])
        assert program.running
    assert not program.running


def test_those_of_one_command_are_waited_for(place: Hall) -> None:
    """By a word of it; a failure of theirs is told then."""
    place.start_program(["/bin/sh", "-c", "exit 5", "other"])
    following = place.start_program(["/bin/sleep", "0.1"])
    place.wait_for("0.1")
    assert not following.running
    with pytest.raises(Refused, match="5"):
        place.wait_for("other")


def test_everybody_has_a_login_of_her_own(place: Hall, tmp_path: Path) -> None:
    """In a file that only she may read; a deputy's token is for her id in the register."""
    option, path = place.login("deputies/one", actors.deputy("deputy/0001"))
    assert option == "--token-file"
    assert Path(path).read_text() == "id-of-deputy/0001:deputy,recorder"
    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "hall" / "deputies" / "one").stat().st_mode) == 0o700
    assert place.token(Actor("x", ("clerk",))) == "x:clerk"


@pytest.mark.parametrize(
    ("there", "may", "asked"), [(True, True, 0), (False, True, 1), (False, False, 0)]
)
def test_a_judges_package_is_installed_where_we_may(
    place: Hall, monkeypatch: pytest.MonkeyPatch, there: bool, may: bool, asked: int
) -> None:
    """Not again if it is there, and not if only root could."""
    installed: list[str] = []

    def which(name: str) -> str | None:
        return name if there or installed else None

    monkeypatch.setattr("shutil.which", which)
    monkeypatch.setattr(hall, "may_install", lambda: may)
    monkeypatch.setattr(hall, "install", lambda name, say: installed.append(name))
    assert place.install("belenios-tool") == (there or may)
    assert len(installed) == asked


def test_what_a_program_did_not_say_is_told() -> None:
    """With the end of what it did say."""
    assert found(r"commitment: (\S+)", "x\n承诺 commitment: abc\n") == "abc"
    with pytest.raises(Refused, match="nothing of it"):
        found(r"commitment: (\S+)", "nothing of it")
