"""What tests of the ballot share: Debian's ``belenios-tool``, which no one here wrote."""

from __future__ import annotations

import shutil

import pytest

from deploy.local.packages import CannotInstall, install, may_install


@pytest.fixture(scope="session")
def belenios_tool() -> str:
    """The program, of release 2.0; installed where it is missing and may be."""
    if shutil.which("belenios-tool") is None:
        if not may_install():
            pytest.skip("belenios-tool is missing, and only root can install it")
        try:
            install("belenios-tool")
        except CannotInstall as exc:
            pytest.skip(f"belenios-tool cannot be installed: {exc}")
    found = shutil.which("belenios-tool")
    assert found
    return found
