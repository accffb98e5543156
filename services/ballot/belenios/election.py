"""The election: what every voter is asked, under which key; its hash binds every ballot to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from . import encoding
from .encoding import array, dumps, encoded, fields, integer, loads, string
from .group import Base, Group, group_named
from .question import Question
from .refused import Refused

VERSION = 1
#: In bytes and in number; a congress needs a hundredth.
MOST_BYTES = 1_000_000
MOST_QUESTIONS = 1000
_OPTIONAL = ("administrator", "credential_authority")


@dataclass(frozen=True)
class Election:
    """``election`` of the specification.

    ``text`` is the message as it was received: it is hashed as it stands and never written anew.
    """

    description: str
    name: str
    group: Group
    public_key: str
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None
    credential_authority: str | None
    text: str
    version: int = VERSION

    @classmethod
    def from_text(cls, text: str) -> Election:
        """Read the message; Refused unless its key is an element of its group."""
        names = ("version", "description", "name", "group", "public_key", "questions", "uuid")
        read = fields(loads(text, most=MOST_BYTES), *names, optional=_OPTIONAL)
        if integer(read["version"]) != VERSION:
            raise Refused(
                "unknown-version", f"only version {VERSION} is known", f"仅支持版本 {VERSION}"
            )
        questions = array(read["questions"], most=MOST_QUESTIONS)
        if not questions:
            raise Refused("no-questions", "an election asks something", "票决至少须有一道题目")
        group = group_named(read["group"])
        group.parse(string(read["public_key"]))
        return cls(
            string(read["description"]),
            string(read["name"]),
            group,
            read["public_key"],
            tuple(Question.from_data(one) for one in questions),
            encoding.uuid(read["uuid"]),
            string(read["administrator"]) if "administrator" in read else None,
            string(read["credential_authority"]) if "credential_authority" in read else None,
            text,
        )

    @classmethod
    def made(
        cls,
        *,
        name: str,
        description: str,
        group: Group,
        public_key: str,
        questions: Sequence[Question],
        uuid: str,
        administrator: str | None = None,
        credential_authority: str | None = None,
    ) -> Election:
        """A new election, and how it is written."""
        data = {
            "version": VERSION,
            "description": description,
            "name": name,
            "group": group.name,
            "public_key": public_key,
            "questions": [one.to_data() for one in questions],
            "uuid": uuid,
            "administrator": administrator,
            "credential_authority": credential_authority,
        }
        return cls.from_text(dumps({key: one for key, one in data.items() if one is not None}))

    def to_text(self) -> str:
        """The message, as it was received."""
        return self.text

    @cached_property
    def hash(self) -> str:
        """Its name in an archive: SHA-256 of its bytes, in hexadecimal digits."""
        return encoding.sha256_hex(encoded(self.text))

    @cached_property
    def fingerprint(self) -> str:
        """φ, which ballots carry and every proof hashes: the same in unpadded base64."""
        return encoding.sha256_base64(encoded(self.text))

    @cached_property
    def y(self) -> Base:
        """The public key, ready for thousands of powers."""
        return self.group.fixed(self.group.parse(self.public_key))
