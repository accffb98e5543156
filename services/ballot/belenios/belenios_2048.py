"""The group ``BELENIOS-2048``: a subgroup of prime order of a finite field, on gmpy2.

Parameters: Belenios specification, section "BELENIOS-2048".  Elements are ``mpz``, written in base
10.  Multiplying costs about 1.3 µs, ``powmod`` 350 µs, so powers are shared: 256 squarings of a
base serve any number of exponents (Yao's method with sliding windows, 58 multiplications each) and
the check of its order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gmpy2 import invert, mpz, powmod, powmod_sec

from .refused import Refused

_P = int(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717"
    "40192223725449768433812906663313807895840496005438963628979639303877390572280360"
    "59737494276713767776188985898727358650490811670993105358677809800307904916540637"
    "77173764198678527273474476341835600035698305193144284561701911000786737307333564"
    "12397173289791324047457883446826065232797464795113767265869358218004631792207366"
    "88600526271863633860887968821207694323661494910029234443463732221458841005864210"
    "50242120365433561201320481118852408731077014151666200162313177169372189248078507"
    "711827842317498073276598828825169183103125680162072880719"
)
_G = int(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532"
    "19320285676155269678799694668298749389095083896573425601900601068477164491735474"
    "13728310461045868131451178164675540052740288984613986453266121505579709716201616"
    "82703128864324566638348636357821061549184199825343151897406581868686511513585764"
    "10138882215396016043228843603930989333662772848406593138406010231675095763777982"
    "66510360682240663507669776402534625377308513317349519424896775405257365904949247"
    "76314759915751987751777114814909204566002054781270547282381409725186398583341157"
    "00568353695553423781475582491896050296680037745308460627"
)
_Q = int("78571733251071885079927659812671450121821421258408794611510081919805623223441")


_NUMBER = re.compile(r"[1-9][0-9]{0,616}", re.ASCII)
_MODULUS = mpz(_P)
_ORDER = mpz(_Q)
_BITS = 256  # of an exponent
#: Up to four bits of an exponent that begin with a 1, lowest first, and half of what they write.
_WINDOWS = re.compile("1.{0,3}")
_HALVES = {f"{1 + 2 * half:0{n}b}"[::-1]: half for half in range(8) for n in range(1, 5)}
_WINDOW = 8  # bits of an exponent that one entry of a fixed base's table stands for


class Belenios2048:
    """See :class:`~services.ballot.belenios.group.Group`."""

    name = "BELENIOS-2048"
    q = _Q

    def __init__(self) -> None:
        self.g = mpz(_G)
        self.one = mpz(1)
        self._powers_of_g: Fixed | None = None

    @property
    def powers_of_g(self) -> Fixed:
        """The table of the generator, made when it is first needed."""
        if self._powers_of_g is None:
            self._powers_of_g = Fixed(self.g)
        return self._powers_of_g

    def decode(self, text: str) -> mpz:
        """The number that a text writes; whether it lies in the group is not asked."""
        number = mpz(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else _MODULUS
        if number >= _MODULUS:
            raise _not_in_group()
        return number

    def parse(self, text: str, *, identity: bool = False) -> mpz:
        """An element of the group; Refused otherwise."""
        element = self.decode(text)
        if element == 1 and not identity:
            raise _not_in_group()
        if powmod(element, _ORDER, _MODULUS) != 1:
            raise _not_in_group()
        return element

    def text(self, element: mpz) -> str:
        """Its base 10."""
        return str(element)

    def mul(self, a: mpz, b: mpz) -> mpz:
        """The product."""
        return a * b % _MODULUS

    def div(self, a: mpz, b: mpz) -> mpz:
        """The quotient."""
        return a * invert(b, _MODULUS) % _MODULUS

    def exp(self, base: mpz, exponent: int) -> mpz:
        """A power."""
        return powmod(base, exponent % _Q, _MODULUS)

    def exp_secret(self, base: mpz, exponent: int) -> mpz:
        """A power with an exponent that nobody should learn from the time it takes."""
        return powmod_sec(base, exponent % _Q or _Q, _MODULUS)

    def exp_g(self, exponent: int) -> mpz:
        """A power of the generator."""
        return self.powers_of_g.exp(exponent)

    def base(self, text: str) -> Shared:
        """An element of the group that several exponents are put to; Refused if it is none."""
        element = self.decode(text)
        if element == 1:
            raise _not_in_group()
        shared = Shared(element)
        if not shared.is_in_group():
            raise _not_in_group()
        return shared

    def shared(self, element: mpz) -> Shared:
        """The same for an element that was computed and needs no check."""
        return Shared(element)

    def fixed(self, element: mpz) -> Fixed:
        """An element that thousands of exponents are put to."""
        return Fixed(element)


class Shared:
    """One base and its powers by powers of 2."""

    def __init__(self, element: mpz) -> None:
        self.element = element
        power, modulus = element, _MODULUS
        self._powers = powers = [power]
        for _ in range(_BITS - 1):
            power = power * power % modulus
            powers.append(power)

    def exp(self, exponent: int) -> mpz:
        """The power."""
        return self._exp(_windows(exponent % _Q))

    def is_in_group(self) -> bool:
        """Whether its order divides that of the group."""
        return bool(self._exp(_windows(_Q)) == 1)

    def _exp(self, windows: Sequence[tuple[int, int]]) -> mpz:
        by_digit: list[mpz | None] = [None] * 8
        powers = self._powers
        for position, half in windows:
            before = by_digit[half]
            power = powers[position]
            by_digit[half] = power if before is None else before * power % _MODULUS
        return _weighted_product(by_digit)


@lru_cache(maxsize=8)  # α and β are raised to the same challenges, every base to q
def _windows(exponent: int) -> tuple[tuple[int, int], ...]:
    """An exponent as a sum of odd digits below 16 at some bits: bit and half of each digit."""
    backwards = f"{exponent:b}"[::-1]
    return tuple((found.start(), _HALVES[found[0]]) for found in _WINDOWS.finditer(backwards))


class Fixed:
    """One base and a table of its powers: an exponent costs 32 multiplications."""

    def __init__(self, element: mpz) -> None:
        self.element = element
        self._rows: list[list[mpz]] = []
        for _ in range(256 // _WINDOW):
            row = [mpz(1)]
            for _ in range(2**_WINDOW - 1):
                row.append(row[-1] * element % _MODULUS)
            self._rows.append(row)
            element = row[-1] * element % _MODULUS

    def exp(self, exponent: int) -> mpz:
        """The power."""
        product = None
        for row, byte in zip(self._rows, (exponent % _Q).to_bytes(32, "little"), strict=True):
            if byte:
                product = row[byte] if product is None else product * row[byte] % _MODULUS
        return mpz(1) if product is None else product


def _weighted_product(by_digit: Sequence[mpz | None]) -> mpz:
    """The product of all entries, the one at i to the power of 2i + 1.

    With r(i) the product of the entries from i on, it is r(0) times the square of all other r.
    """
    running, product = None, None
    for entry in reversed(by_digit[1:]):
        if entry is not None:
            running = entry if running is None else running * entry % _MODULUS
        if running is not None:
            product = running if product is None else product * running % _MODULUS
    first = by_digit[0]
    if product is None or running is None:
        return mpz(1) if first is None else first
    whole = running if first is None else running * first % _MODULUS
    return whole * (product * product % _MODULUS) % _MODULUS


def _not_in_group() -> Refused:
    return Refused(
        "not-in-group", "this is no element of the group BELENIOS-2048", "不是该群的元素"
    )
