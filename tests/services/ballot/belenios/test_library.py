"""The import refuses a libsodium that takes points outside the subgroup of prime order."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any

import pytest
from nacl import bindings

from services.ballot.belenios import ed25519
from services.ballot.belenios.group import ED25519 as G
from services.ballot.belenios.refused import Refused

P = 2**255 - 19


def with_order_2(element: bytes) -> bytes:
    """An element plus (0, −1): both coordinates get the other sign."""
    number = int.from_bytes(element, "little")
    sign, y = number >> 255, number % 2**255
    return (P - y | (1 - sign) << 255).to_bytes(32, "little")


def imported_again(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A second copy of the module, on the bindings as they are now."""
    spec = importlib.util.spec_from_file_location(f"{ed25519.__name__}_again", ed25519.__file__)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("exponent", [1, 2, 4711])
def test_elements_of_twice_the_order_are_refused(exponent: int) -> None:
    """By the check of a point and by every power of it."""
    outside = with_order_2(G.exp_g(exponent))
    assert with_order_2(outside) == G.exp_g(exponent)
    with pytest.raises(Refused, match="no element"):
        G.parse(G.text(outside))
    for power in (0, 1, 2):
        with pytest.raises(Refused, match="no element"):
            G.exp(outside, power)


def test_this_library_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the import succeeds."""
    assert imported_again(monkeypatch).Ed25519().g == G.g


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("crypto_core_ed25519_is_valid_point", True),
        ("crypto_scalarmult_ed25519_noclamp", b"\1" * 32),
    ],
)
def test_a_library_that_takes_them_is_not_imported(
    monkeypatch: pytest.MonkeyPatch, name: str, answer: Any
) -> None:
    """Either of the two that do not see it; the reason tells what to install."""
    monkeypatch.setattr(bindings, name, lambda *args: answer)
    with pytest.raises(ImportError, match=r"PyNaCl 1\.6\.2"):
        imported_again(monkeypatch)
