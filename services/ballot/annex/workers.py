"""Ballots checked in several processes: the proofs are nearly all of a verification's time.

For command lines only: processes are never started from inside a service.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from services.ballot.belenios.ballot import Ballot, check_ballot
from services.ballot.belenios.ciphertext import Ciphertext
from services.ballot.belenios.election import Election
from services.ballot.belenios.refused import Refused

from . import copying

#: Ballots that a process takes at once; fewer than twice as many are not worth a process.
_CHUNK = 4


@dataclass(frozen=True, slots=True)
class Choices:
    """The ciphertexts of one answer, which is what a tally needs of it."""

    choices: tuple[Ciphertext, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A ballot that holds by itself; ``alphas``: each once, without copies."""

    credential: str
    unsigned_hash: str
    answers: tuple[Choices, ...]
    alphas: tuple[str, ...]


def judge(election: Election, kind: int | None, text: str) -> Judged | Refused:
    """Check everything that a ballot shows by itself.

    ``kind``: None if only Belenios' own rules are known; then any choice may be copied inside a
    ballot from one answer to another.
    """
    try:
        ballot = Ballot.from_text(text, election)
        if kind is None:
            check_ballot(election, ballot, copies=True)
            alphas = tuple({one.alpha for answer in ballot.answers for one in answer.choices})
        else:
            alphas = copying.check(election, ballot, kind)
    except Refused as refused:
        return refused
    answers = tuple(Choices(answer.choices) for answer in ballot.answers)
    return Judged(ballot.credential, ballot.unsigned_hash, answers, alphas)


@contextmanager
def judging(
    election: Election, kind: int | None, texts: Sequence[str], processes: int
) -> Iterator[Iterator[Judged | Refused]]:
    """Check ballots, in their order; inside this process where more are not worth it."""
    if processes < 2 or len(texts) < 2 * _CHUNK:
        yield (judge(election, kind, text) for text in texts)
        return
    setting = (election.text, kind)
    pool = ProcessPoolExecutor(processes, initializer=_set, initargs=setting)
    try:
        yield pool.map(_judge, texts, chunksize=_CHUNK)
    finally:
        pool.shutdown(cancel_futures=True)


#: Of a worker process: the election, with its tables, and the kind.
_setting: list[tuple[Election, int | None]] = []


def _set(election: str, kind: int | None) -> None:
    _setting[:] = [(Election.from_text(election), kind)]


def _judge(text: str) -> Judged | Refused:
    return judge(*_setting[0], text)
