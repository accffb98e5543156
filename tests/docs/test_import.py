"""What docs/import.md says, done in an empty system."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from deploy.local.system import System

ROOT = Path(__file__).parents[2]
_WALK = re.compile(r"<!-- walk -->\n```sh\n(.*?)```", re.S)


def test_the_first_import_works_as_it_stands(tmp_path: Path) -> None:
    """Line by line in a shell: two aspects, a check, and the three rows of the example."""
    (script,) = _WALK.findall((ROOT / "docs" / "import.md").read_text("utf-8"))
    with System(tmp_path / "system") as running:
        minsheng = f"{Path(sys.executable).with_name('minsheng')} --env {running.environment_file}"
        script = script.replace("http://127.0.0.1:8000", running.gateway_url)
        script = script.replace(".venv/bin/minsheng --env var/local/environment", minsheng)
        done = subprocess.run(
            ["sh", "-e", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "checked only, nothing was written" in done.stdout
    assert "written in all: 3" in done.stdout
