"""What the operators see of the casting: how long proofs take, and why ballots are refused.

No label names an election, a deputy or a ballot, and no sample belongs to one request: totals of a
process are all there is, so nothing here says who cast which ballot, or when.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

from services.commons.errors import Conflict, Forbidden, Invalid, NotFound

casts_refused = Counter(
    "minsheng_casts_refused_total", "Ballots that were refused, by the reason's code", ["code"]
)
proof_seconds = Histogram(
    "minsheng_ballot_proof_seconds",
    "Time to check one ballot's signature and proofs",
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2.5),
)


@contextmanager
def refusals() -> Iterator[None]:
    """Count a ballot that is refused in here; a failure of ours is no refusal."""
    try:
        yield
    except (Conflict, Forbidden, Invalid, NotFound) as exc:
        casts_refused.labels(exc.code).inc()
        raise
