"""What the tests of running on one machine share: one node, and a machine without packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.node import BrokerNode


@pytest.fixture(scope="package")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerNode]:
    """A node that these tests may stop and kill; it runs when a test begins."""
    node = BrokerNode(tmp_path_factory.mktemp("node with space"))
    node.start()
    yield node
    node.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a system."""
    return tmp_path / "system"
