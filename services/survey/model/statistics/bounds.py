"""What those who did not answer could have changed (无应答界限), for a census (普查).

Nobody was drawn, so no interval applies; the truth lies between the two ends whatever the reason
why people did not answer: C. F. Manski, Partial Identification of Probability Distributions (2003),
chapter 1.
"""

from __future__ import annotations

from fractions import Fraction


def nonresponse(part: int, returned: int, eligible: int) -> tuple[Fraction, Fraction]:
    """The share ``part`` of all ``eligible``, had the others marked 不满意, and had they 满意.

    Exact; ``returned`` of the ``eligible`` (> 0) answered.  Raises ValueError if more answered.
    """
    if not 0 <= part <= returned <= eligible or eligible == 0:
        raise ValueError("bounds need 0 ≤ part ≤ returned ≤ eligible and eligible > 0")
    return Fraction(part, eligible), Fraction(part + eligible - returned, eligible)
