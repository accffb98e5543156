"""Credentials: what a voter holds in secret, and the public key that stands on the roll for it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from .encoding import BASE58, array, canonical, dumps, sha256_hex, string
from .group import Group
from .refused import Refused

_PARTS = (5, 6, 5, 6)
_CREDENTIAL = re.compile("-".join(f"[{BASE58}]{{{length}}}" for length in _PARTS), re.ASCII)
#: Of a list: 10,000 credentials of the larger group.
MOST_BYTES = 7_000_000


def make_credential() -> str:
    """A new secret credential: 22 characters, about 129 bits that nobody can guess."""
    return "-".join("".join(secrets.choice(BASE58) for _ in range(length)) for length in _PARTS)


def read_credential(text: str) -> str:
    """The same text, if it is one; Refused otherwise.  There is no check digit."""
    if not isinstance(text, str) or not _CREDENTIAL.fullmatch(text):
        raise Refused(
            "bad-credential",
            "a credential is written XXXXX-XXXXXX-XXXXX-XXXXXX",
            "投票凭证的格式为 XXXXX-XXXXXX-XXXXX-XXXXXX",
        )
    return text


def secret(uuid: str, credential: str, group: Group) -> int:
    """The exponent that a credential stands for in the election of this uuid."""
    text = read_credential(credential)
    halves = (sha256_hex(f"derive_credential|{uuid}|{i}|{text}".encode()) for i in (0, 1))
    return int("".join(halves), 16) % group.q


def public(uuid: str, credential: str, group: Group) -> str:
    """The public credential of the election of this uuid."""
    return group.text(group.exp_g(secret(uuid, credential, group)))


def public_credentials_from_text(text: str, group: Group) -> tuple[str, ...]:
    """Read a list of public credentials, in the order in which they stand.

    Refused unless all are elements of the group, distinct, and of weight 1.  Belenios sorts them
    by an order of its own, which others must not rely on.
    """
    read = tuple(_unweighted(string(one)) for one in array(canonical(text, most=MOST_BYTES)))
    for one in read:
        group.parse(one)
    if len(set(read)) < len(read):
        raise Refused("repeated-credential", "a credential stands twice", "投票凭证重复")
    return read


def public_credentials_to_text(credentials: Iterable[str]) -> str:
    """The message."""
    return dumps(list(credentials))


def _unweighted(entry: str) -> str:
    """The credential of an entry ``credential`` or ``credential,1``: deputies are equal."""
    credential, comma, weight = entry.partition(",")
    if comma and weight != "1":
        raise Refused("weighted", "every vote must have weight 1", "每一票的权重应为 1")
    return credential
