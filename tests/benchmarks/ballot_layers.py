"""Where the time of a ballot goes: its operations counted, and a profile by layers."""

from __future__ import annotations

import cProfile
import functools
import pstats
import secrets
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from services.ballot.annex.workers import Judged, judge
from services.ballot.belenios import ed25519
from tests.services.ballot.annex.elections import Vote

from .ballot_archives import CANDIDATES, MOST, took

#: What a ballot of kind 1 may take, and on which machine: base, variable and add, in seconds.
LIMIT, REFERENCE = 16e-3, {"base": 18e-6, "variable": 97e-6, "add": 14e-6}
_OPERATIONS = {"_multiply_base": "base", "_multiply": "variable", "_add": "add", "_subtract": "add"}

GROUP, HASH, JSON, DATABASE, REST = "group operations", "hashing", "JSON", "database", "rest"
LAYERS = (GROUP, HASH, JSON, DATABASE, REST)
_FILES = (
    ("belenios/ed25519.py", GROUP),
    ("belenios/belenios_2048.py", GROUP),
    ("nacl/", GROUP),
    ("hashlib.py", HASH),
    ("/json/", JSON),
    ("belenios/encoding.py", JSON),
    ("sqlalchemy/", DATABASE),
    ("chassis/", DATABASE),
)
_BUILT_IN = (
    ("crypto_", GROUP),
    ("gmpy2", GROUP),
    ("mpz", GROUP),
    ("_hashlib", HASH),
    ("sha256", HASH),
    ("_json", JSON),
    ("sqlite3", DATABASE),
    ("psycopg", DATABASE),
)
_HASHING = ("hash_to_scalar", "sha256_hex", "sha256_base64")


def one_ballot(rounds: int = 5, ballots: int = 20) -> dict[str, Any]:
    """Seconds to check one Ed25519 ballot of kind 1, beside its operations at their own price.

    Seconds of computing: what else the machine does falls on neither.

    ``ratio``: to the sum of its operations; ``scaled``: on a machine of the reference's speed.
    """
    vote = Vote("Ed25519", candidates=CANDIDATES, most=MOST, voters=ballots)
    texts = [vote.prepare(voter).to_text() for voter in range(ballots)]
    counts = _count(lambda: _judged(vote, texts[0]))
    prices: dict[str, list[float]] = {name: [] for name in REFERENCE}
    times = []
    for _ in range(rounds):
        for name, price in _prices().items():
            prices[name].append(price)
        times += [took(functools.partial(_judged, vote, text)).own for text in texts]
    measured = {name: statistics.median(each) for name, each in prices.items()}
    seconds = statistics.median(times)
    floor = sum(counts[name] * price for name, price in measured.items())
    reference = sum(counts[name] * price for name, price in REFERENCE.items())
    return {
        "seconds": seconds,
        "operations": dict(counts),
        "prices": measured,
        "floor": floor,
        "ratio": seconds / floor,
        "scaled": seconds / floor * reference,
    }


def profile(group: str, kind: int, ballots: int = 10) -> dict[str, dict[str, float]]:
    """The share of each layer in making and in checking ballots (cProfile: Python counts more)."""
    vote = Vote(group, kind=kind, candidates=CANDIDATES, most=MOST, voters=ballots)
    vote.prepare(0)
    made: list[str] = []
    making = shares(lambda: made.extend(vote.prepare(i).to_text() for i in range(ballots)))
    checking = shares(lambda: [_judged(vote, text) for text in made])
    return {"make": making, "check": checking}


def shares(work: Callable[[], Any]) -> dict[str, float]:
    """The share of each layer in the time of some work."""
    profiler = cProfile.Profile(time.process_time)  # whatever else the machine does meanwhile
    profiler.runcall(work)
    seconds: Counter[str] = Counter()
    stats: dict[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    for function, (_, _, own, _, callers) in stats.items():
        found = _layer(function)
        if found is not None:
            seconds[found] += own
            continue
        # A built-in function works for whoever calls it.
        for caller, (_, _, for_it, _) in callers.items():
            seconds[_layer(caller) or REST] += for_it
    total = sum(seconds.values())
    return {layer: seconds[layer] / total for layer in LAYERS}


def _layer(function: tuple[str, int, str]) -> str | None:
    """The layer of a function; None of a built-in one that has none of its own."""
    file, _, name = function
    if file == "~":
        return next((layer for part, layer in _BUILT_IN if part in name), None)
    if name in _HASHING:
        return HASH
    path = file.replace("\\", "/")
    return next((layer for part, layer in _FILES if part in path), REST)


def _judged(vote: Vote, text: str) -> Judged:
    judged = judge(vote.election, vote.kind, text)
    if not isinstance(judged, Judged):
        raise RuntimeError(f"a good ballot was refused: {judged}") from judged
    return judged


def _count(work: Callable[[], Any]) -> Counter[str]:
    counts: Counter[str] = Counter()
    with _counting(counts):
        work()
    return counts


@contextmanager
def _counting(counts: Counter[str]) -> Iterator[None]:
    """Count calls into libsodium."""
    before = {name: getattr(ed25519, name) for name in _OPERATIONS}

    def counted(name: str) -> Callable[..., bytes]:
        def call(*args: bytes) -> bytes:
            counts[_OPERATIONS[name]] += 1
            done: bytes = before[name](*args)
            return done

        return call

    for name in before:
        setattr(ed25519, name, counted(name))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(ed25519, name, function)


def _prices(calls: int = 200) -> dict[str, float]:
    """Seconds of one call into libsodium of each kind, with random points and scalars."""
    scalars = [(1 + secrets.randbelow(ed25519._Q - 1)).to_bytes(32, "little") for _ in range(calls)]
    points = [ed25519._multiply_base(one) for one in scalars]
    return {
        "base": _price(ed25519._multiply_base, scalars),
        "variable": _price(ed25519._multiply, scalars, points),
        "add": _price(ed25519._add, points, points[::-1]),
    }


def _price(function: Callable[..., bytes], *given: list[bytes]) -> float:
    spent = took(lambda: [function(*one) for one in zip(*given, strict=True)])
    return spent.own / len(given[0])
