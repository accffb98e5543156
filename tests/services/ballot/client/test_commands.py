"""The commands: what they write, say and refuse; nothing secret where it was not asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from services.ballot.annex import keyfile
from services.ballot.annex.copying import Mark
from services.ballot.cli import ballot
from services.ballot.client import casting, ceremony, gateway, office, trustee_state, voter
from services.ballot.client.office import Credentials, Plan
from services.ballot.client.trouble import Trouble
from services.ballot.model.ceremony import Step

from ..annex.elections import UUID, Vote
from .desks import CHEAP, PASSPHRASE, TRUSTEES, Desk, Hall, scrutineer, take_part
from .test_office import PLAN, UUIDS

YES, NO, NEITHER = Mark.APPROVE, Mark.OPPOSE, Mark.ABSTAIN


def run(*arguments: Any, **how: Any) -> Result:
    """Run ``minsheng ballot``."""
    return CliRunner().invoke(ballot, [str(one) for one in arguments], **how)


def failed(result: Result, code: str) -> None:
    """It said why, in one line, with this code."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("Error: ") and line.endswith(f"[{code}]"), line


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files that cost no time."""
    monkeypatch.setattr(keyfile.seal, "__kwdefaults__", {"cost": CHEAP})
    for module in (office.Credentials.sealed, office.write_all, ceremony.hold):
        monkeypatch.setattr(module, "__kwdefaults__", {"cost": CHEAP})


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A function: what stands behind the gateway → the options to reach it."""

    def connected(service: Any) -> list[str]:
        service.close = lambda: None
        monkeypatch.setattr(gateway, "Gateway", lambda url, token, **_: service)
        token = tmp_path / "token"
        token.write_text("a.b.c\n")
        return ["--gateway", "http://127.0.0.1:1", "--token-file", str(token)]

    return connected


def test_every_command_says_what_it_is_for() -> None:
    """Their help in both languages, and whether what they write may be shared."""
    for name in ("credentials", "trustee", "follow", "check", "vote"):
        result = run(name, "--help")
        assert result.exit_code == 0
        assert any("\u4e00" <= one <= "\u9fff" for one in result.output), name
    assert "never leave it" in " ".join(run("trustee", "--help").output.split())
    assert "secret, printed and then deleted" in " ".join(
        run("credentials", "make", "--help").output.split()
    )


def test_the_office_makes_its_files(tmp_path: Path, passphrase: Path) -> None:
    """Each is named with whom to share it; no credential is printed."""
    plan = tmp_path / "plan.json"
    plan.write_text(PLAN.to_text())
    arguments = ["credentials", "make", plan, "--number", 4, "--title", "示例", "--folder"]
    options = ["--passphrase-file", passphrase]
    result = run(*arguments, tmp_path / "office", *options)
    assert result.exit_code == 0, result.output
    assert result.output.count("密") >= 2 and result.output.count("public") >= len(UUIDS)
    made = Credentials.unsealed(tmp_path / "office" / "credentials.key.json", PASSPHRASE)
    assert len(made.private) == 4
    assert not any(one in result.output for one in made.private)
    failed(run(*arguments, tmp_path / "office", *options), "file-exists")
    passphrase.write_text("short\n")
    failed(run(*arguments, tmp_path / "other", *options), "short-passphrase")


def test_the_office_destroys_its_secrets(tmp_path: Path) -> None:
    """After a question; nothing is left of the file."""
    path = tmp_path / "letters.html"
    path.write_text("a credential")
    assert run("credentials", "destroy", path, input="n\n").exit_code == 1 and path.exists()
    assert run("credentials", "destroy", path, "--yes").exit_code == 0
    assert not list(tmp_path.iterdir())


def test_a_ceremony_by_command(tmp_path: Path, passphrase: Path, connect: Any) -> None:
    """Each scrutineer's command; it waits for the others and then says where her key is."""
    hall = Hall()
    place = hall.seat("a")
    get = place.get

    def others_go_on(path: str, **params: Any) -> Any:
        for subject in TRUSTEES[1:]:
            take_part(hall, subject, tmp_path)
        return get(path, **params)

    place.get = others_go_on  # type: ignore[method-assign]
    options = connect(place)
    folder = tmp_path / "a"
    arguments = ["trustee", "ceremony", hall.ballot_id, "--folder", folder, "--poll", 0]
    result = run(*arguments, "--passphrase-file", passphrase, *options)
    assert result.exit_code == 0, result.output
    assert hall.ceremony.step == Step.DONE
    assert result.output.count("不得交给任何人") == 2
    assert f"{hall.method.title}  {hall.method.digest}" in result.stdout.splitlines()[0]
    other = tmp_path / "wrong"
    other.write_text("another passphrase\n")
    result = run(*arguments, "--passphrase-file", other, *options)
    assert result.exit_code == 1 and result.stderr.strip().endswith("[wrong-passphrase]")


def test_a_scrutineer_is_shown_what_she_signs(
    tmp_path: Path, passphrase: Path, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, method, seats, roll and the least number of ballots; before she signs."""
    vote = Vote()
    vote.vote(0)
    vote.end()
    desk = Desk(vote)
    state = scrutineer(vote, 1, tmp_path)
    monkeypatch.setattr(trustee_state, "newest_state", lambda *_: state)
    arguments = ["trustee", "cosign", UUID, "--folder", tmp_path, "--processes", 1]
    options = [*connect(desk), "--passphrase-file", passphrase]
    result = run(*arguments, *options)
    assert result.exit_code == 0, result.output
    *shown, signed = result.stdout.splitlines()
    assert [line.split(": ")[1] for line in shown] == [
        f"{vote.election.name}  {vote.election.fingerprint}",
        f"{vote.method.title}  {vote.method.digest}",
        "2 / 3",
        "4",
        "1",
        "1",
    ]
    assert "signed the end" in signed
    state.uuids = []
    result = run(*arguments, *options)
    assert result.exit_code == 1 and "unknown-election" in result.stderr
    assert len(desk.posted) == 1


def test_a_scrutineer_follows_her_own_election_only(tmp_path: Path, connect: Any) -> None:
    """At the first look, without a passphrase: other keys than hers, other numbers, no record."""
    vote = Vote()
    arguments = ["trustee", "follow", UUID, "--until", "now", "--processes", 1]
    options = connect(Desk(vote))
    state = scrutineer(vote, 2, tmp_path)

    def follow(name: str) -> Result:
        path = trustee_state.state_path(tmp_path / name, state.ballot_id, state.attempt)
        if name != "none":
            state.path = path
            state.save()
        return run(*arguments, "--folder", tmp_path / name, *options)

    result = follow("good")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1].endswith(vote.trustees.hash)
    failed(follow("none"), "no-state")
    state.index = 1
    failed(follow("place"), "other-trustees")
    state.index, state.seen = 2, {"trustees": Vote().trustees.hash[::-1]}
    failed(follow("keys"), "other-trustees")
    state.seen, state.method = {"trustees": vote.trustees.hash}, "0" * 64
    failed(follow("method"), "other-method")


def test_following_by_command(tmp_path: Path, connect: Any) -> None:
    """It ends with what was verified; a changed board fails loudly, by the exit code too."""
    vote = Vote()
    vote.vote(0)
    desk = Desk(vote)
    options = connect(desk)
    folder = tmp_path / "copy"
    arguments = ["follow", UUID, "--folder", folder, "--until", "now", "--processes", 1]
    result = run(*arguments, *options)
    assert result.exit_code == 0, result.output
    assert (folder / f"{UUID}.bel").read_bytes() == vote.archive
    assert "1 票" in result.stdout and result.stderr == ""
    made = Credentials(Plan("ballot", "Ed25519", (UUID,), 4), tuple(vote.credentials))
    roll = tmp_path / f"public-{UUID}.json"
    roll.write_text(office.public_list(made, UUID))
    assert run(*arguments, "--roll", roll, *options).exit_code == 0
    verified = ["verify", folder / f"{UUID}.bel", "--annex", folder / f"{UUID}.annex"]
    result = run(*verified, "--roll", roll)
    assert result.exit_code == 0, result.output
    assert "exactly what the credentials office published [4]" in result.output
    roll.write_text(office.public_list(Credentials(made.plan, made.private[1:]), UUID))
    failed(run(*arguments, "--roll", roll, *options), "other-roll")
    assert run(*verified, "--roll", roll).exit_code == 1
    roll.write_text("{}")
    failed(run(*verified, "--roll", roll), "wrong-fields")
    vote.members = vote.members[:-2]
    failed(run(*arguments, *options), "board-changed")


@pytest.fixture
def deputy(tmp_path: Path) -> tuple[Vote, list[Any]]:
    """A vote of kind 3, and the options of a deputy with her credential."""
    vote = Vote(kind=3, blank=True)
    credential = tmp_path / "credential"
    credential.write_text(vote.credentials[0] + "\n")
    return vote, ["vote", UUID, "--credential-file", credential]


def test_a_deputy_casts(tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]]) -> None:
    """Asked for her marks; the commitment comes first; her choice and credential are not shown."""
    vote, arguments = deputy
    options = connect(Desk(vote))
    receipt = tmp_path / "receipt.json"
    asked = "1 3\n1 3\n2\n2\ncast\n"
    result = run(*arguments, "--output", receipt, *options, input=asked)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1].endswith(f"{vote.method.title}  {vote.method.digest}")
    assert result.stdout.splitlines()[2] == f"监票人公钥 trustees: {vote.trustees.hash}"
    assert "commitment" in result.stdout.splitlines()[3]
    assert not receipt.with_name("receipt.json.signed.json").exists()
    assert "项目" not in result.stdout.replace("民生实事项目票决", "")
    assert vote.credentials[0] not in result.output
    assert "1 3" not in result.output
    failed(run(*arguments, "--output", receipt, *options), "file-exists")
    assert len(vote.ballots) == 1
    vote.marks[vote.credentials[0]] = [YES, NO, YES]
    assert [row[1:] for row in vote.finish(1, 2)[:3]] == [(1, 0), (0, 1), (1, 0)]
    archive, annex = tmp_path / "a.bel", tmp_path / "a.annex"
    archive.write_bytes(vote.archive)
    annex.write_bytes(vote.annex)
    kept = ["--archive", archive, "--annex", annex]
    assert "counts" in run("check", "--receipt", receipt, *kept).output
    tracker = result.stdout.split("tracker: ")[1].split()[0]
    assert "height 1" in run("check", "--tracker", tracker, "--archive", archive).output
    committed = result.stdout.splitlines()[3].split(": ")[1]
    assert [line.split(": ")[1] for line in result.stdout.splitlines()[-3:-1]] == [committed] * 2
    told = ["--commitment", committed]
    for arguments in (["--tracker", tracker, "--archive", archive], ["--receipt", receipt, *kept]):
        assert f"commitment: {committed}" in run("check", *arguments, *told).output
        assert f"commitment: {committed}" in run("check", *arguments).output
        failed(run("check", *arguments, "--commitment", "A" * 43), "other-commitment")
    verified = ["verify", archive, "--annex", annex, "--tracker", tracker]
    assert run(*verified, *told).exit_code == 0
    assert "other-commitment" in run(*verified, "--commitment", "A" * 43).output
    assert run(*verified, *told, *told).exit_code == 2
    failed(run("check", "--tracker", "A" * 43, "--archive", archive), "not-on-board")


def test_what_is_typed_is_asked_for_twice_and_not_shown(
    tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Approvals, oppositions, and that the ballot is blank; a slip is asked for again."""
    vote, arguments = deputy
    options = connect(Desk(vote))
    hidden: list[str] = []
    prompt = click.prompt

    def noted(text: str, **how: Any) -> Any:
        if how.get("hide_input"):
            hidden.append(text)
        return prompt(text, **how)

    monkeypatch.setattr(click, "prompt", noted)
    asked = "1\n2\n1\n1\n\n\ncast\n"
    result = run(*arguments, "--output", tmp_path / "first", *options, input=asked)
    assert result.exit_code == 0, result.output
    assert [one.split()[0] for one in hidden] == ["赞成", "反对"]
    result = run(*arguments, "--output", tmp_path / "b", *options, input="blank\nblank\ncast\n")
    assert result.exit_code == 0, result.output
    assert len(hidden) == 3 and "blank\n" not in result.output
    vote.marks[vote.credentials[0]] = None
    assert [row[0] for row in vote.finish(1, 2)] == [1] * 4


def test_a_device_that_casts_another_ballot_is_found_out(
    tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command itself compares with the board; the receipt is kept as evidence."""
    vote, arguments = deputy
    options = connect(Desk(vote))
    marks, receipt = tmp_path / "marks", tmp_path / "receipt.json"
    marks.write_text("approve 1\n")
    signed = voter.signed

    def cheat(at: voter.Vote, credential: str, prepared: Any) -> Any:
        return signed(at, credential, voter.make(at, credential, [NO, YES, YES]))

    monkeypatch.setattr(voter, "signed", cheat)
    result = run(*arguments, "--marks-file", marks, "--cast", "--output", receipt, *options)
    assert result.exit_code == 1 and "[other-commitment]" in result.stderr
    assert receipt.exists() and len(vote.ballots) == 1


def test_a_vote_that_broke_off_is_sent_again(
    tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tracker is told first; the same ballot goes out again, and there is one on the board."""
    vote, arguments = deputy
    desk = Desk(vote)
    options = connect(desk)
    marks, receipt = tmp_path / "marks", tmp_path / "receipt.json"
    kept = tmp_path / "receipt.json.signed.json"
    marks.write_text("approve 1\n")
    post = desk.post

    def broken(path: str, body: Any, *, key: str | None = None) -> Any:
        post(path, body, key=key)
        raise Trouble("no-connection", "无法连接")

    monkeypatch.setattr(desk, "post", broken)
    cast = [*arguments, "--marks-file", marks, "--cast", "--output", receipt, *options]
    result = run(*cast)
    assert result.exit_code == 1 and "[no-connection]" in result.stderr
    (ballot,) = vote.ballots.values()
    assert f"tracker: {ballot.tracker}\n" in result.stdout and not receipt.exists()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert vote.credentials[0] not in kept.read_text()
    monkeypatch.setattr(desk, "post", post)
    result = run(*cast)
    assert result.exit_code == 1 and "[unfinished-vote]" in result.stderr
    again = ["vote", UUID, "--resume", kept, "--output", receipt, *options]
    assert run(*again, "--check").exit_code == 2
    result = run(*again)
    assert result.exit_code == 0, result.output
    assert f"tracker: {ballot.tracker}\n" in result.stdout
    assert f"on the board: {ballot.unsigned_hash}\n" in result.stdout
    assert receipt.exists() and not kept.exists()
    assert len(vote.ballots) == 1 and len(desk.receipts) == 1


def test_what_is_sent_again_is_this_elections(
    tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]]
) -> None:
    """A file of another election, or one that was changed, is not sent."""
    vote, _ = deputy
    other, kept = Vote(kind=3, blank=True), tmp_path / "signed.json"
    for of, code in ((other, "other-election"), (vote, "bad-tracker")):
        at = voter.fetch(Desk(of), UUID)
        ballot = of.prepare(0)
        kept.unlink(missing_ok=True)
        casting.keep_signed(kept, at, ballot)
        if of is vote:
            kept.write_text(kept.read_text().replace(ballot.tracker, "A" * 43))
        desk = Desk(vote)
        again = ["vote", UUID, "--resume", kept, "--output", tmp_path / "receipt.json"]
        result = run(*again, *connect(desk))
        assert result.exit_code == 1 and f"[{code}]" in result.stderr, result.output
        assert not desk.posted and kept.exists()


def test_a_deputy_checks(tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]]) -> None:
    """On a second device her choices are shown in words, and that they can never be cast."""
    vote, arguments = deputy
    desk = Desk(vote)
    options = connect(desk)
    opened, marks = tmp_path / "opened.json", tmp_path / "marks"
    marks.write_text("approve 1 3\noppose 2\n")
    result = run(*arguments, "--marks-file", marks, "--check", "--output", opened, *options)
    assert result.exit_code == 0, result.output
    assert "approve" not in result.output and "不能再投" in result.output
    commitment = result.stdout.split("commitment: ")[1].split()[0]
    shown = run("check", opened, "--commitment", commitment)
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines[2:5]] == ["赞成", "反对", "赞成"]
    assert lines[-1].startswith("此票已公开,永远不能投出")
    assert lines[-2].startswith("未用 --archive 核对")
    own = tmp_path / "own.bel"
    own.write_bytes(vote.archive)
    assert "未用 --archive" not in run("check", opened, "--archive", own).output
    failed(run("check", opened, "--commitment", "A" * 43), "other-hash")
    archive = tmp_path / "a.bel"
    archive.write_bytes(Vote().archive)
    failed(run("check", opened, "--archive", archive), "other-election")
    marks.write_text("blank\n")
    blank = tmp_path / "blank.json"
    assert (
        run(*arguments, "--marks-file", marks, "--check", "--output", blank, *options).exit_code
        == 0
    )
    assert "空白票" in run("check", blank).output
    assert [path for path, _, _ in desk.posted] == [f"elections/{UUID}/spoiled-ballots"] * 2


@pytest.mark.parametrize("text", ["approve 1 1", "approve 9", "approve ¹", "none of these"])
def test_marks_that_cannot_be_read_are_told(
    tmp_path: Path, connect: Any, deputy: tuple[Vote, list[Any]], text: str
) -> None:
    """Nothing is encrypted; what was written is not repeated."""
    vote, arguments = deputy
    desk = Desk(vote)
    options = connect(desk)
    marks = tmp_path / "marks"
    marks.write_text(text)
    output = tmp_path / "out"
    failed(
        run(*arguments, "--marks-file", marks, "--cast", "--output", output, *options), "bad-marks"
    )
    assert not desk.posted and not output.exists()


def test_wrong_files_are_told_in_a_line(tmp_path: Path) -> None:
    """Something else than what is asked for; nothing to check at all is wrong usage."""
    path = tmp_path / "file"
    path.write_bytes(b"\xff\x00")
    failed(run("check", path), "no-text")
    path.write_text("{}")
    failed(run("check", path), "wrong-fields")
    failed(run("check", "--tracker", "A" * 43, "--archive", path), "not-an-archive")
    assert run("check").exit_code == 2
    assert run("check", "--tracker", "A" * 43).exit_code == 2


def test_a_gateway_that_is_not_there_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After patience ends."""
    defaults = gateway.Gateway.__init__.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "patience", 0.0)
    arguments = ["follow", UUID, "--folder", tmp_path / "copy", "--until", "now"]
    failed(run(*arguments, "--gateway", "http://127.0.0.1:1"), "no-connection")


def test_a_token_goes_over_tls_only(tmp_path: Path) -> None:
    """To another machine, unless it is said; nothing is sent before."""
    arguments = ["follow", UUID, "--folder", tmp_path / "copy", "--until", "now"]
    failed(run(*arguments, "--gateway", "http://gateway.invalid"), "insecure-gateway")
    assert "--insecure" in run(*arguments, "--gateway", "http://gateway.invalid").stderr


def test_the_handbook_names_commands_that_exist() -> None:
    """Every command of its table, with every option that stands there."""
    handbook = Path(__file__).parents[4] / "docs" / "ballot.md"
    section = handbook.read_text().partition("## 命令一览")[2]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    named = [one for row in rows for one in re.findall("`([^`]+)`", row.split("|")[2])]
    group = "credentials"
    assert len(named) > 12
    for text in named:
        words = text.split()
        if words[0] in ballot.commands:
            group = words[0]
        path = words[:1] if words[0] in ballot.commands else [group, words[0]]
        if isinstance(ballot.commands[group], click.Group):
            path = [group, words[1] if words[0] == group else words[0]]
        result = run(*path, "--help")
        assert result.exit_code == 0, text
        shown = " ".join(result.output.split())
        assert all(word in shown for word in words if word.startswith("--")), text
