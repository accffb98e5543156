"""The group ``BELENIOS-2048``: a subgroup of prime order of a finite field, on gmpy2.

Parameters: Belenios specification, section "BELENIOS-2048".  Elements are ``mpz``, written in base
10.  Multiplying costs about 1.5 µs, ``powmod`` 400 µs, so powers are shared: 64 powers of a base by
16 serve any number of exponents (Yao's method, about 95 µs each) and the check of its order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_DIGITS = 64  # of an exponent in base 16
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
        if shared.exp_bits(_ORDER) != 1:
            raise _not_in_group()
        return shared

    def shared(self, element: mpz) -> Shared:
        """The same for an element that was computed and needs no check."""
        return Shared(element)

    def fixed(self, element: mpz) -> Fixed:
        """An element that thousands of exponents are put to."""
        return Fixed(element)


class Shared:
    """One base and its powers by 16."""

    def __init__(self, element: mpz) -> None:
        self.element = element
        power = element
        self._powers = [power]
        for _ in range(_DIGITS - 1):
            power = power * power % _MODULUS
            power = power * power % _MODULUS
            power = power * power % _MODULUS
            power = power * power % _MODULUS
            self._powers.append(power)

    def exp(self, exponent: int) -> mpz:
        """The power."""
        return self.exp_bits(mpz(exponent % _Q))

    def exp_bits(self, exponent: mpz) -> mpz:
        """The power with an exponent as it stands, below 2**256."""
        by_digit: list[mpz | None] = [None] * 16
        for digit, power in zip(reversed(exponent.digits(16)), self._powers, strict=False):
            before = by_digit[index := _HEX[digit]]
            by_digit[index] = power if before is None else before * power % _MODULUS
        return _weighted_product(by_digit)


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


_HEX = {digit: value for value, digit in enumerate("0123456789abcdef")}


def _weighted_product(by_digit: Sequence[mpz | None]) -> mpz:
    """The product of all entries, each to the power of its index, with running products."""
    running, product = None, None
    for entry in reversed(by_digit[1:]):
        if entry is not None:
            running = entry if running is None else running * entry % _MODULUS
        if running is not None:
            product = running if product is None else product * running % _MODULUS
    return mpz(1) if product is None else product


def _not_in_group() -> Refused:
    return Refused(
        "not-in-group", "this is no element of the group BELENIOS-2048", "不是该群的元素"
    )
