"""Key ceremonies held in tests, and what the vectors' ceremony left behind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from services.ballot.belenios.certificate import Certificate, make_certificate, own_index
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.dealing import Polynomial, Vinput, Voutput
from services.ballot.belenios.decryption import OwnedPartialDecryption
from services.ballot.belenios.encoding import sha256_hex
from services.ballot.belenios.group import ED25519, GROUPS, Group
from services.ballot.belenios.pedersen import (
    make_polynomial,
    make_vinputs,
    make_voutput,
    read_private_key,
)
from services.ballot.belenios.pki import make_seed
from services.ballot.belenios.proof import random_scalar
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.tally import EncryptedTally
from services.ballot.belenios.threshold import make_parameters
from services.ballot.belenios.trustee import Trustees

VECTORS = Path(__file__).parent / "vectors"
SECRETS = VECTORS / "ed25519-secrets"
ARCHIVES = (
    "ed25519-threshold-2of3-100ballots.bel",
    "belenios2048-threshold-2of3-100ballots.bel",
    "belenios2048-single-5ballots.bel",
)
#: Threshold trustees as Debian's release 2.0 writes them, without their fields of 3.x.
OLDER = VECTORS / "belenios2048-threshold-trustees-2.0.json"
PHI = "dwwH4a9QCws83nkmlUtrGPoLnWV+Vnt+2GjEUcuk6No"


def refused(code: str) -> pytest.RaisesExc[Refused]:
    """Expect a refusal with this code."""
    return pytest.raises(Refused, match=f"^({code}):")


@dataclass(frozen=True)
class Ceremony:
    """One that went well; lists are in the order of the trustees."""

    group: Group
    seeds: tuple[str, ...]
    certs: tuple[Certificate, ...]
    polynomials: tuple[Polynomial, ...]
    vinputs: tuple[Vinput, ...]
    voutputs: tuple[Voutput, ...]

    @property
    def trustees(self) -> Trustees:
        """What is published of it."""
        made = make_parameters(self.group, self.certs, self.polynomials, self.voutputs)
        return Trustees.made(self.group, [made])

    @property
    def private_keys(self) -> tuple[int, ...]:
        """The trustees' private keys."""
        return tuple(
            read_private_key(self.group, seed, one.private_key)
            for seed, one in zip(self.seeds, self.voutputs, strict=True)
        )


def hold(group: Group, size: int, threshold: int) -> Ceremony:
    """A new ceremony."""
    seeds = tuple(make_seed() for _ in range(size))
    certs = tuple(
        make_certificate(group, seed, size=size, threshold=threshold, index=index)
        for index, seed in enumerate(seeds, 1)
    )
    polynomials = tuple(make_polynomial(group, seed, certs) for seed in seeds)
    vinputs = tuple(make_vinputs(group, certs, polynomials))
    voutputs = tuple(
        make_voutput(group, seed, certs, vinput)
        for seed, vinput in zip(seeds, vinputs, strict=True)
    )
    return Ceremony(group, seeds, certs, polynomials, vinputs, voutputs)


@cache
def held(name: str = "Ed25519", size: int = 3, threshold: int = 2) -> Ceremony:
    """A ceremony that tests share."""
    return hold(GROUPS[name], size, threshold)


@cache
def of_the_vectors() -> Ceremony:
    """The ceremony behind the vectors, put together from its trustees' files."""
    group, q = ED25519, ED25519.q
    certs = tuple(Certificate.from_text(line, q) for line in _lines("certs.jsons"))
    seeds = {own_index(group, certs, key.read_text().strip()): key for key in _files("key")}
    keys = [seeds[index] for index in sorted(seeds)]
    return Ceremony(
        group,
        tuple(key.read_text().strip() for key in keys),
        certs,
        tuple(Polynomial.from_text(line, q) for line in _lines("polynomials.jsons")),
        tuple(Vinput.from_text(_beside(key, "vinput"), q) for key in keys),
        tuple(Voutput.from_text(_beside(key, "voutput"), q) for key in keys),
    )


def decryption_keys_of_the_vectors() -> tuple[str, ...]:
    """The ``.dkey`` files, in the order of the trustees."""
    group, certs = ED25519, of_the_vectors().certs
    keys = sorted(_files("key"), key=lambda one: own_index(group, certs, one.read_text().strip()))
    return tuple(_beside(key, "dkey") for key in keys)


@dataclass(frozen=True)
class Answer:
    """An answer, as far as the tally goes."""

    choices: tuple[Ciphertext, ...]


@dataclass(frozen=True)
class Archived:
    """The messages of an archive of the vectors."""

    texts: tuple[str, ...]

    @property
    def election(self) -> str:
        """The election's text."""
        return self.texts[1]

    @property
    def group(self) -> Group:
        """Its group."""
        return GROUPS[json.loads(self.election)["group"]]

    @property
    def trustees(self) -> str:
        """The trustees' text."""
        return self.texts[2]

    def payloads(self, event: str) -> tuple[str, ...]:
        """The payloads of all events of a type."""
        named = {sha256_hex(text.encode()): text for text in self.texts}
        events = (json.loads(text) for text in self.texts if f'"type":"{event}"' in text[:130])
        return tuple(named[one["payload"]] for one in events)

    def named(self, digest: str) -> str:
        """The message of this hash."""
        return next(text for text in self.texts if sha256_hex(text.encode()) == digest)

    @property
    def ballots(self) -> list[tuple[Answer, ...]]:
        """The answers of all ballots."""
        return [
            tuple(
                Answer(tuple(map(Ciphertext.from_data, answer["choices"])))
                for answer in json.loads(text)["answers"]
            )
            for text in self.payloads("Ballot")
        ]

    @property
    def decryptions(self) -> dict[int, str]:
        """The partial decryptions' texts by owner."""
        owned = map(OwnedPartialDecryption.from_text, self.payloads("PartialDecryption"))
        return {one.owner: self.named(one.payload) for one in owned}


@cache
def archived(name: str) -> Archived:
    """The messages of an archive of the vectors, in order."""
    data, found, offset = (VECTORS / name).read_bytes(), [], 0
    while offset < len(data):
        size = int(data[offset + 124 : offset + 135], 8)
        found.append(data[offset + 512 : offset + 512 + size].decode())
        offset += 512 + -(-size // 512) * 512
    return Archived(tuple(found))


def encryption(group: Group, key: str, number: int) -> Ciphertext:
    """A number encrypted under an election's key."""
    r = random_scalar(group)
    beta = group.mul(group.exp(group.parse(key), r), group.exp_g(number))
    return Ciphertext.of(group, group.exp_g(r), beta)


def tally_of(ceremony: Ceremony, *rows: tuple[int, ...]) -> EncryptedTally:
    """An encrypted tally of these numbers."""
    key = ceremony.trustees.election_key
    return EncryptedTally(
        tuple(tuple(encryption(ceremony.group, key, one) for one in row) for row in rows)
    )


def _files(ending: str) -> list[Path]:
    return sorted(SECRETS.glob(f"*.{ending}"))


def _lines(name: str) -> list[str]:
    return (SECRETS / name).read_text().splitlines()


def _beside(key: Path, ending: str) -> str:
    return key.with_suffix(f".{ending}").read_text().strip()
