"""docs/survey/audiences.md: what an auditor is told to run finds the sample."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from services.survey.model.sampling import Plan, digest, draw

DOCUMENT = Path(__file__).parents[2] / "docs" / "survey" / "audiences.md"


def test_the_recipe_redoes_a_drawing(tmp_path: Path) -> None:
    """The block as it stands, on a drawing of synthetic households; a changed list is noticed."""
    (recipe,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    cells = {f"合成-{n}": f"district={n % 3}" for n in range(90)}
    strata = draw(Plan.from_data({"allocation": "proportional", "size": 9}), "合成种子", cells)
    drawing = {
        "seed": "合成种子",
        "frame_digest": digest(cells),
        "strata": [{"cell": one.cell, "drawn": len(one.drawn)} for one in strata],
    }
    units = [{"unit": unit, "cell": cell} for unit, cell in cells.items()]
    (tmp_path / "drawing.json").write_text(json.dumps(drawing), "utf-8")

    def run() -> list[str]:
        (tmp_path / "units.json").write_text(json.dumps(units), "utf-8")
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", recipe],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.splitlines()

    assert run() == [
        "the list as loaded: True",
        *(" ".join([one.cell, *one.drawn]) for one in strata),
    ]
    units.pop()
    assert run()[0] == "the list as loaded: False"
