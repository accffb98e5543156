"""The recipes of CONTRIBUTING.md, followed on a copy of the tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"(?:<!-- append: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.S
)

CHECK = """
import json, pathlib, sys
sys.path.insert(0, ".")
import sqlalchemy
from gateway.roles import MAY
from services.proposal.service import ProposalService
from tests.harness import Harness
from services.chassis import migrations, settings

url = "sqlite:///check.db"
migrations.upgrade(settings.load("proposal", {"MINSHENG_DATABASE_URL": url}))
harness = Harness(ProposalService, url, pathlib.Path("."))
harness.call("define_aspect", {"code": "a", "name": "养老"})
made = harness.call("submit_suggestion", {
    "year": 2023, "author_kind": "resident", "channel": "site", "aspect": "a",
    "title": "旧", "text": "合成", "happened_on": "2022-11-01"})
after = harness.call("retitle_suggestion", made["id"], {"title": "新"})
assert after["title"] == "新" and after["version"] == 2, after
(event,) = harness.events("suggestion.retitled.v1")
assert event.data["title"] == "新"
columns = sqlalchemy.inspect(harness.engine).get_columns("suggestions")
assert "note" in {column["name"] for column in columns}
paths = json.loads(pathlib.Path("docs/openapi.json").read_text())["paths"]
assert "/v1/suggestions/{suggestion_id}/title" in paths
assert MAY["retitle_suggestion"] == ("clerk",)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the recipes touch."""
    for name in ("services", "gateway", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "benchmarks")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_recipes_work_as_they_stand(tree: Path) -> None:
    """A call, its event, its route and a migration, added by following the text, block by block."""
    environ = os.environ | {
        "PYTHONPATH": str(tree),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "MINSHENG_DATA_DIR": str(tree / "data"),
    }
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    applied = 0
    for block in _BLOCK.finditer(text):
        if block["file"]:
            file = tree / block["file"]
            file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + block["text"], "utf-8")
        elif block["kind"] == "sh":
            _run(["sh", "-e", "-c", block["text"]], tree, environ)
        else:
            continue
        applied += 1
    assert applied == 8
    _run([sys.executable, "-c", CHECK], tree, environ)


def _run(command: list[str], folder: Path, environ: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
