"""Key files: secrets on their owner's machine, wrapped with a passphrase (口令).

A file is JSON that says, in Chinese and English, what it is and with whom to share it; the secret
is sealed by Argon2id and XSalsa20-Poly1305 (PyNaCl's ``SecretBox``).  Its kind is sealed with it,
so that no file passes for one of another kind.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from services.ballot.belenios.encoding import dumps, encoded, fields, integer, loads, string
from services.ballot.belenios.refused import Refused

TRUSTEE_SEED = "trustee-seed"
CREDENTIALS_LIST = "credentials-list"
BOARD = "board"

_NOBODY = {"zh": "不得交给任何人", "en": "share it with nobody"}
_KINDS: dict[str, dict[str, dict[str, str]]] = {
    TRUSTEE_SEED: {
        "what": {
            "zh": "监票人的私密种子:可签名并参与解密计票",
            "en": "a scrutineer's secret seed: it signs and takes part in decrypting the tally",
        },
        "share": _NOBODY,
    },
    CREDENTIALS_LIST: {
        "what": {
            "zh": "全体代表的投票凭证:持有者可代任何人投票,会议结束后销毁",
            "en": "all deputies' credentials: whoever has them could vote for anybody;"
            " destroyed after the session",
        },
        "share": {
            "zh": "仅限大会秘书处;绝不交给监票人或投票服务",
            "en": "the credentials office only; never scrutineers, never the voting service",
        },
    },
    BOARD: {
        "what": {
            "zh": "公告板的签名密钥:签署回执与附录",
            "en": "the board's signing key: it signs receipts and the annex",
        },
        "share": {"zh": "仅限投票服务", "en": "the voting service only"},
    },
}

#: Argon2id's cost, as (passes, bytes of memory): under a second, and a quarter of a gigabyte.
MODERATE = (argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
#: A read file may ask for no more than this, or it could exhaust the machine.
_MOST_PASSES, _MOST_MEMORY = 16, 2**30
_MOST_BYTES = 20_000_000
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_SHORTEST = 12


def seal(kind: str, secret: str, passphrase: str, *, cost: tuple[int, int] = MODERATE) -> str:
    """The text of a key file; Refused for a passphrase of fewer than 12 characters."""
    if kind not in _KINDS:
        raise _wrong_kind(kind)
    normal = _normal(passphrase)
    if len(normal) < _SHORTEST:
        raise Refused(
            "short-passphrase",
            f"the passphrase needs {_SHORTEST} characters at least",
            f"口令至少 {_SHORTEST} 个字符",
        )
    salt, (passes, memory) = random(argon2id.SALTBYTES), cost
    box = SecretBox(_key(normal, salt, passes, memory))
    sealed = bytes(box.encrypt(encoded(dumps({"kind": kind, "secret": secret}))))
    file = {
        "version": 1,
        "kind": kind,
        **_KINDS[kind],
        "argon2id": {"salt": salt.hex(), "passes": passes, "memory": memory},
        "sealed": sealed.hex(),
    }
    return dumps(file) + "\n"


def unseal(kind: str, text: str, passphrase: str) -> str:
    """The secret of a key file; Refused if it is of another kind or the passphrase is wrong."""
    names = ("version", "kind", "what", "share", "argon2id", "sealed")
    read = fields(loads(text, most=_MOST_BYTES), *names)
    if read["version"] != 1 or read["kind"] != kind or kind not in _KINDS:
        raise _wrong_kind(kind)
    made = fields(read["argon2id"], "salt", "passes", "memory")
    salt, sealed = _bytes(made["salt"]), _bytes(read["sealed"])
    passes = integer(made["passes"], most=_MOST_PASSES)
    memory = integer(made["memory"], most=_MOST_MEMORY)
    try:
        box = SecretBox(_key(_normal(passphrase), salt, passes, memory))
        plain = box.decrypt(sealed).decode()
    except (CryptoError, ValueError) as exc:
        raise Refused(
            "wrong-passphrase",
            "the passphrase is wrong or the file is damaged",
            "口令错误或文件已损坏",
        ) from exc
    opened: dict[str, Any] = fields(loads(plain, most=_MOST_BYTES), "kind", "secret")
    if opened["kind"] != kind:
        raise _wrong_kind(kind)
    return string(opened["secret"])


def _normal(passphrase: str) -> str:
    """One way to write what was typed: keyboards differ in how they compose characters."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _key(passphrase: str, salt: bytes, passes: int, memory: int) -> bytes:
    return argon2id.kdf(
        SecretBox.KEY_SIZE, encoded(passphrase), salt, opslimit=passes, memlimit=memory
    )


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise Refused("damaged", "the key file is damaged", "密钥文件已损坏")
    return bytes.fromhex(value)


def _wrong_kind(kind: str) -> Refused:
    return Refused("wrong-kind", f"this is no key file of the kind {kind}", "不是该类密钥文件")
