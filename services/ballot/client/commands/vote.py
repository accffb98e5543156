"""``minsheng ballot vote``: a deputy who votes with a program of her own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, NEW_FILE, connected, troubles, wrote

if TYPE_CHECKING:
    from services.ballot.annex.copying import Mark
    from services.ballot.annex.receipt import Receipt
    from services.ballot.belenios.ballot import Ballot

    from ..gateway import Gateway
    from ..voter import Vote

_BLANK = "blank"
_NUMBERS = "编号,以空格分隔 numbers, blanks between them"


@click.command()
@click.argument("uuid")
@click.option(
    "--credential-file",
    type=FILE,
    help="投票凭证文件,不得交给他人;不给则询问 Your credential; share it with nobody. Else asked.",
)
@click.option(
    "--marks-file",
    type=FILE,
    help="填票文件,用后删除;不给则询问 Your marks, to be deleted afterwards; else you are asked."
    " Lines: approve 1 3, oppose 2; or the one word blank.",
)
@click.option("--cast", "way", flag_value="cast", help="投出 Cast it, do not ask.")
@click.option("--check", "way", flag_value="check", help="查验 Open it to check it, do not ask.")
@click.option(
    "--resume",
    type=FILE,
    help="再次提交已签名、尚无回执的票,不会多投"
    " Send the signed ballot of this file again: it is the same vote, and nothing is asked.",
)
@click.option(
    "--output",
    type=NEW_FILE,
    required=True,
    help="投出:回执(可以公开);查验:已公开的票(只给自己的第二台设备)"
    " The receipt (public) of a cast ballot; or the opened ballot, for a second device of yours.",
)
@connected()
def vote(
    gateway: Gateway,
    uuid: str,
    credential_file: Path | None,
    marks_file: Path | None,
    way: str | None,
    resume: Path | None,
    output: Path,
) -> None:
    """投票:加密、显示承诺,然后投出或查验 Vote: encrypt, then cast or check.

    Write down the commitment before you decide.  After casting the same must stand on the board
    under your tracker: compare, best with check --tracker on another device.  A ballot that is
    checked is never cast; make another one.  If the network breaks, the signed ballot is kept
    beside --output (nothing secret is in it): send it again with --resume.

    The candidates are listed, with their numbers; what you choose is neither printed nor shown
    while you type it, so it is asked for twice.
    """
    from .. import casting, files, voter

    if resume is not None and (credential_file or marks_file or way == "check"):
        raise click.UsageError("--resume sends the ballot of that file, and asks for nothing else")
    kept = resume or output.with_name(f"{output.name}.signed.json")
    with troubles():
        files.check_new(output)
        at = voter.fetch(gateway, uuid)
        if resume is not None:
            _show(at)
            _send(gateway, at, casting.read_signed(resume, at), kept, output)
            return
        _check_finished(kept)
        credential = _credential(credential_file)
        prepared = voter.make(at, credential, _marks(at, marks_file))
        _show(at)
        click.echo(f"承诺 commitment: {prepared.ballot.unsigned_hash}")
        chosen = way or click.prompt(
            "投出还是查验 Cast or check", type=click.Choice(["cast", "check"]), err=True
        )
        if chosen == "check":
            voter.open_to_check(gateway, at, prepared, output)
            wrote(output, "已公开的票,只给自己的第二台设备;", "opened: for your second device only")
            click.echo("此票不能再投,请重新填写 it can never be cast: make another one")
            return
        ballot = voter.signed(at, credential, prepared)
        casting.keep_signed(kept, at, ballot)
        wrote(kept, "已签名的票,有回执后自动删除;", "signed; if this breaks off: vote --resume")
        _send(gateway, at, ballot, kept, output, prepared.ballot.unsigned_hash)


def _show(at: Vote) -> None:
    click.echo(f"票决 election: {at.election.name}  {at.election.fingerprint}")
    method = at.manifest.method
    click.echo(f"票决办法 ballot method: {method.title}  {method.hash}")
    click.echo(f"监票人公钥 trustees: {at.manifest.trustees}")


def _check_finished(kept: Path) -> None:
    from ..trouble import Trouble

    if kept.exists():
        raise Trouble(
            "unfinished-vote",
            f"{kept} 中有一张已签名、尚无回执的票:请用 --resume 再次提交",
            "a signed ballot without a receipt is there: send it again with --resume",
        )


def _send(
    gateway: Gateway, at: Vote, ballot: Ballot, kept: Path, output: Path, shown: str | None = None
) -> None:
    """Send a signed ballot, which is kept in a file until its receipt is written.

    ``shown``: its commitment, as it was shown before she chose to cast; None if that was earlier.
    """
    from .. import files, voter

    click.echo(f"追踪码 tracker: {ballot.tracker}")
    receipt = voter.send(gateway, at, ballot)
    files.write(output, receipt.to_text() + "\n", secret=False, new=True)
    wrote(output, "回执,可以公开;", "the receipt: public")
    kept.unlink(missing_ok=True)
    _compare(gateway, at, receipt, shown)


def _compare(gateway: Gateway, at: Vote, receipt: Receipt, shown: str | None) -> None:
    """Say what stands on the board now beside what was shown before she chose to cast, if known."""
    from .. import casting
    from ..tracking import check_commitment

    found = casting.standing(gateway, at, receipt)
    if shown is not None:
        click.echo(f"事先显示的承诺 commitment shown before: {shown}")
    click.echo(f"公告板上的承诺 commitment on the board: {found}")
    if shown is not None:
        check_commitment(found, shown)
    click.echo("请与您记下的比较 compare with what you wrote down")


def _credential(file: Path | None) -> str:
    from services.ballot.belenios.credential import read_credential

    from .. import files

    if file is not None:
        return read_credential(files.read(file).strip())
    asked: str = click.prompt("投票凭证 Credential", hide_input=True, err=True)
    return read_credential(asked.strip())


def _marks(at: Vote, file: Path | None) -> list[Mark] | None:
    """From a file or from questions; None for a blank ballot."""
    from .. import files, voter

    if file is None:
        return _asked(at)
    given: dict[str, list[int]] = {"approve": [], "oppose": []}
    for line in files.read(file).splitlines():
        word, *numbers = line.split() or [""]
        if word == _BLANK and not numbers:
            return None
        if word in given:
            given[word] += _numbers(" ".join(numbers))
        elif word:
            raise _bad(line)
    return voter.marks_of(at, given["approve"], given["oppose"])


def _asked(at: Vote) -> list[Mark] | None:
    from .. import voter

    for number, name in enumerate(at.candidates, 1):
        click.echo(f"{number:4} {name}", err=True)
    least, most, blank = at.manifest.min, at.manifest.max, at.manifest.blank
    other = f"; 空白票 a blank ballot: {_BLANK}" if blank else ""
    approve = _hidden(f"赞成 approve ({least}-{most}), {_NUMBERS}{other}")
    if blank and approve.strip() == _BLANK:
        return None
    oppose = "" if at.manifest.kind == 1 else _hidden(f"反对 oppose, {_NUMBERS}")
    return voter.marks_of(at, _numbers(approve), _numbers(oppose))


def _hidden(text: str) -> str:
    """Asked twice, since what is typed is not shown: nobody reads a choice off a screen."""
    answer: str = click.prompt(
        text,
        default="",
        err=True,
        hide_input=True,
        confirmation_prompt="再输入一次 once more",
        show_default=False,
    )
    return answer


def _numbers(text: str) -> list[int]:
    words = text.replace(",", " ").replace(",", " ").replace("、", " ").split()
    if not all(word.isascii() and word.isdecimal() and len(word) < 5 for word in words):
        raise _bad(text)
    return [int(word) for word in words]


def _bad(text: str) -> Exception:
    from ..trouble import Trouble

    return Trouble("bad-marks", "填票内容无法读取", "marks are numbers of candidates")
