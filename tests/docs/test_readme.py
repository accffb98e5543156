"""What the README says, done."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.system import System
from services.chassis import settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
_WALK = re.compile(r"<!-- walk -->\n```sh\n(.*?)```", re.S)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[System]:
    """A system of its own, since the walk begins with an empty one."""
    with System(tmp_path / "system", chosen={"MINSHENG_NIGHTLY": ""}) as running:
        yield running


def test_the_walk_through_the_year_works_as_it_stands(fresh: System) -> None:
    """Line by line in a shell; at its end the figures follow from what was entered."""
    script = "\n".join(_WALK.findall(README))
    minsheng = f"{Path(sys.executable).with_name('minsheng')} --env {fresh.environment_file}"
    script = script.replace("http://127.0.0.1:8000", fresh.gateway_url)
    script = script.replace(".venv/bin/minsheng --env var/local/environment", minsheng)
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    documents = map(json.loads, _documents(done.stdout))
    similar, result, board, figures, accepted, *assessed, trace, event = documents
    participation, score, task = assessed
    assert similar["items"] == []  # nobody else has asked for anything yet
    assert [c["chosen"] for c in result["candidates"]].count(True) == 1
    (project,) = board["items"]
    assert project["finished_on"] == "2023-10-31" and project["light"]["reason_zh"]
    values = {figure["key"]: figure["value"] for figure in figures["figures"]}
    assert values["ballot.roll"] == values["ballot.present"] == 3
    assert values["ballot.chosen"] == values["supervision.projects"] == 1
    assert values["supervision.sub_items_completed_by_2023_11_30"] == 1
    assert values["supervision.opinions.satisfied_share"] == 1
    assert accepted == {"accepted": True}
    assert (participation["eligible"], participation["returned"]) == (3, 1)
    assert [item["counts"]["satisfied"] for item in score["items"]] == [1, 1]
    assert (task["percent"], task["line"], task["state"]) == ("33.33", "4/5", "open")
    assert task["due_on"] == "2024-02-18" and task["unit_id"] == project["lead_unit_id"]
    (behind,) = trace["suggestions"]
    assert behind["suggestion"]["answered_on"] == "2022-12-16"
    assert event["type"] == "ballot.result.certified.v1"


def test_every_setting_stands_in_the_table() -> None:
    """The table of settings names each one that the code reads."""
    named = set(re.findall(r"`([A-Z_]+)`", README))
    read = {name.removeprefix("MINSHENG_") for name in settings.variables()}
    assert read - named == set()


def test_what_the_readme_points_to_is_there() -> None:
    """No link to a file that does not exist."""
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def _documents(text: str) -> list[str]:
    decoder, found, rest = json.JSONDecoder(), [], text.strip()
    while rest:
        _, end = decoder.raw_decode(rest)
        found.append(rest[:end])
        rest = rest[end:].strip()
    return found
