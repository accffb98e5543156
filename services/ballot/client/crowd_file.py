"""The deputies of a rehearsal, as a file says who they are: logins, credentials and marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.ballot.belenios.credential import read_credential
from services.ballot.belenios.encoding import array, fields, integer, loads, string
from services.ballot.belenios.refused import Refused

from . import files
from .trouble import Trouble

_MOST = 10_000


@dataclass(frozen=True)
class Deputy:
    """A synthetic deputy: her login, her credential, and her marks by numbers on the ballot.

    ``blank``: she hands in a blank ballot, where the method knows one.
    """

    token: str
    credential: str
    approve: tuple[int, ...] = ()
    oppose: tuple[int, ...] = ()
    blank: bool = False


def read_deputies(path: Path) -> list[Deputy]:
    """Read a crowd's file: ``{"voters": [{"token", "credential", "approve", …}, …]}``.

    ``token_file`` may stand in place of ``token``, ``oppose`` beside ``approve``, and
    ``"blank": true`` in place of both.  Trouble with the place of what cannot be read.
    """
    try:
        voters = array(
            fields(loads(files.read(path), most=files.MOST_BYTES), "voters")["voters"], most=_MOST
        )
    except Refused as exc:
        raise Trouble.of(exc, about_zh=f"{path}:", about_en=f"{path}: ") from exc
    found = []
    for number, one in enumerate(voters, 1):
        try:
            found.append(_deputy(one, path.parent))
        except Refused as exc:
            about = f"{path}, voters[{number - 1}]"
            raise Trouble.of(exc, about_zh=f"{about}:", about_en=f"{about}: ") from exc
    if not found:
        raise Trouble("no-voters", f"{path} 中没有投票人", "there is nobody who votes")
    return found


def _deputy(data: Any, folder: Path) -> Deputy:
    given = ("token", "token_file", "approve", "oppose", "blank")
    read = fields(data, "credential", optional=given)
    if ("token" in read) == ("token_file" in read):
        raise Refused("wrong-fields", "give token or token_file", "应有 token 或 token_file 之一")
    blank = read.get("blank", False)
    if blank not in (True, False) or ("approve" in read) == bool(blank):
        raise Refused("wrong-fields", "give approve, or blank: true", "应有 approve,或 blank: true")
    token = (
        string(read["token"])
        if "token" in read
        else files.read(folder / string(read["token_file"])).strip()
    )
    approve, oppose = (
        tuple(integer(one, most=_MOST) for one in array(read.get(name, []), most=_MOST))
        for name in ("approve", "oppose")
    )
    return Deputy(token, read_credential(string(read["credential"])), approve, oppose, bool(blank))
