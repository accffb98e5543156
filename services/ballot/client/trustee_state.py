"""What a scrutineer keeps between her commands: a key file, and the state of what she has done.

The state is written before anything is posted, so that a command that was killed goes on where it
was and never makes a second certificate, polynomial or decryption.  What is secret in it is sealed
with a key that follows from her seed; the seed is in the key file, under her passphrase.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from services.ballot.annex.keyfile import MODERATE, TRUSTEE_SEED, seal, unseal
from services.ballot.belenios.pki import make_seed, read_seed
from services.ballot.belenios.refused import Refused

from . import files
from .trouble import Trouble

_KIND = "trustee-state"
_WHAT = (
    "监票人的工作记录:密钥生成进行到哪一步,签署、解密过什么",
    "a scrutineer's record: how far her key ceremony is, what she signed and decrypted",
)
_SHARE = (
    "不得交给任何人,不得删除或从备份恢复:它保证每次票决只解密一次",
    "share it with nobody; never delete it or restore an older one: it makes her decrypt only once",
)
_NAMES = (
    *("ballot_id", "uuids", "method", "ceremony", "attempt", "index"),
    *("made", "seen", "cosigned", "decrypted"),
)

#: How ids are written; the service's become names of files.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

#: Asks for the passphrase; ``new``: of a key file that is made now, so it is asked for twice.
Passphrase = Callable[[bool], str]


@dataclass
class State:
    """One scrutineer in one ceremony.

    ``seed``: empty where only what is public was read.  ``uuids``: of the elections that the keys
    are for; ``method``: the digest of the ballot method, both as they were at the ceremony.
    ``made``: her messages by their step, her polynomial sealed.  ``seen``: hashes of what the
    others posted and that must not change any more, by its name.  ``cosigned``, ``decrypted``: by
    the election's uuid.
    """

    path: Path
    seed: str
    ballot_id: str
    uuids: list[str]
    method: str
    ceremony: str
    attempt: int
    index: int
    made: dict[str, str]
    seen: dict[str, str]
    cosigned: dict[str, dict[str, str]]
    decrypted: dict[str, dict[str, str]]

    def save(self) -> None:
        """Write it durably."""
        data: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        files.write(self.path, files.labelled(_KIND, _WHAT, _SHARE, **data), secret=True)

    def keep(self, step: str, message: str, *, secret: bool = False) -> None:
        """Keep a message of hers; the first one is never replaced."""
        if step in self.made:
            raise ValueError(f"there is a {step} already")
        self.made[step] = self._sealed(message) if secret else message
        self.save()

    def secret(self, step: str) -> str:
        """A message that was kept secret."""
        try:
            sealed = bytes.fromhex(self.made[step])
            return SecretBox(self._key()).decrypt(sealed).decode()
        except (CryptoError, ValueError) as exc:
            raise Trouble("state-damaged", f"{self.path} 已损坏", "it is damaged") from exc

    def must_stay(self, name: str, digest: str) -> None:
        """Remember what was seen; Trouble if it was something else before."""
        before = self.seen.get(name)
        if before is None:
            self.seen[name] = digest
            self.save()
        elif before != digest:
            raise Trouble(
                "ceremony-changed",
                f"已公布的内容被更改({name}),请停止并报告总监票人",
                f"what others had posted was changed ({name}): stop, and tell the chief scrutineer",
            )

    def _sealed(self, text: str) -> str:
        return bytes(SecretBox(self._key()).encrypt(text.encode())).hex()

    def _key(self) -> bytes:
        return hashlib.sha256(f"minsheng-trustee-state-1|{self.seed}".encode()).digest()


def key_path(folder: Path, ballot_id: str, attempt: int) -> Path:
    """The key file of an attempt; a seed serves one."""
    return folder / f"{_named(ballot_id, attempt)}.key.json"


def state_path(folder: Path, ballot_id: str, attempt: int) -> Path:
    """The state of an attempt."""
    return folder / f"{_named(ballot_id, attempt)}.state.json"


def check_id(text: object) -> str:
    """An id of the service; Trouble for what could be another name of a file or a path."""
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise Trouble("bad-id", "编号不合格式", "this is no id (a UUID)")
    return text


def _named(ballot_id: str, attempt: int) -> str:
    if type(attempt) is not int or attempt < 1:
        raise Trouble("bad-attempt", "密钥生成的次数应为正整数", "attempts are numbered from 1")
    return f"{check_id(ballot_id)}-{attempt}"


def open_state(
    folder: Path, ballot_id: str, attempt: int, passphrase: Passphrase | None
) -> State | None:
    """The state of an attempt, None before there is one; Trouble if it cannot be opened.

    ``passphrase`` None reads only what is public of it.
    """
    path = state_path(folder, ballot_id, attempt)
    if not path.exists():
        return None
    data = files.read_fields(path, _KIND, *_NAMES)
    seed = _unsealed(key_path(folder, ballot_id, attempt), passphrase) if passphrase else ""
    return State(path, seed, **{name: data[name] for name in _NAMES})


def make_state(
    folder: Path,
    *,
    ballot_id: str,
    uuids: list[str],
    method: str,
    ceremony: str,
    attempt: int,
    index: int,
    passphrase: Passphrase,
    cost: tuple[int, int] = MODERATE,
) -> State:
    """A state that nothing was done in yet, with its key file; one that is there is used.

    The state itself is written when there is something to keep.
    """
    path = key_path(folder, ballot_id, attempt)
    if path.exists():
        seed = _unsealed(path, passphrase)
    else:
        seed = make_seed()
        text = _told(lambda: seal(TRUSTEE_SEED, seed, passphrase(True), cost=cost))
        files.write(path, text, secret=True, new=True)
    where = state_path(folder, ballot_id, attempt)
    return State(where, seed, ballot_id, uuids, method, ceremony, attempt, index, {}, {}, {}, {})


def newest_state(folder: Path, ballot_id: str, passphrase: Passphrase | None) -> State:
    """The state of a ballot's last attempt; Trouble if this scrutineer has none.

    ``passphrase`` None reads only what is public of it.
    """
    attempts = [
        int(number)
        for one in folder.glob(f"{check_id(ballot_id)}-*.state.json")
        if re.fullmatch("[1-9][0-9]{0,8}", number := one.name[len(ballot_id) + 1 :].split(".")[0])
    ]
    found = open_state(folder, ballot_id, max(attempts), passphrase) if attempts else None
    if found is None:
        raise Trouble(
            "no-state",
            f"{folder} 中没有本次票决的密钥生成记录",
            "there is no record of this ballot's key ceremony",
        )
    return found


def _unsealed(path: Path, passphrase: Passphrase) -> str:
    text = files.read(path)
    return _told(lambda: read_seed(unseal(TRUSTEE_SEED, text, passphrase(False))), path)


def _told(work: Callable[[], str], path: Path | None = None) -> str:
    try:
        return work()
    except Refused as exc:
        about = f"{path}: " if path else ""
        raise Trouble.of(exc, about_zh=about, about_en=about) from exc
