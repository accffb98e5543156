"""What trustees publish of their polynomials, and what follows from it for everybody's key.

``raw_coefexps`` are g to the coefficients, A_0 … A_(t-1).  A dealer signs them once alone and once
together with all certificates.  Specification, section "Polynomials".
"""

from __future__ import annotations

from collections.abc import Sequence

from .certificate import Certificate
from .encoding import array, canonical, dumps, fields
from .group import Element, Group
from .pki import MOST_BYTES, SignedMessage, sign, verify
from .proof import Proof
from .refused import Refused


def raw_coefexps(group: Group, coefficients: Sequence[int]) -> str:
    """The JSON of ``raw_coefexps``."""
    return dumps({"coefexps": [group.text(group.exp_g(one)) for one in coefficients]})


def coefexps_texts(message: str, threshold: int) -> list[str]:
    """The elements in a ``raw_coefexps``, as texts; Refused unless there are ``threshold``."""
    read = fields(canonical(message, most=MOST_BYTES), "coefexps")
    return array(read["coefexps"], threshold)


def check_coefexps(
    group: Group, vk: Element, index: int, coefexps: SignedMessage, threshold: int
) -> list[Element]:
    """A dealer's elements; Refused unless she signed them, all of the group, none the identity."""
    if not verify(group, vk, coefexps.message, coefexps.signature):
        raise Refused(
            "bad-coefficients",
            f"trustee {index} did not sign her coefficients",
            f"第 {index} 位监票人未签署其系数",
        )
    return [group.parse(text) for text in coefexps_texts(coefexps.message, threshold)]


def sign_agreement(group: Group, sk: int, certs: Sequence[Certificate], raw: str) -> Proof:
    """The signature over all certificates and the own coefficients."""
    return sign(group, sk, _agreement(certs, raw)).signature


def check_agreement(
    group: Group,
    vk: Element,
    index: int,
    certs: Sequence[Certificate],
    raw: str,
    signature: Proof,
) -> None:
    """Refused unless a dealer signed these certificates together with these coefficients."""
    if not verify(group, vk, _agreement(certs, raw), signature):
        raise Refused(
            "bad-agreement",
            f"trustee {index} did not sign these certificates and coefficients",
            f"第 {index} 位监票人未签署这些证书与系数",
        )


def expected_share(group: Group, coefexps: Sequence[Element], j: int) -> Element:
    """The generator to the value at j of the polynomial with these coefficients."""
    product = coefexps[-1]
    for element in reversed(coefexps[:-1]):
        product = group.mul(group.exp(product, j), element)
    return product


def verification_keys(group: Group, dealt: Sequence[Sequence[Element]]) -> list[Element]:
    """Everybody's public key, from the coefficients of all dealers."""
    together = [_product(group, column) for column in zip(*dealt, strict=True)]
    return [expected_share(group, together, j) for j in range(1, len(dealt) + 1)]


def sub_key(group: Group, dealt: Sequence[Sequence[Element]]) -> Element:
    """The public key that the trustees have together."""
    return _product(group, [coefexps[0] for coefexps in dealt])


def _agreement(certs: Sequence[Certificate], raw: str) -> str:
    data = [cert.to_data() for cert in certs]
    texts = fields(canonical(raw, most=MOST_BYTES), "coefexps")["coefexps"]
    return "certs_sig|" + dumps({"certs": data, "coefexps": texts})


def _product(group: Group, elements: Sequence[Element]) -> Element:
    product = group.one
    for element in elements:
        product = group.mul(product, element)
    return product
