"""What docs/survey/offline.md says, done in an empty system, and its example files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from deploy.local.system import System
from services.survey.model.paper import CALLED, CONDITIONS
from services.survey.transfer.columns import CONDITION, NUMBER

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "survey" / "offline.md").read_text("utf-8")
_WALK = re.compile(r"<!-- walk -->\n```sh\n(.*?)```", re.S)


def test_the_walk_works_as_it_stands(tmp_path: Path) -> None:
    """Two people, a third, a file, and the statement with all five forms."""
    (script,) = _WALK.findall(TEXT)
    with System(tmp_path / "system") as running:
        minsheng = f"{Path(sys.executable).with_name('minsheng')} --env {running.environment_file}"
        script = script.replace("http://127.0.0.1:8000", running.gateway_url)
        script = script.replace(".venv/bin/minsheng --env var/local/environment", minsheng)
        done = subprocess.run(
            ["sh", "-e", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "checked only, nothing was counted" in done.stdout
    assert "counted in all: 3" in done.stdout
    assert '"same":3' in done.stdout.replace('": ', '":')
    assert re.search(r"收回\(录入\) +5\n", done.stdout)
    assert re.search(r"新建食堂 +3 +0 +0 +1\n", done.stdout), done.stdout[-2000:]
    assert re.search(r"改造食堂 +2 +1 +0 +1\n", done.stdout)
    assert "差错率 12.500%" in done.stdout


def test_the_tables_are_complete() -> None:
    """Every condition and fixed column, by code and by name."""
    for code in CONDITIONS:
        assert f"`{code}`" in TEXT and CALLED[code] in TEXT
    for column in (NUMBER, CONDITION):
        assert f"`{column.key}`" in TEXT and column.names[0] in TEXT
