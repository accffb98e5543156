"""``minsheng ballot credentials``: the credentials office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import (
    FILE,
    FOLDER,
    NEW_FILE,
    connected,
    day,
    passphrase_file,
    passphrase_from,
    troubles,
    wrote,
)

if TYPE_CHECKING:
    from ..gateway import Gateway

_SECRET = "密,仅限大会秘书处 SECRET, the credentials office only"  # noqa: S105 - no password
_PUBLIC = "可以公开 public"


@click.group()
def credentials() -> None:
    """大会秘书处:投票凭证的制作、登记、发放、撤回 The credentials office.

    PLAN goes offline to the machine that makes the credentials; only public lists come back.
    No scrutineer works here.
    """


@credentials.command()
@click.argument("ballot_id")
@click.option("--output", type=NEW_FILE, required=True, help="计划文件,可以公开 Public.")
@connected()
def plan(gateway: Gateway, ballot_id: str, output: Path) -> None:
    """获取制作凭证所需的公开信息 Fetch what must be known to make a ballot's credentials."""
    from .. import files, office

    with troubles():
        found = office.plan(gateway, ballot_id)
        files.write(output, found.to_text(), secret=False)
    wrote(output, "制作凭证的计划,", f"the plan: {_PUBLIC}")


@credentials.command()
@click.argument("plan_file", type=FILE, metavar="PLAN")
@click.option("--number", type=int, help="份数;默认为全体代表 How many; default: all deputies.")
@click.option("--title", required=True, help="信上的票决名称 The ballot's name in the letters.")
@click.option("--folder", type=FOLDER, required=True, help="新文件夹 A new folder.")
@passphrase_file
def make(
    plan_file: Path, number: int | None, title: str, folder: Path, passphrase_file: Path | None
) -> None:
    """离线制作凭证与密封信 Make credentials and letters, offline.

    Writes credentials.key.json (secret, sealed; kept until the session ends), letters.html
    (secret, printed and then deleted) and a public list for each election, to be registered.
    """
    from .. import office
    from ..letters import to_html

    with troubles():
        read = office.Plan.read(plan_file)
        made = office.Credentials.made(read, read.roll if number is None else number)
        passphrase = passphrase_from(passphrase_file)(True)
        written = office.write_all(made, folder, passphrase, to_html(made, title))
    wrote(written[0], "全部凭证,口令封存;", f"all credentials, sealed: {_SECRET}")
    wrote(written[1], "密封信,打印后删除;", f"the letters; print, then delete: {_SECRET}")
    for path in written[2:]:
        wrote(path, "公开凭证名册,", f"to be registered: {_PUBLIC}")


@credentials.command()
@click.argument("lists", type=FILE, nargs=-1, required=True, metavar="PUBLIC.json...")
@day
@connected()
def register(gateway: Gateway, lists: tuple[Path, ...], day: dt.datetime) -> None:
    """登记公开凭证名册 Register the public lists of a ballot's elections."""
    from .. import office

    with troubles():
        read = [office.read_public_list(one) for one in lists]
        office.register(gateway, read, day.date())
    for one in read:
        click.echo(f"{one['uuid']}: 已登记 registered {len(one['credentials'])}")


@credentials.command()
@click.argument("ballot_id")
@click.argument("deputy_id")
@day
@connected()
def issue(gateway: Gateway, ballot_id: str, deputy_id: str, day: dt.datetime) -> None:
    """记录已向代表发放一封密封信 Note that a deputy was handed a letter; never which one."""
    from .. import office

    with troubles():
        office.issue(gateway, ballot_id, deputy_id, day.date())
    click.echo(f"{deputy_id}: 已发放 issued")


@credentials.command()
@click.argument("key", type=FILE, metavar="credentials.key.json")
@click.option("--number", type=int, required=True, help="信封编号 The letter's number.")
@click.option("--uuid", required=True, help="票决编号 The election that is open.")
@passphrase_file
@connected()
def withdraw(
    gateway: Gateway, key: Path, number: int, uuid: str, passphrase_file: Path | None
) -> None:
    """撤回未使用的凭证(代表改用纸质票)Withdraw an unused credential, before a paper is given.

    Only its public form is sent.
    """
    from .. import office

    with troubles():
        held = office.Credentials.unsealed(key, passphrase_from(passphrase_file)(False))
        office.withdraw(gateway, uuid, held.public_of(uuid, number))
    click.echo(f"第 {number} 号已撤回 letter {number} is withdrawn")
