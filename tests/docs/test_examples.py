"""The example files of the documents, imported as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.chassis.context import CallContext, Principal
from services.chassis.store import BoundStore
from services.proposal.service import ProposalService
from services.proposal.transfer import importing
from services.proposal.transfer.columns import CONTENT, ORIGIN
from services.proposal.transfer.command import ROLES

from ..harness import Harness

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["suggestions.csv", "suggestions.xlsx"])
def test_an_example_file_is_imported_without_fault(
    serve: Callable[[Any], Harness], name: str
) -> None:
    """Both hold the same rows; the second kind of file is the same import."""
    proposal = serve(ProposalService)
    for code, title in (("elderly-care", "养老"), ("traffic", "交通")):
        proposal.call("define_aspect", {"code": code, "name": title})
    context = CallContext(principal=Principal("operator", ROLES))
    store = BoundStore(proposal.engine, proposal.metadata, proposal.settings, context)
    checked = importing.check(store, DOCS / "examples" / name)
    assert (checked.fault_count, checked.new) == (0, 3), checked.faults
    importing.write(store, checked, name)
    other = {"suggestions.csv": "suggestions.xlsx"}.get(name, "suggestions.csv")
    assert importing.check(store, DOCS / "examples" / other).same == 3


def test_the_table_of_columns_is_complete() -> None:
    """Each column that an import reads stands in it, with its Chinese name."""
    text = (DOCS / "import.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    for column in (*ORIGIN, *CONTENT):
        assert column.key in named and column.names[0] in text, column
