"""The demo's folder: emptied when it is the demo's, left alone when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.demo.folder import NotOurs, fresh


def test_each_run_begins_with_an_empty_folder(tmp_path: Path) -> None:
    """What an earlier run left is gone, databases and reports alike."""
    folder = tmp_path / "var" / "demo"
    with fresh(folder):
        (folder / "system").mkdir()
        (folder / "system" / "a.db").touch()
        (folder / "report.json").touch()
    with fresh(folder):
        assert [one.name for one in folder.iterdir()] == ["demo.lock"]


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """Nobody's files are thrown away because of a wrong --folder."""
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(NotOurs, match="holds other things"), fresh(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").exists()


def test_a_link_inside_is_removed_and_not_followed(tmp_path: Path) -> None:
    """What a link points to is not the demo's."""
    folder, elsewhere = tmp_path / "demo", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").touch()
    with fresh(folder):
        (folder / "link").symlink_to(elsewhere)
    with fresh(folder):
        assert not (folder / "link").is_symlink()
    assert (elsewhere / "thesis.txt").exists()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second is told so, and the first keeps its files."""
    with fresh(tmp_path / "demo") as folder:
        (folder / "report.json").touch()
        with pytest.raises(NotOurs, match="another demo is running"), fresh(folder):
            pass
        assert (folder / "report.json").exists()
